"""Words of a git command come in; what git answers goes out. Git is never told to change anything of the repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Mapping
from pathlib import Path

_PLAIN = ("-c", "core.quotepath=off", "-c", "log.showSignature=false", "-c", "color.ui=false")


def answer(root: Path, *arguments: str) -> str | None:
    """What git says on standard output when it is asked in the folder `root`; None where it fails or is not there."""
    said = ask(root, *arguments)
    return said.stdout.decode("utf-8", "surrogateescape") if said is not None and said.returncode == 0 else None


def ask(
    root: Path, *arguments: str, more: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """Git's answer, whatever it is; None where there is no git. `more` is added to its environment."""
    command = ["git", *_PLAIN, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL,
            env={**_environment(), **(more or {})},
        )
    except OSError:
        return None


def _environment() -> dict[str, str]:
    """This process' environment without what git tells its hooks: it speaks of the folder in which git itself was called, and
    of an index that is only half made."""
    told = {"GIT_INDEX_FILE", "GIT_PREFIX"}
    if "GIT_WORK_TREE" not in os.environ:
        told.add("GIT_DIR")
    return {name: value for name, value in os.environ.items() if name not in told}


def prefix_of(root: Path) -> str:
    """The way from the root of the repository to the folder `root`: `commons/`; "" where they are one, or there is none."""
    return (answer(root, "rev-parse", "--show-prefix") or "").removesuffix("\n")
