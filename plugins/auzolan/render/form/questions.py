"""A kind's declaration comes in; the questions of its form go out: the few that are needed first, the rest in the groups in
which the kind declares it. Plain values for `_form.html`; no field, word or help is known here.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from typing import Any

from auzolan.model.kinds import COMPOSITE_TYPES, Declarations, Field, Kind
from auzolan.render.shared.naming import Speaker

FEW = 7
"""So many words can be seen at once; more are chosen from a list that opens."""
RECORD, SOURCES, VERIFIED = "record", "sources", "verified"
LANGUAGE_OF_THE_TEXT = "written_in"
_AREAS = frozenset({"prose"})
_LONG = 300
"""Characters from which on a text is written in a field of several lines."""
_CHOSEN = frozenset({"word", "flag", "country", "region", "language", "reference"})
_GAP = re.compile(r"\{([a-z_]+)\}")
View = dict[str, Any]


def first_questions(kind: Kind) -> list[Field]:
    """What must be said, and what is essential, in the order of the declaration. How it is known is asked last, apart."""
    return [field for field in kind.fields.values() if (field.required or field.essential) and field.name != RECORD]


def asks_for_source(kind: Kind) -> bool:
    """Whether the kind's record can say how it is known."""
    record = kind.fields.get(RECORD)
    return record is not None and SOURCES in record.fields


def still_view(kind: Kind, said: Declarations, speaker: Speaker) -> View | None:
    """What is asked of somebody who says that an entry still holds: `on` (the label of the day) and `ways` (the words for how
    one knows it, each with `id`, `label`, `means`); None where the kind's record cannot say that somebody looked."""
    record = kind.fields.get(RECORD)
    parts = record.fields[VERIFIED].fields if record is not None and VERIFIED in record.fields else {}
    on, how = parts.get("on"), parts.get("how")
    vocabulary = said.vocabularies.get(how.vocabulary) if how is not None and how.type == "word" else None
    if on is None or on.type != "date" or vocabulary is None:
        return None
    ways = [
        {"id": word.id, "label": speaker.plain(word.label) or word.id, "means": speaker.plain(word.definition)}
        for word in vocabulary.words.values()
    ]
    return {"on": speaker.label(on), "ways": ways}


def first_views(kind: Kind, said: Declarations, speaker: Speaker) -> list[View]:
    """The needed questions as `field_view`s, each with its `title`."""
    views = []
    for field in first_questions(kind):
        view = field_view(field, said, speaker)
        # A sentence or two want to be seen whole while they are written.
        area = view["control"] == "line" and field.type == "text" and field.name != "name" and field.max > 100
        views.append({**view, "title": _title(field, speaker), "control": "area" if area else view["control"]})
    return views


def _title(field: Field, speaker: Speaker) -> str:
    if field.name == "name":
        return speaker._("What is its name?")
    if field.name == "summary":
        return speaker._("What does it do?")
    if field.type == "place":
        return speaker._("Where is it?")
    return speaker.label(field)


def more_groups(kind: Kind, said: Declarations, speaker: Speaker) -> list[View]:
    """The rest: `title`, `help`, `fields` (views). What has parts of its own stands for itself."""
    asked = {field.name for field in first_questions(kind)}
    rest = [
        field
        for field in kind.fields.values()
        if field.name not in asked
        and field.show != "hidden"
        and not (field.type in COMPOSITE_TYPES and not field.fields)
    ]
    short = [field for field in rest if not _stands_alone(field) and field.show != "section"]
    told = [field for field in rest if not _stands_alone(field) and field.show == "section"]
    groups = []
    for title, help_, fields in (
        (speaker._("In short"), speaker._("Facts, one to a line."), short),
        (speaker._("In more words"), speaker._("Stories, goals, lessons."), told),
    ):
        if fields:
            views = [field_view(field, said, speaker) for field in fields]
            groups.append({"name": "", "title": title, "help": help_, "fields": views})
    for field in sorted(filter(_stands_alone, rest), key=lambda field: field.name == RECORD):
        view = field_view(field, said, speaker)
        groups.append({"name": field.name, "title": view["label"], "help": view["help"], "fields": [view]})
    return groups


def _stands_alone(field: Field) -> bool:
    return bool(field.fields) or field.type == "identifier"


