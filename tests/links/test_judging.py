"""U001 to U009, U011, U012: what is found about a link, after what was seen of it on how many days."""

from __future__ import annotations

import pytest

from auzolan.links.gather import Home, Link
from auzolan.links.judging import code_of, identity, is_dead, judged
from auzolan.links.memory import Seen
from auzolan.model.diagnostics import Location

URL = "https://growers.coop/about"
LINK = Link(URL, Location("directory/cooperatives/growers.yaml", 3, 10, len(URL)), "cooperative/growers", "website")
PAGE = "https://commons.example/cooperatives/growers.html"


def seen(state: str, status: int = 0, times: int = 0, since: str = "", on: str = "2026-11-29", **more: str) -> Seen:
    return Seen(on, state, "is so", status, times=times, since=since, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("state", "code"),
    [
        ("ok", ""),
        ("gone", "U002"),
        ("failing", "U002"),
        ("moved", "U003"),
        ("looping", "U004"),
        ("private", "U005"),
        ("certificate", "U006"),
        ("unusable", "U007"),
        ("closed", "U008"),
        ("later", "U008"),
        ("soft", "U009"),
    ],
)
def test_every_state_has_its_rule(state: str, code: str) -> None:
    assert code_of(seen(state)) == code
    found = judged(LINK, seen(state))
    assert (found.code if found else "") == code
    if found:
        assert found.location == LINK.where and found.message == f"{URL} is so" and found.hint


@pytest.mark.parametrize(
    ("one", "dead"),
    [
        (seen("gone", 410, 1), True),
        (seen("gone", 404, 1, "2026-11-29"), False),
        (seen("gone", 404, 2, "2026-11-28"), True),
        (seen("gone", 0, 2, "2026-11-28"), True),
        (seen("failing", 503, 2, "2026-01-01"), False),
        (seen("failing", 503, 3, "2026-11-16"), False),
        (seen("failing", 503, 3, "2026-11-15"), True),
        (seen("failing", 503, 9, ""), False),
        (seen("closed", 403, 9, "2026-01-01"), False),
    ],
)
def test_a_link_is_dead_when_it_lasts(one: Seen, dead: bool) -> None:
    assert is_dead(one) is dead
    assert (code_of(one) == "U001") is dead


def test_it_says_since_when() -> None:
    found = judged(LINK, seen("gone", 404, 2, "2026-11-20"))
    assert found and found.message == f"{URL} is so (since 2026-11-20, seen on 2 days)"
    assert "archived" in found.hint


def test_the_new_address_is_told() -> None:
    found = judged(LINK, seen("moved", to="https://new.example/"))
    # Nobody writes what a stranger's server says without having looked.
    assert found and found.hint == "write https://new.example/" and found.fix is None


def home(recorded: bool = False) -> Home:
    return Home(
        "cooperative/growers", "https://growers.coop/", LINK.where, (PAGE, PAGE.replace("/coop", "/ca/coop")), recorded
    )


def test_a_site_that_links_back() -> None:
    found = identity(home(), Seen("2026-11-29", "ok", me=("https://x.example/", PAGE)))
    assert found and found.code == "U011" and found.severity == "note"
    assert 'linked_from: {url: "https://growers.coop/", on: 2026-11-29}' in found.hint
    assert identity(
        home(), Seen("2026-11-29", "ok", me=("https://www.commons.example/ca/cooperatives/growers.html#x",))
    )
    assert identity(home(True), Seen("2026-11-29", "ok", me=(PAGE,))) is None


def test_a_site_that_does_not() -> None:
    assert identity(home(), Seen("2026-11-29", "ok", me=())) is None
    assert identity(home(), Seen("2026-11-29", "ok", me=("https://commons.example/cooperatives/others.html",))) is None


def test_a_site_that_does_not_any_more() -> None:
    found = identity(home(True), Seen("2026-11-29", "ok", me=()))
    assert found and found.code == "U012" and PAGE in found.hint
    # Where nobody could look, nothing is known.
    assert identity(home(True), Seen("2026-11-29", "failing")) is None
