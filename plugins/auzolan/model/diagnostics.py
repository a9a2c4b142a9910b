"""Findings: a place in a file, a rule, a reason and a way out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

from auzolan.model.packing import packable

Severity = Literal["error", "warning", "note"]


@packable
@dataclass(frozen=True, slots=True, order=True)
class Location:
    """A place in a file. `path` is relative to the site's root, posix; `line` and `column` are 1-based
    (columns in code points) or 0 where the finding is about the whole file; `width` is in code points."""

    path: str
    line: int = 0
    column: int = 0
    width: int = 1

    def __str__(self) -> str:
        if not self.line:
            return self.path
        return f"{self.path}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One finding. `code` is a letter and three digits of `model.rules.RULES`; `hint` is the way out. `fix` is there where
    nobody need think about it: what to write, as YAML, in place of the `location.width` characters at the place."""

    code: str
    severity: Severity
    message: str
    location: Location
    hint: str = ""
    fix: str | None = None

    @property
    def sort_key(self) -> tuple[str, int, int, str, str]:
        """Findings are told in the order of files, lines and columns."""
        place = self.location
        return place.path, place.line, place.column, self.code, self.message


def in_order(findings: Iterable[Diagnostic]) -> tuple[Diagnostic, ...]:
    """All findings sorted by place, each once."""
    return tuple(sorted(dict.fromkeys(findings), key=lambda finding: finding.sort_key))


def has_errors(findings: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops the build."""
    return any(finding.severity == "error" for finding in findings)
