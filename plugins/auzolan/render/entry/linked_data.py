"""An entry comes in; its schema.org description goes out, for machines that read pages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Profile
from auzolan.model.text import choose
from auzolan.render.desk import Desk
from auzolan.render.shared.links import safe_url


def linked_data(desk: Desk, profile: Profile) -> dict[str, Any]:
    """JSON-LD: only what the entry says, under the names of schema.org; ids elsewhere as `sameAs`."""
    kind, site = desk.kind(profile.kind), desk.context.settings
    values = profile.values
    name = choose(profile.names, desk.language, profile.language)[0]
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": kind.schema_org or "Thing",
        "name": name,
    }
    if site.site_url:
        found["@id"] = f"{site.site_url}/{desk.entry_path(profile.id)}"
    others = sorted({text for text in profile.names.values() if text and text != name})
    if others:
        found["alternateName"] = others
    summary = desk.speaker.plain(values.get("summary") or {}, profile.language)
    if summary:
        found["description"] = summary
    website = safe_url(str(values.get("website") or ""))
    if website:
        found["url"] = website
    same = _same_as(desk, profile)
    if same:
        found["sameAs"] = same
    addresses = [_address(place) for place in _places(desk, profile)]
    addresses = [address for address in addresses if len(address) > 1]
    if addresses:
        found["address"] = addresses[0] if len(addresses) == 1 else addresses
    if values.get("started"):
        founded = "foundingDate" if "organisation-like" in kind.traits else "dateCreated"
        found[founded] = str(values["started"])
    return found


def _same_as(desk: Desk, profile: Profile) -> list[str]:
    found = []
    for field in desk.kind(profile.kind).fields.values():
        if field.type != "identifier":
            continue
        for scheme, code in (profile.values.get(field.name) or {}).items():
            word = desk.speaker.word_of(field.vocabulary, scheme)
            url = safe_url(word.url.replace("{id}", code)) if word and word.url else ""
            if url:
                found.append(url)
    return sorted(found)


def _places(desk: Desk, profile: Profile) -> list[Mapping[str, Any]]:
    found: list[Mapping[str, Any]] = []
    for field in desk.kind(profile.kind).fields.values():
        if field.type == "place":
            value = profile.values.get(field.name) or ()
            found.extend([value] if isinstance(value, Mapping) else value)
    return found


def _address(place: Mapping[str, Any]) -> dict[str, str]:
    locality = place.get("locality")
    town = choose(locality, "en")[0] if isinstance(locality, Mapping) else locality
    parts = {
        "addressCountry": place.get("country"),
        "addressRegion": place.get("region"),
        "addressLocality": town,
        "postalCode": place.get("postcode"),
    }
    said = {key: value if isinstance(value, str) else choose(value, "en")[0] for key, value in parts.items() if value}
    return {"@type": "PostalAddress", **said}
