"""The table of hostile input tells the truth: every test that it names is there."""

from __future__ import annotations

import re

from bench.fuzz import WAYS
from bench.fuzz_targets import TARGETS
from tests.running import ROOT

PAGE = (ROOT / "docs" / "hostile.md").read_text("utf-8")


def test_every_test_that_is_named_is_there() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)::(\w+)`", PAGE)
    assert len(named) > 30
    for path, test in named:
        assert re.search(rf"^def {test}\(", (ROOT / path).read_text("utf-8"), re.MULTILINE), (path, test)


def test_every_row_names_a_test() -> None:
    rows = [line for line in PAGE.splitlines() if line.startswith("| ")][1:]
    assert len(rows) > 10 and all("::test_" in row for row in rows)


def test_every_way_in_is_tried_by_the_fuzzer() -> None:
    assert tuple(TARGETS) == WAYS
