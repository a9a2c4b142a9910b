"""Doubts about licences: what asks for the same licence, what is unknown, what is given away otherwise than the rest."""

from __future__ import annotations

import pytest
from tests.report.changes.sides import difference, lines

TOOL = "name: {0}\nwritten_in: en\nsummary: It works.\n"
STRICT = "name: Strict\nspdx_id: LicenseRef-strict\nsummary: Asks.\nconditions: [same-license]\n"
FREE = "name: Free\nspdx_id: LicenseRef-free\nsummary: Asks for nothing.\n"
LICENSES = {"license/strict": STRICT, "license/free": FREE}
MADE = "relations: [{type: based-on, to: tool/base}]\n"


def doubts(mine: str, theirs: str, more: str = "") -> list[tuple[str, str, str]]:
    old = {**LICENSES, "tool/base": TOOL.format("Base") + (f"license: {theirs}\n" if theirs else "")}
    new = {**old, "license/strict": STRICT + more, "tool/made": TOOL.format("Made") + MADE + (f"license: {mine}\n" if mine else "")}  # fmt: skip
    return [(one.id, one.why, one.to) for one in difference(old, new).licenses]


@pytest.mark.parametrize(
    ("mine", "theirs", "why"),
    [
        ("LicenseRef-free", "LicenseRef-strict", "binds"),
        ("LicenseRef-strict", "LicenseRef-strict", ""),
        ("LicenseRef-strict", "LicenseRef-free", ""),
        ("LicenseRef-free", "LicenseRef-strict OR LicenseRef-free", ""),
        ("LicenseRef-free", "LicenseRef-strict AND LicenseRef-free", "binds"),
        ("LicenseRef-free OR LicenseRef-strict", "LicenseRef-strict", ""),
        ("", "LicenseRef-strict", "unknown"),
        ("LicenseRef-free", "", "unknown"),
        ("MIT", "Apache-2.0", ""),
    ],
)
def test_what_is_made_of_something(mine: str, theirs: str, why: str) -> None:
    assert doubts(mine, theirs) == ([("tool/made", why, "tool/base")] if why else [])


def test_a_recorded_compatibility_settles_it() -> None:
    compatible = "relations: [{type: compatible-with, to: license/free}]\n"
    assert doubts("LicenseRef-free", "LicenseRef-strict", compatible) == []


def test_it_is_told_when_either_end_changes_and_not_otherwise() -> None:
    base = {**LICENSES, "tool/base": TOOL.format("Base") + "license: LicenseRef-free\n"}
    made = {**base, "tool/made": TOOL.format("Made") + MADE + "license: LicenseRef-free\n"}
    stricter = {**made, "tool/base": TOOL.format("Base") + "license: LicenseRef-strict\n"}
    assert [one.why for one in difference(made, stricter).licenses] == ["binds"]
    assert difference(stricter, {**stricter, "tool/third": TOOL.format("Third")}).licenses == ()
    told = lines(made, stricter)
    assert "Made (tool/made) is based on Base (tool/base), which is under LicenseRef-strict and asks for the same licence; but it is under LicenseRef-free" in told  # fmt: skip
    assert "What is recorded here does not settle these. This is no legal advice." in told


def test_a_text_under_another_licence_than_the_rest() -> None:
    new = {"tool/base": TOOL.format("Base") + "record: {license: CC-BY-4.0, sources: {page: {title: T}}}\n"}
    assert [(one.why, one.license, one.other) for one in difference({}, new).licenses] == [
        ("own", "CC-BY-4.0", "CC0-1.0")
    ]
