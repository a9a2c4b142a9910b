"""What a declaration calls things, and values of fields, come in; words for a reader go out, each known to be ours or a stranger's.

Ours are the interface's sentences, and labels that the base declares: whoever merged those read them. All else was written
by whoever asks for the change, and is told as a quotation by every format.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from auzolan.model.commons import Reference, Relation, Trust
from auzolan.model.dates import PartialDate
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Declarations, Field, Texts
from auzolan.model.text import choose
from auzolan.render.shared.naming import Speaker
from auzolan.report.words import visible

LONGEST = 300
"""Code points of a value that are shown: who wants all of it looks at the file."""
_PLACE = re.compile(r"%\((\w+)\)s")


class Piece(NamedTuple):
    """Some words. `written` tells those that somebody else wrote, who may mean them to be more than words."""

    text: str
    written: bool = False


Words = tuple[Piece, ...]


def quoted(text: str) -> Words:
    """What somebody wrote, in one line of signs that can be seen, not longer than a person reads; no words for none."""
    line = visible(" ".join(text[: LONGEST * 4].split()))
    if len(line) > LONGEST or len(text) > LONGEST * 4:
        line = line[: LONGEST - 1] + "…"
    return (Piece(line, True),) if line else ()


def ours(text: str) -> Words:
    """Words of the interface."""
    return (Piece(text),) if text else ()


def filled(sentence: str, **parts: Words) -> Words:
    """A sentence of the interface, with words in its places `%(name)s`."""
    found: list[Piece] = []
    for number, piece in enumerate(_PLACE.split(sentence)):
        found += parts[piece] if number % 2 else ours(piece)
    return tuple(found)


def joined(parts: Iterable[Words], between: str = ", ") -> Words:
    """Several, one after another."""
    found: list[Piece] = []
    for part in parts:
        if part:
            found += [*ours(between), *part] if found else part
    return tuple(found)


@dataclass(frozen=True)
class Reader:
    """Who reads: `speaker` speaks her language by the base's declarations, `new` are those of the other side, `names` those
    of entries."""

    speaker: Speaker
    new: Declarations
    names: Mapping[EntryId, Texts]

    def _(self, message: str) -> str:
        """A sentence of the interface; its places stay."""
        return self.speaker._(message)

    def chosen(self, texts: Texts) -> str:
        """A text in her language, or another."""
        return choose(texts, self.speaker.language, self.speaker.default)[0]

    def entry(self, id_: EntryId, names: Texts | None = None) -> Words:
        """An entry by its name and id."""
        name = self.chosen(names or self.names.get(id_, {}))
        return (*quoted(name), *ours(" ("), *quoted(id_), *ours(")")) if name else quoted(id_)

    def end(self, reference: Reference) -> Words:
        """An end of a relation, by its name."""
        if reference.entry is None:
            return quoted(self.chosen(reference.name) or reference.url)
        return quoted(self.chosen(self.names.get(reference.entry, {})) or reference.entry)

    def kind(self, kind: str) -> Words:
        """What a kind is called."""
        declared = self.speaker.declarations.kinds.get(kind)
        if kind == "article":
            declared = self.speaker.declarations.article
        if declared is not None:
            return ours(self.speaker.plain(declared.label) or kind)
        added = self.new.kinds.get(kind)
        return quoted(self.chosen(added.label) if added else kind)

    def merged(self, kind: str, fields: Sequence[Field]) -> list[Field | None]:
        """What the base declares in the places of `fields`, each a part of the one before; None where it declares nothing."""
        is_article = kind == "article" and self.speaker.declarations.article is not None
        declared = self.speaker.declarations.article if is_article else self.speaker.declarations.kinds.get(kind)
        known: Mapping[str, Field] = declared.fields if declared else {}
        found = []
        for field in fields:
            here = known.get(field.name)
            found.append(here)
            known = here.fields if here else {}
        return found

    def label(self, kind: str, fields: Sequence[Field]) -> Words:
        """What a field is called, with those that it is a part of: `record: sources`."""
        return joined(map(self._called, fields, self.merged(kind, fields)), " › ")

    def _called(self, field: Field, known: Field | None) -> Words:
        return ours(self.speaker.label(known)) if known else quoted(self.chosen(field.label) or field.name)

    def verb(self, type_: str, inverse: bool = False) -> Words:
        """The words between the ends of a relation."""
        mine = self.speaker.declarations.relation_types.get(type_)
        declared = mine or self.new.relation_types.get(type_)
        if declared is None:
            return quoted(type_)
        text = self.chosen((declared.inverse_label if inverse else declared.label) or declared.label) or type_
        return ours(text) if mine else quoted(text)

    def relation(self, one: Relation) -> Words:
        """A relation as a sentence: who, does what, with whom."""
        return joined([self.end(one.subject), self.verb(one.type), self.end(one.object)], " ")

    def state(self, one: Relation) -> Words:
        """How sure a relation is, in words."""
        told = {
            "confirmed": self._("confirmed by both"), "disputed": self._("disputed"),
            "derived": self._("follows from the licence it names"),
        }  # fmt: skip
        if one.state in told:
            return ours(told[one.state])
        whom = one.stated_by if one.state == "stated" else one.reported_by
        names = joined(quoted(self.chosen(self.names.get(name, {})) or name) for name in whom)
        if one.state == "stated":
            return filled(self._("stated by %(name)s"), name=names)
        return filled(self._("reported by %(name)s"), name=names) if names else ours(self._("no source yet"))

    def trust(self, one: Trust) -> Words:
        """How far an entry is vouched for, in words."""
        speaker = self.speaker
        match one.word:
            case "listed":
                return ours(speaker._("listed, no source yet"))
            case "sourced":
                return ours(speaker.n("sourced: %(count)s source", "sourced: %(count)s sources", one.count))
            case "declared":
                return ours(speaker._("declared by itself"))
            case "submitted-as-itself":
                return ours(speaker._("submitted as itself, not proved"))
            case "confirmed":
                one_, many = "%(count)s relation confirmed by both", "%(count)s relations confirmed by both"
                return ours(speaker.n(one_, many, one.count))
            case "verified":
                return ours(speaker._("verified on %(date)s", date=speaker.date(one.on)))
            case "review-overdue":
                return ours(speaker._("review overdue"))
        return ours(one.word)

    def value(self, field: Field, value: Any, around: Mapping[str, Any], known: Field | None) -> Words:
        """A value of a field, in words; `known` is what the base declares in its place."""
        if isinstance(value, tuple):
            return joined(self.value(field, one, around, known) for one in value)
        if field.fields and isinstance(value, Mapping):
            parts = []
            for name, sub in field.fields.items():
                if value.get(name) not in (None, "", {}):
                    merged = known.fields.get(name) if known else None
                    said = self.value(sub, value[name], value, merged)
                    parts.append((*self._called(sub, merged), *ours(": "), *said))
            return joined(parts, "; ")
        return quoted(self._plain(field, value, around))

    def _plain(self, field: Field, value: Any, around: Mapping[str, Any]) -> str:
        speaker = self.speaker
        if isinstance(value, PartialDate):
            return speaker.date(value)
        if isinstance(value, bool):
            return speaker._("yes") if value else speaker._("no")
        if isinstance(value, int | float):
            return speaker.number(value)
        if isinstance(value, Reference):
            return self.chosen(self.names.get(value.entry or "", value.name)) or value.entry or value.url
        if isinstance(value, Mapping):
            texts = {str(key): str(one) for key, one in value.items()}
            return self.chosen(texts) if field.type in ("text", "prose") else ", ".join(f"{a}: {b}" for a, b in texts.items())  # fmt: skip
        if field.type == "word":
            vocabulary = field.vocabulary_for({name: one for name, one in around.items() if isinstance(one, str)})
            mine, theirs = (one.vocabularies.get(vocabulary) for one in (speaker.declarations, self.new))
            found = (mine and mine.words.get(str(value))) or (theirs and theirs.words.get(str(value)))
            return (self.chosen(found.label) if found else "") or str(value)
        return speaker.coded(field.type, str(value)) or str(value)
