"""render/doors/replies.py: what readers said to a page, and how one more is handed in; and the way to reply on every page."""

from __future__ import annotations

import json
from dataclasses import replace

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.load.articles import front_matter
from auzolan.model.commons import Commons
from auzolan.model.entries import Comment
from auzolan.render.entry import entries
from auzolan.render.shared.constants import reply_url
from auzolan.render.stories import story

PAGE, PATH = "cooperatives/oven", "cooperatives/oven.html"
HEAD = 'date: "2026-05-03"\nlanguage: en\n'


def comment(id_: str, body: str = "Words.", head: str = HEAD, page: str = PAGE) -> Comment:
    path = f"content/comments/{page}/{id_}.md"
    fields, text, line, _ = front_matter(f"---\n{head}---\n{body}\n", path)
    assert fields is not None
    return Comment(page, id_, path, fields, text, line, "")


def commented(*comments: Comment, on: bool = True, **changes: object) -> Commons:
    """The commons with comments, where they are switched on."""
    made = f.commons(site=f.settings(comments=on, **changes))
    by_page = {one.page: tuple(other for other in comments if other.page == one.page) for one in comments}
    return replace(made, catalog=replace(made.catalog, comments=by_page))


def page(commons: Commons, path: str = PATH) -> str:
    return s.built(commons, entries.units_of)[path]


def test_where_they_are_off_there_is_nothing() -> None:
    html = page(commented(comment("one", "Secret words."), on=False))
    assert "Secret words" not in html and "reply.js" not in html and "replies" not in html


def test_oldest_first_with_names_dates_and_what_they_answer() -> None:
    made = commented(
        comment("b", "Second.", 'date: "2026-05-04"\nlanguage: ca\nin_reply_to: a\n'),
        comment("a", "First.", f"{HEAD}name: Ana & co\n"),
    )
    html = page(made)
    tree = s.tree(html)
    assert tree.xpath("//section[@id='replies']/ol/li/@id") == ["c-a", "c-b"]
    assert [text.strip() for text in tree.xpath("//section[@id='replies']/ol/li/div//p/text()")] == [
        "First.",
        "Second.",
    ]
    assert tree.xpath("string(//li[@id='c-b']/p[1])") == "4 May 2026 · in reply to Ana & co · in Catalan"
    assert tree.xpath("//li[@id='c-b']//a[@href='#c-a']")
    assert tree.xpath("//li[@id='c-b']/div/@lang") == ["ca"]
    assert "2 replies" in s.text(html) and not s.faults(html)


def test_in_every_language_of_the_site() -> None:
    made = commented(comment("a", "First."))
    for prefix in ("ca/", "ar/"):
        assert "First." in page(made, prefix + PATH)


def test_articles_are_answered_too() -> None:
    made = commented(comment("a", "First.", page="articles/casa"))
    pages = s.built(made, story.units_of)
    there = [path for path, html in pages.items() if "First." in html]
    assert there and all(path.endswith("articles/casa.html") for path in there)


def test_words_are_safe_and_gain_nothing_in_search_engines() -> None:
    hostile = f"{f.HOSTILE} [x](javascript:alert(1)) [y](https://y.example/) <img src=x onerror=alert(1)>"
    html = page(commented(comment("a", hostile, f"{HEAD}name: '<script>alert(1)</script>'\n")))
    tree = s.tree(html)
    inside = tree.xpath("//section[@id='replies']/ol")[0]
    assert not inside.xpath(".//script | .//img | .//*[@onerror]")
    assert [one.get("rel") for one in inside.xpath(".//div//a")] == ["nofollow ugc noopener noreferrer"]
    assert inside.xpath("string(.//b/bdi)") == "<script>alert(1)</script>" and not s.faults(html)


def test_headings_of_two_comments_have_no_name_in_common() -> None:
    html = page(commented(comment("a", "## Same"), comment("b", "## Same")))
    ids = s.tree(html).xpath("//*[@id]/@id")
    assert len(ids) == len(set(ids))


def test_the_form_says_where_the_file_goes_and_how() -> None:
    html = page(commented(repository="https://codeberg.org/us/commons"))
    tree = s.tree(html)
    form = tree.xpath("//form[@id='reply-form']")[0]
    told = json.loads(form.get("data-of"))
    assert told["folder"] == f"content/comments/{PAGE}/" and told["sending"]["forge"] == "forgejo"
    assert told["sending"]["mail"] == "hello@example.org" and told["language"] == "en"
    assert form.get("hidden") is not None and form.xpath(".//button/@data-way") == ["send", "propose", "save"]
    assert tree.xpath("//p[contains(@class, 'without')]/a/@href")[0].startswith("mailto:hello@example.org?subject=")
    assert tree.xpath("//script[contains(@src, 'built/reply.js')]")


def test_ways_that_a_commons_has_not_are_not_offered() -> None:
    form = s.tree(page(commented(contact="", repository=""))).xpath("//form[@id='reply-form']")[0]
    assert form.xpath(".//button/@data-way") == ["save"]


def test_a_withdrawn_entry_shows_none() -> None:
    made = commented(comment("a", "Secret words.", page="organizations/gone"))
    assert "Secret words" not in page(made, "organizations/gone.html")


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"contact": "us@example.org"}, "mailto:us@example.org?subject=Auzolan%3A%20a%26b.html&body=Auzolan%3A%20a%26b.html%0D%0A%0D%0A"),
        ({"contact": "us@example.org", "site_url": "https://x.example"},
         "mailto:us@example.org?subject=Auzolan%3A%20a%26b.html&body=https%3A%2F%2Fx.example%2Fa%26b.html%0D%0A%0D%0A"),
        ({"contact": "https://x.example/write"}, "https://x.example/write"),
        ({"contact": "", "repository": "https://github.com/us/commons"},
         "https://github.com/us/commons/issues/new?title=Auzolan%3A%20a%26b.html"),
        ({"contact": "", "repository": "https://gitlab.com/us/commons"},
         "https://gitlab.com/us/commons/-/issues/new?issue%5Btitle%5D=Auzolan%3A%20a%26b.html"),
        ({"contact": ""}, ""),
    ],
)  # fmt: skip
def test_the_address_that_names_the_page(changes: dict[str, str], expected: str) -> None:
    assert reply_url(s.context(f.commons(site=f.settings(**changes))), "a&b.html") == expected


def test_every_page_leads_to_it() -> None:
    html = page(f.commons())
    links = s.tree(html).xpath("//footer//a[contains(., 'Reply to this page')]/@href")
    assert links == [reply_url(s.context(f.commons()), PATH)]
