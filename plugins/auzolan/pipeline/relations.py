"""Relations come in; rows that are kept from build to build, and relations again that are unpacked only as far as somebody
looks, go out."""

from __future__ import annotations

import pickle
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from auzolan.link import relation_order
from auzolan.model.commons import Profile, Reference, Relation
from auzolan.model.entries import EntryId

Row = tuple[tuple[str, str, str, str], str | None, str | None, bool, bool, bytes]
"""A relation's place in the order, its ends, whether it has ended, whether it says nothing in words; and all of it, packed."""


def relation_rows(relations: Iterable[Relation]) -> list[Row]:
    """The rows of relations, in the order of these."""
    return [_row(relation) for relation in relations]


def rows_again(rows: Iterable[Row], profiles: Mapping[EntryId, Profile], changed: Collection[EntryId]) -> list[Row]:
    """The rows after the profiles of `changed` entries have changed, or are gone."""
    kept = {row[0]: row for row in rows if row[1] not in changed and row[2] not in changed}
    for id_ in changed:
        for relation in profiles[id_].relations if id_ in profiles else ():
            kept[relation_order(relation)] = _row(relation)
    return [kept[order] for order in sorted(kept)]


def _row(relation: Relation) -> Row:
    said = relation.what or relation.changed or relation.note or relation.decisions
    subject, object_ = relation.subject.entry, relation.object.entry
    return (
        relation_order(relation), subject, object_, relation.ended, not said,
        pickle.dumps(relation, pickle.HIGHEST_PROTOCOL),
    )  # fmt: skip


class KeptRelations(Sequence[Relation]):
    """The relations of some rows."""

    def __init__(self, rows: Sequence[Row]) -> None:
        self.rows = rows

    def __getitem__(self, at: Any) -> Any:
        return [_kept(row) for row in self.rows[at]] if isinstance(at, slice) else _kept(self.rows[at])

    def __iter__(self) -> Iterator[Relation]:
        return map(_kept, self.rows)

    def __len__(self) -> int:
        return len(self.rows)


def _kept(row: Row) -> Relation:
    """Wanted ends have names, and are unpacked at once; they are few."""
    wanted = row[1] is None or row[2] is None
    return cast(Relation, pickle.loads(row[5]) if wanted else _Kept(row))


class _Kept:
    """A relation whose type and ends are known, and all else when somebody asks."""

    __slots__ = ("_row", "_whole", "ended", "object", "subject", "type")

    def __init__(self, row: Row) -> None:
        self._row = row
        self._whole: Relation | None = None
        self.type, self.ended = row[0][0], row[3]
        self.subject, self.object = Reference(row[1]), Reference(row[2])

    def __getattr__(self, name: str) -> Any:
        if self._row[4] and name in _WORDS:
            return _WORDS[name]
        if self._whole is None:
            self._whole = pickle.loads(self._row[5])
        return getattr(self._whole, name)


_WORDS: Mapping[str, Any] = {"what": {}, "changed": {}, "note": {}, "decisions": ()}
"""What a relation that says nothing in words has."""
