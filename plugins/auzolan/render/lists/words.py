"""A commons in; a page out for every value of every facet and every word of every vocabulary: the glossary."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from itertools import groupby
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Vocabulary, Word
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.files.feeds import has_feed
from auzolan.render.lists.counted import head_of, is_facet
from auzolan.render.lists.facets import facet_label, part_id, value_label
from auzolan.render.lists.order import by_age, in_order
from auzolan.render.lists.paging import Slice, near_and_far, on_one_page, page_numbers, slices
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import REGIONS

RELATIONS = "relations"
APART = frozenset({RELATIONS, REGIONS})
"""Vocabularies whose words have pages elsewhere: of relations (relation_types.py), of regions' codes (a facet)."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """Pages of words, then of the values that are no words (countries, languages …)."""
    vocabularies = commons.catalog.declarations.vocabularies
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        for vocabulary in vocabularies.values():
            if vocabulary.name not in APART:
                facet = commons.facets.get(vocabulary.name)
                counts = {value.id: len(value.members) for value in facet.values} if facet else {}
                narrower = narrower_of(vocabulary)
                for word in vocabulary.words.values():
                    for n in page_numbers(counts.get(word.id, 0)):
                        make = partial(_word_page, desk, vocabulary, word, narrower.get(word.id, []), n)
                        yield Unit(_name(desk, vocabulary.name, word.id, n), make)
        for facet in commons.facets.values():
            if facet.id not in vocabularies:
                for value in facet.values:
                    for n in page_numbers(len(value.members)):
                        yield Unit(
                            _name(desk, facet.id, value.id, n), partial(_value_page, desk, facet.id, value.id, n)
                        )


def _name(desk: Desk, facet: str, value: str, n: int) -> str:
    return f"word {desk.language} {facet} {value}" + (f" {n}" if n > 1 else "")


def narrower_of(vocabulary: Vocabulary) -> dict[str, list[Word]]:
    """The words directly below each word."""
    found: dict[str, list[Word]] = {}
    for word in vocabulary.words.values():
        if word.broader:
            found.setdefault(word.broader, []).append(word)
    return found


def _word_page(desk: Desk, vocabulary: Vocabulary, word: Word, narrower: list[Word], n: int) -> Iterator[Page]:
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
        "is_facet": is_facet(desk.commons, vocabulary.name),
    }
    found = desk.commons.value(vocabulary.name, word.id)
    yield _listing(desk, vocabulary.name, word.id, view, found.members if found else (), n)


def _value_page(desk: Desk, facet: str, value: str, n: int) -> Iterator[Page]:
    head, found = head_of(desk.commons, facet), desk.commons.value(facet, value)
    assert found is not None  # a page is made of every value that somebody has
    named = desk.speaker.region_word(value) if head.type == "region" else None
    view = {
        "title": desk.speaker.said(value_label(desk, head, value, found.label), desk.language),
        "facet": _facet_link(desk, facet, facet_label(desk, head)),
        "definition": desk.speaker.text({}),
        "broader": [],
        "narrower": [],
        "others": also_called(desk, named) if named else [],
        "same_as": [],
        "is_facet": True,
    }
    yield _listing(desk, facet, value, view, found.members, n)


def _listing(desk: Desk, facet: str, value: str, view: dict[str, Any], members: Sequence[str], n: int) -> Page:
    listed = {
        "count": len(members),
        "count_words": desk.speaker.n("%(count)s entry or article", "%(count)s entries and articles", len(members)),
        "groups": [],
        "cards": [],
        "parts": [],
        "first_page": n == 1,
        "narrow": value if members and n == 1 and "search" in desk.context.settings.features else "",
    }
    if on_one_page(len(members)):
        listed["groups"] = _groups(desk, members)
    else:
        name = f"ages.{facet}.{value}"
        parts = slices(desk.commons.derived(name, lambda: by_age(desk.commons, members)))
        listed["cards"] = [card for one in parts if one.n == n for card in desk.cards(one.ids)]
        listed["parts"] = [
            {**_part_link(desk, facet, value, one), "here": one.n == n} for one in near_and_far(parts, n)
        ]
    return page_of(
        desk.context,
        addresses.facet_value_page(facet, value, desk.language, desk.context.default, n),
        "directory/word.html",
        desk.language,
        {"word": {**view, **listed}},
        title=view["title"]["text"],
        description=view["definition"]["text"] if n == 1 else "",
        door="find",
        feed=n == 1 and has_feed(desk.commons, members),
    )


def _groups(desk: Desk, ids: Sequence[str]) -> list[dict[str, Any]]:
    """Entries by kind in the order of the declarations, A to Z within each; articles last."""
    kinds = [*desk.commons.catalog.declarations.kinds, "article"]
    # An id of a kind that nobody declares any more cannot be shown.
    ranks = {kind: rank for rank, kind in enumerate(kinds)}
    named = [(ranks[kind], id_) for id_ in in_order(desk, ids) if (kind := id_.partition("/")[0]) in ranks]
    found = []
    for rank, group in groupby(sorted(named, key=lambda pair: pair[0]), lambda pair: pair[0]):
        cards = desk.cards(id_ for _, id_ in group)
        kind = cards[0]["kind"]
        plural = kind["plural"] if kind else desk.speaker._("Articles")
        found.append({"id": part_id(kinds[rank]), "kind": kind, "label": plural, "cards": cards})
    return found


def _part_link(desk: Desk, facet: str, value: str, one: Slice) -> dict[str, Any]:
    path = addresses.facet_value_page(facet, value, desk.language, desk.context.default, one.n)
    first, last = desk.speaker.number(one.first), desk.speaker.number(one.last)
    return {"n": one.n, "path": path, "label": f"{first}–{last}"}


def _facet_link(desk: Desk, facet: str, label: str) -> dict[str, str]:
    return {"id": facet, "label": label, "path": addresses.facet_index(facet, desk.language, desk.context.default)}


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
