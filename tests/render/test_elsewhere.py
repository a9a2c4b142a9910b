"""render/shared/elsewhere.py: mirrors that are known stand at the foot of every page, and all of them where copies are told of."""

from __future__ import annotations

from typing import Any

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons
from auzolan.render.doors import home, take
from auzolan.render.shared.elsewhere import MOST, at_the_foot, mirrors_of

HOSTS = (
    "https://mill.coop/c/",
    "http://oven.coop:8080/",
    "https://box.coop/",
    "https://roof.coop/",
    "https://late.coop/",
)


def link(url: str, kind: str = "mirror", **more: str) -> dict[str, str]:
    """A link as an entry says it."""
    return {"kind": kind, "url": url, **more}


def commons_of(*links: dict[str, str], own: str = "project/ours", withdrawn: bool = False, **settings: Any) -> Commons:
    """A commons whose own entry has these links."""
    ours = f.profile("project/ours", "Our commons", values={"links": links}, withdrawn=withdrawn)
    other = f.profile("project/other", "Another", values={"links": (link("https://not-ours.coop/"),)})
    return f.commons(f.settings(own_entry=own, **settings), profiles=(ours, other))


def foot(html: str) -> Any:
    """The line at the foot; None where there is none."""
    return next(iter(s.tree(html).xpath("//footer//p[@class='at']")), None)


def test_the_foot_of_every_page_has_the_first_of_them() -> None:
    commons = commons_of(*map(link, HOSTS), link("https://feed.coop/", "feed"), site_url="https://ours.coop")
    site = s.built(commons)
    for path, html in site.items():
        if 'class="foot"' in html:
            shown = [one.get("href") for one in foot(html).xpath(".//a[@rel='external nofollow']")]
            assert shown == ["https://ours.coop/", *HOSTS[:MOST]], path
            assert "feed.coop" not in html.partition("<footer")[2] and "not-ours" not in html.partition("<footer")[2]
    assert len([path for path in site if path.endswith(".html")]) > 20
    more = foot(site["ca/index.html"]).xpath("./a[last()]")[0]
    assert more.get("href") == "../ca/data/index.html#copies" and more.text == f"{len(HOSTS) - MOST} més"
    assert not s.dead_links(site, also=frozenset(["SHA256SUMS"]))


def test_the_page_that_tells_of_copies_has_all_of_them_and_where_to_tell_of_another() -> None:
    commons = commons_of(*map(link, HOSTS), link("https://vall.coop/", language="ca"), site_url="https://ours.coop")
    html = s.built(commons, take.units_of)["data/index.html"]
    aside = s.tree(html).get_element_by_id("copies")
    shown = [one.get("href") for one in aside.xpath(".//a[@rel='external nofollow']")]
    assert shown == ["https://ours.coop/", *HOSTS, "https://vall.coop/"]
    assert aside.xpath(".//a[@hreflang='ca']/following-sibling::span[@lang='ca']/text()") == ["Català"]
    assert "oven.coop:8080" in aside.text_content()
    assert aside.xpath(".//a[text()='Tell of yours']/@href") == ["../contribute-project.html?entry=ours"]
    assert not s.faults(html)


@pytest.mark.parametrize(
    "commons",
    [
        commons_of(link("https://feed.coop/", "feed")),
        commons_of(link(HOSTS[0]), own=""),
        commons_of(link(HOSTS[0]), own="project/nobody"),
        commons_of(link(HOSTS[0]), withdrawn=True),
        commons_of(site_url="https://ours.coop"),
        commons_of(link("https://ours.coop/"), site_url="https://ours.coop"),
    ],
    ids=["no mirror", "no own entry", "an unknown one", "a withdrawn one", "none at all", "the site itself"],
)
def test_without_a_mirror_the_foot_says_nothing(commons: Commons) -> None:
    assert mirrors_of(commons) == [] and at_the_foot(commons, "data/index.html") == {}
    assert foot(s.built(commons, home.units_of)["index.html"]) is None
    assert "No copies are known yet." in s.text(s.built(commons, take.units_of)["data/index.html"])


def test_an_earlier_id_will_do_and_an_address_stands_once() -> None:
    oven = f.profile(
        "cooperative/oven", "Oven", values={"links": (link("https://a.coop/x"), link("https://a.coop/x/"))}
    )
    commons = f.commons(f.settings(own_entry="cooperative/old-oven"), profiles=(oven,))
    assert [one["url"] for one in mirrors_of(commons)] == ["https://a.coop/x"]


@pytest.mark.parametrize("url", ["javascript:alert(1)", "mailto:a@b.coop", "https://a.coop/\nx", "//a.coop/", ""])
def test_what_is_no_address_of_a_site_is_none(url: str) -> None:
    assert mirrors_of(commons_of(link(url))) == []


def test_without_the_data_there_is_no_page_to_lead_to() -> None:
    commons = commons_of(*map(link, HOSTS), features=frozenset({"directory", "articles"}))
    assert foot(s.built(commons, home.units_of)["index.html"]) is None
