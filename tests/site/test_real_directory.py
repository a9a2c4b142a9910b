"""The repository's own directory: nothing is wrong with it, and every file became its pages."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from tests.running import ROOT, auzolan

from auzolan.load.settings import load_settings

ALLOWED = {"S005": "a clone with a part of the history knows no dates, and says so"}
SETTINGS, _ = load_settings(ROOT / "pelicanconf.py")
ENTRIES = sorted(
    path.relative_to(ROOT / "directory")
    for path in (ROOT / "directory").glob("*/*.yaml")
    if path.parent.name not in ("kinds", "vocabularies")
)


def test_no_finding_but_those_allowed() -> None:
    done = auzolan("check", "--json", cwd=ROOT)
    found = [one for one in json.loads(done.stdout)["findings"] if one["code"] not in ALLOWED]
    assert [(one["code"], one["path"], one["line"], one["message"]) for one in found] == []
    assert done.returncode == 0


@pytest.mark.parametrize("language", SETTINGS.languages)
def test_every_entry_became_a_page(real_site: Path, language: str) -> None:
    base = real_site if language == SETTINGS.default_language else real_site / language
    assert len(ENTRIES) > 80
    missing = [str(path) for path in ENTRIES if not (base / path.with_suffix(".html")).is_file()]
    assert missing == []


def test_every_article_became_a_page(real_site: Path) -> None:
    for path in sorted((ROOT / "content" / "articles").glob("*.md")):
        slug, _, language = path.stem.partition(".")
        prefix = f"{language}/" if language and language != SETTINGS.default_language else ""
        assert (real_site / f"{prefix}articles/{slug}.html").is_file(), path


def test_everything_is_in_the_data(real_site: Path) -> None:
    data = json.loads((real_site / "data" / "everything.json").read_text("utf-8"))
    assert sorted(entry["id"] for entry in data["entries"]) == sorted(
        f"{kind['name']}/{path.stem}"
        for path in ENTRIES
        for kind in data["kinds"]
        if kind["folder"] == path.parent.as_posix()
    )


def test_sums_are_true(real_site: Path) -> None:
    done = subprocess.run(
        ["sha256sum", "--check", "--quiet", "--strict", "SHA256SUMS"],
        cwd=real_site,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    lines = (real_site / "SHA256SUMS").read_text("utf-8").splitlines()
    paths = [line[66:] for line in lines]
    assert paths == sorted(paths)
    there = {path.relative_to(real_site).as_posix() for path in real_site.rglob("*") if path.is_file()}
    assert set(paths) == there - {"SHA256SUMS"}
