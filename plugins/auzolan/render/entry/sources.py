"""An entry's sources come in; the numbered list at the foot of its page goes out."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Profile, Reference
from auzolan.model.dates import PartialDate
from auzolan.render.desk import Desk, sources_of
from auzolan.render.shared.links import safe_url


def source_views(desk: Desk, profile: Profile) -> list[dict[str, Any]]:
    """`id` (the anchor: s1 …), `title`, `by` (card or None), `went_on` (words right after it), `facts` (finished
    words), `quote`, `links`. `own` where the entry speaks of itself: it is not linked to itself."""
    found = [
        source_view(desk, profile.language, source, number)
        for number, source in enumerate(sources_of(profile).values(), start=1)
    ]
    for view in found:
        view["own"] = view["by"] is not None and view["by"]["id"] == profile.id
    return found


def source_view(desk: Desk, own: str, source: Mapping[str, Any], number: int) -> dict[str, Any]:
    """One source, whatever of it was written; `own` is the language of the entry or article that cites it."""
    speaker = desk.speaker
    by = source.get("by")
    reference = by if isinstance(by, Reference) else Reference(by) if by else None
    card = desk.reference(reference, (), own) if reference else None
    publisher = _plain(desk, source.get("publisher"), own)
    # "P2P Foundation, P2P Foundation blog" reads as one: the name is told by the link, what follows goes on from it.
    name = str(card["name"]["text"]) if card else ""
    begins = bool(name) and (publisher == name or publisher.startswith((f"{name} ", f"{name},")))
    facts = [publisher] if publisher and not begins else []
    published = source.get("published")
    if isinstance(published, PartialDate):
        facts.append(speaker.date(published))
    dataset = _plain(desk, source.get("dataset"), own)
    if dataset:
        facts.append(speaker._("data set: %(name)s", name=dataset))
    language = source.get("language")
    tags = [language] if isinstance(language, str) else list(language or ())
    if tags and tags != [desk.language]:
        facts.append(speaker._("in %(language)s", language=speaker.listed(map(speaker.language_name, tags))))
    if source.get("license"):
        facts.append(speaker._("licence: %(name)s", name=source["license"]))
    accessed = source.get("accessed")
    if isinstance(accessed, PartialDate):
        facts.append(speaker._("read on %(date)s", date=speaker.date(accessed)))
    links = (("url", speaker._("Original")), ("archived", speaker._("archived copy")))
    quote = source.get("quote")
    return {
        "id": f"s{number}",
        "title": _said(desk, source.get("title"), own),
        "by": card,
        "went_on": publisher.removeprefix(name) if begins else "",
        "own": False,
        "facts": facts,
        "quote": _said(desk, quote, language if isinstance(language, str) else own) if quote else None,
        "links": [
            {"label": label, "url": safe_url(source[key])}
            for key, label in links
            if source.get(key) and safe_url(source[key])
        ],
    }


def _said(desk: Desk, value: Any, own: str) -> dict[str, Any]:
    if isinstance(value, Mapping):
        return desk.speaker.text(value, own)
    return desk.speaker.said(str(value or ""), own)


def _plain(desk: Desk, value: Any, own: str) -> str:
    return str(_said(desk, value, own)["text"]) if value else ""
