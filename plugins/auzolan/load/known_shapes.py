"""Kinds come in; findings go out where a field that the code reads by name has another type than everywhere else."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from auzolan.load.declaration_files import GROUPS, declaration_files, groups_of
from auzolan.load.declared import Declared
from auzolan.load.kind_fields import fields_of
from auzolan.load.kinds import kind_of
from auzolan.model.kinds import COMPOSITE_TYPES, Field, Kind, every_field

_OF_ALL = ("every", "organisation-like")


Shapes = dict[str, tuple[str, str]]
"""Path of a field → its type and `many`."""


def known_shapes(shipped: Path, root: Path, languages: tuple[str, ...]) -> tuple[Shapes, Shapes]:
    """Of the fields that the code reads by name: those of every kind, or every organisation; those of articles.
    What a place, an image, a source or a relation is made of has a path like `(place).latitude`, wherever it stands."""
    files_ = declaration_files(shipped, shipped, root, [])
    groups = groups_of(files_.get(GROUPS, []))
    article = kind_of("article", files_["article"], groups, languages) if "article" in files_ else None
    named = [fields_of(*groups[name], groups, "") for name in _OF_ALL if name in groups]
    composed = [fields_of(*groups[name], groups, f"({name})") for name in sorted(COMPOSITE_TYPES) if name in groups]
    return _shapes_of(*named, *composed), _shapes_of(article.fields if article else {}, *composed)


def _shapes_of(*declared: Mapping[str, Field]) -> Shapes:
    return {field.path: (field.type, field.many) for fields in declared for field in every_field(fields)}


def keeps_shapes(kind: Kind, layer: Declared, shapes: Shapes, is_entry: bool) -> None:
    """Tells, in `layer`, what `kind` lacks of the fields that every page needs, and what it turned into something else."""
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
