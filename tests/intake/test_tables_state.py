"""What an import remembers: a line a row, written at once, sorted in the end; anybody's file is read with care."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from auzolan.intake.tables.state import FORMAT, Known, State, hash_of
from auzolan.model.errors import AuzolanError

KNOWN = Known("cooperative/a", {"name": "0123456789ab"})


def test_what_is_kept_is_there_at_once_and_sorted_in_the_end(tmp_path: Path) -> None:
    path = tmp_path / "m.imported.jsonl"
    state = State(path)
    assert not path.exists()
    state.keep("2", KNOWN)
    state.keep("1", KNOWN)
    assert State(path).known == {"1": KNOWN, "2": KNOWN}
    state.close()
    lines = path.read_text("utf-8").splitlines()
    assert json.loads(lines[0]) == {"format": FORMAT}
    assert [json.loads(line)["id"] for line in lines[1:]] == ["1", "2"]


def test_nothing_new_writes_nothing(tmp_path: Path) -> None:
    path = tmp_path / "m.imported.jsonl"
    state = State(path)
    state.keep("1", KNOWN)
    state.close()
    before = path.stat().st_mtime_ns
    again = State(path)
    again.keep("1", KNOWN)
    again.close()
    assert path.stat().st_mtime_ns == before


def test_half_a_line_is_passed_over_and_written_after(tmp_path: Path) -> None:
    path = tmp_path / "m.imported.jsonl"
    state = State(path)
    state.keep("1", KNOWN)
    path.write_text(path.read_text() + '{"id": "2", "ent')
    state = State(path)
    assert set(state.known) == {"1"}
    state.keep("3", KNOWN)
    assert set(State(path).known) == {"1", "3"}


@pytest.mark.parametrize(
    "line",
    ["[]", "null", "{}", '{"id": 1, "entry": "cooperative/a", "wrote": {}}', '{"id": "1", "entry": "../../etc", "wrote": {}}',
     '{"id": "1", "entry": "cooperative/a", "wrote": []}', "[" * 100_000],
)  # fmt: skip
def test_lines_of_strangers_are_passed_over(tmp_path: Path, line: str) -> None:
    path = tmp_path / "m.imported.jsonl"
    path.write_text(json.dumps({"format": FORMAT}) + "\n" + line + "\n")
    assert State(path).known == {}


@pytest.mark.parametrize("text", ["", "x\n", '{"format": "auzolan-import/9"}\n'])
def test_what_is_none_of_ours_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "m.imported.jsonl"
    path.write_text(text)
    with pytest.raises(AuzolanError, match="not what an import remembers"):
        State(path)


def test_hashes_do_not_look_at_order() -> None:
    assert hash_of({"a": "1", "b": ["2"]}) == hash_of({"b": ["2"], "a": "1"}) != hash_of({"a": "1", "b": ["3"]})
    assert len(hash_of("x")) == 12
