"""A commons and a context come in; what a reader of one language can find goes out, one `Document` an entry or article."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from auzolan.model.commons import Commons, Story
from auzolan.model.facets import facet_words
from auzolan.model.kinds import Field, Word
from auzolan.model.pages import NAME_WEIGHT, Document
from auzolan.render.cards import story_language
from auzolan.render.desk import desk_of
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

LABEL_WEIGHT = 1.0
"""Weight of vocabulary labels and aliases, in every language: "habitatge" finds what is only tagged `housing`."""
BODY_WEIGHT = 1.0
"""Weight of an article's own text."""

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
    names = _names(desk.speaker)

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
            texts=tuple(dict.fromkeys((weight, text) for weight, text in texts if text)),
            facets=tuple(dict.fromkeys(facets)),
        )

    return document_of


@dataclass(frozen=True, slots=True)
class _Searched:
    """A field in which something is found, with those of its parts in which something is."""

    field: Field
    parts: tuple[_Searched, ...]


_Names = Callable[[str, str, str], str]


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


def _names(speaker: Speaker) -> _Names:
    """By what names a coded value is found: of its type, its vocabulary and its code."""

    @cache
    def names(type_: str, vocabulary: str, code: str) -> str:
        if type_ == "country":
            return speaker.country(code)
        word = speaker.region_word(code) if type_ == "region" else speaker.word_of(vocabulary, code)
        if word is not None:
            return words_of(word)
        return speaker.region(code) if type_ == "region" else ""

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
                found.append((LABEL_WEIGHT, names(field.type, _vocabulary(field, values), item)))
            elif field.search and isinstance(item, Mapping):
                # A name is known by all its languages; longer texts are searched as this reader sees them.
                texts = item.values() if field.search >= NAME_WEIGHT else (speaker.plain(item),)
                found.extend((field.search, text) for text in texts)
            elif field.search:
                found.append((field.search, str(item)))
            else:
                found.append((LABEL_WEIGHT, str(item)))


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
    values = story.values[language]
    found: Texts = [(BODY_WEIGHT, story.versions[language].body)]
    for name, field in kind.fields.items() if kind else ():
        value = values.get(name)
        if field.search and isinstance(value, Mapping):
            found.extend((field.search, text) for text in value.values() if isinstance(text, str))
    for version in story.values.values():
        found.extend((NAME_WEIGHT, text) for text in (version.get("title") or {}).values())
    return found
