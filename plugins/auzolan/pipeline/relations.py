"""Relations come in; rows that lie on the shelf, or are kept from build to build, and relations again that are unpacked only as far
as somebody looks, go out."""

from __future__ import annotations

import pickle
from array import array
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, cast

from auzolan.ledger.shelf import Shelf
from auzolan.link import relation_order
from auzolan.model.commons import Profile, Reference, Relation
from auzolan.model.entries import EntryId

Row = tuple[tuple[str, str, str, str], str | None, str | None, bool, bool, bytes]
"""A relation's place in the order, its ends, whether it has ended, whether it says nothing in words; and all of it, packed."""

SOME = 500
"""Rows that are put onto the shelf in one go."""

Rows = Mapping[str, Row]
"""Rows by their places in the order, as text."""


def rows_by_key(relations: Iterable[Relation]) -> Rows:
    """The rows of relations."""
    if isinstance(relations, KeptRelations):
        return relations.rows
    rows = relations.rows() if isinstance(relations, ShelvedRelations) else map(_row, relations)
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
    return _row_of(relation, pickle.dumps(relation, pickle.HIGHEST_PROTOCOL))


def _row_of(relation: Relation, packed: bytes) -> Row:
    said = relation.what or relation.changed or relation.note or relation.decisions
    subject, object_ = relation.subject.entry, relation.object.entry
    return relation_order(relation), subject, object_, relation.ended, not said, packed


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


class ShelvedRelations(Sequence[Relation]):
    """The relations of a commons, in their order, on the shelf: a large one has more of them than entries. At hand is what is asked of
    all: type, ends, and whether it has ended."""

    def __init__(self, relations: Iterable[Relation], shelf: Shelf) -> None:
        self._shelf = shelf
        self._places = array("Q")
        self._heads = array("I")
        names = {"": _WANTED}
        rows = map(_row, relations)
        while some := list(islice(rows, SOME)):
            self._places.extend(shelf.put(data for *_, data in some))
            for (type_, *_), subject, object_, ended, silent, _ in some:
                for name in (type_, subject or "", object_ or ""):
                    self._heads.append(names.setdefault(name, len(names)))
                self._heads.append(ended << 1 | silent)
        self._names = list(names)

    def rows(self) -> Iterator[Row]:
        """The rows, in their order."""
        packed = map(self._shelf.get, self._places)
        return (_row_of(pickle.loads(data), data) for data in packed)

    def __getitem__(self, at: Any) -> Any:
        return (
            list(map(self._kept, range(len(self))[at])) if isinstance(at, slice) else self._kept(range(len(self))[at])
        )

    def __iter__(self) -> Iterator[Relation]:
        return map(self._kept, range(len(self)))

    def __len__(self) -> int:
        return len(self._places)

    def _kept(self, at: int) -> Relation:
        type_, subject, object_, flags = self._heads[at * _HEAD : (at + 1) * _HEAD]
        if _WANTED in (subject, object_):
            return cast(Relation, pickle.loads(self._packed(at)))
        names = self._names
        kept = _Kept(
            names[type_], names[subject], names[object_], bool(flags >> 1), bool(flags & 1), lambda: self._packed(at)
        )
        return cast(Relation, kept)

    def _packed(self, at: int) -> bytes:
        return self._shelf.get(self._places[at])


_WANTED = 0
"""The number of an end that nobody has written yet."""
_HEAD = 4
"""Numbers in a head: type, subject, object, and two bits."""


def _kept(row: Row) -> Relation:
    """Wanted ends have names, and are unpacked at once; they are few."""
    (type_, *_), subject, object_, ended, silent, data = row
    wanted = subject is None or object_ is None
    return cast(Relation, pickle.loads(data) if wanted else _Kept(type_, subject, object_, ended, silent, lambda: data))


class _Kept:
    """A relation whose type and ends are known, and all else when somebody asks."""

    __slots__ = ("_packed", "_silent", "_whole", "ended", "object", "subject", "type")

    def __init__(
        self,
        type_: str,
        subject: str | None,
        object_: str | None,
        ended: bool,
        silent: bool,
        packed: Callable[[], bytes],
    ) -> None:
        self._packed, self._silent = packed, silent
        self._whole: Relation | None = None
        self.type, self.ended = type_, ended
        self.subject, self.object = Reference(subject), Reference(object_)

    def __getattr__(self, name: str) -> Any:
        if self._silent and name in _WORDS:
            return _WORDS[name]
        if self._whole is None:
            self._whole = pickle.loads(self._packed())
        return getattr(self._whole, name)


_WORDS: Mapping[str, Any] = {"what": {}, "changed": {}, "note": {}, "decisions": ()}
"""What a relation that says nothing in words has."""
