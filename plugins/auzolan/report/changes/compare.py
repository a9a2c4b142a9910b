"""Two sides of a commons come in, before and after; their difference goes out, sorted, in nobody's language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from auzolan.check.alike import Pair, families_of, pairs_of
from auzolan.check.duplicates import told_apart
from auzolan.model.briefs import ids_of
from auzolan.model.commons import Relation, Trust
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Field, Texts
from auzolan.model.text import choose
from auzolan.model.values import texts_of
from auzolan.report.changes.difference import (
    Appears,
    Difference,
    EntryChange,
    RelationChange,
    Side,
    StateChange,
    Untranslated,
)
from auzolan.report.changes.entries import article_changes, entry_changes, name_of, values_in
from auzolan.report.changes.licenses import license_doubts
from auzolan.report.record import Record

_TOLD_OF_RELATIONS = ("since", "until", "as_of", "what", "changed", "note", "decisions", "sources", "stated_by", "reported_by")  # fmt: skip


def compare(old: Side, new: Side, declarations: Iterable[str] = (), others: Iterable[str] = ()) -> Difference:
    """What differs. `declarations` are the files of kinds and vocabularies that do, `others` those that are no part of a
    commons' content."""
    changes = tuple(
        sorted([*entry_changes(old, new), *article_changes(old, new)], key=lambda one: (one.id, one.language))
    )
    touched = {one.id for one in changes if one.what in ("added", "changed", "moved")}
    relations = tuple(_relations(old, new))
    was = {relation_key(one) for one in old.relations}
    fresh = [one for one in new.relations if relation_key(one) not in was]
    found, mended = _findings(old, new)
    return Difference(
        entries=changes,
        relations=relations,
        appears=tuple(_appears(old, new, fresh, {one.id for one in changes})),
        states=tuple(_states(old, new)),
        duplicates=_duplicates(old, new, touched),
        untranslated=tuple(_untranslated(new, changes)),
        licenses=license_doubts(new, touched, fresh),
        findings=found,
        mended=mended,
        declarations=tuple(sorted(declarations)),
        others=tuple(sorted(others)),
        names=_names(old, new),
    )


def relation_key(one: Relation) -> tuple[str, str, str, str]:
    """By what a relation is the same before and after: type, ends, and what is shared."""
    ends = [end.entry or f"~{choose(end.name, 'en')[0]}" for end in (one.subject, one.object)]
    return one.type, ends[0], ends[1], choose(one.what, "en")[0]


def _relations(old: Side, new: Side) -> Iterator[RelationChange]:
    was = {relation_key(one): one for one in old.relations}
    now = {relation_key(one): one for one in new.relations}
    # An entry in whose file something is wrong says nothing yet, and takes nothing back.
    silent = (new.catalog.entries.keys() | new.files.keys()) - new.profiles.keys()
    for key in sorted({*was, *now}):
        before, after = was.get(key), now.get(key)
        if (after or before).state == "derived":  # type: ignore[union-attr]
            continue  # the field it follows from is told
        if after is None and before is not None:
            if not {before.subject.entry, before.object.entry} & silent:
                yield RelationChange("removed", before, None)
        elif before is None:
            yield RelationChange("added", None, after)
        elif after is not None:
            parts = tuple(name for name in _TOLD_OF_RELATIONS if getattr(before, name) != getattr(after, name))
            if parts or before.ended != after.ended:
                ended = after.until is not None and before.until is None
                yield RelationChange("ended" if ended else "changed", before, after, parts)


def _appears(old: Side, new: Side, fresh: Iterable[Relation], touched: set[EntryId]) -> Iterator[Appears]:
    found = []
    for one in fresh:
        ends = dict.fromkeys((one.subject.entry, one.object.entry))
        found += [Appears(end, one) for end in ends if end and end not in touched]
    for id_ in new.mentions:
        if id_ not in touched:
            found += [Appears(id_, by=by) for by in new.mentions[id_] if by not in old.mentions.get(id_, ())]
    yield from sorted(found, key=lambda one: (one.on, one.by, relation_key(one.relation) if one.relation else ()))


