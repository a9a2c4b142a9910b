"""A commons in; a page out for every value of every facet and every word of every vocabulary: the glossary."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from typing import Any

from auzolan.model.commons import Commons, Facet, FacetValue
from auzolan.model.kinds import Vocabulary, Word
from auzolan.model.pages import Page
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk, desk_of
from auzolan.render.files.feeds import has_feed
from auzolan.render.lists.facets import facet_label, part_id, value_label
from auzolan.render.lists.paging import Slice, by_age, on_one_page, slices
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import REGIONS

RELATIONS = "relations"
APART = frozenset({RELATIONS, REGIONS})
"""Vocabularies whose words have pages elsewhere: of relations (relation_types.py), of regions' codes (a facet)."""


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """Pages of words, then of the values that are no words (countries, languages …)."""
    vocabularies = commons.catalog.declarations.vocabularies
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for vocabulary in vocabularies.values():
            if vocabulary.name not in APART:
                members = _members(commons, vocabulary.name)
                narrower = narrower_of(vocabulary)
                for word in vocabulary.words.values():
                    yield from _word_pages(desk, vocabulary, word, narrower.get(word.id, []), members)
        for facet in commons.facets.values():
            if facet.id not in vocabularies:
                for value in facet.values:
                    yield from _value_pages(desk, facet, value)


def narrower_of(vocabulary: Vocabulary) -> dict[str, list[Word]]:
    """The words directly below each word."""
    found: dict[str, list[Word]] = {}
    for word in vocabulary.words.values():
        if word.broader:
            found.setdefault(word.broader, []).append(word)
    return found


def _members(commons: Commons, vocabulary: str) -> dict[str, tuple[str, ...]] | None:
    """Who has each word, where the vocabulary is a facet; None where it is not."""
    facet = commons.facets.get(vocabulary)
    return {value.id: value.members for value in facet.values} if facet else None


def _word_pages(
    desk: Desk, vocabulary: Vocabulary, word: Word, narrower: list[Word], members: dict[str, tuple[str, ...]] | None
) -> Iterator[Page]:
    speaker = desk.speaker
    label = speaker.text(word.label)
    broader = vocabulary.words.get(word.broader)
    view = {
        "title": label if label["text"] else speaker.said(word.id, desk.language),
        "facet": _facet_link(desk, vocabulary.name, speaker.plain(vocabulary.label) or vocabulary.name),
        "definition": speaker.text(word.definition),
        "broader": [_link(desk, vocabulary, broader)] if broader else [],
        "narrower": [_link(desk, vocabulary, one) for one in narrower],
        "others": also_called(desk, word),
        "same_as": same_as(desk, word),
        "is_facet": members is not None,
    }
    yield from _listing(desk, vocabulary.name, word.id, view, (members or {}).get(word.id, ()))


def _value_pages(desk: Desk, facet: Facet, value: FacetValue) -> Iterator[Page]:
    title = desk.speaker.said(value_label(desk, facet, value), desk.language)
    named = desk.speaker.region_word(value.id) if facet.type == "region" else None
    view = {
        "title": title,
        "facet": _facet_link(desk, facet.id, facet_label(desk, facet)),
        "definition": desk.speaker.text({}),
        "broader": [],
        "narrower": [],
        "others": also_called(desk, named) if named else [],
        "same_as": [],
        "is_facet": True,
    }
    yield from _listing(desk, facet.id, value.id, view, value.members)


def _listing(desk: Desk, facet: str, value: str, view: dict[str, Any], members: tuple[str, ...]) -> Iterator[Page]:
    ages = by_age(desk.commons, members)
    parts = slices(ages)
    links = [_part_link(desk, facet, value, one) for one in parts]
    for one in parts:
        path = addresses.facet_value_page(facet, value, desk.language, desk.context.default, one.n)
        listed = {
            "count": len(members),
            "count_words": desk.speaker.n("%(count)s entry or article", "%(count)s entries and articles", len(members)),
            "groups": _groups(desk, one.ids) if on_one_page(len(ages)) else [],
            "cards": [] if on_one_page(len(ages)) else desk.cards(one.ids),
            "parts": [{**link, "here": link["n"] == one.n} for link in links] if len(parts) > 1 else [],
            "first_page": one.n == 1,
        }
        yield page_of(
            desk.context,
            path,
            "directory/word.html",
            desk.language,
            {"word": {**view, **listed}},
            title=view["title"]["text"],
            description=view["definition"]["text"] if one.n == 1 else "",
            door="find",
            feed=one.n == 1 and has_feed(desk.commons, members),
        )


def _groups(desk: Desk, ids: tuple[str, ...]) -> list[dict[str, Any]]:
    """Entries by kind in the order of the declarations, A to Z within each; articles last."""
    kinds = [*desk.commons.catalog.declarations.kinds, "article"]
    # An id of a kind that nobody declares any more cannot be shown.
    named = [(kinds.index(one.partition("/")[0]), one) for one in ids if one.partition("/")[0] in kinds]
    found = []
    for rank, group in groupby(sorted(named), lambda pair: pair[0]):
        cards = desk.cards(one for _, one in group)
        cards.sort(key=lambda card: sort_key(card["name"]["text"]))
        if cards:
            kind = cards[0]["kind"]
            plural = kind["plural"] if kind else desk.speaker._("Articles")
            found.append({"id": part_id(kinds[rank]), "kind": kind, "label": plural, "cards": cards})
    return found


def _part_link(desk: Desk, facet: str, value: str, one: Slice) -> dict[str, Any]:
    path = addresses.facet_value_page(facet, value, desk.language, desk.context.default, one.n)
    first, last = desk.speaker.number(one.first), desk.speaker.number(one.last)
    return {"n": one.n, "path": path, "label": f"{first}–{last}"}


def _facet_link(desk: Desk, facet: str, label: str) -> dict[str, str]:
    return {"label": label, "path": addresses.facet_index(facet, desk.language, desk.context.default)}


def _link(desk: Desk, vocabulary: Vocabulary, word: Word) -> dict[str, Any]:
    label = desk.speaker.text(word.label)
    said = label if label["text"] else desk.speaker.said(word.id, desk.language)
    return {"said": said, "path": desk.word_path(vocabulary.name, word.id)}


def also_called(desk: Desk, word: Word) -> list[dict[str, Any]]:
    """The word's labels and aliases in every language but the one shown as title: `label`, `names`."""
    shown = desk.speaker.text(word.label)
    found = []
    for tag in sorted({*word.label, *word.aliases}):
        own = () if tag == shown["lang"] else (word.label.get(tag, ""),)
        names = [name for name in dict.fromkeys([*own, *word.aliases.get(tag, ())]) if name]
        if names:
            label = desk.speaker.language_name(tag)
            found.append({"label": label, "names": [desk.speaker.said(name, tag) for name in names]})
    return found


def same_as(desk: Desk, word: Word) -> list[dict[str, str]]:
    """The word's ids elsewhere: `label` of the registry, `id`, `url` where the registry has addresses."""
    found = []
    for scheme, code in word.same_as.items():
        registry = desk.speaker.word_of("registries", scheme)
        url = safe_url(registry.url.replace("{id}", code)) if registry and registry.url else safe_url(code)
        found.append({"label": desk.speaker.word("registries", scheme), "id": code, "url": url})
    return found
