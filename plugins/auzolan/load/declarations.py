"""Kind and vocabulary files come in, shipped ones and the site's own; `Declarations` and findings go out."""

from __future__ import annotations

import re
from collections.abc import Iterator
from collections.abc import Mapping as MappingOf
from dataclasses import replace
from difflib import get_close_matches
from pathlib import Path

from auzolan.load import files
from auzolan.load.declared import Declared, at_most
from auzolan.load.field_count import MAX_FIELDS, FieldCount
from auzolan.load.vocabularies import relation_names, relation_types_of, vocabulary_of
from auzolan.load.yaml_text import MAX_BYTES, decode, read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import (
    COMPOSITE_TYPES,
    FACET_TYPES,
    FIELD_TYPES,
    SHOWS,
    Declarations,
    Field,
    Kind,
    RelationType,
    Vocabulary,
    every_field,
)
from auzolan.model.nodes import Mapping, Scalar, each, place
from auzolan.model.rules import finding
from auzolan.model.text import RESERVED_FOLDERS, is_slug

_KIND_KEYS = frozenset(
    ("folder", "use", "traits", "label", "label_plural", "describes", "schema_org", "sign", "hue", "fields", "extends",
     "order", "recommend")
)  # fmt: skip
_FIELD_KEYS = frozenset(
    (
        "type",
        "label",
        "help",
        "example",
        "required",
        "recommended",
        "essential",
        "many",
        "max",
        "max_items",
        "vocabulary",
        "to",
        "facet",
        "search",
        "show",
        "maps",
        "fields",
        "group",
    )
)
_SIGNS = ("ring", "squares", "pennant", "nut", "lozenge", "steps", "lines", "disc")
_HUES = ("cooperative", "organization", "project", "tool", "license", "plan", "article", "other")
MAX_DECLARATION = 4 * MAX_BYTES
"""Bytes of a kind or vocabulary file: labels in many languages take room."""
_MANY = {"": "", "false": "", "no": "", "true": "list", "yes": "list", "keyed": "keyed"}
_MAX_TEXT = {"text": 250, "prose": 8000}
_NESTING = 6
_KIND_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}\Z", re.ASCII)
_FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z", re.ASCII)
_NO_KIND_NAMES = frozenset({"any", "source"})
_GROUPS = "_groups"
_OF_ALL = ("every", "organisation-like")


def load_declarations(
    shipped: Path, directory: Path, root: Path, languages: tuple[str, ...]
) -> tuple[Declarations, list[Diagnostic]]:
    """All declarations: those under `shipped` and, above them, those under the site's `directory`."""
    findings: list[Diagnostic] = []
    kind_files = _layers(shipped / "kinds", directory / "kinds", root, findings)
    group_files = kind_files.pop(_GROUPS, [])
    groups = _groups(group_files)
    shapes, of_articles = _shapes(shipped / "kinds", root, languages)
    kinds: dict[str, Kind] = {}
    for name, layers in sorted(kind_files.items(), key=lambda item: _order(item[1])):
        kind = _kind(name, layers, groups, languages)
        if kind is not None:
            kinds[name] = kind
            _keeps_shapes(kind, layers[-1], shapes if name != "article" else of_articles, name != "article")
    article = kinds.pop("article", None)
    vocabularies: dict[str, Vocabulary] = {}
    relation_types: dict[str, RelationType] = {}
    for name, layers in _layers(shipped / "vocabularies", directory / "vocabularies", root, findings).items():
        vocabularies[name] = vocabulary_of(name, layers)
        if name == "relations":
            relation_types = relation_types_of(layers)
            vocabularies[name] = replace(vocabularies[name], words=relation_types)
        findings.extend(found for layer in layers for found in layer.findings)
    names, doubled = relation_names(relation_types, vocabularies.get("relations"))
    findings.extend(doubled)
    declarations = Declarations(kinds, article, vocabularies, relation_types, names)
    for layers in (group_files, *kind_files.values()):
        findings.extend(found for layer in layers for found in layer.findings)
    findings.extend(_dangling(declarations))
    return declarations, findings


