"""A site that uses each feature once. Its output is compared with golden/."""

import auzolan

SITENAME = "Everything <once>"
SITEURL = "https://everything.example"
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
PLUGINS = auzolan.PLUGINS

AUZOLAN_LANGUAGES = ["en", "ca", "ar"]
AUZOLAN_SITE_ID = "everything.example,2026:commons"
AUZOLAN_TAGLINE = {"en": "Each thing once", "ca": "Cada cosa un cop", "ar": "كل شيء مرة واحدة"}
AUZOLAN_INTRODUCTION = {"en": "A small commons that nobody lives in.", "ca": "Uns comuns petits on no viu ningú."}
AUZOLAN_REGION = "ES-CT"
AUZOLAN_POSTER = "#8fd3c8"
AUZOLAN_FEATURED = ["cooperative/horta-comuna", "makerspace/warsha", "plan/shared-mill"]
AUZOLAN_OWN_ENTRY = "organization/xarxa-de-l-horta"
AUZOLAN_REPOSITORY = "https://github.com/everything/commons"
AUZOLAN_COMMENTS = True
AUZOLAN_CONTACT = "hello@everything.example"
