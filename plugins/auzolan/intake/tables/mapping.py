"""A mapping file comes in, with the header of a table and the declarations; how a row becomes an entry goes out, and findings.

| in the file | what it is |
|---|---|
| `kind` | the kind of entry |
| `from` | the name of the register or data set: with `id`, who a row is, in this run and in all later ones |
| `id`, `slug` | texts with columns in braces: `"{id}"`; the slug is made of the `name` where left out |
| `retrieved` | the day the table was taken |
| `source` | the source that every entry names |
| `skip` | conditions under which a row is passed over |
| `fields` | what an entry says, laid out as in an entry |

A value is a text with columns in braces, which is left out where one of them is empty, or a mapping: `column` (or `text`),
`split` (a sign between several values), `join` (what stands between them where they become one text), `words` (what is written → what an entry says; `""` leaves out), `otherwise: leave`
(what `words` does not name is left out), `cut` (signs taken off at the end), `when` (a condition), `first` (the first of
several that gives something).
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from auzolan.check.near import nearest
from auzolan.intake.tables.plans import Condition, Plan, TableMapping, Value
from auzolan.load.decoding import decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Declarations, Field, Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, Sequence, each, place
from auzolan.model.rules import finding

KEYS = ("kind", "from", "id", "slug", "retrieved", "source", "skip", "fields")
SOURCE = "table"
"""What the source that every entry names is called there."""
_VALUE = ("column", "text", "first", "split", "join", "words", "otherwise", "cut", "when")
_CONDITION = ("column", "is", "is_not", "empty", "why")
_COLUMN = re.compile(r"\{([^{}]*)\}")
MAX_BYTES = 400_000
MAX_PARTS = 40
"""Texts and columns that one value is put together from: a cell may be long, and a row should not take a second."""


def read_mapping(
    data: bytes, path: str, header: tuple[str, ...], declarations: Declarations
) -> tuple[TableMapping | None, list[Diagnostic]]:
    """The mapping that a file writes for a table with this header; None with findings where it cannot be used."""
    text, findings = decode(data, path, MAX_BYTES)
    tree, told = read_yaml(text, path) if not findings else (None, [])
    if tree is None:
        return None, [*findings, *told]
    reader = _Reader(path, header, declarations)
    made = reader.mapping(tree)
    findings = [*told, *reader.findings]
    return (None if findings else made), findings


class _Reader:
    def __init__(self, path: str, header: tuple[str, ...], declarations: Declarations) -> None:
        self.path, self.header, self.declarations = path, header, declarations
        self.findings: list[Diagnostic] = []

    def tell(self, message: str, node: Node | None, hint: str = "") -> None:
        where = place(self.path, node) if node is not None else Location(self.path, 1, 1)
        self.findings.append(finding("B005", message, where, hint))

    def only(self, node: Tree, keys: tuple[str, ...] | Mapping[str, object], what: str) -> None:
        for name, key in node.keys.items():
            if name not in keys:
                self.tell(f"`{name}` means nothing in {what}", key, nearest(name, keys) or "known: " + " ".join(keys))

    def mapping(self, tree: Tree) -> TableMapping | None:
        self.only(tree, KEYS, "a mapping")
        kind = self.declarations.kinds.get(tree.text("kind"))
        if kind is None:
            self.tell(f"there is no kind `{tree.text('kind')}`", tree.get("kind") or tree,
                      "kind: " + " | ".join(self.declarations.kinds))  # fmt: skip
            return None
        for name in ("from", "id", "fields"):
            if not tree.get(name):
                self.tell(f"`{name}` is missing", tree, {"id": 'id: "{column}", of what is never given to another row',
                          "from": "from: the name of the register or data set"}.get(name, "fields: {name: …}"))  # fmt: skip
        if self.findings:
            return None
        id_ = self.value(tree.get("id"))
        written = tree.get("fields")
        fields: dict[str, Plan] = {}
        if isinstance(written, Tree):
            fields = self.group(written, kind.fields, f"an entry of {kind.name}")
        else:
            self.tell("`fields` is laid out as an entry is", written, "fields:\n  name: …")
        for name, field in kind.fields.items():
            if field.required and name not in fields:
                self.tell(f"every {kind.name} needs `{name}`", written, f"write `{name}:` under `fields`")
        if "record" in kind.fields:
            fields["record"] = self.record(tree, fields.get("record"), kind, id_)
        slug = tree.get("slug")
        name_plan = fields.get("name")
        named = self.value(slug) if slug is not None else name_plan if isinstance(name_plan, Value) else id_
        skip = tuple(self.condition(node) for node in each(tree.get("skip")))
        return TableMapping(self.path, kind, tree.text("from"), id_, named, skip, fields)

    def record(self, tree: Tree, given: Plan | None, kind: Kind, id_: Value) -> Plan:
        """The record that every entry of the table has: where it comes from, and on what it rests."""
        inner = kind.fields["record"].fields
        record: dict[str, Plan] = dict(given) if isinstance(given, dict) else {}
        if "submitted_by" in inner:
            record.setdefault("submitted_by", Value(("import",)))
        sources = record.get("sources")
        source = tree.get("source")
        if isinstance(source, Tree) and "sources" in inner:
            made = self.group(source, inner["sources"].fields, "a source")
            record["sources"] = {**(sources if isinstance(sources, dict) else {}), SOURCE: made}
        elif "sources" in inner and not sources:
            self.tell("every entry names its source", tree, "source: {title: …, url: …, dataset: …}")
        if "origin" in inner:
            origin: dict[str, Plan] = {"from": Value((tree.text("from"),)), "id": id_}
            if tree.get("retrieved") is not None:
                origin["retrieved"] = self.value(tree.get("retrieved"))
            record["origin"] = origin
        return record

    def group(self, node: Tree, fields: Mapping[str, Field], what: str) -> dict[str, Plan]:
        self.only(node, fields, what)
        return {name: self.field(fields[name], item) for name, item in node.items.items() if name in fields}

    def field(self, field: Field, node: Node) -> Plan:
        if field.many == "keyed":
            if isinstance(node, Tree):
                return {key: self.item(field, item) for key, item in node.items.items()}
            self.tell(f"`{field.name}` takes named items", node, f"{field.name}: {{a-name: {{…}}}}")
            return {}
        if field.many == "list" and (field.fields or isinstance(node, Sequence)):
            return [self.item(field, item) for item in each(node)]
        return self.item(field, node)

    def item(self, field: Field, node: Node) -> Plan:
        if field.fields:
            if isinstance(node, Tree):
                return self.group(node, field.fields, f"`{field.name}`")
            self.tell(f"`{field.name}` has parts of its own", node, "one of: " + " ".join(field.fields))
            return {}
        is_value = isinstance(node, Tree) and any(name in node.items for name in _VALUE)
        if isinstance(node, Tree) and not is_value and field.type in ("identifier", "text", "prose", "reference"):
            # Registers, or languages, by name.
            return {name: self.value(item, field) for name, item in node.items.items()}
        return self.value(node, field)

    def value(self, node: Node | None, field: Field | None = None) -> Value:
        """A leaf of the mapping, whether a text or a mapping with `column`, `words` and the like."""
        if isinstance(node, Scalar):
            return Value(self.parts(node))
        if not isinstance(node, Tree):
            self.tell("a value is a text, or says its `column`", node, '"{column}", or {column: …, words: {…}}')
            return Value()
        self.only(node, _VALUE, "a value")
        words = node.get("words")
        if words is not None and not isinstance(words, Tree):
            self.tell("`words` says what each written word means", words, "words: {written: meant}")
        if node.get("otherwise") is not None and node.text("otherwise") not in ("leave", "keep"):
            self.tell("`otherwise` is `leave` or `keep`", node.get("otherwise"))
        given = [name for name in ("column", "text", "first") if name in node.items]
        if len(given) != 1:
            self.tell("a value has one of `column`, `text` and `first`", node)
            return Value()
        parts: tuple[str | int, ...] = ()
        if given[0] == "column":
            parts = (self.column(node.items["column"]),)
        elif isinstance(text := node.items["text"] if given[0] == "text" else None, Scalar):
            parts = self.parts(text)
        return Value(
            parts,
            tuple(self.value(item, field) for item in each(node.get("first"))),
            node.text("split"),
            node.text("join"),
            self.words(words, field) if isinstance(words, Tree) else None,
            node.text("otherwise") == "leave",
            node.text("cut"),
            tuple(self.condition(item) for item in each(node.get("when"))),
        )

    def words(self, tree: Tree, field: Field | None) -> dict[str, tuple[str, ...]]:
        known = self.declarations.vocabularies.get(field.vocabulary) if field and field.type == "word" else None
        made: dict[str, tuple[str, ...]] = {}
        for written, node in tree.items.items():
            meant = [item for item in each(node) if isinstance(item, Scalar)]
            for item in meant:
                if known is not None and item.text and item.text not in known.words:
                    self.tell(f"`{item.text}` is not a word of `{known.name}`", item, nearest(item.text, known.words))
            made[written.lower()] = tuple(item.text for item in meant if item.text)
        return made

    def parts(self, node: Scalar) -> tuple[str | int, ...]:
        """`{name}, in {city}` → its texts and columns."""
        parts: list[str | int] = []
        for number, piece in enumerate(_COLUMN.split(node.text)):
            if number % 2:
                parts.append(self.column(Scalar(piece, node.line, node.column, node.width)))
            elif piece:
                parts.append(piece)
        if len(parts) > MAX_PARTS:
            self.tell(f"the text has {len(parts)} parts; at most {MAX_PARTS}", node)
        return tuple(parts)

    def column(self, node: Node) -> int:
        name = " ".join(node.text.split()) if isinstance(node, Scalar) else ""
        if name in self.header:
            return self.header.index(name)
        self.tell(f"the table has no column `{name}`", node,
                  nearest(name, self.header) or "it has: " + ", ".join(self.header))  # fmt: skip
        return 0

    def condition(self, node: Node) -> Condition:
        if not isinstance(node, Tree):
            self.tell("a condition says a column and what it is", node, "{column: status, is: [closed]}")
            return Condition(0, frozenset(), False)
        self.only(node, _CONDITION, "a condition")
        told = [name for name in ("is", "is_not", "empty") if name in node.items]
        if "column" not in node.items or len(told) != 1:
            self.tell("a condition has a `column`, and one of `is`, `is_not` and `empty`", node)
            return Condition(0, frozenset(), False)
        column = self.column(node.items["column"])
        if told[0] == "empty":
            return Condition(column, frozenset({""}), node.text("empty") in ("false", "no"), node.text("why"))
        these = frozenset(item.text for item in each(node.get(told[0])) if isinstance(item, Scalar))
        return Condition(column, these, told[0] == "is_not", node.text("why"))
