"""What an import wrote comes in; a file beside the mapping goes out, by which the next run knows what people changed since.

A line a row, in JSON: who the row is, which entry it became, and of each field that was written a short hash. An entry whose
field still has the hash was not touched by anybody. The file belongs into the repository, beside the mapping: whoever imports
the next edition of a table may be somebody else. A line is added as soon as its entry is written, so that an import may be
stopped anywhere; at its end the lines are sorted.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any, NamedTuple

from auzolan.model.entries import EntryId
from auzolan.model.errors import AuzolanError
from auzolan.model.values import is_entry_id

FORMAT = "auzolan-import/1"
SUFFIX = ".imported.jsonl"
MAX_BYTES = 200_000_000


class Known(NamedTuple):
    """What became of a row: the entry, and of each field that an import wrote, the hash of what it wrote."""

    entry: EntryId
    wrote: Mapping[str, str]


def hash_of(value: Any) -> str:
    """The hash of a field's plain value: whoever writes it in another order or layout has not changed it."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


class State:
    """The file of a mapping. Nothing is written before the first `keep`."""

    def __init__(self, path: Path) -> None:
        """Raises AuzolanError where the file is there and is none of ours."""
        self.path = path
        self.known: dict[str, Known] = {}
        self._file: IO[str] | None = None
        self._is_new = True
        self._load()

    def _load(self) -> None:
        try:
            if self.path.stat().st_size > MAX_BYTES:
                raise AuzolanError(f"{self.path} is too large to be what an import remembers")
            lines = self.path.read_text("utf-8", errors="replace").splitlines()
        except FileNotFoundError:
            return
        except OSError as problem:
            raise AuzolanError(f"{self.path} cannot be read: {problem.strerror}") from problem
        if not lines or _read(lines[0]).get("format") != FORMAT:
            raise AuzolanError(
                f"{self.path} is not what an import remembers of its rows",
                "give it back as it was; or delete it, and what people changed since is kept, told row by row",
            )
        self._is_new = False
        for line in lines[1:]:
            # The last line may be half a one: the import was stopped. Its entry is found by its origin.
            told = _read(line)
            id_, entry, wrote = told.get("id"), told.get("entry"), told.get("wrote")
            if isinstance(id_, str) and isinstance(entry, str) and isinstance(wrote, dict) and is_entry_id(entry):
                self.known[id_] = Known(entry, {str(name): str(mark) for name, mark in wrote.items()})

    def keep(self, id_: str, known: Known) -> None:
        """Remembers at once what became of a row."""
        if self.known.get(id_) == known:
            return
        self.known[id_] = known
        try:
            if self._file is None:
                self._file = self.path.open("a", encoding="utf-8", newline="\n")
                if self._is_new:
                    self._file.write(json.dumps({"format": FORMAT}) + "\n")
                elif not self._ends_well():
                    self._file.write("\n")
            self._file.write(_line(id_, known))
            self._file.flush()
        except OSError as problem:
            raise AuzolanError(f"{self.path} cannot be written: {problem.strerror}") from problem

    def close(self) -> None:
        """Ends a run: every row once, sorted, so that two runs give one file."""
        if self._file is None:
            return
        self._file.close()
        self._file = None
        temporary = self.path.with_name(f".{self.path.name}-{os.getpid()}")
        try:
            with temporary.open("w", encoding="utf-8", newline="\n") as out:
                out.write(json.dumps({"format": FORMAT}) + "\n")
                out.writelines(_line(id_, self.known[id_]) for id_ in sorted(self.known))
            temporary.replace(self.path)
        except OSError as problem:
            raise AuzolanError(f"{self.path} cannot be written: {problem.strerror}") from problem

    def _ends_well(self) -> bool:
        with self.path.open("rb") as file:
            file.seek(-1, os.SEEK_END)
            return file.read(1) == b"\n"


def _line(id_: str, known: Known) -> str:
    told = {"id": id_, "entry": known.entry, "wrote": dict(sorted(known.wrote.items()))}
    return json.dumps(told, ensure_ascii=False) + "\n"


def _read(line: str) -> dict[str, Any]:
    try:
        told = json.loads(line)
    except (ValueError, RecursionError):
        return {}
    return told if isinstance(told, dict) else {}
