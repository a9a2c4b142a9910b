"""render/pages.py: the whole site at once. Sound HTML, no dead link, nothing of a stranger's that acts."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pelican
import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons, Facet, FacetValue
from auzolan.render.entry.entries import units_of
from auzolan.render.shared.context import context_of
from auzolan.render.shared.environment import renderer

MADE_ELSEWHERE = frozenset({"SHA256SUMS"})
LONG = "Long name " * 20
NAMES = (f.HOSTILE, LONG, "__proto__", "{{ 7*7 }}", "מאפיית השכונה", "constructor", "a" * 200, "Ёж", "99 ovens", "…")


def hostile() -> Commons:
    """A commons in which every name, summary and text tries something."""
    profiles = tuple(
        f.profile(
            f"cooperative/h-{number}",
            {"en": name, "ar": name},
            name,
            values={
                "description": {"en": "Text with [a link](javascript:alert(1)) and **words**."},
                "website": "javascript:alert(1)",
                "places": ({"country": "ES", "locality": {"en": name}},),
                "topics": ("bread",),
            },
        )
        for number, name in enumerate(NAMES)
    )
    return f.commons(f.settings(site_name=f.HOSTILE), profiles=profiles)


def with_makerspaces() -> Commons:
    """A kind that nobody foresaw, with a field of every type."""
    sub = {
        "width": f.one("width", "number", "Width", show="section"),
        "keys": f.one("keys", "text", "Keys", show="section"),
    }
    places = f.declarations().kinds["tool"].fields["places"].fields
    own = (
        f.one("items", "text", "Items", many="list", show="section"),
        f.one("benches", "group", "Benches", many="list", fields=sub, show="section"),
        f.one("doors", "group", "Doors", fields=sub, show="facts"),
        f.one("values", "number", "Values", show="facts"),
        f.one("mail", "email", "Mail", show="facts"),
        f.one("phone", "phone", "Phone", show="facts"),
        f.one("open", "flag", "Open to all", show="facts", facet=True),
        f.one("licence", "license", "Licence", show="facts"),
        f.one("host", "reference", "Host", to=("organization",), show="facts"),
        f.one("tongues", "language", "Tongues", many="list", show="section"),
        f.one("ids", "identifier", "Ids", vocabulary="registries", show="facts"),
        f.one("rooms", "place", "Rooms", many="list", fields=places, show="section"),
        f.one("photo", "image", "Photo", show="section"),
    )
    made = f.kind("makerspace", "makerspaces", "Makerspace", "Makerspaces", "unknown-sign", *own, schema_org="Place")
    value = f.profile("makerspace/barn", "The Barn", values={
        "items": (f.texts("Lathe"), f.texts("Kiln")),
        "benches": ({"width": 2.5, "keys": f.texts("k")}, {"width": 1}),
        "doors": {"width": 3, "keys": f.texts("under the mat")},
        "values": 1234,
        "mail": "barn@example.org",
        "phone": "+34 600 00 00 00",
        "open": True,
        "licence": "CC0-1.0",
        "host": "organization/network",
        "tongues": ("ca", "eu"),
        "ids": {"osm": "way/1"},
        "rooms": ({"country": "ES"},),
        "photo": {"file": "barn.jpg", "alt": f.texts("A barn"), "credit": "Nobody", "license": "CC0-1.0"},
    })  # fmt: skip
    base = f.commons(profiles=(*f.standard_profiles(), value))
    declared = base.catalog.declarations
    kinds = {**declared.kinds, "makerspace": made}
    catalog = replace(base.catalog, declarations=replace(declared, kinds=kinds))
    facet = Facet("open", "flag", f.texts("Open to all"), "", (FacetValue("yes", {}, ("makerspace/barn",)),))
    by_kind = {**base.by_kind, "makerspace": ("makerspace/barn",)}
    return replace(base, catalog=catalog, by_kind=by_kind, facets={**base.facets, "open": facet})


@pytest.mark.parametrize("commons", [f.commons(), hostile(), with_makerspaces()], ids=["plain", "hostile", "new kind"])
def test_every_page_is_sound_and_every_link_leads_somewhere(commons: Commons) -> None:
    site = s.built(commons)
    assert {path: found for path, html in site.items() if (found := s.faults(html))} == {}
    assert s.dead_links(site, MADE_ELSEWHERE) == []


def test_what_strangers_write_is_shown_and_never_acts() -> None:
    site = s.built(hostile())
    for path, html in site.items():
        page = s.tree(html)
        assert "<script>alert" not in html, path
        assert not [link for link in page.xpath("//@href | //@src") if link.startswith("javascript:")], path
        assert "49" not in page.xpath("//h1//text()"), path
    assert s.tree(site["cooperatives/h-0.html"]).xpath("string(//h1)") == f.HOSTILE
    assert s.tree(site["cooperatives/h-3.html"]).xpath("string(//h1)") == "{{ 7*7 }}"


def test_json_for_machines_cannot_leave_its_element() -> None:
    raw = s.built(hostile())["cooperatives/h-0.html"].split('type="application/ld+json">')[1].split("</script>")[0]
    assert "<" not in raw
    assert "&" not in raw


def test_a_kind_nobody_foresaw_has_its_page_without_python() -> None:
    site = s.built(with_makerspaces())
    page = s.tree(site["makerspaces/barn.html"])
    words = s.text(site["makerspaces/barn.html"])
    for shown in (
        "Lathe",
        "Kiln",
        "2.5",
        "Keys: under the mat",
        "1,234",
        "barn@example.org",
        "Network of Ovens",
        "Basque",
        "way/1",
        "Picture: Nobody",
    ):
        assert shown in words, shown
    assert page.xpath("//a[@href='tel:+34600000000']")
    assert page.xpath("//a[@href='../by/open/yes.html']/text()") == ["yes"]
    assert page.xpath("//div[contains(@class, 'band')]//*[local-name()='use']/@href")[0] == "#s-disc"
    assert page.xpath("//div[@class='band k-other']")
    assert s.tree(site["makerspaces/index.html"]).xpath("string(//h1)") == "Makerspaces"


def test_an_arabic_page_reads_from_the_right() -> None:
    site = s.built(f.commons())
    page = s.tree(site["ar/cooperatives/oven.html"])
    assert (page.get("lang"), page.get("dir"), page.get("data-root")) == ("ar", "rtl", "../../")
    assert page.xpath("//h1/bdi/@dir") == ["ltr"]
    assert "إسبانيا" in s.text(site["ar/cooperatives/oven.html"])


def test_every_page_has_its_frame() -> None:
    for path, html in s.built(f.commons()).items():
        page = s.tree(html)
        assert page.xpath("//head/meta")[1].get("http-equiv") == "Content-Security-Policy", path
        if path.endswith("404.html") or page.xpath("//meta[@http-equiv='refresh']"):
            continue
        assert len(page.xpath("//input[@id='q']")) == 1, path
        assert len(page.xpath("//ul[@class='doors']/li")) == 5, path
        here = page.xpath("//details[@class='langs']//a[@aria-current]/@lang")
        assert here == [page.get("lang")], path


def test_another_language_is_the_same_page() -> None:
    page = s.tree(s.built(f.commons())["by/topics/bread.html"])
    assert page.xpath("//link[@hreflang='ca']/@href") == ["../../ca/by/topics/bread.html"]


def test_pages_work_within_a_theme_that_is_not_ours(tmp_path: Path) -> None:
    simple = Path(pelican.__file__).parent / "themes" / "simple"
    commons = f.commons()
    context = context_of(
        commons, themes=[simple, s.THEME], variables={"SITENAME": "My blog", "SITEURL": "", "DEFAULT_LANG": "en"}
    )
    bytes_of = renderer(commons, context)
    html = next(
        bytes_of(page).decode()
        for page in s.pages_made(commons, context, units_of)
        if page.path == "cooperatives/oven.html"
    )
    page = s.tree(html)
    assert page.xpath("string(//title)").startswith("Neighbourhood Oven")
    assert "My blog" in html
    assert page.xpath("//*[@id='s-ring']")
    assert all(sign.get("width") for sign in page.xpath("//svg[contains(@class, 'sign')]"))
