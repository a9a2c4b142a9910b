"""Profiles come in; what they are about goes out, as their names and summaries tell, and who is about the same."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from functools import cached_property

from auzolan import index
from auzolan.ledger.fresh import ALIKE, Read
from auzolan.ledger.store import Unusable
from auzolan.model.alike import Gist, Likeness
from auzolan.model.commons import Commons, Profile
from auzolan.model.entries import EntryId
from auzolan.model.text import choose
from auzolan.pipeline.memory import Last
from auzolan.pipeline.stored import StoredProfiles


def gist_of(profile: Profile, language: str) -> Gist | None:
    """What an entry is about, in the site's default `language` where it is summed up in that; None for a withdrawn one. Names
    are mostly proper names, and are read as if they were in the language of the summary."""
    if profile.withdrawn:
        return None
    name, named_in = choose(profile.names, language, profile.language)
    summary, summed_up_in = choose(profile.values.get("summary", {}), language, profile.language)
    return index.gist_of((name, summary), summed_up_in or named_in)


def gists_of(profiles: Mapping[EntryId, Profile], ids: Iterable[EntryId], language: str) -> dict[EntryId, Gist]:
    """What each of some entries is about; of `ids`, those that have a profile and are not withdrawn."""
    found = ((id_, gist_of(profiles[id_], language)) for id_ in ids if id_ in profiles)
    return {id_: gist for id_, gist in found if gist is not None}


def likeness_again(last: Last, commons: Commons, changed: Collection[EntryId]) -> tuple[Likeness, set[Read]]:
    """Who is about the same now that the profiles of some have changed, and what of that reads differently."""
    old = Likeness(KeptGists(lambda: last.get("gists")))
    before = StoredProfiles(last.store, last.get("briefs"), last.warm.profiles)
    return likeness_after(old, before, commons, changed)


def likeness_after(
    old: Likeness, before: Mapping[EntryId, Profile], commons: Commons, changed: Collection[EntryId]
) -> tuple[Likeness, set[Read]]:
    """The same, where `old` was the likeness, and profiles were those of `before`."""
    language = commons.catalog.settings.default_language
    was, now = (gists_of(profiles, changed, language) for profiles in (before, commons.profiles))
    reworded = {id_ for id_ in changed if was.get(id_) != now.get(id_)}
    if not reworded:
        return old, set()
    gists = {id_: gist for id_ in commons.listed if (gist := now.get(id_) or old.gists.get(id_))}
    if len(gists) != len(commons.listed):
        raise Unusable("what some entries are about is missing")
    new, touched = old.after(gists, reworded)
    return new, {(ALIKE, id_) for id_ in touched if old.nearest(id_) != new.nearest(id_)}


class KeptGists(Mapping[EntryId, Gist]):
    """What the last build kept of all entries: most builds ask for none of it, so it is read once somebody does."""

    def __init__(self, read: Callable[[], Mapping[EntryId, Gist]]) -> None:
        self._read = read

    @cached_property
    def _gists(self) -> Mapping[EntryId, Gist]:
        return self._read()

    def __getitem__(self, id_: EntryId) -> Gist:
        return self._gists[id_]

    def __iter__(self) -> Iterator[EntryId]:
        return iter(self._gists)

    def __len__(self) -> int:
        return len(self._gists)
