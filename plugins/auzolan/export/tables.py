"""A Commons comes in; one CSV table per kind of entry and one of relations go out.

A row has the columns of its table, so the hash of the header stands in the key of every row: a new column makes all rows anew.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import Any

from auzolan.export import plain as p
from auzolan.export.cells import Cell, Column, column_name, header, layout, row, scalar, splits
from auzolan.export.public import Public, Told
from auzolan.export.texts import short_hash
from auzolan.model.commons import Reference, Relation
from auzolan.model.kinds import Field, Kind
from auzolan.model.pages import Assembly, Each, Joined, Part
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


def tables(public: Public) -> Iterator[Assembly]:
    """`data/<folder>.csv` for each kind, also one without entries, so that the address can be relied on."""
    kinds = public.commons.catalog.declarations.kinds
    entries: dict[str, list[str]] = {name: [] for name in kinds}
    for id_ in public.ids:
        entries[id_.split("/", 1)[0]].append(id_)
    for name in sorted(kinds):
        kind, ids = kinds[name], entries[name]
        used = public.commons.derived(f"export.columns.{name}", partial(_used, public, kind))
        columns, cells = layout(kind.fields, _split(used))
        line = partial(_entry, public, kind, cells)
        yield _table(table_path(kind), (*_COMPUTED, *map(column_name, columns)), line, [(id_, id_) for id_ in ids])


def _used(public: Public, kind: Kind) -> tuple[Column, ...]:
    """The columns of fields split by language or scheme that any entry of a kind needs, sorted."""
    ids = (id_ for id_ in public.commons.listed if id_.startswith(f"{kind.name}/"))
    return tuple(sorted({column for needed in {needed(public, kind, id_) for id_ in ids} for column in needed}))


def needed(public: Public, kind: Kind, id_: str) -> tuple[Column, ...]:
    """The columns of fields split by language or scheme that an entry needs."""
    return public.commons.fact("export.columns", id_, lambda: tuple(
        dict.fromkeys(splits(public.values(public.commons.profiles[id_]), kind.fields))
    ))  # fmt: skip


def _split(used: Iterable[Column]) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for path, suffix in sorted(used):
        found.setdefault(path, []).append(suffix)
    return found


def _table(
    path: str, columns: tuple[str, ...], line: Callable[[Any], bytes], items: Sequence[tuple[str, Any]]
) -> Assembly:
    shape = short_hash("\n".join(columns).encode())[:8]
    first = Part(shape, partial(header, columns))
    lines = Each(lambda one: f"{shape} {one[0]}", lambda one: line(one[1]), items)
    return Assembly(path, Joined([[first], lines]))


def _entry(public: Public, kind: Kind, cells: Callable[[Any], list[Cell]], id_: str) -> bytes:
    profile = public.commons.profiles[id_]
    computed = (
        profile.id,
        p.page_of(profile, kind),
        profile.language,
        p.license_of(profile, public.commons),
        scalar(profile.created),
        scalar(profile.changed),
        [one.word for one in profile.trust],
    )
    return row([*computed, *cells(public.values(profile))])


def relations_table(public: Public) -> Iterator[Assembly]:
    """`data/relations.csv`: a row a relation, under its forward type."""
    used = public.commons.derived("export.relations.columns", lambda: _used_by_relations(public))
    columns, cells = layout(_RELATION_FIELDS, _split(used))
    names = (*_RELATION_COMPUTED, *map(column_name, columns))
    yield _table(RELATIONS, names, partial(_relation, public, cells), public.relations)


def _used_by_relations(public: Public) -> tuple[Column, ...]:
    """The columns of fields split by language that any relation needs, sorted."""
    spoken = (one for _, at in public.relations if _speaks(one := public.commons.relation(at)))
    return tuple(sorted({column for one in spoken for column in splits(_texts(one), _RELATION_FIELDS)}))


def _relation(public: Public, cells: Callable[[Any], list[Cell]], at: int) -> bytes:
    relation = public.commons.relation(at)
    ends = public.ends(relation)
    computed = (
        relation.type,
        *_end(relation.subject, ends[0], public),
        *_end(relation.object, ends[1], public),
        relation.state,
        scalar(relation.ended),
        *(scalar(date) for date in (relation.since, relation.until, relation.as_of)),
        sorted(relation.stated_by),
        sorted(relation.reported_by),
        [scalar(source) for source in relation.sources],
        public.licenses(relation, ends),
    )
    return row([*computed, *cells(_texts(relation))])


def _end(end: Reference, told: Told | None, public: Public) -> tuple[str, str, str]:
    if told is None:
        return "", choose(end.name, public.commons.catalog.settings.default_language)[0], end.url
    return end.entry or "", told.name, ""


def _speaks(relation: Relation) -> bool:
    return bool(relation.what or relation.changed or relation.note or relation.decisions)


def _texts(relation: Relation) -> Mapping[str, Any]:
    return {
        "what": relation.what,
        "changed": relation.changed,
        "note": relation.note,
        "decisions": [
            {"body": one.body, "act": one.act, "on": one.on, "note": one.note, "source": one.source}
            for one in relation.decisions
        ]
        or None,
    }
