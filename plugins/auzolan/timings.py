"""What a build does comes in, as it does it; where the time went goes out, for people and for a profile viewer."""

from __future__ import annotations

import json
import os
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

SLOWEST = 10
Noted = tuple[list["Span"], Counter[str]]


@dataclass(frozen=True, slots=True)
class Span:
    """Something that took time: `sort` is a stage, a unit, a part or a segment; times in ns of the machine's own clock, which
    all its processes share."""

    sort: str
    name: str
    begin: int
    end: int
    process: int


@dataclass(slots=True)
class Timings:
    """What took how long. Stages are always noted, what they are made of only where `fine` asks for it. A forked process
    notes for itself; `taken` gives what it noted, `add` takes it."""

    fine: bool = False
    spans: list[Span] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Notes how long what is inside takes."""
        begin = time.monotonic_ns()
        try:
            yield
        finally:
            self.spans.append(Span("stage", name, begin, time.monotonic_ns(), os.getpid()))

    def now(self) -> int:
        """The time, where details are noted."""
        return time.monotonic_ns() if self.fine else 0

    def note(self, sort: str, name: str, begin: int) -> None:
        """Notes a detail that began at `begin` and ends now."""
        if self.fine:
            self.spans.append(Span(sort, name, begin, time.monotonic_ns(), os.getpid()))

    def count(self, what: str, number: int = 1) -> None:
        """Counts something."""
        self.counts[what] += number

    def taken(self) -> Noted:
        """What was noted since this was last asked."""
        found = self.spans, self.counts
        self.spans, self.counts = [], Counter()
        return found

    def add(self, noted: Noted) -> None:
        """Takes what another process noted."""
        self.spans += noted[0]
        self.counts.update(noted[1])

    def report(self, whole: float) -> str:
        """A table of the stages, the counts, and the slowest details, as text. The build took `whole` seconds."""
        stages = [span for span in self.spans if span.sort == "stage"]
        lines = ["stage                          wall"]
        lines += [f"  {span.name:<24} {_seconds(span):>9}" for span in sorted(stages, key=lambda span: span.begin)]
        rest = whole - sum(span.end - span.begin for span in stages) / 1e9
        lines += [f"  {'the rest':<24} {rest:>7.3f} s", f"  {'all':<24} {whole:>7.3f} s"]
        sorts = Counter(span.sort for span in self.spans if span.sort != "stage")
        if sorts:
            lines += ["made in these stages           total     each  how many"]
        for sort, number in sorted(sorts.items()):
            total = sum(span.end - span.begin for span in self.spans if span.sort == sort)
            each = total / number / 1e6
            lines.append(f"  {sort:<24} {total / 1e9:>7.2f} s {each:>5.2f} ms  {number:,}")
        if self.counts:
            lines.append("counts")
            lines += [f"  {what:<24} {number:>9,}" for what, number in sorted(self.counts.items())]
        slow = sorted((span for span in self.spans if span.sort != "stage"), key=lambda span: span.begin - span.end)
        if slow:
            lines.append("slowest")
            lines += [f"  {_seconds(span):>9}  {span.sort} {span.name}" for span in slow[:SLOWEST]]
        return "\n".join(lines) + "\n"

    def write_trace(self, path: Path) -> None:
        """Everything as a trace in the Trace Event Format, which Perfetto and speedscope open."""
        first = min((span.begin for span in self.spans), default=0)
        events = [
            {"name": span.name, "cat": span.sort, "ph": "X", "ts": (span.begin - first) / 1000,
             "dur": (span.end - span.begin) / 1000, "pid": 1, "tid": span.process}
            for span in sorted(self.spans, key=lambda span: (span.begin, -span.end))
        ]  # fmt: skip
        path.write_text(json.dumps({"traceEvents": events, "displayTimeUnit": "ms"}), "utf-8")


def _seconds(span: Span) -> str:
    return f"{(span.end - span.begin) / 1e9:.3f} s"
