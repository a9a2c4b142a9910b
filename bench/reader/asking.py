"""A searched site and questions come in; what a reader's browser fetches and how long it waits goes out, in Chromium."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

from bench.reader.server import Answer, Log, round_trips, served
from bench.reader.sites import Searched

LATENCY, SPEED = 400, 50_000
"""Of the slow network: milliseconds there and back, and bytes a second (400 kbit/s)."""
WAY = 0.3
"""Seconds by which answers wait where round trips are counted: far more than the work between them."""
KEYS = 150
"""Milliseconds between two letters."""
_FIRST = """
window.benchFirst = 0;
const look = () => { if (!window.benchFirst && document.querySelector("SELECTOR")) window.benchFirst = performance.now(); };
new MutationObserver(look).observe(document, { subtree: true, childList: true });
"""


@dataclass
class Asked:
    """Lists with one figure for each question: bytes of a first and a further one, requests of both and of a name typed letter by
    letter, round trips one after another after the scripts of the page itself, and seconds to the first result on the slow network, of a page that is opened with
    its question."""

    first_bytes: list[int] = field(default_factory=list)
    first_requests: list[int] = field(default_factory=list)
    further_bytes: list[int] = field(default_factory=list)
    further_requests: list[int] = field(default_factory=list)
    typed_requests: list[int] = field(default_factory=list)
    typed_bytes: list[int] = field(default_factory=list)
    trips: list[int] = field(default_factory=list)
    slow: list[float] = field(default_factory=list)


def ask(browser: Any, searched: Searched, questions: Sequence[tuple[str, str]]) -> Asked:
    """Each question in a browser that knows nothing yet."""
    found = Asked()
    with served(searched.folder) as (origin, log):
        address = f"{origin}{searched.page}"
        for name, words in questions:
            with _page(browser, log) as page:
                first = _open(page, f"{address}?q={quote(name)}", searched, log)
                found.first_bytes.append(sum(one.size for one in first))
                found.first_requests.append(len(first))
                before = len(log.answers)
                page.fill(searched.box, words)
                page.press(searched.box, "Enter")
                time.sleep(0.7)  # as long as both wait before they take a pause for the end of a question
                further = log.since(before)
                found.further_bytes.append(sum(one.size for one in further))
                found.further_requests.append(len(further))
            with _page(browser, log) as page:
                _open(page, address, searched, log, results=False)
                before = len(log.answers)
                page.locator(searched.box).press_sequentially(name, delay=KEYS)
                page.wait_for_selector(searched.hit)
                typed = log.since(before)
                found.typed_requests.append(len(typed))
                found.typed_bytes.append(sum(one.size for one in typed))
            with _page(browser, log) as page:
                log.delay = WAY
                found.trips.append(
                    max(0, round_trips(_open(page, f"{address}?q={quote(name)}", searched, log, until_shown=True)) - 1)
                )
                log.delay = 0
            with _page(browser, log) as page:
                page.add_init_script(_FIRST.replace("SELECTOR", searched.hit))
                network = page.context.new_cdp_session(page)
                network.send("Network.enable")
                network.send("Network.emulateNetworkConditions", {
                    "offline": False, "latency": LATENCY, "downloadThroughput": SPEED, "uploadThroughput": SPEED,
                })  # fmt: skip
                _open(page, f"{address}?q={quote(name)}", searched, log)
                found.slow.append(float(page.evaluate("window.benchFirst")) / 1000)
    return found


def _open(
    page: Any, address: str, searched: Searched, log: Log, results: bool = True, until_shown: bool = False
) -> list[Answer]:
    """Opens a page; gives what was fetched for the search, or, with `until_shown`, what the first result waited for."""
    before = len(log.answers)
    page.goto(address, timeout=120_000)
    if results:
        page.wait_for_selector(searched.hit, timeout=120_000)
    shown = time.monotonic()
    return [answer for answer in log.since(before) if not until_shown or answer.ended <= shown]


@contextmanager
def _page(browser: Any, log: Log) -> Iterator[Any]:
    context = browser.new_context()
    try:
        yield context.new_page()
    finally:
        context.close()
        log.leave()
