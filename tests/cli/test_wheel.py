"""The wheel, installed where there is neither clone nor Node: a commons begins, builds and passes its check."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest
from tests.running import NO_TRACEBACK, ROOT, environment


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index"]
    done = subprocess.run(
        [*command, "--disable-pip-version-check", "-w", str(folder), str(ROOT)],
        env={name: value for name, value in environment().items() if name != "PYTHONPATH"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    (made,) = folder.glob("auzolan-*.whl")
    return made


@pytest.fixture(scope="module")
def elsewhere(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with an environment in `env/`: the wheel, the libraries of this one, no clone, no Node in PATH."""
    folder = tmp_path_factory.mktemp("elsewhere")
    venv.create(folder / "env", with_pip=False, symlinks=True)
    program = folder / "env" / "bin" / "python"
    done = subprocess.run(
        [
            sys.executable,
            "-m",
            "pip",
            "--python",
            str(program),
            "install",
            "--quiet",
            "--no-deps",
            "--no-index",
            str(wheel),
        ],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    # A path file inside a folder named by a path file is not read: an editable install of the clone stays unseen.
    site = next((folder / "env" / "lib").glob("python*/site-packages"))
    (site / "libraries.pth").write_text(f"{sysconfig.get_path('purelib')}\n{sysconfig.get_path('platlib')}\n", "utf-8")
    (folder / "bin").mkdir()
    (folder / "bin" / "git").symlink_to(shutil.which("git") or "/usr/bin/git")
    return folder


def run(elsewhere: Path, *command: str, cwd: Path | None = None) -> subprocess.CompletedProcess[str]:
    environ = {
        "PATH": f"{elsewhere / 'env' / 'bin'}{os.pathsep}{elsewhere / 'bin'}",
        "HOME": str(elsewhere),
        "LANG": "C.UTF-8",
        "NO_COLOR": "1",
    }
    program = elsewhere / "env" / "bin" / command[0]
    done = subprocess.run(
        [str(program), *command[1:]],
        cwd=cwd or elsewhere,
        env=environ,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
    )
    assert NO_TRACEBACK not in done.stderr, done.stderr
    return done


def test_it_carries_what_a_site_needs_and_nothing_else(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as opened:
        names = set(opened.namelist())
    for name in ("theme/templates/base.html", "theme/static/style.css", "theme/static/built/base.js",
                 "theme/static/built/search.js", "theme/static/built/outlines.json", "theme/static/built/THIRD-PARTY.txt",
                 "directory/kinds/cooperative.yaml", "directory/vocabularies/topics.yaml", "content/pages/guide.md",
                 "content/pages/guide.fr.md", "content/images/guide/form.ca.webp"):  # fmt: skip
        assert f"auzolan/shipped/{name}" in names
    for language in ("ca", "es", "fr"):
        assert f"auzolan/shipped/theme/locales/{language}/LC_MESSAGES/auzolan.po" in names
    assert "auzolan/intake/starter/README.ca.md" in names and "auzolan/cli/assets/serve.js" in names
    top = {name.split("/")[0] for name in names}
    assert len(top) == 2 and "auzolan" in top
    assert not [name for name in names if "/cooperatives/" in name or "node_modules" in name or "/tests/" in name]
    licences = [name for name in names if ".dist-info/licenses/" in name]
    assert any(name.endswith("LICENSE") for name in licences) and len(licences) > 2


def test_it_runs_without_clone_and_node(elsewhere: Path) -> None:
    where = run(elsewhere, "python", "-c", "import auzolan; print(auzolan.__file__, auzolan.theme())").stdout
    assert str(ROOT) not in where and str(elsewhere) in where
    assert run(elsewhere, "python", "-c", "import shutil; print(shutil.which('node'))").stdout.strip() == "None"
    assert run(elsewhere, "auzolan", "--version").stdout.startswith("auzolan ")


def test_a_commons_begins(elsewhere: Path) -> None:
    done = run(elsewhere, "auzolan", "init", "casa", "--languages", "ca,es", "--region", "ES-CT")
    assert done.returncode == 0, done.stderr
    casa = elsewhere / "casa"
    told = run(elsewhere, "auzolan", "check", "--json", cwd=casa)
    assert told.returncode == 0
    assert {one["code"] for one in json.loads(told.stdout)["findings"]} == {"I005", "S005"}
    done = run(elsewhere, "auzolan", "build", cwd=casa)
    assert done.returncode == 0, done.stderr
    home = (casa / "output/index.html").read_text("utf-8")
    assert '<html lang="ca"' in home and (casa / "output/static/built/search.js").is_file()
    assert (casa / "output/es/cooperatives/example.html").is_file()
    found = run(elsewhere, "auzolan", "search", "exemple", "--json", cwd=casa)
    assert json.loads(found.stdout)["total"] == 6
    other = run(elsewhere, "python", "-m", "pelican", "-s", "pelicanconf.py", "-o", "again", cwd=casa)
    assert other.returncode == 0, other.stderr
    assert (casa / "again/SHA256SUMS").read_text() == (casa / "output/SHA256SUMS").read_text()
