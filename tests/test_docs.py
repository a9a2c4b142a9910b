"""The docs are true: every command, setting, field and export is in them, and what is generated is current."""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.helpers import clean
from typer.main import get_command

from auzolan.cli.app import app
from auzolan.cli.kinds import declarations_of, field_tables
from auzolan.load.settings import KNOWN
from auzolan.model.kinds import FIELD_TYPES

ROOT = Path(__file__).resolve().parents[1]
PAGES = sorted([*ROOT.glob("*.md"), *(ROOT / "docs").glob("*.md")])


def test_the_field_table_is_current() -> None:
    declarations, _ = declarations_of(ROOT / "pelicanconf.py")
    made = field_tables(declarations, "en")
    path = ROOT / "docs" / "fields.md"
    if os.environ.get("AUZOLAN_UPDATE"):
        path.write_text(made, "utf-8")
    assert path.read_text("utf-8") == made, "make schemas writes docs/fields.md anew"


def test_every_command_is_in_the_readme_in_the_order_of_help() -> None:
    commands = list(get_command(app).commands)
    assert commands == [
        "init", "serve", "new", "check", "fmt", "duplicates", "diff", "stale", "links", "build", "search", "pocket", "zim",
        "kinds", "import", "inbox", "edition", "mirror",
    ]  # fmt: skip
    told = re.findall(r"^\| `auzolan (\w+)", (ROOT / "README.md").read_text("utf-8"), re.MULTILINE)
    assert told == commands


def test_every_setting_is_explained() -> None:
    told = set(re.findall(r"^\| `(AUZOLAN_\w+)`", (ROOT / "docs" / "settings.md").read_text("utf-8"), re.MULTILINE))
    assert told - {"AUZOLAN_DEBUG", "AUZOLAN_CHROMIUM"} == set(KNOWN)


def test_every_field_type_is_named() -> None:
    text = (ROOT / "docs" / "commons.md").read_text("utf-8")
    assert all(re.search(rf"\b{name}\b", text) for name in FIELD_TYPES)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_between_the_docs_lead_somewhere(page: Path) -> None:
    # What stands in an example leads nowhere by right.
    text = re.sub(r"^```.*?^```$", "", page.read_text("utf-8"), flags=re.MULTILINE | re.DOTALL)
    for target in re.findall(r"\]\((?!https?:|mailto:|#)([^)#]+)", text):
        assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_entry_in_the_readme_is_a_whole_one() -> None:
    yaml = re.search(r"```yaml\n(.*?)```", (ROOT / "README.md").read_text("utf-8"), re.DOTALL)
    assert yaml
    clean(yaml[1], "cooperative/our-bakery")


def test_every_threat_to_mirrors_is_in_the_table_and_its_tests_are_there() -> None:
    page = (ROOT / "docs" / "mirrors.md").read_text("utf-8")
    tests = (ROOT / "tests" / "mirror" / "test_threats.py").read_text("utf-8")
    told = set(re.findall(r"`(test_\w+)`", page))
    made = set(re.findall(r"^def (test_\w+)", tests, re.MULTILINE))
    assert made - told == {"test_what_is_honest_is_taken", "test_keys_are_somebodys"} and told <= made


def test_every_reason_to_refuse_a_copy_is_in_the_docs() -> None:
    told = (ROOT / "docs" / "mirrors.md").read_text("utf-8") + (ROOT / "docs" / "editions.md").read_text("utf-8")
    for path in (ROOT / "plugins" / "auzolan" / "mirror").rglob("*.py"):
        for threat in re.findall(r'Refused\(\s*"([a-z-]+)"', path.read_text("utf-8")):
            assert f"`{threat}`" in told, (path.name, threat)
