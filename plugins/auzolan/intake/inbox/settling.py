"""What a piece says, what lies there and what lay there earlier come in; what is to become of the piece goes out."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, NamedTuple

from auzolan.intake.inbox.bases import Bases, is_of
from auzolan.intake.inbox.mail.lines import values_of
from auzolan.intake.looking import looks_of, with_look
from auzolan.intake.writing import edited_text
from auzolan.model.entries import Entry
from auzolan.model.kinds import Kind
from auzolan.model.nodes import plain


class Settled(NamedTuple):
    """`what` is one of: same (it is there), known (it was there, and was improved since), edit (`text` is what to write), conflict
    (`fields` are those that both sides changed; none where nobody knows what the edit began with). `guessed`: nobody said what it
    began with, and a version was chosen."""

    what: str
    text: str = ""
    fields: tuple[str, ...] = ()
    guessed: bool = False


def settle(kind: Kind, there: Entry, text: str, said: Any, bases: Bases, base: str, replace: bool) -> Settled:
    """`there` is the entry that lies there; `text` and `said` (as plain values) are those of the piece; `base` tells the file that
    the edit began with (`bases.is_of`), or is ""; `replace`: somebody said that the piece is right."""
    now = plain(there.fields)
    if said == now:
        return Settled("same")
    if replace:
        return Settled("edit", text)
    began = bases.of(there.path, base) if base else bases.named(there.path)
    if base and is_of(base, there.source):
        began = there.source
    if began is not None:
        return _made_since(kind, there, text, said, began)
    if was_there(said, bases.versions(there.path)):
        return Settled("known")
    began = _nearest(there, said, bases)
    return Settled("conflict") if began is None else _made_since(kind, there, text, said, began)._replace(guessed=True)


def settle_look(kind: Kind, there: Entry, on: str, how: str, bases: Bases) -> Settled:
    """What is to become of somebody's look at the entry `there`: edit, same, known (it was there once), or conflict where the file
    is not laid out in lines."""
    look = {"on": on, "how": how}
    if look in looks_of(plain(there.fields)):
        return Settled("same")
    if any(look in looks_of(values_of(version)) for version in bases.versions(there.path)):
        return Settled("known")
    text = with_look(kind, there, look)
    return Settled("conflict") if text is None else Settled("edit", text)


def _nearest(there: Entry, said: Any, bases: Bases) -> str | None:
    """The version of the file, today's or an earlier one, of which the piece changes fewer fields than of any other; None where git
    does not know all that it was, or two are as near."""
    if not bases.are_whole(there.path):
        return None
    versions = {
        repr(values): (values, text)
        for text in (*bases.versions(there.path), there.source)
        if (values := values_of(text))
    }
    ranked = sorted((len(_differing(values, said)), text) for values, text in versions.values())
    return ranked[0][1] if len(ranked) == 1 or ranked[0][0] < ranked[1][0] else None


def _differing(one: Any, other: Any) -> list[str]:
    return [name for name in dict.fromkeys([*one, *other]) if one.get(name) != other.get(name)]


def _made_since(kind: Kind, there: Entry, text: str, said: Any, began: str) -> Settled:
    if began == there.source:
        return Settled("edit", text)
    return _merged(kind, there, plain(there.fields), said, began)


def _merged(kind: Kind, there: Entry, now: Any, said: Any, began: str) -> Settled:
    """The piece's changes since `began`, made in the file as it is today: field by field, where only one side changed it."""
    before = values_of(began)
    if before is None:
        return Settled("conflict")
    changes = {name: said.get(name) for name in _differing(before, said)}
    changes = {name: value for name, value in changes.items() if now.get(name) != value}
    both = tuple(name for name in changes if now.get(name) != before.get(name))
    if both:
        return Settled("conflict", fields=both)
    if not changes:
        return Settled("known")
    if any(name not in kind.fields for name in changes):
        return Settled("conflict", fields=tuple(name for name in changes if name not in kind.fields))
    text = edited_text(kind, there.source, there.fields, changes)
    wanted = {name: value for name, value in ({**now, **changes}).items() if value is not None}
    if text is None or values_of(text) != wanted:
        return Settled("conflict", fields=tuple(changes))
    return Settled("edit", text)


def with_answers(kind: Kind, there: Entry, said: Any) -> str | None:
    """The file of `there` with the answers of a form in it: what was not asked or answered stays, sources come to those that it has.
    None where the file is not laid out in lines that could be replaced."""
    now = plain(there.fields)
    record = now.get("record", {}) | said.get("record", {})
    sources = now.get("record", {}).get("sources", {}) | said.get("record", {}).get("sources", {})
    wanted = dict(said)
    if record:
        wanted["record"] = record | ({"sources": sources} if sources else {})
    changes = {name: value for name, value in wanted.items() if now.get(name) != value}
    text = edited_text(kind, there.source, there.fields, changes) if changes else there.source
    return text if text is not None and values_of(text) == now | wanted else None


def was_there(said: Any, versions: Iterable[str]) -> bool:
    """Whether one of the versions says just that."""
    return any(values_of(version) == said for version in versions)
