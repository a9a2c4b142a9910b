"""Codes, dates, numbers and texts in many languages come in; the words that a reader of one language sees go out."""

from __future__ import annotations

import functools
import gettext
import io
import itertools
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from gettext import GNUTranslations, NullTranslations
from pathlib import Path
from typing import Any, TypeVar

import pycountry
from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton
from babel.lists import format_list
from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.numbers import format_decimal

from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Declarations, Field, Texts, Word
from auzolan.model.text import choose

T = TypeVar("T")
TextView = dict[str, Any]
"""A text as a template sees it: `text`, `lang`, `dir`, `other` (whether in another language than the page) and
`says` ("in Catalan", "" unless other)."""

_RTL = frozenset({"ar", "arc", "ckb", "dv", "fa", "ha-Arab", "he", "ks", "ps", "sd", "ug", "ur", "yi"})
REGIONS = "regions"
"""The vocabulary of the names of regions: its words are codes of ISO 3166-2 in lower case."""
NO_TEXT: TextView = {"text": "", "lang": "", "dir": "", "other": False, "says": ""}


def direction(language: str) -> str:
    """`rtl` or `ltr`, from the language tag."""
    script = next((part for part in language.split("-")[1:] if len(part) == 4), "")
    if script:
        return "rtl" if script.title() in {"Arab", "Hebr", "Syrc", "Thaa", "Nkoo"} else "ltr"
    return "rtl" if language.split("-")[0] in _RTL else "ltr"


@functools.lru_cache(maxsize=1_000)
def locale_of(language: str) -> Locale:
    """The CLDR locale nearest to a language tag; English where CLDR knows none. Plain `en` is British, as the
    interface is: 27 July 2014."""
    for candidate in ("en-GB",) if language == "en" else (language, language.split("-")[0]):
        try:
            return Locale.parse(candidate, sep="-")
        except (UnknownLocaleError, ValueError):
            continue
    return Locale("en")


def catalogue(folder: Path, language: str) -> Path:
    """Where a folder of locales has the interface's words in a language, if it has them."""
    return folder / language.replace("-", "_") / "LC_MESSAGES" / "auzolan.po"


def translations(language: str, folders: Iterable[Path]) -> NullTranslations:
    """The interface's words, read from the first `<folder>/<lang>/LC_MESSAGES/auzolan.po` there is, the others as its
    fallbacks; the English of the templates where there is none. Drafts (fuzzy) are left out."""
    chain: list[NullTranslations] = []
    for folder in folders:
        path = catalogue(folder, language)
        if path.is_file():
            chain.append(GNUTranslations(io.BytesIO(_compiled(path.read_bytes(), language))))
    for upper, lower in itertools.pairwise(chain):
        upper.add_fallback(lower)
    return chain[0] if chain else NullTranslations()


@functools.lru_cache(maxsize=32)
def _compiled(catalog: bytes, language: str) -> bytes:
    """A catalogue as gettext reads it. A process that builds again and again has the same ones each time."""
    compiled = io.BytesIO()
    write_mo(compiled, read_po(io.BytesIO(catalog), locale=locale_of(language)))
    return compiled.getvalue()


