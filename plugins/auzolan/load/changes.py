"""A git revision comes in; what differs from it in the commons' folder goes out, and the folder as it was then."""

from __future__ import annotations

import os
from dataclasses import dataclass
from pathlib import Path

from auzolan.load import files
from auzolan.load.git import answer, ask, prefix_of
from auzolan.model.errors import AuzolanError

WITHOUT = "without git, auzolan check looks at everything, and auzolan diff BEFORE AFTER compares two folders"


class NoBase(AuzolanError):
    """There is nothing to compare with: no git, no such revision, or too little of the history."""


@dataclass(frozen=True, slots=True)
class Changes:
    """`commit` is where the history of what lies here parted from the revision that was named; "" where nothing was
    committed yet, and everything is new. `paths` are the files that differ from it, new and deleted ones included, as
    findings show them."""

    commit: str
    paths: frozenset[str]


def changes_since(root: Path, base: str) -> Changes:
    """What differs in the folder `root`, as it lies there, from where its branch left `base`. Raises NoBase."""
    inside = ask(root, "rev-parse", "--is-inside-work-tree")
    if inside is None:
        raise NoBase("git is not installed, so nothing tells what changed", f"install git; {WITHOUT}")
    if inside.returncode or inside.stdout.strip() != b"true":
        said = inside.stderr.decode("utf-8", "replace").strip().splitlines()[:1] or [""]
        why = files.printable(said[0]).removeprefix("fatal: ")
        raise NoBase(f"git does not know what changed here{f': {why}' if why else ''}", WITHOUT)
    named = commit_of(root, base)
    if not named:
        if base == "HEAD":
            return Changes("", frozenset())
        raise unknown(base, root)
    commit = parted_from(root, base, named, "HEAD")
    differ = answer(root, "diff", "--name-only", "--no-renames", "--no-ext-diff", "--relative", "-z", commit, "--")
    new = answer(root, "ls-files", "--others", "--exclude-standard", "-z")
    if differ is None or new is None:
        raise NoBase(
            f"git cannot compare with `{base}`", "try `git status`: it tells what is wrong with the repository"
        )
    names = {name for name in (differ + new).split("\0") if name}
    return Changes(commit, frozenset(map(files.printable, names)))


def commit_of(root: Path, revision: str) -> str:
    """The commit that a revision names; "" where there is none."""
    # What begins with a hyphen would be an option of git's, and is no revision.
    if not revision or revision.startswith("-"):
        return ""
    return (answer(root, "rev-parse", "--verify", "--quiet", f"{revision}^{{commit}}") or "").strip()


def unknown(revision: str, root: Path) -> NoBase:
    """There is no such revision: the sentence that says so, and the way out."""
    if commit_of(root, f"origin/{revision}"):
        return NoBase(
            f"git knows no revision `{files.printable(revision)}` of your own", f"did you mean origin/{revision}?"
        )
    return NoBase(f"git knows no revision `{files.printable(revision)}`",
                  "a branch, a tag or a commit; what only the forge knows must be fetched first: git fetch origin main")  # fmt: skip


def parted_from(root: Path, base: str, commit: str, head: str) -> str:
    """The commit at which the history of `head` left that of `commit`, which a person called `base`. Raises NoBase."""
    parted = answer(root, "merge-base", commit, head)
    if not parted:
        if (answer(root, "rev-parse", "--is-shallow-repository") or "").strip() == "true":
            raise NoBase(f"this clone has too little of the history to tell where it left `{files.printable(base)}`",
                         "get the rest: git fetch --unshallow (in a workflow: fetch-depth: 0)")  # fmt: skip
        raise NoBase(f"`{files.printable(base)}` and what is checked out here have no commit in common",
                     "name another revision")  # fmt: skip
    return parted.split()[0]


def lay_out(root: Path, commit: str, folder: Path) -> Path:
    """Writes all that the repository held at `commit` into the empty `folder`, and gives what `root` is in it. The
    repository, its index and its hooks are left alone. Raises NoBase."""
    index = folder / "index"
    tree = folder / "tree"
    tree.mkdir()
    # Files that git keeps elsewhere are not fetched for this: what is unchanged is not judged by them.
    more = {"GIT_INDEX_FILE": str(index), "GIT_LFS_SKIP_SMUDGE": "1"}
    for words in (("read-tree", commit), ("checkout-index", "--all", f"--prefix={tree}{os.sep}")):
        done = ask(root, *words, more=more)
        if done is None or done.returncode:
            raise NoBase(f"git cannot show what was there at {commit[:12]}", "try `git fsck`")
    return tree / prefix_of(root)
