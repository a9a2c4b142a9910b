"""`auzolan serve`: a change is built and shown, findings stand in the open page, and no file ever holds what reloads it."""

from __future__ import annotations

import json
import queue
import re
import signal
import socket
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from tests.running import NO_TRACEBACK, auzolan, environment, tree, write

from auzolan.cli.serve import listen

SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\nrecord: {sources: {s: {title: Seen}}}\n",
}
PATIENCE = 60.0
"""Seconds that a busy machine may need for one build; nothing here waits longer than it must."""


def until(happens: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE
    while not happens():
        assert time.monotonic() < end, "it did not happen"
        time.sleep(0.05)


class Server:
    """A running `auzolan serve`."""

    def __init__(self, site: Path) -> None:
        self.site = site
        self.told = ""
        self.process = subprocess.Popen(
            [sys.executable, "-m", "auzolan", "serve", "--port", "0"],
            cwd=site, env=environment(), stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
        )  # fmt: skip
        threading.Thread(target=self._listen, daemon=True).start()
        until(lambda: bool(re.search(r"http://localhost:\d+/", self.told)) or self.process.poll() is not None)
        match = re.search(r"http://localhost:(\d+)/", self.told)
        assert match, self.told
        self.address = f"http://127.0.0.1:{match[1]}/"
        until(self._answers)

    def _listen(self) -> None:
        assert self.process.stdout is not None
        for line in self.process.stdout:
            self.told += line

    def _answers(self) -> bool:
        try:
            self.get("index.html")
        except (urllib.error.URLError, ConnectionError):
            return False
        return True

    def get(self, path: str) -> str:
        with urllib.request.urlopen(self.address + path, timeout=PATIENCE) as answer:
            return answer.read().decode("utf-8")

    def events(self) -> queue.Queue[dict[str, object]]:
        """What an open page is told, as it comes."""
        told: queue.Queue[dict[str, object]] = queue.Queue()

        def listen() -> None:
            try:
                with urllib.request.urlopen(self.address + "_auzolan/events", timeout=PATIENCE) as stream:
                    assert stream.headers["Content-Type"].startswith("text/event-stream")
                    for line in stream:
                        if line.startswith(b"data: "):
                            told.put(json.loads(line[6:]))
            except (OSError, ValueError):
                pass

        threading.Thread(target=listen, daemon=True).start()
        return told


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    # In a folder of a name that is passed over below a site.
    made = Server(write(tmp_path_factory.mktemp("serve") / ".cache", SITE))
    yield made
    made.process.send_signal(signal.SIGINT)
    assert made.process.wait(PATIENCE) == 0, made.told
    assert NO_TRACEBACK not in made.told


def oven(server: Server, summary: str) -> None:
    write(server.site, {"directory/tools/oven.yaml": SITE["directory/tools/oven.yaml"].replace("It is hot.", summary)})


def test_a_change_is_built_shown_and_told(server: Server) -> None:
    assert "It is hot." in server.get("tools/oven.html")
    events = server.events()
    first = events.get(timeout=PATIENCE)
    oven(server, "It bakes bread.")
    until(lambda: "It bakes bread." in server.get("tools/oven.html"))
    told = events.get(timeout=PATIENCE)
    while told["built"] == first["built"]:
        told = events.get(timeout=PATIENCE)
    assert told["built"] > first["built"] and told["findings"] == ""


def test_search_finds_what_was_just_written(server: Server) -> None:
    for word in ("sourdough", "zwieback"):
        oven(server, f"It is made for {word}.")
        until(lambda word=word: 'href="./tools/oven.html"' in server.get(f"search?q={word}"))  # type: ignore[misc]
    page = server.get("search?q=zwieback")
    # The page that shows itself anew may ask its server, and nobody else.
    assert "/_auzolan/serve.js" in page and "connect-src &#39;self&#39;" in page.replace("'", "&#39;")
    assert 'href="./tools/oven.html"' not in server.get("search?q=sourdough&typed=1")


def test_findings_are_told_and_the_last_good_site_stays(server: Server) -> None:
    oven(server, "It stays.")
    until(lambda: "It stays." in server.get("tools/oven.html"))
    events = server.events()
    events.get(timeout=PATIENCE)
    write(server.site, {"directory/tools/oven.yaml": "name: Oven\nsummary: Broken.\ncategory: <b>nothing\n"})
    told = events.get(timeout=PATIENCE)
    while not told["findings"]:
        told = events.get(timeout=PATIENCE)
    assert "directory/tools/oven.yaml:3:11: error V001" in str(told["findings"])
    assert "It stays." in server.get("tools/oven.html")
    oven(server, "It is mended.")
    until(lambda: "It is mended." in server.get("tools/oven.html"))
    while told["findings"]:
        told = events.get(timeout=PATIENCE)


def test_a_new_kind_and_settings_count_too(server: Server) -> None:
    settings = SITE["pelicanconf.py"].replace("'x'", "'Another name'")
    write(server.site, {"pelicanconf.py": settings})
    until(lambda: "Another name" in server.get("index.html"))


def test_settings_that_an_editor_replaces_are_seen_each_time(server: Server) -> None:
    for name in ("Once replaced", "Twice replaced", "Another name"):
        made = server.site / ".new"
        made.write_text(SITE["pelicanconf.py"].replace("'x'", f"'{name}'"), "utf-8")
        made.replace(server.site / "pelicanconf.py")
        until(lambda name=name: name in server.get("index.html"))  # type: ignore[misc]


def test_the_process_that_builds_ends_with_the_server(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    served = Server(site)
    builders = [
        int(path.name) for path in Path("/proc").glob("[0-9]*")
        if (path / "cmdline").is_file() and f"{site}/pelicanconf.py".encode() in (path / "cmdline").read_bytes()
    ]  # fmt: skip
    assert builders
    served.process.send_signal(signal.SIGTERM)
    served.process.wait(PATIENCE)
    until(lambda: not any(Path(f"/proc/{one}").exists() for one in builders))


def test_only_the_answer_holds_the_script(server: Server) -> None:
    page = server.get("index.html")
    assert '<script src="/_auzolan/serve.js" defer></script>' in page and "connect-src &#39;self&#39;" in page.replace(
        "connect-src 'self'", "connect-src &#39;self&#39;"
    )
    for path in (server.site / "output").rglob("*"):
        if path.is_file():
            assert b"_auzolan" not in path.read_bytes(), path
    assert "EventSource" in server.get("_auzolan/serve.js")
    assert "<script>" not in page


def test_folders_and_missing_pages(server: Server) -> None:
    assert "Oven" in server.get("tools/")
    assert "Oven" in server.get("tools")
    with pytest.raises(urllib.error.HTTPError) as missing:
        server.get("tools/none.html")
    assert missing.value.code == 404 and "<h1" in missing.value.read().decode()


@pytest.mark.parametrize(
    "path", ["/../pelicanconf.py", "/..%2fpelicanconf.py", "/%2e%2e/pelicanconf.py", "//etc/passwd", "/_auzolan/../served.py",
             "/_auzolan/..%2f..%2fserved.py", "/tools/..%5c..%5cpelicanconf.py"],
)  # fmt: skip
def test_nothing_outside_the_site_is_served(server: Server, path: str) -> None:
    host, port = server.address.removeprefix("http://").rstrip("/").split(":")
    with socket.create_connection((host, int(port)), PATIENCE) as connection:
        connection.sendall(f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode())
        answer = b""
        while data := connection.recv(65536):
            answer += data
    assert answer.split(b" ")[1] in (b"404", b"400", b"307"), answer[:200]
    assert b"SITENAME" not in answer and b"root:" not in answer and b"class Served" not in answer


def test_a_link_that_leads_out_is_not_followed(server: Server) -> None:
    (server.site / "output" / "way-out.txt").symlink_to(server.site / "pelicanconf.py")
    with pytest.raises(urllib.error.HTTPError):
        server.get("way-out.txt")
    (server.site / "output" / "way-out.txt").unlink()


def test_what_is_served_is_what_is_built(server: Server, tmp_path: Path) -> None:
    assert auzolan("build", "-o", str(tmp_path / "built"), cwd=server.site).returncode == 0
    built = tree(tmp_path / "built")
    # The build that an earlier test set off may be writing still.
    until(lambda: tree(server.site / "output") == built)


def test_a_port_in_use_is_told(server: Server, tmp_path: Path) -> None:
    write(tmp_path, SITE)
    port = server.address.rstrip("/").rsplit(":", 1)[1]
    done = auzolan("serve", "--port", port, cwd=tmp_path)
    assert done.returncode == 2 and "another port: auzolan serve --port 0" in done.stderr


def test_a_site_that_begins_broken_says_why_and_recovers(tmp_path: Path) -> None:
    write(tmp_path, SITE | {"directory/tools/oven.yaml": "name: <b>[\n  - x: ["})
    process = subprocess.Popen(
        [sys.executable, "-m", "auzolan", "serve", "--port", "0"],
        cwd=tmp_path, env=environment(), stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
        encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    told = ""
    while not (match := re.search(r"http://localhost:(\d+)/", told)):
        line = process.stdout.readline()
        assert line, told
        told += line
    threading.Thread(target=process.stdout.read, daemon=True).start()
    assert "Y001" in told and NO_TRACEBACK not in told

    def status() -> tuple[int, str]:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{match[1]}/", timeout=PATIENCE) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as problem:
            return problem.code, problem.read().decode()
        except (urllib.error.URLError, ConnectionError):
            return 0, ""

    until(lambda: status()[0] == 404)
    page = status()[1]
    assert "Not built yet" in page and "Y001" in page and "<b>[" not in page
    write(tmp_path, SITE)
    until(lambda: status()[0] == 200)
    process.send_signal(signal.SIGINT)
    assert process.wait(PATIENCE) == 0


def test_answers_do_not_wait_for_a_nod() -> None:
    """asyncio sends small pieces at once where a socket says that it is TCP's."""
    with listen("127.0.0.1", 0) as listening:
        assert listening.proto == socket.IPPROTO_TCP
