"""Kinds come in; what somebody is asked who adds an entry of one goes out, as single questions that a form or a sheet of paper can
ask, and by which names each is known in every language.

The first are those of the form on the site (`render/form/questions.py`). What has many items with parts of their own (offers, links,
relations) is no single question: it is written into the file afterwards, or in the form on the site.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from auzolan.intake.tables.values import Words
from auzolan.load.shipped import shipped_root
from auzolan.model.kinds import COMPOSITE_TYPES, Declarations, Field, Kind, every_field
from auzolan.model.settings import Settings
from auzolan.model.text import fold
from auzolan.render.form.questions import RECORD, asks_for_source, field_view, first_questions, first_views
from auzolan.render.shared.naming import Speaker, speaker

HOW = "sources"
"""No field: the question "how do you know?", which fills the record; `auzolan new --set sources=…` calls it so too."""
TONGUE = "written_in"
ON_PAPER = {
    f"{HOW}-title": "record.sources.title",
    f"{HOW}-url": "record.sources.url",
    f"{HOW}-by": "record.submitted_by",
}
"""What a form on paper (`render/form/paper.py`) asks instead of HOW, by its id."""
_NEVER = frozenset({"identifier", "image", "relation", "source"})
"""Types of which no single answer makes a value."""
_GAPS = re.compile(r"[\W_]+")


@dataclass(frozen=True, slots=True, eq=False)
class Question:
    """`id` is the field's name, with hyphens for the dots of its path; `field` is None for HOW. Of a choice among the words of one
    list of several (`principles-{set}`), `pick` is (the field that names the list, the list, the field of its word)."""

    id: str
    path: str
    field: Field | None
    required: bool = False
    pick: tuple[str, str, str] = ("", "", "")


class Names(NamedTuple):
    """By which folded names questions are known in one language: `whole` → one; `parts` of a group → several, one a group;
    `groups` → the field."""

    whole: Mapping[str, Question]
    parts: Mapping[str, list[Question]]
    groups: Mapping[str, str]


def key(text: str) -> str:
    """A label for comparing: no case, accents or signs."""
    return _GAPS.sub(" ", fold(text[:300])).strip()


def questions_of(kind: Kind, declarations: Declarations, words: Speaker) -> list[Question]:
    """What an entry of the kind is asked, what is needed first."""
    first = first_questions(kind)
    found = [question for field in first for question in _of_field(field, True, declarations, words)]
    if asks_for_source(kind):
        found.append(Question(HOW, HOW, None, True))
    for field in kind.fields.values():
        if field not in first and field.name != RECORD and field.show != "hidden":
            found += _of_field(field, False, declarations, words)
    return found


def _of_field(field: Field, first: bool, declarations: Declarations, words: Speaker) -> Iterator[Question]:
    if field.type in _NEVER:
        return
    if not field.fields:
        yield Question(field.name, field.name, field, field.required or first)
    elif first or not field.many:
        for part in field.fields.values():
            asked = not first or part.required or part.show == "card"
            if asked and not part.fields and part.to != ("source",) and part.type not in COMPOSITE_TYPES:
                yield Question(f"{field.name}-{part.name}", part.path, part, first and part.required)
    else:
        for one in field_view(field, declarations, words)["picked"]:
            pick = (str(one["by"]), str(one["is"]), str(one["of"]))
            yield Question(f"{field.name}-{one['is']}", field.name, field, False, pick)


class Sheets:
    """All kinds' questions, in every language that anything is declared in or that the interface speaks."""

    def __init__(self, settings: Settings, declarations: Declarations) -> None:
        self.declarations = declarations
        self.default = settings.default_language
        folders = [settings.theme / "locales", shipped_root() / "theme" / "locales"]
        self._folders: list[Path] = list(dict.fromkeys(folders))
        self._site = settings.languages

    @cached_property
    def words(self) -> Words:
        """The words of all vocabularies by their names."""
        return Words(self.declarations)

    @cached_property
    def speakers(self) -> Mapping[str, Speaker]:
        """By language, those of the site first."""
        labels = [kind.label for kind in self.declarations.kinds.values()]
        tags = dict.fromkeys([*self._site, *sorted({tag for label in labels for tag in label})])
        return {tag: speaker(tag, self.default, self.declarations, self._folders) for tag in tags}

    @cached_property
    def questions(self) -> Mapping[str, list[Question]]:
        """By kind."""
        words = self.speakers[self.default]
        kinds = self.declarations.kinds.values()
        return {kind.name: questions_of(kind, self.declarations, words) for kind in kinds}

    @cached_property
    def on_paper(self) -> Mapping[str, list[Question]]:
        """What is asked on paper besides, by kind."""
        found: dict[str, list[Question]] = {}
        for kind in self.declarations.kinds.values():
            by_path = {field.path: field for field in every_field(kind.fields)}
            asked = {**ON_PAPER, TONGUE: TONGUE}
            found[kind.name] = [Question(id_, path, by_path[path]) for id_, path in asked.items() if path in by_path]
        return found

    @cached_property
    def names(self) -> Mapping[tuple[str, str], Names]:
        """By kind and language."""
        return {
            (kind.name, tag): _names(kind, self.questions[kind.name], self.on_paper[kind.name], words)
            for tag, words in self.speakers.items()
            for kind in self.declarations.kinds.values()
        }


