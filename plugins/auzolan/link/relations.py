"""What entries say of their relations comes in; each relation once, under its forward type, with its state, goes out.

The state follows from whose publication says it (a source's `by`), never from who typed the YAML.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from auzolan.link.context import Linking, is_past, value_leaves
from auzolan.model.commons import Decision, Reference, Relation, SourceRef, State
from auzolan.model.dates import PartialDate
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Entry
from auzolan.model.kinds import RelationType, Texts
from auzolan.model.nodes import each, place
from auzolan.model.text import choose, license_slug

_EXPRESSION_WORDS = frozenset({"AND", "OR", "WITH"})


@dataclass(frozen=True, slots=True)
class _Statement:
    """One relation as one entry writes it, ends in forward order."""

    type: RelationType
    subject: Reference
    object: Reference
    written: Mapping[str, Any]
    entry: Entry
    location: Location
    sides: frozenset[str]
    reporters: tuple[str, ...]
    sources: tuple[SourceRef, ...]
    as_of: PartialDate | None


def link_relations(linking: Linking) -> tuple[Relation, ...]:
    """All relations, sorted by type and ends."""
    together: dict[tuple[str, str, str, str], list[_Statement]] = defaultdict(list)
    for statement in _statements(linking):
        what = choose(statement.written.get("what", {}), "en")[0] if statement.type.symmetric else ""
        together[(statement.type.id, _end(statement.subject), _end(statement.object), what)].append(statement)
    relations = [_merged(linking, statements) for statements in together.values()]
    relations += _derived(linking)
    return tuple(sorted(relations, key=relation_order))


def relation_order(relation: Relation) -> tuple[str, str, str, str]:
    """By what relations are sorted: type, ends, and what is shared."""
    return relation.type, _end(relation.subject), _end(relation.object), choose(relation.what, "en")[0]


def _end(reference: Reference) -> str:
    return reference.entry or "~" + choose(reference.name, "en")[0]


def _statements(linking: Linking) -> Iterator[_Statement]:
    declarations = linking.catalog.declarations
    for entry in linking.catalog.entries.values():
        values = linking.values[entry.id]
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
            yield _statement(linking, type_, subject, object_, written, entry, place(entry.path, nodes[index]))


def _statement(
    linking: Linking, type_: RelationType, subject: Reference, object_: Reference, written: Mapping[str, Any],
    entry: Entry, location: Location,
) -> _Statement:  # fmt: skip
    record = linking.values[entry.id].get("record", {})
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
    return _Statement(type_, subject, object_, written, entry, location, frozenset(sides), tuple(reporters),
                      tuple(SourceRef(entry.id, key) for key in keys), as_of)  # fmt: skip


def _merged(linking: Linking, statements: list[_Statement]) -> Relation:
    first = statements[0]
    sides = sorted({side for one in statements for side in one.sides})
    until = next((one.written["until"] for one in statements if one.written.get("until")), None)
    ages = [one.as_of for one in statements if one.as_of]
    return Relation(
        type=first.type.id,
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


def _state(statements: list[_Statement], sides: int) -> State:
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


def _texts(statements: list[_Statement], name: str) -> Texts:
    texts: dict[str, str] = {}
    for one in statements:
        for language, text in one.written.get(name, {}).items():
            texts.setdefault(language, text)
    return texts


def _decisions(statements: list[_Statement]) -> Iterator[Decision]:
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
                            SourceRef(one.entry.id, source) if source else None)  # fmt: skip
            decisions.append((last, len(decisions), made))
    yield from (made for *_, made in sorted(decisions, key=lambda item: item[:2]))


def _derived(linking: Linking) -> Iterator[Relation]:
    """Relations that follow from a field: an entry is under every listed licence that its expression names."""
    declarations = linking.catalog.declarations
    for type_ in declarations.relation_types.values():
        if not type_.derived_from:
            continue
        for entry in linking.catalog.entries.values():
            kind = declarations.kinds[entry.kind]
            if not kind.is_a(type_.subjects):
                continue
            named: dict[str, None] = {}
            for field, value, _, top in value_leaves(kind.fields, linking.values[entry.id]):
                if field.type == type_.derived_from and top is field:
                    named.update(dict.fromkeys(expression_ids(value)))
            for id_ in named:
                for object_kind in type_.objects:
                    target = linking.resolve(f"{object_kind}/{license_slug(id_.removeprefix('LicenseRef-'))}")
                    if target is not None and target not in linking.withdrawn:
                        yield Relation(type_.id, Reference(entry.id), Reference(target), "derived",
                                       as_of=linking.values[entry.id].get("record", {}).get("as_of"))  # fmt: skip


def expression_ids(expression: str) -> tuple[str, ...]:
    """The licence ids in an SPDX expression, in order; `GPL-2.0+` under the name that SPDX gives it now."""
    tokens = expression.replace("(", " ").replace(")", " ").split()
    return tuple(
        expression_id(token) for before, token in zip(["", *tokens], tokens, strict=False)
        if token not in _EXPRESSION_WORDS and before != "WITH"
    )  # fmt: skip


def expression_id(token: str) -> str:
    """A licence id as SPDX writes it now."""
    return re.sub(r"\+\Z", "-or-later", token)
