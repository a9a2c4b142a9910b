"""A commons and a context come in; what a reader of one language can find goes out, one `Document` an entry or article."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from auzolan.model.commons import Commons, Profile, Story
from auzolan.model.kinds import Declarations, Field, Word
from auzolan.model.pages import Document
from auzolan.render.cards import card_of, story_language
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

LABEL_WEIGHT = 1.0
"""Weight of vocabulary labels and aliases, in every language: "habitatge" finds what is only tagged `housing`."""
BODY_WEIGHT = 1.0
"""Weight of an article's own text."""

Texts = list[tuple[float, str]]


def documents(commons: Commons, context: Context, language: str) -> Iterator[Document]:
    """Every listed entry and every article, as shown in `language`, in the order of their ids."""
    speaker = context.speakers[language]
    for id_ in commons.listed:
        yield _document(commons, context, speaker, id_, "", _entry_texts(commons, speaker, commons.profiles[id_]))
    for slug, story in sorted(commons.stories.items()):
        shown = story_language(story, speaker)
        yield _document(commons, context, speaker, f"article/{slug}", "article", _story_texts(commons, story, shown))


def _document(commons: Commons, context: Context, speaker: Speaker, id_: str, kind: str, texts: Texts) -> Document:
    card = card_of(commons, context, speaker, id_)
    assert card is not None  # only listed entries and written articles come here
    where = card["where"][0] if card["where"] else []
    return Document(
        id=id_,
        kind=kind or id_.split("/")[0],
        language=speaker.language,
        url=card["path"],
        title=card["name"]["text"],
        summary=card["summary"]["text"],
        place=", ".join(part for part in where if part != "…"),
        texts=tuple(dict.fromkeys((weight, text) for weight, text in texts if text)),
    )


def _entry_texts(commons: Commons, speaker: Speaker, profile: Profile) -> Texts:
    declarations = commons.catalog.declarations
    found: Texts = []
    _collect(declarations, speaker, declarations.kinds[profile.kind].fields, profile.values, found)
    return found


def _collect(
    declarations: Declarations, speaker: Speaker, fields: Mapping[str, Field], values: Mapping[str, Any], found: Texts
) -> None:
    siblings = {name: value for name, value in values.items() if isinstance(value, str)}
    for name, field in fields.items():
        value = values.get(name)
        if value is None or field.show == "hidden":
            continue
        items = value if isinstance(value, tuple) else tuple(value.values()) if field.many == "keyed" else (value,)
        for item in items:
            if field.fields:
                _collect(declarations, speaker, field.fields, item, found)
            elif field.type == "word":
                vocabulary = declarations.vocabularies.get(field.vocabulary_for(siblings))
                word = vocabulary.words.get(item) if vocabulary else None
                if word is not None and field.facet:
                    found.append((LABEL_WEIGHT, words_of(word)))
            elif field.type in ("country", "region"):
                named = speaker.region_word(item) if field.type == "region" else None
                found.append((LABEL_WEIGHT, words_of(named) if named else speaker.coded(field.type, item)))
            elif field.search and isinstance(item, Mapping):
                # A name is known by all its languages; longer texts are searched as this reader sees them.
                texts = item.values() if field.search >= 8 else (speaker.plain(item),)
                found.extend((field.search, text) for text in texts)
            elif field.search:
                found.append((field.search, str(item)))
            elif field.type == "license":
                found.append((LABEL_WEIGHT, str(item)))


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
        found.extend((8.0, text) for text in (version.get("title") or {}).values())
    return found
