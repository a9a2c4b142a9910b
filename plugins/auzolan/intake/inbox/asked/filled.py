"""Answers to the questions of a kind, as people write them, come in; the entry that they make goes out, as YAML."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from auzolan.intake.answers import UnusableAnswer, answered, put, source_values
from auzolan.intake.inbox.asked.questions import HOW, ON_PAPER, TONGUE, Question, Sheets, key
from auzolan.intake.writing import entry_text
from auzolan.load.decoding import refused_characters
from auzolan.model.kinds import Field, Kind

MAX_ANSWER = 20_000
MAX_ITEMS = 100
"""Items of a list that are looked at."""
MAX_FAILED = 10
"""Items that cannot be used, from which on the whole answer is none."""
_AROUND = " -*•\t"
_NOTHING = re.compile(r"[\s_*.…-]*(?:no response|none)?[\s_*.…-]*\Z", re.IGNORECASE)
_BOX = re.compile(r"(?m)(?:^|(?<=\s))[\[(](?P<mark>[ xX✓✗]?)[\])][ \t]*(?P<what>[^\n\[]*)")
_FENCE = re.compile(r"\A```\w*\n(.*?)\n?```\s*\Z", re.DOTALL)
_LEADERS = re.compile(r"_{3,}|\.{4,}|…{2,}")
_URL = re.compile(r"https?://[^\s<>\"')\]]{3,2000}")
_OPTION = re.compile(r" \(([a-z0-9.-]{1,64})\)\Z")
_SEPARATORS = re.compile(r"[\n,;]")
_LINES = re.compile(r"\n")
Say = Callable[[str, str], object]
"""(message, hint) of an answer that was left out."""


def text_of(kind: Kind, language: str, answers: Iterable[tuple[Question, str]], sheets: Sheets, say: Say) -> str:
    """The file of the entry that the answers make, or "" where they say nothing. What cannot be used is left out, and told."""
    filled = _Filled(kind, language, sheets, say)
    for question, answer in answers:
        try:
            filled.take(question, _bare(answer))
        except UnusableAnswer as problem:
            say(f"`{question.id}` was left out: {problem}", problem.hint)
    filled.know_from_paper()
    if TONGUE in kind.fields and language != sheets.default and filled.values:
        filled.values.setdefault(TONGUE, language)
    if filled.values.get(TONGUE) == sheets.default:
        del filled.values[TONGUE]
    return entry_text(kind, filled.values) if filled.values else ""


def _bare(answer: str) -> str:
    fenced = _FENCE.match(answer.strip())
    text = _LEADERS.sub(" ", fenced[1] if fenced else answer).strip()
    return "" if _NOTHING.match(text[:60]) and len(text) < 60 else text


class _Filled:
    def __init__(self, kind: Kind, language: str, sheets: Sheets, say: Say) -> None:
        self.kind, self.language, self.say = kind, language, say
        self.sheets, self.declarations = sheets, sheets.declarations
        self.values: dict[str, Any] = {}
        self.source: dict[str, str] = {}

    def take(self, question: Question, text: str) -> None:
        """Keeps one answer. Raises UnusableAnswer."""
        if not text:
            return
        if len(text) > MAX_ANSWER:
            raise UnusableAnswer(f"it is longer than {MAX_ANSWER:,} characters", "make it shorter")
        if next(refused_characters(text.replace("\t", " "), ""), None) is not None:
            raise UnusableAnswer("it holds characters that cannot be seen", "type it again")
        field = question.field
        if field is None:
            self.know(text)
        elif question.id in ON_PAPER:
            self.source[question.id] = self.one(field, text)
        elif question.pick[0]:
            self.pick(field, question.pick, text)
        elif field.many == "list":
            items = self.several(field, text)
            if items:
                self.values[field.name] = items
        else:
            put(self.values, self.kind, question.path, self.one(field, text))

    def one(self, field: Field, text: str) -> str:
        """A single value."""
        if field.type == "prose":
            return answered(self.declarations, field, text, self.language)
        chosen = _chosen(text)
        if chosen is not None:
            text = chosen[0] if chosen else ""
            if not text:
                raise UnusableAnswer("no box is ticked", "tick one")
        text = " ".join(text.split())
        if field.type == "flag":
            text = self.flags().get(key(text), text)
        if field.type == "language":
            text = self.tongue(text)
        if field.type == "word":
            text = self.word(field.vocabulary, text)
        return answered(self.declarations, field, text, self.language)

    def word(self, vocabulary: str, text: str) -> str:
        """The id of a word by any of its names, or of an option `Label (id)`; any other text as it is."""
        meant = self.sheets.words.meant(vocabulary, text)
        told = _OPTION.search(text) if meant == text else None
        known = self.declarations.vocabularies.get(vocabulary)
        return told[1] if told and known is not None and told[1] in known.words else meant

    def flags(self) -> Mapping[str, str]:
        """What yes and no are called."""
        said = {key(words._(one)): one for one in ("yes", "no") for words in self.sheets.speakers.values()}
        return {name: "true" if one == "yes" else "false" for name, one in said.items()}

    def tongue(self, text: str) -> str:
        """The tag of a language that is written by its name."""
        for words in (self.sheets.speakers.get(self.language), *self.sheets.speakers.values()):
            names = words.locale.languages if words is not None else {}
            found = next((tag for tag, name in names.items() if key(str(name)) == key(text)), None)
            if found:
                return str(found).replace("_", "-")
        return text

    def several(self, field: Field, text: str) -> list[str]:
        """The items of a list; one that cannot be used is left out and told."""
        items: list[str] = []
        failed = 0
        for part in self.parts(field, text):
            try:
                items.append(self.one(field, part))
            except UnusableAnswer as problem:
                self.say(f"`{field.name}`: {problem}; it was left out", problem.hint)
                failed += 1
                if failed == MAX_FAILED:
                    raise UnusableAnswer(
                        f"more than {failed} of its items cannot be used", "ask what is meant"
                    ) from None
        return list(dict.fromkeys(items))

    def parts(self, field: Field, text: str) -> list[str]:
        """Ticked boxes, else lines, else what stands between commas; words that have a comma in their name stay whole."""
        chosen = _chosen(text)
        if chosen is not None:
            return chosen[:MAX_ITEMS]
        if field.type == "word":
            return self.listed(field.vocabulary, text)
        sign = _LINES if field.type == "text" and "\n" in text else _SEPARATORS
        return [part for one in sign.split(text)[:MAX_ITEMS] if (part := one.strip(_AROUND))]

    def listed(self, vocabulary: str, text: str) -> list[str]:
        """What stands between commas; a word that has one in its name stays whole."""
        known = self.declarations.vocabularies.get(vocabulary)
        ids = known.words if known is not None else {}
        found: list[str] = []
        for line in text.split("\n")[:MAX_ITEMS]:
            pieces = [piece.strip(_AROUND) for piece in _SEPARATORS.split(line)[:MAX_ITEMS]]
            while pieces and len(found) < MAX_ITEMS:
                joined = (
                    n for n in range(min(len(pieces), 4), 1, -1) if self.word(vocabulary, ", ".join(pieces[:n])) in ids
                )
                count = next(joined, 1)
                found.append(", ".join(pieces[:count]))
                del pieces[:count]
        return [part for part in found if part]

    def pick(self, field: Field, pick: tuple[str, str, str], text: str) -> None:
        """Words of one list of several."""
        by, list_, of = pick
        vocabulary = field.fields[of].vocabulary_for({by: list_})
        known = self.declarations.vocabularies[vocabulary].words
        for part in (_chosen(text) or self.listed(vocabulary, text))[:MAX_ITEMS]:
            word = self.word(vocabulary, part)
            if word not in known:
                self.say(
                    f"`{field.name}`: `{part[:80]}` is not a word of {list_}; it was left out", "choose from the list"
                )
            else:
                items = self.values.setdefault(field.name, [])
                if {by: list_, of: word} not in items:
                    items.append({by: list_, of: word})

    def know(self, text: str) -> None:
        """How it is known: by the group itself, by addresses, or by what somebody names, one a line."""
        ourselves = {key(words._("We are this group")) for words in self.sheets.speakers.values()} | {"itself"}
        lines = [what for line in text.split("\n") if (what := _ticked(line))]
        itself = any(key(line) in ourselves for line in lines)
        record: dict[str, Any] = {"submitted_by": "itself" if itself else "third-party"}
        sources: dict[str, Any] = {}
        for line in [" ".join(line.split()) for line in lines if key(line) not in ourselves]:
            urls = _URL.findall(line)
            for one in urls or [line]:
                for name, source in source_values(one.rstrip(".,;")).get("sources", {}).items():
                    free, number = name or "source", 2
                    while free in sources:
                        free, number = f"{name}-{number}", number + 1
                    sources[free] = source
        self.values["record"] = record | ({"sources": sources} if sources else {})

    def know_from_paper(self) -> None:
        """The source that a sheet of paper asks for by its title and address, and who wrote it."""
        title, url, by = (self.source.get(f"{HOW}-{part}", "") for part in ("title", "url", "by"))
        if title or url:
            self.know(url or title)
            if title and url:
                next(iter(self.values["record"]["sources"].values()))["title"] = title
        if by:
            self.values.setdefault("record", {})["submitted_by"] = by


def _ticked(line: str) -> str:
    box = _BOX.search(line)
    if box is None:
        return line.strip(_AROUND)
    return box["what"].strip() if box["mark"].strip() else ""


def _chosen(text: str) -> list[str] | None:
    """What is ticked, where there are boxes; else None."""
    boxes = list(_BOX.finditer(text))
    return [box["what"].strip() for box in boxes if box["mark"].strip()] if boxes else None
