"""Every rule is found by a test, and told in docs/rules.md."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from auzolan.model.rules import RULES

HERE = Path(__file__).parent
DOCS = (HERE.parent / "docs" / "rules.md").read_text("utf-8")
SECTIONS = dict(re.findall(r"^### ([A-Z]\d{3}): (.*?)(?=^###? |\Z)", DOCS, re.MULTILINE | re.DOTALL))
CODE = re.compile(r"\b[YFSKDTVPLRCIBMAGW]\d{3}\b")


def test_no_rule_is_untested() -> None:
    tests = "".join(
        path.read_text("utf-8") for room in ("check", "load", "intake") for path in (HERE / room).glob("test_*.py")
    )
    assert not RULES.keys() - set(re.findall(r'"([A-Z]\d{3})"', tests))


def test_no_rule_is_idle() -> None:
    package = HERE.parent / "plugins" / "auzolan"
    source = "".join(path.read_text("utf-8") for path in package.rglob("*.py") if path.name != "rules.py")
    assert not RULES.keys() - set(re.findall(r'"([A-Z]\d{3})"', source))


def test_the_docs_name_every_rule_and_no_other() -> None:
    assert list(SECTIONS) == list(RULES)
    assert set(CODE.findall(DOCS)) == RULES.keys()


@pytest.mark.parametrize("code", sorted(RULES))
def test_the_docs_say_what_it_says_how_grave_it_is_and_how_to_mend_it(code: str) -> None:
    title, marks, words, way_out = SECTIONS[code].strip().split("\n\n")[:4]
    rule = RULES[code]
    assert title == rule.title
    assert marks == f"*{', '.join([rule.severity, *rule.marks])}*"
    assert len(words) > 40 and words.endswith((".", "`"))
    assert way_out.startswith("**Way out.** ") and len(way_out) > 20


def test_codes_and_marks() -> None:
    for code, rule in RULES.items():
        assert rule.code == code and CODE.fullmatch(code)
        assert set(rule.marks) <= {"schema", "browser", "catalog"}
        assert not {"browser", "catalog"} <= set(rule.marks)
