"""The issue forms of this repository are what its kinds say today."""

from __future__ import annotations

import os
from pathlib import Path

from auzolan.cli.kinds import declarations_of
from auzolan.intake.issue_forms import FOLDERS, forms_of
from auzolan.load.settings import load_settings

ROOT = Path(__file__).resolve().parents[1]


def test_the_issue_forms_are_current() -> None:
    settings, _ = load_settings(ROOT / "pelicanconf.py")
    declarations, language = declarations_of(ROOT / "pelicanconf.py")
    made = {file.path: file.data.decode() for file in forms_of(settings, declarations, "github", language)}
    for path, text in made.items():
        if os.environ.get("AUZOLAN_UPDATE"):
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, "utf-8")
        assert (ROOT / path).read_text("utf-8") == text, "make schemas writes the issue forms anew"
    there = {path.relative_to(ROOT).as_posix() for path in (ROOT / FOLDERS["github"]).glob("*.yml")}
    assert there == set(made)
