"""Relations come in; the same go out, in as little memory as can be."""

from __future__ import annotations

from dataclasses import replace

from auzolan.link.context import Linking
from auzolan.model.commons import Reference, Relation, SourceRef
from auzolan.model.kinds import Texts


class Light:
    """What many relations say alike (an end, a source, nothing in words) is held once, and shared."""

    def __init__(self, linking: Linking) -> None:
        self._ends: dict[str, Reference] = {}
        self._texts: dict[str, str] = {one: one for brief in linking.briefs.values() for one in (brief.id, brief.path)}
        self._nothing: Texts = {}

    def relation(self, one: Relation) -> Relation:
        """The same."""
        return replace(
            one,
            subject=self._end(one.subject),
            object=self._end(one.object),
            stated_by=tuple([self._text(id_) for id_ in one.stated_by]),
            reported_by=tuple([self._text(name) for name in one.reported_by]),
            what=one.what or self._nothing,
            changed=one.changed or self._nothing,
            note=one.note or self._nothing,
            sources=tuple([SourceRef(self._text(ref.entry), self._text(ref.key)) for ref in one.sources]),
            written_in=tuple([replace(place, path=self._text(place.path)) for place in one.written_in]),
        )

    def _end(self, end: Reference) -> Reference:
        if end.entry is None:
            return end
        if end.entry not in self._ends:
            self._ends[end.entry] = Reference(self._text(end.entry), self._nothing)
        return self._ends[end.entry]

    def _text(self, text: str) -> str:
        return self._texts.setdefault(text, text)
