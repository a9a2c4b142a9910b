"""A Commons comes in; what exports may speak of goes out: the one door through which entries leave.

What a part tells of other entries it knows by facts alone, so that it stays as it is while they change elsewhere.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, NamedTuple

from auzolan.export import plain as p
from auzolan.export.hidden import Way, places_of, ways_to_places, without_hidden
from auzolan.export.placed import Packed, Placed, packed
from auzolan.model.commons import Commons, Profile, Relation, Story
from auzolan.model.text import choose


class Told(NamedTuple):
    """What others tell of an entry: the path of its file, its licence, its name in the default language."""

    path: str
    license: str
    name: str


@dataclass(frozen=True)
class Public:
    """A commons as exports see it. `ids` are the entries they speak of, sorted; `ways` lead to places, by kind."""

    commons: Commons
    ids: tuple[str, ...]
    ways: Mapping[str, tuple[Way, ...]]

    def values(self, profile: Profile) -> Mapping[str, Any]:
        """What the entry says, without what is hidden."""
        return without_hidden(profile.values, self.ways[profile.kind])

    def told(self, id_: str) -> Told | None:
        """What others tell of an entry; None where it is not public."""
        found = self.commons.fact("export.told", id_, lambda: self._told(id_))
        return Told(*found) if found else None

    def _told(self, id_: str) -> tuple[str, str, str] | None:
        profile = self.commons.profiles.get(id_)
        if profile is None or profile.withdrawn:
            return None
        default = self.commons.catalog.settings.default_language
        return (
            profile.path,
            p.license_of(profile, self.commons),
            choose(profile.names, default, profile.language)[0],
        )

    def id_at(self, path: str) -> str:
        """The id of the entry whose file has this path."""
        folder, _, name = path.rpartition("/")
        return f"{self._kinds.get(folder, '')}/{name.removesuffix('.yaml')}"

    @cached_property
    def _kinds(self) -> Mapping[str, str]:
        catalog = self.commons.catalog
        return {
            f"{catalog.settings.directory.name}/{one.folder}": name for name, one in catalog.declarations.kinds.items()
        }

    def points(self, id_: str) -> int:
        """How many places with coordinates the entry tells."""
        return self.commons.fact("export.points", id_, lambda: sum(1 for _ in self.placed(self.commons.profiles[id_])))

    def placed(self, profile: Profile) -> Iterator[tuple[int, Mapping[str, Any]]]:
        """The places with coordinates of an entry, each with its number among all its places."""
        for number, place in enumerate(places_of(self.values(profile), self.ways[profile.kind]), 1):
            if place.get("latitude") is not None and place.get("longitude") is not None:
                yield number, place

    def article_licenses(self, story: Story) -> tuple[str, ...]:
        """The licences of an article's versions."""
        make = lambda: tuple(p.story_license(story, language, self.commons) for language in story.versions)  # noqa: E731
        return self.commons.fact("export.licenses", f"article/{story.slug}", make)

    def ends(self, relation: Relation) -> tuple[Told | None, Told | None]:
        """What others tell of the listed ends of a relation."""
        subject, object_ = relation.subject.entry, relation.object.entry
        return self.told(subject) if subject else None, self.told(object_) if object_ else None

    def licenses(self, relation: Relation, ends: tuple[Told | None, Told | None]) -> list[str]:
        """The licences of the entries that say the relation, sorted. An end says it, or both do."""
        written = {place.path for place in relation.written_in}
        found = {told.license for told in ends if told and told.path in written}
        return sorted(found or {self.commons.catalog.settings.entry_license})

    def withdrawn(self) -> list[str]:
        """The entries that were withdrawn, sorted."""
        return sorted(set(self.commons.profiles).difference(self.ids, self.commons.elsewhere))

    @cached_property
    def relations(self) -> Placed:
        """The relations of which every listed end may be spoken of, sorted by type, subject, object and dates: each by a name
        of its own, and its place among those of the commons."""
        return Placed(self.commons.derived("export.relations", self._relations))

    def _relations(self) -> Packed:
        known = {None, *self.commons.listed, *self.commons.elsewhere}
        together: dict[tuple[str, str, str], list[tuple[int, Relation]]] = {}
        for at, one in enumerate(self.commons.relations):
            subject, object_ = one.subject, one.object
            if subject.entry in known and object_.entry in known:
                ends = (subject.entry or str(p.plain(subject)), object_.entry or str(p.plain(object_)))
                together.setdefault((one.type, *ends), []).append((at, one))
        placed = [
            (" ".join(key) + (f" {number}" if number else ""), at)
            for key in sorted(together)
            for number, (at, _) in enumerate(sorted(together[key], key=_order) if together[key][1:] else together[key])
        ]
        return packed(placed)


def _order(placed: tuple[int, Relation]) -> tuple[str, ...]:
    relation = placed[1]
    dates = (str(date or "") for date in (relation.since, relation.until, relation.as_of))
    return (*dates, str(p.plain(relation.what)), str(p.plain(relation.note)))


def public_of(commons: Commons) -> Public:
    """What exports may speak of."""
    said = commons.catalog.declarations
    ways = {name: ways_to_places(kind.fields, said) for name, kind in said.kinds.items()}
    return Public(commons, tuple(sorted(commons.listed)), ways)
