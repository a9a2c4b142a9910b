"""L001 to L004: licence expressions and the names of licences."""

from __future__ import annotations

import pytest
from tests.helpers import clean, finds

OWN = {"license/commons-first-1.0": "spdx_id: LicenseRef-Commons-First-1.0\n"}


@pytest.mark.parametrize(
    "text", ["MIT", "MIT OR Apache-2.0", "(MIT AND CC0-1.0) OR GPL-2.0-only WITH Classpath-exception-2.0", "((MIT))"]
)
def test_expressions_of_spdx(text: str) -> None:
    clean(f"license: {text}\n", "tool/saw")


@pytest.mark.parametrize(
    "text", ["MIT OR", "OR MIT", "MIT Apache-2.0", "(MIT", "MIT)", "MIT, CC0-1.0", "()", "MIT / CC0-1.0", "A WITH"]
)
def test_expressions_that_cannot_be_read(text: str) -> None:
    finds(f"status: active\nlicense: {text}\n", "L001", 2, 10, "tool/saw")


def test_a_licence_that_is_not_known() -> None:
    assert finds("license: MTI\n", "L002", 1, 10, "tool/saw").hint
    assert finds("license: agpl-3.0-or-later\n", "L002", 1, 10, "tool/saw").hint == "did you mean `AGPL-3.0-or-later`?"
    finds("license: LicenseRef-Ours\n", "L002", 1, 10, "tool/saw")
    finds("license: MIT WITH MIT\n", "L002", 1, 10, "tool/saw")


def test_a_licence_outside_spdx_that_has_its_entry() -> None:
    clean("license: LicenseRef-Commons-First-1.0 OR MIT\n", "tool/saw", others=OWN)


def test_an_id_that_is_deprecated() -> None:
    told = finds("license: GPL-3.0\n", "L003", 1, 10, "tool/saw")
    assert (told.severity, told.hint) == ("warning", "write `GPL-3.0-only`")
    assert finds("license: GPL-3.0+\n", "L003", 1, 10, "tool/saw").hint == "write `GPL-3.0-or-later`"


def test_the_file_of_a_licence_is_named_by_its_id() -> None:
    clean("spdx_id: GPL-2.0-or-later\n", "license/gpl-2.0-or-later")
    told = finds("family: permissive\nspdx_id: MIT\n", "L004", 2, 10, "license/the-mit-licence", only=False)
    assert "`mit.yaml`" in told.message
    finds("spdx_id: Ours-1.0\n", "L002", 1, 10, "license/ours-1.0")


def test_licences_of_pictures_records_and_articles() -> None:
    finds("record: {license: XX, sources: {a: {title: T}}}\n", "L002", 1, 19)
    text = "---\ntitle: A mill\ndate: 2026-11-01\nsummary: Shared.\nlicense: {}\n---\nWords.\n"
    clean("", articles={"mill.md": text.format("CC-BY-SA-4.0")})
    finds("", "L002", 5, 10, articles={"mill.md": text.format("CC-BY")})
