"""What is near a word, and that nothing is missed where only parts of a dictionary are looked at."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from auzolan.index.near import (
    LONG,
    NEAR_STEMS,
    SHORTEST,
    backwards,
    distance,
    ends,
    exchanged,
    may_be_meant,
    nearest,
    slips,
)
from auzolan.index.rank import Form

WORDS = st.text("abcoé東", min_size=0, max_size=10)


def forms(*words: str) -> list[Form]:
    return [Form(word, word, 1) for word in words]


def texts(found: tuple[Form, ...]) -> list[str]:
    return [form.text for form in found]


def slipped(word: str, letters: str = "abz") -> set[str]:
    """All that one slip can make of a word."""
    found = set()
    for at in range(len(word) + 1):
        found |= {word[:at] + letter + word[at:] for letter in letters}
        if at < len(word):
            found |= {word[:at] + letter + word[at + 1 :] for letter in ("", *letters)}
        if at + 1 < len(word):
            found.add(word[:at] + word[at + 1] + word[at] + word[at + 2 :])
    return found - {word}


@pytest.mark.parametrize(
    ("one", "other", "away"),
    [
        ("mondragon", "mondragon", 0),
        ("mondragon", "nondragon", 1),
        ("mondragon", "mondragn", 1),
        ("mondragon", "mondragoon", 1),
        ("mondragon", "mondargon", 1),
        ("mondragon", "modnargon", 2),
        ("ca", "abc", 3),  # nothing is edited twice
        ("kooperatiba", "cooperativa", 2),
        ("", "ab", 2),
    ],
)
def test_distance(one: str, other: str, away: int) -> None:
    assert distance(one, other, 5) == distance(other, one, 5) == away
    assert all(distance(one, other, most) > most for most in range(away))


@given(WORDS)
def test_every_single_slip_is_one_away(word: str) -> None:
    assert {distance(word, other, 2) for other in slipped(word)} == {1}


@given(st.text("abc", min_size=SHORTEST, max_size=12))
@example("abab")
@example("abcabc")
def test_one_slip_leaves_an_end_whole_or_is_looked_up(word: str) -> None:
    kept = ends(word)
    for form in slipped(word, "abc"):
        assert form[:kept] == word[:kept] or form[-kept:] == word[-kept:] or form == exchanged(word)


@given(st.text("abc", min_size=LONG, max_size=14))
def test_two_slips_on_one_side_leave_the_other_end_whole(word: str) -> None:
    kept = ends(word)
    assert 3 <= kept <= len(word) // 2
    head, tail = word[:-kept], word[-kept:]
    assert all(form.endswith(tail) for form in (other + tail for other in slipped(head)))


def test_short_words_numbers_and_pairs_are_left_alone() -> None:
    assert [slips(word) for word in ("cic", "coop", "coopera", "cooperat", "2014", "agpl3", "東京", "سلام")] == [
        *(0, 1, 1, 2, 0, 0, 0, 1)
    ]
    assert nearest("2014", forms("2015")) == () == nearest("cci", forms("cic"))
    assert [may_be_meant(form, "x") for form in ("ab", "abc", "ab1", "東京", "abcd")] == [
        *(False, True),
        False,
        False,
        True,
    ]
    assert not may_be_meant("about", "")


def test_fewest_slips_then_the_first_letter_then_the_commonest_then_code_points() -> None:
    assert texts(nearest("bread", forms("break", "dread", "breads"))) == ["breads", "break", "dread"]
    assert texts(nearest("mondragonn", forms("mondragon", "mondrago"))) == ["mondragon"]
    common = [Form("house", "house", 9), Form("horse", "horse", 2)]
    assert texts(nearest("hoise", common)) == texts(nearest("hoise", common[::-1])) == ["house", "horse"]


def test_one_form_of_each_stem_and_no_more_than_a_few() -> None:
    found = [Form("cooperatives", "cooper", 3), Form("cooperativas", "cooper", 3), *forms("cooperativos")]
    assert texts(nearest("cooperativs", found)) == ["cooperativas", "cooperativos"]
    assert len(nearest("bread", forms("broad", "breed", "bream", "tread", "break"))) == NEAR_STEMS


@given(WORDS)
def test_backwards_twice_is_forwards(word: str) -> None:
    assert backwards(backwards(word)) == word
