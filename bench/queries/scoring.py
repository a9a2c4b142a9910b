"""Rankings and what was expected come in; success at 1 and 10, and nDCG at 10, go out."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from bench.queries.questions import Question

DEPTH = 10
"""How many results count: what one screen shows."""
Rankings = Mapping[str, Sequence[str]]
"""A question's id → the ids found, the best first."""


@dataclass(frozen=True, slots=True)
class Score:
    """Means over questions, each from 0 to 1, and how many they were. `success`: a graded answer is first, or among the
    first ten. `ndcg`: discounted cumulative gain over that of the best order, with gains 3 and 1 for grades 2 and 1."""

    questions: int
    success_1: float
    success_10: float
    ndcg_10: float


def rank_of(ranking: Sequence[str], expected: Mapping[str, int]) -> int | None:
    """The place of the first answer, from 1; None where there is none among the first ten."""
    return next((at for at, id_ in enumerate(ranking[:DEPTH], 1) if id_ in expected), None)


def ndcg(ranking: Sequence[str], expected: Mapping[str, int]) -> float:
    """Over the first ten. What is found twice counts once."""
    best = _gain(sorted(expected.values(), reverse=True))
    return _gain([expected.get(id_, 0) for id_ in dict.fromkeys(ranking[:DEPTH])]) / best if best else 0.0


def score(questions: Iterable[Question], rankings: Rankings) -> Score:
    """A question without a ranking counts as one that found nothing."""
    rows = [(rank_of(found, one.expected), ndcg(found, one.expected)) for one, found in _paired(questions, rankings)]
    count = len(rows)
    if not count:
        return Score(0, 0.0, 0.0, 0.0)
    first, ten = sum(rank == 1 for rank, _ in rows), sum(rank is not None for rank, _ in rows)
    return Score(count, first / count, ten / count, sum(gain for _, gain in rows) / count)


def scores_by(questions: Iterable[Question], rankings: Rankings, key: Callable[[Question], str]) -> dict[str, Score]:
    """Scores of the groups that `key` makes, in the order in which they come."""
    groups: dict[str, list[Question]] = {}
    for question in questions:
        groups.setdefault(key(question), []).append(question)
    return {name: score(group, rankings) for name, group in groups.items()}


def _paired(questions: Iterable[Question], rankings: Rankings) -> Iterable[tuple[Question, Sequence[str]]]:
    return ((question, rankings.get(question.id, ())) for question in questions)


def _gain(grades: Sequence[int]) -> float:
    return sum((2**grade - 1) / math.log2(at + 1) for at, grade in enumerate(grades[:DEPTH], 1))
