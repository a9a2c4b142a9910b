"""A folder is read by names that stay in it, no link is followed, and nothing is read beyond what was asked for."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from auzolan.mirror.reading import digest_of, reader
from auzolan.mirror.refused import Refused


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "secret").write_text("secret", "utf-8")
    (tmp_path / "copy/a").mkdir(parents=True)
    (tmp_path / "copy/a/b.html").write_bytes(b"12345")
    return tmp_path / "copy"


def threat(folder: Path, path: str, most: int = 100) -> str:
    with pytest.raises(Refused) as caught:
        reader(folder)(path, most)
    return caught.value.threat


def test_a_file_is_read_and_what_is_not_there_is_nothing(folder: Path) -> None:
    assert reader(folder)("a/b.html", 5) == b"12345"
    assert reader(folder)("a/c.html", 5) is None and reader(folder)("a/b.html/c", 5) is None
    found = digest_of(folder, "a/b.html")
    assert found is not None and found[0].startswith("5994471a") and found[1] == 5 and digest_of(folder, "none") is None


def test_no_more_is_read_than_was_asked_for(folder: Path) -> None:
    assert threat(folder, "a/b.html", 4) == "endless"


def test_names_that_lead_out_are_refused(folder: Path) -> None:
    assert threat(folder, "../secret") == "path" and threat(folder, ".hidden") == "path"


def test_links_are_not_followed_wherever_they_lie(folder: Path) -> None:
    (folder / "l.html").symlink_to(folder.parent / "secret")
    (folder / "d").symlink_to(folder.parent)
    assert threat(folder, "l.html") == "symlink" and threat(folder, "d/secret") == "symlink"


def test_what_is_no_file_is_refused_and_nobody_waits_for_it(folder: Path) -> None:
    os.mkfifo(folder / "pipe.html")
    assert threat(folder, "pipe.html") == "symlink" and threat(folder, "a") == "symlink"
