"""pipeline/pocket.py: a part of a commons in one file, whole, closed, and no larger than it should be."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from bench.site_auzolan import files
from bench.workload import directory
from tests.pockets import Opened, digest, opened, pocket_of
from tests.running import copied, write

from auzolan.model.dates import PartialDate

BUDGET = 1_000_000
HOSTILE = '</script><!--<script>alert(1)</script> & "co" \u2066x'
OVEN = """\
name: '{name}'
summary: '{name}'
license: MIT
written_in: en
record: {{sources: {{page: {{title: '{name}', url: "https://oven.example/"}}}}}}
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("everything", tmp_path_factory.mktemp("pocket") / "site")


@pytest.fixture(scope="module")
def whole(site: Path) -> Opened:
    """All of it, in Catalan; the commons has no address."""
    return opened(pocket_of(site, "ca", site_url="").data)


@pytest.fixture(scope="module")
def part(site: Path) -> Opened:
    """What is in Catalonia, in Arabic; the commons has an address."""
    return opened(pocket_of(site, "ar", {"region": ["ES-CT"]}, (7, PartialDate(2026, 11, 29))).data)


def links(one: Opened) -> list[str]:
    import lxml.html

    pages = [page for _, page, _ in one.entries] + list(one.forms.values())
    return [
        *one.tree.xpath("//a/@href"),
        *(href for page in pages for href in lxml.html.fromstring(f"<div>{page}</div>").xpath("//a/@href")),
    ]


def test_it_holds_every_listed_entry_with_its_page_and_its_file(whole: Opened, site: Path) -> None:
    names = [name for name, _, _ in whole.entries]
    rows = whole.tree.xpath("//*[@id='browse']//li/@data-slug")
    assert len(names) == len(rows) == json.loads(whole.items["h"])["documents"]
    assert "cooperatives/horta-comuna" in names and "makerspaces/warsha" in names
    text = {name: text for name, _, text in whole.entries}["cooperatives/horta-comuna"]
    assert text == (site / "directory/cooperatives/horta-comuna.yaml").read_text("utf-8")
    assert {"contribute", "contribute-cooperative", "contribute-makerspace"} <= whole.forms.keys()


def test_the_list_can_be_read_without_a_script(whole: Opened) -> None:
    row = whole.tree.xpath("//li[@data-slug='horta-comuna']")[0]
    assert row.xpath("string(h3)") and row.xpath("string(p)") and "Catalunya" in row.xpath("string(small)")
    assert row.xpath("a[starts-with(@href, 'https://') or starts-with(@href, 'mailto:')]")
    assert row.xpath("ancestor::section//h2")[0].text_content() == "Cooperatives"


def test_the_policy_allows_its_own_scripts_and_styles_alone(whole: Opened) -> None:
    told = {
        name: value.split(" ") for name, _, value in (one.strip().partition(" ") for one in whole.policy.split(";"))
    }
    code = json.loads(whole.items["code"])
    scripts = [one.text for one in whole.tree.xpath("//script[not(@type)]")]
    scripts += [text for path, text in code.items() if path.endswith(".js")]
    styles = [one.text for one in whole.tree.xpath("//style")]
    styles += [text for path, text in code.items() if path.endswith(".css")]
    assert told["script-src"] == list(map(digest, scripts)) and told["style-src"] == list(map(digest, styles))
    assert told["default-src"] == told["base-uri"] == told["form-action"] == ["'none'"] and told["img-src"] == ["data:"]
    assert not whole.tree.xpath(
        "//script/@src | //link[@rel='stylesheet'] | //@style | //@onclick | //img[not(starts-with(@src, 'data:'))]"
    )


def test_no_link_is_dead(whole: Opened) -> None:
    names = {name for name, _, _ in whole.entries} | whole.forms.keys() | {"", "about"}
    for href in links(whole):
        if href.startswith("#/"):
            path = href[2:].partition("?")[0]
            assert path in names or path.rpartition("/")[0] in names, href
        else:
            assert re.match(r"(?:https?://|mailto:|tel:|#[a-z])", href), href


