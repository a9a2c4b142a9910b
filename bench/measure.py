"""A command line comes in; how long it took, its processor time, its peak memory and what it wrote go out."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

STEP = 0.02
"""Seconds between two looks at memory."""
_TAIL = 3000


@dataclass(frozen=True, slots=True)
class Run:
    """`wall` and `cpu` in seconds (user and system, of the process and all descendants that somebody waited for);
    `memory` in bytes, the largest sum over the tree at one moment, or None where it was not watched."""

    wall: float
    cpu: float
    memory: int | None


@dataclass(frozen=True, slots=True)
class Written:
    """What an output folder holds, and what of it is new or was written again since the look before."""

    files: int
    bytes: int
    new_files: int
    new_bytes: int


class Failed(Exception):
    """A command ended with another status than 0; the message has the end of what it said."""


def run(command: Sequence[str], cwd: Path, environment: Mapping[str, str], watch_memory: bool = False) -> Run:
    """Runs a command to its end, with standard input closed. Raises Failed.

    Watching memory costs processor time and holds up the watched processes: take the time of another run.
    """
    log = cwd / ".bench-log"
    with log.open("wb") as out:
        began = time.perf_counter()
        process = subprocess.Popen(
            list(command),
            cwd=cwd,
            env=dict(environment),
            stdin=subprocess.DEVNULL,
            stdout=out,
            stderr=subprocess.STDOUT,
        )
        watch = _Watch(process.pid) if watch_memory else None
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - began
        process.returncode = os.waitstatus_to_exitcode(status)
    peak = watch.stop() if watch else None
    said = log.read_bytes().decode("utf-8", "replace")
    log.unlink()
    if process.returncode:
        raise Failed(f"{' '.join(command)} ended with {process.returncode}:\n{said[-_TAIL:]}")
    return Run(wall, usage.ru_utime + usage.ru_stime, peak)


def look(output: Path) -> dict[str, tuple[int, int, int]]:
    """Path → inode, time of the last write (ns), size, of every file below a folder."""
    found: dict[str, tuple[int, int, int]] = {}
    folders = [os.fspath(output)] if output.is_dir() else []
    while folders:
        for item in os.scandir(folders.pop()):
            if item.is_dir(follow_symlinks=False):
                folders.append(item.path)
            else:
                told = item.stat(follow_symlinks=False)
                found[item.path] = (told.st_ino, told.st_mtime_ns, told.st_size)
    return found


def written(before: Mapping[str, tuple[int, int, int]], after: Mapping[str, tuple[int, int, int]]) -> Written:
    """What changed between two looks."""
    new = [seen for path, seen in after.items() if before.get(path) != seen]
    return Written(len(after), sum(seen[2] for seen in after.values()), len(new), sum(seen[2] for seen in new))


class _Watch:
    """Looks at a process and its descendants again and again, in a thread, until told to stop."""

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._peak = 0
        self._end = threading.Event()
        self._thread = threading.Thread(target=self._look, daemon=True)
        self._thread.start()

    def stop(self) -> int | None:
        """The peak in bytes; None where the system does not tell."""
        self._end.set()
        self._thread.join()
        return self._peak or None

    def _look(self) -> None:
        while not self._end.wait(STEP):
            self._peak = max(self._peak, sum(map(_memory, _tree(self._pid))))


def _tree(pid: int) -> list[int]:
    """A process and its descendants, as Linux tells them (`children` of each thread)."""
    found = [pid]
    for one in found:
        try:
            for thread in Path(f"/proc/{one}/task").iterdir():
                found += map(int, (thread / "children").read_text("ascii").split())
        except OSError:
            continue
    return found


def _memory(pid: int) -> int:
    """The proportional set size in bytes: forked workers divide the pages they share, so that a sum is honest."""
    try:
        for line in Path(f"/proc/{pid}/smaps_rollup").read_text("ascii").splitlines():
            if line.startswith("Pss:"):
                return int(line.split()[1]) * 1024
    except OSError:
        pass
    return 0
