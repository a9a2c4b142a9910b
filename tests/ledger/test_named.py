"""What processes call what they read, and what a build makes of it."""

from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from auzolan.ledger import named as module
from auzolan.ledger.fresh import Read, Reads
from auzolan.ledger.named import NOTHING, Heard, Naming
from auzolan.work import in_order, side_by_side

READS = st.frozensets(st.tuples(st.sampled_from(["card", "dates", "entry"]), st.sampled_from("abcdefgh")), max_size=6)
TOLD = st.lists(st.tuples(st.integers(0, 2), st.lists(READS, max_size=3)), max_size=12)


def meant(reads: Reads, numbers: bytes) -> set[Read]:
    names = {number: (kind, one) for kind in reads.kinds() for one in "abcdefgh"
             if (number := reads.number((kind, one))) is not None}  # fmt: skip
    return {names[number] for number in memoryview(numbers).cast("I")}


@given(told=TOLD, most=st.integers(1, 30))
def test_what_any_process_numbers_is_understood(told: list[tuple[int, list[frozenset[Read]]]], most: int) -> None:
    reads = Reads([("entry", "h")])
    processes, heard = [Naming() for _ in range(3)], Heard(reads)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "MOST", most)
        for process, pieces in told:
            numbers = [processes[process].of(piece) for piece in pieces]
            _, first, names = processes[process].taken()
            heard.hear((process + 1, first, names))
            assert [meant(reads, heard.of(one)) for one in numbers] == [set(piece) for piece in pieces]


def test_each_is_named_once_until_there_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 3)
    one = Naming()
    one.of([("card", "a"), ("card", "b")])
    assert one.taken() == (os.getpid(), 0, (("card", "a"), ("card", "b")))
    one.of([("card", "b")])
    assert one.taken() == (os.getpid(), 2, ())
    one.of([("card", "c")])
    assert one.taken() == (os.getpid(), 2, (("card", "c"),))
    one.of([("card", "b")])
    assert one.taken() == (os.getpid(), 0, (("card", "b"),))


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork")
def test_a_fork_begins_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("auzolan.work.can_fork", lambda: True)
    naming, heard = Naming(), Heard(Reads())
    naming.of([("card", "a"), ("card", "b")])

    def piece(number: int) -> tuple[bytes, module.Named]:
        return naming.of([("card", "c"), ("card", "a")]), naming.taken()

    for numbers, named in in_order(side_by_side(piece, 4, 2)):
        assert named[0] != os.getpid() and named[1] in {0, 2}
        heard.hear(named)
        assert meant(heard.reads, heard.of(numbers)) == {("card", "a"), ("card", "c")}


def test_nothing_is_heard_of_nobody() -> None:
    heard = Heard(Reads())
    heard.hear(NOTHING)
    assert heard.of(b"") == b""
