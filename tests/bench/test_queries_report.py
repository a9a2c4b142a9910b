"""What the report of the judged questions says."""

from __future__ import annotations

from bench.queries.collection import Collection
from bench.queries.questions import Question
from bench.queries.report import Result, as_data, as_markdown, misses

QUESTIONS = [
    Question("s1", "en", "en", "name", "a|b", {"tool/a": 2}),
    Question("s2", "ca", "en", "typo", "x", {"tool/b": 2}),
]
FOUND = {
    "Auzolan": {"s1": ["tool/a"], "s2": ["tool/c"]},
    "MiniSearch (stemmed)": {"s1": ["tool/b", "tool/a"], "s2": ["tool/b"]},
}
ABOUT = {"date": "2026-11-29", "auzolan": "1 (abc)", "versions": {"lunr": "2.3.9"}}


def _result(name: str = "shipped") -> Result:
    return Result(Collection(name, "Ours", {"en": []}, QUESTIONS), FOUND)


def test_tables_say_when_with_what_and_who_is_best() -> None:
    text = as_markdown([_result()], ABOUT, ["lunr: no Node"])
    assert "Measured on 2026-11-29: Auzolan 1 (abc); lunr 2.3.9." in text
    assert "Left out: lunr: no Node." in text
    assert "| Auzolan | **0.500** | 0.500 | 0.500 | **1.000** | **1.000** | **1.000** | 0.000 | 0.000 | 0.000 |" in text
    assert "| typo | 1 | 0.000 | 0.000 | 0.000 | **1.000** |" in text
    assert "| ca | 1 | 0.000 | 0.000 | 0.000 | **1.000** |" in text
    assert "nDCG@10: MiniSearch |" in text and "research" not in text


def test_a_research_collection_is_one_line() -> None:
    text = as_markdown([_result("cisi-long")], ABOUT, [])
    assert "| Ours | 2 | 0.500 | **0.815** |" in text and "typo" not in text
    assert "not first" not in misses([_result("cisi-long")])


def test_what_we_do_not_answer_first_is_listed() -> None:
    assert "| s2 | typo | en | x | not found | `tool/c` |" in misses([_result()], "even")
    assert "s2" not in misses([_result()], "odd")


def test_plain_values_have_it_all() -> None:
    ((told,),) = [as_data([_result()], ABOUT, [])["collections"]]
    ours = told["contenders"]["Auzolan"]
    assert ours["all"] == {"questions": 2, "success_1": 0.5, "success_10": 0.5, "ndcg_10": 0.5}
    assert ours["half"]["even"]["success_10"] == 0.0 and ours["found"]["s2"] == ["tool/c"]
