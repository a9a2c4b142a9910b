"""Findings come in; a record of each goes out, from which every format for machines is written."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, metadata
from pathlib import Path
from typing import Any

from auzolan.model.diagnostics import Diagnostic, Severity
from auzolan.report.lines import Lines
from auzolan.report.words import sentence

PAGE = "docs/rules.md"
"""The page that explains every rule, in the repository of Auzolan."""
_NUMBERED = re.compile(r"\bline \d+")


@dataclass(frozen=True, slots=True)
class Record:
    """One finding. `path` is posix, from the folder that the reader of the report stands in; `line` and `column` are 1-based
    (columns in code points) or 0 where the finding is about the whole file; `end_column` is the first one that is not
    concerned any more, in the same line. `byte_column` and `byte_end` are the same in bytes of UTF-8. `fix` is what to
    write in place of all that stands between, or None. `message` and `hint` are one line each, of printable characters.
    `fingerprint` (sha256, in hex) stays the same while other lines of the file come and go, and no two records share it."""

    code: str
    severity: Severity
    path: str
    line: int
    column: int
    end_column: int
    byte_column: int
    byte_end: int
    message: str
    hint: str
    fix: str | None
    docs: str
    fingerprint: str

    @property
    def words(self) -> str:
        """What is wrong, and the way out, in a line."""
        return f"{self.message} ({self.hint})" if self.hint else self.message

    @property
    def link(self) -> str:
        """`docs` where it is an address of the web, which leads somewhere from anywhere; else ""."""
        return self.docs if self.docs.startswith("https://") else ""


def records_of(findings: Iterable[Diagnostic], root: Path, prefix: str = "") -> tuple[Record, ...]:
    """The records of `findings` in files below `root`, in their order. `prefix` (`commons/`) is the way to `root` from the
    folder in which the report is read."""
    lines, alike = Lines(root), Counter[tuple[str, str, str]]()
    return tuple(_record(finding, lines, prefix, alike) for finding in findings)


def _record(finding: Diagnostic, lines: Lines, prefix: str, alike: Counter[tuple[str, str, str]]) -> Record:
    where, message = finding.location, sentence(finding.message)
    line = lines.line(where.path, where.line) or ""
    end = where.column + where.width if where.line else 0
    # The places in an article are those in its normal form (NFC): what is written otherwise cannot be replaced by them.
    told = unicodedata.normalize("NFC", line) if where.path.endswith(".md") else line
    path = _below(prefix, where.path)
    same = (finding.code, path, _NUMBERED.sub("line", message))
    alike[same] += 1
    return Record(
        code=finding.code,
        severity=finding.severity,
        path=path,
        line=where.line,
        column=where.column,
        end_column=end,
        byte_column=_bytes(told, where.column),
        byte_end=_bytes(told, end),
        message=message,
        hint=sentence(finding.hint),
        fix=finding.fix if where.line and told == line else None,
        docs=docs_address(finding.code),
        fingerprint=hashlib.sha256("\0".join((*same, str(alike[same]))).encode("utf-8", "replace")).hexdigest(),
    )


def _below(prefix: str, path: str) -> str:
    return prefix.rstrip("/") or "." if path == "." else f"{prefix}{path}"


def _bytes(line: str, column: int) -> int:
    return len(line[: column - 1].encode("utf-8", "replace")) + 1 if column else 0


def plain(records: Sequence[Record]) -> list[dict[str, Any]]:
    """The records as `--format json` and `auzolan build --json` tell them."""
    return [
        {"code": one.code, "severity": one.severity, "path": one.path, "line": one.line, "column": one.column,
         "width": one.end_column - one.column, "end_line": one.line, "end_column": one.end_column, "message": one.message,
         "hint": one.hint, "fix": one.fix, "docs": one.docs, "fingerprint": one.fingerprint}
        for one in records
    ]  # fmt: skip


def docs_address(code: str) -> str:
    """Where rule `code` is explained: below the address that the package names as `Rules`, or a place in its repository."""
    return f"{_page()}#{code.lower()}"


@cache
def _page() -> str:
    """The address of the page of rules: `Rules` among the package's addresses (pyproject.toml), if it is there."""
    try:
        named = [one.partition(", ") for one in metadata("auzolan").get_all("Project-URL") or ()]
    except PackageNotFoundError:
        return PAGE
    return next((address for label, _, address in named if label == "Rules"), PAGE)
