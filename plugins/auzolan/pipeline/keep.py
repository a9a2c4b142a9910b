"""What a build learnt comes in; the store that the next one reads, written, goes out, and what of it still holds then."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import replace
from typing import Any

from auzolan.ledger.facts import Derived, is_fact
from auzolan.ledger.fresh import Freshness, Read
from auzolan.ledger.scan import Seen
from auzolan.ledger.store import Store, Unusable, packed
from auzolan.model.commons import Commons
from auzolan.pipeline.again import PROFILE
from auzolan.pipeline.build import counts_of
from auzolan.pipeline.large import PartMade, PartsBefore, parts_before
from auzolan.pipeline.make import Past, Product
from auzolan.pipeline.memory import HEAD, Last, rows_of
from auzolan.pipeline.outputs import Given
from auzolan.pipeline.read import Reading
from auzolan.pipeline.units import UnitMade
from auzolan.write import Made


def keep(
    store: Store, key: Mapping[str, str], files: Mapping[str, Seen], reading: Reading, product: Product, given: Given,
    changed: Collection[str] = (),
) -> None:  # fmt: skip
    """Writes everything into the store; `changed` are the ids of which it may hold what no longer is so. Where the disk refuses, the store is given up: the next build is one from nothing."""
    try:
        _keep(store, key, files, reading, product, given, changed)
        store.commit()
    except Unusable:
        store.close()
        store.path.unlink(missing_ok=True)


def _keep(
    store: Store, key: Mapping[str, str], files: Mapping[str, Seen], reading: Reading, product: Product, given: Given,
    changed: Collection[str],
) -> None:  # fmt: skip
    commons = reading.commons
    assert commons is not None
    for kind in store.kinds() if changed else ():
        # Of what has changed, only what was worked out now holds: it may be that nobody asked for the rest.
        if kind == PROFILE or is_fact(kind):
            store.drop(kind, changed)
    store.put_packed(
        PROFILE, ((id_, packed(commons.profiles[id_])) for id_ in reading.changed if id_ in commons.profiles)
    )
    for kind, values in product.learnt.rows():
        store.put_packed(kind, values)
    head: dict[str, Any] = {
        "key": dict(key),
        "files": dict(files),
        "made": rows_of(product.made),
        "findings": reading.findings,
        "counts": counts_of(reading),
        "briefs": dict(reading.briefs),
        "standings": dict(reading.standings),
        "commons": _bones(commons),
        "bodies": dict(given.bodies),
        "units": _units(product.units),
        "parts": _parts(product.parts),
        "derived": product.learnt.derived,
    }
    for name, value in head.items():
        store.put(HEAD, name, value)


def past_of(last: Last, reading: Reading, given: Given, lying: Mapping[str, Made]) -> Past:
    """What of the last build still holds. Raises Unusable."""
    assert reading.stale is not None
    bodies: Mapping[str, str] = last.get("bodies")
    stale: set[Read] = set(reading.stale)
    stale |= {("body", path) for path in {*bodies, *given.bodies} if bodies.get(path) != given.bodies.get(path)}
    derived: Mapping[str, Derived] = last.get("derived")
    units, parts = last.get("units"), last.get("parts")
    known = {read for reads in (units[0], parts[0]) for read in reads}
    known.update(read for _, reads in derived.values() for read in reads)
    changed = *reading.changed, *sorted(f"article/{slug}" for kind, slug in stale if kind == "story")
    return Past(
        changed=changed,
        made=lying,
        units=_units_again(units, last.made),
        parts=_parts_again(parts),
        derived=derived,
        fresh=Freshness(stale, known, frozenset(changed), {name: reads for name, (_, reads) in derived.items()}),
    )


def _bones(commons: Commons) -> Commons:
    """A commons without what is kept entry by entry."""
    return replace(
        commons, catalog=replace(commons.catalog, entries={}), profiles={}, relations=(), listed=tuple(commons.listed)
    )


class _Numbers:
    """Reads by number: most are read by many."""

    def __init__(self) -> None:
        self.known: dict[Read, int] = {}

    def of(self, reads: Iterable[Read]) -> tuple[int, ...]:
        """The numbers of some reads."""
        known = self.known
        return tuple([known.setdefault(read, len(known)) for read in reads])


def _units(units: Mapping[str, UnitMade]) -> tuple[Any, ...]:
    numbers = _Numbers()
    rows_ = [(one.name, tuple(made.path for made in one.files), numbers.of(one.reads)) for one in units.values()]
    return list(numbers.known), rows_


def _units_again(kept: tuple[Any, ...], made: Mapping[str, Made]) -> dict[str, UnitMade]:
    reads, rows_ = kept
    return {
        name: UnitMade(name, tuple(made[path] for path in paths), frozenset([reads[n] for n in numbers]))
        for name, paths, numbers in rows_
    }


def _parts(parts: Mapping[str, Iterable[PartMade]]) -> tuple[Any, ...]:
    numbers = _Numbers()
    rows_ = {path: [(one.key, one.size, numbers.of(one.reads)) for one in made] for path, made in parts.items()}
    return list(numbers.known), rows_


def _parts_again(kept: tuple[Any, ...]) -> dict[str, PartsBefore]:
    reads, rows_ = kept
    return {
        path: parts_before([PartMade(key, size, frozenset([reads[n] for n in numbers])) for key, size, numbers in made])
        for path, made in rows_.items()
    }
