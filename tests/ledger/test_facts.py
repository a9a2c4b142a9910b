"""Facts are worked out once; what was read is open until it was read again, and then either as before or stale."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import catalog

from auzolan.ledger import facts as module
from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.fresh import ROW, Freshness, Read, Reads
from auzolan.ledger.recording import RecordedCommons, Recorder, recorded
from auzolan.ledger.store import Store
from auzolan.link import link
from auzolan.model.briefs import brief_of
from auzolan.model.commons import Commons

AA, BB = "cooperative/aa", "cooperative/bb"
NAME = {AA: ("name", AA), BB: ("name", BB)}


def commons() -> Commons:
    """Two entries and an article."""
    text = "name: {}\nsummary: They grow.\n"
    article = '---\ntitle: T\ndate: "2026-01-01"\nsummary: S.\n---\n\nText.\n'
    made = catalog({AA: text.format("Aa"), BB: text.format("Bb")}, articles={"pay.md": article})
    return link(made, {id_: brief_of(one, made.declarations, "en") for id_, one in made.entries.items()})[0]


class Build:
    """One of several builds: what is asked for in it is worked out or remembered, and `made` tells what was worked out."""

    def __init__(
        self, store: Store, before: Build | None = None, changed: Iterable[str] = (), stale: Iterable[Read] = ()
    ):
        self.made: list[str] = []
        self.store = store
        kept = before.kept() if before else {}
        reads = before.numbers if before else Reads()
        self.fresh = Freshness(reads, stale, set(changed), {name: one[1] for name, one in kept.items()})
        self.numbers = reads
        self.facts = KeptFacts(
            store if before else None, set(changed), kept, self.fresh if before else None, reads=reads
        )
        self.recorder = Recorder()
        self.commons: RecordedCommons = recorded(commons(), self.facts, self.recorder)

    def fact(self, id_: str, value: Any) -> Any:
        """The name of an entry, which is `value` where it is asked."""
        return self.commons.fact("name", id_, lambda: self._worked_out(f"name {id_}", value))

    def names(self, values: Mapping[str, Any]) -> Any:
        """Derived: the names of all."""
        return self.commons.derived(
            "names", lambda: self._worked_out("names", [self.fact(*one) for one in values.items()])
        )

    def count(self, values: Mapping[str, Any]) -> Any:
        """Derived of the derived: how many names."""
        return self.commons.derived("count", lambda: self._worked_out("count", len(self.names(values))))

    def _worked_out(self, what: str, value: Any) -> Any:
        self.made.append(what)
        return value

    def kept(self) -> dict[str, Any]:
        """Ends the build: facts are stored, derived values given."""
        self.facts.learn(self.facts.taken())
        self.store.put_rows(self.facts.rows())
        derived = self.facts.all_derived()
        self.numbers.of([*NAME.values(), *(("derived", name) for name in derived)])
        return derived

    def holds(self, *reads: Read) -> bool:
        return self.fresh.holds(self.numbers.of(reads))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store.open(tmp_path / "store.sqlite", new=True)
    yield made
    made.close()


def first(store: Store) -> Build:
    build = Build(store)
    assert build.count({AA: "Aa", BB: "Bb"}) == 2
    assert build.made == ["name cooperative/aa", "name cooperative/bb", "names", "count"]
    return build


def test_nothing_changed(store: Store) -> None:
    build = Build(store, first(store))
    assert build.holds(*NAME.values(), ("derived", "names"), ("derived", "count"))
    assert build.fact(AA, "?") == "Aa" and build.names({}) == ["Aa", "Bb"] and build.count({}) == 2
    assert build.made == []


def test_who_read_a_fact_of_what_changed_waits_until_it_is_read_again(store: Store) -> None:
    build = Build(store, first(store), [AA])
    assert not build.holds(NAME[AA]) and build.holds(NAME[BB])
    assert not build.holds(("derived", "names")) and not build.holds(("derived", "count"))
    assert build.fact(AA, "Aa") == "Aa" and build.made == ["name cooperative/aa"]
    assert build.holds(NAME[AA]), "it is as it was"
    build.fresh.reconsider()
    assert build.holds(("derived", "names"), ("derived", "count"))


def test_another_fact_makes_what_is_derived_of_it_stale_but_not_what_comes_out_the_same(store: Store) -> None:
    build = Build(store, first(store), [AA])
    assert build.fact(AA, "Zz") == "Zz"
    assert not build.holds(NAME[AA]) and build.fresh.is_stale(build.numbers.of([NAME[AA]]))
    build.fresh.reconsider()
    assert build.names({AA: "Zz", BB: "?"}) == ["Zz", "Bb"]
    assert build.fresh.is_stale(build.numbers.of([("derived", "names")]))
    assert build.count({AA: "Zz", BB: "?"}) == 2 and build.holds(("derived", "count"))
    assert build.made == ["name cooperative/aa", "names", "count"]
    third = Build(store, build)
    assert third.names({}) == ["Zz", "Bb"] and third.fact(AA, "?") == "Zz" and third.made == []


@pytest.mark.parametrize(("was", "is_"), [(12, 12.0), (1, True), ({"a": 1, "b": 2}, {"b": 2, "a": 1})])
def test_what_looks_otherwise_is_stale(store: Store, was: Any, is_: Any) -> None:
    before = Build(store)
    before.fact(AA, was)
    build = Build(store, before, [AA])
    build.fact(AA, is_)
    assert not build.holds(NAME[AA])


def test_a_derived_value_that_is_made_of_what_is_stale(store: Store) -> None:
    before = Build(store)
    assert before.commons.derived("how many", lambda: len(before.commons.listed)) == 2
    build = Build(store, before, stale=[("all", "listed")])
    assert not build.holds(("derived", "how many"))
    assert build.commons.derived("how many", lambda: 3) == 3
    assert not build.holds(("derived", "how many"))
    assert Build(store, build).commons.derived("how many", lambda: 4) == 3


def test_a_derived_value_that_nobody_asked_for_is_forgotten_once_it_may_be_other(store: Store) -> None:
    build = Build(store, first(store), [AA])
    assert set(build.kept()) == set()
    assert set(Build(store, first(store), ["tool/other"]).kept()) == {"names", "count"}


def test_a_fact_that_reads_of_others_is_a_fault(store: Store) -> None:
    build = Build(store)
    with pytest.raises(RuntimeError, match="the fact name of cooperative/aa reads entry cooperative/bb"):
        build.commons.fact("name", AA, lambda: build.commons.profiles[BB].slug)
    assert build.commons.fact("slug", AA, lambda: build.commons.profiles[AA].slug) == "aa"
    assert build.commons.fact("area", "article/pay", lambda: build.commons.stories["pay"].area) == "articles"


def test_what_a_fact_or_derived_value_reads_is_no_read_of_who_asks(store: Store) -> None:
    build = Build(store)
    with build.recorder.reads() as reads:
        build.commons.fact("slug", AA, lambda: build.commons.profiles[AA].slug)
        build.commons.derived("how many", lambda: len(build.commons.listed))
    assert reads == {("slug", AA), ("derived", "how many")}
    with build.recorder.reads() as reads:
        build.commons.fact("slug", AA, lambda: "?")
        build.commons.derived("how many", lambda: 0)
    assert reads == {("slug", AA), ("derived", "how many")}, "what is remembered is read all the same"


def test_values_in_memory_are_let_go_and_come_back(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 1)
    monkeypatch.setattr(module, "FEW", 1)
    build = Build(store, first(store), [AA])
    for _ in range(3):
        assert build.fact(AA, "Zz") == "Zz" and build.fact(BB, "?") == "Bb"
    assert build.made == ["name cooperative/aa"]


def test_what_another_process_worked_out_is_taken(store: Store) -> None:
    one, other = Build(store), Build(store)
    other.fact(BB, "Bb")
    one.fact(AA, "Aa")
    other.names({AA: "Aa", BB: "Bb"})
    one.facts.learn(one.facts.taken())
    one.facts.learn(other.facts.taken())
    assert one.facts.count() == 3 and one.facts.taken().facts == {}
    assert (one.fact(BB, "?"), one.names({})) == ("Bb", ["Aa", "Bb"])
    assert one.made == ["name cooperative/aa"]
    third = Build(store, one)
    assert (third.fact(BB, "?"), third.names({}), third.made) == ("Bb", ["Aa", "Bb"], [])


def test_reads_keep_their_numbers() -> None:
    reads = Reads()
    every: list[Read] = [("entry", str(number)) for number in range(2 * ROW + 3)]
    every += [("card", "entry"), ("entry", "card"), ("card", "7"), ("all", "")]
    numbers = reads.of(every)
    assert memoryview(numbers).cast("I").tolist() == list(range(len(every)))
    again = Reads.of_rows(dict(sorted(reads.rows().items(), reverse=True)))
    assert again.of(every) == reads.of(every) == numbers and again.rows() == reads.rows()
    assert {*again.kinds()} == {"entry", "card", "all"}
    assert memoryview(again.of([("entry", "new"), ("card", "8")])).cast("I").tolist() == [len(every), len(every) + 1]
    assert [again.number(read) for read in (("entry", "none"), ("card", "9"), ("none", "7"))] == [None] * 3
    assert Reads.of_rows({}).rows() == Reads().rows() == {"count": 0}


def test_few_rows_of_reads_change_with_a_read_more() -> None:
    reads = Reads(("entry", str(number)) for number in range(3 * ROW))
    before = reads.rows()
    reads.of([("entry", "new"), ("card", "7")])
    after = reads.rows()
    assert {row for row in after if after[row] != before.get(row)} == {
        "count", f"names {3 * ROW}", f"kind {3 * ROW} entry", "kind 0 card",
    }  # fmt: skip
