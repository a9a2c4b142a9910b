"""The site of bench.mirrors is an edition as others are; nothing is timed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from bench.mirrors import __main__ as bench
from bench.mirrors import copies
from bench.mirrors.copies import DAY, Site

from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.verifying import verify


def test_the_site_is_signed_and_so_is_what_was_edited(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "LARGE", 1_000)
    site = Site(tmp_path / "site", 12, 1)
    assert site.sign().files == 12
    changed = site.edit(3)
    assert changed > 1_000
    edition = site.sign()
    found = verify(tmp_path / "site", Folder(tmp_path / "site"), DAY + datetime.timedelta(days=1), lambda *_: None)
    assert found.is_whole and found.proven and found.proven.edition == edition and edition.serial == 2


def test_what_the_command_line_may_say() -> None:
    assert bench.parser().parse_args([]).files == 10_000
    with pytest.raises(SystemExit):
        bench.parser().parse_args(["--files", "many"])
