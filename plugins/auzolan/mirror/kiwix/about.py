"""A built site comes in; what its ZIM file tells of it as a whole goes out: the metadata that openZIM asks for, and a picture."""

from __future__ import annotations

import datetime
import io
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from auzolan import __version__
from auzolan.mirror.kiwix.pages import read as read_page
from auzolan.mirror.making import built_part
from auzolan.mirror.reading import reader
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import EDITION, MAX_STATEMENT, edition_of
from auzolan.model.errors import AuzolanError, MissingFolder

SIDE = 48
"""Width and height of the picture, in pixels."""
_MOST_TITLE, _MOST_DESCRIPTION = 30, 80
"""Characters that openZIM allows."""
_MAX_PAGE = 10_000_000
_MAX_DATA = 1_000_000_000
_COLOUR = re.compile(r"--poster\s*:\s*(#[0-9a-fA-F]{6})")
_INK, _POSTER = "#1c1a17", "#ffcb2d"
_SHAPES = ((22, 4, 36, 4, 36, 19, 22, 19), (4, 36, 4, 22, 19, 22, 19, 36), (29, 21, 37, 29, 29, 37, 21, 29))
"""As in the theme's favicon: beside a circle, a square, another, and a lozenge."""


@dataclass(frozen=True, slots=True)
class About:
    """A site as a whole. `languages` are tags, the default one first; `front` are the pages that somebody may look for by their
    titles; `date` is when it was made: the edition's, else the source's, else None."""

    name: str
    title: str
    description: str
    languages: tuple[str, ...]
    url: str
    licenses: tuple[str, ...]
    colour: str
    date: datetime.date | None
    front: frozenset[str]
    images: bool = True

    @property
    def indexed(self) -> str:
        """The language by whose rules words are indexed, as three letters."""
        return three_letters(self.languages[0])

    def metadata(self, date: datetime.date) -> dict[str, str]:
        """Metadata by their names."""
        told = {
            "Name": self.name,
            "Title": _cut(self.title, _MOST_TITLE),
            "Description": _cut(self.description or self.title, _MOST_DESCRIPTION),
            "LongDescription": self.description[:4000],
            "Language": ",".join(dict.fromkeys(map(three_letters, self.languages))),
            "Creator": self.title,
            "Publisher": self.title,
            "Date": date.isoformat(),
            "License": " AND ".join(self.licenses),
            "Source": self.url,
            "Scraper": f"auzolan {__version__}",
            "Tags": "_category:other;_sw:no;_ftindex:yes;"
            f"_pictures:{'yes' if self.images else 'no'};_videos:no;_details:yes",
        }
        return {name: text for name, text in told.items() if text}

    def picture(self) -> bytes:
        """A PNG of SIDE by SIDE: the shapes of the site's sign, in the poster's colour."""
        from PIL import Image, ImageDraw

        scale = SIDE * 8 / 40  # the sign is drawn on 40 by 40, and here first larger, so that its edges are smooth
        drawn = Image.new("RGB", (SIDE * 8, SIDE * 8), _INK)
        pen = ImageDraw.Draw(drawn)
        pen.ellipse([scale * one for one in (4, 4, 19, 19)], fill=self.colour)
        for shape in _SHAPES:
            pen.polygon([scale * one for one in shape], fill=self.colour)
        made = io.BytesIO()
        drawn.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(made, "PNG")
        return made.getvalue()


def about(copy: Path) -> About:
    """What a copy tells of itself. Raises MissingFolder where there is none, AuzolanError where it has no data."""
    read = reader(copy)
    home = read("index.html", _MAX_PAGE) if copy.is_dir() else None
    if home is None:
        raise MissingFolder(f"{copy} holds no built site", "build it first: auzolan build")
    data = read("data/everything.json", _MAX_DATA)
    try:
        told: Mapping[str, Any] = json.loads(data or b"")
        self = told["about"]
        languages = tuple(str(one) for one in self["languages"])
        pages = [str(one["page"]) for one in told["entries"]]
        pages += [f"articles/{one['slug']}.html" for one in told["articles"]]
        licenses = tuple(dict.fromkeys(str(self[key]) for key in ("entry_license", "article_license") if self.get(key)))
        title, url, id_ = str(self["name"]), str(self["url"]), str(self["id"])
    except (ValueError, KeyError, TypeError) as problem:
        raise AuzolanError(f"{copy} holds no data/everything.json that could be read",
                           "switch the data plugin on, and build it again: auzolan build") from problem  # fmt: skip
    front = {page if language == languages[0] else f"{language}/{page}" for page in pages for language in languages}
    style = (read("static/site.css", _MAX_PAGE) or b"").decode("utf-8", "replace")
    found = _COLOUR.search(style)
    description = (
        _described(home.decode("utf-8", "replace")) or read_page("index.html", home.decode("utf-8", "replace")).title
    )
    part = built_part(copy)
    if part is not None:
        # Its id, and so its name in a library, is another than that of the whole.
        description = f"A part of {title} ({part.words()}). {description}"
    slug = re.sub(r"[^a-z0-9]+", "-", id_.lower()).strip("-") or "commons"
    name = f"{slug}_{languages[0] if len(languages) == 1 else 'mul'}_all"
    return About(
        name,
        title,
        description,
        languages,
        url,
        licenses,
        found[1] if found else _POSTER,
        _date(copy),
        frozenset(front),
        part is None or part.images,
    )


def three_letters(tag: str) -> str:
    """The ISO 639-3 code of a language tag: `cat` of `ca`."""
    import pycountry

    first = tag.partition("-")[0]
    found = pycountry.languages.get(alpha_2=first) or pycountry.languages.get(alpha_3=first)
    return str(found.alpha_3) if found is not None else "und"


def _described(html: str) -> str:
    found = re.search(r'<meta name="description" content="([^"]*)"', html)
    if found is None:
        return ""
    from html import unescape

    return " ".join(unescape(found[1]).split())


def _date(copy: Path) -> datetime.date | None:
    try:
        data = reader(copy)(EDITION, MAX_STATEMENT)
        return edition_of(data).date.date() if data else None
    except Refused:
        return None


def _cut(text: str, most: int) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"
