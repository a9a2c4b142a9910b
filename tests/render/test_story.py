"""render/story*.py: articles exist where they are written, with their credit; pages exist everywhere and say so."""

from __future__ import annotations

import json

from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Reference
from auzolan.model.dates import PartialDate
from auzolan.render.stories.story import by_date, units_of
from auzolan.render.stories.story_body import minutes_of

PAGE = "articles/bread-and-trust.html"
BODY = """It began with [[cooperative/oven]] and [[cooperative/nowhere]].[^1]

## One oven

Words.

## Many ovens

More words.

[^1]: A note.
"""


def one(**values: object) -> str:
    """The page of one article with this front matter."""
    told = f.story(
        "bread-and-trust", {"en": "Bread and trust"}, mentions=("cooperative/oven", "organization/gone"),
        date=PartialDate(2026, 11, 18), body=BODY, **values,
    )  # fmt: skip
    return s.built(f.commons(stories=(told,)), units_of)[PAGE]


def test_an_article_exists_only_in_its_languages() -> None:
    site = s.built(f.commons(), units_of)
    assert PAGE in site and f"ca/{PAGE}" in site and f"ar/{PAGE}" not in site
    assert "ca/articles/casa.html" in site and "articles/casa.html" not in site
    alternates = s.tree(site[PAGE]).xpath("//link[@rel='alternate'][@hreflang]/@hreflang")
    assert alternates == ["en", "ca"]
    assert s.tree(site["ca/articles/casa.html"]).xpath("//link[@hreflang]") == []


def test_the_index_of_every_language_leads_to_the_version_there_is() -> None:
    html = s.built(f.commons(), units_of)["articles/index.html"]
    link = s.tree(html).xpath("//a[contains(@href, 'casa')]")[0]
    assert link.get("href") == "../ca/articles/casa.html"
    assert link.xpath(".//bdi[@lang='ca']")
    assert "Catalan" in s.text(html)


def test_articles_are_told_newest_first_and_undated_ones_last() -> None:
    stories = (
        f.story("none", {"en": "None"}),
        f.story("old", {"en": "Old"}, date=PartialDate(2014)),
        f.story("new", {"en": "New"}, date=PartialDate(2026, 1)),
    )
    assert [slug for slug, _ in by_date(f.commons(stories=stories))] == ["new", "old", "none"]
    html = s.built(f.commons(stories=stories), units_of)["articles/index.html"]
    assert s.tree(html).xpath("//h2/text()")[:3] == ["2026", "2014", "Without a date"]


def test_mentions_contents_notes_and_topics() -> None:
    html = one(topics=("bread", "unknown"))
    page = s.tree(html)
    assert page.xpath("//div[@class='prose']//a[@href='../cooperatives/oven.html']")
    assert "cooperative/nowhere" in s.text(html)
    assert page.xpath("//ol[@class='toc']/li/a/text()") == ["One oven", "Many ovens"]
    assert "A note." in page.xpath("string(//ol[contains(@class, 'notes')])")
    assert "Gone" not in s.text(html)
    assert page.xpath("//ul[@class='words']/li/a/@href") == ["../by/topics/bread.html"]
    assert not s.faults(html)


def test_the_credit_tells_people_and_the_original() -> None:
    html = one(
        authors=({"en": "Ada"}, {"en": "Bo"}),
        translators=({"en": "Cy"},),
        interviewee=({"en": "Di"},),
        extent="excerpt",
        original={
            "title": {"en": "First title"},
            "publisher": {"en": "A Magazine"},
            "url": "https://example.org/first",
            "published": PartialDate(2014, 8, 6),
            "languages": ("ca", "es"),
        },
        license="CC-BY-4.0",
    )
    credit = " ".join(s.tree(html).xpath("string(//div[@class='credit'])").split())
    for words in ("Ada and Bo", "Cy", "Di", "First title", "A Magazine", "6 August 2014", "Catalan and Spanish"):
        assert words in credit
    assert "CC-BY-4.0" in credit
    assert s.tree(html).xpath("//div[@class='credit']//a[@href='https://example.org/first']")


def test_sources_name_their_publisher_and_never_link_to_a_script() -> None:
    sources = {
        "a": {"title": {"en": "Statutes"}, "by": Reference("organization/network"), "url": "https://example.org/s"},
        "b": {"title": {"en": "Bad"}, "url": "javascript:alert(1)"},
    }
    html = one(sources=sources, original={"title": {"en": "Bad"}, "url": "javascript:alert(1)"})
    assert "javascript:" not in html
    assert s.tree(html).xpath("//ol[@class='srcs']/li[1]//a[@href='https://example.org/s']")
    assert "Network of Ovens" in s.tree(html).xpath("string(//ol[@class='srcs']/li[1])")


def test_hostile_front_matter_is_shown_as_text() -> None:
    story = f.story("x", {"en": f.HOSTILE}, date=PartialDate(2026), authors=({"en": f.HOSTILE},), body=f.HOSTILE)
    html = s.built(f.commons(stories=(story,)), units_of)["articles/x.html"]
    assert "<script>alert" not in html
    assert s.tree(html).xpath("string(//h1)") == f.HOSTILE
    assert json.loads(s.tree(html).xpath("string(//script[@type='application/ld+json'])"))["headline"] == f.HOSTILE
    assert not s.faults(html)


def test_a_body_that_was_made_before_is_taken_as_it_is() -> None:
    body = '<h2 id="h-1">Part &amp; parcel</h2><p>Made.</p><h2 id="h-2">Two</h2><ol class="srcs notes"><li>N</li></ol>'
    html = s.built(f.commons(), units_of, bodies={"content/articles/bread-and-trust.md": body})[PAGE]
    page = s.tree(html)
    assert page.xpath("//ol[@class='toc']/li/a/text()") == ["Part & parcel", "Two"]
    assert not page.xpath("//div[@class='prose']//ol")
    assert page.xpath("//ol[contains(@class, 'notes')]/li/text()") == ["N"]


def test_pages_exist_in_every_language_and_say_which_they_are_in() -> None:
    site = s.built(f.commons(), units_of)
    assert "Nobody has translated" not in site["ca/pages/about.html"]
    html = site["ar/pages/about.html"]
    assert "This text is" in s.text(html)
    assert s.tree(html).xpath("//div[@class='prose']")[0].get("lang") == "en"
    assert not s.faults(html)


def test_reading_takes_a_minute_at_least_and_counts_unspaced_scripts() -> None:
    assert minutes_of("") == 1
    assert minutes_of("word " * 440) == 2
    assert minutes_of("word " * 441) == 3
    assert minutes_of("文" * 900) == 2
