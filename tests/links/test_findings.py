"""Each way in which a server misbehaves, and the finding that a link to it gets: from the socket to the rule."""

from __future__ import annotations

import datetime
from collections.abc import Iterator

import pytest
from tests.links.misbehaving import Server, serving
from tests.links.test_asking import asker

from auzolan.links.gather import Link
from auzolan.links.judging import judged
from auzolan.links.memory import remembered
from auzolan.model.diagnostics import Location

TODAY = datetime.date(2026, 11, 29)


@pytest.fixture(scope="module")
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("/slow-headers", "U002"),
        ("/endless-body", ""),
        ("/loop", "U004"),
        ("/nowhere", "U004"),
        ("/to-metadata", "U005"),
        ("/to-file", "U005"),
        ("/to-port-25", "U005"),
        ("/429", ""),
        ("/429-long", "U008"),
        ("/503-flapping", ""),
        ("/503", "U002"),
        ("/silent", "U002"),
        ("/garbage", "U007"),
        ("/huge-headers", "U007"),
        ("/continues", "U007"),
        ("/bomb", ""),
        ("/head-405", ""),
        ("/too-short", "U007"),
        ("/bad-chunks", "U007"),
        ("/gone", "U002"),
        ("/gone-for-good", "U001"),
        ("/login", "U008"),
        ("/moved", "U003"),
        ("/moved-for-now", ""),
        ("/to-front", "U009"),
    ],
)
def test_what_is_found(server: Server, path: str, code: str) -> None:
    url = server.url(path)
    link = Link(url, Location("directory/tools/oven.yaml", 3, 10, len(url)), "tool/oven", "website")
    found = judged(link, remembered(asker().ask(url), None, TODAY))
    assert (found.code if found else "") == code
    assert not found or (found.message.startswith(url) and found.location == link.where and found.hint)
