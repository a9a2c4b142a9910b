"""The text of a workflow and what a forge would know come in; its `run:` steps are run here as a runner runs them.

Steps that use an action are left out: what they would bring (a clone, Python) is there already.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from tests.running import NO_TRACEBACK, environment

EXPRESSION = re.compile(r"\$\{\{ (.*?) \}\}")
REAL_PYTHON = Path(sys.executable).parent


@dataclass
class Ran:
    """What a job did: whether it passed, what each step said by its name, and its folders."""

    ok: bool = True
    said: dict[str, str] = field(default_factory=dict)
    failed: list[str] = field(default_factory=list)
    temp: Path = Path()
    summary: str = ""


def document(text: str) -> dict[str, Any]:
    """A workflow as plain values. (YAML 1.1 takes its key `on` for a truth value.)"""
    read: dict[Any, Any] = yaml.safe_load(text)
    return {"on" if key is True else key: value for key, value in read.items()}


def programs(folder: Path, shims: Mapping[str, str]) -> Path:
    """A folder of programs to be put first on the path: scripts of the shell by name."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, script in shims.items():
        (folder / name).write_text(f"#!/bin/bash\n{script}\n")
        (folder / name).chmod(0o755)
    return folder


INSTALLED = f"""if [[ "$1 $2 $3" == "-m pip install" ]]; then echo "pip ${{*:3}}" >> "$PIP_LOG"; test -e "${{*: -1}}"; else exec "{sys.executable}" "$@"; fi"""
"""A `python` that installs nothing: Auzolan is installed here. It notes what it was asked for."""


def run_job(
    job: Mapping[str, Any], clone: Path, temp: Path, known: Mapping[str, str], shims: Mapping[str, str] | None = None
) -> Ran:
    """Runs the steps of a job in `clone`. `known` gives the values of expressions; an unknown one fails the test."""
    ran = Ran(temp=temp)
    temp.mkdir(parents=True, exist_ok=True)
    path = programs(temp.parent / "programs", {"python": INSTALLED, **(shims or {})})
    for name in ("GITHUB_ENV", "GITHUB_STEP_SUMMARY"):
        (temp.parent / name).write_text("")
    added = {
        "RUNNER_TEMP": str(temp), "GITHUB_ENV": str(temp.parent / "GITHUB_ENV"), "GITHUB_ACTIONS": "true",
        "GITHUB_STEP_SUMMARY": str(temp.parent / "GITHUB_STEP_SUMMARY"), "PIP_LOG": str(temp.parent / "pip.log"),
        "PATH": os.pathsep.join([str(path), str(REAL_PYTHON), os.environ["PATH"]]),
    }  # fmt: skip
    for step in job["steps"]:
        if "run" not in step or not _wanted(step.get("if", ""), ran.ok):
            continue
        told = dict(line.split("=", 1) for line in (temp.parent / "GITHUB_ENV").read_text().splitlines())
        own = {**job.get("env", {}), **step.get("env", {})}
        values = {name: EXPRESSION.sub(lambda one: known[one[1]], str(value)) for name, value in own.items()}
        done = shell(step["run"], clone, {**added, **told, **values}, python=step.get("shell") == "python3 {0}")
        ran.said[step["name"]] = done.stdout + done.stderr
        assert NO_TRACEBACK not in ran.said[step["name"]], ran.said[step["name"]]
        if done.returncode:
            ran.ok = False
            ran.failed.append(step["name"])
    ran.summary = (temp.parent / "GITHUB_STEP_SUMMARY").read_text()
    return ran


def shell(
    script: str, folder: Path, added: Mapping[str, str], python: bool = False
) -> subprocess.CompletedProcess[str]:
    """Runs a script as a runner does: it ends at the first command that fails."""
    words = (
        [sys.executable, "-c", script] if python else ["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c", script]
    )
    return subprocess.run(
        words, cwd=folder, env=environment(**added), stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8",
        errors="replace", check=False, timeout=300,
    )  # fmt: skip


def _wanted(condition: str, ok: bool) -> bool:
    assert condition in ("", "always()", "${{ !cancelled() }}"), condition
    return ok or condition != ""


def git(folder: Path, *words: str) -> str:
    """What git says in a folder, as nobody in particular."""
    who = {f"GIT_{role}_{what}": "n@example.org" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    quiet = {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull}
    done = subprocess.run(
        ["git", *words], cwd=folder, env={**os.environ, **who, **quiet}, capture_output=True, check=True
    )
    return done.stdout.decode().strip()


@dataclass(frozen=True)
class Forge:
    """A bare repository that stands for a forge's, and the folder in which the commons was begun."""

    bare: Path
    work: Path

    def propose(self, number: int, files: Mapping[str, str | None], links: Mapping[str, str] | None = None) -> str:
        """Opens the request of that number, from a fork: writes files (None: deletes them) and gives the commit."""
        fork = self.work.parent / f"fork-{number}"
        git(self.work.parent, "clone", "-q", str(self.bare), str(fork))
        for name, text in files.items():
            path = fork / name
            path.parent.mkdir(parents=True, exist_ok=True)
            if text is None:
                path.unlink()
            else:
                path.write_text(text, "utf-8")
        for name, target in (links or {}).items():
            (fork / name).symlink_to(target)
        git(fork, "add", "-A")
        git(fork, "commit", "-q", "-m", "A proposal")
        git(fork, "push", "-q", str(self.bare), f"HEAD:refs/pull/{number}/head")
        return git(fork, "rev-parse", "HEAD")

    def checked_out(self, folder: Path, number: int = 0) -> Path:
        """What the action that checks out leaves: a clone with all history, at the request or at main."""
        git(folder.parent, "clone", "-q", str(self.bare), str(folder))
        if number:
            git(folder, "fetch", "-q", "origin", f"refs/pull/{number}/head")
            git(folder, "checkout", "-q", "--detach", "FETCH_HEAD")
        return folder


def begun(commons: Path, folder: Path) -> Forge:
    """A forge that holds a copy of a commons."""
    work, bare = folder / "work", folder / "forge.git"
    shutil.copytree(commons, work, ignore=shutil.ignore_patterns("output", ".cache"))
    git(folder, "init", "-q", "--bare", "-b", "main", str(bare))
    git(work, "init", "-q", "-b", "main")
    git(work, "add", "-A")
    git(work, "commit", "-q", "-m", "A commons")
    git(work, "push", "-q", str(bare), "main")
    return Forge(bare, work)