def _states(old: Side, new: Side) -> Iterator[StateChange]:
    was = {relation_key(one): one for one in old.relations}
    for relation in new.relations:
        before = was.get(relation_key(relation))
        if before is not None and before.state != relation.state:
            yield StateChange(relation=(before, relation))
    for id_ in sorted(new.profiles):
        if id_ in old.profiles:
            earlier, now = old.profiles[id_].trust, new.profiles[id_].trust
            lost, gained = _missing_from(now, earlier), _missing_from(earlier, now)
            if lost or gained:
                yield StateChange(entry=id_, lost=lost, gained=gained)


def _missing_from(others: tuple[Trust, ...], words: tuple[Trust, ...]) -> tuple[Trust, ...]:
    return tuple(one for one in words if one not in others)


def _duplicates(old: Side, new: Side, touched: set[EntryId]) -> tuple[Pair, ...]:
    """Pairs that look like one entry, of which one was touched, and that looked less so before."""
    among = sorted(touched & new.briefs.keys())
    if not among:
        return ()
    known = {(one.one, one.other): one.score for one in _pairs(old, [id_ for id_ in among if id_ in old.briefs])}
    return tuple(one for one in _pairs(new, among) if one.score > known.get((one.one, one.other), 0))


def _pairs(side: Side, among: list[EntryId]) -> list[Pair]:
    if not among:
        return []
    marks = {id_: brief.marks for id_, brief in side.briefs.items() if not brief.withdrawn}
    apart: Callable[[EntryId, EntryId], bool] = told_apart(side.briefs, ids_of(side.briefs.values()))
    return pairs_of(marks, families_of(side.catalog.declarations.kinds), apart, among=among)


def _untranslated(new: Side, changes: Iterable[EntryChange]) -> Iterator[Untranslated]:
    """Sentences of entries that were touched: those that lack a language of the site, and those whose other languages
    were left as they were."""
    languages = new.catalog.settings.languages
    for change in changes:
        entry = new.catalog.entries.get(change.id)
        if entry is None or change.what not in ("added", "changed", "moved"):
            continue
        fields = new.catalog.declarations.kinds[entry.kind].fields
        values = values_in(new, entry, fields)
        for field in fields.values():
            said = values.get(field.name)
            if not _is_sentence(field) or not isinstance(said, Mapping) or not said:
                continue
            altered = {one.keys[0]: one for one in change.fields if one.fields == (field,) and one.keys}
            if not altered:
                continue
            missing = tuple(tag for tag in languages if tag not in said and tag.split("-")[0] not in said)
            rewritten = [tag for tag, one in altered.items() if one.old and one.new]
            behind = tuple(sorted(tag for tag in said if tag not in altered)) if rewritten else ()
            if missing or behind:
                yield Untranslated(change.id, field, missing, behind)


def _is_sentence(field: Field) -> bool:
    """Whether a text is one that is read, and is said otherwise in each language; a name is not."""
    return field.many == "" and field.name != "name" and (
        field.type == "prose" or (field.type == "text" and field.max >= 200 and field.show != "hidden")
    )  # fmt: skip


def _findings(old: Side, new: Side) -> tuple[tuple[Record, ...], tuple[Record, ...]]:
    """Findings that are new, and those that are gone: told by their fingerprints, which lines that move leave alone."""
    was, now = ({one.fingerprint for one in side.records} for side in (old, new))
    return (
        tuple(one for one in new.records if one.fingerprint not in was),
        tuple(one for one in old.records if one.fingerprint not in now),
    )


def _names(old: Side, new: Side) -> dict[EntryId, Texts]:
    """Names of all entries and articles, as they are now, else as they were; none of those that were withdrawn."""
    names: dict[EntryId, Texts] = {}
    for side in (old, new):
        for one in side.catalog.articles:
            title = texts_of(one.fields.get("title"), one.language)
            names[f"article/{one.slug}"] = {**names.get(f"article/{one.slug}", {}), **title}
        names.update({id_: name_of(side, entry) for id_, entry in side.catalog.entries.items()})
    return {id_: texts for id_, texts in names.items() if id_ not in new.briefs or not new.briefs[id_].withdrawn}
