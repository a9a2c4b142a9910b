"""A kind's declaration comes in; its form on paper goes out: the questions with lines to write on, words with boxes to tick.

What stands before a line is the field's label and nothing else, so that whoever types a sheet in writes `Label: answer`, a line
for each, and is understood in every language of the interface.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Declarations, Field, Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.form.questions import (
    LANGUAGE_OF_THE_TEXT,
    RECORD,
    SOURCES,
    asks_for_source,
    field_view,
    first_questions,
    first_views,
)
from auzolan.render.form.sending import send_view
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker, own_name

TICKED = 60
"""Words that fit on a sheet, a box each. Where a vocabulary has more, a line is left to write them on."""
LONG = 300
"""Characters from which on a text is given two lines instead of one."""
Line = dict[str, Any]


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`paper-<kind>.html` for every kind, in every language."""
    for language, speaker in context.speakers.items():
        desk = desk_of(commons, context, speaker)
        for kind in commons.catalog.declarations.kinds.values():
            yield Unit(f"paper {language} {kind.name}", partial(_page, desk, kind))


def _page(desk: Desk, kind: Kind) -> Iterator[Page]:
    context, speaker, language = desk.context, desk.speaker, desk.language
    said = desk.commons.catalog.declarations
    shown = kind_view(kind, speaker)
    view = {
        "trail": [{"label": speaker._("Add an entry"), "path": addresses.add(language, context.default)}],
        "kind": shown,
        "questions": [*_asked(kind, said, speaker, context.settings.home.languages), *_known(kind, said, speaker)],
        "more": [_line(field, said, speaker) for field in more_on_paper(kind)],
        "form": addresses.form(kind, language, context.default),
        "send": send_view(desk),
    }
    title = speaker._("On paper: %(kind)s", kind=shown["label"])
    path = addresses.paper(kind, language, context.default)
    yield page_of(context, path, "paper.html", language, view, title=title, door="add", index=False)


def more_on_paper(kind: Kind) -> list[Field]:
    """What is asked below the questions: what the kind recommends, how the group can be reached, the principles it practises,
    and its story."""
    asked = {field.name for field in first_questions(kind)} | {RECORD}
    rest = [field for field in kind.fields.values() if field.name not in asked]
    recommended = [field for field in rest if field.recommended]
    reached = [field for field in rest if any(part.type in ("email", "phone") for part in field.fields.values())]
    sets = [field for field in rest if any("{" in part.vocabulary for part in field.fields.values())]
    story = [field for field in rest if field.type == "prose"][:1]
    return [*recommended, *reached, *sets, *story]


def _asked(kind: Kind, said: Declarations, speaker: Speaker, languages: Iterable[str]) -> Iterator[Line]:
    for field, view in zip(first_questions(kind), first_views(kind, said, speaker), strict=True):
        lines = _lines(field, said, speaker)
        if view["control"] == "area":
            lines[0]["rows"] = 3
        tongue = kind.fields.get(LANGUAGE_OF_THE_TEXT)
        if field.name == "summary" and tongue is not None:
            boxes = [{"label": own_name(tag), "tag": tag} for tag in languages]
            boxes.append({"label": speaker._("another:"), "tag": ""})
            lines.append({**_line(tongue, said, speaker), "boxes": boxes, "rows": 0})
        yield {"title": view["title"], "help": view["help"], "lines": lines}


def _known(kind: Kind, said: Declarations, speaker: Speaker) -> Iterator[Line]:
    """How it is known: by a source, or since the group itself writes."""
    if not asks_for_source(kind):
        return
    parts = kind.fields[RECORD].fields
    lines = [_line(part, said, speaker) for part in parts[SOURCES].fields.values() if part.name in ("title", "url")]
    lines += [
        {**_line(part, said, speaker), "boxes": _boxes(part, said, speaker, without=("import",)), "rows": 0}
        for part in parts.values()
        if part.name == "submitted_by"
    ]
    words = speaker._("A web address, a book, a newspaper with its date, or the meeting where it was said.")
    yield {"title": speaker._("How do you know?"), "help": words, "lines": [{**line, "help": ""} for line in lines]}


def _lines(field: Field, said: Declarations, speaker: Speaker) -> list[Line]:
    """A line for the field, or one for each part of it that is asked at once."""
    if not field.fields:
        return [{**_line(field, said, speaker), "help": ""}]
    front = {part["name"] for part in field_view(field, said, speaker)["front"]}
    return [{**_line(part, said, speaker), "help": ""} for part in field.fields.values() if part.name in front]


def _line(field: Field, said: Declarations, speaker: Speaker) -> Line:
    """`label` as declared, `help`, `rows` to write on (0: none), `boxes` to tick, `one` where only one of them is meant,
    `parts` (lines), `sets` (of words, each with a label and boxes)."""
    view = field_view(field, said, speaker)
    boxes = _boxes(field, said, speaker)
    parts = [{**_line(part, said, speaker), "help": ""} for part in field.fields.values()] if field.fields else []
    sets = [
        {"label": one["label"], "boxes": [{"label": word["label"], "tag": ""} for word in one["words"]]}
        for one in view["picked"]
    ]
    rows = 8 if field.type == "prose" else 2 if field.type == "text" and field.max >= LONG else 1
    return {
        "label": speaker.label(field),
        "help": view["help"],
        "rows": 0 if boxes or parts else rows,
        "boxes": boxes,
        "one": field.many == "",
        "parts": [] if sets else parts,
        "sets": sets,
    }


def _boxes(field: Field, said: Declarations, speaker: Speaker, without: tuple[str, ...] = ()) -> list[Line]:
    if field.type == "flag":
        return [{"label": speaker._("yes"), "tag": ""}, {"label": speaker._("no"), "tag": ""}]
    vocabulary = said.vocabularies.get(field.vocabulary) if field.type == "word" else None
    if vocabulary is None or len(vocabulary.words) > TICKED:
        return []
    return [
        {"label": speaker.plain(word.label) or word.id, "tag": ""}
        for word in vocabulary.words.values()
        if word.id not in ("withdrawn", *without)
    ]
