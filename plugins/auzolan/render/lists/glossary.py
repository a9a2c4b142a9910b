"""A commons in; the glossary out: its front page, and a page for each vocabulary and facet with all its words."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from auzolan.model.commons import Commons, Facet
from auzolan.model.kinds import Vocabulary, Word
from auzolan.model.pages import Page
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.facets import facet_label, value_label
from auzolan.render.lists.words import APART, RELATIONS, narrower_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url


def pages_of(commons: Commons, context: Context) -> Iterator[Page]:
    """`by/index.html` and `by/<name>/index.html`, in every language."""
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        vocabularies = commons.catalog.declarations.vocabularies
        shelves = [_shelf(desk, one) for name, one in vocabularies.items() if name not in APART]
        known = {shelf["name"] for shelf in shelves}
        codes = [_codes(desk, facet) for facet in commons.facets.values() if facet.id not in known]
        relations = _relations(desk)
        everything = [*codes, *shelves, *([relations] if relations["words"] else [])]
        yield _front(desk, everything)
        for shelf in everything:
            yield _index(desk, shelf)


def _front(desk: Desk, shelves: list[dict[str, Any]]) -> Page:
    brief = [{key: shelf[key] for key in ("label", "describes", "path", "count_words")} for shelf in shelves]
    ranked = sorted(brief, key=lambda shelf: sort_key(shelf["label"]))
    return page_of(
        desk.context,
        addresses.glossary(desk.language, desk.context.default),
        "directory/glossary.html",
        desk.language,
        {"glossary": {"shelves": ranked}},
        title=desk.speaker._("The words we use"),
        description=desk.speaker._("Every word by which entries are sorted here, with what it means."),
        door="find",
    )


def _index(desk: Desk, shelf: dict[str, Any]) -> Page:
    return page_of(
        desk.context,
        shelf["path"],
        "directory/facet.html",
        desk.language,
        {"shelf": shelf},
        title=shelf["label"],
        description=shelf["describes"]["text"],
        door="find",
    )


def _shelf(desk: Desk, vocabulary: Vocabulary) -> dict[str, Any]:
    facet = desk.commons.facets.get(vocabulary.name)
    counts = {value.id: len(value.members) for value in facet.values} if facet else {}
    narrower = narrower_of(vocabulary)
    known = vocabulary.words
    tops = [word for word in known.values() if word.broader not in known]
    rows: list[dict[str, Any]] = []
    seen: set[str] = set()

    def last_first(words: list[Word], depth: int) -> list[tuple[Word, int]]:
        ranked = sorted(words, key=lambda one: sort_key(desk.speaker.plain(one.label) or one.id), reverse=True)
        return [(word, depth) for word in ranked]

    # Words that are each other's broader word hang from no top, and must not be lost. A stack of our own, since a
    # vocabulary may be deeper than Python calls.
    stack = [*last_first(list(known.values()), 0), *last_first(tops, 0)]
    while stack:
        word, depth = stack.pop()
        if word.id not in seen:
            seen.add(word.id)
            rows.append(_row(desk, vocabulary.name, word, counts.get(word.id, 0), depth))
            stack += last_first(narrower.get(word.id, []), min(depth + 1, 3))
    source = vocabulary.source
    return {
        "name": vocabulary.name,
        "label": desk.speaker.plain(vocabulary.label) or vocabulary.name,
        "describes": desk.speaker.text(vocabulary.describes),
        "path": addresses.facet_index(vocabulary.name, desk.language, desk.context.default),
        "count_words": desk.speaker.n("%(count)s word", "%(count)s words", len(rows)),
        "words": rows,
        "source": {key: source.get(key, "") for key in ("title", "note")} | {"url": safe_url(source.get("url", ""))},
    }


def _codes(desk: Desk, facet: Facet) -> dict[str, Any]:
    rows: list[dict[str, Any]] = [
        {
            "said": desk.speaker.said(value_label(desk, facet, value), desk.language),
            "path": desk.word_path(facet.id, value.id),
            "n": desk.speaker.number(len(value.members)) if value.members else "",
            "definition": desk.speaker.text({}),
            "depth": 0,
        }
        for value in facet.values
    ]
    rows.sort(key=lambda row: sort_key(row["said"]["text"]))
    return {
        "name": facet.id,
        "label": facet_label(desk, facet),
        "describes": desk.speaker.text({}),
        "path": addresses.facet_index(facet.id, desk.language, desk.context.default),
        "count_words": desk.speaker.n("%(count)s word", "%(count)s words", len(rows)),
        "words": rows,
        "source": {"title": "", "note": "", "url": ""},
    }


def _relations(desk: Desk) -> dict[str, Any]:
    declared = desk.commons.catalog.declarations
    vocabulary = declared.vocabularies.get(RELATIONS)
    rows = [_row(desk, RELATIONS, one, 0, 0) for one in declared.relation_types.values()]
    return {
        "name": RELATIONS,
        "label": (desk.speaker.plain(vocabulary.label) if vocabulary else "") or desk.speaker._("Relations"),
        "describes": desk.speaker.text(vocabulary.describes if vocabulary else {}),
        "path": addresses.facet_index(RELATIONS, desk.language, desk.context.default),
        "count_words": desk.speaker.n("%(count)s word", "%(count)s words", len(rows)),
        "words": rows,
        "source": {"title": "", "note": "", "url": ""},
    }


def _row(desk: Desk, vocabulary: str, word: Word, count: int, depth: int) -> dict[str, Any]:
    label = desk.speaker.text(word.label)
    return {
        "said": label if label["text"] else desk.speaker.said(word.id, desk.language),
        "path": desk.word_path(vocabulary, word.id),
        "n": desk.speaker.number(count) if count else "",
        "definition": desk.speaker.text(word.definition),
        "depth": depth,
    }
