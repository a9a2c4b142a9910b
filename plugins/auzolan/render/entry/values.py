"""A declared field and its value come in; what to show goes out, by the field's type alone: code knows no kind.

A *part* is a dict with `type`:
`text` (`said`), `words` (`text`, `path`), `link` (`text`, `url`, `label`), `entry` (`card`), `prose` (`html`, `said`),
`place` (`pieces`, `role`), `image` (`path`, `alt`, `credit`, `license`), `source` (`source`),
`rows` (`rows`: [{name, label, parts}], `named`: the same by name, `open`).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import quote

from markupsafe import Markup

from auzolan.model.commons import Profile, Reference, SourceRef
from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Field
from auzolan.model.text import choose, license_slug
from auzolan.render.cards import siblings_of
from auzolan.render.desk import Desk, sources_of
from auzolan.render.prose.prose import prose
from auzolan.render.shared.links import safe_url, shown_url, tel

Part = dict[str, Any]

SOURCE_KEYS = frozenset({"source", "sources", "evidence"})
"""Names of text fields whose text is the key of one of the entry's sources."""
CODED = frozenset({"word", "country", "region", "language"})


def parts_of(desk: Desk, here: Profile, field: Field, value: Any, siblings: Mapping[str, Any], root: str) -> list[Part]:
    """Everything to show of a field's value; [] where there is nothing. `siblings` are the values beside it."""
    if value is None or value == "":
        return []
    items: Iterable[Any]
    if field.many == "keyed" and isinstance(value, Mapping):
        items = value.values()
    else:
        items = value if isinstance(value, tuple | list) else (value,)
    chosen = siblings_of(field, siblings)
    found = [_part(desk, here, field, item, chosen, root) for item in items]
    return [part for part in found if part]


def _part(desk: Desk, here: Profile, field: Field, item: Any, siblings: Mapping[str, str], root: str) -> Part | None:
    speaker = desk.speaker
    match field.type:
        case "text":
            return _text(desk, here, field, item)
        case "prose":
            return prose_part(desk, here, field, item, root)
        case "url":
            return _link(str(item), shown_url(str(item)))
        case "email":
            return _link(f"mailto:{item}", str(item))
        case "phone":
            return _link(tel(str(item)), str(item))
        case "date":
            return _words(speaker.date(item) if isinstance(item, PartialDate) else str(item))
        case "number":
            return _words(speaker.number(item))
        case "flag":
            said = "yes" if item in {True, "yes", "true"} else "no"
            return _words(speaker.coded("flag", said), desk.value_path(field, said, siblings))
        case "license":
            return _license(desk, field, str(item))
        case "reference":
            return _reference(desk, here, field, item)
        case "place":
            return _place(desk, field, item)
        case "image":
            return _image(desk, here, item)
        case "identifier":
            return _identifiers(desk, field, item)
        case "group" | "source" | "relation":
            return rows_part(desk, here, field, item, root)
        case coded if coded in CODED:
            return _words(speaker.value(field, str(item), siblings), desk.value_path(field, str(item), siblings))
    return _words(str(item))


def rows_part(desk: Desk, here: Profile, field: Field, item: Mapping[str, Any], root: str) -> Part | None:
    """The sub-fields of a group that are filled in, in the order of their declaration."""
    rows = []
    for sub in field.fields.values():
        # That something is in the language one is reading says nothing.
        silent = sub.show == "hidden" or (sub.type == "language" and item.get(sub.name) == desk.language)
        parts = [] if silent else parts_of(desk, here, sub, item.get(sub.name), item, root)
        if parts:
            rows.append({"name": sub.name, "label": desk.speaker.label(sub), "type": sub.type, "parts": parts})
    if not rows:
        return None
    return {"type": "rows", "rows": rows, "named": {row["name"]: row["parts"] for row in rows}, "open": True}