@dataclass(frozen=True)
class Speaker:
    """Speaks one language of the interface. `words` are the interface's translations, `declarations` those of the
    site; `default` is the site's default language."""

    language: str
    default: str
    dir: str
    locale: Locale
    words: NullTranslations
    declarations: Declarations
    _once: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)
    _manners: dict[str, TextView] = field(default_factory=dict, init=False, repr=False, compare=False)

    def once(self, name: str, make: Callable[[], T]) -> T:
        """What follows from the declarations and the language alone, worked out when it is first asked for; `name` tells
        it from all else. Nobody changes the value."""
        if name not in self._once:
            self._once[name] = make()
        found: T = self._once[name]
        return found

    def _(self, message: str, **values: object) -> str:
        """A sentence of the interface, with `%(name)s` filled in."""
        return self.words.gettext(message) % values if values else self.words.gettext(message)

    def n(self, one: str, many: str, count: int, **values: object) -> str:
        """A sentence that depends on a number, which it may name as `%(count)s`."""
        return self.words.ngettext(one, many, count) % {"count": self.number(count), **values}

    def text(self, texts: Texts, *others: str) -> TextView:
        """What to show of a text: in the reader's language where there is one, else in `others`, English, any."""
        own = texts.get(self.language)
        chosen, language = (own, self.language) if own else choose(texts, self.language, *others)
        return self.said(chosen, language) if chosen else dict(NO_TEXT)

    def said(self, text: str, language: str) -> TextView:
        """A text that is in `language`, marked where that is not the page's own."""
        manner = self._manners.get(language)
        if manner is None:
            manner = self._manners[language] = self._manner(language)
        return {"text": text, **manner}

    def _manner(self, language: str) -> TextView:
        other = language.split("-")[0] != self.language.split("-")[0]
        says = self._("in %(language)s", language=self.language_name(language)) if other else ""
        return {"lang": language, "dir": direction(language), "other": other, "says": says}

    def plain(self, texts: Texts, *others: str) -> str:
        """The same as a bare string."""
        return texts.get(self.language) or choose(texts, self.language, *others)[0]

    def country(self, code: str) -> str:
        """A country's name, from CLDR."""
        return _country(code, self.language)

    def country_otherwise(self, code: str) -> str:
        """What ISO's list, translated, calls a country, without what it adds ("Bolivia, Plurinational State of"). Often the
        same as from CLDR, sometimes the name that people use: Costa de Marfil."""
        return _country_otherwise(code, self.language)

    def region(self, code: str) -> str:
        """A region's name (ISO 3166-2): of our own words, else of the code list translated; where neither has it in the
        reader's language, ours in another, else as its own people write it."""
        label = word.label if (word := self.region_word(code)) else {}
        ours = label.get(self.language) or label.get(self.language.split("-")[0])
        return ours or _region(code.upper(), self.language, self.plain(label))

    def region_word(self, code: str) -> Word | None:
        """A region's names in all languages, where they are declared."""
        return self.word_of(REGIONS, code.lower())

    def language_name(self, tag: str) -> str:
        """A language's name in the reader's language."""
        return language_name(tag, self.locale)

    def date(self, date: PartialDate | None) -> str:
        """`2014`, `July 2014` or `27 July 2014`, as the language writes it; "" for none."""
        return _date(date, self.language) if date else ""

    def number(self, value: int | float) -> str:
        """A number as the language writes it."""
        return _number(value, self.language)

    def listed(self, parts: Iterable[str]) -> str:
        """`a, b and c`."""
        return str(format_list(list(parts), locale=self.locale))

    def word(self, vocabulary: str, word: str) -> str:
        """A word's label; the word itself where the vocabulary does not have it."""
        found = self.word_of(vocabulary, word)
        return self.plain(found.label) or word if found else word

    def word_of(self, vocabulary: str, word: str) -> Word | None:
        """The declared word, or None."""
        declared = self.declarations.vocabularies.get(vocabulary)
        return declared.words.get(word) if declared else None

    def label(self, field: Field) -> str:
        """A field's label; its name where it has none."""
        return self.plain(field.label) or field.name

    def value(self, field: Field, value: str, siblings: Mapping[str, str] | None = None) -> str:
        """The name of a coded value (word, country, region, language, flag, licence) of `field`."""
        if field.type == "word":
            return self.word(field.vocabulary_for(siblings or {}), value)
        return self.coded(field.type, value)

    def coded(self, type_: str, value: str) -> str:
        """The name of a value of a type that has its own code list."""
        if type_ == "country":
            return self.country(value)
        if type_ == "region":
            return self.region(value)
        if type_ == "language":
            return self.language_name(value)
        if type_ == "flag":
            return self._("yes") if value in {"yes", "true", "True"} else self._("no")
        return value


@functools.lru_cache(maxsize=10_000)
def _country(code: str, language: str) -> str:
    return str(locale_of(language).territories.get(code.upper(), code))


@functools.lru_cache(maxsize=10_000)
def _country_otherwise(code: str, language: str) -> str:
    found: Any = pycountry.countries.get(alpha_2=code.upper())
    if found is None:
        return ""
    name = _list("iso3166-1", language).gettext(getattr(found, "common_name", found.name))
    return name.partition(",")[0].partition(" (")[0]


@functools.lru_cache(maxsize=10_000)
def _date(date: PartialDate, language: str) -> str:
    locale = locale_of(language)
    if date.day:
        return str(format_date(date.last_day, "long", locale=locale))
    if date.month:
        return str(format_skeleton("yMMMM", date.last_day, locale=locale))
    return str(date.year)


@functools.lru_cache(maxsize=10_000, typed=True)
def _number(value: int | float, language: str) -> str:
    return str(format_decimal(value, locale=locale_of(language)))


@functools.lru_cache(maxsize=10_000)
def language_name(tag: str, locale: Locale) -> str:
    """The name of the language `tag` in `locale`: `Catalan`, `Chinese (Traditional)`."""
    base, *rest = tag.split("-")
    name = locale.languages.get("_".join([base, *rest])) or locale.languages.get(base)
    if name is None:
        found = pycountry.languages.get(alpha_2=base) or pycountry.languages.get(alpha_3=base)
        name = found.name if found else tag
    script = next((part for part in rest if len(part) == 4), "")
    return f"{name} ({locale.scripts.get(script.title(), script)})" if script else str(name)


def own_name(tag: str) -> str:
    """A language's name in itself: `català`, first letter as the language writes it alone: `Català`."""
    name = language_name(tag, locale_of(tag))
    return name[:1].upper() + name[1:]


@functools.lru_cache(maxsize=10_000)
def _region(code: str, language: str, other: str) -> str:
    found: Any = pycountry.subdivisions.get(code=code)  # type: ignore[no-untyped-call]
    if found is None:
        return other or code
    name = str(found.name)
    translated = _list("iso3166-2", language).gettext(name)
    return other if other and translated == name else translated.split(" [")[0]


@functools.cache
def _list(name: str, language: str) -> NullTranslations:
    """The names of one of ISO's lists in a language."""
    wanted = [language.replace("-", "_"), language.split("-")[0]]
    return gettext.translation(name, pycountry.LOCALES_DIR, languages=wanted, fallback=True)


def speaker(language: str, default: str, declarations: Declarations, folders: Iterable[Path]) -> Speaker:
    """Who speaks `language`; `folders` hold the interface's catalogs, a theme's own first."""
    return Speaker(
        language, default, direction(language), locale_of(language), translations(language, folders), declarations
    )
