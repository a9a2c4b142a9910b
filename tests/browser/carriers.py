"""A built site and a way to carry it flow in; a reader flows out: a browser that opens its pages as that way brings them, and notes all
that went wrong.

Ways × browsers are one table (`CARRIERS`), and so are sorts of pages (`TYPES`): tests open one by the other, `python -m bench.crawl` all
pages by each.
"""

from __future__ import annotations

import contextlib
import functools
import http.server
import json
import os
import shutil
import socket
import subprocess
import threading
import time
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

from tests.browser.firefox import PATIENCE, Firefox, firefox

TYPES: Mapping[str, tuple[str, ...]] = {
    "home.html": ("index.html", "ca/index.html", "ar/index.html"),
    "search.html": ("search/index.html", "ca/search/index.html?q=horta"),
    "directory/list.html": ("cooperatives/index.html",),
    "directory/entry.html": ("cooperatives/horta-comuna.html", "ca/makerspaces/warsha.html"),
    "directory/withdrawn.html": ("organizations/left-us.html",),
    "directory/glossary.html": ("by/index.html",),
    "directory/facet.html": ("by/country/index.html",),
    "directory/word.html": ("by/topics/commons.html",),
    "directory/relation_type.html": ("by/relations/member-of.html",),
    "map.html": ("map.html",),
    "articles.html": ("articles/index.html",),
    "article.html": ("articles/one-mill.html",),
    "page.html": ("pages/about.html",),
    "contribute.html": ("contribute.html",),
    "form.html": ("contribute-tool.html", "ca/contribute-cooperative.html?entry=horta-comuna"),
    "paper.html": ("paper-cooperative.html",),
    "fields.html": ("fields.html",),
    "wanted.html": ("wanted.html",),
    "news.html": ("new.html",),
    "thanks.html": ("thanks.html",),
    "take.html": ("data/index.html",),
}
"""One page of tests/sites/everything for each template, and some in other languages. Where a page goes at once (redirect.html) has a test of
its own; not_found.html is shown by servers alone, from anywhere."""

# Runs in each page before its own scripts. What was blocked or did not come is no matter of the console everywhere; links that leave the
# site are noted and not followed, since there is no network here.
WATCH = """
window.seen = []; window.left = [];
addEventListener("error", (event) => {
  const part = event.target;
  if (part !== window) seen.push(`not loaded: ${part.src || part.href || part.tagName}`);
}, true);
addEventListener("unhandledrejection", (event) => seen.push(`unhandled: ${event.reason}`));
document.addEventListener("securitypolicyviolation", (event) =>
  seen.push(`blocked: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}`));
document.addEventListener("click", (event) => {
  const link = event.target.closest && event.target.closest("a[href^='mailto:'],a[target=_blank]");
  if (link) { left.push(link.href); event.preventDefault(); }
}, true);
"""
TOLERATED = ("/skin/",)
"""Where Kiwix keeps what its bar is made of, whose handlers our policy does not let act: the one error that is to be."""


@dataclass(frozen=True, slots=True)
class Carrier:
    """How a site comes (`disk`, `box`, `below`, `kiwix`) and what opens it; whether browsers call such a place secure."""

    name: str
    way: str
    browser: str
    secure: bool


CARRIERS = (
    Carrier("a disk, Chromium", "disk", "chromium", True),
    Carrier("a disk, Firefox", "disk", "firefox", True),
    Carrier("a box, Chromium", "box", "chromium", False),
    Carrier("a box, Firefox", "box", "firefox", False),
    Carrier("below a path, Chromium", "below", "chromium", False),
    Carrier("Kiwix, Chromium", "kiwix", "chromium", False),
)


