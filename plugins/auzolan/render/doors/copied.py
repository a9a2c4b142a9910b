"""Which edition a mirror shows, and when it was verified, come in; a line for the foot of its pages goes out, in their language."""

from __future__ import annotations

import datetime
import html
import re
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path

from babel.dates import format_date

from auzolan.render.shared.naming import locale_of, translations

# Any page may come: neither looks twice at the same letters.
_LANGUAGE = re.compile(r'<html\b[^<>]*\blang="?([A-Za-z0-9-]{2,35})')
_END = ("</footer>", "</body>")


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
