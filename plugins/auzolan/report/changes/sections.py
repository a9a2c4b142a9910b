"""A difference and who reads it come in; sections of sentences go out, from which Markdown and HTML are written."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auzolan.model.commons import Relation
from auzolan.report.changes.difference import Difference, EntryChange, FieldChange, LicenseDoubt, RelationChange
from auzolan.report.changes.said import Piece, Reader, Words, filled, joined, ours, quoted
from auzolan.report.record import Record

__all__ = ["Item", "Piece", "Reader", "Section", "sections_of", "told_in_short"]


class Item(NamedTuple):
    """A sentence, and those that belong to it."""

    words: Words
    under: tuple[Words, ...] = ()


class Section(NamedTuple):
    """`name` is the same in every language; `note` stands before the items."""

    name: str
    title: str
    items: tuple[Item, ...]
    note: str = ""


def sections_of(difference: Difference, reader: Reader, own_words: bool = True) -> tuple[Section, ...]:
    """All sections that have something to say, in the order in which one decides: what is wrong, what is said, what follows
    from it, what to think about, what else. `own_words` is false where the kinds of the new side could not be used."""
    _, entries = reader._, difference.entries
    unused = "" if own_words else _(
        "They have errors. So this report reads the entries by the kinds and vocabularies that there were before."
    )  # fmt: skip
    made = (
        Section("findings", _("New findings"), tuple(_finding(reader, one) for one in _gravest_first(difference.findings))),
        Section("added", _("Added"), _entries(reader, entries, "added")),
        Section("changed", _("Changed"), _entries(reader, entries, "changed", "moved")),
        Section("rewritten", _("Only how the file is written"), _entries(reader, entries, "rewritten"),
                _("Order, spacing or comments. They say what they said before.")),
        Section("removed", _("No longer there"), _entries(reader, entries, "removed", "withdrawn", "unreadable")),
        Section("relations", _("Relations"), tuple(_relation(reader, one) for one in difference.relations)),
        Section("appears", _("What appears on other pages"), tuple(_appears(reader, difference))),
        Section("states", _("States that change"), tuple(_states(reader, difference))),
        Section("duplicates", _("Possible duplicates"), tuple(_duplicates(reader, difference))),
        Section("licenses", _("Licences to look at"), tuple(_license(reader, one) for one in difference.licenses),
                _("What is recorded here does not settle these. This is no legal advice.")),
        Section("translations", _("Translations"), tuple(_untranslated(reader, difference))),
        Section("mended", _("Findings that are mended"), tuple(_finding(reader, one) for one in difference.mended)),
        Section("declarations", _("Kinds and vocabularies"), tuple(Item(quoted(one)) for one in difference.declarations), unused),
        Section("others", _("Other files"), tuple(Item(quoted(one)) for one in difference.others),
                _("They are no entries, words or articles; settings, a theme or a workflow can do anything. "
                  "Whoever looks after the commons reads them before anything is merged.")),
    )  # fmt: skip
    return tuple(section for section in made if section.items)


def told_in_short(difference: Difference, reader: Reader) -> str:
    """What differs, in one line of our own words."""
    if difference.is_empty:
        return reader._("Nothing differs.")
    n, entries = reader.speaker.n, difference.entries
    remarks = len(difference.findings) - difference.errors
    sorts = (("added",), ("changed", "moved"), ("rewritten",))
    added, changed, rewritten = (sum(one.what in which for one in entries) for which in sorts)
    told = [
        n("%(count)s added", "%(count)s added", added) if added else "",
        n("%(count)s changed", "%(count)s changed", changed) if changed else "",
        n("%(count)s no longer there", "%(count)s no longer there", rest) if (rest := len(entries) - added - changed - rewritten) else "",
        n("%(count)s only written otherwise", "%(count)s only written otherwise", rewritten) if rewritten else "",
        n("%(count)s relation", "%(count)s relations", count) if (count := len(difference.relations)) else "",
        n("%(count)s new error", "%(count)s new errors", difference.errors) if difference.errors else "",
        n("%(count)s new remark", "%(count)s new remarks", remarks) if remarks else "",
        n("%(count)s possible duplicate", "%(count)s possible duplicates", count) if (count := len(difference.duplicates)) else "",
    ]  # fmt: skip
    told = [one for one in told if one]
    return ", ".join(told) + "." if told else reader._("No entry, relation or article differs.")


def _gravest_first(records: Iterable[Record]) -> list[Record]:
    return sorted(records, key=lambda one: one.severity != "error")


def _finding(reader: Reader, one: Record) -> Item:
    place = f"{one.path}:{one.line}:{one.column}" if one.line else one.path
    grave = {"error": reader._("error"), "warning": reader._("warning")}.get(one.severity, reader._("note"))
    return Item(
        (*ours(f"{grave} {one.code}: "), *quoted(place)),
        tuple(quoted(text) for text in (one.message, one.hint) if text),
    )


def _entries(reader: Reader, entries: Iterable[EntryChange], *which: str) -> tuple[Item, ...]:
    return tuple(_entry(reader, one) for one in entries if one.what in which)


def _entry(reader: Reader, one: EntryChange) -> Item:
    words = joined([reader.kind(one.kind), reader.entry(one.id, one.names)], ": ")
    if one.language:
        words = (*words, *ours(" ["), *quoted(reader.speaker.language_name(one.language)), *ours("]"))
    if one.what == "moved":
        words = (*words, *ours(", "), *filled(reader._("before: %(id)s"), id=quoted(one.was)))
    if one.what == "withdrawn":
        words = (*words, *ours(", "), *ours(reader._("withdrawn: nothing of what it said is told here")))
    if one.what == "unreadable":
        words = (*words, *ours(", "), *filled(reader._("the file %(path)s cannot be read"), path=quoted(one.path)))
    under = [_field(reader, one, change) for change in one.fields]
    if any(one.lines):
        came, went = (reader.speaker.number(count) for count in one.lines)
        under.append(ours(reader.speaker._("text: %(came)s lines came, %(went)s went", came=came, went=went)))
    return Item(words, tuple(under))


def _field(reader: Reader, entry: EntryChange, one: FieldChange) -> Words:
    label = reader.label(entry.kind, one.fields)
    if one.keys:
        label = (*label, *ours(" ["), *joined((quoted(key) for key in one.keys), " "), *ours("]"))
    field, known = one.fields[-1], reader.merged(entry.kind, one.fields)[-1]
    old, new = (
        reader.value(field, value, one.around, known) if value is not None else () for value in (one.old, one.new)
    )
    if not old:
        return (*label, *ours(": "), *(new or ours(reader._("nothing"))))
    return (*label, *ours(": "), *old, *ours(" → "), *(new or ours(reader._("nothing"))))


def _relation(reader: Reader, one: RelationChange) -> Item:
    relation = one.relation
    told = {"added": reader._("new: %(relation)s"), "ended": reader._("ended: %(relation)s"),
            "removed": reader._("no longer written: %(relation)s")}.get(one.what, reader._("changed: %(relation)s"))  # fmt: skip
    words = filled(told, relation=reader.relation(relation))
    if one.what == "added":
        return Item((*words, *ours(" ("), *joined([reader.state(relation), *_dates(reader, relation)]), *ours(")")))
    under = []
    for name in ("since", "until", "as_of"):
        if one.old and one.new and name in one.parts:
            dates = [getattr(side, name) for side in (one.old, one.new)]
            was, now = (ours(reader.speaker.date(date)) if date else ours(reader._("nothing")) for date in dates)
            called = {"since": reader._("began"), "until": reader._("ended"), "as_of": reader._("last known")}[name]
            under.append((*ours(f"{called}: "), *was, *ours(" → "), *now))
    rest = {"sources": reader._("sources"), "decisions": reader._("decisions"), "note": reader._("note"),
            "changed": reader._("what was changed in it"), "what": reader._("what is shared")}  # fmt: skip
    more = [ours(rest[name]) for name in one.parts if name in rest]
    if more:
        under.append(filled(reader._("also changed: %(what)s"), what=joined(more)))
    return Item(words, tuple(under))


def _dates(reader: Reader, one: Relation) -> Iterator[Words]:
    if one.since:
        yield ours(reader.speaker._("since %(date)s", date=reader.speaker.date(one.since)))
    if one.until:
        yield ours(reader.speaker._("ended %(date)s", date=reader.speaker.date(one.until)))


def _appears(reader: Reader, difference: Difference) -> Iterator[Item]:
    for one in difference.appears:
        if one.relation is not None:
            inverse = one.relation.subject.entry != one.on
            other = one.relation.subject if inverse else one.relation.object
            what = joined([reader.verb(one.relation.type, inverse), reader.end(other)], " ")
        else:
            what = filled(reader._("mentioned by %(name)s"), name=reader.entry(one.by))
        yield Item(filled(reader._("on the page of %(name)s: %(what)s"), name=reader.entry(one.on), what=what))


def _states(reader: Reader, difference: Difference) -> Iterator[Item]:
    for one in difference.states:
        if one.relation is not None:
            was, now = one.relation
            yield Item((*reader.relation(now), *ours(": "), *reader.state(was), *ours(" → "), *reader.state(now)))
        else:
            nothing = ours(reader._("nothing"))
            lost, gained = (joined(map(reader.trust, words)) or nothing for words in (one.lost, one.gained))
            yield Item((*reader.entry(one.entry), *ours(": "), *lost, *ours(" → "), *gained))


def _duplicates(reader: Reader, difference: Difference) -> Iterator[Item]:
    for pair in difference.duplicates:
        told = reader.speaker._("%(score)s of 100", score=pair.score)
        words = filled(reader._("%(one)s and %(other)s may be the same"), one=reader.entry(pair.one), other=reader.entry(pair.other))  # fmt: skip
        yield Item((*words, *ours(f" ({told}): "), *joined(map(quoted, pair.reasons))))


def _license(reader: Reader, one: LicenseDoubt) -> Item:
    entry, license_ = reader.entry(one.id), quoted(one.license)
    if one.why == "own":
        told = reader._("%(entry)s: its text or picture is under %(license)s; here it would be %(other)s")
        return Item(filled(told, entry=entry, license=license_, other=quoted(one.other)))
    relation = joined([entry, reader.verb(one.type), reader.entry(one.to)], " ")
    if one.why == "unknown":
        told = reader._("%(relation)s; the licence of %(other)s is not recorded, so nobody can tell whether that is allowed")  # fmt: skip
        return Item(filled(told, relation=relation, other=reader.entry(one.other)))
    told = reader._("%(relation)s, which is under %(license)s and asks for the same licence; but it is under %(other)s")
    return Item(filled(told, relation=relation, license=license_, other=quoted(one.other)))


def _untranslated(reader: Reader, difference: Difference) -> Iterator[Item]:
    for one in difference.untranslated:
        kind = one.id.partition("/")[0]
        lists = (
            joined(quoted(reader.speaker.language_name(tag)) for tag in tags) for tags in (one.missing, one.behind)
        )
        missing, behind = lists
        words = (*reader.entry(one.id), *ours(": "), *reader.label(kind, (one.field,)), *ours(": "))
        told = [
            filled(reader._("missing in %(languages)s"), languages=missing) if missing else (),
            filled(reader._("stays as it was in %(languages)s"), languages=behind) if behind else (),
        ]
        yield Item((*words, *joined(told, "; ")))
