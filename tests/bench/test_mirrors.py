"""The site of bench.mirrors is an edition as others are; nothing is timed."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from bench.mirrors import __main__ as bench
from bench.mirrors import copies, newest, proofs
from bench.mirrors.copies import DAY, Site
from tests.running import ROOT

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


def test_what_the_newest_libzim_says_is_told_in_a_sentence() -> None:
    told = {
        "version": "9 (C++ 9)",
        "check": True,
        "checksum": True,
        "items": 20,
        "wrong": [],
        "found": 3,
        "suggested": 1,
    }
    assert newest.sentence(dict(told)).startswith("Accepted by libzim 9 (C++ 9)")
    for change in ({"check": False}, {"checksum": False}, {"wrong": ["index.html"]}):
        assert newest.sentence({**told, **change}).startswith("Refused")


def test_a_proof_names_tests_that_there_are() -> None:
    for proof in proofs.PROOFS:
        text = (ROOT / proof.tests[0]).read_text("utf-8")
        word = proof.tests[2] if len(proof.tests) > 2 else "test_"
        assert "def test_" in text and word in text, proof.name
        assert all(name in text or name == "AUZOLAN_SEED" for name in proof.environment), proof.name
    assert proofs.outcome("x\n36 passed, 1 skipped in 2.0s\n") == "36 passed, 1 skipped"
    assert proofs.outcome("") == ""
