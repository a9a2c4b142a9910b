"""The bench of duplicates: what it knows to be the same, what it invents, and when it fails."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from bench.duplicates import invent, known_twins, main

ROWS = [
    {"name": "Som Energia", "country": "ES", "source": "a"},
    {"name": "SOM-ENERGIA", "country": "ES", "source": "b"},
    {"name": "Som Energia", "country": "ES", "source": "a"},
    {"name": "Som Energia", "country": "FR", "source": "b"},
    {"name": "株式会社", "country": "JP", "source": "a"},
    {"name": "協同組合", "country": "JP", "source": "b"},
]


def test_what_is_known_to_be_the_same() -> None:
    assert known_twins(ROWS) == [[("cooperative/0", "cooperative/1"), ("cooperative/1", "cooperative/2")]]


def test_inventions_are_the_same_each_time_and_know_their_twins() -> None:
    rows, twins = invent(200, random.Random(1))
    assert (rows, twins) == invent(200, random.Random(1))
    assert len(rows) == 200 and len(twins) == 8
    assert all(rows[other]["name"].startswith(rows[one]["name"]) for one, other in twins)


def test_a_small_run(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--entries", "300"]) == 0
    assert "300 entries: " in capsys.readouterr().out


def test_a_run_over_a_table(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lines = [",".join(row.values()) for row in ROWS]
    (tmp_path / "cooperatives.csv").write_text("\n".join([",".join(ROWS[0]), *lines]) + "\n", "utf-8")
    assert main(["--entries", "50", "--data", str(tmp_path)]) == 0
    assert "1 of 1 bodies that are known to come from two sources are found" in capsys.readouterr().out
