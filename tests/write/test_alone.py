"""write/alone.py: one file, whole or not at all, over nothing that is not ours."""

from __future__ import annotations

from pathlib import Path

import pytest

from auzolan.write.alone import put_alone
from auzolan.write.made import UnwritableOutput

MARK = b"<!-- ours -->"


def test_it_is_written_once_and_again_where_it_differs(tmp_path: Path) -> None:
    file = tmp_path / "x.html"
    assert put_alone(file, b"a " + MARK, MARK) and not put_alone(file, b"a " + MARK, MARK)
    assert put_alone(file, b"b " + MARK, MARK) and file.read_bytes() == b"b " + MARK
    assert file.stat().st_mode & 0o777 == 0o644 and [one.name for one in tmp_path.iterdir()] == ["x.html"]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    file, link = tmp_path / "x.html", tmp_path / "link.html"
    file.write_bytes(b"mine" + b" " * 300 + MARK)
    link.symlink_to(file)
    for one in (file, link, tmp_path):
        with pytest.raises(UnwritableOutput, match="is there already"):
            put_alone(one, MARK, MARK)
    assert file.read_bytes().startswith(b"mine")


def test_what_the_disk_refuses_is_said_and_leaves_nothing(tmp_path: Path) -> None:
    with pytest.raises(UnwritableOutput, match="cannot be written"):
        put_alone(tmp_path / "no" / "x.html", MARK, MARK)
    assert not list(tmp_path.iterdir())
