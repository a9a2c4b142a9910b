"""An article's front matter comes in; its credit goes out: who wrote, asked, answered and translated, and from what."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.text import choose
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import Speaker, TextView

PEOPLE = ("authors", "interviewee", "interviewers", "translators")


def credit_of(commons: Commons, speaker: Speaker, values: Mapping[str, Any], language: str) -> list[dict[str, Any]]:
    """The lines of the credit: `label`, then `words`, or `original` for a text that first appeared elsewhere.
    Labels are those of the declared fields."""
    lines: list[dict[str, Any]] = []
    for name in PEOPLE:
        names = people(speaker, values.get(name), language)
        if names:
            lines.append({"label": _label(commons, speaker, name), "words": speaker.listed(names), "original": None})
    extent = values.get("extent")
    if extent:
        words = speaker.word("article-extents", str(extent))
        lines.append({"label": _label(commons, speaker, "extent"), "words": words, "original": None})
    original = values.get("original")
    if isinstance(original, Mapping) and original:
        label = _label(commons, speaker, "original")
        lines.append({"label": label, "words": "", "original": _original(speaker, original, language)})
    return lines


def people(speaker: Speaker, value: Any, language: str) -> list[str]:
    """Published names, as they sign: one or a list, plain or in languages."""
    items = value if isinstance(value, tuple | list) else [value] if value else []
    return [_string(speaker, item, language) for item in items]


def _original(speaker: Speaker, original: Mapping[str, Any], language: str) -> dict[str, Any]:
    tongues = [speaker.language_name(tag) for tag in original.get("languages") or ()]
    details = [
        _string(speaker, original.get("publisher"), language),
        speaker.date(original.get("published")),
        speaker.listed(tongues) if tongues else "",
        str(original.get("license") or ""),
    ]
    title = _view(speaker, original.get("title") or original.get("url") or "", language)
    return {
        "title": title,
        "url": safe_url(str(original.get("url") or "")),
        "details": ", ".join(part for part in details if part),
    }


def _label(commons: Commons, speaker: Speaker, name: str) -> str:
    article = commons.catalog.declarations.article
    field = article.fields.get(name) if article else None
    return speaker.label(field) if field else name


def _string(speaker: Speaker, value: Any, language: str) -> str:
    if isinstance(value, Mapping):
        return choose(value, speaker.language, language)[0]
    return str(value or "")


def _view(speaker: Speaker, value: Any, language: str) -> TextView:
    if isinstance(value, Mapping):
        return speaker.text(value, language)
    return speaker.said(str(value), language)
