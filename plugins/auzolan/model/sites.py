"""The address of a web site comes in; whose site it is goes out: a domain, or an owner's part of a host that many share."""

from __future__ import annotations

import re
from functools import lru_cache
from urllib.parse import urlsplit

from auzolan.model.text import words

_SECOND_LEVELS = words(
    "ac asn asso biz co com coop edu ed firm gen go gob gouv gov gv id ind info lg ltd me mil ne net nhs nom or org "
    "plc sch web"
)
"""Labels under which countries give names away: `co.uk`, `com.br`, `org.au`."""
_BY_SUBDOMAIN = words(
    "blogspot.com codeberg.page github.io gitlab.io glitch.me herokuapp.com jimdo.com jimdofree.com mystrikingly.com "
    "myshopify.com neocities.org netlify.app pages.dev readthedocs.io sourceforge.io sourceforge.net squarespace.com "
    "substack.com tumblr.com vercel.app webflow.io webnode.com weebly.com wixsite.com wordpress.com business.site "
    "bandcamp.com noblogs.org autistici.org play-cricket.com uk.com us.com eu.com de.com gb.net uk.net eu.org"
)
"""Hosts whose users have a name before the host's own."""
_BY_PATH = {
    "bitbucket.org": 2, "britishlegion.org.uk": 2, "codeberg.org": 2, "facebook.com": 1, "fb.com": 1, "framagit.org": 2, "git.sr.ht": 2,
    "github.com": 2, "gitlab.com": 2, "goteo.org": 2, "instagram.com": 1, "launchpad.net": 1, "linkedin.com": 2,
    "linktr.ee": 1, "loomio.com": 2, "loomio.org": 2, "m.facebook.com": 1, "medium.com": 1, "meetup.com": 1,
    "npmjs.com": 2, "opencollective.com": 1, "patreon.com": 1, "pypi.org": 2, "sites.google.com": 2, "t.me": 1,
    "tiktok.com": 1, "twitter.com": 1, "vimeo.com": 1, "wikipedia.org": 2, "x.com": 1, "youtube.com": 2,
}  # fmt: skip
"""Hosts whose users have a path → the parts of it that name one."""
_NOBODYS = words(
    "archive.org bit.ly coop docs.google.com doi.org drive.google.com forms.gle goo.gl google.com maps.google.com "
    "maps.app.goo.gl opencorporates.com openstreetmap.org spdx.org tinyurl.com web.archive.org wikidata.org"
)
"""Hosts that say nothing of whose page it is."""
_ADDRESS = re.compile(r"[\d.]+\Z|\[")


@lru_cache(4096)
def site_of(url: str) -> str:
    """`https://www.growers.coop/about` → `growers.coop`; `https://github.com/Owner/Thing/wiki` → `github.com/owner/thing`;
    "" where the address tells nobody's site apart. Never raises."""
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").rstrip(".")
    except ValueError:
        return ""
    if parts.scheme not in ("http", "https") or "." not in host or _ADDRESS.match(host):
        return ""
    labels = host.removeprefix("www.").split(".")
    for start in range(len(labels) - 1):
        shared = ".".join(labels[start:])
        if shared in _NOBODYS:
            return ""
        if shared in _BY_PATH:
            path = [part.lower() for part in parts.path.split("/") if part]
            count = _BY_PATH[shared]
            return "/".join([shared, *path[:count]]) if path else ""
        if shared in _BY_SUBDOMAIN:
            path = [part.lower() for part in parts.path.split("/") if part][:1] if shared == "wixsite.com" else []
            return "/".join([".".join(labels[start - 1 :]), *path]) if start else ""
    return _domain(labels)


def _domain(labels: list[str]) -> str:
    """The part of a name that somebody registered, as far as that can be told without a list of all registries."""
    under_country = len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVELS
    return ".".join(labels[-3 if under_country else -2 :])