def _layers(shipped: Path, own: Path, root: Path, findings: list[Diagnostic]) -> dict[str, list[Declared]]:
    """By name, the file that counts: the site's own where there is one, after the shipped one where it `extends`."""
    layers: dict[str, list[Declared]] = {}
    folders = [shipped] if shipped == own else [shipped, own]
    for folder in folders:
        if not folder.is_dir():
            continue
        for path in files.walk(folder, root, findings.append):
            where = files.relative(path, root)
            if path.suffix != ".yaml" or path.parent != folder:
                if path.suffix in (".yml", ".yaml"):
                    findings.append(finding("F002", f"`{files.printable(path.name)}` is not read", Location(where),
                                            f"declarations are `{folder.name}/<name>.yaml`"))  # fmt: skip
                continue
            if path.stem != _GROUPS and not (_KIND_NAME.match(path.stem) and path.stem not in _NO_KIND_NAMES):
                findings.append(
                    finding(
                        "F001",
                        f"`{files.printable(path.stem)}` cannot name a kind or vocabulary",
                        Location(where),
                        "lower-case letters, digits and hyphens, a letter first",
                    )
                )
                continue
            data, problems = files.read(path, root, MAX_DECLARATION)
            text, refused = decode(data, where, MAX_DECLARATION)
            findings += [*problems, *refused]
            if problems or refused:
                continue
            tree, told = read_yaml(text, where)
            findings += told
            if tree is None:
                continue
            declared = Declared(where, tree)
            extends = tree.text("extends")
            if extends == "shipped" and path.stem in layers:
                layers[path.stem].append(declared)
            else:
                layers[path.stem] = [declared]
    return layers


def _groups(layers: list[Declared]) -> dict[str, tuple[Declared, Mapping]]:
    groups: dict[str, tuple[Declared, Mapping]] = {}
    for layer in layers:
        for name, node in layer.tree.items.items():
            if name != "extends" and isinstance(node, Mapping) and isinstance(fields := node.get("fields"), Mapping):
                groups[name] = (layer, fields)
    return groups


Shapes = dict[str, tuple[str, str]]
"""Path of a field → its type and `many`."""


def _shapes(shipped: Path, root: Path, languages: tuple[str, ...]) -> tuple[Shapes, Shapes]:
    """Of the fields that the code reads by name: those of every kind, or every organisation; those of articles.
    What a place, an image, a source or a relation is made of has a path like `(place).latitude`, wherever it stands."""
    files_ = _layers(shipped, shipped, root, [])
    groups = _groups(files_.get(_GROUPS, []))
    article = _kind("article", files_["article"], groups, languages) if "article" in files_ else None
    named = [_fields(*groups[name], groups, "") for name in _OF_ALL if name in groups]
    composed = [_fields(*groups[name], groups, f"({name})") for name in sorted(COMPOSITE_TYPES) if name in groups]
    return _shapes_of(*named, *composed), _shapes_of(article.fields if article else {}, *composed)


def _shapes_of(*declared: MappingOf[str, Field]) -> Shapes:
    return {field.path: (field.type, field.many) for fields in declared for field in every_field(fields)}


def _keeps_shapes(kind: Kind, layer: Declared, shapes: Shapes, is_entry: bool) -> None:
    for name in ("name", "summary", "status", "record") if is_entry else ("title", "date", "summary"):
        if name not in kind.fields:
            layer.tell("K002", f"a kind needs the field `{name}`", layer.tree,
                       "write `use: [every]`" if is_entry else "write `extends: shipped`")  # fmt: skip
    declared = [(field.path, field) for field in every_field(kind.fields)]
    for path, field in tuple(declared):
        if field.type in COMPOSITE_TYPES:
            declared += [(f"({field.type}){part.path.removeprefix(path)}", part) for part in every_field(field.fields)]
    for path, field in declared:
        type_, many = shapes.get(path, (field.type, field.many))
        if (field.type, field.many) != (type_, many):
            said = f"type: {type_}" + (", many: keyed" if many == "keyed" else ", many: true" if many else "")
            layer.tell("K005", f"`{field.path}` is known by every part of the site as `{said}`", layer.tree,
                       "give a field of your own another name")  # fmt: skip


def _order(layers: list[Declared]) -> int:
    """Where a kind stands among the others; those that do not say come last, by name."""
    for layer in reversed(layers):
        node = layer.tree.get("order")
        if node is not None:
            return at_most(layer, node, 100_000)
    return 100_000


def _kind(
    name: str, layers: list[Declared], groups: dict[str, tuple[Declared, Mapping]], languages: tuple[str, ...]
) -> Kind | None:
    first, last = layers[0], layers[-1]
    tree = Mapping(
        {k: v for layer in layers for k, v in layer.tree.items.items() if k != "fields"},
        {k: v for layer in layers for k, v in layer.tree.keys.items()},
        1,
        1,
    )
    for layer in layers:
        layer.only(layer.tree, _KIND_KEYS, "a kind")
    count = FieldCount({name: nodes for name, (_, nodes) in groups.items()}, _NESTING)
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
            fields.update(_fields(declared, nodes, groups, ""))
        elif isinstance(group, Scalar):
            first.tell("K004", f"there is no group `{group.text}` in _groups.yaml", group)
    for layer in layers:
        nodes_here = layer.tree.get("fields")
        if isinstance(nodes_here, Mapping):
            fields.update(_fields(layer, nodes_here, groups, ""))
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
    )


