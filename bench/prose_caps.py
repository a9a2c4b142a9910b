"""Adversarial texts in; the slowest to render among those that the caps of `check/prose_text.py` let through out.

Run by hand: `python bench/prose_caps.py [--seconds 60] [--seed 1]`. Each text is made to sit just under the caps. The
exit status is 1 when an accepted text took more than a second of processor time or raised an exception.
"""

from __future__ import annotations

import argparse
import random
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "plugins"))

from auzolan.check.prose_shape import MAX_BLOCK, MAX_BLOCK_LINES, MAX_LINE
from auzolan.check.prose_text import MAX_LENGTH, prose_problems
from auzolan.render.prose.prose import prose

CAPS = frozenset({"M002", "M003", "M004", "M005"})
UNITS = (
    *"[]()<>!&#|:`*_\\~-+={}'\"a",
    *("\n", "\n\n", "  \n", "\t", "    ", " ", "\n> ", "\n- ", "\n1. ", "\n: ", "\n# ", "\n---\n", "\n===\n"),
    *("[a](b)", "[a](b 'c')", "![a](b)", "[![a](b)](c)", "[](a)", "[a](", "[a](<b", "![", "[a][b]", "\n[a]: b"),
    *("[^1]", "\n[^1]: n", "\n[^2]: n [^1]", "[[a/b]]", "[[a/b|c]]", "[[a/b", "`a`", "``a`", "*a ", "**a ", "*a* "),
    *("a*b", "_a ", "*_", "<b>", "<http://a>", "<a@b>", "<!--", "&a;", "&#38;", "\na|b\n-|-\n", "| a ", "a\n: b\n\n"),
    *("\n```\n", "\n~~~ a\n", "\n> -- a\n", "\n{disputed}\n", "**a *b* c** ", "x*y**z", "\n    a\n", "é", "\\["),
)


def texts(seed: int) -> Iterator[tuple[str, str]]:
    """Names and texts, without end: each unit by itself first, then random mixtures of a few."""
    for unit in UNITS:
        for line in (8, 60, 600, MAX_LINE - 100):
            for joint in ("\n", "\n\n"):
                yield f"{unit!r} in lines of {line} joined by {joint!r}", shaped([unit], line, joint)
    chance = random.Random(seed)
    while True:
        units = chance.choices(UNITS, k=chance.randint(2, 5))
        line, joint = chance.choice((8, 20, 60, 600, MAX_LINE - 100)), chance.choice(("\n", "\n\n"))
        yield f"{units!r} in lines of {line} joined by {joint!r}", shaped(units, line, joint)


def shaped(units: list[str], line: int, joint: str) -> str:
    """Units repeated to lines, lines to blocks just under the caps, blocks to a text."""
    group = "".join(units)
    row = (group * (line // len(group) + 1))[:line]
    rows = min(MAX_BLOCK_LINES // (row.count("\n") + 1), MAX_BLOCK // (len(row) + 1)) if joint == "\n" else 1
    block = joint.join([row] * max(1, rows))
    return ((block + "\n\n") * (MAX_LENGTH // (len(block) + 2) + 1))[:MAX_LENGTH]


def longest_accepted(text: str) -> str:
    """The longest start of `text`, of a few lengths, that goes past no cap; "" where none does not."""
    for share in (1, 2, 3, 5, 8, 16, 40):
        start = text[: len(text) // share]
        if not any(problem[0] in CAPS for problem in prose_problems(start)):
            return start
    return ""


def main() -> int:
    """Print the ten slowest; 1 where one is too slow or fails."""
    arguments = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0] if __doc__ else None)
    arguments.add_argument("--seconds", type=float, default=60)
    arguments.add_argument("--seed", type=int, default=1)
    options = arguments.parse_args()
    end = time.monotonic() + options.seconds
    times: list[tuple[float, str]] = []
    failed = 0
    for name, whole in texts(options.seed):
        if time.monotonic() > end:
            break
        text = longest_accepted(whole)
        if not text:
            continue
        before = time.process_time()
        try:
            prose(text, link=lambda entry_id, words: words or entry_id)
        except Exception as problem:
            failed += 1
            print(f"FAILED {type(problem).__name__} {name} ({len(text):,} characters)")
        times.append((time.process_time() - before, f"{name} ({len(text):,} characters)"))
    times.sort(reverse=True)
    for seconds, name in times[:10]:
        print(f"{seconds:5.2f} s  {name}")
    print(f"{len(times):,} accepted texts, {failed} failures")
    return 1 if failed or (times and times[0][0] > 1) else 0


if __name__ == "__main__":
    raise SystemExit(main())
