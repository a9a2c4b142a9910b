"""A small site comes in; what is measured of its search and of its way to the screen goes out. Nothing is judged slow."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from bench.contenders import Site, contenders, environment
from bench.counts import pages_of_entries
from bench.peers import Peers
from bench.search_cost import cost, documents_of
from bench.serve_latency import Latency, edited, latency, page_of
from bench.site_auzolan import path_of
from bench.workload import directory

from bench import serve_latency


def _site(entries: int, languages: int, folder: Path) -> Site:
    workload = directory(entries, languages)
    site = Site(contenders(workload, Peers(None, None))[0], folder / "site")
    site.show(workload)
    return site


def test_search_counts_all_documents_and_then_one_of_each_language(tmp_path: Path) -> None:
    found = documents_of(_site(12, 2, tmp_path).root)
    assert found is not None
    assert {language: len(documents) for language, documents in found.items()} == {"en": 12, "es": 12}
    told = cost(found, tmp_path)
    assert (told["whole"]["documents"], told["edited"]["documents"]) == (24, 2)
    assert told["whole"]["cpu"] > 0 and told["whole"]["files"] > 0
    assert 0 < told["edited"]["files"] <= told["whole"]["files"]


def test_a_site_with_errors_has_no_search(tmp_path: Path) -> None:
    site = _site(2, 1, tmp_path)
    next(site.root.glob("directory/*/*-0.yaml")).write_text("name: [", "utf-8")
    assert documents_of(site.root) is None


def test_pagefind_reads_pages_of_entries_only(tmp_path: Path) -> None:
    for name in ("markets/x.html", "es/markets/x.html", "markets/index.html", "map.html", "by/topics/a.html"):
        path = tmp_path / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("", "utf-8")
    found = [path.relative_to(tmp_path).as_posix() for path in pages_of_entries(tmp_path, "auzolan")]
    assert found == ["es/markets/x.html", "markets/x.html"]


def test_an_edit_is_a_sign_in_the_summary() -> None:
    assert edited("name: a\nsummary: It is.\nx: 1\n", 3) == "name: a\nsummary: It is seenonscreen3.\nx: 1\n"
    assert page_of(path_of(directory(1).items[0])).endswith("-0.html")
    assert Latency((0.3, 0.1, 0.2)).as_data() == {"median": 0.2, "min": 0.1, "max": 0.3, "runs": [0.3, 0.1, 0.2]}


def test_no_browser_and_no_site_are_told(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "directory" / "tools").mkdir(parents=True)
    (tmp_path / "directory" / "tools" / "x.yaml").write_text("summary: It is.\n", "utf-8")
    monkeypatch.setenv("AUZOLAN_CHROMIUM", "/bin/false")
    assert serve_latency.main([str(tmp_path)]) == 1
    assert "does not serve" in capsys.readouterr().err
    monkeypatch.delenv("AUZOLAN_CHROMIUM")
    monkeypatch.setenv("PATH", str(tmp_path))
    assert serve_latency.main([str(tmp_path)]) == 1
    assert "there is no Chromium" in capsys.readouterr().err
    assert serve_latency.main([str(tmp_path / "directory")]) == 1


@pytest.mark.browser
def test_an_edit_comes_to_the_screen_and_the_file_stays_as_it_was(tmp_path: Path) -> None:
    site = _site(4, 1, tmp_path)
    entry = path_of(directory(4).items[1])
    before = (site.root / entry).read_text("utf-8")
    # In a thread of its own: a browser that another test of this process holds has a loop of its own in this one.
    with ThreadPoolExecutor(1) as apart:
        found = apart.submit(latency, site.root, entry, 1, environment(tmp_path)).result()
    assert len(found.seconds) == 1 and found.seconds[0] > 0
    assert (site.root / entry).read_text("utf-8") == before
