"""Words of a git command come in; what git answers goes out. Git is never told to change anything of the repository."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

_PLAIN = (
    "--no-replace-objects", "-c", "core.quotepath=off", "-c", "log.showSignature=false", "-c", "color.ui=false",
    "-c", "log.showRoot=true", "-c", "core.fsmonitor=false", "-c", f"core.hooksPath={os.devnull}",
)  # fmt: skip
"""What people have in their own git settings, or replaced in their own clone, is not the history that others have. And no
program runs that a folder's own settings name: somebody may have handed it on with its `.git`."""
_ASKED_ONLY = {"GIT_OPTIONAL_LOCKS": "0", "GIT_TERMINAL_PROMPT": "0", "GIT_GRAFT_FILE": os.devnull}
"""Nothing is written on the way, nobody is asked for a password, and no parents are made up."""
_AT_ONCE = 500
"""Contents asked for at a time: with entries' 100 kB each, 50 MB."""


def answer(root: Path, *arguments: str) -> str | None:
    """What git says on standard output when it is asked in the folder `root`; None where it fails or is not there."""
    said = ask(root, *arguments)
    return said.stdout.decode("utf-8", "surrogateescape") if said is not None and said.returncode == 0 else None


def history_mark(root: Path) -> str:
    """A text that is another one whenever `load_history` may give something else: HEAD, and whether all of it is there."""
    return answer(root, "rev-parse", "HEAD", "--is-shallow-repository") or ""


class TooMuch(Exception):
    """Git would say more than anybody asked for."""


def answer_up_to(root: Path, most: int, *arguments: str) -> str | None:
    """As `answer`, for what strangers decide the length of: ten small trees, each of ten times the next, have ten thousand million
    files. Raises TooMuch beyond `most` bytes; git is ended then."""
    try:
        git = subprocess.Popen(
            ["git", *_PLAIN, *arguments], cwd=root, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL, env=_environment(),
        )  # fmt: skip
    except OSError:
        return None
    with git:
        assert git.stdout is not None
        said = git.stdout.read(most + 1)
        if len(said) > most:
            git.kill()
            raise TooMuch
    return said.decode("utf-8", "surrogateescape") if git.returncode == 0 else None


def ask(
    root: Path, *arguments: str, more: Mapping[str, str] | None = None, told: bytes | None = None
) -> subprocess.CompletedProcess[bytes] | None:
    """Git's answer, whatever it is; None where there is no git. `more` is added to its environment; `told` is what it reads."""
    command = ["git", *_PLAIN, *arguments]
    try:
        return subprocess.run(
            command,
            cwd=root,
            capture_output=True,
            check=False,
            stdin=subprocess.DEVNULL if told is None else None,
            input=told,
            env={**_environment(), **(more or {})},
        )
    except OSError:
        return None


def contents(root: Path, ids: Iterable[str], limit: int) -> Iterator[tuple[str, bytes | None]]:
    """What git keeps under each of `ids`, in their order; None for what is not there or longer than `limit` bytes. Nothing is
    fetched from elsewhere."""
    wanted = list(ids)
    for start in range(0, len(wanted), _AT_ONCE):
        some = wanted[start : start + _AT_ONCE]
        told = _told(root, "--batch-check=%(objecttype) %(objectsize)", some).split(b"\n")
        kind = [line.split(b" ") for line in told[: len(some)]]
        small = [id_ for id_, said in zip(some, kind, strict=False)
                 if said[0] == b"blob" and len(said) == 2 and int(said[1]) <= limit]  # fmt: skip
        found = dict(zip(small, _bodies(_told(root, "--batch=%(objecttype) %(objectsize)", small)), strict=False))
        yield from ((id_, found.get(id_)) for id_ in some)


def _told(root: Path, how: str, ids: list[str]) -> bytes:
    if not ids:
        return b""
    asked = "".join(f"{id_}\n" for id_ in ids).encode()
    said = ask(root, "cat-file", how, "--buffer", more={"GIT_NO_LAZY_FETCH": "1"}, told=asked)
    return said.stdout if said is not None and said.returncode == 0 else b""


def _bodies(said: bytes) -> Iterator[bytes]:
    at = 0
    while at < len(said):
        end = said.find(b"\n", at)
        head = said[at:end].split(b" ")
        if end < 0 or len(head) != 2 or not head[1].isdigit():
            return  # it went between being asked for twice: what comes after it cannot be told apart
        yield said[end + 1 : end + 1 + int(head[1])]
        at = end + 2 + int(head[1])


def _environment() -> dict[str, str]:
    """This process' environment without what git tells its hooks: it speaks of the folder in which git itself was called, and
    of an index that is only half made."""
    told = {"GIT_INDEX_FILE", "GIT_PREFIX"}
    if "GIT_WORK_TREE" not in os.environ:
        told.add("GIT_DIR")
    return {name: value for name, value in os.environ.items() if name not in told} | _ASKED_ONLY


def prefix_of(root: Path) -> str:
    """The way from the root of the repository to the folder `root`: `commons/`; "" where they are one, or there is none."""
    return (answer(root, "rev-parse", "--show-prefix") or "").removesuffix("\n")
