"""An address of rsync comes in; files that rsync brings from there go out. It follows no link and makes no device.

First what is said about the copy, into a folder that is thrown away; then, of the files that differ, all at once. What it
brought is judged by its bytes like everything else.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator, Mapping
from pathlib import Path

from auzolan.load.files import printable
from auzolan.mirror.carriers.carrier import Patience, Unreachable, endless
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.names import MAX_SUMS, SUMS
from auzolan.mirror.statements import MAX_STATEMENT, MAX_VERSIONS
from auzolan.model.errors import AuzolanError

_STATEMENTS = (
    "--include=/edition.json", "--include=/edition.json.*.sig", "--include=/freshness.json", "--include=/freshness.json.*.sig",
    "--include=/trust/", "--include=/trust/*.json", "--include=/trust/*.sig", "--exclude=*",
)  # fmt: skip
# Times are never believed: what came before and is wrong would stay for ever.
_PLAIN = (
    "--no-links",
    "--no-devices",
    "--no-specials",
    "--no-perms",
    "--no-owner",
    "--no-group",
    "--ignore-times",
    "--chmod=F644,D755",
)
_MOST = 64_000_000
"""Bytes of all statements together."""
_STEP = 0.1


class Rsync:
    """A copy that rsync reaches."""

    workers = 2

    def __init__(self, address: str, patience: Patience) -> None:
        """Raises AuzolanError where there is no rsync, or it would take the address for something else."""
        if address.startswith("-") or not address.isprintable():
            raise AuzolanError(f"`{printable(address)}` is no address of rsync", "such as rsync://box.example/commons")
        self._program = shutil.which("rsync") or ""
        if not self._program:
            raise AuzolanError("there is no rsync", "install it (apt install rsync), or name an http address")
        self.where, self._patience = address, patience
        self._from = address.rstrip("/") + "/"
        self._place = Path(tempfile.mkdtemp(prefix="auzolan-"))
        self._said = self._place / "said"
        self._said.mkdir()
        self._brought: Folder | None = None
        try:
            self._run(
                ["--recursive", "--prune-empty-dirs", f"--max-size={MAX_STATEMENT + 1}", *_STATEMENTS],
                self._said,
                _MOST,
            )
        except BaseException:
            self.close()
            raise

    def read(self, path: str, most: int) -> bytes | None:
        """As every carrier's."""
        if path == SUMS and not (self._said / SUMS).exists():
            self._run(
                [f"--max-size={min(most, MAX_SUMS)}", *_list(self._place, [SUMS])],
                self._said,
                most + MAX_STATEMENT + _MOST,
            )
        return Folder(self._said, self._patience).read(path, most)

    def fetch(self, path: str, start: int, most: int) -> tuple[int, Iterator[bytes]] | None:
        """As every carrier's: what was prepared."""
        if self._brought is None:
            raise Unreachable(f"{self.where} was not asked for `{path}`")
        return self._brought.fetch(path, start, most)

    def prepare(self, files: Mapping[str, str], most: int, total: int, into: Path) -> None:
        """As every carrier's: rsync brings them all, into a folder of its own, where a run that was ended finds them again."""
        folder = into / "rsync"
        folder.mkdir(exist_ok=True)
        self._run([f"--max-size={most}", "--partial", *_list(self._place, files)], folder, total + most)
        self._brought = Folder(folder, self._patience)

    def _run(self, options: list[str], into: Path, most: int) -> None:
        window = max(1, int(self._patience.window))
        command = [self._program, *_PLAIN, f"--timeout={window}", *options, "--", self._from, f"{into}/"]
        with tempfile.TemporaryFile() as said:
            process = subprocess.Popen(
                command, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=said,
                env={**os.environ, "RSYNC_PASSWORD": "", "LC_ALL": "C"},
            )  # fmt: skip
            try:
                self._wait(process, into, most)
            except BaseException:
                process.kill()
                process.wait()
                raise
            said.seek(0)
            told = said.read(2_000).decode("utf-8", "replace").strip()
        # 23 and 24: some files could not be had. Which, whoever looks for them finds out.
        if process.returncode in (0, 23, 24):
            return
        if process.returncode == 30:
            raise self._patience.turn().slow()
        raise Unreachable(f"rsync does not reach {self.where}: {printable(told.splitlines()[0] if told else str(process.returncode))[:300]}",
                          "is the address right, and the network there? What has come is kept")  # fmt: skip

    def _wait(self, process: subprocess.Popen[bytes], into: Path, most: int) -> None:
        """Until it ends; looks meanwhile at how much has come."""
        turn, before, looked = self._patience.turn(), 0, 0.0
        while process.poll() is None:
            turn.wait()
            time.sleep(_STEP)
            if time.monotonic() - looked < 10 * _STEP:
                continue
            size, count = _weight(into)
            looked = time.monotonic()
            turn.came(max(0, size - before))
            before = size
            if size > most or (count > 2 * MAX_VERSIONS * 100 and most == _MOST):
                raise endless(self.where, most)

    def close(self) -> None:
        """What was said about the copy is thrown away."""
        shutil.rmtree(self._place, ignore_errors=True)


def _list(place: Path, paths: Mapping[str, str] | list[str]) -> list[str]:
    """The options by which rsync takes just these."""
    names = place / "wanted"
    names.write_bytes(b"".join(os.fsencode(path) + b"\0" for path in paths))
    return ["--from0", f"--files-from={names}"]


def _weight(folder: Path) -> tuple[int, int]:
    size = count = 0
    for place, _, names in os.walk(folder):
        for name in names:
            try:
                size += os.lstat(os.path.join(place, name)).st_size  # noqa: PTH118
            except OSError:
                continue
            count += 1
    return size, count
