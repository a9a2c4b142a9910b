"""The rooms: no import runs up or across, libraries stay in the one room that knows them, pages know no clock."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "plugins" / "auzolan"
FLOORS = {
    "__init__": 9, "__main__": 9, "cli": 6, "site": 5, "pipeline": 4,
    "links": 3, "report": 3, "write": 3, "work": 3, "timings": 3, "intake": 3, "mirror": 3,
    "ledger": 2, "load": 2, "check": 2, "link": 2, "render": 2, "index": 2, "export": 2, "pipes": 2, "model": 1,
}  # fmt: skip
"""How high a room stands. A room imports only rooms below it."""
WITHIN_A_FLOOR = {
    ("intake", "write"): "an entry is written as pages are: whole, or not at all",
    ("mirror", "write"): "a copy is written as pages are",
}
"""Who on the third floor may know whom there, and why; between workshops, never."""


@cache
def modules() -> tuple[Path, ...]:
    return tuple(sorted(path for path in PACKAGE.rglob("*.py") if "starter" not in path.parts))


def room(path: Path) -> str:
    first = path.relative_to(PACKAGE).parts[0]
    return first.removesuffix(".py")


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def imports(path: Path) -> Iterator[str]:
    """The dotted names that a module imports, wherever in it: `from a import b` gives `a.b`."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{path}: imports are written out in full"
            yield from (f"{node.module}.{alias.name}" for alias in node.names)


def our_rooms(path: Path) -> set[str]:
    """The rooms that a module imports."""
    return {
        name.split(".")[1] for name in imports(path) if name.split(".")[0] == "auzolan" and "." in name
    } & FLOORS.keys()


def name_of(path: Path) -> str:
    return path.relative_to(PACKAGE).as_posix()


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_no_import_runs_up_or_across(path: Path) -> None:
    here = room(path)
    for other in our_rooms(path) - {here}:
        if FLOORS[other] == 3 and FLOORS[here] == 3:
            assert (here, other) in WITHIN_A_FLOOR, f"{here} knows {other}"
        else:
            assert FLOORS[other] < FLOORS[here], f"{here} knows {other}"


def test_every_room_has_its_floor() -> None:
    assert {room(path) for path in modules()} <= FLOORS.keys()


def test_the_model_knows_the_standard_library_alone() -> None:
    for path in (PACKAGE / "model").glob("*.py"):
        assert {name.split(".")[0] for name in imports(path)} <= sys.stdlib_module_names | {"auzolan"}, path


def test_the_model_is_loaded_without_any_library() -> None:
    names = ",".join(f"auzolan.model.{path.stem}" for path in (PACKAGE / "model").glob("[a-z]*.py"))
    known = "sys.stdlib_module_names - {'auzolan', '__main__'}"
    code = f"import sys, {names}; print({{n.split('.')[0] for n in sys.modules}} - {known})"
    done = subprocess.run(
        [sys.executable, "-S", "-c", code], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "set()"


def late() -> set[str]:
    """What functions import, out of this package: where a command begins to load the program."""
    found = set()
    for path in modules():
        for function in ast.walk(tree(path)):
            if isinstance(function, ast.FunctionDef):
                asked = [one.module or "" for one in ast.walk(function) if isinstance(one, ast.ImportFrom)]
                found |= {name for name in asked if name.split(".")[0] == "auzolan"}
    return found


def test_whatever_is_imported_late_may_come_first() -> None:
    """Most tests run commands where all of the program was imported before (tests/forked.py), which would hide a circle."""
    code = """
import os, sys, traceback
import blinker, jinja2, markdown, pelican, rich, typer, whoosh, yaml
for name in sys.argv[1:]:
    if not os.fork():
        try:
            __import__(name)
        except BaseException:
            print(name, traceback.format_exc())
        sys.stdout.flush()
        os._exit(0)
    os.wait()
"""
    names = sorted(late() | {f"auzolan.cli.{path.stem}" for path in (PACKAGE / "cli").glob("[a-z]*.py")})
    assert len(names) > 60
    done = subprocess.run(
        [sys.executable, "-c", code, *names], cwd=PACKAGE.parent, capture_output=True, text=True, check=True
    )
    assert done.stdout + done.stderr == ""


def users(library: str) -> set[str]:
    return {name_of(path) for path in modules() if any(name.split(".")[0] == library for name in imports(path))}


def test_only_the_site_knows_pelican() -> None:
    assert {name for name in users("pelican") if not name.startswith("site/")} <= {"cli/build.py"}


@pytest.mark.parametrize(
    ("library", "room_", "most"),
    [
        ("whoosh", "index/engine/", 2),
        ("ruamel", "intake", 1),
        ("PIL", "", 3),
        ("nh3", "render", 1),
        ("license_expression", "check", 1),
        ("starlette", "cli", 4),
        ("uvicorn", "cli", 2),
        ("watchfiles", "cli", 1),
        ("jinja2", "render", 9),
        ("typer", "cli", 99),
        ("rich", "cli", 99),
        ("yaml", "load", 1),
    ],
)
def test_a_library_stays_where_it_is_known(library: str, room_: str, most: int) -> None:
    known = users(library)
    assert len(known) <= most, known
    assert all(name.startswith(room_) for name in known), known


CLOCKS = frozenset({"now", "today", "utcnow", "time", "localtime", "gmtime", "monotonic", "perf_counter", "time_ns"})
PURE = ("check", "link", "render", "index", "export", "model")


@pytest.mark.parametrize("path", [path for path in modules() if room(path) in PURE], ids=name_of)
def test_what_pages_are_made_of_knows_no_clock_and_no_environment(path: Path) -> None:
    for name in imports(path):
        assert name.split(".")[0] not in (
            "time",
            "random",
            "secrets",
            "uuid",
            "socket",
            "getpass",
            "platform",
            "subprocess",
        ), name
        assert name not in ("os.environ", "os.getenv"), name
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            assert (node.value.id, node.attr) not in {("os", "environ"), ("os", "getenv"), ("os", "urandom")}, (
                node.lineno
            )
        if isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            owner = node.value.attr if isinstance(node.value, ast.Attribute) else getattr(node.value, "id", "")
            assert owner not in ("datetime", "date", "time"), f"{path}:{node.lineno}"


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_nothing_global_is_changed(path: Path) -> None:
    assert not [node.lineno for node in ast.walk(tree(path)) if isinstance(node, ast.Global)]


def test_where_no_python_belongs_there_is_none() -> None:
    for folder in ("theme", "content", "directory"):
        assert not [path for path in (ROOT / folder).rglob("*.py*") if "node_modules" not in path.parts]


def test_plugins_holds_one_folder() -> None:
    assert [path.name for path in (ROOT / "plugins").iterdir() if path.name[0] not in "._"] == ["auzolan"]


@pytest.mark.parametrize("path", modules(), ids=name_of)
def test_a_module_begins_with_what_flows(path: Path) -> None:
    said = ast.get_docstring(tree(path))
    assert said or not path.read_text("utf-8").strip()
    assert len(path.read_text("utf-8").splitlines()) <= 400


def test_workshops_raise_only_our_own_errors_and_never_catch_all() -> None:
    for path in modules():
        if room(path) in ("check", "link", "model"):
            for node in ast.walk(tree(path)):
                if isinstance(node, ast.ExceptHandler):
                    assert node.type is not None and getattr(node.type, "id", "") not in (
                        "Exception",
                        "BaseException",
                    ), path
