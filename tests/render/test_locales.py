"""theme/locales: the words of the interface in the languages that ship are whole, current and sound.

`AUZOLAN_UPDATE=1 pytest tests/render/test_locales.py` writes the catalogues anew after a sentence was changed.
"""

from __future__ import annotations

import json
import os
import re
from collections import Counter
from functools import cache

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.plurals import get_plural
from tests.render import catalogues as c
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.shared.naming import locale_of

SHIPPED = ("ca", "es", "fr")
PLACEHOLDER = re.compile(r"%\([a-z_]+\)[a-z]|\{[a-z]+\}")
PLURAL_CLASSES = {"zero", "one", "two", "few", "many", "other"}
in_each = pytest.mark.parametrize("language", SHIPPED)


@pytest.fixture(scope="module", autouse=True)
def _written_anew_if_asked() -> None:
    if os.environ.get("AUZOLAN_UPDATE"):
        c.write()


@cache
def catalog(language: str) -> Catalog:
    """The catalogue of a language that ships."""
    return c.catalog_of(language)


def messages(language: str) -> list[Message]:
    """Its sentences, without the header."""
    return [message for message in catalog(language) if message.id]


def forms(message: Message) -> list[tuple[str, str]]:
    """Pairs of what is said in English and in the other language; of a plural, each of its forms."""
    if not message.pluralizable:
        return [(message.id, message.string)]
    one, many = message.id
    return [(many if number else one, said) for number, said in enumerate(message.string)]


def test_these_languages_ship() -> None:
    assert c.languages() == sorted(SHIPPED)


def test_the_template_is_current() -> None:
    assert c.TEMPLATE.read_bytes() == c.template(), "AUZOLAN_UPDATE=1 pytest tests/render/test_locales.py"
    assert b"POT-Creation-Date" not in c.template()


def test_the_template_holds_words_of_templates_builders_and_client() -> None:
    said = {message.id if isinstance(message.id, str) else message.id[0] for message in c.extracted()}
    assert {"Skip to the text", "confirmed by both", "%(count)s word", "Show more results"} <= said


@in_each
def test_the_catalogue_is_current(language: str) -> None:
    assert c.path_of(language).read_bytes() == c.updated(language)


@in_each
def test_every_sentence_is_translated_and_none_is_a_draft(language: str) -> None:
    assert [message.id for message in messages(language) if message.fuzzy] == []
    assert [id_ for message in messages(language) for id_, said in forms(message) if not said.strip()] == []


@in_each
def test_placeholders_are_the_same(language: str) -> None:
    for message in messages(language):
        for id_, said in forms(message):
            assert Counter(PLACEHOLDER.findall(said)) == Counter(PLACEHOLDER.findall(id_)), id_
            # Python fills these in with %, which trips over any other percent sign.
            if message.python_format:
                assert "%" not in PLACEHOLDER.sub("", said).replace("%%", ""), id_


@in_each
def test_plural_forms_are_those_of_the_language(language: str) -> None:
    known = get_plural(language)
    assert (catalog(language).num_plurals, catalog(language).plural_expr) == (known.num_plurals, known.plural_expr)
    for message in messages(language):
        if message.pluralizable:
            assert len(message.string) == known.num_plurals, message.id


def test_the_client_lists_every_plural_class_of_what_it_counts() -> None:
    listed = json.loads((c.ROOT / "theme/client/search_strings.json").read_text("utf-8"))
    classes: dict[str, set[str]] = {}
    for sentence in listed:
        text, bar, one = sentence.rpartition("|")
        if bar:
            classes.setdefault(
                text
                if one != "one"
                else text.replace("result", "results")
                .replace("suggestion", "suggestions")
                .replace("has all", "have all"),
                set(),
            ).add(one)
    assert classes and all(found == PLURAL_CLASSES for found in classes.values())


@in_each
def test_the_client_can_count(language: str) -> None:
    said = {message.id: message.string for message in messages(language)}
    for one in {*locale_of(language).plural_form.tags, "other"}:
        sentence = f"{{count}} {'result' if one == 'one' else 'results'}.|{one}"
        assert "{count}" in said[sentence]
        assert "|" not in said[sentence]


@in_each
def test_no_markup_that_the_sentence_has_not(language: str) -> None:
    markup = re.compile(r"</?[a-z][^>]*>|&#?\w+;")
    for message in messages(language):
        for id_, said in forms(message):
            assert set(markup.findall(said)) <= set(markup.findall(id_)), id_


@in_each
def test_signs_are_set_as_the_language_sets_them(language: str) -> None:
    for message in messages(language):
        for _, said in forms(message):
            # The colon of an address is none of the language's.
            plain = re.sub(r"\b(?:https|mailto):(?=[/…])", "x", PLACEHOLDER.sub("x", said))
            assert plain == plain.strip() or plain.startswith("\u202f"), "spaces at the ends are the template's"
            assert "  " not in plain and "..." not in plain and "—" not in plain, said
            if language in {"ca", "fr"}:
                assert not re.search(r"\w'\w", plain), said
            if language == "fr":
                assert not re.search(r"[ \u00a0\w][:;?!»]|«[^\u202f]", plain), said
            if language == "es":
                assert plain.count("?") == plain.count("¿") and plain.count("!") == plain.count("¡"), said


@pytest.mark.parametrize("language", ["ca", "fr"])
def test_pages_hold_no_english_sentence_of_the_interface(language: str) -> None:
    english = [part for message in messages(language) for id_, said in forms(message) for part in _telling(id_, said)]
    assert len(english) > 150
    site = s.built(f.commons(f.settings(languages=("en", language))))
    # What somebody wrote for a page may be in any language, and chance to be in the words of the interface.
    pages = {path: html for path, html in site.items() if re.match(rf"{language}/(?!pages/)", path)}
    assert len(pages) > 20
    for path, html in pages.items():
        read = _words(html)
        assert [part for part in english if part in read] == [], path


@in_each
def test_a_page_speaks_the_language(language: str) -> None:
    said = {message.id: message.string for message in messages(language)}
    home = s.built(f.commons(f.settings(languages=("en", language))))[f"{language}/index.html"]
    assert said["A few answers are enough to begin."] in _words(home)
    assert said["Name, place, trade"] in _words(home)


def _telling(id_: str, said: str) -> list[str]:
    """Parts of a sentence between placeholders that are English beyond doubt: three words or more."""
    return [part for one in PLACEHOLDER.split(id_) if len((part := one.strip()).split()) > 2 and part not in said]


def _words(html: str) -> str:
    """All that is read, heard or shown on pointing, in single spaces."""
    tree = s.tree(html)
    heard = tree.xpath("//@aria-label | //@placeholder | //@title | //@alt | //title/text()")
    return " ".join(" ".join([*tree.xpath("//body")[0].itertext(), *heard]).split())
