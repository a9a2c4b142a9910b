"""rel=me: what a page says who else it is, and what only looks like it."""

from __future__ import annotations

import pytest
from tests.links.misbehaving import answer, serving
from tests.links.test_asking import asker

from auzolan.links.back import MOST, PAGE_BYTES, me_links, same_page

HERE = "https://growers.coop/about/"
ENTRY = "https://commons.example/cooperatives/growers.html"


def found(page: str) -> tuple[str, ...]:
    return me_links(page.encode(), HERE)


@pytest.mark.parametrize(
    "page",
    [
        f'<a rel="me" href="{ENTRY}">us</a>',
        f"<A HREF='{ENTRY}' REL='nofollow ME'>us</A>",
        f"<link rel=me href={ENTRY}>",
        f'<p>İ <a\n  class="x > y"\n  rel="me noopener"\n  href="{ENTRY}"\n>',
        f'<a rel="me" href=" {ENTRY} ">',
        '<a rel="me" href="https://commons.example/cooperatives/growers&#46;html">',
        f'<!-- a comment --><a rel="me" href="{ENTRY}">',
        f'<script>"<!--"</script><a rel="me" href="{ENTRY}">',
    ],
)
def test_a_link_back(page: str) -> None:
    assert found(page) == (ENTRY,)


@pytest.mark.parametrize(
    "page",
    [
        "",
        f'<a href="{ENTRY}">us</a>',
        f'<a rel="author" href="{ENTRY}">us</a>',
        f'<a rel="home" href="{ENTRY}">',
        f'<!-- <a rel="me" href="{ENTRY}"> -->',
        f'<!-- <a rel="me" href="{ENTRY}">',
        f'<script>document.write(\'<a rel="me" href="{ENTRY}">\')</script>',
        f'<script>never closed <a rel="me" href="{ENTRY}">',
        f'<textarea><a rel="me" href="{ENTRY}"></textarea>',
        f'<template><a rel="me" href="{ENTRY}"></template>',
        f'<abbr rel="me" href="{ENTRY}">',
        '<p title=\'<a rel="me" href="x">\'>',
        f'&lt;a rel="me" href="{ENTRY}"&gt;',
        '<a rel="me" href="mailto:us@growers.coop">',
        '<a rel="me" href="javascript:alert(1)">',
        '<a rel="me" href="https://[">',
        '<a rel="me">',
        f'<a rel="me" href="{ENTRY}?{"x" * 300}">',
    ],
)
def test_what_is_no_link_back(page: str) -> None:
    assert ENTRY not in found(page)


def test_addresses_are_read_from_where_the_page_is() -> None:
    assert found('<a rel="me" href="../x"><a rel="me" href="//other.example/y">') == (
        "https://growers.coop/x", "https://other.example/y",
    )  # fmt: skip


def test_each_once_and_not_too_many() -> None:
    assert len(found("".join(f'<a rel="me" href="/{n % 200}">' for n in range(1000)))) == MOST


@pytest.mark.parametrize(
    "piece",
    [
        "<",
        "<a ",
        '<a "',
        "<a '",
        "<!--",
        "<script>",
        "<!---->",
        '<a rel="me" ',
        "<link x=",
        "<a " + "x" * 1990,
        "<a =\"'",
    ],
)
def test_no_page_takes_long(piece: str) -> None:
    """The largest page of anything is read in one pass: the test would not end otherwise."""
    assert found((piece * (PAGE_BYTES // len(piece) + 1))[:PAGE_BYTES]) is not None


@pytest.mark.parametrize(
    ("body", "state"),
    [
        (f'<a rel="me" href="{ENTRY}">us</a>', (ENTRY,)),
        (f'<a href="{ENTRY}">us</a>', ()),
        (f'<!-- <a rel="me" href="{ENTRY}">us</a> -->', ()),
    ],
)
def test_a_site_with_the_link_present_absent_and_in_a_comment(body: str, state: tuple[str, ...]) -> None:
    with serving(pages={"/about": answer("200 OK", "Content-Type: text/html", body=body.encode())}) as server:
        assert asker().ask(server.url("/about"), look_for_me=True).me == state
        assert server.methods("/about") == ["GET"]


def test_what_makes_no_other_page() -> None:
    for other in (
        "http://commons.example/cooperatives/growers.html",
        "https://www.commons.example/cooperatives/growers.html?x#y",
    ):
        assert same_page(ENTRY, other)
    assert same_page("https://a.example/index.html", "https://a.example")
    for other in ("https://commons.example/cooperatives/growers", "https://commons.example.evil/cooperatives/growers.html",
                  "https://commons.example:8080/cooperatives/growers.html", "", "https://[", "mailto:x"):  # fmt: skip
        assert not same_page(ENTRY, other)
