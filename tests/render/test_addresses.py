"""render/shared/addresses.py, forge.py, links.py, naming.py: names and addresses as a reader and a file system need them."""

from __future__ import annotations

import posixpath
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.render import factory as f

from auzolan.model.dates import PartialDate
from auzolan.render.shared import addresses as a
from auzolan.render.shared.environment import environment, template_digest
from auzolan.render.shared.forge import edit_url, issue_url, view_url
from auzolan.render.shared.links import safe_url, shown_url, tel
from auzolan.render.shared.naming import direction, own_name, speaker


def test_the_default_language_is_bare() -> None:
    kind = f.declarations().kinds["cooperative"]
    assert a.entry_page(kind, "oven", "en", "en") == "cooperatives/oven.html"
    assert a.entry_page(kind, "oven", "ca", "en") == "ca/cooperatives/oven.html"
    assert a.bare("ca/cooperatives/oven.html", "ca", "en") == "cooperatives/oven.html"


@pytest.mark.parametrize(
    ("value", "slug"),
    [
        ("ES-CT", "es-ct"),
        ("con", "con_"),
        ("index", "index_"),
        ("GPL-2.0+", "gpl-2.0-or-later"),
        ("../../x", "x"),
        ("MIT OR Apache-2.0", "mit-or-apache-2.0"),
    ],
)
def test_a_value_is_a_file_name_on_every_system(value: str, slug: str) -> None:
    assert a.facet_value_page("f", value, "en", "en") == f"by/f/{slug}.html"


@pytest.mark.parametrize(
    ("letter", "slug"), [("A", "a"), ("0-9", "0-9"), ("#", "other"), ("Б", "u0431"), ("ع", "u0639")]
)
def test_letters_are_ascii_in_addresses(letter: str, slug: str) -> None:
    assert a.letter_slug(letter) == slug


def test_links_name_a_file() -> None:
    assert a.relative("ca/by/topics/bread.html", "index.html") == "../../../index.html"
    assert a.relative("index.html", "data/x.json") == "data/x.json"


PATHS = st.lists(st.sampled_from(["ca", "by", "tools", "x"]), max_size=4).map(
    lambda parts: "/".join([*parts, "a.html"])
)


@given(PATHS, PATHS)
def test_links_are_the_ways_of_a_file_system(from_page: str, to_file: str) -> None:
    assert a.relative(from_page, to_file) == posixpath.relpath(to_file, posixpath.dirname(from_page) or ".")
    assert a.root_of("ca/map.html") == "../"
    assert a.asking("contribute.html", name="Sí & no", kind="") == "contribute.html?name=S%C3%AD%20%26%20no"


@pytest.mark.parametrize(
    ("repository", "address"),
    [
        ("https://github.com/o/r", "https://github.com/o/r/edit/main/d/x.yaml"),
        ("https://gitlab.com/o/r.git", "https://gitlab.com/o/r/-/edit/main/d/x.yaml"),
        ("https://codeberg.org/o/r/", "https://codeberg.org/o/r/_edit/main/d/x.yaml"),
        ("", ""),
    ],
)
def test_the_forges_editor(repository: str, address: str) -> None:
    assert edit_url(repository, "main", "d/x.yaml") == address
    assert bool(view_url(repository, "main", "d/x.yaml")) is bool(issue_url(repository)) is bool(repository)


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:x",
        "data:text/html,x",
        "//host/x",
        "https://a\\b",
        "https://a b",
        "https://a\nb",
        "",
    ],
)
def test_addresses_that_act_are_no_links(url: str) -> None:
    assert safe_url(url) == ""


def test_addresses_as_they_are_shown() -> None:
    assert safe_url("https://example.org/a?b=c") == "https://example.org/a?b=c"
    assert shown_url("https://www.example.org/a/") == "example.org/a"
    assert shown_url("http://example.org:8080/a") == "example.org:8080/a"
    assert shown_url("http://example.org:x/a") == "http://example.org:x/a"
    assert shown_url("https://exаmple.org/").startswith("xn--")
    assert shown_url("https://пример.орг/") == "пример.орг"
    assert len(shown_url("https://example.org/" + "a" * 300)) == 58
    assert tel("+34 (0) 93 123") == "tel:+34093123"


def test_names_and_dates_come_from_cldr() -> None:
    say = speaker("ca", "en", f.declarations(), [])
    assert say.country("ES") == "Espanya"
    assert say.language_name("eu") == "basc"
    assert say.date(PartialDate(2014, 7, 27)) == "27 de juliol del 2014"
    assert say.date(PartialDate(2014)) == "2014"
    assert say.listed(["a", "b", "c"]) == "a, b i c"
    assert say.country("ZQ") == "ZQ"
    assert say.region("ZZ-99") == "ZZ-99"
    assert speaker("en", "en", f.declarations(), []).date(PartialDate(2014, 7)) == "July 2014"
    assert (direction("ar"), direction("az-Arab"), direction("ca")) == ("rtl", "rtl", "ltr")
    assert own_name("ca") == "Català"


def test_a_text_in_another_language_says_so() -> None:
    say = speaker("en", "en", f.declarations(), [])
    assert say.text({"ca": "Pa"})["says"] == "in Catalan"
    assert say.text({"en": "Bread", "ca": "Pa"}) == {
        "text": "Bread",
        "lang": "en",
        "dir": "ltr",
        "other": False,
        "says": "",
    }
    assert say.text({})["text"] == ""


def test_the_interfaces_words_are_read_from_catalogs_without_drafts(tmp_path: Path) -> None:
    folder = tmp_path / "ca" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    (folder / "auzolan.po").write_text(
        'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\nPlural-Forms: nplurals=2; plural=(n != 1);\\n"\n\n'
        'msgid "Find"\nmsgstr "Troba"\n\n#, fuzzy\nmsgid "Map"\nmsgstr "Maaapa"\n\n'
        'msgid "%(count)s word"\nmsgid_plural "%(count)s words"\n'
        'msgstr[0] "%(count)s mot"\nmsgstr[1] "%(count)s mots"\n',
        encoding="utf-8",
    )
    say = speaker("ca", "en", f.declarations(), [tmp_path])
    assert (say._("Find"), say._("Map")) == ("Troba", "Map")
    assert say.n("%(count)s word", "%(count)s words", 2) == "2 mots"


def test_the_digest_of_a_template_knows_what_it_includes(tmp_path: Path) -> None:
    templates = tmp_path / "templates" / "directory"
    templates.mkdir(parents=True)
    (templates / "page.html").write_text("{% include ['directory/_section_' ~ x ~ '.html'] %}")
    (templates / "_section_a.html").write_text("one")
    before = template_digest(environment("en", [tmp_path]), "directory/page.html")
    (templates / "_section_a.html").write_text("two")
    assert template_digest(environment("en", [tmp_path]), "directory/page.html") != before
