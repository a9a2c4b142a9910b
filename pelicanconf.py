"""The settings of this commons. Words of the interface are in theme/locales; what entries may say is in directory/kinds."""

import sys
from pathlib import Path

# In a clone the package lies in plugins/; an installed Auzolan is found without this line.
sys.path.insert(0, str(Path(__file__).resolve().parent / "plugins"))

import auzolan

SITENAME = "Auzolan"
SITEURL = ""
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
PLUGIN_PATHS = ["plugins"]
PLUGINS = auzolan.PLUGINS
# Feeds and pages are Auzolan's own; Pelican's stay empty.
FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None

AUZOLAN_LANGUAGES = ["en", "es", "ca", "fr"]
AUZOLAN_SITE_ID = "auzolan,2026:commons"
AUZOLAN_TAGLINE = {
    "en": "Neighbours’ common work",
    "es": "Trabajo común entre vecinos",
    "ca": "Feina comuna entre veïns",
    "fr": "Le travail commun des voisins",
}
AUZOLAN_INTRODUCTION = {
    "en": "Auzolan is a directory of the solidarity economy: who does what, with whom, under which licence. "
    "Everything in it says where it comes from and how old it is. "
    "Anyone may read it, correct it, print it and carry it away.",
    "es": "Auzolan es un directorio de la economía solidaria: quién hace qué, con quién y con qué licencia. "
    "Todo dice de dónde viene y de cuándo es. "
    "Cualquiera puede leerlo, corregirlo, imprimirlo y llevárselo.",
    "ca": "Auzolan és un directori de l'economia solidària: qui fa què, amb qui i amb quina llicència. "
    "Tot diu d'on ve i de quan és. "
    "Tothom pot llegir-lo, corregir-lo, imprimir-lo i endur-se'l.",
    "fr": "Auzolan est un annuaire de l'économie solidaire : qui fait quoi, avec qui, sous quelle licence. "
    "Tout y dit d'où il vient et de quand il date. "
    "Chacun peut le lire, le corriger, l'imprimer et l'emporter.",
}
# What content/pages/governance.md promises.
AUZOLAN_REPLY_DAYS = 14
AUZOLAN_FEATURED = [
    "cooperative/catalan-integral-cooperative",
    "organization/us-solidarity-economy-network",
    "project/flok-society",
    "tool/arduino",
    "license/peer-production-license",
    "plan/commons-transition-plan",
]
