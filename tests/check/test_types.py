"""T001 to T010: addresses, dates, numbers, flags, codes and identifiers."""

from __future__ import annotations

import re
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import clean, finds

from auzolan.check import types
from auzolan.check.types import url_problems

GOOD = """\
website: "https://huerta.coop:8443/a?b=c#d"
started: "2010-05"
places:
  - {country: ES, region: ES-CT, latitude: "41.38", longitude: "-2.1"}
contact: {email: info@huerta.coop, phone: "+34 93 000 00 00"}
same_as: {wikidata: Q42}
languages: [ca, eu]
"""


def test_what_is_right_is_not_told() -> None:
    clean(GOOD)
    clean("self_hosted: yes\n", "tool/saw")
    clean("self_hosted: FALSE\n", "tool/saw")


@pytest.mark.parametrize(
    ("yaml", "code", "line", "column"),
    [
        ("status: active\nwebsite: huerta.coop\n", "T001", 2, 10),
        ("contact:\n  email: info at huerta\n", "T002", 2, 10),
        ("started: last year\n", "T003", 1, 10),
        ("started: 2010-02-30\n", "T003", 1, 10),
        ("members: {count: many}\n", "T004", 1, 18),
        ("members: {count: 1e3}\n", "T004", 1, 18),
        ("places:\n  - country: Spain\n", "T006", 2, 14),
        ("places:\n  - country: es\n", "T006", 2, 14),
        ("places:\n  - {country: ES, region: Catalonia}\n", "T007", 2, 27),
        ("contact: {phone: call us}\n", "T008", 1, 18),
        ("same_as: {wikipedia-x: Q42}\n", "T009", 1, 11),
        ("same_as: {wikidata: https://www.wikidata.org/wiki/ Q42}\n", "T009", 1, 21),
        ("contact: {email: ana.garcia@huerta.coop}\n", "T010", 1, 18),
    ],
)
def test_what_is_wrong_is_told_at_its_place(yaml: str, code: str, line: int, column: int) -> None:
    finds(yaml, code, line, column)


def test_a_flag_is_yes_or_no() -> None:
    finds("self_hosted: maybe\n", "T005", 1, 14, "tool/saw")
    finds("self_hosted: 'on'\n", "T005", 1, 14, "tool/saw")


def test_the_way_out_names_the_code_of_a_country() -> None:
    assert finds("places:\n  - country: Spain\n", "T006", 2, 14).hint == "did you mean `ES`?"
    assert finds("places:\n  - country: es\n", "T006", 2, 14).hint == "write it in capitals: ES"


def test_norway_a_postcode_and_a_time_stay_what_they_are() -> None:
    clean("places:\n  - {country: NO, postcode: 0123}\ncontact: {hours: 12:30}\n")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JavaScript:alert(1)",
        "data:text/html,x",
        "vbscript:x",
        "file:///etc/passwd",
        "//evil.coop/x",
        "/inside",
        "https://",
        "https://user@evil.coop/",
        "https://user:word@evil.coop/",
        "https://evil.coop\\@good.coop/",
        "https://ev il.coop/",
        "https://evil.coop/\tx",
        "https://evil.coop/\x00",
        "https://[::1]/",
        "https://[/",
        "https://evil",
        "https://evil.coop:99999/",
        "https://-evil.coop/",
        "https://evil..coop/",
        'https://evil.coop/"x',
        "https://evil.coop/<x>",
        "mailto:",
        "mailto:nobody",
        "tel:now",
        "https://" + "a" * 64 + ".coop/",
        "https://evil.coop/" + "a" * 2000,
        "https://" + "á" * 90_000 + ".coop/",
        "http:evil.coop",
        "https:///evil.coop",
        "\u2028https://evil.coop/",
    ],
)
def test_addresses_that_a_page_must_not_link_to(url: str) -> None:
    assert [code for code, *_ in url_problems(url)] == ["T001"]


@pytest.mark.parametrize("url", ["https://münchen.coop/", "http://a.b.coop", "mailto:info@a.coop", "tel:+34930000000"])
def test_addresses_that_a_page_may_link_to(url: str) -> None:
    assert not list(url_problems(url))


def test_the_hosts_of_examples() -> None:
    assert [code for code, *_ in url_problems("https://www.example.org/x")] == ["D007"]
    assert not list(url_problems("https://notexample.org/x"))


PARTS = st.lists(
    st.sampled_from((
        "https://", "http://", "HTTPS://", "//", "/", "a.coop", "a", "A", ".", "-", "xn--a", "example.org", "example.", "_",
        "user@", ":80", "?", "#", "%20", "é", "[", "]", "|", " ", "\t", "\\", "(1)", "'", "a" * 64, "b" * 990, "b" * 990,
    )), max_size=8,
).map("".join)  # fmt: skip


@given(
    st.builds(lambda begin, rest: begin + rest, st.sampled_from(("", "https://a.coop", "https://a-b.c.coop/")), PARTS)
)
def test_what_passes_at_a_glance_passes_when_taken_apart(url: str) -> None:
    at_a_glance = list(url_problems(url))
    with patch.object(types, "_PLAIN", re.compile(r"(?!)")):
        assert list(url_problems(url)) == at_a_glance
