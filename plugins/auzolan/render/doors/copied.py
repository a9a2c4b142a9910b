"""Which edition a mirror shows, and when it was verified, come in; a line for the foot of its pages, and a page that tells more, go
out, in the reader's language.
"""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from gettext import NullTranslations
from pathlib import Path

from babel.core import Locale
from babel.dates import format_date
from babel.numbers import format_decimal

from auzolan.model.parts import COUNTRY, LANGUAGE, ORDER, Part
from auzolan.render.shared.naming import catalogue, direction, locale_of, own_name, translations

# Any page may come: neither looks twice at the same letters.
_LANGUAGE = re.compile(r'<html\b[^<>]*\blang="?([A-Za-z0-9-]{2,35})')
_END = ("</footer>", "</body>")
_TAG = re.compile(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})?\Z")
MOST_ASKED = 20
"""Languages of `Accept-Language` that are looked at."""
POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


class Words:
    """The words of the interface in a language; English where no catalogue has it. `themes` are folders of catalogues."""

    def __init__(self, themes: Iterable[Path]) -> None:
        self._folders = tuple(folder / "locales" for folder in themes)
        self.of = lru_cache(maxsize=64)(self._of)

    def known(self, language: str) -> bool:
        """Whether somebody has translated the interface into it."""
        return language == "en" or (
            bool(_TAG.match(language)) and any(catalogue(one, language).is_file() for one in self._folders)
        )

    def _of(self, language: str) -> tuple[str, NullTranslations]:
        known = language if self.known(language) else "en"
        return known, translations(known, self._folders)

    def chosen(self, asked: str, accepted: str) -> str:
        """The language that was asked for by name; else the first of `Accept-Language` that there is; else English."""
        wanted = [asked, *(one.partition(";")[0].strip() for one in accepted.split(",", MOST_ASKED)[:MOST_ASKED])]
        near = (form for one in wanted for form in (one, one.partition("-")[0].lower()))
        return next((one for one in near if one and self.known(one)), "en")


class Line:
    """The line about one copy."""

    def __init__(self, serial: int, verified: datetime.datetime, words: Words) -> None:
        self._serial, self._verified, self._words = serial, verified, words
        self._said = lru_cache(maxsize=64)(self._say)

    def _say(self, language: str) -> tuple[str, str]:
        known, words = self._words.of(language)
        told = words.gettext("A copy of edition {serial}, verified on {date}")
        return known, told.replace("{serial}", str(self._serial)).replace("{date}", day(self._verified, known))

    def put(self, page: str, address: str) -> str:
        """The page with the line at the end of its foot, leading to `address`; a page that has no end stays as it is."""
        spoken = _LANGUAGE.search(page, 0, 4_000)
        language, told = self._said(spoken[1] if spoken else "en")
        foreign = f' lang="{language}" dir="ltr"' if spoken and language != spoken[1] else ""
        for end in _END:
            before, found, after = page.rpartition(end)
            if found:
                link = f'<a href="{html.escape(address)}?lang={language}"{foreign}>{html.escape(told)}</a>'
                return f'{before}<div class="wrap"><p>{link}</p></div>{end}{after}'
        return page


@dataclass(frozen=True, slots=True)
class About:
    """What is told of a copy: its edition, of a part of a commons which one, and where the whole is (`address`, or ""); by whom it was `signed`, when every byte was `verified` and when somebody last said that it
    is the `newest`; whether it is still `fresh`; and the groups of two sha256."""

    name: str
    serial: int
    date: datetime.datetime
    signed: Sequence[str]
    verified: datetime.datetime
    newest: datetime.datetime
    fresh: bool
    files: int
    size: int
    edition: Sequence[str]
    trust: Sequence[str]
    part: Part | None = None
    address: str = ""


