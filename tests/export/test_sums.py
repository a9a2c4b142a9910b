"""`SHA256SUMS`, read back by the program it is for."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from auzolan.export import sums

ODD = ["index.html", "data/a b.csv", "back\\slash", "line\nbreak", " leading", "Ünïcode/файл.html", "-dash", "*star"]


def written(root: Path, paths: list[str]) -> list[tuple[str, str]]:
    pairs = []
    for number, path in enumerate(paths):
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(b"%d" % number)
        pairs.append((path, hashlib.sha256(file.read_bytes()).hexdigest()))
    record = sums(reversed(pairs))
    (root / record.path).write_bytes(record.data)
    return pairs


def verify(root: Path) -> subprocess.CompletedProcess[str]:
    command = ["sha256sum", "-c", "--strict", "SHA256SUMS"]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.skipif(not shutil.which("sha256sum"), reason="needs GNU coreutils")
def test_sha256sum_verifies_odd_names_and_finds_damage(tmp_path: Path) -> None:
    written(tmp_path, ODD)
    done = verify(tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.count("OK") == len(ODD)
    (tmp_path / "data/a b.csv").write_text("changed")
    done = verify(tmp_path)
    assert done.returncode == 1
    assert "data/a b.csv: FAILED" in done.stdout


def test_lines_are_sorted_and_the_record_does_not_list_itself() -> None:
    data = sums([("b", "1" * 64), ("SHA256SUMS", "2" * 64), ("a", "3" * 64)]).data
    assert data == f"{'3' * 64}  a\n{'1' * 64}  b\n".encode()


def test_line_breaks_do_not_forge_a_line() -> None:
    data = sums([(f"a\n{'0' * 64}  index.html", "1" * 64)]).data
    assert data.count(b"\n") == 1
    assert data.startswith(b"\\")


@pytest.mark.parametrize("pairs", [[("a", "xyz")], [("a", "A" * 64)], [("a", "1" * 64), ("a", "1" * 64)]])
def test_what_is_no_record_is_refused(pairs: list[tuple[str, str]]) -> None:
    with pytest.raises(ValueError, match=r"sha256|two files"):
        sums(pairs)