def prose_part(desk: Desk, here: Profile, field: Field, item: Any, root: str) -> Part | None:
    """A longer text, rendered and sanitised, with its mentions as links."""
    text, language = choose(item, desk.language, here.language) if isinstance(item, Mapping) else (item, here.language)
    if not text:
        return None
    made = prose(
        text,
        link=desk.mention(root),
        heading_level=3,
        id_prefix=f"{field.name.replace('_', '-')}-",
        disputed_label=desk.speaker._("Attribution disputed"),
        back_label=desk.speaker._("Back to the text"),
    )
    return {"type": "prose", "html": Markup(made.html + made.footnotes), "said": desk.speaker.said("", language)}


def _words(text: str, path: str = "") -> Part:
    return {"type": "words", "text": text, "path": path}


def _link(url: str, text: str, label: str = "") -> Part | None:
    safe = safe_url(url)
    return {"type": "link", "url": safe, "text": text, "label": label} if safe else _words(text) if text else None


def _text(desk: Desk, here: Profile, field: Field, item: Any) -> Part | None:
    if field.name in SOURCE_KEYS:
        key = next(iter(item.values()), "") if isinstance(item, Mapping) else item
        if key in sources_of(here):
            return {"type": "source", "source": desk.source_view(here, SourceRef(here.id, key))}
    said = desk.speaker.text(item, here.language) if isinstance(item, Mapping) else desk.speaker.said(str(item), "")
    if isinstance(item, Mapping):
        return {"type": "text", "said": said} if said["text"] else None
    return _words(str(item))


def _license(desk: Desk, field: Field, expression: str) -> Part:
    """An SPDX expression: a link where it is one licence that has an entry or a page; the words as they are."""
    card = desk.card(f"license/{license_slug(expression)}")
    if card:
        return {"type": "entry", "card": card}
    return _words(expression, desk.value_path(field, expression, {}))


def _reference(desk: Desk, here: Profile, field: Field, item: Any) -> Part | None:
    reference = item if isinstance(item, Reference) else Reference(str(item))
    card = desk.reference(reference, field.to, here.language)
    return {"type": "entry", "card": card} if card else None


def _place(desk: Desk, field: Field, item: Mapping[str, Any]) -> Part | None:
    locality = item.get("locality")
    town = desk.speaker.plain(locality) if isinstance(locality, Mapping) else locality or ""
    pieces = [{"text": town, "path": ""}] if town else []
    for name in ("region", "country"):
        code = item.get(name)
        if code:
            sub = field.fields.get(name)
            path = desk.value_path(sub, code, {}) if sub else ""
            pieces.append({"text": desk.speaker.coded(name, code), "path": path})
    role = field.fields.get("role")
    said = desk.speaker.value(role, item["role"]) if role and item.get("role") else ""
    return {"type": "place", "pieces": pieces, "role": said} if pieces else None


def _image(desk: Desk, here: Profile, item: Mapping[str, Any]) -> Part | None:
    file = item.get("file")
    name = next(iter(file.values()), "") if isinstance(file, Mapping) else file or ""
    if not name:
        return None
    credit = item.get("credit")
    return {
        "type": "image",
        "path": f"images/{quote(name.removeprefix('images/'))}",
        "alt": desk.speaker.text(item.get("alt") or {}, here.language),
        "credit": desk.speaker.plain(credit) if isinstance(credit, Mapping) else credit or "",
        "license": item.get("license") or "",
    }


def _identifiers(desk: Desk, field: Field, item: Mapping[str, str]) -> Part | None:
    rows = []
    for scheme, code in item.items():
        word = desk.speaker.word_of(field.vocabulary, scheme)
        label = desk.speaker.word(field.vocabulary, scheme)
        url = word.url.replace("{id}", code) if word and word.url else ""
        part = _link(url, code) if url else _words(code)
        rows.append({"name": scheme, "label": label, "type": "url", "parts": [part]})
    return {"type": "rows", "rows": rows, "named": {}, "open": True} if rows else None
