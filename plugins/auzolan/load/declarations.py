"""Kind and vocabulary files come in, shipped ones and the site's own; `Declarations` and findings go out."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from auzolan.load.declaration_files import GROUPS, declaration_files, groups_of
from auzolan.load.kinds import kind_of, order_of
from auzolan.load.known_shapes import keeps_shapes, known_shapes
from auzolan.load.vocabularies import relation_names, relation_types_of, vocabulary_of
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import Declarations, Kind, RelationType, Vocabulary, every_field
from auzolan.model.nodes import Scalar, place
from auzolan.model.rules import finding


def load_declarations(
    shipped: Path, directory: Path, root: Path, languages: tuple[str, ...]
) -> tuple[Declarations, list[Diagnostic]]:
    """All declarations: those under `shipped` and, above them, those under the site's `directory`."""
    findings: list[Diagnostic] = []
    kind_files = declaration_files(shipped / "kinds", directory / "kinds", root, findings)
    group_files = kind_files.pop(GROUPS, [])
    groups = groups_of(group_files)
    shapes, of_articles = known_shapes(shipped / "kinds", root, languages)
    kinds: dict[str, Kind] = {}
    for name, layers in sorted(kind_files.items(), key=lambda item: order_of(item[1])):
        kind = kind_of(name, layers, groups, languages)
        if kind is not None:
            kinds[name] = kind
            keeps_shapes(kind, layers[-1], shapes if name != "article" else of_articles, name != "article")
    article = kinds.pop("article", None)
    vocabularies: dict[str, Vocabulary] = {}
    relation_types: dict[str, RelationType] = {}
    for name, layers in declaration_files(shipped / "vocabularies", directory / "vocabularies", root, findings).items():
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
