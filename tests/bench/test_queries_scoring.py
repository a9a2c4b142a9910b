"""Success and nDCG, by hand."""

from __future__ import annotations

import math

import pytest
from bench.queries.questions import Question
from bench.queries.scoring import Score, ndcg, rank_of, score, scores_by


def _question(id_: str, type_: str = "name", **expected: int) -> Question:
    return Question(id_, "en", "en", type_, "x", expected)


def test_the_rank_is_that_of_the_first_answer_among_ten() -> None:
    assert rank_of(["a", "b"], {"b": 1}) == 2
    assert rank_of([*"abcdefghij", "k"], {"k": 2}) is None
    assert rank_of([], {"a": 2}) is None


@pytest.mark.parametrize(
    ("ranking", "expected", "value"),
    [
        (["a"], {"a": 2}, 1.0),
        (["b", "a"], {"a": 2}, 1 / math.log2(3)),
        # 3/1 + 1/log2(4), of the best 3/1 + 1/log2(3).
        (["a", "x", "b"], {"a": 2, "b": 1}, (3 + 0.5) / (3 + 1 / math.log2(3))),
        # The better answer is second: 1/1 + 3/log2(3).
        (["b", "a"], {"a": 2, "b": 1}, (1 + 3 / math.log2(3)) / (3 + 1 / math.log2(3))),
        (["x"], {"a": 2}, 0.0),
        ([], {"a": 2}, 0.0),
        # What is found twice counts once, and takes one place.
        (["a", "a", "b"], {"a": 2, "b": 2}, 1.0),
        # Of twelve answers ten are enough.
        (list("abcdefghij"), dict.fromkeys("abcdefghijkl", 2), 1.0),
    ],
)
def test_ndcg(ranking: list[str], expected: dict[str, int], value: float) -> None:
    assert ndcg(ranking, expected) == pytest.approx(value)


def test_means_over_questions() -> None:
    questions = [_question("s1", a=2), _question("s2", a=2), _question("s3", "typo", a=2), _question("s4", a=1, b=2)]
    rankings = {"s1": ["a"], "s2": ["b", "a"], "s4": ["a"]}
    of_s4 = 1 / (3 + 1 / math.log2(3))
    assert score(questions, rankings) == Score(4, 0.5, 0.75, pytest.approx((1 + 1 / math.log2(3) + of_s4) / 4))
    assert scores_by(questions, rankings, lambda one: one.type)["typo"] == Score(1, 0.0, 0.0, 0.0)
    assert {half: one.questions for half, one in scores_by(questions, rankings, lambda one: one.half).items()} == {
        "odd": 2,
        "even": 2,
    }
    assert score([], {}) == Score(0, 0.0, 0.0, 0.0)
