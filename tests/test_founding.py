"""docs/founding.md, followed to the letter: its folders, its settings, its entry, and the workflows that its forge would run."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from tests.intake import workflows as w
from tests.running import ROOT, auzolan

PAGE = (ROOT / "docs/founding.md").read_text("utf-8")
BLOCKS = re.findall(r"^```(\w+)\n(.*?)^```", PAGE, re.MULTILINE | re.DOTALL)
ADDRESS = "https://your-name.github.io/our-commons"


def blocks(language: str) -> list[str]:
    return [text for name, text in BLOCKS if name == language]


@pytest.fixture(scope="module", params=["browser", "terminal"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Step 1, in both ways."""
    folder = tmp_path_factory.mktemp(request.param)
    if request.param == "terminal":
        command = blocks("sh")[0].split()
        assert command[0] == "auzolan"
        assert auzolan(*command[1:], cwd=folder).returncode == 0
        return folder / command[2]
    there = subprocess.run(["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"], cwd=ROOT, capture_output=True, check=True)  # fmt: skip
    commons = folder / "our-commons"
    for name in filter(None, there.stdout.decode().split("\0")):
        if not name.startswith(("tests/", "bench/", "theme/client/")) and (ROOT / name).is_file():
            (commons / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(ROOT / name, commons / name)
    for name in blocks("text")[0].split():
        if name.endswith(".yaml"):
            (commons / name).unlink()
        else:
            shutil.rmtree(commons / name)
    return commons


def published(forge: w.Forge, folder: Path) -> Path:
    """What the forge would publish of its main branch."""
    clone = forge.checked_out(folder / "runner")
    workflow = w.document((clone / ".github/workflows/publish.yml").read_text())
    assert workflow["on"] == {"push": {"branches": ["main"]}, "workflow_dispatch": None}
    ran = w.run_job(workflow["jobs"]["build"], clone, folder / "run/temp", {"steps.pages.outputs.base_url": ADDRESS})
    assert ran.ok, ran.said
    hand_over = [step for step in workflow["jobs"]["build"]["steps"] if "upload-pages-artifact" in step.get("uses", "")]
    assert [step["with"]["path"] for step in hand_over] == ["public"]
    return clone / "public"


def test_from_nothing_to_a_first_entry_that_everybody_sees(files: Path, tmp_path: Path) -> None:
    forge = w.begun(files, tmp_path)
    # 3. Say whose it is.
    (forge.work / "pelicanconf.py").write_text(blocks("python")[0], "utf-8")
    w.git(forge.work, "commit", "-q", "-a", "-m", "Whose it is")
    w.git(forge.work, "push", "-q", str(forge.bare), "main")
    (tmp_path / "first").mkdir()
    site = published(forge, tmp_path / "first")
    home = (site / "index.html").read_text()
    assert re.search("<title>[^<]*Our commons", home) and "What we do together" in home
    assert f"{ADDRESS}/" in (site / "sitemap.xml").read_text() and ADDRESS in " ".join(blocks("text"))
    assert (site / "contribute-cooperative.html").is_file()
    assert not {path.stem for path in (ROOT / "directory/cooperatives").glob("*.yaml")} & {
        path.stem for path in (site / "cooperatives").glob("*.html") if path.stem != "index"
    }
    # 4. Propose a first entry.
    name = next(text.strip() for text in blocks("text") if text.startswith("directory/") and text.count("\n") == 1)
    head = forge.propose(1, {name: blocks("yaml")[0]})
    # 5. Look at what the machine says.
    clone = forge.checked_out(tmp_path / "checker", 1)
    job = w.document((clone / ".github/workflows/check.yml").read_text())["jobs"]["check"]
    known = {
        "github.event.pull_request.base.sha": w.git(forge.bare, "rev-parse", "main"),
        "github.event.pull_request.head.sha": head, "github.event.pull_request.number": "1",
    }  # fmt: skip
    ran = w.run_job(job, clone, tmp_path / "run/temp", known)
    assert ran.ok, ran.said
    assert "1 added" in ran.summary and "- Cooperative: `Our Bakery`" in ran.summary
    assert "Other files" not in ran.summary
    assert (ran.temp / "preview/index.html").is_file()
    # 6. Merge it, and see it live.
    w.git(forge.work, "fetch", "-q", str(forge.bare), "refs/pull/1/head")
    w.git(forge.work, "merge", "-q", "--no-ff", "-m", "Merge", "FETCH_HEAD")
    w.git(forge.work, "push", "-q", str(forge.bare), "main")
    (tmp_path / "second").mkdir()
    site = published(forge, tmp_path / "second")
    told = next(text.strip() for text in blocks("text") if text.strip().endswith(".html"))
    assert told.startswith(ADDRESS)
    page = (site / told.removeprefix(f"{ADDRESS}/")).read_text()
    assert "Our Bakery" in page and "edit/main/directory/cooperatives/our-bakery.yaml" in page


def test_what_the_page_says_of_names_is_so() -> None:
    workflows = {path.stem: w.document(path.read_text()) for path in (ROOT / ".github/workflows").glob("*.yml")}
    assert {"publish", "check", "watch"} <= {workflow["name"] for workflow in workflows.values()}
    assert workflows["check"]["jobs"]["check"]["name"] == "check"
    artifacts = {step["with"]["name"] for step in workflows["check"]["jobs"]["check"]["steps"] if "upload-artifact" in step.get("uses", "")}  # fmt: skip
    assert artifacts == {"report", "preview"}
    assert workflows["watch"]["on"]["schedule"][0]["cron"].endswith("* * 1")
    assert w.document((ROOT / ".gitlab-ci.yml").read_text())["check"]["artifacts"]["expose_as"] == "Report and preview"


def test_commons_md_and_this_page_do_not_say_the_same_twice() -> None:
    other = (ROOT / "docs/commons.md").read_text("utf-8")
    sentences = [line for line in PAGE.splitlines() if len(line) > 60 and not line.startswith("|")]
    assert [line for line in sentences if line in other] == []