def field_view(field: Field, said: Declarations, speaker: Speaker, within: str = "f") -> View:
    """A field as `_form.html` draws it. `control` is one of line, area, choice, flag, select, checks, country, region,
    language, reference, source, identifier, group; `front` are the parts that are seen at once, `back` those behind them. `within` begins its id in the page."""
    parts = [part for part in field.fields.values() if not is_machine_made(part)]
    id_ = f"{within}-{field.name}"
    views = [field_view(part, said, speaker, id_) for part in parts]
    front = _front(field, parts)
    picked = _picked(field, parts, said, speaker)
    control = "group" if field.fields else _control(field, said)
    return {
        "name": field.name,
        "id": id_,
        "type": field.type,
        "label": speaker.label(field),
        "help": speaker.plain(field.help),
        "example": _example(field, speaker),
        "needed": field.required,
        "many": field.many,
        "max": field.max if field.type in ("text", "prose") else 0,
        "control": control,
        "mode": {"url": "url", "email": "email", "phone": "tel", "number": "decimal"}.get(field.type, ""),
        "vocabulary": field.vocabulary if control in ("select", "identifier") else "",
        "words": _words(field, said, speaker) if control in ("choice", "checks") else [],
        "front": [view for view in views if view["name"] in front],
        "back": [view for view in views if view["name"] not in front],
        "picked": picked,
    }


def is_machine_made(field: Field) -> bool:
    """What commands or those who look after the commons write: `record.translations`, `not_same_as`."""
    return field.show == "hidden" and bool(field.fields)


def _front(field: Field, parts: Iterable[Field]) -> frozenset[str]:
    """Of a place what cards show, of a source and a relation what one cannot do without: the rest opens."""
    if field.type == "place":
        return frozenset(part.name for part in parts if part.show == "card" or part.required)
    if field.type == "source":
        return frozenset({"title", "url"})
    if field.type == "relation":
        return frozenset(part.name for part in parts if part.required)
    return frozenset(part.name for part in parts)


def _picked(field: Field, parts: Iterable[Field], said: Declarations, speaker: Speaker) -> list[View]:
    """Where the items of a group are words of one of several lists (`principles-{set}`): those lists, each with its words and
    what they mean, so that one picks instead of filling in."""
    by_name = {part.name: part for part in parts}
    for part in by_name.values():
        gap = _GAP.search(part.vocabulary)
        lists = by_name.get(gap[1]) if gap else None
        if field.many != "list" or lists is None or lists.vocabulary not in said.vocabularies:
            continue
        found = []
        for set_ in said.vocabularies[lists.vocabulary].words.values():
            vocabulary = said.vocabularies.get(part.vocabulary_for({lists.name: set_.id}))
            if vocabulary is not None:
                words = [
                    {
                        "id": word.id,
                        "label": speaker.plain(word.label) or word.id,
                        "means": speaker.plain(word.definition),
                    }
                    for word in vocabulary.words.values()
                ]
                label = speaker.plain(set_.label) or set_.id
                found.append({"by": lists.name, "is": set_.id, "of": part.name, "label": label, "words": words})
        return found
    return []


def _control(field: Field, said: Declarations) -> str:
    if field.type == "word":
        return _word_control(field, said)
    if field.type == "text" and field.to == ("source",):
        return "source"
    if field.type in ("country", "region", "language", "reference", "identifier"):
        return field.type
    if field.type == "flag":
        return "flag"
    return "area" if field.type in _AREAS or (field.type == "text" and field.max >= _LONG) else "line"


def _word_control(field: Field, said: Declarations) -> str:
    if field.vocabulary == "relations":
        return "select"
    vocabulary = said.vocabularies.get(field.vocabulary)
    if vocabulary is None:
        return "line"
    if field.many == "list":
        return "checks"
    return "choice" if len(vocabulary.words) <= FEW else "select"


def _words(field: Field, said: Declarations, speaker: Speaker) -> list[Mapping[str, str]]:
    vocabulary = said.vocabularies.get(field.vocabulary)
    words = vocabulary.words.values() if vocabulary else ()
    # A withdrawal is no state that somebody proposes in a form.
    return [{"id": word.id, "label": speaker.plain(word.label) or word.id} for word in words if word.id != "withdrawn"]


def _example(field: Field, speaker: Speaker) -> str:
    """The declared example, where it is something to be written; words are chosen, and need none."""
    plain = isinstance(field.example, str) and field.type not in _CHOSEN
    return (field.examples.get(speaker.language) or str(field.example)) if plain and field.to != ("source",) else ""
