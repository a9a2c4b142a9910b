"""What a build learnt comes in; the store that the next one reads, written, goes out, and what of it still holds then."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping
from contextlib import suppress
from dataclasses import replace
from typing import Any

from auzolan.ledger.facts import KIND, Derived, KeptFacts, is_fact
from auzolan.ledger.fresh import OF_ALL, Freshness, Read, Reads
from auzolan.ledger.same import same
from auzolan.ledger.scan import Seen
from auzolan.ledger.shelf import Shelved
from auzolan.ledger.store import Store, Unusable, looks_of, packed
from auzolan.ledger.tables import put_table
from auzolan.model.alike import Likeness
from auzolan.model.commons import Commons
from auzolan.pipeline.build import counts_of
from auzolan.pipeline.gists import KeptGists
from auzolan.pipeline.large import RunKept, Runs
from auzolan.pipeline.make import Past, Product
from auzolan.pipeline.memory import HEAD, TABLES, Last, Warm, rows_of
from auzolan.pipeline.outputs import Given
from auzolan.pipeline.read import Reading
from auzolan.pipeline.relations import is_as_kept, rows_by_key
from auzolan.pipeline.stored import PROFILE
from auzolan.pipeline.units import UnitKept
from auzolan.write.made import Made


def keep(
    store: Store,
    key: Mapping[str, str],
    files: Mapping[str, Seen],
    reading: Reading,
    changed: Collection[str],
    product: Product,
    facts: KeptFacts,
    given: Given,
    last: Last | None,
    warm: Warm | None,
) -> None:
    """Writes everything into the store, and keeps it `warm`; of the ids that have `changed` it may hold what no longer is so.
    Where the disk refuses, the store is given up: the next build is one from nothing."""
    try:
        heads: dict[str, Any] = {}
        for name, value in _kept(store, key, files, reading, changed, product, facts, given, last):
            if warm is not None:
                # What lies on the shelf is gone once the build is over.
                heads[name] = dict(value) if isinstance(value, Shelved) else value
        store.commit()
        if warm is not None:
            _keep_warm(warm, store, heads, reading, changed, product, facts)
    except Unusable:
        if warm is not None:
            warm.forget()
        store.close()
        with suppress(OSError):
            store.path.unlink(missing_ok=True)


def _kept(
    store: Store, key: Mapping[str, str], files: Mapping[str, Seen], reading: Reading, changed: Collection[str],
    product: Product, facts: KeptFacts, given: Given, last: Last | None,
) -> Iterator[tuple[str, Any]]:  # fmt: skip
    """Writes everything but for the end, and gives what it wrote of a build as a whole, one after the other: of a large site one of
    them is as much as memory should hold."""
    commons = reading.commons
    assert commons is not None
    for kind in store.kinds() if changed else ():
        # Of what has changed, only what was worked out now holds: it may be that nobody asked for the rest.
        if kind == PROFILE or is_fact(kind):
            store.drop(kind, _other(kind, reading, changed))
    profiles = reading.profiles
    if profiles is not None:
        store.put_packed(PROFILE, profiles.rows())
    else:
        there = (id_ for id_ in reading.changed if id_ in commons.profiles)
        store.put_packed(PROFILE, ((id_, packed(commons.profiles[id_])) for id_ in there))
    store.put_rows(facts.rows())
    head: dict[str, Callable[[], Any]] = {
        "key": lambda: dict(key),
        "files": lambda: dict(files),
        "made": lambda: rows_of(product.made),
        "findings": lambda: reading.findings,
        "counts": lambda: counts_of(reading),
        "briefs": lambda: reading.briefs,
        "standings": lambda: reading.standings,
        "commons": lambda: _bones(commons),
        "bodies": lambda: dict(given.bodies),
        "units": lambda: {name: (one.paths, one.reads) for name, one in product.units.items()},
        "runs": lambda: {
            path: (runs.parts, {key: (one.sizes, one.reads, one.offset) for key, one in runs.by_key.items()})
            for path, runs in product.runs.items()
        },
        "derived": facts.all_derived,
        "reads": product.heard.reads.rows,
    }
    old = last.warm.heads if last is not None else {}
    if not isinstance(commons.likeness.gists, KeptGists):
        head["gists"] = lambda: commons.likeness.gists
    elif "gists" in old:
        head["gists"] = lambda: old["gists"]
    if not is_as_kept(commons.relations):
        head["relations"] = lambda: rows_by_key(commons.relations)
    elif "relations" in old:
        head["relations"] = lambda: old["relations"]
    for name, make in head.items():
        value = make()
        if name in TABLES:
            put_table(store, name, value, old.get(name))
        elif name not in old or not same(value, old[name]):
            store.put(HEAD, name, value)
        yield name, value


def _keep_warm(
    warm: Warm, store: Store, heads: dict[str, Any], reading: Reading, changed: Collection[str], product: Product,
    facts: KeptFacts,
) -> None:  # fmt: skip
    assert reading.commons is not None
    if reading.stale is None:
        warm.forget()
    warm.looks, warm.heads = looks_of(store.path), heads
    made = {path: replace(one, written=False) if one.written else one for path, one in product.made.items()}
    warm.opened = {"made": made, "units": product.units, "runs": product.runs, "reads": product.heard.reads}
    for id_ in reading.changed if reading.stale is not None else ():
        warm.profiles.pop(id_, None)
    for kind, known in warm.facts.items():
        for id_ in _other(kind, reading, changed):
            known.pop(id_, None)
    for kind, id_, data in facts.rows():
        if kind in warm.facts:
            warm.facts[kind][id_] = data


def _other(kind: str, reading: Reading, changed: Collection[str]) -> Collection[str]:
    """Of whom what is kept of a kind may be another now: of whoever `changed`, or, who is near them, where that was compared."""
    name = kind.removeprefix(KIND)
    return {id_ for read, id_ in reading.stale or () if read == name} if name in OF_ALL else changed


def past_of(last: Last, reading: Reading, given: Given, lying: Mapping[str, Made]) -> Past:
    """What of the last build still holds. Raises Unusable."""
    assert reading.stale is not None
    bodies: Mapping[str, str] = last.get("bodies")
    stale: set[Read] = set(reading.stale)
    stale |= {("body", path) for path in {*bodies, *given.bodies} if bodies.get(path) != given.bodies.get(path)}
    stale |= {("all", "body")} if bodies.keys() != given.bodies.keys() else set()
    derived: Mapping[str, Derived] = last.get("derived")
    reads = last.opened("reads", Reads.of_rows)
    changed = {*reading.changed, *(f"article/{slug}" for kind, slug in stale if kind == "story")}
    return Past(
        made=lying,
        units=last.opened("units", _units),
        runs=last.opened("runs", _runs),
        derived=derived,
        reads=reads,
        fresh=Freshness(reads, stale, changed, {name: made_of for name, (_, made_of) in derived.items()}),
        changed=changed,
    )


def _units(rows: Mapping[str, Any]) -> dict[str, UnitKept]:
    return {name: UnitKept(*one) for name, one in rows.items()}


def _runs(rows: Mapping[str, Any]) -> dict[str, Runs]:
    return {
        path: Runs(parts, {key: RunKept(*one) for key, one in runs.items()}) for path, (parts, runs) in rows.items()
    }


def _bones(commons: Commons) -> Commons:
    """A commons without what is kept entry by entry."""
    return replace(
        commons,
        catalog=replace(commons.catalog, entries={}, texts=None),
        profiles={},
        relations=(),
        likeness=Likeness(),
        listed=tuple(commons.listed),
    )
