"""A command line flows in; what the program did with it, in a process of its own, flows out. To import the program takes longer than
most commands take: a server imports all of it once, and each command is a fork of that.

What a fork cannot show, namely that a command imports what it needs and reads its surroundings when it starts, is held by tests that
start Python (`tests.running.python`)."""

from __future__ import annotations

import functools
import io
import multiprocessing
import os
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from multiprocessing.context import ForkServerContext
from pathlib import Path

PLUGINS = Path(__file__).resolve().parents[1] / "plugins"


def run(
    arguments: list[str], cwd: Path, environment: Mapping[str, str], timeout: float
) -> subprocess.CompletedProcess[str]:
    """Runs one of our commands, with standard input closed. Raises TimeoutExpired after so many seconds."""
    with tempfile.TemporaryDirectory() as folder:
        out, err = Path(folder, "out"), Path(folder, "err")
        out.touch()
        err.touch()
        process = _server().Process(target=_command, args=(arguments, str(cwd), dict(environment), str(out), str(err)))
        process.start()
        process.join(timeout)
        if process.exitcode is None:
            process.kill()
            process.join()
            raise subprocess.TimeoutExpired(arguments, timeout, out.read_bytes(), err.read_bytes())
        told = [path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n") for path in (out, err)]
        return subprocess.CompletedProcess(arguments, process.exitcode, *told)


@functools.cache
def _server() -> ForkServerContext:
    paths = sorted(PLUGINS.glob("auzolan/**/*.py"))
    names = [".".join(path.relative_to(PLUGINS).with_suffix("").parts) for path in paths if path.stem != "__main__"]
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([name.removesuffix(".__init__") for name in names])
    return context


def _command(arguments: list[str], cwd: str, environment: Mapping[str, str], out: str, err: str) -> None:
    """The whole life of a process that was forked."""
    for number, path in ((1, out), (2, err)):
        opened = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.dup2(opened, number)
        os.close(opened)
    for stream in (sys.stdout, sys.stderr):
        assert isinstance(stream, io.TextIOWrapper)
        stream.reconfigure(encoding="utf-8", errors="backslashreplace" if stream is sys.stderr else "strict")
    os.environ.clear()
    os.environ.update(environment)
    os.chdir(cwd)
    sys.argv = ["auzolan", *arguments]

    from auzolan.cli import main

    main()
