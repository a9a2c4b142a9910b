"""The theme, the page builders, the report on changes and the client come in; the interface's words go out as gettext
catalogues, always with the same bytes."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from babel.messages.catalog import Catalog
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[2]
LOCALES = ROOT / "theme" / "locales"
TEMPLATE = LOCALES / "auzolan.pot"
KEYWORDS: dict[str, Any] = {"_": None, "gettext": None, "ngettext": (1, 2), "n": (1, 2)}
"""Functions whose arguments are words of the interface: `Speaker.n` and jinja's ngettext take one and many."""

# A date of making would change the file on every run, so that the header is written here and not by Babel.
_HEADER = '{first}\nmsgid ""\nmsgstr ""\n{lines}\n\n'
_FIRST = "# The words of Auzolan's interface{which}, under the licence of the theme: MIT."


def sentences(fileobj: IO[bytes], *_: object, **__: object) -> Iterator[tuple[int, str, str, list[str]]]:
    """What the client says (client/*strings.json), as a method of extraction for Babel."""
    for sentence in json.loads(fileobj.read()):
        yield 1, "_", sentence, []


METHODS: list[tuple[str, Any]] = [
    ("theme/templates/**.html", "jinja2"),
    ("plugins/auzolan/render/**.py", "python"),
    ("plugins/auzolan/report/changes/**.py", "python"),
    ("theme/client/strings.json", sentences),
    ("theme/client/search_strings.json", sentences),
    ("theme/client/form_strings.json", sentences),
    ("theme/client/reply_strings.json", sentences),
    ("theme/client/pocket_strings.json", sentences),
]


def extracted() -> Catalog:
    """All sentences of the interface, with the files that use them."""
    catalog = Catalog(charset="utf-8")
    for pattern, method in METHODS:
        folder = ROOT / pattern.partition("**")[0] if "**" in pattern else (ROOT / pattern).parent
        base = folder.relative_to(ROOT).as_posix()
        inside = pattern.removeprefix(f"{base}/")
        found = extract_from_dir(folder, [(inside, method)], {"**": {"silent": "false"}}, KEYWORDS)
        for name, line, message, comments, context in found:
            catalog.add(message, None, [(f"{base}/{name}", line)], auto_comments=comments, context=context)
    return catalog


def template() -> bytes:
    """`auzolan.pot`: every sentence, none translated."""
    return _header("") + _body(extracted())


def updated(language: str) -> bytes:
    """`auzolan.po` of a language with all sentences there are now: those that changed a little as drafts (fuzzy), those
    that nobody says any more left out."""
    catalog = catalog_of(language)
    catalog.update(extracted())
    return _header(language, catalog.plural_forms) + _body(catalog)


def catalog_of(language: str) -> Catalog:
    """The catalogue of a language as it is on disk; an empty one if it has none."""
    path = path_of(language)
    held = path.read_bytes() if path.is_file() else b""
    return read_po(io.BytesIO(held), locale=language.replace("-", "_"))


def path_of(language: str) -> Path:
    """Where the words of a language lie."""
    return LOCALES / language.replace("-", "_") / "LC_MESSAGES" / "auzolan.po"


def languages() -> list[str]:
    """The languages that ship."""
    return sorted(path.parents[1].name.replace("_", "-") for path in LOCALES.glob("*/LC_MESSAGES/auzolan.po"))


def write() -> None:
    """Write all of them anew."""
    for language in languages():
        path_of(language).write_bytes(updated(language))
    TEMPLATE.write_bytes(template())


def _header(language: str, plurals: str = "nplurals=INTEGER; plural=EXPRESSION;") -> bytes:
    told = {
        "Language": language,
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": "8bit",
        "Plural-Forms": plurals,
    }
    lines = "\n".join(f'"{name}: {value}\\n"' for name, value in told.items())
    first = _FIRST.format(which=f" ({language})" if language else "")
    return _HEADER.format(first=first, lines=lines).encode()


def _body(catalog: Catalog) -> bytes:
    written = io.BytesIO()
    write_po(
        written, catalog, width=100, omit_header=True, sort_by_file=True, include_lineno=False, ignore_obsolete=True
    )
    return written.getvalue()
