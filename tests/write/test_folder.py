"""Writing: what is the same stays untouched, what is not ours stays, and nothing leaves the folder."""

from __future__ import annotations

import hashlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

from auzolan.export.sums import sums
from auzolan.model.pages import File
from auzolan.write.folder import Folder
from auzolan.write.made import Made, UnwritableOutput, Written, collisions
from auzolan.write.ours import RECORD, expect, finished, recorded, settle

SITE = {"index.html": b"home", "tools/saw.html": b"saw", "tools/_az/s.html": b"s"}


def files(site: dict[str, bytes]) -> Iterator[File]:
    """The files of a build, its record last."""
    yield from (File(path, data) for path, data in site.items())
    yield sums((path, hashlib.sha256(data).hexdigest()) for path, data in site.items())


def write(site: Iterable[File], output: Path) -> Written:
    """As a build writes: what is there before is recorded, each file put, the rest settled."""
    before, folder = recorded(output, notes(output)), Folder(output)
    made: dict[str, Made] = {}
    for file in site:
        collisions([*made, file.path])
        made[file.path] = folder.put(file)
    written = settle(made, before, output)
    finished(notes(output), output)
    return written


def notes(output: Path) -> Path:
    """Where this user's notes on an output folder lie."""
    return output.with_name(f"{output.name}-notes")


def tree(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def aged(folder: Path) -> None:
    for path in folder.rglob("*"):
        os.utime(path, (1, 1))


def test_everything_is_written(tmp_path: Path) -> None:
    output = tmp_path / "deep" / "output"
    assert write(files(SITE), output) == Written(4, 4, 0)
    assert {path: data for path, data in tree(output).items() if path != RECORD} == SITE
    assert {path for path, _ in recorded(output, notes(output))} == set(SITE)
    assert (output / "index.html").stat().st_mode & 0o777 == 0o644


def test_what_is_the_same_is_not_touched(tmp_path: Path) -> None:
    write(files(SITE), tmp_path)
    aged(tmp_path)
    assert write(files(SITE), tmp_path) == Written(4, 0, 0)
    assert {path.stat().st_mtime for path in tmp_path.rglob("*")} == {1}


def test_only_what_changed_is_written(tmp_path: Path) -> None:
    write(files(SITE), tmp_path)
    aged(tmp_path)
    assert write(files(SITE | {"tools/saw.html": b"was"}), tmp_path) == Written(4, 2, 0)
    assert (tmp_path / "index.html").stat().st_mtime == 1
    assert (tmp_path / "tools/saw.html").read_bytes() == b"was"


def test_a_page_that_is_gone_goes_away_with_its_empty_folders(tmp_path: Path) -> None:
    write(files(SITE), tmp_path)
    assert write(files({"index.html": b"home"}), tmp_path) == Written(2, 1, 2)
    assert sorted(path.name for path in tmp_path.rglob("*")) == [RECORD, "index.html"]


def test_what_is_not_ours_stays(tmp_path: Path) -> None:
    (tmp_path / "tools").mkdir()
    others = {"CNAME": b"a.coop", "tools/mine.html": b"mine", ".git": b"x"}
    for path, data in others.items():
        (tmp_path / path).write_bytes(data)
    write(files(SITE), tmp_path)
    write(files({"index.html": b"home"}), tmp_path)
    assert {path: data for path, data in tree(tmp_path).items() if path in others} == others


def test_a_file_of_ours_that_somebody_changed_is_no_longer_ours(tmp_path: Path) -> None:
    write(files(SITE), tmp_path)
    (tmp_path / "tools/saw.html").write_bytes(b"changed by hand")
    write(files({"index.html": b"home"}), tmp_path)
    assert (tmp_path / "tools/saw.html").read_bytes() == b"changed by hand"


@pytest.mark.parametrize(
    "record", [b"", b"\xff", b"words\n", b"0" * 64 + b"  ../secret\n", b"0" * 64 + b"  /etc/passwd\n"]
)
def test_a_record_that_lies_deletes_nothing(tmp_path: Path, record: bytes) -> None:
    secret = tmp_path / "secret"
    secret.write_bytes(b"x")
    output = tmp_path / "output"
    output.mkdir()
    (output / RECORD).write_bytes(record.replace(b"0" * 64, hashlib.sha256(b"x").hexdigest().encode()))
    finished(notes(output), output)
    write(files(SITE), output)
    assert secret.read_bytes() == b"x"


def test_a_record_that_somebody_else_put_there_deletes_nothing(tmp_path: Path) -> None:
    (tmp_path / "thesis").write_bytes(b"x")
    record = f"{hashlib.sha256(b'x').hexdigest()}  thesis\n".encode()
    (tmp_path / RECORD).write_bytes(record)
    write(files(SITE), tmp_path)
    (tmp_path / RECORD).write_bytes(record)
    write(files(SITE), tmp_path)
    assert (tmp_path / "thesis").exists()
    (tmp_path / RECORD).write_bytes(record)
    finished(notes(tmp_path), tmp_path)
    write(files(SITE), tmp_path)
    assert not (tmp_path / "thesis").exists(), "a record of ours is believed"


def test_while_a_record_is_replaced_the_old_and_the_new_one_count(tmp_path: Path) -> None:
    output = tmp_path / "output"
    write(files(SITE), output)
    new = f"{hashlib.sha256(b'home').hexdigest()}  index.html\n".encode()
    assert len(recorded(output, notes(output))) == 3
    expect(notes(output), hashlib.sha256(new).hexdigest())
    assert len(recorded(output, notes(output))) == 3, "a build that is killed here leaves the old record"
    (output / RECORD).write_bytes(new)
    assert [path for path, _ in recorded(output, notes(output))] == ["index.html"], "and here the new one"
    finished(notes(output), output)
    assert [path for path, _ in recorded(output, notes(output))] == ["index.html"]


def test_a_record_never_removes_through_a_link(tmp_path: Path) -> None:
    outside, output = tmp_path / "outside", tmp_path / "output"
    outside.mkdir()
    output.mkdir()
    (outside / "x").write_bytes(b"x")
    (output / "link").symlink_to(outside)
    (output / "file").symlink_to(outside / "x")
    digest = hashlib.sha256(b"x").hexdigest()
    (output / RECORD).write_text(f"{digest}  link/x\n{digest}  file\n")
    finished(notes(output), output)
    write(files(SITE), output)
    assert (outside / "x").exists() and (output / "file").is_symlink()


@pytest.mark.parametrize(
    "path",
    [
        "../x",
        "/etc/x",
        "a/../../x",
        "a/../x",
        "",
        ".",
        "a//x",
        "./x",
        "a/./x",
        "a\\x",
        "c:x",
        "a\0x",
        "a/",
        "..",
        "a/..",
    ],
)
def test_paths_that_leave_the_folder(tmp_path: Path, path: str) -> None:
    output = tmp_path / "output"
    with pytest.raises(UnwritableOutput):
        write([File(path, b"x")], output)
    assert not tree(tmp_path)


def test_links_in_the_output_are_not_written_through(tmp_path: Path) -> None:
    outside, output = tmp_path / "outside", tmp_path / "output"
    outside.mkdir()
    output.mkdir()
    (output / "tools").symlink_to(outside)
    for path in ("tools/saw.html", "tools/deeper/saw.html"):
        with pytest.raises(UnwritableOutput):
            write([File(path, b"x")], output)
    assert list(outside.iterdir()) == []


def test_a_link_to_a_folder_that_has_the_same_file_is_refused_too(tmp_path: Path) -> None:
    outside, output = tmp_path / "outside", tmp_path / "output"
    outside.mkdir()
    output.mkdir()
    (outside / "saw.html").write_bytes(b"x")
    (output / "tools").symlink_to(outside)
    with pytest.raises(UnwritableOutput):
        write([File("tools/saw.html", b"x")], output)


def test_a_link_in_the_place_of_a_file_is_replaced(tmp_path: Path) -> None:
    secret, output = tmp_path / "secret", tmp_path / "output"
    secret.write_bytes(b"home")
    output.mkdir()
    (output / "index.html").symlink_to(secret)
    assert write(files({"index.html": b"home"}), output).written == 2
    assert not (output / "index.html").is_symlink() and secret.read_bytes() == b"home"


def test_the_output_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "output").symlink_to("real")
    write(files(SITE), tmp_path / "output")
    assert (tmp_path / "real/index.html").is_file()


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("a.html", "a.html"),
        ("Case.html", "case.html"),
        ("caf\u00e9.html", "cafe\u0301.html"),
        ("stra\u00dfe.html", "STRASSE.html"),
    ],
)
def test_two_files_that_would_meet(tmp_path: Path, one: str, other: str) -> None:
    with pytest.raises(UnwritableOutput) as raised:
        write([File(one, b"1"), File(other, b"2")], tmp_path)
    assert "would be one file" in str(raised.value)