class Reader(Protocol):
    """A browser with one tab in a site. Conditions and what is evaluated are expressions of JavaScript."""

    scripts: bool

    def goto(self, path: str) -> None:
        """Opens a page of the site."""

    def evaluate(self, expression: str) -> Any:
        """What an expression gives."""

    def holds(self, condition: str) -> bool:
        """Whether a condition holds; no, where the page is just being left."""

    def tap(self, selector: str) -> None:
        """Presses the middle of an element."""

    def type(self, text: str) -> None:
        """Types into what has the focus."""

    def paste(self) -> None:
        """Pastes what was copied into what has the focus."""

    def saved(self, selector: str, folder: Path) -> Path:
        """Presses an element, and gives the file that is saved then, in `folder`."""

    def wrong(self) -> list[str]:
        """What went wrong since the last time; Kiwix's own is left out."""


def shown(reader: Reader, condition: str) -> None:
    """Waits for a condition."""
    end = time.monotonic() + PATIENCE
    while not reader.holds(condition):
        assert time.monotonic() < end, condition
        time.sleep(0.05)


class InChromium:
    """A tab of Chromium."""

    def __init__(self, browser: Any, address: str, *, scripts: bool = True) -> None:
        self.address, self.scripts, self._wrong = address, scripts, list[str]()
        self.context = browser.new_context(
            viewport={"width": 1280, "height": 800}, java_script_enabled=scripts, reduced_motion="reduce"
        )
        self.page = self.context.new_page()
        self.page.add_init_script(WATCH)
        note = self._wrong.append
        self.page.on(
            "console", lambda told: note(f"{told.text} {told.location.get('url')}") if told.type == "error" else None
        )
        self.page.on("pageerror", lambda problem: note(f"{problem} {getattr(problem, 'stack', '')}"))
        self.page.on("response", lambda answer: note(f"{answer.status} {answer.url}") if answer.status >= 400 else None)
        # A page that is left before its icon came has not failed.
        self.page.on(
            "requestfailed", lambda one: note(f"failed: {one.url}") if one.failure != "net::ERR_ABORTED" else None
        )
        self.page.on("request", lambda one: None if self._is_home(one.url) else note(f"outside: {one.url}"))

    def _is_home(self, url: str) -> bool:
        host = "/".join(self.address.split("/")[:3])
        return url.startswith(("data:", "blob:", f"{host}/"))

    def goto(self, path: str) -> None:
        self.page.goto(self.address + path)

    def evaluate(self, expression: str) -> Any:
        return self.page.evaluate(expression)

    def holds(self, condition: str) -> bool:
        from playwright.sync_api import Error

        try:
            return bool(self.evaluate(f"!!({condition})"))
        except Error as problem:
            if "context was destroyed" in str(problem):
                return False
            raise

    def tap(self, selector: str) -> None:
        self.page.locator(selector).first.click()

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)

    def paste(self) -> None:
        self.page.keyboard.press("Control+V")

    def saved(self, selector: str, folder: Path) -> Path:
        with self.page.expect_download() as waiting:
            self.tap(selector)
        path = folder / waiting.value.suggested_filename
        waiting.value.save_as(path)
        return path

    def wrong(self) -> list[str]:
        told = [*self._wrong, *(self.evaluate("window.seen ? window.seen.splice(0) : []") if self.scripts else [])]
        self._wrong.clear()
        return [one for one in told if not any(kept in one for kept in TOLERATED)]

    def close(self) -> None:
        self.context.close()


class InFirefox:
    """The tab of a Firefox."""

    def __init__(self, fox: Firefox, address: str) -> None:
        self.fox, self.address, self.scripts = fox, address, True
        fox.home = "/".join(address.split("/")[:3]) + "/"
        fox.before(WATCH)

    def goto(self, path: str) -> None:
        self.fox.goto(self.address + path)

    def evaluate(self, expression: str) -> Any:
        return self.fox.evaluate(expression)

    def holds(self, condition: str) -> bool:
        try:
            return bool(self.evaluate(f"!!({condition})"))
        except AssertionError as problem:
            if "no such" in str(problem) or "discarded" in str(problem) or "destroyed" in str(problem):
                return False
            raise

    def tap(self, selector: str) -> None:
        self.fox.tap(selector)

    def type(self, text: str) -> None:
        self.fox.type(text)

    def paste(self) -> None:
        self.fox.press_with_control("v")

    def saved(self, selector: str, folder: Path) -> Path:
        there = set(self.fox.downloads.iterdir())
        self.tap(selector)
        end = time.monotonic() + PATIENCE
        while not (new := {one for one in self.fox.downloads.iterdir() if one.suffix != ".part"} - there):
            assert time.monotonic() < end, selector
            time.sleep(0.05)
        [file] = new
        self.fox.awaited(file)
        return Path(shutil.move(file, folder / file.name))

    def wrong(self) -> list[str]:
        told = [*self.fox.wrong, *self.evaluate("window.seen ? window.seen.splice(0) : []")]
        self.fox.wrong.clear()
        return [one for one in told if not any(kept in one for kept in TOLERATED)]