def test_what_is_not_in_it_is_words_and_leads_to_the_site_where_there_is_one(whole: Opened, part: Opened) -> None:
    assert not any(name.startswith("plans/") for name, _, _ in part.entries)
    page = part.page("cooperatives/horta-comuna")
    assert 'href="https://everything.example/ar/plans/shared-mill.html"' in page
    assert not any("everything.example/" in href for href in links(whole) if "mailto" not in href)
    page = whole.page("cooperatives/horta-comuna")
    assert "articles/one-mill" not in page and re.search(r'<span class="with k-article">.*?</span>', page)


def test_links_to_lists_ask_the_search(whole: Opened) -> None:
    page = whole.page("cooperatives/horta-comuna")
    assert 'href="#/?country=ES"' in page and 'href="#/?kind=cooperative"' in page


def test_what_was_withdrawn_and_what_is_hidden_is_not_in_it(whole: Opened) -> None:
    assert "left-us" not in {name for name, _, _ in whole.entries} and 'data-slug="left-us"' not in whole.text
    where = whole.tree.xpath("string(//li[@data-slug='refugi']/small)")
    assert "Catalunya" in where and "," in where
    page = whole.page("cooperatives/refugi")
    assert "latitude" not in page and not re.search(r"\d\d\.\d{2,}", page)


def test_comments_and_changelogs_stay_on_the_site(whole: Opened) -> None:
    pages = "".join(page for _, page, _ in whole.entries)
    assert 'id="replies"' not in pages and 'class="log"' not in pages and "<img" not in pages


def test_it_says_what_it_is(part: Opened, whole: Opened) -> None:
    about = part.tree.get_element_by_id("view-about").text_content()
    assert "(ES-CT)" in about and "(ar)" in about and "everything.example" in about and "Everything <once>" in about
    assert part.tree.xpath("//*[@id='view-about']//time/@datetime")
    assert "Edition" in about or "7" in about
    assert "hello@everything.example" in whole.tree.get_element_by_id("view-about").text_content()
    mirrors = [one.tree.xpath("//*[@id='view-about']//a[@rel='external nofollow']/@href") for one in (part, whole)]
    assert mirrors[0] == ["https://everything.example/", *mirrors[1]] and "http://horta.coop:8080/" in mirrors[1]
    count = len(part.entries)
    assert str(count) in part.tree.xpath("string(//*[@id='view-list']//p[@class='lead'])")


def test_a_language_that_is_written_from_the_right_is(part: Opened) -> None:
    assert part.tree.get("dir") == "rtl" and part.tree.get("lang") == "ar"
    assert part.tree.xpath("//li[@data-slug='horta-comuna']/h3/@dir") == ["ltr"]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    home = copied("everything", tmp_path / "site")
    name = HOSTILE.replace("'", "''").replace("\u2066", "")
    write(home, {"directory/tools/oven.yaml": OVEN.format(name=name)})
    one = opened(pocket_of(home, "en", {"kind": ["tool"]}, site_name=f"a\u2028b {HOSTILE}").data)
    assert len(one.tree.xpath("//script")) == 3 and "alert(1)" in one.tree.xpath("string(//li[@data-slug='oven']/h3)")
    assert "\u2028" not in one.tree.get_element_by_id("told").text
    assert json.loads(one.tree.get_element_by_id("told").text)["site"].startswith("a\u2028b </script>")
    page = one.page("tools/oven")
    assert "<script" not in page and "<!--" not in page
    assert "<script" not in one.text.partition("<body")[2].partition('<script type="application/json"')[0]


def test_the_same_sources_give_the_same_bytes(site: Path) -> None:
    chosen = {"kind": ["cooperative"]}
    first, second = pocket_of(site, "en", chosen), pocket_of(site, "en", chosen)
    assert first.data == second.data and sum(first.sizes.values()) == len(first.data)


def test_five_hundred_entries_weigh_a_megabyte_at_most(tmp_path: Path) -> None:
    write(tmp_path, dict(files(directory(500))))
    made = pocket_of(tmp_path, "en")
    assert len(opened(made.data).entries) == 500
    assert len(made.data) <= BUDGET, made.sizes