def _fields(
    layer: Declared, nodes: Mapping, groups: dict[str, tuple[Declared, Mapping]], prefix: str, depth: int = 0
) -> dict[str, Field]:
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


def _field(
    layer: Declared, name: str, node: Mapping, groups: dict[str, tuple[Declared, Mapping]], prefix: str, depth: int
) -> Field | None:
    layer.only(node, _FIELD_KEYS, "a field")
    type_ = node.text("type")
    if type_ not in FIELD_TYPES:
        near = get_close_matches(type_, FIELD_TYPES, 1)
        layer.tell("K003", f"`{type_ or '(nothing)'}` is not a field type", node.get("type") or node,
                   f"did you mean `{near[0]}`?" if near else "one of: " + " ".join(FIELD_TYPES))  # fmt: skip
        return None
    path = f"{prefix}.{name}" if prefix else name
    inner: dict[str, Field] = {}
    if type_ in COMPOSITE_TYPES and depth < _NESTING:
        group = node.text("group") or ("" if type_ == "group" else type_)
        own = node.get("fields")
        if isinstance(own, Mapping):
            inner = _fields(layer, own, groups, path, depth + 1)
        elif group in groups:
            declared, nodes = groups[group]
            inner = _fields(declared, nodes, groups, path, depth + 1)
        else:
            layer.tell("K004", f"`{name}` needs `fields`, or a `group` of _groups.yaml", node)
    vocabulary = node.text("vocabulary")
    if type_ in ("word", "identifier") and not vocabulary:
        layer.tell("K002", f"`{name}` needs a `vocabulary`", node)
    if layer.flag(node.get("facet")) and type_ not in FACET_TYPES:
        layer.tell("K005", f"`{name}` cannot be a facet: a {type_} has no fixed values", node.get("facet") or node,
                   "facets are of type " + " ".join(FACET_TYPES))  # fmt: skip
    many = layer.one_of(node.get("many"), tuple(_MANY), "")
    return Field(
        name=name,
        type=type_,
        path=path,
        label=layer.texts(node.get("label"), required="label", where=node),
        help=layer.texts(node.get("help")),
        example=_plain(node.get("example")),
        required=layer.flag(node.get("required")),
        recommended=layer.flag(node.get("recommended")),
        essential=layer.flag(node.get("essential")),
        many=_MANY[many],
        max=at_most(layer, node.get("max"), _MAX_TEXT.get(type_, 250)),
        max_items=at_most(layer, node.get("max_items"), 200),
        vocabulary=vocabulary,
        to=tuple(item.text for item in each(node.get("to")) if isinstance(item, Scalar)),
        facet=layer.flag(node.get("facet")),
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


def _dangling(declarations: Declarations) -> Iterator[Diagnostic]:
    """What declarations name and nobody declares; and folders claimed twice."""
    known = set(declarations.kinds) | {"any", "article", "source"}
    known |= {trait for kind in declarations.kinds.values() for trait in kind.traits}
    folders: dict[str, str] = {}
    kinds = [*declarations.kinds.values(), *([declarations.article] if declarations.article else [])]
    for kind in kinds:
        where = Location(kind.path, 1, 1)
        if kind.folder in folders:
            yield finding("K006", f"the folder `{kind.folder}` is {folders[kind.folder]}'s already", where)
        folders[kind.folder] = kind.name
        for field in every_field(kind.fields):
            if field.vocabulary and "{" not in field.vocabulary and field.vocabulary not in declarations.vocabularies:
                yield finding(
                    "K004", f"`{field.path}` names the vocabulary `{field.vocabulary}`, which is not there", where
                )
            for target in field.to:
                if target not in known:
                    yield finding(
                        "K004", f"`{field.path}` points to `{target}`, which is neither kind nor trait", where
                    )
    for type_ in declarations.relation_types.values():
        for target in (*type_.subjects, *type_.objects):
            if target not in known:
                yield finding("K004", f"the relation `{type_.id}` joins `{target}`, which is neither kind nor trait",
                              place(declarations.vocabularies["relations"].path, Scalar("", 1, 1, 1)))  # fmt: skip