def test_a_folder_in_the_place_of_a_file_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "index.html").mkdir()
    with pytest.raises(UnwritableOutput):
        write(files({"index.html": b"home"}), tmp_path)
    assert [path.name for path in tmp_path.iterdir()] == ["index.html"]


def test_a_write_that_is_broken_off_leaves_no_half_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(files(SITE), tmp_path)

    def stop(source: str, target: str) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(os, "replace", stop)
    with pytest.raises(KeyboardInterrupt):
        write(files(SITE | {"index.html": b"new home"}), tmp_path)
    assert {path: data for path, data in tree(tmp_path).items() if path != RECORD} == SITE


def test_a_build_that_fails_half_way_removes_nothing(tmp_path: Path) -> None:
    write(files(SITE), tmp_path)

    def some() -> Iterator[File]:
        yield File("index.html", b"new home")
        raise RuntimeError

    with pytest.raises(RuntimeError):
        write(some(), tmp_path)
    assert (tmp_path / "tools/saw.html").read_bytes() == b"saw"


def test_a_killed_build_leaves_whole_files(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from auzolan.model.pages import File; from auzolan.write.folder import Folder\n"
        "def endless():\n"
        "    for n in range(10**9):\n"
        "        yield File(f'{n % 7}.html' if n < 7 else f'x{n}.html', bytes([65 + n % 2]) * 1_000_000)\n"
        "        print(n, flush=True)\n"
        "folder = Folder(Path(sys.argv[1]))\n"
        "for file in endless():\n"
        "    folder.put(file)\n"
    )
    plugins = Path(__file__).resolve().parents[2] / "plugins"
    running = subprocess.Popen([sys.executable, "-c", code, str(tmp_path)], cwd=plugins, stdout=subprocess.PIPE)
    assert running.stdout is not None
    for _ in range(10):
        running.stdout.readline()
    time.sleep(0.01)
    running.send_signal(signal.SIGKILL)
    running.wait()
    running.stdout.close()
    whole = [path for path in tmp_path.iterdir() if not path.name.startswith(".")]
    assert whole
    assert all(path.stat().st_size == 1_000_000 and len(set(path.read_bytes())) == 1 for path in whole)
