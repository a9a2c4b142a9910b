"""The declarations come in; the door Add goes out: what to say, a file to fill in for each kind, where to send it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any
from urllib.parse import quote

from auzolan.model.commons import Commons
from auzolan.model.kinds import Field, Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.contribute_file import skeleton
from auzolan.render.doors.home import kinds_in_order
from auzolan.render.lists.counted import wanted_count
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.forge import forge_of, new_url
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker

LONGEST_MAIL = 1800
"""Characters of a `mailto:` address that mail programs take whole."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`contribute.html` in every language."""
    for language, speaker in context.speakers.items():
        yield Unit(f"contribute {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    settings = context.settings
    kinds = kinds_in_order(commons)
    view = {
        "questions": questions(speaker),
        "kinds": [_kind(context, speaker, kind) for kind in kinds],
        "fields": field_groups(tuple(kinds), speaker),
        "forge": forge_of(settings.repository),
        "repository": settings.repository,
        "contact": mail_of(settings.contact),
        "contact_url": settings.contact if settings.contact.startswith(("https://", "http://")) else "",
        "license": desk.license(settings.entry_license),
        "wanted": addresses.wanted(language, context.default),
        "wanted_count": wanted_count(commons),
        "search_path": context.find(language),
    }
    path = addresses.add(language, context.default)
    yield page_of(context, path, "contribute.html", language, view, title=speaker._("Add an entry"), door="add")


def questions(speaker: Speaker) -> list[dict[str, str]]:
    """The four questions; who can answer them can contribute."""
    return [
        {"title": speaker._("What is its name?"),
         "words": speaker._("As it calls itself, in its own language and script. Other names come later.")},
        {"title": speaker._("What does it do?"),
         "words": speaker._("One or two plain sentences: what, for whom, with whom. No praise.")},
        {"title": speaker._("Where is it?"),
         "words": speaker._("The country is enough. A town helps people nearby to find it.")},
        {"title": speaker._("How do you know?"),
         "words": speaker._("A web address, a book, a newspaper with its date, or the meeting where it was said.")},
    ]  # fmt: skip


def field_groups(kinds: tuple[Kind, ...], speaker: Speaker) -> list[dict[str, Any]]:
    """All fields, those that the same kinds share told together: `title`, `kinds` (views), `fields` (rows)."""
    holders: dict[str, list[Kind]] = {}
    fields: dict[str, Field] = {}
    for kind in kinds:
        for field in kind.fields.values():
            # Two kinds may declare different fields under one name; each is told for itself.
            key = next((key for key in fields if key.split("\0")[0] == field.name and fields[key] == field), "")
            key = key or f"{field.name}\0{kind.name}"
            fields.setdefault(key, field)
            holders.setdefault(key, []).append(kind)
    groups: dict[tuple[str, ...], list[Field]] = {}
    for key, field in fields.items():
        groups.setdefault(tuple(kind.name for kind in holders[key]), []).append(field)
    by_name = {kind.name: kind for kind in kinds}
    told = []
    for names, shared in groups.items():
        views = [kind_view(by_name[name], speaker) for name in names]
        every = len(names) == len(kinds) and len(kinds) > 1
        told.append(
            {
                "title": speaker._("Every kind") if every else speaker.listed(view["plural"] for view in views),
                "kinds": [] if every else views,
                "fields": [row for field in shared for row in _rows(field, speaker, "")],
            }
        )
    return told


def mail_of(contact: str) -> str:
    """The e-mail address of a contact; "" where it is none."""
    address = contact.removeprefix("mailto:")
    return address if "@" in address and "://" not in address else ""


def _rows(field: Field, speaker: Speaker, prefix: str) -> Iterator[dict[str, Any]]:
    name = f"{prefix}{field.name}"
    example = field.example if isinstance(field.example, str | int | float) and not field.fields else ""
    yield {
        "name": name,
        "label": speaker.label(field),
        "help": speaker.plain(field.help),
        "example": str(example),
        "needed": field.required,
        "many": bool(field.many),
        "max": speaker.number(field.max) if field.max and field.type in {"text", "prose"} else "",
        "part": bool(prefix),
    }
    for part in field.fields.values():
        yield from _rows(part, speaker, f"{name}.")


def _kind(context: Context, speaker: Speaker, kind: Kind) -> dict[str, Any]:
    settings = context.settings
    text = skeleton(kind, speaker)
    name = speaker._("name-of-it")
    slug = name if name.isascii() else "name-of-it"
    folder = settings.directory.name if settings.directory.parent == settings.root else "directory"
    path = f"{folder}/{kind.folder}/{slug}.yaml"
    return {
        "kind": kind_view(kind, speaker),
        "text": text,
        "path": path,
        "edit": new_url(settings.repository, settings.branch, path, text),
        "mail": _mail(mail_of(settings.contact), speaker.plain(kind.label) or kind.name, text),
    }


def _mail(address: str, subject: str, text: str) -> str:
    """A `mailto:` with the file's text where it is short enough, else with the subject alone."""
    if not address:
        return ""
    short = f"mailto:{quote(address, safe='@')}?subject={quote(subject, safe='')}"
    full = f"{short}&body={quote(text.replace(chr(10), chr(13) + chr(10)), safe='')}"
    return full if len(full) <= LONGEST_MAIL else short
