"""The files of one kind come in; a `Kind` goes out, or nothing where it cannot be used."""

from __future__ import annotations

from dataclasses import replace

from auzolan.load.declaration_files import Groups
from auzolan.load.declared import Declared, at_most
from auzolan.load.field_count import MAX_FIELDS, FieldCount
from auzolan.load.kind_fields import NESTING, fields_of
from auzolan.model.kinds import Field, Kind
from auzolan.model.nodes import Mapping, Scalar, each
from auzolan.model.text import RESERVED_FOLDERS, is_slug

_KEYS = frozenset(
    ("folder", "use", "traits", "label", "label_plural", "describes", "schema_org", "sign", "hue", "fields", "extends",
     "order", "recommend", "review_months")
)  # fmt: skip
_SIGNS = ("ring", "squares", "pennant", "nut", "lozenge", "steps", "lines", "disc")
_HUES = ("cooperative", "organization", "project", "tool", "license", "plan", "article", "other")


def order_of(layers: list[Declared]) -> int:
    """Where a kind stands among the others; those that do not say come last, by name."""
    for layer in reversed(layers):
        node = layer.tree.get("order")
        if node is not None:
            return at_most(layer, node, 100_000)
    return 100_000


def _months(layers: list[Declared]) -> int:
    """After how many months an entry is looked at again, as the last layer that says so has it."""
    for layer in reversed(layers):
        node = layer.tree.get("review_months")
        if node is not None:
            return 0 if isinstance(node, Scalar) and node.text == "0" else at_most(layer, node, 0)
    return 0


def kind_of(name: str, layers: list[Declared], groups: Groups, languages: tuple[str, ...]) -> Kind | None:
    """The kind that `layers` write, later files above earlier ones."""
    first, last = layers[0], layers[-1]
    tree = Mapping(
        {k: v for layer in layers for k, v in layer.tree.items.items() if k != "fields"},
        {k: v for layer in layers for k, v in layer.tree.keys.items()},
        1,
        1,
    )
    for layer in layers:
        layer.only(layer.tree, _KEYS, "a kind")
    count = FieldCount({name: nodes for name, (_, nodes) in groups.items()}, NESTING)
    used = [
        groups[group.text][1] for group in each(tree.get("use")) if isinstance(group, Scalar) and group.text in groups
    ]
    if sum(map(count.of, [*used, *(layer.tree.get("fields") for layer in layers)])) > MAX_FIELDS:
        last.tell(
            "K005",
            f"this kind would have more than {MAX_FIELDS:,} fields",
            last.tree.get("fields") or last.tree,
            "does a group hold itself?",
        )
        return None
    fields: dict[str, Field] = {}
    for group in each(tree.get("use")):
        if isinstance(group, Scalar) and group.text in groups:
            declared, nodes = groups[group.text]
            fields.update(fields_of(declared, nodes, groups, ""))
        elif isinstance(group, Scalar):
            first.tell("K004", f"there is no group `{group.text}` in _groups.yaml", group)
    for layer in layers:
        nodes_here = layer.tree.get("fields")
        if isinstance(nodes_here, Mapping):
            fields.update(fields_of(layer, nodes_here, groups, ""))
    for name_ in each(tree.get("recommend")):
        if isinstance(name_, Scalar) and name_.text in fields:
            fields[name_.text] = replace(fields[name_.text], recommended=True)
        else:
            last.tell("K004", "`recommend` lists names of this kind's fields", name_)
    folder = tree.text("folder")
    is_article = name == "article"
    taken = RESERVED_FOLDERS | {language.lower() for language in languages}
    if not is_slug(folder) or "." in folder or (not is_article and folder in taken):
        last.tell(
            "K005",
            f"`{folder or '(nothing)'}` cannot be the folder of a kind",
            tree.get("folder") or last.tree,
            "lower-case letters, digits and hyphens; no language, none of: " + " ".join(sorted(RESERVED_FOLDERS)),
        )
        return None
    label = last.texts(tree.get("label"), required="label", where=last.tree)
    return Kind(
        name=name,
        folder=folder,
        label=label,
        label_plural=last.texts(tree.get("label_plural")) or label,
        describes=last.texts(tree.get("describes")),
        traits=tuple(node.text for node in each(tree.get("traits")) if isinstance(node, Scalar)),
        schema_org=tree.text("schema_org"),
        sign=last.one_of(tree.get("sign"), _SIGNS, "disc"),
        hue=last.one_of(tree.get("hue"), _HUES, "other"),
        fields=fields,
        path=last.path,
        review_months=_months(layers),
    )
