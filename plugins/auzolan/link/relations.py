"""What entries say of their relations comes in; each relation once, under its forward type, with its state, goes out.

What one entry says follows from its own file (`statements_of`, `derived_of`); put together, it makes the relations.

The state follows from whose publication says it (a source's `by`), never from who typed the YAML.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from auzolan.link.context import Linking
from auzolan.link.light import Light
from auzolan.model.commons import Decision, Profile, Reference, Relation, SourceRef, State
from auzolan.model.dates import PartialDate, is_past
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Entry
from auzolan.model.kinds import RelationType, Texts
from auzolan.model.nodes import each, place
from auzolan.model.packing import packable
from auzolan.model.text import choose, expression_ids, license_slug
from auzolan.model.values import Leaf


@packable
@dataclass(frozen=True, slots=True)
class Statement:
    """One relation as one entry writes it, ends in forward order. Statements of the same `key` are of the same relation."""

    key: tuple[str, str, str, str]
    type: str
    subject: Reference
    object: Reference
    written: Mapping[str, Any]
    entry: str
    location: Location
    sides: frozenset[str]
    reporters: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    as_of: PartialDate | None


def link_relations(
    linking: Linking, statements: Iterable[Statement], derived: Iterable[Relation]
) -> tuple[Relation, ...]:
    """All relations, sorted by type and ends. The statements come in the order of their entries."""
    together: dict[tuple[str, str, str, str], list[Statement]] = defaultdict(list)
    for statement in statements:
        together[statement.key].append(statement)
    light = Light(linking)
    relations = [light.relation(_merged(linking, same)) for same in together.values()]
    relations += [light.relation(one) for one in derived]
    return tuple(sorted(relations, key=relation_order))


def relation_order(relation: Relation) -> tuple[str, str, str, str]:
    """By what relations are sorted: type, ends, and what is shared."""
    return relation.type, _end(relation.subject), _end(relation.object), choose(relation.what, "en")[0]


def _end(reference: Reference) -> str:
    return reference.entry or "~" + choose(reference.name, "en")[0]


def statements_of(linking: Linking, entry: Entry, values: Mapping[str, Any]) -> Iterator[Statement]:
    """The relations that an entry with these values writes."""
    declarations = linking.catalog.declarations
    nodes = list(each(entry.fields.get("relations")))
    for index, written in enumerate(values.get("relations", ())):
        if written.get("type") not in declarations.relation_names or not written.get("to"):
            continue
        forward, inverse = declarations.relation_names[written["type"]]
        type_ = declarations.relation_types[forward]
        here, there = Reference(entry.id), linking.reference(written["to"])
        if there.entry in linking.withdrawn or (there.entry is None and not there.name):
            continue
        subject, object_ = (there, here) if inverse and not type_.symmetric else (here, there)
        if type_.symmetric and object_.entry and subject.entry and object_.entry < subject.entry:
            subject, object_ = object_, subject
        record = values.get("record", {})
        yield _statement(linking, type_, subject, object_, written, entry.id, record, place(entry.path, nodes[index]))


def _statement(
    linking: Linking, type_: RelationType, subject: Reference, object_: Reference, written: Mapping[str, Any],
    entry: str, record: Mapping[str, Any], location: Location,
) -> Statement:  # fmt: skip
    known: Mapping[str, Any] = record.get("sources", {})
    sides: set[str] = set()
    reporters: list[str] = []
    published: list[PartialDate] = []
    keys = [key for key in written.get("sources", ()) if key in known]
    for key in keys:
        source = known[key]
        by = source.get("by")
        publisher = linking.resolve(by.entry) if by is not None and by.entry else None
        publisher = None if publisher in linking.withdrawn else publisher
        if publisher in (subject.entry, object_.entry) and publisher is not None:
            sides.add(publisher)
        else:
            name = (
                publisher or choose(source.get("publisher", {}), "en")[0] or choose(source.get("dataset", {}), "en")[0]
            )
            name = name or choose(source.get("title", {}), "en")[0]
            if name and name not in reporters:
                reporters.append(name)
        if source.get("published"):
            published.append(source["published"])
    as_of = written.get("as_of") or (max(published) if published else record.get("as_of"))
    what = choose(written.get("what", {}), "en")[0] if type_.symmetric else ""
    return Statement((type_.id, _end(subject), _end(object_), what), type_.id, subject, object_, written, entry, location,
                     frozenset(sides), tuple(reporters), tuple(SourceRef(entry, key) for key in keys), as_of)  # fmt: skip


def _merged(linking: Linking, statements: list[Statement]) -> Relation:
    first = statements[0]
    sides = sorted({side for one in statements for side in one.sides})
    until = next((one.written["until"] for one in statements if one.written.get("until")), None)
    ages = [one.as_of for one in statements if one.as_of]
    return Relation(
        type=first.type,
        subject=first.subject,
        object=first.object,
        state=_state(statements, len(sides)),
        stated_by=tuple(sides),
        reported_by=tuple(dict.fromkeys(name for one in statements for name in one.reporters)),
        since=next((one.written["since"] for one in statements if one.written.get("since")), None),
        until=until,
        as_of=max(ages) if ages else None,
        ended=until is not None and (linking.today is None or is_past(until, linking.today)),
        what=_texts(statements, "what"),
        changed=_texts(statements, "changed"),
        note=_texts(statements, "note"),
        decisions=tuple(_decisions(statements)),
        sources=tuple(dict.fromkeys(source for one in statements for source in one.sources)),
        written_in=tuple(one.location for one in statements),
    )


def _state(statements: list[Statement], sides: int) -> State:
    if sides == 0:
        return "reported"
    if sides == 1:
        return "stated"
    # Only what one side alone says can differ from what the other alone says.
    alone = [one for one in statements if len(one.sides) == 1]
    for one in alone:
        for other in alone:
            if one.sides == other.sides:
                continue
            began, other_began = one.written.get("since"), other.written.get("since")
            ended, other_ended = one.written.get("until"), other.written.get("until")
            if (began and other_began and not _agree(began, other_began)) or bool(ended) != bool(other_ended):
                return "disputed"
            if ended and other_ended and not _agree(ended, other_ended):
                return "disputed"
    return "confirmed"


def _agree(one: PartialDate, other: PartialDate) -> bool:
    """Whether both dates may mean the same day: 2014 and 2014-07 do."""
    return str(one).startswith(str(other)) or str(other).startswith(str(one))


def _texts(statements: list[Statement], name: str) -> Texts:
    texts: dict[str, str] = {}
    for one in statements:
        for language, text in one.written.get(name, {}).items():
            texts.setdefault(language, text)
    return texts


def _decisions(statements: list[Statement]) -> Iterator[Decision]:
    """Decisions in the order in which they were taken; one without a date stays behind the one written before it."""
    seen: set[tuple[str, str, str]] = set()
    decisions: list[tuple[PartialDate, int, Decision]] = []
    for one in statements:
        last = PartialDate(0)
        for written in one.written.get("decisions", ()):
            body = written.get("body", {})
            key = (choose(body, "en")[0], written.get("act", ""), str(written.get("on", "")))
            if key in seen:
                continue
            seen.add(key)
            last = written.get("on") or last
            source = written.get("source")
            made = Decision(body, written.get("act", ""), written.get("on"), written.get("note", {}),
                            SourceRef(one.entry, source) if source else None)  # fmt: skip
            decisions.append((last, len(decisions), made))
    yield from (made for *_, made in sorted(decisions, key=lambda item: item[:2]))


def derived_of(linking: Linking, profile: Profile, leaves: Sequence[Leaf]) -> Iterator[Relation]:
    """Relations that follow from a field: an entry is under every listed licence that its expression names. `leaves` are its
    values."""
    declarations = linking.catalog.declarations
    kind = declarations.kinds[profile.kind]
    for type_ in declarations.relation_types.values():
        if not type_.derived_from or not kind.is_a(type_.subjects):
            continue
        named: dict[str, None] = {}
        for field, value, _, top in leaves:
            if field.type == type_.derived_from and top is field:
                named.update(dict.fromkeys(expression_ids(value)))
        for id_ in named:
            for object_kind in type_.objects:
                target = linking.resolve(f"{object_kind}/{license_slug(id_.removeprefix('LicenseRef-'))}")
                if target is not None and target not in linking.withdrawn:
                    as_of = profile.values.get("record", {}).get("as_of")
                    yield Relation(type_.id, Reference(profile.id), Reference(target), "derived", as_of=as_of)
