"""render/pocket/links.py: links of a page lead within one file, to the site, or nowhere."""

from __future__ import annotations

from dataclasses import replace

import pytest

from auzolan.render.pocket.links import Ways, rewritten

WAYS = Ways(
    frozenset({"cooperatives/mill", "contribute-tool", "tools/oven"}),
    {"ca/by/country/es.html": "?country=ES", "ca/index.html": ""},
    "ca/",
    "",
)
HERE = "ca/cooperatives/mill.html"


@pytest.mark.parametrize(
    ("html", "made"),
    [
        ('<a href="../tools/oven.html">x</a>', '<a href="#/tools/oven">x</a>'),
        ('<a class="with" href="../tools/oven.html#s2">x</a>', '<a href="#/tools/oven/s2" class="with">x</a>'),
        ('<a href="../../ca/contribute-tool.html?name=a%20b&amp;c=d">x</a>', '<a href="#/contribute-tool?name=a%20b&amp;c=d">x</a>'),
        ('<a href="../by/country/es.html">x</a>', '<a href="#/?country=ES">x</a>'),
        ('<a href="../index.html">x</a>', '<a href="#/">x</a>'),
        ('<a href="#s1">x</a>', '<a href="#/cooperatives/mill/s1">x</a>'),
        ('<a href="https://example.org/?a=<b>">x</a>', '<a href="https://example.org/?a=<b>">x</a>'),
        ('<a href="mailto:a@b.c">x</a>', '<a href="mailto:a@b.c">x</a>'),
        ('<a class="with k-plan" rel="x" href="../plans/p.html"><b>x</b></a> y', '<span class="with k-plan"><b>x</b></span> y'),
        ('<a lang="ar" title="a > b" href="../plans/p.html">x</a><a href="../tools/oven.html">y</a>',
         '<span lang="ar">x</span><a href="#/tools/oven">y</a>'),
        ("<a href='../../../../etc/passwd'>x</a>", "<span>x</span>"),
        ('<img src="../images/a.png" alt="A &lt;mill&gt;">', '<span class="note">A &lt;mill&gt;</span>'),
        ('<img src="../images/a.png" alt="">', ""),
        ("<abbr>x</abbr><article>y</article>", "<abbr>x</abbr><article>y</article>"),
    ],
)  # fmt: skip
def test_a_link_leads_where_there_is_something(html: str, made: str) -> None:
    assert rewritten(html, HERE, WAYS) == made


def test_where_the_site_has_an_address_what_is_not_there_leads_to_it() -> None:
    ways = replace(WAYS, site_url="https://ours.example")
    made = rewritten('<a href="../plans/p.html?a=b#c">x</a>', HERE, ways)
    assert made == '<a href="https://ours.example/ca/plans/p.html?a=b#c">x</a>'


def test_within_a_form_links_stay() -> None:
    assert rewritten('<a href="#send">x</a>', HERE, WAYS, anchors=False) == '<a href="#send">x</a>'


def test_long_pages_are_gone_through_once() -> None:
    page = (
        '<a title="a > b" href="../tools/oven.html">x</a><a data-x>y</a>' * 20_000
        + '<a title="'
        + "<a " * 100_000
        + '">z</a>'
    )
    assert rewritten(page, HERE, WAYS).count('href="#/tools/oven"') == 20_000
