"""What `--help` promises: the commands in the order in which people need them, an example for each; and faults told in a sentence."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from tests.running import auzolan, write
from typer.main import get_command

from auzolan.cli.app import app, only

COMMANDS = list(get_command(app).commands)
GROUPS = ("import", "inbox", "edition", "mirror")
DEEP = ["import csv", "inbox import", "inbox list", "inbox forms",
        *(f"edition {name}" for name in ("trust", "make", "sign", "put", "fresh", "status", "pack", "confirm")),
        *(f"mirror {name}" for name in ("sync", "verify", "repair", "status", "serve", "units"))]  # fmt: skip
OF_COPIES = ("init", "edition confirm")
"""What needs no commons of one's own."""
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\n",
}


def test_commands_stand_in_the_order_of_need(tmp_path: Path) -> None:
    told = auzolan("--help", cwd=tmp_path).stdout
    places = [told.index(f" {command} ") for command in COMMANDS]
    assert places == sorted(places)
    assert "auzolan init" in told


@pytest.mark.parametrize("command", [*(name for name in COMMANDS if name not in GROUPS), *DEEP])
def test_every_command_gives_an_example(command: str, tmp_path: Path) -> None:
    done = auzolan(*command.split(), "--help", cwd=tmp_path)
    assert done.returncode == 0
    examples = [line for line in done.stdout.splitlines() if line.strip().startswith(f"auzolan {command}")]
    assert len(examples) >= 2
    assert "Examples:" in done.stdout


def test_each_command_is_told_in_a_line(tmp_path: Path) -> None:
    told = auzolan("--help", cwd=tmp_path, COLUMNS="100").stdout
    rows = told[told.index("Commands") :].splitlines()[1 : len(COMMANDS) + 1]
    assert [row.split()[0] for row in rows] == COMMANDS
    assert not any(row.endswith("...") for row in rows), "its first sentence fits into the line"


@pytest.mark.parametrize("command", COMMANDS)
def test_a_command_alone_is_as_among_the_others(command: str) -> None:
    alone, among = get_command(only(command)), get_command(app)
    assert list(alone.commands) == [command]
    assert dict(options_of(alone)) == {
        name: options for name, options in options_of(among) if name.split()[0] == command
    }


@pytest.mark.parametrize("word", ["", "bild", "--help"])
def test_without_a_command_all_are_there(word: str) -> None:
    assert list(get_command(only(word)).commands) == COMMANDS


def options_of(command: Any, name: str = "") -> Iterator[tuple[str, set[str]]]:
    """Each command that does something, by its whole name, with its options."""
    for child, one in getattr(command, "commands", {}).items():
        yield from options_of(one, f"{name} {child}".strip())
    if not hasattr(command, "commands"):
        yield name, {option for param in command.params for option in param.opts if option.startswith("--")}


def test_what_means_the_same_is_called_the_same() -> None:
    for name, options in options_of(get_command(app)):
        # What is handed on with a part of a commons is often asked for in full: --region ES-CT --language ca.
        said = options - {"--language"} if name in ("pocket", "build") and "--lang" in options else options
        assert not said & {"--language", "--markdown", "--config"}, name
        assert "--settings" in options or name in OF_COPIES or name.startswith("mirror ")
        assert "--json" in options or "--format" not in options, name


@pytest.mark.parametrize("command", [["check"], ["stale"], ["links"], ["kinds"], ["diff", "main"]])
def test_two_formats_are_one_too_many(command: list[str], tmp_path: Path) -> None:
    done = auzolan(*command, "--json", "--format", "markdown" if command != ["check"] else "sarif", cwd=tmp_path)
    assert done.returncode == 2 and "exclude each other" in done.stderr


@pytest.mark.parametrize("command", [["kinds"], ["new", "tool"]])
def test_a_language_that_no_label_has_is_told(command: list[str], tmp_path: Path) -> None:
    write(tmp_path, SITE)
    done = auzolan(*command, "--lang", "xx", cwd=tmp_path)
    assert done.returncode == 2
    assert "no kind has a label in `xx`" in done.stderr and "one of: en es ca fr" in done.stderr


def test_the_version(tmp_path: Path) -> None:
    from auzolan import __version__

    assert auzolan("--version", cwd=tmp_path).stdout == f"auzolan {__version__}\n"


UNREADABLE = [
    (None, "there is no pelicanconf.py in"),
    ("SITENAME = (", "pelicanconf.py fails: SyntaxError"),
    ("raise RuntimeError('broken on purpose')", "RuntimeError: broken on purpose"),
    ("import no_such_module", "ModuleNotFoundError"),
    (
        "import auzolan\nPATH = '.'\nPLUGINS = auzolan.PLUGINS",
        "there is no folder `directory/` beside pelicanconf.py",
    ),
]
NEEDING = [["build"], ["check"], ["serve"], ["search", "x"], ["kinds"], ["new", "tool"]]


@pytest.mark.parametrize(
    ("command", "settings", "said"),
    [(["check"], *one) for one in UNREADABLE] + [(command, *one) for command in NEEDING for one in UNREADABLE[::4]],
)
def test_unreadable_settings_end_with_2_and_a_sentence(
    command: list[str], settings: str | None, said: str, tmp_path: Path
) -> None:
    if settings is not None:
        write(tmp_path, {"pelicanconf.py": settings})
    done = auzolan(*command, cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr
    assert len(done.stderr.splitlines()) <= 4


def test_settings_that_exit_do_not_pass_for_success(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"pelicanconf.py": "import sys\nsys.exit(0)\n"})
    assert auzolan("check", cwd=tmp_path).returncode == 2


def test_settings_without_our_plugins_are_told(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"pelicanconf.py": "SITENAME = 'x'\nPLUGINS = []\n"})
    done = auzolan("build", cwd=tmp_path)
    assert done.returncode == 2 and "PLUGINS = auzolan.PLUGINS" in done.stderr


def test_unknown_settings_are_findings(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"pelicanconf.py": SITE["pelicanconf.py"] + "AUZOLAN_LANGUAGE = ['en']\n"})
    done = auzolan("check", cwd=tmp_path)
    assert done.returncode == 1
    assert "error S001" in done.stdout and "did you mean AUZOLAN_LANGUAGES?" in done.stdout


def test_an_output_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"taken": "a file"})
    done = auzolan("build", "-o", "taken", cwd=tmp_path)
    assert done.returncode == 2
    assert "cannot be written" in done.stderr
    assert (tmp_path / "taken").read_text() == "a file"


def test_a_closed_pipe_is_no_fault(tmp_path: Path) -> None:
    import subprocess
    import sys

    from tests.running import environment

    command = f"{sys.executable} -m auzolan kinds cooperative --json | head -c 10"
    write(tmp_path, SITE)
    done = subprocess.run(
        ["sh", "-c", command], cwd=tmp_path, env=environment(), capture_output=True, text=True, check=False
    )
    assert "Traceback" not in done.stderr and "fault in Auzolan" not in done.stderr
    assert "BrokenPipe" not in done.stderr
