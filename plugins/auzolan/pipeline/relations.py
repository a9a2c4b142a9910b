"""Relations come in; rows that are kept from build to build, and relations again that are unpacked only as far as somebody
looks, go out."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from typing import Any, cast

from auzolan.link import relation_order
from auzolan.model.commons import Profile, Reference, Relation
from auzolan.model.entries import EntryId

Row = tuple[tuple[str, str, str, str], str | None, str | None, bool, bool, bytes]
"""A relation's place in the order, its ends, whether it has ended, whether it says nothing in words; and all of it, packed."""


Rows = Mapping[str, Row]
"""Rows by their places in the order, as text."""


def rows_by_key(relations: Iterable[Relation]) -> Rows:
    """The rows of relations."""
    if isinstance(relations, KeptRelations):
        return relations.rows
    rows = map(_row, relations)
    return {_key(row[0]): row for row in rows}


def rows_again(rows: Rows, profiles: Mapping[EntryId, Profile], changed: Collection[EntryId]) -> Rows:
    """The rows after the profiles of `changed` entries have changed, or are gone."""
    kept = {key: row for key, row in rows.items() if row[1] not in changed and row[2] not in changed}
    for id_ in changed:
        for relation in profiles[id_].relations if id_ in profiles else ():
            order = relation_order(relation)
            before = rows.get(_key(order))
            row = _row(relation)
            kept[_key(order)] = before if before == row and before is not None else row
    return kept


def _key(order: tuple[str, ...]) -> str:
    return "\0".join(order)


def _row(relation: Relation) -> Row:
    said = relation.what or relation.changed or relation.note or relation.decisions
    subject, object_ = relation.subject.entry, relation.object.entry
    return (
        relation_order(relation), subject, object_, relation.ended, not said,
        pickle.dumps(relation, pickle.HIGHEST_PROTOCOL),
    )  # fmt: skip


def is_as_kept(relations: Sequence[Relation]) -> bool:
    """Whether these are the relations of the last build, each of them."""
    return isinstance(relations, KeptRelations) and relations.as_before


class KeptRelations(Sequence[Relation]):
    """The relations of some rows, in their order. Most builds ask for none of them, so the rows are read once somebody does."""

    def __init__(self, read: Callable[[], Rows], *, as_before: bool) -> None:
        """`as_before`: they are those of the last build."""
        self._read, self.as_before = read, as_before

    @cached_property
    def rows(self) -> Rows:
        """By their places in the order, as text."""
        return self._read()

    @cached_property
    def _in_order(self) -> list[Row]:
        return sorted(self.rows.values(), key=lambda row: row[0])

    def __getitem__(self, at: Any) -> Any:
        found = self._in_order[at]
        return list(map(_kept, found)) if isinstance(at, slice) else _kept(found)

    def __iter__(self) -> Iterator[Relation]:
        return map(_kept, self._in_order)

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
