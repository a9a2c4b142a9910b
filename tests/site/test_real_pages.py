"""Every page of the real site: its links lead somewhere, its head is in order, nothing in it runs or calls elsewhere."""

from __future__ import annotations

import gzip
import json
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from lxml import etree
from tests.site.pages import LANGUAGES, Read, pages_of

ENTRY_FOLDERS = ("cooperatives", "organizations", "projects", "tools", "licenses", "plans")
CSP = ("default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self' data:", "base-uri 'none'")


@pytest.fixture(scope="module")
def pages(real_site: Path) -> dict[str, Read]:
    return pages_of(real_site)


def test_every_link_and_fragment_leads_somewhere(real_site: Path, pages: dict[str, Read]) -> None:
    files = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()}
    ids = {path: frozenset(page.ids) for path, page in pages.items()}
    broken = Counter(
        (path, link.written)
        for path, page in pages.items()
        for link in page.links()
        if not link.external
        and (link.path not in files or (link.fragment and link.path in ids and link.fragment not in ids[link.path]))
    )
    assert list(broken)[:20] == []


def test_only_the_page_for_lost_readers_has_absolute_paths(pages: dict[str, Read]) -> None:
    absolute = {path for path, page in pages.items() for link in page.links() if link.written.startswith("/")}
    assert absolute == {"404.html"}


def test_links_name_files_not_folders(pages: dict[str, Read]) -> None:
    unnamed = {
        (path, link.written)
        for path, page in pages.items()
        for link in page.links()
        if not link.external and link.path != "SHA256SUMS" and "." not in link.path.rsplit("/", 1)[-1]
    }
    assert sorted(unnamed)[:10] == []


def test_ids_are_unique(pages: dict[str, Read]) -> None:
    doubled = [(path, id_) for path, page in pages.items() for id_, n in Counter(page.ids).items() if n > 1]
    assert doubled[:10] == []


def test_no_script_handler_or_style_in_the_page(pages: dict[str, Read]) -> None:
    assert list(_inline(pages))[:10] == []


def _inline(pages: dict[str, Read]) -> Iterator[tuple[str, str]]:
    for path, page in pages.items():
        for element in page.tree.iter(etree.Element):
            if element.tag == "script" and not element.get("src"):
                if element.get("type") not in ("application/ld+json", "application/json"):
                    yield path, "script"
                elif "<" in (element.text or ""):
                    yield path, "a < in data"
                else:
                    json.loads(element.text)
            elif element.tag in ("style", "base", "iframe", "object", "embed"):
                yield path, element.tag
            for name in element.attrib:
                if name == "style" or name.startswith("on") or name in ("integrity", "crossorigin", "ping"):
                    yield path, f"{element.tag} {name}"


def test_the_policy_comes_first_and_is_the_same_everywhere(pages: dict[str, Read]) -> None:
    policies = set()
    for path, page in pages.items():
        first, second = list(page.tree.head.iterchildren(etree.Element))[:2]
        assert first.get("charset") == "utf-8", path
        assert second.get("http-equiv") == "Content-Security-Policy", path
        policies.add(second.get("content"))
    (policy,) = policies
    for part in CSP:
        assert part in policy
    assert "unsafe" not in policy and "http" not in policy


def test_nothing_is_loaded_from_elsewhere(pages: dict[str, Read]) -> None:
    loading = {"script", "img", "source", "video", "audio", "track", "use", "image", "iframe", "embed"}
    loaded = []
    for path, page in pages.items():
        for element in page.tree.iter(etree.Element):
            loads = element.tag in loading or (
                element.tag == "link"
                and (element.get("rel") or "").split()[0] not in ("alternate", "canonical", "license")
            )
            for name in ("src", "href", "srcset") if loads else ():
                value = element.get(name)
                if value and re.match(r"(?i)[a-z][a-z0-9+.-]*:|//", value):
                    loaded.append((path, value))
    assert loaded[:10] == []


def test_addresses_are_of_allowed_schemes(pages: dict[str, Read]) -> None:
    schemes = {link.written.split(":")[0].lower() for page in pages.values() for link in page.links() if link.external}
    assert schemes <= {"https", "http", "mailto", "tel"}


def test_every_page_has_language_direction_title_and_one_heading(pages: dict[str, Read]) -> None:
    for path, page in pages.items():
        root = page.tree
        expected = path.split("/")[0] if path.split("/")[0] in LANGUAGES else "en"
        assert (root.get("lang"), root.get("dir")) == (expected, "ltr"), path
        assert len(root.findall(".//h1")) == 1, path
        assert root.findtext(".//title").strip(), path
        assert len(root.findall(".//main")) == 1, path
        skip = root.body.find("a")
        assert skip.get("class") == "skip" and skip.get("href") == "#main", path


def test_headings_go_down_by_one(pages: dict[str, Read]) -> None:
    jumps = []
    for path, page in pages.items():
        level = 0
        for element in page.tree.find(".//main").iter("h1", "h2", "h3", "h4", "h5", "h6"):
            if int(element.tag[1]) > level + 1:
                jumps.append((path, element.tag, element.text_content().strip()))
            level = int(element.tag[1])
            if not element.text_content().strip():
                jumps.append((path, element.tag, "empty"))
    assert jumps[:10] == []


def test_language_versions_name_each_other(pages: dict[str, Read]) -> None:
    versions = {}
    for path, page in pages.items():
        links = page.tree.head.findall("link[@rel='alternate'][@hreflang]")
        versions[path] = {link.get("hreflang"): page.lead(link.get("href")).path for link in links}
    for path, found in versions.items():
        if path == "404.html":
            continue
        language = path.split("/")[0] if path.split("/")[0] in LANGUAGES else "en"
        if found:
            assert found[language] == path
        for tag, other in found.items():
            assert versions[other] == found, (path, tag)
        switch = page_switch(pages[path])
        assert {tag: other for tag, other in switch.items() if tag in found} == found, path


def page_switch(page: Read) -> dict[str, str]:
    """What the list of languages in the page's head leads to, by language."""
    links = page.tree.findall(".//details[@class='langs']//a")
    return {link.get("hreflang"): page.lead(link.get("href")).path for link in links}


@pytest.mark.parametrize("folder", ENTRY_FOLDERS)
def test_entries_exist_in_every_language(pages: dict[str, Read], folder: str) -> None:
    own = [path for path in pages if path.startswith(f"{folder}/")]
    assert own
    for path in own:
        for language in LANGUAGES[1:]:
            assert f"{language}/{path}" in pages


def test_pages_are_light(real_site: Path, pages: dict[str, Read]) -> None:
    heavy = []
    for path in pages:
        parts = path.split("/")
        if parts[-2:-1] and parts[-2] in ENTRY_FOLDERS and parts[-1] != "index.html":
            size = len(gzip.compress((real_site / path).read_bytes(), 9))
            if size > 15_000:
                heavy.append((path, size))
    assert heavy == []
    for path, budget in (
        ("static/style.css", 12_000),
        ("static/built/base.js", 8_000),
        ("static/built/search.js", 11_210),
    ):
        assert len(gzip.compress((real_site / path).read_bytes(), 9)) <= budget, path


def test_no_page_is_larger_than_a_slow_line_can_carry(pages: dict[str, Read]) -> None:
    assert [(path, page.size) for path, page in pages.items() if page.size > 400_000] == []
