"""Whatever comes in by whichever lane: no traceback, nothing outside an entry's place, and one bad piece costs no other its place.

What `tests/hostile/lanes.py` declares is sent by each lane. What was brought in then passes `auzolan check`, or the check tells
of it; a good neighbour that was sent in the same run is there.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest
from tests.hostile.lanes import LANES, NEIGHBOUR, ROWS, SLUG, TOGETHER, Payload
from tests.intake.sent import commons
from tests.running import NO_TRACEBACK, built, tree

from auzolan.cli import main
from auzolan.model.text import is_slug

SCHEMAS = "directory/kinds/schemas/"
"""The schema that an editor looks for comes with the first entry of its kind."""
GOOD = f"directory/cooperatives/{SLUG}.yaml"


def may_be(name: str) -> bool:
    """Whether a command that brings in entries may write a file of this name."""
    folder, _, slug = name.removesuffix(".yaml").rpartition("/")
    return (folder == "directory/cooperatives" and is_slug(slug)) or name.startswith(SCHEMAS)


class Ran:
    """Runs commands in a folder, in this process."""

    def __init__(self, site: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> None:
        self.site, self.capfd, self.patch = site, capfd, monkeypatch
        monkeypatch.chdir(site)
        for name, value in {"NO_COLOR": "1", "COLUMNS": "200", "SOURCE_DATE_EPOCH": "1796000000"}.items():
            monkeypatch.setenv(name, value)

    def __call__(self, *arguments: str) -> tuple[int, str]:
        """The exit status, and all that was said. Whatever is raised but an exit fails the test."""
        self.patch.setattr("sys.argv", ["auzolan", *arguments])
        status = 0
        try:
            main()
        except SystemExit as end:
            status = end.code if isinstance(end.code, int) else 1
        said = self.capfd.readouterr()
        told = said.out + said.err
        assert NO_TRACEBACK not in told and "\x1b" not in told and "\x00" not in told, told
        assert status in (0, 1, 2)
        return status, told


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Ran:
    (tmp_path / "site").mkdir()
    return Ran(commons(tmp_path / "site"), monkeypatch, capfd)


def around(site: Path) -> set[str]:
    """All that lies in the folder of the site and beside it, but for what git keeps, and what was sent."""
    names = {os.path.relpath(path, site) for path in site.parent.rglob("*") if not path.is_dir()}
    return {name for name in names if not name.startswith((".git/", "sent/"))}


@pytest.mark.parametrize("rows", TOGETHER)
@pytest.mark.parametrize("lane", LANES)
def test_it_comes_in_or_is_told_and_costs_nobody_anything(lane: str, rows: str, run: Ran) -> None:
    site = run.site
    payloads = [one for row in TOGETHER[rows] for one in ROWS[row]]
    command = LANES[lane](site, payloads)
    before, was = around(site), tree(site)
    status, told = run(*command)
    assert status in (0, 1), told  # 2 would be: nobody got in
    added = around(site) - before
    assert [name for name in added if not may_be(name) and name != "m.imported.jsonl"] == []
    assert {name: mark for name, mark in tree(site).items() if name in was} == was
    if lane == "a branch":
        assert "Good Neighbour" in told
        return
    assert (site / GOOD).is_file(), told
    if status == 0:
        assert len(added) >= len(payloads) or lane == "a file" or "there already" in told, told
    again, checked = run("check")
    blamed = set(re.findall(r"(?m)^(\S+\.yaml)(?::\d+)*: error", checked))
    assert GOOD not in blamed
    if lane == "a file":
        assert again == status
    else:
        assert (again, blamed) == (0, set()), checked


@pytest.mark.parametrize("rows", TOGETHER)
def test_what_is_typed_at_new(rows: str, run: Ran) -> None:
    """Not all of a row: a command for each entry takes its time."""
    site = run.site
    payloads = [
        one
        for row in TOGETHER[rows]
        for one in [two for two in ROWS[row] if two.values][: 3 if len(TOGETHER[rows]) == 1 else 1]
    ]
    for one in (*payloads, NEIGHBOUR):
        before = around(site)
        said = one.said()
        sets = {"places.country": said.pop("country"), "sources": said.pop("title"), **said}
        status, told = run("new", "cooperative", "--yes", *(f"--set={name}={text}" for name, text in sets.items()))
        added = around(site) - before
        assert [name for name in added if not may_be(name)] == []
        made = [name for name in added if not name.startswith(SCHEMAS)]
        assert made if status in (0, 1) else not made, told
        if status == 1:  # it said what is wrong with it when it wrote it
            assert ": error " in told
            (site / made[0]).unlink()
    assert (site / GOOD).is_file() and run("check")[0] == 0


COMMENTS = [
    "---\nname: &a [*a]\n---\nx", "---\nname: x\nname: y\n---\nx", "---\n" + "a: " + "[" * 5_000 + "\n---\nx", "no head at all",
    '---\nname: "<b>@all</b>"\ndate: "2026-05-03"\nlanguage: ca\n---\n<script>alert(1)</script>',
    '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\n---\n[x](javascript:alert(1))',
    '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\n---\n' + "[" * 9_000, '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\n---\nFo\u202ern',
    '---\nname: Ana\ndate: "9999-12-31"\nlanguage: "../x"\nin_reply_to: "../../x"\n---\nx',
    '---\nname: a@evil.example\ndate: "2026-05-03"\nlanguage: ca\nin_reply_to: ring-a\n---\nx', "\ufeff---\n", "---\n---\n", "x" * 30_000,
]  # fmt: skip


def test_comments(run: Ran) -> None:
    site = run.site
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("AUZOLAN_COMMENTS = True\n")
    folder = site / "content/comments/cooperatives/mill"
    folder.mkdir(parents=True)
    head = '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\n'
    (folder / "good.md").write_text(f"{head}---\nBones paraules.\n", "utf-8")
    for one, other in (("ring-a", "ring-b"), ("ring-b", "ring-a"), ("self", "self")):
        (folder / f"{one}.md").write_text(f"{head}in_reply_to: {other}\n---\nx\n", "utf-8")
    for number, text in enumerate(COMMENTS):
        (folder / f"sent-{number}.md").write_text(text, "utf-8")
    (folder / "link.md").symlink_to("/etc/passwd")
    status, told = run("check")
    blamed = set(re.findall(r"comments/cooperatives/mill/([\w-]+)\.md(?::\d+)*: error", told))
    assert status == 1 and "good" not in blamed and "root:" not in told
    assert blamed == {"ring-a", "ring-b", "self", "link", *(f"sent-{number}" for number in range(len(COMMENTS)))}


def test_what_was_accepted_of_all_rows_is_built_and_only_shown(run: Ran, tmp_path: Path) -> None:
    site = run.site
    payloads: list[Payload] = [one for row in ROWS.values() for one in row]
    run(*LANES["a mail"](site, payloads))
    run(*LANES["a row"](site, payloads))
    assert run("check")[0] == 0
    for path in (site / "sent").iterdir():
        path.unlink()
    output = built(site, tmp_path / "out", SOURCE_DATE_EPOCH="1796000000")
    pages = [path.read_text("utf-8") for path in sorted((output / "cooperatives").glob("*.html"))]
    assert len(pages) > 20 and any("Good Neighbour" in page for page in pages)
    for page in pages:
        assert not re.search(
            r"(?i)<script(?![^>]* src=)[^>]*>\s*alert|<img[^>]*onerror|href=[\"']?\s*(?:javascript|data|file):", page
        )
    assert any("{{ 7*7 }}" in page for page in pages) and not any("github.token }}{" in page for page in pages)
