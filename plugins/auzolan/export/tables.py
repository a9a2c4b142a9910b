"""A Commons comes in; one CSV table per kind of entry and one of relations go out."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.export import plain as p
from auzolan.export.cells import Cell, Column, cells, column_name, columns, joined, scalar, table
from auzolan.model.commons import Commons, Profile, Reference, Relation
from auzolan.model.kinds import Field, Kind, Texts
from auzolan.model.pages import File
from auzolan.model.text import choose

RELATIONS = "data/relations.csv"
_COMPUTED = ("id", "entry.page", "entry.language", "entry.license", "entry.created", "entry.changed", "entry.trust")
_TEXT, _PLAIN = Field("", "text"), Field("", "word")
_RELATION_FIELDS: Mapping[str, Field] = {
    "what": _TEXT, "changed": _TEXT, "note": _TEXT,
    "decisions": Field("", "group", many="list", fields={
        "body": _TEXT, "act": _PLAIN, "on": _PLAIN, "note": _TEXT, "source": _PLAIN,
    }),
}  # fmt: skip
_RELATION_COMPUTED = (
    "type", "subject", "subject.name", "subject.url", "object", "object.name", "object.url", "state", "ended", "since",
    "until", "as_of", "stated_by", "reported_by", "sources", "license",
)  # fmt: skip


def table_path(kind: Kind) -> str:
    """The table of a kind; a kind may live in a folder called `relations` without taking that table's place."""
    path = f"data/{kind.folder}.csv"
    return path if path != RELATIONS else "data/relations-entries.csv"


def tables(commons: Commons) -> Iterator[File]:
    """`data/<folder>.csv` for each kind, also one without entries, so that the address can be relied on."""
    said = commons.catalog.declarations
    entries: dict[str, list[Profile]] = {name: [] for name in said.kinds}
    for profile in p.public(commons):
        entries[profile.kind].append(profile)
    for name in sorted(said.kinds):
        yield _of_kind(said.kinds[name], entries[name], commons)


def _of_kind(kind: Kind, profiles: list[Profile], commons: Commons) -> File:
    rows = [cells(profile.values, kind.fields) for profile in profiles]
    used = columns(kind.fields, {column for row in rows for column in row})
    header = [*_COMPUTED, *map(column_name, used)]
    computed = (
        (
            profile.id,
            p.page_of(profile, kind),
            profile.language,
            p.license_of(profile, commons),
            scalar(profile.created),
            scalar(profile.changed),
            joined([one.word for one in profile.trust]),
        )
        for profile in profiles
    )
    lines = ([*told, *_picked(row, used)] for told, row in zip(computed, rows, strict=True))
    return File(table_path(kind), table(header, lines))


def _picked(row: dict[Column, Cell], used: list[Column]) -> list[str]:
    return [joined(row.get(column, "")) for column in used]


def relations_table(commons: Commons) -> Iterator[File]:
    """`data/relations.csv`: a row a relation, under its forward type."""
    language = commons.catalog.settings.default_language
    relations, files = p.public_relations(commons), p.by_path(commons)
    rows = [cells(_split_by_language(relation), _RELATION_FIELDS) for relation in relations]
    used = columns(_RELATION_FIELDS, {column for row in rows for column in row})
    licenses = (joined([*p.relation_licenses(relation, commons, files)]) for relation in relations)
    lines = [
        [*_computed(relation, commons, language), license_, *_picked(row, used)]
        for relation, license_, row in zip(relations, licenses, rows, strict=True)
    ]
    yield File(RELATIONS, table([*_RELATION_COMPUTED, *map(column_name, used)], lines))


def _computed(relation: Relation, commons: Commons, language: str) -> list[str]:
    dates = [scalar(date) for date in (relation.since, relation.until, relation.as_of)]
    return [
        relation.type,
        *_end(relation.subject, commons, language),
        *_end(relation.object, commons, language),
        relation.state,
        scalar(relation.ended),
        *dates,
        joined([*sorted(relation.stated_by)]),
        joined([*sorted(relation.reported_by)]),
        joined([scalar(source) for source in relation.sources]),
    ]


def _end(end: Reference, commons: Commons, language: str) -> tuple[str, str, str]:
    if end.entry is None:
        return "", choose(end.name, language)[0], end.url
    profile = commons.profiles[end.entry]
    return end.entry, choose(profile.names, language, profile.language)[0], ""


def _split_by_language(relation: Relation) -> dict[str, Texts | list[dict[str, object]]]:
    return {
        "what": relation.what,
        "changed": relation.changed,
        "note": relation.note,
        "decisions": [
            {"body": one.body, "act": one.act, "on": one.on, "note": one.note, "source": one.source}
            for one in relation.decisions
        ],
    }
