"""What a search found comes in, as plain values; the HTML of the results goes out, for readers without scripts.

The same sentences and rows as theme/client/search/page.ts and row.ts, in the language of the page into which they are put.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.numbers import format_decimal

from auzolan.render.shared.environment import environment
from auzolan.render.shared.naming import direction, locale_of, translations

Marked = Sequence[tuple[str, bool]]
"""A text in pieces, each marked or not."""
Signs = Mapping[str, Mapping[str, Any]]
"""How a kind is shown: `class`, `symbol`, `flip`, `label`, as the search script is told."""
_CLASS = re.compile(r"\|(?:zero|one|two|few|many|other)\Z")


@dataclass(frozen=True, slots=True)
class Row:
    """One result. `url` is site-root-relative."""

    kind: str
    url: str
    title: Marked
    summary: Marked
    place: Marked


@dataclass(frozen=True, slots=True)
class Answer:
    """`rows` are those from number `first` (0 …) on of `total`, of which `complete` have all words. `meant` are the words for
    which others were looked for, with these. `chosen` are the values by which it is narrowed: the name of its facet ("" for the
    kind), its own, and the address of the answer without it. `before`, `after` and `as_typed` are the addresses of other answers, or ""."""

    total: int
    complete: int
    rows: Sequence[Row]
    first: int = 0
    unknown: Sequence[str] = ()
    meant: Sequence[tuple[str, Sequence[str]]] = ()
    before: str = ""
    after: str = ""
    as_typed: str = ""
    chosen: Sequence[tuple[str, str, str]] = ()


REFUSALS = ("long", "many", "encoding", "control", "page")
"""Why a question is not answered."""


class Teller:
    """Says results in one language. `themes` are theme folders, the site's own first; where none of them speaks the
    language, what is said is English, and marked so."""

    def __init__(self, language: str, themes: Iterable[Path], overrides: Iterable[Path] = ()) -> None:
        folders = tuple(themes)
        self._language = language
        self._words = translations(language, [folder / "locales" for folder in folders])
        self._templates = environment(language, folders, overrides=overrides, words=self._words)
        spoken = self._words.info().get("language", "").replace("_", "-").split("-")[0]
        self._foreign = language.split("-")[0] not in ("en", spoken)

    def results(self, answer: Answer, signs: Signs, root: str) -> str:
        """The HTML of an answer. `root` is the way from the page to the site's root; it begins with a dot, so that no address in the
        files can be of another scheme."""
        told = {
            "sentence": self._sentence(answer),
            "rows": [self._row(answer, place, row, signs.get(row.kind)) for place, row in enumerate(answer.rows)],
            "as_typed": answer.as_typed if answer.meant else "",
            "before": answer.before,
            "after": answer.after,
            "chosen": [self._choice(facet, value, address) for facet, value, address in answer.chosen],
        }
        return self._html(told, root)

    def refused(self, reason: str) -> str:
        """The HTML that says why nothing was looked for (one of REFUSALS, or "unreadable" for damaged search files) and what to do."""
        what, way_out = self._refusals()[reason]
        return self._html({"refused": what, "way_out": way_out}, "./")

    def _html(self, told: Mapping[str, Any], root: str) -> str:
        empty = {"refused": "", "lang": "en" if self._foreign else "", "dir": direction("en")}
        return self._templates.get_template("_results.html").render(search={**empty, **told}, root=root)

    def _choice(self, facet: str, value: str, address: str) -> dict[str, str]:
        words = f"{facet or self._words.gettext('Kind')}: {value}"
        return {
            "value": value,
            "address": address,
            "does": self._words.gettext("Take back: {words}").replace("{words}", words),
        }

    def _row(self, answer: Answer, place: int, row: Row, sign: Mapping[str, Any] | None) -> dict[str, Any]:
        at, heading = answer.first + place, ""
        if answer.complete < answer.total and (place == 0 or at == answer.complete):
            all_words = "With all other words" if answer.unknown else "With all words"
            heading = self._words.gettext("With some of the words" if at >= answer.complete else all_words)
        return {"sign": sign, "heading": heading, "url": row.url, "title": row.title, "summary": row.summary,
                "place": row.place}  # fmt: skip

    def _sentence(self, answer: Answer) -> str:
        if answer.total:
            found = self._count(answer.total, "{count} result.", "{count} results.")
        elif answer.chosen:
            found = self._words.gettext("Nothing is left. Take one of the choices back.")
        elif answer.unknown:
            found = self._words.gettext("Nothing was found. Try another word, or fewer letters.")
        else:
            found = self._words.gettext("These words are in nearly every text. Please add another one.")
        told = [found]
        if answer.complete and answer.complete < answer.total and not answer.unknown:
            told.append(self._count(answer.complete, "{count} has all words.", "{count} have all words."))
        missed = [*(word for word, _ in answer.meant), *answer.unknown]
        instead = [form for _, forms in answer.meant for form in forms]
        for words, sentence in ((missed, "No text here has {words}."), (instead, "Showing results for {words}.")):
            if words:
                told.append(self._words.gettext(sentence).replace("{words}", _quoted(words)))
        return " ".join(told)

    def _count(self, number: int, one: str, other: str) -> str:
        """The sentence for a number. Its translations are listed by the plural classes of the CLDR, as the client reads them."""
        class_ = str(locale_of(self._language).plural_form(number))
        key = f"{one if class_ == 'one' else other}|{class_}"
        said = self._words.gettext(key)
        if said == key:
            said = one if number == 1 else other
        shown = format_decimal(number, locale=locale_of("en" if self._foreign else self._language))
        return _CLASS.sub("", said).replace("{count}", shown)

    def _refusals(self) -> dict[str, tuple[str, str]]:
        _ = self._words.gettext
        shorter = _("Take a few words: the first 64 of them are read.")
        again = _("Type it into the box above.")
        return {
            "long": (_("This question is too long."), shorter),
            "many": (_("This address asks for too many things at once."), again),
            "encoding": (_("This address is not written as addresses are."), again),
            "control": (_("There are signs in this question that no text has."), again),
            "page": (_("There are no results so far down."), _("Add a word, to find fewer.")),
            "unreadable": (_("The search files cannot be read just now."),
                           _("Please try again later; the list below has everything.")),
        }  # fmt: skip


def _quoted(words: Sequence[str]) -> str:
    """Words in the direction in which they are written, whatever stands around them."""
    return ", ".join(f"\u201c\u2068{word}\u2069\u201d" for word in words)
