"""Names of things come in, the address of each page and file goes out: site-root-relative posix paths."""

from __future__ import annotations

import functools
import posixpath
import re
from functools import lru_cache
from urllib.parse import quote, urlencode

from auzolan.model.kinds import Kind
from auzolan.model.text import WINDOWS_NAMES, license_slug

_OTHER = re.compile(r"[^a-z0-9.-]+")
_ASCII = re.compile(r"[a-z0-9-]+\Z")


def in_language(path: str, language: str, default: str) -> str:
    """`path` under the prefix of its language; the default language is bare."""
    return path if language == default else f"{language.lower()}/{path}"


def bare(path: str, language: str, default: str) -> str:
    """`path` without the prefix of its language: what `in_language` began from."""
    return path if language == default else path.removeprefix(f"{language.lower()}/")


def entry_page(kind: Kind, slug: str, language: str, default: str) -> str:
    """`ca/cooperatives/x.html`."""
    return in_language(f"{kind.folder}/{slug}.html", language, default)


def kind_index(kind: Kind, language: str, default: str) -> str:
    """The list of a kind: `ca/cooperatives/index.html`."""
    return in_language(f"{kind.folder}/index.html", language, default)


def letter_slug(letter: str) -> str:
    """A heading of the A–Z as a file name and id: `c`, `0-9`, `u0416` for other scripts, `other` for `#`."""
    folded = letter.lower()
    if _ASCII.match(folded):
        return folded
    return "other" if letter == "#" else "".join(f"u{ord(character):04x}" for character in folded)


def kind_letter(kind: Kind, letter: str, language: str, default: str, n: int = 1) -> str:
    """One letter of a long list: `cooperatives/_az/c.html`, its further parts `c-2.html`."""
    part = "" if n == 1 else f"-{n}"
    return in_language(f"{kind.folder}/_az/{letter_slug(letter)}{part}.html", language, default)


@functools.lru_cache(maxsize=10_000)
def value_slug(value: str) -> str:
    """A facet's value as a file name that every system can hold: `es-ct`, `gpl-2.0-or-later`."""
    slug = _OTHER.sub("-", license_slug(value)).strip("-.") or "-"
    reserved = slug.split(".")[0] in WINDOWS_NAMES or slug == "index"
    return f"{slug}_" if reserved else slug


def facet_value_page(facet: str, value: str, language: str, default: str, n: int = 1) -> str:
    """One value of a facet (or word of a vocabulary): `by/topics/housing.html`. Further pages end in `-2`, `-3` …
    and are counted from the oldest entry, so that an address keeps its entries when new ones come."""
    part = "" if n == 1 else f"-{n}"
    return in_language(f"by/{facet}/{value_slug(value)}{part}.html", language, default)


def facet_index(facet: str, language: str, default: str) -> str:
    """All values of a facet, or all words of a vocabulary: `by/topics/index.html`."""
    return in_language(f"by/{facet}/index.html", language, default)


def glossary(language: str, default: str) -> str:
    """The words we use: `by/index.html`."""
    return in_language("by/index.html", language, default)


def relation_page(type_: str, language: str, default: str) -> str:
    """A type of relation: `by/relations/member-of.html`."""
    return facet_value_page("relations", type_, language, default)


def article_page(slug: str, language: str, default: str) -> str:
    """`articles/{slug}.html`."""
    return in_language(f"articles/{slug}.html", language, default)


def articles_index(language: str, default: str) -> str:
    """The list of articles."""
    return in_language("articles/index.html", language, default)


def plain_page(slug: str, language: str, default: str) -> str:
    """A page of the site itself: `pages/about.html`."""
    return in_language(f"pages/{slug}.html", language, default)


def home(language: str, default: str) -> str:
    """The first page."""
    return in_language("index.html", language, default)


def find(language: str, default: str) -> str:
    """The door Find: search."""
    return in_language("search/index.html", language, default)


def open_search(language: str, default: str) -> str:
    """What tells a browser how to search the site: `search/opensearch.xml`."""
    return in_language("search/opensearch.xml", language, default)


def map_page(language: str, default: str) -> str:
    """The door Map."""
    return in_language("map.html", language, default)


def add(language: str, default: str) -> str:
    """The door Add: the form."""
    return in_language("contribute.html", language, default)


def form(kind: Kind, language: str, default: str) -> str:
    """The form of a kind: `contribute-cooperative.html`."""
    return in_language(f"contribute-{kind.name}.html", language, default)


def paper(kind: Kind, language: str, default: str) -> str:
    """The form of a kind on paper: `paper-cooperative.html`."""
    return in_language(f"paper-{kind.name}.html", language, default)


def fields(language: str, default: str) -> str:
    """What an entry can say, kind by kind: `fields.html`."""
    return in_language("fields.html", language, default)


def take(language: str, default: str) -> str:
    """The door Take it with you."""
    return in_language("data/index.html", language, default)


def wanted(language: str, default: str) -> str:
    """Entries that are named and not written yet."""
    return in_language("wanted.html", language, default)


def news(language: str, default: str) -> str:
    """What is new."""
    return in_language("new.html", language, default)


def thanks(language: str, default: str) -> str:
    """The names of those who chose to be thanked."""
    return in_language("thanks.html", language, default)


def feed_of(page: str) -> str:
    """The Atom feed beside a page: `new.html` → `new.atom`."""
    return page.removesuffix(".html") + ".atom"


def asking(page: str, **query: str) -> str:
    """`page` with a query for the script to read: `contribute.html?kind=plan&name=…`."""
    given = {key: value for key, value in query.items() if value}
    return f"{page}?{urlencode(given, quote_via=quote)}" if given else page


def root_of(page: str) -> str:
    """The way from `page` up to the site's root: `../../` or "" at the top."""
    return "../" * page.count("/")


def relative(from_page: str, to_file: str) -> str:
    """A link from a page to a file of the site, both site-root-relative; it always names a file."""
    folder, _, name = to_file.rpartition("/")
    return _way(from_page.rpartition("/")[0], folder) + name


@lru_cache(maxsize=10_000)
def _way(from_folder: str, to_folder: str) -> str:
    """From folder to folder, ending in a slash where there is a way to go. A site has few folders and many links."""
    way = posixpath.relpath(to_folder or ".", from_folder or ".")
    return "" if way == "." else f"{way}/"
