"""The profiles of a commons come in; each, whole, and what others may see of it, worked out once, goes out.

A card is shown on many pages, which are made in several processes: asked for there, it would be worked out in each.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from auzolan import export
from auzolan.ledger.store import packed
from auzolan.model.entries import EntryId
from auzolan.pipeline.gists import gists_of
from auzolan.pipeline.make import Maker, Work
from auzolan.pipeline.stored import JoinedProfiles
from auzolan.render.facts import ask_facts

SHARE = 100
"""Entries in one piece of work."""
Ask = Callable[[Sequence[str]], None]


class Entries:
    """The work that comes before all else where everything is made."""

    def __init__(self, profiles: JoinedProfiles | None) -> None:
        self._profiles = profiles

    def __call__(self, maker: Maker, work: Work) -> None:
        """Adds it to `work`."""
        profiles = self._profiles
        assert profiles is not None
        gists: Any = maker.commons.plain.likeness.gists
        language = maker.context.settings.default_language

        def take(found: tuple[dict[EntryId, bytes], dict[EntryId, bytes]]) -> None:
            profiles.put(found[0])
            gists.put(found[1])

        ask, ids = _asker(maker), [id_ for id_ in profiles if id_ not in maker.commons.elsewhere]
        for start in range(0, len(ids), SHARE):
            work.add(partial(_whole, ask, profiles, ids[start : start + SHARE], language), take)


def _asker(maker: Maker) -> Ask:
    has_data = "data" in maker.context.settings.features
    ask_for_data = export.asker(maker.commons) if has_data else None

    def ask(ids: Sequence[str]) -> None:
        # Of a few at a time, all is asked while they are unpacked.
        ask_facts(maker.commons, maker.context, ids)
        if ask_for_data is not None:
            for id_ in ids:
                ask_for_data(id_)

    return ask


def _whole(
    ask: Ask, profiles: JoinedProfiles, ids: Sequence[EntryId], language: str
) -> tuple[dict[EntryId, bytes], dict[EntryId, bytes]]:
    """Profiles and gists, packed."""
    ask(ids)
    gists = gists_of(profiles, ids, language)
    return {id_: packed(profiles[id_]) for id_ in ids}, {id_: packed(gist) for id_, gist in gists.items()}
