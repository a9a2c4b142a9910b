"""render/doors/not_found.py: one page with absolute paths, wherever a server shows it."""

from __future__ import annotations

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.not_found import root_of_site, units_of


@pytest.mark.parametrize(
    ("site_url", "root"),
    [("", "/"), ("https://example.org", "/"), ("https://example.org/commons", "/commons/"), ("http://x/a/b/", "/a/b/")],
)
def test_the_root_follows_the_sites_address(site_url: str, root: str) -> None:
    assert root_of_site(site_url) == root
    html = s.built(f.commons(f.settings(site_url=site_url)), units_of)["404.html"]
    page = s.tree(html)
    links = page.xpath("//a/@href[not(starts-with(., '#'))] | //link/@href | //script/@src | //form/@action")
    assert links and all(link.startswith((root, "mailto:", "https://spdx.org/")) for link in links)
    assert page.get("data-root") == root
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert not s.faults(html)


def test_there_is_one_and_it_speaks_the_default_language() -> None:
    assert list(s.built(f.commons(), units_of)) == ["404.html"]
