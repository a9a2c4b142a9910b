"""Vocabulary files come in; vocabularies and relation types go out."""

from __future__ import annotations

import re
from collections.abc import Mapping as MappingOf

from auzolan.load.declared import Declared
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.kinds import RelationType, Vocabulary, Word
from auzolan.model.nodes import Mapping, Scalar, each
from auzolan.model.rules import finding
from auzolan.model.text import is_slug

_NUMBERED = re.compile(r"(.+)-(?:[2-9]|[1-9]\d+)\Z", re.ASCII)
_KEYS = frozenset(("label", "describes", "source", "uri", "words", "extends"))
_WORD_KEYS = frozenset(("label", "definition", "aliases", "broader", "same_as", "url"))
_RELATION_KEYS = _WORD_KEYS | {
    "inverse",
    "symmetric",
    "from",
    "to",
    "same_kind",
    "acyclic",
    "derived_from",
    "derivative",
    "uri",
}


def vocabulary_of(name: str, layers: list[Declared]) -> Vocabulary:
    """The vocabulary that `layers` write, later ones above earlier ones."""
    words: dict[str, Word] = {}
    for layer in layers:
        layer.only(layer.tree, _KEYS, "a vocabulary")
        listed = layer.tree.get("words")
        if not isinstance(listed, Mapping):
            layer.tell("K002", "a vocabulary needs `words`", layer.tree)
            continue
        for id_, node in listed.items.items():
            if not isinstance(node, Mapping) or not is_slug(id_):
                layer.tell("K005", f"`{id_}` is not a usable word", listed.keys[id_],
                           "lower-case letters, digits and hyphens, with at least a `label`")  # fmt: skip
                continue
            layer.only(node, _RELATION_KEYS if name == "relations" else _WORD_KEYS, "a word")
            words[id_] = _word(layer, id_, node)
    _second_pages(words, layers[-1])
    for layer in layers:
        listed = layer.tree.get("words")
        for id_, node in listed.items.items() if isinstance(listed, Mapping) else ():
            broader = node.get("broader") if isinstance(node, Mapping) else None
            if isinstance(broader, Scalar) and broader.text not in words:
                layer.tell("K004", f"`{id_}` is said to belong to `{broader.text}`, which is not a word here", broader)
    last = layers[-1]
    return Vocabulary(
        name=name,
        label=last.texts(last.tree.get("label"))
        or layers[0].texts(layers[0].tree.get("label"), "label", layers[0].tree),
        describes=last.texts(last.tree.get("describes")) or layers[0].texts(layers[0].tree.get("describes")),
        words=words,
        source=last.plain_map(last.tree.get("source")),
        path=last.path,
    )


def _second_pages(words: MappingOf[str, Word], layer: Declared) -> None:
    for id_ in words:
        numbered = _NUMBERED.match(id_)
        if numbered and numbered[1] in words:
            layer.tell("K006", f"`{id_}` is where the further entries of `{numbered[1]}` are listed", layer.tree,
                       "give one of the two words another id")  # fmt: skip


def _word(layer: Declared, id_: str, node: Mapping) -> Word:
    return Word(
        id=id_,
        label=layer.texts(node.get("label"), "label", node),
        definition=layer.texts(node.get("definition")),
        aliases=layer.aliases(node.get("aliases")),
        broader=node.text("broader"),
        same_as=layer.plain_map(node.get("same_as")),
        url=node.text("url"),
    )


def relation_types_of(layers: list[Declared]) -> dict[str, RelationType]:
    """The relation types that `layers` (files `relations.yaml`) write, by forward name."""
    types: dict[str, RelationType] = {}
    for layer in layers:
        listed = layer.tree.get("words")
        for id_, node in listed.items.items() if isinstance(listed, Mapping) else ():
            if not isinstance(node, Mapping) or not is_slug(id_):
                continue
            word = _word(Declared(layer.path, node), id_, node)
            symmetric = layer.flag(node.get("symmetric"))
            inverse = node.text("inverse", "name")
            if not symmetric and not is_slug(inverse):
                layer.tell("K002", f"`{id_}` needs `inverse: {{name: …, label: …}}` or `symmetric: true`", node)
                continue
            types[id_] = RelationType(
                id=word.id,
                label=word.label,
                definition=word.definition,
                aliases=word.aliases,
                broader=word.broader,
                same_as=word.same_as,
                url=word.url,
                inverse=id_ if symmetric else inverse,
                inverse_label=word.label
                if symmetric
                else layer.texts(node.get("inverse", "label"), "inverse.label", node),
                symmetric=symmetric,
                subjects=tuple(one.text for one in each(node.get("from")) if isinstance(one, Scalar)) or ("any",),
                objects=tuple(one.text for one in each(node.get("to")) if isinstance(one, Scalar)) or ("any",),
                same_kind=layer.flag(node.get("same_kind")),
                acyclic=layer.flag(node.get("acyclic")),
                derived_from=layer.one_of(node.get("derived_from"), ("", "license"), ""),
                derivative=layer.flag(node.get("derivative")),
            )
    return types


def relation_names(
    types: MappingOf[str, RelationType], vocabulary: Vocabulary | None
) -> tuple[dict[str, tuple[str, bool]], list[Diagnostic]]:
    """Every name that a relation may have → (forward type, from the other side?); findings for names taken twice."""
    names: dict[str, tuple[str, bool]] = {}
    findings: list[Diagnostic] = []
    for type_ in types.values():
        for name, inverse in ((type_.id, False), (type_.inverse, True)):
            if name in names and not (inverse and type_.symmetric):
                path = vocabulary.path if vocabulary else "relations.yaml"
                findings.append(finding("K006", f"two relation types are called `{name}`", Location(path, 1, 1)))
            names.setdefault(name, (type_.id, inverse))
    return names, findings
