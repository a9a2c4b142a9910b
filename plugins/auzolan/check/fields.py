"""Shapes: what an entry says is known for its kind, is there where it must be, and has the shape that is declared."""

from __future__ import annotations

from collections.abc import Iterable

from auzolan.check.context import Context, Layout, at
from auzolan.check.document import Document
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Field, Texts
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, Sequence
from auzolan.model.text import choose

_MAY_BE_MAPPINGS = frozenset({"text", "prose", "reference", "identifier"})


def check_fields(context: Context, document: Document) -> Iterable[Diagnostic]:
    """D001, D002, D003, D005, D006, D010."""
    layout, entry, article = document.layout, document.entry, document.article
    if layout is None:
        return ()
    required = layout.required
    if entry is not None and context.briefs[entry.id].withdrawn:
        required = ()
    elif article is not None and article.area != "articles":
        required = tuple(field for field in required if field.name == "title")
    shapes = _Shapes(document)
    shapes.mapping(layout, document.tree, required)
    return shapes.found


class _Shapes:
    """One walk over all that a file says, known or not."""

    def __init__(self, document: Document) -> None:
        self.path = document.path
        self.hints = document.hints
        self.found: list[Diagnostic] = []

    def tell(self, code: str, message: str, node: Node, hint: str = "") -> None:
        self.found.append(at(code, message, self.path, node, hint))

    def mapping(self, layout: Layout, tree: Tree, required: tuple[Field, ...]) -> None:
        fields, keys = layout.fields, tree.keys
        for name, node in tree.items.items():
            field = fields.get(name)
            if field is None:
                hint = self.hints.nearest(name, fields) or "known: " + " ".join(fields)
                self.tell("D001", f"`{name}` is not a field here", keys[name], hint)
            elif isinstance(node, Scalar) and not node.text:
                self.tell("D006", f"`{name}` is empty", keys[name], "write something, or delete the line")
            elif field.many:
                self.many(field, layout, node, keys[name])
            elif field.fields or not isinstance(node, Scalar):
                self.one(field, layout, node)
        for field in required:
            if field.name not in tree.items:
                self.tell(
                    "D002",
                    f"`{field.name}` is missing: {_help(field.help) or _help(field.label)}",
                    tree,
                    f"write a line `{field.name}: {_example(field)}`",
                )

    def many(self, field: Field, layout: Layout, node: Node, key: Scalar) -> None:
        items: Iterable[Node]
        if field.many == "list":
            if not isinstance(node, Sequence):
                hint = (
                    f"write `{field.name}: [{node.text}]`" if isinstance(node, Scalar) else "begin the item with `- `"
                )
                self.tell("D003", f"`{field.name}` takes a list", node, hint)
                return
            items = node.items
            self.repeated(field, node)
        else:
            if not isinstance(node, Tree):
                self.tell(
                    "D003",
                    f"`{field.name}` takes named items",
                    node,
                    "write a name of your own, a colon, and its fields",
                )
                return
            items = node.items.values()
        if len(node.items) > field.max_items:
            self.tell("D005", f"`{field.name}` has {len(node.items)} items; at most {field.max_items}", key)
        for item in items:
            self.one(field, layout, item)

    def repeated(self, field: Field, node: Sequence) -> None:
        seen: set[str] = set()
        for item in node.items:
            if isinstance(item, Scalar):
                if not item.text:
                    self.tell("D006", f"an item of `{field.name}` is empty", item, "delete it")
                elif item.text in seen:
                    self.tell("D010", f"`{item.text}` stands twice in `{field.name}`", item, "keep one")
                seen.add(item.text)

    def one(self, field: Field, layout: Layout, node: Node) -> None:
        if isinstance(node, Sequence):
            self.tell("D003", f"`{field.name}` takes one value, not a list", node, "keep one of them")
        elif field.fields:
            if isinstance(node, Tree):
                inner = layout.inner[field.name]
                self.mapping(inner, node, inner.required)
            else:
                hint = "known: " + " ".join(field.fields)
                self.tell("D003", f"`{field.name}` takes fields of its own", node, hint)
        elif isinstance(node, Tree):
            if field.type not in _MAY_BE_MAPPINGS or field.to == ("source",):
                self.tell("D003", f"`{field.name}` takes one value", node, f"write `{field.name}: {_example(field)}`")
                return
            if not node.items:
                self.tell("D006", f"`{field.name}` is empty", node, "write something, or delete the line")
            for name, item in node.items.items():
                if not isinstance(item, Scalar):
                    if field.type != "reference":
                        self.tell("D003", f"`{name}` takes one text", item)
                elif not item.text:
                    self.tell("D006", f"`{name}` is empty", node.keys[name], "write something, or delete the line")


def _help(texts: Texts) -> str:
    return choose(texts, "en")[0].rstrip(".")


def _example(field: Field) -> str:
    example = field.example
    if isinstance(example, str):
        return example
    return "…"
