"""Whose texts are about the same, by which words, and whom a change of one text concerns."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auzolan.model import alike
from auzolan.model.alike import Alike, Gist, Likeness


def gist(text: str) -> Gist:
    return Gist(text.lower(), text, "en")


def likeness(texts: Mapping[str, str], more: int = 60) -> Likeness:
    """Of entries with these texts, and so many others that share nothing."""
    others = {f"x/{number}": gist(f"lonely{number}") for number in range(more)}
    return Likeness({id_: gist(text) for id_, text in texts.items()} | others)


def ids(found: tuple[Alike, ...]) -> list[str]:
    return [one.id for one in found]


def test_two_rare_words_bring_together_and_are_the_reason_as_this_one_writes_them() -> None:
    found = likeness({"a/1": "Calls over Slow lines", "a/2": "calls slow", "a/3": "calls", "a/4": "bread calls"})
    assert found.nearest("a/1") == (Alike("a/2", ("Calls", "Slow"), "en"),)
    assert found.nearest("a/2") == (Alike("a/1", ("calls", "slow"), "en"),)
    assert found.nearest("a/3") == found.nearest("a/4") == found.nearest("unknown") == ()


@pytest.mark.parametrize(
    ("text", "having", "near"),
    [("w", 2, False), ("w v", 3, True), ("w v", 8, False), ("w v u", 15, True), ("w v u t", 16, False)],
)
def test_how_many_words_of_how_many_entries_it_takes(text: str, having: int, near: bool) -> None:
    found = likeness({f"a/{number}": text for number in range(having)})
    assert bool(found.nearest("a/0")) == near
    assert len(found.nearest("a/0")) <= alike.MOST


def test_between_kinds_it_takes_twice_as_many() -> None:
    words = "one two three four"
    assert ids(likeness({"a/1": words, "b/1": words}).nearest("a/1")) == ["b/1"]
    assert not likeness({"a/1": "one two three", "b/1": words}).nearest("a/1")
    assert ids(likeness({"a/1": words, "b/1": words, "a/2": words}).nearest("a/1")) == ["a/2", "b/1"]


def test_in_a_small_commons_no_word_is_rare() -> None:
    texts = {"a/1": "one two three", "a/2": "one two three"}
    assert not likeness(texts, more=5).nearest("a/1")
    assert likeness(texts, more=6).nearest("a/1")


def test_the_same_letters_of_another_language_are_another_word() -> None:
    gists = {"a/1": Gist("en:pan en:son", "pan son", "en"), "a/2": Gist("es:pan es:son", "pan son", "es")}
    assert not Likeness(gists | {f"x/{n}": gist("z") for n in range(9)}).nearest("a/1")


def test_the_order_of_what_was_said_is_of_no_account() -> None:
    texts = {f"a/{number}": "one two three" for number in range(12)}
    turned = dict(reversed(texts.items()))
    assert likeness(texts).nearest("a/5") == likeness(turned).nearest("a/5")
    assert ids(likeness(texts).nearest("a/5")) == sorted(texts.keys() - {"a/5"})[: alike.MOST]


texts_ = st.lists(st.sampled_from("abcdef"), unique=True, max_size=6).map(" ".join)
states = st.dictionaries(st.sampled_from([f"{kind}/{n}" for kind in "kl" for n in range(6)]), texts_, min_size=1)


@settings(max_examples=400)
@given(states, states)
def test_a_change_is_known_wherever_it_is_seen(one: dict[str, str], other: dict[str, str]) -> None:
    """After a change everything is as if it were worked out anew, and whoever has other neighbours was named."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(alike, "PART", 2)
        patch.setattr(alike, "FLOOR", 20)
        was, now = likeness(one, 2), likeness(other, 2)
        changed = {id_ for id_ in {*one, *other} if one.get(id_) != other.get(id_)}
        after, touched = was.after(now.gists, changed)
        for id_ in {*one, *other}:
            assert after.nearest(id_) == now.nearest(id_)
            assert id_ in touched or was.nearest(id_) == now.nearest(id_)
