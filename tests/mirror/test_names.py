"""SHA256SUMS is the edition's, and names nothing that could be written elsewhere, or twice."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
from tests.mirror.signing import PAGES, edition, sums

from auzolan.mirror.names import files_of, is_safe, is_statement, listed
from auzolan.mirror.refused import Refused

SUM = hashlib.sha256(b"").hexdigest()


def lines(*paths: str) -> bytes:
    return "".join(f"{SUM}  {path}\n" for path in paths).encode()


def threat(data: bytes) -> str:
    with pytest.raises(Refused) as caught:
        listed(data)
    assert caught.value.hint
    return caught.value.threat


def test_files_come_with_their_sums() -> None:
    found = files_of(sums(PAGES), edition())
    assert found == {path: hashlib.sha256(data).hexdigest() for path, data in PAGES.items()} and list(found) == sorted(
        found
    )


def test_sums_that_the_edition_does_not_name_are_refused() -> None:
    for data in (sums(PAGES)[:-1], sums(PAGES).replace(b"index", b"infex"), b""):
        with pytest.raises(Refused) as caught:
            files_of(data, edition())
        assert caught.value.threat == "sums"
    with pytest.raises(Refused) as caught:
        files_of(sums(PAGES), replace(edition(), files=4))
    assert caught.value.threat == "sums"


@pytest.mark.parametrize(
    "path",
    ["../up", "/root", "a/../b", "a//b", "./a", "a/.", "a\\b", "c:a", ".htaccess", "a/.git/config", "a\u202eb", "nul", "Com1.html",
     "a/aux.txt", "end.", "end ", "what?", "a*b", "x" * 201, "/".join(["x" * 100] * 5), "edition.json", "edition.json.anna.sig",
     "trust/1.json", "SHA256SUMS", "freshness.json"],
)  # fmt: skip
def test_a_name_that_may_not_be_written_everywhere_is_refused(path: str) -> None:
    assert threat(lines("a.html", path)) == "path"


@pytest.mark.parametrize(
    ("one", "other"), [("a.html", "A.html"), ("é", "e\u0301"), ("a/b", "A/c"), ("a", "a/b"), ("straße", "strasse")]
)
def test_two_names_that_are_one_somewhere_are_refused(one: str, other: str) -> None:
    assert threat(lines(one, other)) == "case"


@pytest.mark.parametrize(
    "data", [b"x\n", lines("a")[:-1], lines("a", "a"), b"\xff\n", lines("a").upper(), f"\\{SUM}  a\\nb\n".encode()]
)
def test_what_is_no_list_of_sums_is_refused(data: bytes) -> None:
    assert threat(data) == "malformed"


def test_names_of_our_sites_are_fine() -> None:
    for path in (
        "index.html",
        "ca/cooperatives/mondragón.html",
        "search/en/d0.js",
        "static/built/search.js",
        "data/source.zip",
        "a/co-op.html",
    ):
        assert is_safe(path) and not is_statement(path)
