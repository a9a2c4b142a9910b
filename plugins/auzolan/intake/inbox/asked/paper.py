"""A typed paper form comes in, `Label: answer` line by line, in any language of the kinds; the answers go out.

An answer goes on in the lines below it, up to an empty one: what follows that is no answer (a greeting, a signature), and is left out.
Only prose goes on behind an empty line, where the file is a form and no mail. A line with a group's name alone (`Places`) says
which group the labels after it belong to.
"""

from __future__ import annotations

import re

from auzolan.intake.inbox.asked.issues import NOTHING, Found, likeliest
from auzolan.intake.inbox.asked.questions import Names, Question, Sheets, key
from auzolan.model.kinds import Kind

MAX_SHEET = 200_000
MAX_LINE = 5_000
FIRST = 8
"""Lines at the beginning in which the kind may be named."""
_COLON = re.compile(r"[:：?？]")
_BOX = re.compile(r"[-*\s]*[\[(][ xX✓✗]?[\])]")
_NUMBER = re.compile(r"\A\(?\d{1,2}[.)]?\s+(?=\D)")
"""Before a label, never before an answer."""
_ASKS = re.compile(r"[^:：?？/]{1,40}[:：?？](?:\s|\Z)")
"""What looks like a label, whosoever: it does not go on with a list of words."""
_ONE_LINE = frozenset(
    {"word", "url", "email", "phone", "date", "number", "flag", "country", "region", "language", "license"}
)


def answers_in(text: str, sheets: Sheets, kind: Kind | None, *, in_mail: bool = False) -> Found:
    """The answers in a sheet; `kind` is the one that somebody named. What `in_mail` follows an empty line is a signature."""
    if len(text) > MAX_SHEET:
        return NOTHING
    # French sheets have a narrow blank (U+202F) before each colon, and who copies one may have it anywhere: `strip` knows them all.
    lines = [line[:MAX_LINE].strip().strip("\ufeff").strip() for line in text.replace("\r\n", "\n").split("\n")]
    labels = {label for line in lines for label in _labels(line)}
    named = kind or _kind_named(lines, sheets)
    kinds, language = likeliest(labels, sheets, named)
    if not kinds:
        return NOTHING
    if named is None:
        # A sheet of few answers fits several kinds, and the one with the fewest questions is no better than the others.
        known = _known(labels, sheets, language)
        most = max(known.values())
        kinds = [sheets.declarations.kinds[name] for name, count in known.items() if count == most]
    return _Sheet(sheets.names[kinds[0].name, language], kinds, language, in_mail).read(lines)


def _known(labels: set[str], sheets: Sheets, language: str) -> dict[str, int]:
    return {
        name: len({names.whole[label] for label in labels if label in names.whole})
        for (name, tag), names in sheets.names.items()
        if tag == language
    }


def _kind_named(lines: list[str], sheets: Sheets) -> Kind | None:
    """The kind whose name stands at the top, as a title or behind "What is it?"."""
    found: set[str] = set()
    for line in [line for line in lines if line][:FIRST]:
        said = {key(line), key(_COLON.split(line)[-1])}
        for kind in sheets.declarations.kinds.values():
            if said & {key(name) for name in (kind.name, *kind.label.values())}:
                found.add(kind.name)
    return sheets.declarations.kinds[found.pop()] if len(found) == 1 else None


def _labels(line: str) -> list[str]:
    """What may be the label in a line, the longest first."""
    line = _NUMBER.sub("", line)
    ends = [sign.end() for sign in _COLON.finditer(line[:300])][:4]
    return [*dict.fromkeys(key(line[:end]) for end in reversed(ends)), *([key(line)] if len(line) < 100 else [])]


class _Sheet:
    def __init__(self, names: Names, kinds: list[Kind], language: str, in_mail: bool) -> None:
        self.names, self.kinds, self.language, self.in_mail = names, kinds, language, in_mail
        self.group = ""

    def read(self, lines: list[str]) -> Found:
        """The answers."""
        answers: dict[Question, list[str]] = {}
        question: Question | None = None
        here: list[str] = []
        unanswered = 0
        for number, line in enumerate(lines):
            told = self.question(line) if line else None
            if told is not None and not answers.get(told[0]):
                question, answer = told
                here = answers[question] = [answer] if answer else []
            elif told is not None and not (question is not None and self.has_paragraphs(question)):
                question, unanswered = None, unanswered + 1
            elif not line:
                if question is not None and here and not self.has_paragraphs(question):
                    question = None
                elif here:
                    here.append("")
            elif key(line) in self.names.groups:
                self.group, question = self.names.groups[key(line)], None
            elif question is not None and _goes_on(question, here, line):
                here.append(line)
            else:
                question = None
                unanswered += number >= FIRST or bool(answers)
        said = [(question, "\n".join(parts)) for question, parts in answers.items()]
        return Found(self.kinds, self.language, said, unanswered)

    def has_paragraphs(self, question: Question) -> bool:
        """Whether an answer goes on behind an empty line."""
        return not self.in_mail and question.field is not None and question.field.type == "prose"

    def question(self, line: str) -> tuple[Question, str] | None:
        """The question that a line answers, and what it says behind the label."""
        line = _NUMBER.sub("", line)
        ends = [sign.end() for sign in _COLON.finditer(line[:300])][:4]
        for end in reversed(ends):
            question = self.named(key(line[:end]))
            if question is not None:
                return question, line[end:].lstrip(" :：").strip()
        question = self.named(key(line)) if len(line) < 100 else None
        return (question, "") if question is not None else None

    def named(self, label: str) -> Question | None:
        """The question of that label, in the group that was named last where the label alone says no more."""
        if not label:
            return None
        if self.group:
            inner = next(
                (one for one in self.names.parts.get(label, ()) if one.path.startswith(f"{self.group}.")), None
            )
            if inner is not None:
                return inner
        if label in self.names.whole:
            return self.names.whole[label]
        several = self.names.parts.get(label, [])
        return several[0] if several and (len(several) == 1 or several[0].required) else None


def _goes_on(question: Question, here: list[str], line: str) -> bool:
    """Whether a line goes on with the answer so far."""
    field = question.field
    if field is None or field.type not in _ONE_LINE:
        return True
    return not here or bool(_BOX.match(line)) or (field.many == "list" and not _ASKS.match(line))
