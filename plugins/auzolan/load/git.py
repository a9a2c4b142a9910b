"""Words of a git command come in; what git answers goes out. Git is never told to change anything of the repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
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


def blobs(root: Path, ids: Iterable[str]) -> Iterator[bytes]:
    """The contents of the blobs with these ids, in their order. Raises OSError where git fails or is not there."""
    command = ["git", *_PLAIN, "cat-file", "--batch"]
    with subprocess.Popen(
        command, cwd=root, env=_environment(), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as git:
        assert git.stdin is not None and git.stdout is not None
        try:
            for id_ in ids:
                git.stdin.write(f"{id_}\n".encode())
                git.stdin.flush()
                told = git.stdout.readline().split()
                if len(told) != 3 or told[1] != b"blob":
                    raise OSError(f"git has no {id_[:12]}")
                data = git.stdout.read(int(told[2]))
                git.stdout.read(1)
                yield data
        finally:
            git.kill()


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
