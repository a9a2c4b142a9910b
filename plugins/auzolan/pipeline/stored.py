"""A store or a shelf comes in; profiles and entries of a commons, each read when somebody asks for it, go out."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from auzolan.ledger.shelf import Shelf, Shelved
from auzolan.ledger.store import Store, Unusable
from auzolan.link import Joints
from auzolan.model.commons import Profile
from auzolan.model.entries import Entry, EntryId

PROFILE = "profile"
"""The kind of what is kept under which profiles lie."""
FEW = 200
"""Profiles that are not put down yet and stay joined."""


class StoredProfiles(Mapping[EntryId, Profile]):
    """Profiles by id: those that have changed, and the others as the store keeps them, each unpacked once."""

    def __init__(
        self, store: Store, ids: Mapping[EntryId, object], known: dict[EntryId, Profile],
        changed: Mapping[EntryId, Profile | None] | None = None,
    ) -> None:  # fmt: skip
        """`known` are profiles that were unpacked before; more are added to it."""
        self._store, self._ids, self._known, self._changed = store, ids, known, changed or {}

    def with_changes(self, ids: Mapping[EntryId, object], changed: Mapping[EntryId, Profile | None]) -> StoredProfiles:
        """The profiles of `ids`, of which some have changed."""
        return StoredProfiles(self._store, ids, self._known, changed)

    def __getitem__(self, id_: EntryId) -> Profile:
        found = self._changed.get(id_) or self._known.get(id_)
        if found is None or id_ not in self._ids:
            if id_ not in self._ids:
                raise KeyError(id_)
            found = self._store.get(PROFILE, id_)
            if found is None:
                raise Unusable(f"the profile of {id_} is missing")
            self._known[id_] = found
        return found

    def __iter__(self) -> Iterator[EntryId]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._ids


class JoinedProfiles(Mapping[EntryId, Profile]):
    """Profiles by id, of what each file says alone and of what joins them. Whole ones, once they were put, are as quick to get
    as any."""

    def __init__(self, alone: Shelved[Profile], joints: Joints, shelf: Shelf) -> None:
        self._alone = alone
        self._joints: Joints | None = joints
        self._whole: Shelved[Profile] = Shelved(shelf)
        self._live: dict[EntryId, Profile] = {}

    def put(self, packed: Mapping[EntryId, bytes]) -> None:
        """Puts down whole profiles, packed. Once all are there, what joins them is let go: that is larger than all else."""
        self._whole.put(packed)
        if len(self._whole) == len(self._alone):
            self._joints = None
            self._live.clear()

    def rows(self) -> Iterator[tuple[EntryId, bytes]]:
        """The whole profiles that were put, packed."""
        return self._whole.rows()

    def __getitem__(self, id_: EntryId) -> Profile:
        if id_ in self._whole:
            return self._whole[id_]
        if id_ not in self._live:
            if len(self._live) >= FEW:
                self._live.clear()
            if self._joints is None:
                raise KeyError(id_)
            self._live[id_] = self._joints.profile(self._alone[id_])
        return self._live[id_]

    def __iter__(self) -> Iterator[EntryId]:
        return iter(self._alone)

    def __len__(self) -> int:
        return len(self._alone)

    def __contains__(self, id_: object) -> bool:
        return id_ in self._alone


class StoredEntries(Mapping[EntryId, Entry]):
    """What was written, read when it is asked for."""

    def __init__(self, ids: Mapping[EntryId, object], load: Callable[[EntryId], Entry]) -> None:
        self._ids, self._load = ids, load

    def __getitem__(self, id_: EntryId) -> Entry:
        if id_ not in self._ids:
            raise KeyError(id_)
        return self._load(id_)

    def __iter__(self) -> Iterator[EntryId]:
        return iter(self._ids)

    def __len__(self) -> int:
        return len(self._ids)