def about_page(
    about: About, words: Words, language: str, address: str, home: str, sheets: Iterable[str], icon: str
) -> str:
    """The page about a copy that is shown at `address`; `home` leads to its first page, `sheets` to what it is dressed with, `icon` to the
    sign of the site, or "": browsers ask for one at a place where none lies, if they are told of none."""
    language, catalogued = words.of(language)
    _ = catalogued.gettext
    shown = format_decimal(round(about.size / 1e6, 1), locale=locale_of(language))
    what = {
        _("Edition"): f"{about.serial}, {day(about.date, language)}",
        _("Signed by"): ", ".join(about.signed),
        _("Every byte verified"): day(about.verified, language),
        _("Last said to be the newest"): day(about.newest, language),
        _("Files"): f"{format_decimal(about.files, locale=locale_of(language))}, {shown}\u00a0MB",
    }
    rows = "".join(
        f"<div><dt>{html.escape(key)}</dt><dd><bdi>{html.escape(said)}</bdi></dd></div>" for key, said in what.items()
    )
    sums = {_("sha256 of the edition"): about.edition, _("sha256 of the trust list"): about.trust}
    told = "".join(
        f'<div><dt>{html.escape(key)}</dt><dd><code dir="ltr">{html.escape(" ".join(groups))}</code></dd></div>'
        for key, groups in sums.items()
    )
    older, first = html.escape(_("It may be old: ask for a newer one.")), html.escape(_("To the first page"))
    old = "" if about.fresh else f'<p class="note"><b>{older}</b></p>'
    links = "".join(f'<link rel="stylesheet" href="{html.escape(one)}">' for one in sheets)
    links += f'<link rel="icon" href="{html.escape(icon)}">' if icon else ""
    title = html.escape(_("A copy"))
    lead = html.escape(
        _("A copy of {name}, which proves itself: its bytes are those that people have signed.").replace(
            "{name}", about.name
        )
    )
    part = _part(about.part, about, catalogued, locale_of(language)) if about.part else ""
    copy_it = html.escape(_("You may copy all of it:"))
    compare = html.escape(_("Compare these with somebody who has them from the people who sign."))
    return (
        f'<!doctype html><html lang="{language}" dir="{direction(language)}"><head><meta charset="utf-8">'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="color-scheme" content="light dark">'
        f'<meta name="robots" content="noindex"><title>{title} · {html.escape(about.name)}</title>{links}</head><body>'
        f'<main><div class="band k-article"><div class="wrap"><div class="head"><h1>{title}</h1><p class="lead">{lead}</p>{part}</div></div></div>'
        f'<div class="wrap howto"><section class="sec"><dl class="pairs">{rows}</dl>{old}</section>'
        f'<section class="sec"><p>{copy_it}</p><pre class="file" dir="ltr"><code>auzolan mirror sync {html.escape(address)} our-mirror</code></pre>'
        f'<dl class="pairs">{told}</dl><p class="note">{compare}</p></section></div></main>'
        f'<footer class="foot"><div class="wrap"><p><a href="{html.escape(home)}">{first}</a></p></div></footer></body></html>'
    )


def _part(part: Part, about: About, words: NullTranslations, locale: Locale) -> str:
    """What of the commons the copy is, and where the whole is, as HTML. Of kinds and sectors it knows the ids alone."""

    def name(sort: str, value: str) -> str:
        if sort == COUNTRY:
            return f"{locale.territories.get(value, value)} ({value})"
        return own_name(value) if sort == LANGUAGE else value

    chosen = [name(sort, value) for sort in ORDER for value in part.chosen.get(sort, ())]
    some, all_ = (format_decimal(number, locale=locale) for number in (part.entries, part.total))
    counted = words.ngettext("%(some)s of %(count)s entry", "%(some)s of %(count)s entries", part.total)
    what = ", ".join([*chosen, counted % {"some": some, "count": all_}])
    said = html.escape(words.gettext("This is a part of %(name)s: %(part)s.") % {"name": about.name, "part": what})
    if not part.images:
        said += " " + html.escape(words.gettext("Its pictures were left out."))
    if about.address.startswith(("https://", "http://")):
        address = html.escape(about.address)
        link = f'<a href="{address}"><bdi dir="ltr">{address}</bdi></a>'
        return f'<p class="lead">{said} {html.escape(words.gettext("The whole is at"))} {link}</p>'
    asked = html.escape(words.gettext("For the whole, ask whoever gave it to you."))
    return f'<p class="lead">{said} {asked}</p>'


def day(moment: datetime.datetime, language: str) -> str:
    """A day as it is written in a language."""
    return str(format_date(moment.date(), "long", locale=locale_of(language)))
