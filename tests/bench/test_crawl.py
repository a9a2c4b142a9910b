"""bench.crawl finds the pages and dead links of a site, and tells what went wrong; browsers are those of the tests, and not started here."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.browser.carriers import CARRIERS
from tests.running import write

from bench import crawl


def test_pages_and_links_that_lead_nowhere(tmp_path: Path) -> None:
    write(tmp_path, {
        "index.html": '<a href="tools/a.html#x">A</a><a href="gone.html">G</a><a href="https://a.coop/">W</a><a href="#y">Y</a>',
        "tools/a.html": '<script src="../static/a.js"></script><a href="../index.html?q=1">H</a><img src="no.png" alt="">',
        "static/a.js": "", "404.html": '<a href="/nowhere.html">N</a>',
    })  # fmt: skip
    pages = crawl.pages_of(tmp_path)
    assert pages == ["404.html", "index.html", "tools/a.html"]
    assert crawl.dead_links(tmp_path, pages) == ["index.html → gone.html", "tools/a.html → no.png"]


def test_a_folder_without_pages_cannot_be_crawled(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert crawl.main(["--site", str(tmp_path)]) == 2
    assert "there are no pages" in capsys.readouterr().err


def test_the_table_has_a_row_for_each_way(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(crawl, "versions", lambda: ["Chromium 1.2"])
    rows = [
        crawl.Row(CARRIERS[0], 30, {"index.html": ["blocked"]}, 2.5),
        crawl.Row(CARRIERS[1], skipped="Firefox is not installed"),
    ]
    made = crawl.table(rows, 30, ["a → b"])
    assert (
        "| a disk, Chromium | 30 | 1 | 2.50 s |" in made
        and "| a disk, Firefox | Firefox is not installed |  |  |" in made
    )
    assert "30 pages" in made and "Chromium 1.2" in made and "1 links within the site lead nowhere" in made


def test_what_the_command_line_may_say() -> None:
    assert crawl.parser().parse_args(["--every", "10"]).every == 10
    for wrong in (["--every", "0"], ["--every", "x"]):
        with pytest.raises(SystemExit):
            crawl.parser().parse_args(wrong)
