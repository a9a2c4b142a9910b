"""Code lists and words come in; scripts go out that a form loads when somebody begins to fill it in: what it says, what countries, languages
and words are called, and what only files need that were written by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

from auzolan.model.commons import Commons
from auzolan.model.kinds import Declarations
from auzolan.model.pages import File, Unit
from auzolan.model.text import fold
from auzolan.render.files.strings import FORM_SENTENCES, sentences_of, translated
from auzolan.render.form.declared import other_names, relations_told, vocabularies_of, words_told
from auzolan.render.shared.context import Context, Licenses
from auzolan.render.shared.frame import script_json
from auzolan.render.shared.naming import Speaker


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`static/codes.<language>.js` of each language, and `static/names.js`."""
    for speaker in context.speakers.values():
        yield Unit(f"codes {speaker.language}", partial(_codes, context, speaker))
    yield Unit("names", partial(_names, context))


def _codes(context: Context, speaker: Speaker) -> Iterator[File]:
    told = {**codes(speaker), "says": translated(sentences_of(context, FORM_SENTENCES), speaker)}
    yield File(f"static/codes.{speaker.language}.js", f"AUZOLAN_CODES({script_json(told)});\n".encode())


def _names(context: Context) -> Iterator[File]:
    said = context.speakers[context.default].declarations
    yield File("static/names.js", f"AUZOLAN_NAMES({script_json(names(said, context.licenses()))});\n".encode())


def codes(speaker: Speaker) -> dict[str, Any]:
    """`countries`, `languages`: code → name; `words`: vocabulary → word → label; `relations`: see `relations_told`."""
    said = speaker.declarations
    known = speaker.locale.languages
    return {
        "countries": dict(countries(speaker)),
        "languages": dict(
            sorted(((tag, known.get(tag) or tag) for tag in languages()), key=lambda pair: fold(pair[1]))
        ),
        "words": words_told(said, _used(said), speaker),
        "relations": relations_told(said, speaker),
    }


def names(said: Declarations, licenses: Licenses) -> dict[str, Any]:
    """What only files need that were written by hand: `names`: vocabulary → other name of a word, folded → word; `licenses`,
    `exceptions`: ids; `deprecated`: id → id."""
    return {
        "names": other_names(said, _used(said)),
        "licenses": sorted(licenses.ids),
        "exceptions": sorted(licenses.exceptions),
        "deprecated": dict(sorted(licenses.deprecated.items())),
    }


def _used(said: Declarations) -> list[str]:
    return list({name: None for kind in said.kinds.values() for name in vocabularies_of(kind, said)})


def languages() -> frozenset[str]:
    """The languages that CLDR knows, as the check takes them."""
    from babel import Locale

    tags = (str(tag) for tag in Locale("en").languages)
    return frozenset(tag for tag in tags if tag.isalpha() and tag.islower())


def countries(speaker: Speaker) -> list[tuple[str, str]]:
    """(code, name) of every country of ISO 3166-1, in the order of the reader's language."""
    import pycountry

    found = [(str(one.alpha_2), speaker.country(one.alpha_2)) for one in pycountry.countries]
    return sorted(found, key=lambda pair: fold(pair[1]))
