"""A theme and the countries of a part come in; the scripts and tables go out that its file carries, by the paths that they have in
a site: what runs at once, and what a form asks for."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from auzolan.model.commons import Commons
from auzolan.model.errors import MissingFolder
from auzolan.render.files.strings import FORM_SENTENCES, sentences_of, translated
from auzolan.render.form.codes import codes, names
from auzolan.render.pocket.part import Part
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import script_json
from auzolan.render.shared.naming import Speaker

AT_ONCE = "static/built/pocket.js"
FOR_FORMS = ("static/built/contribute.js", "static/built/form.js", "static/built/edit.js")
STYLE, POCKET_STYLE, FORM_STYLE = "static/style.css", "static/pocket.css", "static/form.css"
NOTICES = "static/built/THIRD-PARTY.txt"
"""What the scripts owe to others: it goes where they go."""
REST = "/* field, button */"
"""Where the part of the style ends that is needed without a script: what comes after it is packed."""
LETTERS = frozenset({0, 2})
"""The tables of letters that are always carried (4,096 code points each): Latin, Greek, Cyrillic, Arabic, the scripts of India, and
the signs of punctuation. Others are where a name of the part needs them."""
MOST_LETTERS = 4
MOST_PLACES = 30_000
"""Characters of regions and towns that are carried: those of one large country."""
_PLACES = "static/built/places"


def _is_there(context: Context, path: str) -> bool:
    return any((theme / path).is_file() for theme in context.themes)


def file_of(context: Context, path: str) -> str:
    """The text of a file of the theme, by its path in a site; the first theme that has it wins. Raises MissingFolder."""
    found = next((one for theme in context.themes if (one := theme / path).is_file()), None)
    if found is None:
        hint = "python hatch_build.py makes the scripts" if "/built/" in path else "install Auzolan anew"
        raise MissingFolder(f"the theme has no {path}", hint)
    return found.read_text("utf-8").replace("\r\n", "\n")


def countries_of(part: Part, commons: Commons) -> list[str]:
    """The countries that the part's entries are sorted by, the commonest first."""
    there, counts = frozenset(part.ids), Counter[str]()
    for facet in commons.facets.values():
        if facet.type == "country":
            counts.update({value.id: len(there.intersection(value.members)) for value in facet.values})
    return sorted((code for code in counts if counts[code]), key=lambda code: (-counts[code], code))


def towns_of(context: Context, countries: Iterable[str]) -> dict[str, str]:
    """Of the countries, the regions and towns as one script each, by its path, as far as there is room."""
    folder = next((path for theme in context.themes if (path := theme / _PLACES).is_dir()), None)
    found: dict[str, str] = {}
    room = MOST_PLACES
    for country in countries if folder else ():
        told = _told_of(folder, context.places, country) if folder else ""
        if told and len(told) <= room:
            room -= len(told)
            found[f"{_PLACES}/{country}.js"] = f'AUZOLAN_PLACES({{"{country}":{told}}});\n'
    return found


def _told_of(folder: Path, parts: Iterable[str], country: str) -> str:
    part = max((first for first in parts if first <= country), default="")
    text = (folder / f"{part}.js").read_text("utf-8") if part else ""
    told = json.loads(text[text.index("(") + 1 : text.rindex(")")]) if text else {}
    return json.dumps(told[country], ensure_ascii=False, separators=(",", ":")) if country in told else ""


def tables_of(context: Context, speaker: Speaker, names_there: Iterable[str]) -> dict[str, str]:
    """What a form looks up: its words and codes, other names of words, licences, letters such as those of the names there are."""
    said = speaker.declarations
    told = {**codes(speaker), "says": translated(sentences_of(context, FORM_SENTENCES), speaker)}
    counts = Counter(ord(sign) >> 12 for name in names_there for sign in name if ord(sign) >= 0x1000)
    wanted = sorted(LETTERS | set(sorted(counts, key=lambda table: (-counts[table], table))[:MOST_LETTERS]))
    paths = [f"static/built/ascii/{table}.js" for table in wanted]
    letters = {path: file_of(context, path) for path in paths if _is_there(context, path)}
    return {
        f"static/codes.{speaker.language}.js": f"AUZOLAN_CODES({script_json(told)});\n",
        "static/names.js": f"AUZOLAN_NAMES({script_json(names(said, context.licenses()))});\n",
        **letters,
    }
