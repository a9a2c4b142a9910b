"""Findings come in; the lines that a person reads go out: place, rule, reason, the line with a caret, the way out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from auzolan.model.diagnostics import Diagnostic
from auzolan.report.lines import Lines

WIDEST = 160
LONGEST = 2_000


def report(findings: Iterable[Diagnostic], root: Path) -> str:
    """All findings, in the order given, as text without colours; "" for none."""
    lines = Lines(root)
    return "".join(describe(finding, lines) for finding in findings)


def describe(finding: Diagnostic, lines: Lines) -> str:
    """One finding. `lines` are those of the files in which findings are."""
    where = finding.location
    told = [f"{where}: {finding.severity} {finding.code}: {sentence(finding.message)}"]
    hint = sentence(finding.hint)
    line = lines.line(where.path, where.line) if where.line else None
    if line is not None:
        start = max(0, where.column - 1 - WIDEST // 2)
        cut = visible(line[start : start + WIDEST])
        caret = " " * (where.column - 1 - start) + "^" + "~" * max(0, min(where.width, WIDEST // 2) - 1)
        told += [f"    {cut}", f"    {caret}" + (f"  {hint}" if hint else "")]
    elif hint:
        told.append(f"    {hint}")
    return "\n".join(told) + "\n"


def summary(findings: Sequence[Diagnostic]) -> str:
    """ "2 errors, 1 warning", or "nothing wrong"."""
    counts = {severity: sum(one.severity == severity for one in findings) for severity in ("error", "warning", "note")}
    parts = [f"{count} {severity}{'' if count == 1 else 's'}" for severity, count in counts.items() if count]
    return ", ".join(parts) or "nothing wrong"


def sentence(words: str) -> str:
    """A sentence on one line, however many lines the value that it quotes has, and not longer than a person reads."""
    line = visible(" ".join(words.split()))
    return line if len(line) <= LONGEST else line[: LONGEST - 1] + "…"


def visible(line: str) -> str:
    """The line with whatever a terminal would act on, or that would move the caret, shown as a single sign."""
    return "".join(character if character.isprintable() else " " if character == "\t" else "�" for character in line)
