"""What a search costs its reader: what is counted, and a small run in Chromium."""

from __future__ import annotations

import gzip
import threading
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest
from bench.reader.__main__ import parser
from bench.reader.asking import WAY, Asked, ask
from bench.reader.report import Result, as_data, as_markdown
from bench.reader.server import Answer, round_trips, served
from bench.reader.sites import Searched, questions, weight
from bench.results import size_of
from tests.client.fixture_site import write_site

from auzolan.model.pages import Document


def test_the_server_counts_what_it_sends_and_gives_nothing_else(tmp_path: Path) -> None:
    (tmp_path / "secret.js").write_text("no", "utf-8")
    folder = tmp_path / "site"
    folder.mkdir()
    (folder / "index.html").write_text("<p>page</p>", "utf-8")
    (folder / "a.js").write_text("x" * 5_000, "utf-8")
    with served(folder) as (origin, log):
        with urllib.request.urlopen(f"{origin}a.js") as answer:
            sent = answer.read()
            assert answer.headers["Content-Encoding"] == "gzip" and gzip.decompress(sent) == b"x" * 5_000
        urllib.request.urlopen(f"{origin}index.html").close()
        with pytest.raises(urllib.error.HTTPError, match="404"):
            urllib.request.urlopen(f"{origin}..%2fsecret.js")
        told = log.since(0)
    assert [(one.path, one.size) for one in told] == [("a.js", len(sent)), ("../secret.js", 0)]


def test_what_a_browser_left_behind_is_no_request_of_the_next(tmp_path: Path) -> None:
    (tmp_path / "a.js").write_text("x", "utf-8")
    with served(tmp_path) as (origin, log):
        log.delay = 0.3
        left = threading.Thread(target=lambda: urllib.request.urlopen(f"{origin}a.js").close())
        left.start()
        while not log.open:
            time.sleep(0.01)
        log.leave()
        left.join()
        log.delay = 0
        urllib.request.urlopen(f"{origin}a.js").close()
        assert len(log.since(0)) == 2 and log.open == 0


def test_round_trips_are_those_that_wait_for_another() -> None:
    def answers(*times: tuple[float, float]) -> list[Answer]:
        return [Answer("x.js", 1, *one) for one in times]

    assert round_trips([]) == 0
    assert round_trips(answers((0, 1), (0.1, 1.1), (0.2, 0.9))) == 1
    assert round_trips(answers((2.1, 3), (0, 1), (0.5, 1.5), (1.1, 2))) == 3


def test_questions_are_of_names_and_of_texts() -> None:
    asked = questions(size_of("100").workload(1), 50)
    assert len(asked) == 50 and all(len(name.split()) == 3 and len(words.split()) == 2 for name, words in asked)
    assert all(word.isalpha() for _, words in asked for word in words.split())


def test_the_table_says_what_is_not_reached() -> None:
    asked = Asked(*([[7, 9, 50_000]] * 8))
    results = [Result(size_of("10k"), name, (1_500, 4_000_000), asked) for name in ("Auzolan", "Pagefind")]
    about = {"date": "2026-11-30", "auzolan": "0", "versions": {"Python": "3"}}
    made = as_markdown(results, about, ["Hugo cannot be had"])
    assert "| the whole index | 4.0 MB | 4.0 MB | 3.2 MB, **not yet** |" in made
    assert "| files of the index | 1,500 | 1,500 | 1,700 |" in made and "Left out: Hugo cannot be had." in made
    assert as_data(results, about, [])["results"][0]["medians"]["first"] == 9


@pytest.mark.parametrize("sizes", ["magazine", "many"])
def test_sizes_that_make_no_sense_are_refused(sizes: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended:
        parser().parse_args(["--sizes", sizes])
    assert ended.value.code == 2 and "argument --sizes" in capsys.readouterr().err


@pytest.mark.browser
def test_a_site_is_asked_in_chromium(chromium: Any, tmp_path: Path) -> None:
    made = [Document(f"tool/{word}", "tool", "en", f"tools/{word}.html", f"{word} loom", "It weaves.", "", ((8.0, f"{word} loom"), (1.0, "It weaves wool.")))
            for word in ("slow", "quick", "old")]  # fmt: skip
    write_site(tmp_path, made, "en")
    site = Searched("Auzolan", tmp_path, "search/index.html", "#q", "#hits li", tmp_path / "search")
    asked = ask(chromium, site, [("slow loom", "wool")])
    files, size = weight(site)
    assert files == 3
    # Client, words, header, postings, documents, facets; a further question asks for nothing but why it was found.
    assert asked.first_requests[0] >= 6 and 0 < size < asked.first_bytes[0]
    assert asked.further_requests[0] <= 2 and asked.typed_requests[0] >= 2
    assert 1 <= asked.trips[0] <= 2 and asked.slow[0] > 0.4 > WAY
