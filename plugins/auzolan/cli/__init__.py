"""What people type. Each command is a module; they are imported when they are asked for, so that `--help` is quick."""

from __future__ import annotations

import gc
import os
import sys
from pathlib import Path


def main() -> None:
    """The entry point of `auzolan`: no traceback ever reaches a user."""
    from auzolan.model.errors import AuzolanError

    # What a command loads lives to its end: whoever looks through it again and again finds nothing to let go.
    gc.set_threshold(20_000, 20, 20)
    # Whoever started this may have closed them; what nobody reads is said all the same.
    sys.stdout = sys.stdout or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    sys.stderr = sys.stderr or Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
    for stream in (sys.stdout, sys.stderr):
        # A terminal that cannot show a sign shows a substitute, never a traceback.
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors="replace")
    try:
        from auzolan.cli.app import only

        only(sys.argv[1] if len(sys.argv) > 1 else "")()
    except AuzolanError as problem:
        print(f"auzolan: {problem}" + (f"\n    {problem.hint}" if problem.hint else ""), file=sys.stderr)
        raise SystemExit(problem.status) from None
    except BrokenPipeError:
        raise SystemExit(0) from None
    except (KeyboardInterrupt, Exception) as problem:
        # Where a class is being made, Python 3.11 makes another exception of an interrupt.
        if isinstance(problem, KeyboardInterrupt) or isinstance(problem.__cause__, KeyboardInterrupt):
            print(file=sys.stderr)
            raise SystemExit(130) from None
        if os.environ.get("AUZOLAN_DEBUG"):
            raise
        print(f"auzolan: this is a fault in Auzolan, not in your files: {type(problem).__name__}: {problem}\n"
              "    please report it, with what AUZOLAN_DEBUG=1 prints", file=sys.stderr)  # fmt: skip
        raise SystemExit(70) from None
