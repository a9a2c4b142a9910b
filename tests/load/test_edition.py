"""load/edition.py: which edition an output folder holds, and what is none."""

from __future__ import annotations

from pathlib import Path

import pytest

from auzolan.load.edition import Edition, edition_in
from auzolan.model.dates import PartialDate
from auzolan.model.errors import AuzolanError


@pytest.mark.parametrize("day", ["2026-11-29", "2026-11-29T10:00:00Z"])
def test_the_number_and_the_day_are_read(tmp_path: Path, day: str) -> None:
    (tmp_path / "edition.json").write_text(f'{{"serial": 7, "date": "{day}", "site": "ours"}}', "utf-8")
    assert edition_in(tmp_path) == Edition(7, PartialDate(2026, 11, 29))


def test_where_there_is_none_there_is_none(tmp_path: Path) -> None:
    assert edition_in(tmp_path) is None and edition_in(tmp_path / "no") is None


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "7",
        "\udcff",
        "[" * 100_000,
        '{"serial": 7}',
        '{"date": "2026-11-29"}',
        '{"serial": "7", "date": "2026-11-29"}',
        '{"serial": true, "date": "2026-11-29"}',
        '{"serial": 0, "date": "2026-11-29"}',
        '{"serial": 1e400, "date": "2026-11-29"}',
        '{"serial": 7, "date": 20261129}',
        '{"serial": 7, "date": "2026-11"}',
        '{"serial": 7, "date": "2026-13-29"}',
        '{"serial": 7, "date": "tomorrow"}',
        " " * 4_000_001,
    ],
)
def test_what_says_neither_is_refused_with_a_way_out(tmp_path: Path, text: str) -> None:
    (tmp_path / "edition.json").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(AuzolanError, match="says no `serial` and `date`") as told:
        edition_in(tmp_path)
    assert "delete it" in told.value.hint
