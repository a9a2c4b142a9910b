"""A browser and an address flow in; a tab that remembers all that went wrong, and answers of axe, flow out."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.running import ROOT

PAGES = (
    "index.html",
    "search/index.html",
    "cooperatives/index.html",
    "cooperatives/catalan-integral-cooperative.html",
    "organizations/p2p-foundation.html",
    "licenses/agpl-3.0-or-later.html",
    "by/index.html",
    "by/sectors/index.html",
    "by/topics/commons.html",
    "by/relations/member-of.html",
    "map.html",
    "articles/index.html",
    "articles/two-partners-one-plan.html",
    "contribute.html",
    "contribute-cooperative.html",
    "ca/contribute-tool.html",
    "paper-cooperative.html",
    "fields.html",
    "pages/guide.html",
    "wanted.html",
    "new.html",
    "thanks.html",
    "data/index.html",
    "pages/about.html",
    "ca/index.html",
    "ca/cooperatives/catalan-integral-cooperative.html",
)
"""One page of every sort, and two in another language."""


@contextmanager
def tab(
    browser: Any, *, width: int = 1280, dark: bool = False, script: bool = True, touch: bool = False
) -> Iterator[Any]:
    """A fresh tab of somebody who wants nothing to move, so that no test waits for it. `tab.wrong` lists console errors, script errors, and requests that failed or left the site."""
    context = browser.new_context(
        viewport={"width": width, "height": 800},
        color_scheme="dark" if dark else "light",
        java_script_enabled=script,
        has_touch=touch,
        reduced_motion="reduce",
    )
    page = context.new_page()
    page.wrong = []
    page.on("console", lambda message: page.wrong.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda problem: page.wrong.append(str(problem)))
    page.on("requestfailed", lambda request: page.wrong.append(f"failed: {request.url}") if _failed(request) else None)
    page.on("request", lambda request: page.wrong.append(f"outside: {request.url}") if _leaves(request.url) else None)
    try:
        yield page
    finally:
        context.close()


def _failed(request: Any) -> bool:
    # A page that is left before its icon came has not failed.
    return request.failure != "net::ERR_ABORTED"


def _leaves(url: str) -> bool:
    return not url.startswith(("file:", "data:", "http://box.test:", "http://127.0.0.1:"))


def axe(page: Any) -> list[str]:
    """What axe-core finds, a line each. It is evaluated, not added: the policy of the pages refuses added scripts."""
    page.evaluate((ROOT / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8"))
    found = page.evaluate("() => axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{one['id']}: {one['help']}: {node['html'][:160]} {node.get('failureSummary', '')[:300]}"
        for one in found["violations"]
        for node in one["nodes"]
    ]


def uri(site: Path, page: str) -> str:
    """The address of a page on disk, its query kept."""
    path, mark, query = page.partition("?")
    return (site / path).as_uri() + mark + query
