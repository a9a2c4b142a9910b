"""A small workload comes in; our site of it is checked and built; Hugo's, where it is there, has as many files."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from bench.contenders import Contender, Site, contenders, environment
from bench.counts import EQUAL, count, sorted_out
from bench.edits import EDITS
from bench.measure import look, run, written
from bench.peers import Peers, peers
from bench.workload import Workload, directory
from tests.running import ROOT, auzolan

from bench import site_hugo

FOUND = peers(ROOT / ".cache" / "bench", False, print)
"""Peers are used where `make bench` has installed them; tests install nothing."""


def _site(workload: Workload, key: str, folder: Path, found: Peers = FOUND) -> Site:
    contender = next(one for one in contenders(workload, found) if one.key == key)
    site = Site(contender, folder / key)
    site.show(workload)
    return site


def _counted(site: Site, folder: Path) -> dict[str, int]:
    run(site.contender.steps[0].command, site.root, environment(folder))
    return count(site.output, site.contender.key, False)


def _hugos_files_are_whole(workload: Workload) -> None:
    files = dict(site_hugo.files(workload))
    assert json.loads(files["hugo.json"])["outputs"]["term"] == ["html", "rss"]
    assert all(site_hugo.path_of(item) in files for item in workload.items)
    assert {"layouts/page.html", "layouts/rss.xml", "layouts/home.json", "layouts/_partials/card.html"} <= set(files)


@pytest.mark.parametrize("languages", [1, 2])
def test_thirty_entries_pass_the_check_and_give_hugos_counts(languages: int, tmp_path: Path) -> None:
    workload = directory(30, languages)
    ours = _site(workload, "auzolan", tmp_path)
    checked = auzolan("check", "--json", "--strict", cwd=ours.root, **environment(tmp_path))
    assert json.loads(checked.stdout) == {"findings": [], "ok": True}
    counts = _counted(ours, tmp_path)
    assert counts["entries"] == 30 * languages
    assert counts["feeds"] > 90 * languages
    _hugos_files_are_whole(workload)
    if FOUND.hugo:
        theirs = _counted(_site(workload, "hugo", tmp_path), tmp_path)
        assert {sort: theirs[sort] for sort in EQUAL} == {sort: counts[sort] for sort in EQUAL}


def test_an_edit_reaches_the_disk_and_the_pages(tmp_path: Path) -> None:
    workload = directory(12)
    site = _site(workload, "auzolan", tmp_path)
    _counted(site, tmp_path)
    for name in ("a renamed entry", "a template"):
        workload = EDITS[name](workload, 1)
        before = look(site.output)
        assert site.show(workload) > 0
        assert site.show(workload) == 0
        _counted(site, tmp_path)
        made = written(before, look(site.output))
        assert made.new_files > 0
    names = [path.stem for path in site.output.glob("*/*-renamed-1.html")]
    assert len(names) == 1
    template = next(site.output.glob(f"*/{names[0]}.html")).read_text("utf-8")
    assert "Template 1." in template


def test_a_cold_build_begins_with_nothing(tmp_path: Path) -> None:
    site = Site(Contender("auzolan", lambda _: [("a", "1")], (), (".cache",), "content/images"), tmp_path / "site")
    site.show(directory(1))
    made = (site.output, site.root / ".cache", site.caches)
    for folder in made:
        folder.mkdir()
        (folder / "x").write_text("x", "utf-8")
    site.clear()
    assert not any(folder.exists() for folder in made)
    assert (site.root / "a").read_text("utf-8") == "1"


def test_files_are_sorted_by_what_they_are() -> None:
    ours = ("markets/x.html", "ca/markets/x.html", "markets/index.html", "markets/_az/b.html", "by/topics/x-2.html",
            "by/topics/x.atom", "data/everything.json", "search/en/t0.js", "by/statuses/active.html")  # fmt: skip
    theirs = ("markets/x.html", "ca/markets/x.html", "markets/index.html", "az/markets-b.html", "topics/x/page/2.html",
              "topics/x/index.xml", "index.json", "pagefind/pagefind.js", "404.html")  # fmt: skip
    assert sorted_out(ours, "auzolan") == sorted_out(theirs, "hugo")


def test_a_magazine_is_compared_by_its_articles_and_topics() -> None:
    ours = ("articles/x.html", "articles/index.html", "by/topics/x.html", "by/sectors/x.html", "tools/index.html")
    theirs = ("articles/x.html", "articles/index.html", "topics/x/index.html", "index.html", "404.html")
    assert sorted_out(ours, "auzolan", True) == sorted_out(theirs, "hugo", True)
