"""The fields that a declaration writes come in; `Field`s go out, their groups unfolded."""

from __future__ import annotations

import re
from difflib import get_close_matches

from auzolan.load.declaration_files import Groups
from auzolan.load.declared import Declared, at_most
from auzolan.model.kinds import COMPOSITE_TYPES, FACET_TYPES, FIELD_TYPES, RELATED_TYPES, SHOWS, Field
from auzolan.model.nodes import Mapping, Scalar, each

NESTING = 6
"""How deep groups may stand in groups."""
_KEYS = frozenset(
    ("type", "label", "help", "example", "examples", "required", "recommended", "essential", "many", "max", "max_items",
     "vocabulary", "to", "facet", "related", "search", "show", "maps", "fields", "group")
)  # fmt: skip
_MANY = {"": "", "false": "", "no": "", "true": "list", "yes": "list", "keyed": "keyed"}
_MAX_TEXT = {"text": 250, "prose": 8000}
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z", re.ASCII)


def fields_of(layer: Declared, nodes: Mapping, groups: Groups, prefix: str, depth: int = 0) -> dict[str, Field]:
    """The fields of `nodes` by name, in order; what cannot be used is told and left out. `prefix` is the path they stand under."""
    fields: dict[str, Field] = {}
    for name, node in nodes.items.items():
        if not isinstance(node, Mapping):
            layer.tell("K002", f"the field `{name}` needs at least `type` and `label`", node)
            continue
        if not _FIELD_NAME.match(name):
            layer.tell("K005", f"`{name}` cannot be a field's name", nodes.keys[name],
                       "lower-case letters, digits and _, a letter first")  # fmt: skip
            continue
        made = _field(layer, name, node, groups, prefix, depth)
        if made is not None:
            fields[name] = made
    return fields


def _field(layer: Declared, name: str, node: Mapping, groups: Groups, prefix: str, depth: int) -> Field | None:
    layer.only(node, _KEYS, "a field")
    type_ = node.text("type")
    if type_ not in FIELD_TYPES:
        near = get_close_matches(type_, FIELD_TYPES, 1)
        layer.tell("K003", f"`{type_ or '(nothing)'}` is not a field type", node.get("type") or node,
                   f"did you mean `{near[0]}`?" if near else "one of: " + " ".join(FIELD_TYPES))  # fmt: skip
        return None
    path = f"{prefix}.{name}" if prefix else name
    inner: dict[str, Field] = {}
    if type_ in COMPOSITE_TYPES and depth < NESTING:
        group = node.text("group") or ("" if type_ == "group" else type_)
        own = node.get("fields")
        if isinstance(own, Mapping):
            inner = fields_of(layer, own, groups, path, depth + 1)
        elif group in groups:
            declared, nodes = groups[group]
            inner = fields_of(declared, nodes, groups, path, depth + 1)
        else:
            layer.tell("K004", f"`{name}` needs `fields`, or a `group` of _groups.yaml", node)
    vocabulary = node.text("vocabulary")
    if type_ in ("word", "identifier") and not vocabulary:
        layer.tell("K002", f"`{name}` needs a `vocabulary`", node)
    if layer.flag(node.get("facet")) and type_ not in FACET_TYPES:
        layer.tell("K005", f"`{name}` cannot be a facet: a {type_} has no fixed values", node.get("facet") or node,
                   "facets are of type " + " ".join(FACET_TYPES))  # fmt: skip
    if layer.flag(node.get("related")) and not (layer.flag(node.get("facet")) and type_ in RELATED_TYPES):
        layer.tell("K005", f"`{name}` cannot bring entries together", node.get("related") or node,
                   "`related: true` is for facets of type " + " ".join(RELATED_TYPES))  # fmt: skip
    many = layer.one_of(node.get("many"), tuple(_MANY), "")
    return Field(
        name=name,
        type=type_,
        path=path,
        label=layer.texts(node.get("label"), required="label", where=node),
        help=layer.texts(node.get("help")),
        example=_plain(node.get("example")),
        examples=layer.texts(node.get("examples")),
        required=layer.flag(node.get("required")),
        recommended=layer.flag(node.get("recommended")),
        essential=layer.flag(node.get("essential")),
        many=_MANY[many],
        max=at_most(layer, node.get("max"), _MAX_TEXT.get(type_, 250)),
        max_items=at_most(layer, node.get("max_items"), 200),
        vocabulary=vocabulary,
        to=tuple(item.text for item in each(node.get("to")) if isinstance(item, Scalar)),
        facet=layer.flag(node.get("facet")),
        related=layer.flag(node.get("related")),
        search=layer.weight(node.get("search")),
        show=layer.one_of(node.get("show"), SHOWS, _default_show(type_)),
        maps=layer.plain_map(node.get("maps")),
        fields=inner,
    )


def _default_show(type_: str) -> str:
    return "section" if type_ == "prose" or type_ in COMPOSITE_TYPES else "facts"


def _plain(node: object) -> object:
    """An example as plain values: str, list, dict."""
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: _plain(value) for key, value in node.items.items()}
    return None if node is None else [_plain(item) for item in each(node)]  # type: ignore[arg-type]
