"""The body of an issue comes in, as GitHub, Gitea and Forgejo write what was answered in an issue form; the answers go out.

They write a heading `### Label` for every question, asked or not, and below it the answer, `_No response_`, or boxes `- [X] …`. So
the headings tell the kind and the language.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from typing import Any, NamedTuple

from auzolan.intake.inbox.asked.questions import Question, Sheets, key
from auzolan.model.kinds import Kind

MAX_BODY = 200_000
MAX_ISSUES = 2_000
_HEADING = re.compile(r"#{2,4}[ \t]+(\S.{0,300}?)[ \t]*\Z")


class Found(NamedTuple):
    """The `kinds` that it may be of, the language of its labels, the answers, and how many lines answer nothing."""

    kinds: list[Kind]
    language: str
    answers: list[tuple[Question, str]]
    unanswered: int = 0


NOTHING = Found([], "", [])


def answers_in(text: str, sheets: Sheets, kind: Kind | None) -> Found:
    """The answers in a body, in the order in which they stand; `kind` is the one that somebody named."""
    if "##" not in text or len(text) > MAX_BODY:
        return NOTHING
    lines = text.replace("\r\n", "\n").split("\n")
    headings = {key(told[1]) for line in lines if len(line) < 400 and (told := _HEADING.match(line))}
    kinds, language = likeliest(headings, sheets, kind)
    if not kinds:
        return NOTHING
    names = sheets.names[kinds[0].name, language].whole
    answers: dict[Question, list[str]] = {}
    here: list[str] = []
    before = 0
    for line in lines:
        told = _HEADING.match(line) if len(line) < 400 else None
        question = names.get(key(told[1])) if told else None
        # Whoever writes headings into an answer goes on with it.
        if question is not None and question not in answers:
            here = answers[question] = []
        elif answers:
            here.append(line)
        elif line.strip():
            before += 1
    return Found(kinds, language, [(question, "\n".join(said).strip()) for question, said in answers.items()], before)


def likeliest(labels: set[str], sheets: Sheets, kind: Kind | None) -> tuple[list[Kind], str]:
    """The kinds whose questions these labels are, in the language that fits best: most of them known, fewest of its own left out.
    Several where nothing tells them apart."""
    ranked: dict[tuple[int, int], list[tuple[str, str]]] = {}
    for (name, language), names in sheets.names.items():
        known = {names.whole[label] for label in labels if label in names.whole}
        if known and (kind is None or kind.name == name):
            rank = (len(known), len(known) - len(sheets.questions[name]))
            ranked.setdefault(rank, []).append((name, language))
    if not ranked:
        return [], ""
    best = ranked[max(ranked)]
    language = best[0][1]
    return [sheets.declarations.kinds[name] for name in dict.fromkeys(name for name, _ in best)], language


def bodies_in(data: str) -> Iterator[tuple[int, str]]:
    """(number, body) of each issue in what a forge's interface for programs gives: one issue, or a list. Nothing else of it is read.
    Raises ValueError where it is none."""
    try:
        told: Any = json.loads(data)
    except RecursionError:
        raise ValueError("it is nested too deeply") from None
    issues = told if isinstance(told, list) else [told]
    for issue in issues[:MAX_ISSUES]:
        if isinstance(issue, dict) and isinstance(issue.get("body"), str) and not issue.get("pull_request"):
            number = issue.get("number")
            yield number if isinstance(number, int) and 0 < number < 10**12 else 0, issue["body"]
