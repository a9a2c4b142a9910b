"""Which copy a mirror shows, and when it was verified, come in; a line for the foot of its pages, in their language, and the page that
tells of the copy, in the reader's, go out.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from auzolan.model.parts import COUNTRY, LANGUAGE, ORDER, Part
from auzolan.model.text import in_groups
from auzolan.render.shared.naming import catalogue, direction, locale_of, own_name, translations

# Any page may come: neither looks twice at the same letters.
_LANGUAGE = re.compile(r'<html\b[^<>]*\blang="?([A-Za-z0-9-]{2,35})')
_END = ("</footer>", "</body>")
_ASKED = re.compile(r"\s*([A-Za-z]{2,3})(?:-[A-Za-z0-9-]*)?\s*(?:;\s*q=([0-9.]+)\s*)?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class Copied:
    """A copy that is shown: its edition (`serial`, `name`, `date`, `digest`), the `address` of the commons or "", of a part which one;
    when it was `verified`, and last said to be the `newest`, and whether that is `fresh`; who `signed` it; `files` of `size` bytes;
    the sha256 of the `trust` list."""

    serial: int
    name: str
    date: datetime.datetime
    digest: str
    address: str
    part: Part | None
    verified: datetime.datetime
    newest: datetime.datetime
    fresh: bool
    signed: Sequence[str]
    files: int
    size: int
    trust: str


def language_asked(accepted: str, page: str, themes: Sequence[Path]) -> str:
    """The language to answer in: the first of those that a browser accepts (`Accept-Language`) of which there is a catalogue, else
    that of `page`."""
    wanted = []
    for place, one in enumerate(accepted[:500].split(",")):
        told = _ASKED.match(one)
        if told:
            weight = float(told[2]) if told[2] and told[2].replace(".", "", 1).isdigit() else 0.0 if told[2] else 1.0
            wanted.append((-weight, place, told[1].lower()))
    for _, _, tag in sorted(wanted):
        if tag == "en" or any(catalogue(folder / "locales", tag).is_file() for folder in themes):
            return tag
    found = _LANGUAGE.search(page, 0, 4_000)
    return found[1] if found else "en"


def page_about(copied: Copied, language: str, themes: Iterable[Path], sheet: str) -> str:
    """The page that tells of a copy. `sheet` is the address of a style sheet, or ""."""
    words, locale = translations(language, [folder / "locales" for folder in themes]), locale_of(language)
    title, home = words.gettext("A copy"), words.gettext("Home")
    items = "".join(f"<p>{one}</p>" for one in _lines(copied, words, locale))
    link = f'<link rel="stylesheet" href="{html.escape(sheet)}">' if sheet else ""
    return (
        f'<!doctype html><html lang="{html.escape(language)}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width"><title>{html.escape(title)}</title>{link}</head>'
        f'<body><main class="wrap"><h1>{html.escape(title)}</h1>{items}<p><a href="./">{html.escape(home)}</a></p></main></body></html>'
    )


def _lines(copied: Copied, words: NullTranslations, locale: Locale) -> Iterator[str]:
    """As HTML."""
    _ = words.gettext

    def told(sentence: str, **values: object) -> str:
        return html.escape(sentence.format(**values))

    def day(moment: datetime.datetime) -> str:
        return str(format_date(moment.date(), "long", locale=locale))

    size = f"{format_decimal(round(copied.size / 1e6, 1), locale=locale)}\u00a0MB"
    yield told(_("Edition {serial} of {name}, {date}"), serial=copied.serial, name=copied.name, date=day(copied.date))
    if copied.part:
        yield _part(copied.part, copied, words, locale)
    yield told(
        _("Signed by {names}; every byte was verified on {date}."),
        names=", ".join(copied.signed),
        date=day(copied.verified),
    )
    old = "" if copied.fresh else " " + html.escape(_("It may be old: ask for a newer one."))
    yield told(_("Last said to be the newest on {date}."), date=day(copied.newest)) + old
    yield told(
        _("{files} files, {size}. You may copy all of it: {command} and this address."),
        files=format_decimal(copied.files, locale=locale), size=size, command="auzolan mirror sync",
    )  # fmt: skip
    yield told(_("sha256 of the edition: {digest}"), digest=" ".join(in_groups(copied.digest)))
    yield told(_("sha256 of the trust list: {digest}"), digest=" ".join(in_groups(copied.trust)))


def _part(part: Part, copied: Copied, words: NullTranslations, locale: Locale) -> str:
    """What of the commons the copy is, and where the whole is. Of kinds and sectors it knows the ids alone."""

    def name(sort: str, value: str) -> str:
        if sort == COUNTRY:
            return f"{locale.territories.get(value, value)} ({value})"
        return own_name(value) if sort == LANGUAGE else value

    chosen = [name(sort, value) for sort in ORDER for value in part.chosen.get(sort, ())]
    some, all_ = (format_decimal(number, locale=locale) for number in (part.entries, part.total))
    counted = words.ngettext("%(some)s of %(count)s entry", "%(some)s of %(count)s entries", part.total)
    what = ", ".join([*chosen, counted % {"some": some, "count": all_}])
    said = html.escape(words.gettext("This is a part of %(name)s: %(part)s.") % {"name": copied.name, "part": what})
    if not part.images:
        said += " " + html.escape(words.gettext("Its pictures were left out."))
    if copied.address.startswith(("https://", "http://")):
        address = html.escape(copied.address)
        return f'{said} {html.escape(words.gettext("The whole is at"))} <a href="{address}"><bdi dir="ltr">{address}</bdi></a>'
    return f"{said} {html.escape(words.gettext('For the whole, ask whoever gave it to you.'))}"


class Line:
    """The line about one copy. `themes` are folders of catalogues."""

    def __init__(self, serial: int, verified: datetime.datetime, themes: Iterable[Path]) -> None:
        self._serial, self._verified, self._themes = serial, verified, tuple(themes)
        self._said = lru_cache(maxsize=64)(self._say)

    def _say(self, language: str) -> str:
        words = translations(language, [folder / "locales" for folder in self._themes])
        locale = locale_of(language)
        told = words.gettext("A copy of edition {serial}, verified on {date}")
        date = str(format_date(self._verified.date(), "long", locale=locale))
        return told.replace("{serial}", str(self._serial)).replace("{date}", date)

    def put(self, page: str, address: str) -> str:
        """The page with the line at the end of its foot, leading to `address`; a page that has no end stays as it is."""
        spoken = _LANGUAGE.search(page, 0, 4_000)
        told = html.escape(self._said(spoken[1] if spoken else "en"))
        for end in _END:
            before, found, after = page.rpartition(end)
            if found:
                line = f'<div class="wrap"><p><a href="{html.escape(address)}">{told}</a></p></div>'
                return f"{before}{line}{end}{after}"
        return page
