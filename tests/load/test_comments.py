"""content/comments/ as it lies on the disk: what is a comment, and what is refused before it is read."""

from __future__ import annotations

import os
from dataclasses import replace
from pathlib import Path

import pytest
from tests.helpers import settings
from tests.load.sites import codes, site

from auzolan.load.catalog import load_catalog
from auzolan.load.comments import MAX_BYTES, load_comments

HEAD = '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\n---\n'
BASE = "content/comments/tools/saw"


def test_comments_by_page_in_the_order_of_their_names(tmp_path: Path) -> None:
    site(tmp_path, {f"{BASE}/b.md": f"{HEAD}\n\nTwo.\n", f"{BASE}/a.md": f"{HEAD}One.\n",
                    "content/comments/articles/mill/c.md": f"{HEAD}Three.\n"})  # fmt: skip
    found, told = load_comments(tmp_path / "content", tmp_path)
    assert not told
    assert {page: [one.id for one in comments] for page, comments in found.items()} == {
        "articles/mill": ["c"],
        "tools/saw": ["a", "b"],
    }
    one, two = found["tools/saw"]
    assert (one.body, one.body_line, one.path) == ("One.", 6, f"{BASE}/a.md")
    assert (two.body, two.body_line, two.fields.text("name")) == ("Two.", 8, "Ana")


def test_nobody_commented(tmp_path: Path) -> None:
    site(tmp_path, {})
    assert load_comments(tmp_path / "content", tmp_path) == ({}, [])


@pytest.mark.parametrize(
    ("path", "code"),
    [
        ("content/comments/x.md", "F002"),
        ("content/comments/tools/x.md", "F002"),
        ("content/comments/tools/saw/deep/x.md", "F002"),
        (f"{BASE}/x.yaml", "F002"),
        (f"{BASE}/X.md", "F001"),
        (f"{BASE}/a.b.md", "F001"),
        (f"{BASE}/{'a' * 61}.md", "F001"),
        (f"{BASE}/a b.md", "F001"),
    ],
)
def test_files_that_are_no_comments(tmp_path: Path, path: str, code: str) -> None:
    site(tmp_path, {path: f"{HEAD}Words.\n"})
    found, told = load_comments(tmp_path / "content", tmp_path)
    assert found == {} and codes(told) == [(code, path)]


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"words", "A001"),
        (b"---\nname: Ana\n", "A001"),
        (b"---\nname: [\n---\n", "Y001"),
        (b"---\nname: &a Ana\n---\nx", "Y003"),
        (b"---\nname: \xff\n---\nx", "Y008"),
        ("---\nname: \u202eAna\n---\nx".encode(), "Y009"),
        (b"---\nname: Ana\n---\n" + b"a" * MAX_BYTES, "Y006"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, data: bytes, code: str) -> None:
    site(tmp_path, {f"{BASE}/a.md": data})
    _, told = load_comments(tmp_path / "content", tmp_path)
    assert code in {one.code for one in told}
    assert all(one.severity == "error" for one in told)


def test_links_and_pipes_are_not_followed(tmp_path: Path) -> None:
    site(tmp_path, {f"{BASE}/a.md": f"{HEAD}Words.\n"})
    (tmp_path / BASE / "b.md").symlink_to("/etc/passwd")
    os.mkfifo(tmp_path / BASE / "c.md")
    found, told = load_comments(tmp_path / "content", tmp_path)
    assert [one.id for one in found["tools/saw"]] == ["a"]
    assert {one.code for one in told} == {"F003"}


def test_they_are_off_by_default(tmp_path: Path) -> None:
    site(tmp_path, {f"{BASE}/a.md": f"{HEAD}Words.\n"})
    assert load_catalog(settings(tmp_path))[0].comments == {}
    assert set(load_catalog(replace(settings(tmp_path), comments=True))[0].comments) == {"tools/saw"}
    blog = replace(settings(tmp_path), comments=True, features=frozenset({"directory"}))
    assert load_catalog(blog)[0].comments == {}
