"""A commons in; the glossary out: its front page, and a page for each vocabulary and facet with all its words."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Vocabulary, Word
from auzolan.model.pages import Page, Unit
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk, desk_of
from auzolan.render.lists.counted import facet_ids, head_of, values_of
from auzolan.render.lists.facets import facet_label, value_label
from auzolan.render.lists.words import APART, RELATIONS, narrower_of
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.links import safe_url
from auzolan.render.shared.naming import TextView


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`by/index.html` and `by/<name>/index.html`, in every language."""
    for speaker in context.speakers.values():
        desk = desk_of(commons, context, speaker)
        yield Unit(f"glossary {desk.language}", partial(_front, desk))
        for name in _shelves(commons):
            yield Unit(f"glossary {desk.language} {name}", partial(_index, desk, name))


def _shelves(commons: Commons) -> list[str]:
    """Facets that are no vocabulary, vocabularies, and the relations where any is declared."""
    declared = commons.catalog.declarations
    known = [name for name in declared.vocabularies if name not in APART]
    codes = [name for name in facet_ids(commons) if name not in known]
    return [*codes, *known, *([RELATIONS] if declared.relation_types else [])]


def _front(desk: Desk) -> Iterator[Page]:
    shelves = sorted((_brief(desk, name) for name in _shelves(desk.commons)), key=lambda one: sort_key(one["label"]))
    yield page_of(
        desk.context,
        addresses.glossary(desk.language, desk.context.default),
        "directory/glossary.html",
        desk.language,
        {"glossary": {"shelves": shelves}},
        title=desk.speaker._("The words we use"),
        description=desk.speaker._("Every word by which entries are sorted here, with what it means."),
        door="find",
    )


def _index(desk: Desk, name: str) -> Iterator[Page]:
    shelf = {**_brief(desk, name), "name": name, "words": _rows(desk, name), "source": _source(desk, name)}
    yield page_of(
        desk.context,
        shelf["path"],
        "directory/facet.html",
        desk.language,
        {"shelf": shelf},
        title=shelf["label"],
        description=shelf["describes"]["text"],
        door="find",
    )


def _brief(desk: Desk, name: str) -> dict[str, Any]:
    """A shelf without its words: `label`, `describes`, `path`, `count_words`."""
    label, describes, count = _told(desk, name)
    return {
        "label": label,
        "describes": describes,
        "path": addresses.facet_index(name, desk.language, desk.context.default),
        "count_words": desk.speaker.n("%(count)s word", "%(count)s words", count),
    }


def _told(desk: Desk, name: str) -> tuple[str, TextView, int]:
    """What a shelf is called, what it is for, how many words it has."""
    declared, speaker = desk.commons.catalog.declarations, desk.speaker
    vocabulary = declared.vocabularies.get(name)
    if name == RELATIONS:
        label = (speaker.plain(vocabulary.label) if vocabulary else "") or speaker._("Relations")
        return label, speaker.text(vocabulary.describes if vocabulary else {}), len(declared.relation_types)
    if vocabulary is not None and name not in APART:
        return speaker.plain(vocabulary.label) or name, speaker.text(vocabulary.describes), len(vocabulary.words)
    head = head_of(desk.commons, name)
    return facet_label(desk, head), speaker.text({}), len(values_of(desk.commons, name))


def _rows(desk: Desk, name: str) -> list[dict[str, Any]]:
    declared = desk.commons.catalog.declarations
    if name == RELATIONS:
        return [_row(desk, RELATIONS, one, 0, 0) for one in declared.relation_types.values()]
    vocabulary = declared.vocabularies.get(name)
    return _words(desk, vocabulary) if vocabulary and name not in APART else _codes(desk, name)


def _source(desk: Desk, name: str) -> dict[str, str]:
    """Where the words of a vocabulary come from; of codes and relations nothing is told."""
    vocabulary = desk.commons.catalog.declarations.vocabularies.get(name)
    source = vocabulary.source if vocabulary and name not in APART else {}
    return {key: source.get(key, "") for key in ("title", "note")} | {"url": safe_url(source.get("url", ""))}


def _words(desk: Desk, vocabulary: Vocabulary) -> list[dict[str, Any]]:
    """The words of a vocabulary, narrower ones under wider ones, A to Z."""
    counts = {value.id: value.count for value in values_of(desk.commons, vocabulary.name)}
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
    return rows


def _codes(desk: Desk, facet: str) -> list[dict[str, Any]]:
    """The values of a facet that are no words of a vocabulary, A to Z."""
    head = head_of(desk.commons, facet)
    rows: list[dict[str, Any]] = [
        {
            "said": desk.speaker.said(value_label(desk, head, value.id, value.label), desk.language),
            "path": desk.word_path(facet, value.id),
            "n": desk.speaker.number(value.count) if value.count else "",
            "definition": desk.speaker.text({}),
            "depth": 0,
        }
        for value in values_of(desk.commons, facet)
    ]
    rows.sort(key=lambda row: sort_key(row["said"]["text"]))
    return rows


def _row(desk: Desk, vocabulary: str, word: Word, count: int, depth: int) -> dict[str, Any]:
    label = desk.speaker.text(word.label)
    return {
        "said": label if label["text"] else desk.speaker.said(word.id, desk.language),
        "path": desk.word_path(vocabulary, word.id),
        "n": desk.speaker.number(count) if count else "",
        "definition": desk.speaker.text(word.definition),
        "depth": depth,
    }
