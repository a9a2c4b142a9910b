"""What differs between two sites is named, and an edition's statements are no part of a site."""

from __future__ import annotations

import hashlib
from pathlib import Path

from tests.mirror.signing import PAGES, Copy, edition, trust

from auzolan.mirror.comparing import compare

FILES = {path: hashlib.sha256(data).hexdigest() for path, data in PAGES.items()}


def test_a_copy_is_the_same(tmp_path: Path) -> None:
    Copy().list_(trust("anna"), "anna").edition(edition(), "anna").write(tmp_path)
    assert not compare(FILES, tmp_path) and not list(compare(FILES, tmp_path).lines())


def test_each_difference_is_named(tmp_path: Path) -> None:
    Copy().edition(edition()).write(tmp_path)
    (tmp_path / "index.html").write_bytes(b"other")
    (tmp_path / "tools/nextcloud.html").unlink()
    (tmp_path / "more").mkdir()
    (tmp_path / "more/here.html").write_bytes(b"")
    (tmp_path / "away").symlink_to("/etc")
    (tmp_path / ".hidden").write_bytes(b"")
    found = compare(FILES, tmp_path)
    assert list(found.lines()) == ["+ .hidden", "+ away", "~ index.html", "+ more/here.html", "- tools/nextcloud.html"]


def test_a_file_that_is_a_link_is_another_file(tmp_path: Path) -> None:
    Copy().edition(edition()).write(tmp_path)
    (tmp_path / "copy.html").write_bytes(PAGES["index.html"])
    (tmp_path / "index.html").unlink()
    (tmp_path / "index.html").symlink_to("copy.html")
    assert compare(FILES, tmp_path).other == ("index.html",)
