"""Two sides come in; the entries and articles that came, changed, moved or went go out, field by field."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.entries import Article, Entry
from auzolan.model.kinds import Field, Texts
from auzolan.model.leaves import order_in
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import plain
from auzolan.model.values import former_ids_of, texts_of, values_of
from auzolan.report.changes.difference import EntryChange, Side
from auzolan.report.changes.fields import changed_fields

_SHOWN_OF_HIDDEN = frozenset({"country", "region", "precision", "role"})


def entry_changes(old: Side, new: Side) -> Iterator[EntryChange]:
    """What became of entries."""
    was, now = old.catalog.entries, new.catalog.entries
    moved = {former: id_ for id_ in now if id_ not in was for former in former_ids_of(now[id_]) if former in was}
    moved = {former: id_ for former, id_ in moved.items() if former not in now}
    origin = {id_: former for former, id_ in moved.items()}
    for id_, entry in now.items():
        before = was.get(origin.get(id_, id_))
        if before is not None and before.digest == entry.digest and id_ not in origin:
            continue
        if new.briefs[id_].withdrawn:
            # It asked to be forgotten: what it said is not said once more here.
            if before is None or not old.briefs[before.id].withdrawn:
                yield EntryChange(id_, "withdrawn", entry.kind, entry.path, {})
            continue
        kind = new.catalog.declarations.kinds[entry.kind]
        if before is not None and id_ not in origin and _same(kind.fields, before.fields, entry.fields):
            yield EntryChange(id_, "rewritten", entry.kind, entry.path, name_of(new, entry))
            continue
        values = values_in(new, entry, kind.fields)
        earlier = values_in(old, before, kind.fields) if before is not None and before.kind == entry.kind else {}
        earlier, values = _without_hidden(kind.fields, earlier, values)
        changed = changed_fields(kind.fields, earlier, values)
        there = before is not None or id_ in old.files
        what = "moved" if id_ in origin else "changed" if there else "added"
        yield EntryChange(id_, what, entry.kind, entry.path, name_of(new, entry), changed, origin.get(id_, ""))
    for id_, entry in was.items():
        if id_ in now or id_ in moved:
            continue
        names = {} if old.briefs[id_].withdrawn else name_of(old, entry)
        if id_ in new.files:
            yield EntryChange(id_, "unreadable", entry.kind, new.files[id_], names)
        else:
            yield EntryChange(id_, "removed", entry.kind, entry.path, names)
    for id_, path in new.files.items():
        if id_ not in now and id_ not in was and id_ not in old.files:
            yield EntryChange(id_, "unreadable", id_.partition("/")[0], path, {})


def values_in(side: Side, entry: Entry, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The values of an entry of a side."""
    return values_of(fields, entry.fields, side.briefs[entry.id].language, side.catalog.declarations.vocabularies)


def _without_hidden(
    fields: Mapping[str, Field], old: dict[str, Any], new: dict[str, Any]
) -> tuple[dict[str, Any], dict[str, Any]]:
    """Both, with nothing exact of places where either side hides one: what is taken back must not be said in a report."""
    old, new = dict(old), dict(new)
    for name, field in fields.items():
        if field.type != "place":
            continue
        both = [*_items(old.get(name)), *_items(new.get(name))]
        if any(one.get("precision") == "hidden" for one in both):
            for values in (old, new):
                if name in values:
                    kept = tuple({key: one[key] for key in one if key in _SHOWN_OF_HIDDEN} for one in _items(values[name]))  # fmt: skip
                    values[name] = kept if field.many else kept[0]
    return old, new


def _items(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else () if value is None else (value,)


def article_changes(old: Side, new: Side) -> Iterator[EntryChange]:
    """What became of articles and pages, language by language."""
    kind = new.catalog.declarations.article
    fields = kind.fields if kind else {}
    was, now = _texts_in(old), _texts_in(new)
    for key in dict.fromkeys((*was, *now)):
        before, article = was.get(key), now.get(key)
        told = article or before
        assert told is not None
        if before is not None and article is not None and before.digest == article.digest:
            continue
        earlier, values = _front(old, before, fields), _front(new, article, fields)
        what = "added" if before is None else "removed" if article is None else "changed"
        if before is not None and article is not None and before.body == article.body:
            what = "rewritten" if _same(fields, before.fields, article.fields) else what
        yield EntryChange(
            f"{told.area.removesuffix('s')}/{told.slug}",
            what,
            told.area.removesuffix("s"),
            told.path,
            (values or earlier).get("title", {}),
            changed_fields(fields, earlier, values) if article is not None else (),
            language=told.language,
            lines=_lines(before.body if before else "", article.body if article else ""),
        )


def _same(fields: Mapping[str, Field], old: Tree, new: Tree) -> bool:
    """Whether both say the same, in an order that shows the same."""
    both = [(field, old.get(name), new.get(name)) for name, field in fields.items()]
    return plain(old) == plain(new) and all(
        order_in(field, was) == order_in(field, now) for field, was, now in both if was is not None and now is not None
    )


def _texts_in(side: Side) -> dict[tuple[str, str, str], Article]:
    return {(one.area, one.slug, one.language): one for one in (*side.catalog.articles, *side.catalog.pages)}


def _front(side: Side, article: Article | None, fields: Mapping[str, Field]) -> dict[str, Any]:
    if article is None:
        return {}
    return values_of(fields, article.fields, article.language, side.catalog.declarations.vocabularies)


def _lines(old: str, new: str) -> tuple[int, int]:
    """How many lines came, and how many went; where lines only changed their places, how many stand elsewhere."""
    was, now = old.splitlines(), new.splitlines()
    came, went = (Counter(now) - Counter(was)).total(), (Counter(was) - Counter(now)).total()
    if came or went:
        return came, went
    moved = sum(one != other for one, other in zip(was, now, strict=True))
    return moved, moved


def name_of(side: Side, entry: Entry) -> Texts:
    """The name of an entry of a side, by language."""
    return texts_of(entry.fields.get("name"), side.briefs[entry.id].language)
