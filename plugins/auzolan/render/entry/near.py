"""An entry comes in; the entries near it that its page does not show anyway go out, each with the reason in words."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from typing import Any

from auzolan.model.commons import Profile
from auzolan.model.related import Related
from auzolan.render.desk import Desk
from auzolan.render.entry.relations import verb

MOST = 5
"""More would be a list, and lists there are."""
REASONS = 3
"""Words that are told of one; who shares more is no less near for it."""


def near_views(desk: Desk, profile: Profile, shown: Collection[str]) -> list[dict[str, Any]]:
    """`card` (as much of one as a link shows) and either `why`, a finished sentence without a full stop, or `words`, a text of those
    that both say. `shown` are the ids that the page names elsewhere. Of others only their names are read: whoever edits more of
    them makes no page here anew."""
    found: dict[str, dict[str, Any]] = {}
    for one, reason in _near(desk, profile.id):
        name = desk.name(one)
        if one in shown or one in found or name is None:
            continue
        kind = desk.kind_view(one.partition("/")[0])
        card = {"path": desk.entry_path(one), "kind": kind, "name": name, "wanted": False}
        found[one] = {"card": card, "why": "", "words": None} | reason
        if len(found) == MOST:
            break
    return list(found.values())


def _near(desk: Desk, id_: str) -> Iterator[tuple[str, dict[str, Any]]]:
    """What is stated comes first; those who only speak of the same are looked for where that is little."""
    for one in desk.commons.related(id_):
        yield one.id, {"why": _why(desk, one)}
    for other in desk.commons.alike(id_):
        yield other.id, {"words": desk.speaker.said(", ".join(other.words[:REASONS]), other.language)}


def _why(desk: Desk, one: Related) -> str:
    _ = desk.speaker._
    for type_, third_is_object, third in one.relations:
        name = desk.name(third)
        if name is not None:
            return _("also %(verb)s: %(name)s", verb=verb(desk, type_, not third_is_object), name=name["text"])
    # Whoever is in Catalonia is in Spain.
    around = {value.partition("-")[0] for type_, _, value in one.words if type_ == "region"}
    told = [word for word in one.words if not (word[0] == "country" and word[2] in around)]
    words = [_label(desk, *word) for word in told[:REASONS]]
    return _("in common: %(words)s", words=desk.speaker.listed(words))


def _label(desk: Desk, type_: str, vocabulary: str, value: str) -> str:
    return desk.speaker.word(vocabulary, value) if type_ == "word" else desk.speaker.coded(type_, value)
