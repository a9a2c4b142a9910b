"""A commons comes in; the addresses at which its pages stand on the web go out: its own, and those of the mirrors that it knows."""

from __future__ import annotations

from typing import Any

from auzolan.model.commons import Commons, Profile
from auzolan.render.shared.links import safe_url, shown_url

LINKS, MIRROR = "links", "mirror"
"""The field of an entry, and the word of its vocabulary, that say where a copy of the site stands."""
MOST = 3
"""Mirrors at the foot of each page; the page that tells how to keep a copy has all."""


def own_profile(commons: Commons) -> Profile | None:
    """The entry that is about this commons itself, where the settings name one and it was not withdrawn."""
    named = commons.catalog.settings.own_entry
    profile = commons.profiles.get(commons.redirects.get(named, named)) if named else None
    return None if profile is None or profile.withdrawn else profile


def mirrors_of(commons: Commons) -> list[dict[str, str]]:
    """The known mirrors in the order in which the entry names them: `url`, `text` to show, `language` where it is of one alone."""
    profile = own_profile(commons)
    found: dict[str, dict[str, str]] = {}
    for link in (profile.values.get(LINKS) or ()) if profile else ():
        url = safe_url(str(link.get("url") or ""))
        if link.get("kind") == MIRROR and url.startswith(("https://", "http://")):
            found.setdefault(url.rstrip("/"), address_of(url, str(link.get("language") or "")))
    found.pop(commons.catalog.settings.site_url, None)
    return list(found.values())


def at_the_foot(commons: Commons, all_at: str) -> dict[str, Any]:
    """What the foot of each page says: `addresses`, the site's own first, and where `more` of them are told (`path`); {} where
    no mirror is known."""
    mirrors = mirrors_of(commons)
    if not mirrors:
        return {}
    url = commons.catalog.settings.site_url
    own = [address_of(f"{url}/")] if url else []
    return {"addresses": own + mirrors[:MOST], "more": len(mirrors[MOST:]), "path": f"{all_at}#copies"}


def address_of(url: str, language: str = "") -> dict[str, str]:
    """An address, and what to show for it; `language` where the pages there are of one alone."""
    return {"url": url, "text": shown_url(url), "language": language}
