"""One file comes in; it lies where it was asked for, whole or not at all, and nothing that is not ours was written over."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from auzolan.write.made import UnwritableOutput, refusals

_MODE = 0o644


def put_alone(output: Path, data: bytes, mark: bytes) -> bool:
    """Writes the file `output`, and gives whether that was needed. `mark` stands near the beginning of files of this sort. Raises
    UnwritableOutput where another sort of file has its name, or the disk refuses."""
    with refusals(output):
        if os.path.lexists(output):
            there = output.read_bytes() if output.is_file() and not output.is_symlink() else b""
            if mark not in there[:200]:
                raise UnwritableOutput(
                    f"{output} is there already, and is no file of this sort", "move it away, or name another file"
                )
            if there == data:
                return False
        handle, name = tempfile.mkstemp(prefix=".auzolan-", dir=output.parent)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
            Path(name).chmod(_MODE)
            Path(name).replace(output)
        except BaseException:
            Path(name).unlink(missing_ok=True)
            raise
    return True