def titles_of(kind: Kind, questions: Iterable[Question], words: Speaker) -> dict[str, str]:
    """Question's id → how it is asked in one language, no two alike."""
    asked = {view["name"]: str(view["title"]) for view in first_views(kind, words.declarations, words)}
    titles = {question.id: _title(kind, question, words, asked) for question in questions}
    count = Counter(key(title) for title in titles.values())
    return {id_: title if count[key(title)] == 1 else f"{title} ({id_})" for id_, title in titles.items()}


def _title(kind: Kind, question: Question, words: Speaker, asked: Mapping[str, str]) -> str:
    if question.field is None:
        return words._("How do you know?")
    outer, _, part = question.path.partition(".")
    if question.pick[0]:
        lists = question.field.fields[question.pick[0]].vocabulary
        return f"{words.label(question.field)}: {words.word(lists, question.pick[1])}"
    if part:
        return f"{words.label(kind.fields[outer])}: {words.label(question.field)}"
    return asked.get(question.path) or words.label(question.field)


def _names(kind: Kind, questions: list[Question], on_paper: list[Question], words: Speaker) -> Names:
    whole: dict[str, Question] = {}
    parts: dict[str, list[Question]] = defaultdict(list)
    groups: dict[str, str] = {}
    titles = titles_of(kind, questions, words)
    for question in questions:
        whole.setdefault(key(titles[question.id]), question)
    views = {view["name"]: str(view["title"]) for view in first_views(kind, words.declarations, words)}
    for question in questions:
        outer, _, part = question.path.partition(".")
        if question.field is None:
            whole.setdefault(key(words.label(kind.fields[RECORD].fields[HOW])), question)
        elif part:
            parts[key(words.label(question.field))].append(question)
            for group in (words.label(kind.fields[outer]), views.get(outer, "")):
                if group:
                    groups[key(group)] = outer
                    whole.setdefault(key(f"{group} {words.label(question.field)}"), question)
        elif question.pick[0]:
            lists = question.field.fields[question.pick[0]].vocabulary
            whole.setdefault(key(words.word(lists, question.pick[1])), question)
            groups[key(words.label(question.field))] = outer
        else:
            whole.setdefault(key(words.label(question.field)), question)
        whole.setdefault(key(question.id), question)
    for question in on_paper:
        if question.field is not None:
            whole.setdefault(key(words.label(question.field)), question)
    return Names(whole, parts, groups)
