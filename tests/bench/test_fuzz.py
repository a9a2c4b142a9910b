"""What the fuzzer does with bytes: each way in takes what this repository has, and nonsense, without failing."""

from __future__ import annotations

from pathlib import Path

import pytest
from bench.fuzz_targets import TARGETS, seeds

NONSENSE = [
    b"",
    b"\x00",
    b"\xff\xfe",
    b"a: [",
    b"- \n" * 99,
    b"{" * 99,
    "name: \u202e".encode(),
    b"---\n---\n",
    b'"' * 99,
]


@pytest.mark.parametrize("way", TARGETS)
def test_a_way_in_takes_anything(way: str, tmp_path: Path) -> None:
    for data in (*list(seeds(way))[:5], *NONSENSE):
        TARGETS[way](data, tmp_path)
