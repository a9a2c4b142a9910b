"""The examples of docs/rules.md are true: the bad one of a rule is found by just that rule, in the good one nothing is found."""

from __future__ import annotations

import os
import re
import subprocess
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest
from PIL import Image
from tests.running import ROOT, write

from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.rules import RULES
from auzolan.pipeline.build import Options, prepare

NO_EXAMPLE = {
    "F007": "whoever runs the tests as root may read every file; tests/load/test_load_entries.py",
    "G002": "a picture of 20 million pixels is no text; tests/load/test_images.py",
    "W006": "201 files are no example; tests/check/test_comments.py",
    **{code: "tables and mails are no files of a commons; tests/intake" for code in RULES if code[0] in "BN"},
    **{
        code: "time alone brings it, and no check tells it; tests/check/test_freshness.py"
        for code in RULES
        if code[0] == "O"
    },
    **{code: "the web says it, and no check asks the web; tests/links" for code in RULES if code[0] == "U"},
    "G005": "a picture's metadata are no text; tests/load/test_images.py",
}
"""Rules that neither lines nor a command of every machine can show, why, and where they are tested."""
COMPANY = {
    "C004": {"D002"},
    "S004": {"D001"},
    "Y003": {"D006"},
    "Y009": {"D006"},
}
"""Rules whose bad example breaks these too, and cannot do otherwise."""
COMMONS = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'Examples'\nDEFAULT_LANG = 'en'\nAUZOLAN_LANGUAGES = ['ca']\nPLUGINS = auzolan.PLUGINS\nAUZOLAN_COMMENTS = True\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/bakers.yaml": "name: The bakers\nsummary: They bake.\nrecord: {submitted_by: itself}\n",
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\nrecord: {sources: {page: {title: Seen}}}\n",
    "directory/organizations/network.yaml": "name: Network\nsummary: They meet.\nrecord: {submitted_by: itself}\n",
    "content/articles/baking.md": "---\ntitle: Baking\ndate: 2026-01-01\nsummary: How to.\n---\nWith time.\n",
}
NEEDED = {
    "directory": {
        "name": "name: A group",
        "summary": "summary: They meet.",
        "record": "record: {submitted_by: itself}",
    },
    "kinds": {"folder": "folder: makerspaces", "use": "use: [every]", "label": "label: {en: Makerspace}"},
    "articles": {"title": "title: An oven", "date": "date: 2026-01-31", "summary": "summary: How neighbours built it."},
}
"""What such files need besides what an example says, by its first word."""
DEFAULT = "directory/cooperatives/growers.yaml"
_PART = re.compile(
    r"^(Bad|Good|And)(, by commands|, (?:in )?`[^`]+`)?:\n\n```(\w+)\n(.*?)^```$", re.MULTILINE | re.DOTALL
)


@dataclass(frozen=True)
class Example:
    """What to put into the commons: whole files by path, and commands to run there."""

    files: dict[str, str]
    commands: str


@cache
def examples() -> dict[str, dict[str, Example]]:
    """By rule, its bad and its good example."""
    page = (ROOT / "docs" / "rules.md").read_text("utf-8")
    sections = re.findall(r"^### ([A-Z]\d{3}): (.*?)(?=^<a id=|\Z)", page, re.MULTILINE | re.DOTALL)
    told: dict[str, dict[str, Example]] = {}
    for code, section in sections:
        assert section.count("```") == 2 * len(_PART.findall(section)), f"{code}: an example is not read"
        which = ""
        for head, where, language, text in _PART.findall(section):
            which = which if head == "And" else head.lower()
            example = told.setdefault(code, {}).setdefault(which, Example({}, ""))
            if language == "sh":
                assert where == ", by commands"
                told[code][which] = Example(example.files, text)
                continue
            path = where.split("`")[1] if where else DEFAULT
            whole = bool(where) and not where.startswith(", in ")
            example.files[path] = text if whole else completed(path, text)
    return told


def completed(path: str, text: str) -> str:
    """The lines of an example with all that its file needs besides."""
    if path == "pelicanconf.py":
        return COMMONS[path] + text
    if "/comments/" in path:
        return f'---\ndate: "2026-01-31"\nlanguage: en\n---\n{text}'
    kind = "kinds" if "/kinds/" in path else "articles" if path.startswith("content/") else "directory"
    said = set(re.findall(r"^(\w+):", text, re.MULTILINE)) if kind != "articles" else set()
    rest = "".join(f"{line}\n" for name, line in NEEDED[kind].items() if name not in said)
    return f"---\n{rest}---\n{text}" if kind == "articles" else text + rest


def found(root: Path, example: Example) -> list[Diagnostic]:
    """All findings in the commons with the example in it."""
    write(root, COMMONS | example.files)
    (root / "content/images").mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (4, 4)).save(root / "content/images/garden.jpg")
    if example.commands:
        who = {f"GIT_{role}_{what}": "n@n" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
        environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
        subprocess.run(["bash", "-ec", example.commands], cwd=root, env=environment, check=True, capture_output=True)
    settings, told = load_settings(root / "pelicanconf.py")
    return list(prepare(settings, told, Options(check=True), lambda _: None).findings)


@pytest.fixture(autouse=True)
def _no_repository_around(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)


def test_the_commons_of_the_examples_is_clean(tmp_path: Path) -> None:
    assert found(tmp_path, Example({}, "")) == []


def test_every_rule_has_a_bad_and_a_good_example_or_a_reason() -> None:
    assert {
        code for code, both in examples().items() if set(both) == {"bad", "good"}
    } == RULES.keys() - NO_EXAMPLE.keys()
    assert NO_EXAMPLE.keys() <= RULES.keys() and len(set(NO_EXAMPLE.values())) < 8


@pytest.mark.parametrize("code", sorted(RULES.keys() - NO_EXAMPLE.keys()))
def test_the_bad_example_is_found_and_the_good_one_is_not(code: str, tmp_path: Path) -> None:
    both = examples()[code]
    bad = {one.code for one in found(tmp_path / "bad", both["bad"])}
    assert code in bad and bad - {code} == COMPANY.get(code, set())
    assert found(tmp_path / "good", both["good"]) == []
