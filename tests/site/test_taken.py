"""The commands on the page Take it with you, as a new host runs them: every file of the site comes, and nothing else is needed."""

from __future__ import annotations

import functools
import http.server
import shutil
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import lxml.html
import pytest
from tests.render import factory as f
from tests.render import site as s
from tests.running import tree, write

from auzolan.render.doors.take import units_of

pytestmark = pytest.mark.skipif(shutil.which("wget") is None, reason="wget is not installed: sudo apt-get install wget")

FILES = {
    "index.html": '<a href="tools/oven.html">An oven</a>',
    "tools/oven.html": "An oven for everybody.",
    # No page has a link to it: a script asks for it.
    "search/en/h.js": "AUZOLAN_SHARD()",
    "by/country/el-salvador.html": "Here.",
}


class Quiet(http.server.SimpleHTTPRequestHandler):
    def log_message(self, *arguments: object) -> None:
        """Says nothing."""


@pytest.fixture(params=["", "/their/commons"], ids=["at the root", "below a path"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """Where the site is served, as SITEURL names it."""
    site = write(tmp_path / f"served{request.param}", FILES)
    listed = "".join(f"{digest}  {path}\n" for path, digest in sorted(tree(site).items()))
    write(site, {"SHA256SUMS": listed})
    handler = functools.partial(Quiet, directory=str(tmp_path / "served"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}{request.param}"
        server.shutdown()


def test_whoever_runs_them_has_the_whole_site(address: str, tmp_path: Path) -> None:
    html = s.built(f.commons(f.settings(site_url=address)), units_of)["data/index.html"]
    host = lxml.html.document_fromstring(html).get_element_by_id("host")
    commands = "".join(host.xpath(".//pre")[0].itertext())
    copy = tmp_path / "copy"
    copy.mkdir()
    done = subprocess.run(["sh", "-ec", commands], cwd=copy, capture_output=True, text=True, timeout=60, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.count(": OK\n") == len(FILES)
    assert {path: (copy / path).read_text("utf-8") for path in tree(copy) if path != "SHA256SUMS"} == FILES
