"""What the programs here share on a command line: how they are asked, and how they tell how far they are."""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Callable


def parser_of(program: str, doc: str | None) -> argparse.ArgumentParser:
    """A parser for `python -m program`: of its docstring the first line says what it does, the rest gives examples."""
    lines = (doc or "").split("\n", 2)
    return argparse.ArgumentParser(
        prog=f"python -m {program}",
        description=lines[0],
        epilog=lines[2],
        formatter_class=argparse.RawTextHelpFormatter,
    )


def teller() -> Callable[[str], None]:
    """Says things on standard error, with the seconds since now."""
    began = time.monotonic()

    def say(text: str) -> None:
        print(f"[{time.monotonic() - began:6.0f} s] {text}", file=sys.stderr, flush=True)

    return say