class _Quiet(http.server.SimpleHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


class _Server(http.server.ThreadingHTTPServer):
    daemon_threads = True

    def handle_error(self, request: Any, client_address: Any) -> None:
        """Browsers hang up when they like."""


@contextlib.contextmanager
def served(folder: Path, below: str = "") -> Iterator[str]:
    """The address of a folder on plain http, by a name that browsers call no secure context, as on a box in a village hall."""
    handler = functools.partial(_Quiet, directory=str(folder))
    with _Server(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        try:
            yield f"http://box.test:{server.server_address[1]}/{below}"
        finally:
            server.shutdown()


@contextlib.contextmanager
def in_kiwix(zim: Path, host: str = "box.test") -> Iterator[str]:
    """The address of a ZIM file's pages in kiwix-serve."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        ["kiwix-serve", "-i", "127.0.0.1", "-p", str(port), str(zim)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(300):
            with (
                contextlib.suppress(OSError),
                urllib.request.urlopen(f"http://127.0.0.1:{port}/{zim.stem}/index.html", timeout=5),
            ):
                break
            time.sleep(0.1)
        yield f"http://{host}:{port}/{zim.stem}/"
    finally:
        server.terminate()
        server.wait()


@contextlib.contextmanager
def brought(site: Path, way: str, folder: Path, zim: Path | None = None) -> Iterator[str]:
    """The address at which a way of carrying has put a built site; `folder` is an empty one, `zim` the site for Kiwix."""
    # Names of folders on sticks are people's own.
    odd = folder / "Clau d’ús #1 100%"
    if way == "disk":
        odd.symlink_to(site)
        yield odd.as_uri() + "/"
    elif way == "below":
        (folder / "our").mkdir()
        (folder / "our" / "commons").symlink_to(site)
        with served(folder, "our/commons/") as address:
            yield address
    elif way == "kiwix":
        assert zim is not None
        with in_kiwix(zim) as address:
            yield address
    else:
        with served(site) as address:
            yield address


@contextlib.contextmanager
def chromium() -> Iterator[Any]:
    """A headless Chromium that finds the machine itself behind the name box.test. Raises FileNotFoundError where there is none."""
    program = os.environ.get("AUZOLAN_CHROMIUM") or shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise FileNotFoundError("chromium")
    from playwright.sync_api import sync_playwright

    arguments = [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-background-networking",
        "--host-resolver-rules=MAP box.test 127.0.0.1",
    ]
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments)
        yield browser
        browser.close()


@contextlib.contextmanager
def opened(carrier: Carrier, address: str, folder: Path, browser: Any, *, scripts: bool = True) -> Iterator[Reader]:
    """A reader of what lies at `address`: a tab of `browser` (Chromium), or a fresh Firefox, whose profile is in `folder`."""
    if carrier.browser == "firefox":
        with firefox(folder) as fox:
            yield InFirefox(fox, address)
    else:
        reader = InChromium(browser, address, scripts=scripts)
        try:
            yield reader
        finally:
            reader.close()


def told(wrong: list[str]) -> str:
    """What went wrong, for people."""
    return json.dumps(wrong, ensure_ascii=False, indent=1)
