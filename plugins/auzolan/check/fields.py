"""Shapes: what an entry says is known for its kind, is there where it must be, and has the shape that is declared."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.check.context import Context, at, nearest
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Field, Texts
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, Sequence, place
from auzolan.model.rules import finding
from auzolan.model.text import choose

_MAY_BE_MAPPINGS = frozenset({"text", "prose", "reference", "identifier"})


def check_fields(context: Context) -> Iterator[Diagnostic]:
    """D001, D002, D003, D005, D006, D010 for every entry and article."""
    for entry in context.catalog.entries.values():
        fields = context.fields_of(entry)
        if entry.id in context.withdrawn:
            yield from _shape(fields, entry.fields, entry.path, entry.fields, required=False)
        else:
            yield from _shape(fields, entry.fields, entry.path, entry.fields)
    article = context.declarations.article
    if article is not None:
        for one in (*context.catalog.articles, *context.catalog.pages):
            required = one.area == "articles"
            yield from _shape(article.fields, one.fields, one.path, one.fields, required=required, also=("title",))


def _shape(
    fields: Mapping[str, Field], tree: Tree, path: str, where: Node, required: bool = True, also: tuple[str, ...] = ()
) -> Iterator[Diagnostic]:
    for name, key in tree.keys.items():
        if name not in fields:
            near = nearest(name, list(fields))
            yield at("D001", f"`{name}` is not a field here", path, key, near or "known: " + " ".join(fields))
    for name, field in fields.items():
        node = tree.items.get(name)
        if node is None:
            if field.required and (required or name in also):
                yield finding(
                    "D002",
                    f"`{name}` is missing: {_help(field.help) or _help(field.label)}",
                    place(path, where),
                    f"write a line `{name}: {_example(field)}`",
                )
        elif isinstance(node, Scalar) and not node.text:
            yield at("D006", f"`{name}` is empty", path, tree.keys[name], "write something, or delete the line")
        else:
            yield from _many(field, node, path, tree.keys[name])


def _many(field: Field, node: Node, path: str, key: Scalar) -> Iterator[Diagnostic]:
    if field.many == "list":
        if not isinstance(node, Sequence):
            yield at(
                "D003",
                f"`{field.name}` takes a list",
                path,
                node,
                f"write `{field.name}: [{node.text}]`" if isinstance(node, Scalar) else "begin the item with `- `",
            )
            return
        if len(node.items) > field.max_items:
            yield at("D005", f"`{field.name}` has {len(node.items)} items; at most {field.max_items}", path, key)
        seen: set[str] = set()
        for item in node.items:
            if isinstance(item, Scalar):
                if not item.text:
                    yield at("D006", f"an item of `{field.name}` is empty", path, item, "delete it")
                elif item.text in seen:
                    yield at("D010", f"`{item.text}` stands twice in `{field.name}`", path, item, "keep one")
                seen.add(item.text)
            yield from _one(field, item, path)
    elif field.many == "keyed":
        if not isinstance(node, Tree):
            yield at(
                "D003",
                f"`{field.name}` takes named items",
                path,
                node,
                "write a name of your own, a colon, and its fields",
            )
            return
        if len(node.items) > field.max_items:
            yield at("D005", f"`{field.name}` has {len(node.items)} items; at most {field.max_items}", path, key)
        for item in node.items.values():
            yield from _one(field, item, path)
    else:
        yield from _one(field, node, path)


def _one(field: Field, node: Node, path: str) -> Iterator[Diagnostic]:
    if isinstance(node, Sequence):
        yield at("D003", f"`{field.name}` takes one value, not a list", path, node, "keep one of them")
    elif field.fields:
        if not isinstance(node, Tree):
            yield at("D003", f"`{field.name}` takes fields of its own", path, node, "known: " + " ".join(field.fields))
        else:
            yield from _shape(field.fields, node, path, node)
    elif isinstance(node, Tree):
        if field.type not in _MAY_BE_MAPPINGS or field.to == ("source",):
            yield at("D003", f"`{field.name}` takes one value", path, node, f"write `{field.name}: {_example(field)}`")
            return
        if not node.items:
            yield at("D006", f"`{field.name}` is empty", path, node, "write something, or delete the line")
        for name, item in node.items.items():
            if not isinstance(item, Scalar):
                if field.type != "reference":
                    yield at("D003", f"`{name}` takes one text", path, item)
            elif not item.text:
                yield at("D006", f"`{name}` is empty", path, node.keys[name], "write something, or delete the line")


def _help(texts: Texts) -> str:
    return choose(texts, "en")[0].rstrip(".")


def _example(field: Field) -> str:
    example = field.example
    if isinstance(example, str):
        return example
    return "…"
