"""Files that Pelican reads by itself, and addresses that lead out of the site, come in; nothing of them goes out."""

from __future__ import annotations

import asyncio
from collections.abc import MutableMapping
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from tests.running import auzolan, built, write

from auzolan.cli.serve import LOOPBACK
from auzolan.cli.served import Served

SCRIPT = "<html><head><title>x</title></head><body><script>alert(1)</script></body></html>"


def test_pelicans_own_readers_read_nothing(tmp_path: Path) -> None:
    assert auzolan("init", "site", cwd=tmp_path).returncode == 0
    secret = tmp_path / "secret.txt"
    secret.write_text("not for readers")
    included = f"Title\n=====\n\n:date: 2014-01-01\n\n.. include:: {secret}\n"
    articles = {f"content/articles/x.{ending}": SCRIPT for ending in ("html", "htm", "mkd", "markdown")}
    site = write(tmp_path / "site", {**articles, "content/articles/x.rst": included, "content/pages/y.html": SCRIPT})
    output = built(site)
    pages = [path.read_text("utf-8") for path in output.rglob("*.html")]
    assert pages and not any("not for readers" in page or "alert(1)" in page for page in pages)


@pytest.mark.parametrize(
    "path",
    ["//etc", "//etc/passwd", "/%2e%2e", "/%2e%2e/", "/%2e%2e/secret", "/..%2fsecret/x.html", "/%00",
     "/" + "a" * 400, "/link.html"],
)  # fmt: skip
def test_the_local_server_feels_out_nothing_outside_the_site(tmp_path: Path, path: str) -> None:
    output = tmp_path / "output"
    write(tmp_path, {"output/index.html": "<head></head>", "secret/x.html": "secret", "secret/index.html": "secret"})
    (output / "link.html").symlink_to(tmp_path / "secret" / "x.html")
    assert status_of(Served(tmp_path / "pelicanconf.py", output), path) == 404
    assert status_of(Served(tmp_path / "pelicanconf.py", output), "/index.html") == 200


def test_the_local_server_answers_to_its_own_names_only(tmp_path: Path) -> None:
    write(tmp_path, {"output/index.html": "<head></head>"})
    served = Served(tmp_path / "pelicanconf.py", tmp_path / "output")
    assert status_of(served, "/index.html", "127.0.0.1:8000") == 200
    assert status_of(served, "/index.html", "evil.example:8000") == 400


def status_of(served: Served, path: str, host: str = "localhost") -> int:
    """What the application answers on the loopback, asked as a server asks it: with the path unquoted."""
    sent: list[MutableMapping[str, Any]] = []

    async def receive() -> dict[str, Any]:
        return {"type": "http.request", "body": b""}

    async def send(message: MutableMapping[str, Any]) -> None:
        sent.append(message)

    scope = {"type": "http", "method": "GET", "path": unquote(path), "raw_path": path.encode(), "query_string": b"",
             "headers": [(b"host", host.encode())], "scheme": "http", "server": ("localhost", 80)}  # fmt: skip
    # In a thread of its own: other tests keep an event loop running in this one.
    with ThreadPoolExecutor(1) as thread:
        thread.submit(lambda: asyncio.run(served.app(LOOPBACK)(scope, receive, send))).result()
    return int(sent[0]["status"])
