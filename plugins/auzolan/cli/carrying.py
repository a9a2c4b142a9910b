"""A copy comes in; what it takes on a stick, and about how long it takes to get there, go out in words and as plain values."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from auzolan.mirror.names import MAX_SUMS, SUMS, listed
from auzolan.mirror.packing import CLUSTER, SLOW_BYTES, SLOW_FILES, Carried, carried, statements_in
from auzolan.mirror.reading import reader
from auzolan.model.errors import AuzolanError

ASSUMED = f"reckoned for a slow stick, {SLOW_BYTES // 1_000_000} MB and {SLOW_FILES} files a second"


def copy_carried(copy: Path) -> Carried | None:
    """What the files of a copy in a folder take on a stick; None where nobody can tell."""
    try:
        paths = listed(reader(copy)(SUMS, MAX_SUMS) or b"\n")
    except AuzolanError:
        return None
    return carried(copy, [*paths, *statements_in(copy)])


def stick_line(copy: Path) -> str:
    """The same in a line; "" where nobody can tell."""
    found = copy_carried(copy)
    if found is None:
        return ""
    return f"on a stick   {megabytes(found.taken)} in pieces of {CLUSTER // 1024} KB, copied in about {duration(found.seconds)} ({ASSUMED})"


def stick_told(copy: Path) -> dict[str, Any] | None:
    """The same for programs."""
    found = copy_carried(copy)
    if found is None:
        return None
    return {"cluster": CLUSTER, "bytes": found.taken, "files": found.files, "seconds": round(found.seconds),
            "assumed": {"bytes_per_second": SLOW_BYTES, "files_per_second": SLOW_FILES}}  # fmt: skip


def megabytes(size: int) -> str:
    """`3.2 MB`."""
    return f"{size / 1_000_000:,.1f} MB"


def duration(seconds: float) -> str:
    """`8 s`, `12 min`, `1 h 05 min`: as exact as it is known."""
    whole = max(1, round(seconds))
    if whole < 100:
        return f"{whole} s"
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes < 60 else f"{minutes // 60} h {minutes % 60:02} min"


def pace(size: int, files: int, seconds: float) -> str:
    """What was measured: ` in 12.0 s (6.3 MB/s, 830 files/s)`; without a rate where it was too short for one."""
    if seconds < 0.1:
        return f" in {seconds:.2f} s"
    return f" in {seconds:,.1f} s ({size / seconds / 1e6:,.1f} MB/s, {files / seconds:,.0f} files/s)"
