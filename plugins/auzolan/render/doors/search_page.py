"""A commons comes in; the door Find goes out: the page that the search script fills, and below it a way in that needs
no script: kinds, facets and all names from A to Z.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons, Facet
from auzolan.model.pages import File, Page, Unit
from auzolan.model.text import fold
from auzolan.render.cards import license_words
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import signs
from auzolan.render.files.strings import SEARCH_SENTENCES, sentences_of, translated
from auzolan.render.lists.counted import MOST, Ranking, facet_ids, head_of, ids_of, wide
from auzolan.render.lists.facets import narrow_by
from auzolan.render.lists.order import by_letter
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of, script_json
from auzolan.render.shared.naming import Speaker

ALL_NAMES = 400
"""Up to so many entries the page lists every name; above, the lists of the kinds do."""
ONE_FILE = 12_000
"""Up to so many bytes the names of words are one file; above, several, by the letters with which words of them begin."""
LARGE = 4_000
"""Bytes of the names of one letter from which on two letters are told apart."""
OTHERS = "_"
"""Stands for all letters but those of ASCII."""

Names = dict[str, dict[str, dict[str, list[str]]]]
"""Facet → value → language → names, the label first; "" where there is none, or it is in another part."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`search/index.html` in every language, and the words that its script says."""
    for language, speaker in context.speakers.items():
        yield Unit(f"search {language}", partial(_page, desk_of(commons, context, speaker)))
        if "search" in context.settings.features:
            yield Unit(f"search words {language}", partial(words_of_search, context, commons, speaker))
    if "search" in context.settings.features:
        yield Unit("search names", partial(names_of_values, commons, context))


def _page(desk: Desk) -> Iterator[Page]:
    commons, context, speaker, language = desk.commons, desk.context, desk.speaker, desk.language
    search = "search" in context.settings.features
    title = speaker._("Search") if search else speaker._("Find")
    view = {
        "title": title,
        "search": search,
        "kinds": signs(commons, context, speaker),
        "facets_list": [_facet(one, speaker) for one in wide(commons)],
        "letters": _letters(desk) if len(commons.listed) <= ALL_NAMES else [],
        "glossary": addresses.glossary(language, context.default),
        "count": speaker.n("%(count)s entry", "%(count)s entries", len(commons.listed)),
    }
    path = addresses.find(language, context.default)
    yield page_of(context, path, "search.html", language, view, title=title, door="find", search_box=False)


def words_of_search(context: Context, commons: Commons, speaker: Speaker) -> Iterator[File]:
    """`static/search.<language>.js`: the words of the search script, and the signs of kinds."""
    told = {
        "words": translated(sentences_of(context, SEARCH_SENTENCES), speaker),
        "signs": sign_classes(commons, speaker),
        "named": sorted(_in_parts(_named(commons, context))),
    }
    yield File(f"static/search.{speaker.language}.js", f"self.AUZOLAN_FOUND={script_json(told)};\n".encode())


def names_of_values(commons: Commons, context: Context) -> Iterator[File]:
    """`static/named.js`, or `static/named/<letters>.js`: facet → value → language → its label, or "", and its other names, of the words that
    somebody uses: by these an entry is found whose own texts have none of the words looked for."""
    for part, told in _in_parts(_named(commons, context)).items():
        path = f"static/named/{part}.js" if part else "static/named.js"
        yield File(path, f"(self.AUZOLAN_NAMED=self.AUZOLAN_NAMED||[]).push({script_json(told)});\n".encode())


def _named(commons: Commons, context: Context) -> Names:
    speaker = context.speakers[context.default]
    told: Names = {}
    for facet in (head_of(commons, id_) for id_ in facet_ids(commons)):
        for value in ids_of(commons, facet.id):
            word = speaker.region_word(value) if facet.type == "region" else None
            word = speaker.word_of(facet.vocabulary or facet.id, value) if facet.type == "word" else word
            if word is not None:
                told.setdefault(facet.id, {})[value] = {
                    tag: list(dict.fromkeys([word.label.get(tag) or "", *word.aliases.get(tag, ())]))
                    for tag in sorted({*word.label, *word.aliases})
                }
    return told


def _in_parts(told: Names) -> dict[str, Names]:
    """Part → its names: one part, "", where they are few, else one for each letter with which a word of them begins, or, where these
    are many, for each two."""
    if len(script_json(told)) <= ONE_FILE:
        return {"": told}
    parts = _parted(told, lambda word: word[0])
    large = {letter for letter, names in parts.items() if len(script_json(names)) > LARGE}
    return _parted(told, lambda word: word[:2] if word[0] in large else word[0]) if large else parts


def _parted(told: Names, part_of: Callable[[str], str]) -> dict[str, Names]:
    parts: dict[str, Names] = {}
    for facet, values in told.items():
        for value, languages in values.items():
            for language, names in languages.items():
                for place, name in enumerate(names):
                    for part in {part_of(word) if word.isascii() else OTHERS for word in words_in(name)}:
                        values_of = parts.setdefault(part, {}).setdefault(facet, {})
                        told_of = values_of.setdefault(value, {}).setdefault(language, [""])
                        if place:
                            told_of.append(name)
                        else:
                            told_of[0] = name
    return parts


def words_in(name: str) -> list[str]:
    """The words of a name, however search cuts it: where in doubt there is one too many."""
    return re.findall(r"[a-z0-9]+|[^\W_]", fold(name))


def sign_classes(commons: Commons, speaker: Speaker) -> dict[str, dict[str, Any]]:
    """For the search script: kind → class of its hue, symbol of its sign, whether it is mirrored, its label."""
    said = commons.catalog.declarations
    kinds = [*said.kinds.values(), *([said.article] if said.article else [])]
    found = {}
    for kind in kinds:
        shown = kind_view(kind, speaker)
        found[kind.name] = {
            "class": f"k-{shown['hue']}",
            "symbol": f"s-{shown['sign']}",
            "flip": shown["flip"],
            "label": shown["label"],
        }
    return found


def _facet(ranking: Ranking, speaker: Speaker) -> dict[str, Any]:
    """A facet as the macro `facets` of the partials shows it, its commonest values first."""
    language, default, facet = speaker.language, speaker.default, ranking.facet
    choices = [
        {
            "label": _label(facet, speaker, value.id, value.label),
            "n": speaker.number(value.count),
            "path": addresses.facet_value_page(facet.id, value.id, language, default),
            "on": False,
            "kind": None,
            "narrow": narrow_by(facet.id, value.id),
        }
        for value in ranking.values
    ]
    more = addresses.facet_index(facet.id, language, default) if ranking.total > MOST else ""
    return {"label": speaker.plain(facet.label) or facet.id, "choices": choices, "more": more}


def _label(facet: Facet, speaker: Speaker, value: str, label: Any) -> str:
    if facet.type == "word":
        return speaker.plain(label) or value
    if facet.type == "license":
        return license_words(value)
    return speaker.coded(facet.type, value)


def _letters(desk: Desk) -> list[dict[str, Any]]:
    """All entries under their letters, A to Z first: `letter`, `id` of its section, `cards`."""
    groups = sorted(by_letter(desk, desk.commons.listed), key=lambda group: (not ("A" <= group[0] <= "Z"), group[0]))
    return [
        {"letter": letter, "id": f"az-{addresses.letter_slug(letter)}", "cards": desk.cards(ids)}
        for letter, ids in groups
    ]
