"""The snippets of docs/mirrors.md in the web servers for which they are: pages, types, no lists, no ways out, new copies."""

from __future__ import annotations

import gzip
import http.client
import os
import re
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.mirror.signed import DAY, FILES, Commons
from tests.running import ROOT, tree

from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.place import Place
from auzolan.mirror.syncing import sync

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin")
CADDY = shutil.which("caddy")
SITE = {
    **FILES,
    "index.html": b"<!doctype html><h1>Home</h1>" * 50,
    "static/app.js": b"self.x = 1;\n" * 200,
    "search/en/header.js": b"self.y = 1;\n",
}


def snippet(language: str, port: int, root: Path) -> str:
    """What the page says, for another port and folder."""
    found = re.search(rf"```{language}\n(.*?)```", (ROOT / "docs" / "mirrors.md").read_text("utf-8"), re.DOTALL)
    assert found
    made = found[1].replace("/srv/mirror/site", f"{root}/site").replace("listen 80;", f"listen 127.0.0.1:{port};")
    return made.replace("http://commons.example {", f"http://127.0.0.1:{port} {{")


def nginx(folder: Path, port: int, root: Path) -> list[str]:
    assert NGINX
    (folder / "nginx.conf").write_text(
        f"{'user root;' if os.geteuid() == 0 else ''}daemon off; pid {folder}/pid; error_log {folder}/errors;\nevents {{}}\nhttp {{\n"
        f"include /etc/nginx/mime.types; access_log off;\n"
        + "".join(f"{one}_temp_path {folder}/{one};\n" for one in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        + snippet("nginx", port, root) + "}\n"
    )  # fmt: skip
    return [NGINX, "-p", str(folder), "-e", f"{folder}/errors", "-c", f"{folder}/nginx.conf"]


def caddy(folder: Path, port: int, root: Path) -> list[str]:
    assert CADDY
    (folder / "Caddyfile").write_text("{\n    admin off\n    auto_https off\n}\n" + snippet("caddy", port, root))
    return [CADDY, "run", "--adapter", "caddyfile", "--config", f"{folder}/Caddyfile"]


class Running:
    """A web server that shows a mirror."""

    def __init__(self, name: str, place: Place, port: int) -> None:
        self.name, self.place, self.port = name, place, port

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], bytes]:
        with closing(http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)) as connection:
            connection.request("GET", path, headers={name.replace("_", "-"): value for name, value in headers.items()})
            answer = connection.getresponse()
            return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()


@pytest.fixture(
    scope="module",
    params=[
        pytest.param("nginx", marks=pytest.mark.skipif(NGINX is None, reason="there is no nginx")),
        pytest.param("caddy", marks=pytest.mark.skipif(CADDY is None, reason="there is no caddy")),
    ],
)
def running(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp(request.param)
    place = Place(folder / "mirror")
    Commons().copy(folder / "site", SITE)
    sync(place, Folder(folder / "site"), DAY)
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = {"nginx": nginx, "caddy": caddy}[request.param](folder, port, place.root)
    with (folder / "said").open("w") as said:
        server = subprocess.Popen(command, stdout=said, stderr=said, env={**os.environ, "HOME": str(folder)})
    try:
        for _ in range(400):
            assert server.poll() is None, (folder / "said").read_text()
            with socket.socket() as tried:
                if tried.connect_ex(("127.0.0.1", port)) == 0:
                    break
            time.sleep(0.05)
        yield Running(request.param, place, port)
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(30)


def test_pages_and_their_types(running: Running) -> None:
    for path, kind in {
        "/": "text/html; charset=utf-8", "/tools/oven.html": "text/html; charset=utf-8", "/static/style.css": "text/css; charset=utf-8",
        "/data/all.json": "application/json", "/static/app.js": "javascript", "/pages/caf%C3%A9%20%26%20co.html": "text/html; charset=utf-8",
    }.items():  # fmt: skip
        status, headers, _ = running.get(path)
        assert status == 200 and kind in headers["content-type"], (path, headers)
        assert headers["x-content-type-options"] == "nosniff"
    status, _, body = running.get("/no/such.html")
    assert status == 404 and body == SITE["404.html"]


def test_what_browsers_may_keep(running: Running) -> None:
    for path, kept in {
        "/": "no-cache",
        "/static/style.css": "max-age=3600",
        "/search/en/header.js": "no-cache",
    }.items():
        _, headers, _ = running.get(path)
        assert headers["cache-control"] == kept, path
        assert running.get(path, If_None_Match=headers["etag"])[0] == 304


def test_packed_and_in_parts(running: Running) -> None:
    _, headers, body = running.get("/static/style.css", Accept_Encoding="gzip")
    assert headers["content-encoding"] == "gzip" and gzip.decompress(body) == SITE["static/style.css"]
    assert running.get("/data/all.json", Range="bytes=5-9")[2] == SITE["data/all.json"][5:10]


def test_no_lists_and_no_ways_out(running: Running, tmp_path: Path) -> None:
    for path in ("/static/", "/trust/", "/../state.json", "/%2e%2e/state.json", "/..%2fstate.json"):
        status, _, body = running.get(path)
        assert status in (400, 403, 404) and b"auzolan-mirror" not in body and b"style.css" not in body, path
    if running.name == "caddy":
        return  # which follows links: the page says so
    (tmp_path / "secret.html").write_text("secret")
    link = running.place.root / "site" / "link.html"
    link.symlink_to(tmp_path / "secret.html")
    status, _, body = running.get("/link.html")
    link.unlink()
    assert status in (403, 404) and b"secret" not in body


def test_a_mirror_of_what_it_shows(running: Running, tmp_path: Path) -> None:
    other = Place(tmp_path / "other")
    with closing(carrier_of(f"http://127.0.0.1:{running.port}/", patience(60, 0))) as carrier:
        sync(other, carrier, DAY)
    assert tree(other.root / "site") == tree(running.place.root / "site")


def test_zz_a_new_copy_is_shown_without_a_word(running: Running, tmp_path: Path) -> None:
    Commons().copy(tmp_path / "site", {**SITE, "index.html": b"<h1>Home, again</h1>"}, 2)
    sync(running.place, Folder(tmp_path / "site"), DAY)
    assert running.get("/")[2] == b"<h1>Home, again</h1>"
