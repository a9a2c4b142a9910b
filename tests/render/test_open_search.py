"""render/files/open_search.py: what browsers read to search the site; by its specification, and only where it can be right."""

from __future__ import annotations

import posixpath
from urllib.parse import quote_plus

import pytest
from lxml import etree
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.files.open_search import TYPE, engine_name, units_of

URL = "https://example.org/c"
O = {"o": "http://a9.com/-/spec/opensearch/1.1/"}  # noqa: E741


def described(**settings: object) -> dict[str, etree._Element]:
    made = s.files_made(f.commons(f.settings(**{"site_url": URL, **settings})), units_of)
    return {path: etree.fromstring(data) for path, data in made.items()}


def test_a_site_without_an_address_has_none_and_no_page_names_one() -> None:
    commons = f.commons()
    assert not s.files_made(commons, units_of)
    assert not [path for path, page in s.built(commons).items() if "opensearch" in page]


def test_every_language_has_one_and_every_page_names_its_own() -> None:
    commons = f.commons(f.settings(site_url=URL))
    made = s.files_made(commons, units_of)
    assert set(made) == {"search/opensearch.xml", "ca/search/opensearch.xml", "ar/search/opensearch.xml"}
    pages = s.built(commons)
    framed = {path: page for path, page in pages.items() if 'rel="search"' in page}
    assert len(framed) > len(pages) - 10
    for path, page in framed.items():
        (link,) = s.tree(page).xpath("//head/link[@rel='search']")
        language = path.split("/")[0] if path.split("/")[0] in ("ca", "ar") else ""
        assert link.get("type") == TYPE and link.get("title")
        if path != "404.html":
            assert posixpath.normpath(
                posixpath.join(posixpath.dirname(path), link.get("href"))
            ) == f"{language}/search/opensearch.xml".lstrip("/")


def test_the_template_leads_to_the_search_page_with_the_words() -> None:
    commons = f.commons(f.settings(site_url=URL))
    pages = s.built(commons)
    for path, root in described().items():
        (html,) = root.xpath("o:Url[@type='text/html']/@template", namespaces=O)
        assert (
            html.endswith("?q={searchTerms}") and html.removeprefix(f"{URL}/").removesuffix("?q={searchTerms}") in pages
        )
        assert root.xpath("o:Url[@rel='self']/@template", namespaces=O) == [f"{URL}/{path}"]
        assert root.xpath("string(o:InputEncoding)", namespaces=O) == "UTF-8"
        assert html.format(searchTerms=quote_plus("a b&c")) == f"{html.partition('?')[0]}?q=a+b%26c"


@pytest.mark.parametrize(
    "name", ["x", "A <b> & name that is much longer than sixteen letters", "東京" * 20, "\ud7ff\x0b"]
)
def test_names_are_short_and_say_their_language(name: str) -> None:
    for path, root in described(site_name=name).items():
        short = root.xpath("string(o:ShortName)", namespaces=O)
        assert 0 < len(short) <= 16 and short.endswith({"ca": " ca", "ar": " ar"}.get(path.split("/")[0], ""))
        assert len(root.xpath("string(o:Description)", namespaces=O)) <= 1024
    assert engine_name("The commons of the valley", "zh-Hant", "en") == "The comm zh-Hant"
    assert engine_name("The commons of the valley", "ca-valencia-x-pilot", "en") == "The commons o ca"


@pytest.mark.parametrize(
    "address", ['https://e.org/"><x a="&amp;\x0b\ufffe', "https://e.org/']]><!ENTITY x SYSTEM 'y'>"]
)
def test_a_hostile_address_or_name_is_text(address: str) -> None:
    for root in described(site_url=address, site_name="]]></ShortName><x>&\ufffe").values():
        assert len(root) == 8 and not root.xpath("//*[local-name()='x']")
        (html,) = root.xpath("o:Url[@type='text/html']/@template", namespaces=O)
        assert html.startswith(address[:14]) and html.endswith("/search/index.html?q={searchTerms}")


def test_braces_of_an_address_are_no_place_for_words() -> None:
    (html,) = described(site_url="https://example.org/{x}")["search/opensearch.xml"].xpath(
        "o:Url[1]/@template", namespaces=O
    )
    assert html == "https://example.org/%7Bx%7D/search/index.html?q={searchTerms}"


def test_without_search_there_is_none() -> None:
    commons = f.commons(f.settings(site_url=URL, features=frozenset({"directory", "articles"})))
    assert not [path for path, page in s.built(commons).items() if "opensearch" in page]
