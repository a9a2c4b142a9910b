"""A commons and a context come in; what a reader of one language can find goes out, one `Document` an entry or article."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auzolan.model.commons import Commons, Story
from auzolan.model.facets import facet_words
from auzolan.model.kinds import Field, Word
from auzolan.model.pages import NAME_WEIGHT, OTHER_WEIGHT, Document
from auzolan.render.cards import story_language
from auzolan.render.desk import desk_of
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

LABEL_WEIGHT = 1.0
"""Weight of vocabulary labels and aliases, in every language: "habitatge" finds what is only tagged `housing`."""
BODY_WEIGHT = 1.0
"""Weight of an article's own text."""

_TARGET = re.compile(r"\]\([^()\s]*")
"""Where a link in prose leads: its reader sees none of it, and "https" would be found everywhere."""

Texts = list[tuple[float, str]]


def documents(commons: Commons, context: Context, language: str) -> Iterator[Document]:
    """Every listed entry and every article, as shown in `language`, in the order of their ids."""
    document_of = documenter(commons, context, language)
    yield from map(document_of, commons.listed)
    yield from (document_of(f"article/{slug}") for slug in sorted(commons.stories))


def document(commons: Commons, context: Context, language: str, id_: str) -> Document:
    """The document of one listed entry or article. Who wants many asks a `documenter`."""
    return documenter(commons, context, language)(id_)


def documenter(commons: Commons, context: Context, language: str) -> Callable[[str], Document]:
    """Gives the document of any listed entry or article. What they share (which fields of a kind are searched, the names
    of words) is worked out once."""
    desk = desk_of(commons, context, context.speakers[language])
    kinds = commons.catalog.declarations.kinds
    names = _names(desk.speaker, [one for one in context.speakers.values() if one is not desk.speaker])

    declarations = commons.catalog.declarations
    of_articles = declarations.article.fields if declarations.article else {}

    @cache
    def plan(kind: str) -> tuple[_Searched, ...]:
        return _searched(kinds[kind].fields)

    def document_of(id_: str) -> Document:
        kind, _, slug = id_.partition("/")
        if kind == "article":
            story = commons.stories[slug]
            texts = _story_texts(commons, story, story_language(story, desk.speaker))
            facets = [
                pair for values in story.values.values() for pair in facet_words(declarations, of_articles, values)
            ]
        else:
            texts = []
            values = commons.profiles[id_].values
            _collect(desk.speaker, names, plan(kind), values, texts)
            facets = list(facet_words(declarations, kinds[kind].fields, values))
        card = desk.card(id_)
        assert card is not None  # only listed entries and written articles come here
        where = card["where"][0] if card["where"] else []
        return Document(
            id=id_,
            kind=kind,
            language=language,
            url=card["path"],
            title=card["name"]["text"],
            summary=card["summary"]["text"],
            place=", ".join(part for part in where if part != "…"),
            texts=tuple(dict.fromkeys((weight, _seen(text)) for weight, text in texts if text)),
            facets=tuple(dict.fromkeys(facets)),
        )

    return document_of


def _seen(text: str) -> str:
    return _TARGET.sub("]", text) if "](" in text else text


@dataclass(frozen=True, slots=True)
class _Searched:
    """A field in which something is found, with those of its parts in which something is."""

    field: Field
    parts: tuple[_Searched, ...]


_Names = Callable[[str, str, str], Texts]


def _searched(fields: Mapping[str, Field]) -> tuple[_Searched, ...]:
    found = []
    for field in fields.values():
        parts = _searched(field.fields)
        if field.show != "hidden" and (parts or (not field.fields and _is_found(field))):
            found.append(_Searched(field, parts))
    return tuple(found)


def _is_found(field: Field) -> bool:
    if field.type == "word":
        return field.facet
    return bool(field.search) or field.type in ("country", "region", "license")


def _names(speaker: Speaker, others: Iterable[Speaker]) -> _Names:
    """By what names a coded value is found: of its type, its vocabulary and its code. Declared words have their names in
    all languages; those of countries and regions come from lists, in the languages of the interface."""

    speakers = (speaker, *others)

    def listed(*names: Callable[[Speaker], str]) -> Texts:
        own, *rest = dict.fromkeys(name(one) for name in names for one in speakers)
        return [(LABEL_WEIGHT, own), *((OTHER_WEIGHT, text) for text in rest)]

    @cache
    def names(type_: str, vocabulary: str, code: str) -> Texts:
        if type_ == "country":
            return listed(lambda one: one.country(code), lambda one: one.country_otherwise(code))
        found = listed(lambda one: one.region(code)) if type_ == "region" else []
        word = speaker.region_word(code) if type_ == "region" else speaker.word_of(vocabulary, code)
        # Of what is declared and of the list, the former says better how it is called.
        return found if word is None else [(LABEL_WEIGHT, words_of(word)), *((OTHER_WEIGHT, text) for _, text in found)]

    return names


def _collect(
    speaker: Speaker, names: _Names, plan: tuple[_Searched, ...], values: Mapping[str, Any], found: Texts
) -> None:
    for searched in plan:
        field = searched.field
        value = values.get(field.name)
        if value is None:
            continue
        items = value if isinstance(value, tuple) else tuple(value.values()) if field.many == "keyed" else (value,)
        for item in items:
            if searched.parts:
                _collect(speaker, names, searched.parts, item, found)
            elif field.type in ("word", "country", "region"):
                found += names(field.type, _vocabulary(field, values), item)
            elif field.search and isinstance(item, Mapping):
                found += _texts(field.search, item, speaker.plain(item))
            elif field.search:
                found.append((field.search, str(item)))
            else:
                found.append((LABEL_WEIGHT, str(item)))


def _texts(weight: float, texts: Mapping[str, Any], shown: str) -> Texts:
    """A name is known by all its languages; of longer texts what this reader sees counts more."""
    return [(weight if weight >= NAME_WEIGHT or text == shown else OTHER_WEIGHT, text) for text in texts.values()]


def _vocabulary(field: Field, values: Mapping[str, Any]) -> str:
    if "{" not in field.vocabulary:
        return field.vocabulary
    return field.vocabulary_for({name: value for name, value in values.items() if isinstance(value, str)})


def words_of(word: Word) -> str:
    """A word's labels and aliases in all languages, each once."""
    names = [*word.label.values(), *(alias for aliases in word.aliases.values() for alias in aliases)]
    return " ".join(dict.fromkeys(names))


def _story_texts(commons: Commons, story: Story, language: str) -> Texts:
    kind = commons.catalog.declarations.article
    fields = [field for field in kind.fields.values() if field.search] if kind else []
    found: Texts = []
    for version, values in story.values.items():
        own = version == language
        found.append((BODY_WEIGHT if own else OTHER_WEIGHT, story.versions[version].body))
        for field in fields:
            value = values.get(field.name)
            if isinstance(value, Mapping):
                weight = field.search if own or field.search >= NAME_WEIGHT else OTHER_WEIGHT
                found.extend((weight, text) for text in value.values() if isinstance(text, str))
        found.extend((NAME_WEIGHT, text) for text in (values.get("title") or {}).values())
    return found
