"""Near words: found for a bounded number of wrong ones, among any number of right ones."""

from __future__ import annotations

from tests.helpers import found

from auzolan.check.near import HINTS, Hints, nearest


def test_the_nearest_word() -> None:
    assert nearest("websit", {"website": 1, "summary": 2}) == "did you mean `website`?"
    assert nearest("websit", ["summary"]) == ""


def test_among_many_words_those_beside_it_are_compared() -> None:
    many = [f"tool/t{n:05}" for n in range(50_000, 0, -1)]
    assert nearest("tool/t4999", many) in ("did you mean `tool/t04999`?", "did you mean `tool/t49990`?",
                                            "did you mean `tool/t49999`?")  # fmt: skip


def test_a_file_full_of_wrong_words_gets_a_few_hints() -> None:
    hints = Hints()
    told = [hints.nearest("websit", ["website"]) for _ in range(HINTS + 1)]
    assert told == ["did you mean `website`?"] * HINTS + [""]


def test_thousands_of_unknown_fields_are_all_told() -> None:
    told = [one for one in found("".join(f"websit{n}: x\n" for n in range(8_000))) if one.code == "D001"]
    assert len(told) == 8_000
    assert sum(one.hint.startswith("did you mean") for one in told) == HINTS
    assert told[-1].hint.startswith("known: ")
