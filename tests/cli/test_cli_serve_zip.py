"""`auzolan serve site.zip`: what is in it is shown as it is, what may not be in it is never shown, nothing is unpacked."""

from __future__ import annotations

import re
import signal
import stat
import struct
import subprocess
import sys
import tracemalloc
import urllib.request
import warnings
import zipfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from tests.cli.serving import Client
from tests.running import NO_TRACEBACK, auzolan, environment

from auzolan.cli.served_zip import ServedZip
from auzolan.model import unzips
from auzolan.model.errors import AuzolanError
from auzolan.write.archive import Packed

FILES = {
    "404.html": b"<h1>No such page</h1>", "data/everything.json": b'{"format": 1}' * 999, "index.html": b"<h1>Home</h1>",
    "static/mark.svg": b"<svg/>", "tools/index.html": b"<h1>Tools</h1>", "tools/oven.html": b"<h1>Oven</h1>",
}  # fmt: skip


@pytest.fixture
def packed(tmp_path: Path) -> Path:
    with Packed(tmp_path / "site.zip", None) as made:
        for path, data in FILES.items():
            made.add(path, data)
    return tmp_path / "site.zip"


clients: list[Client] = []


@pytest.fixture(autouse=True)
def ended() -> Iterator[None]:
    yield
    while clients:
        clients.pop().end()


def client(path: Path, hosts: Sequence[str] = ("*",)) -> Client:
    clients.append(Client(ServedZip(path), hosts))
    return clients[-1]


def odd(path: Path, *members: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """A zip that no site was packed into."""
    with warnings.catch_warnings(), zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        warnings.simplefilter("ignore")
        for info, data in (("index.html", b"<h1>Home</h1>"), *members):
            archive.writestr(info, data)
    return path


def test_files_come_as_they_are_with_their_types(packed: Path) -> None:
    site = client(packed)
    for path, data in FILES.items():
        answer = site.get(f"/{path}")
        assert (answer.status_code, answer.content) == (200, data)
    assert site.get("/index.html").headers["content-type"] == "text/html; charset=utf-8"
    assert site.get("/static/mark.svg").headers["content-type"] == "image/svg+xml"
    assert site.get("/data/everything.json").headers["content-type"] == "application/json"


def test_folders_and_missing_pages(packed: Path) -> None:
    site = client(packed)
    assert site.get("/").content == FILES["index.html"]
    assert site.get("/tools/").content == FILES["tools/index.html"]
    moved = site.get("/tools")
    assert (moved.status_code, moved.headers["location"]) == (307, "/tools/")
    for path in ("/none.html", "/data/", "/data", "//tools", "/tools//", "/../site.zip", "/..%2fsite.zip", "/%2e%2e/x"):
        missing = site.get(path)
        assert (missing.status_code, missing.content) == (404, FILES["404.html"]), path
    assert site.get("/index.html", method="POST").status_code == 405


def test_a_site_without_a_page_for_it_still_says_not_found(tmp_path: Path) -> None:
    missing = client(odd(tmp_path / "odd.zip")).get("/%3cscript%3e")
    assert missing.status_code == 404 and "Not found" in missing.text and "<script>" not in missing.text


@pytest.mark.parametrize(
    ("wanted", "start", "end"), [("0-4", 0, 5), ("5-", 5, None), ("-7", -7, None), ("4-999999", 4, None)]
)
def test_ranges(packed: Path, wanted: str, start: int, end: int | None) -> None:
    data = FILES["data/everything.json"]
    answer = client(packed).get("/data/everything.json", headers={"Range": f"bytes={wanted}"})
    assert (answer.status_code, answer.content) == (206, data[start:end])
    first = len(data) + start if start < 0 else start
    last = len(data) if end is None else end
    assert answer.headers["content-range"] == f"bytes {first}-{last - 1}/{len(data)}"


def test_ranges_that_cannot_be_met_or_read(packed: Path) -> None:
    site = client(packed)
    beyond = site.get("/index.html", headers={"Range": "bytes=999-"})
    assert (beyond.status_code, beyond.headers["content-range"]) == (416, f"bytes */{len(FILES['index.html'])}")
    for wanted in ("bytes=1-2,4-5", "bytes=-", "lines=1-2"):
        assert site.get("/index.html", headers={"Range": wanted}).content == FILES["index.html"]
    old = {"Range": "bytes=0-1", "If-Range": '"old"'}
    assert site.get("/index.html", headers=old).content == FILES["index.html"]


def test_what_did_not_change_is_not_sent_again(packed: Path) -> None:
    site = client(packed)
    tag = site.get("/index.html").headers["etag"]
    assert site.get("/index.html", headers={"If-None-Match": tag}).status_code == 304
    head = site.get("/index.html", method="HEAD")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(FILES["index.html"])))


def test_it_answers_to_its_own_names_only(packed: Path) -> None:
    site = client(packed, ["localhost"])
    assert site.get("/").status_code == 200
    assert site.get("/", {"Host": "elsewhere.example"}).status_code == 400


HOSTILE = ["../up.html", "/etc/passwd", "a/../../up.html", "a\\..\\up.html", "c:/up.html", "./here.html", "a//b.html",
           "line\nbreak.html"]  # fmt: skip


def test_hostile_names_are_left_out(tmp_path: Path) -> None:
    (tmp_path / "up.html").write_text("outside")
    path = odd(tmp_path / "odd.zip", *((name, b"hostile") for name in HOSTILE), ("a/fine.html", b"fine"))
    served = ServedZip(path)
    assert (sorted(served.files), served.left_out) == (["a/fine.html", "index.html"], len(HOSTILE))
    site = client(path)
    for name in HOSTILE:
        answer = site.get("/" + name.replace("\\", "%5c").replace("\n", "%0a"))
        assert answer.status_code == 404 and b"hostile" not in answer.content and b"outside" not in answer.content
    assert list(tmp_path.iterdir()) in ([path, tmp_path / "up.html"], [tmp_path / "up.html", path])


def test_names_that_stand_twice_and_links_are_left_out(tmp_path: Path) -> None:
    link = zipfile.ZipInfo("link.html")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    path = odd(tmp_path / "odd.zip", ("twice.html", b"1"), ("twice.html", b"2"), (link, b"/etc/passwd"))
    served = ServedZip(path)
    assert (list(served.files), served.left_out) == (["index.html"], 3)
    assert client(path).get("/link.html").status_code == 404


def test_a_file_without_a_name_is_left_out(tmp_path: Path) -> None:
    path = odd(tmp_path / "odd.zip", ("QQQQ", b"hostile"))
    path.write_bytes(path.read_bytes().replace(b"QQQQ", b"\0QQQ"))
    served = ServedZip(path)
    assert (list(served.files), served.left_out) == (["index.html"], 1)


def test_a_name_with_a_nul_is_not_the_name_before_it(tmp_path: Path) -> None:
    path = odd(tmp_path / "odd.zip", ("secretNUL.html", b"x"))
    path.write_bytes(path.read_bytes().replace(b"secretNUL.html", b"secret\0xx.html"))
    assert list(ServedZip(path).files) == ["index.html"]


def test_a_bomb_is_left_out_and_a_large_file_comes_in_pieces(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = odd(tmp_path / "odd.zip", ("large.bin", bytes(40_000_000)))
    site = client(path)
    tracemalloc.start()
    try:
        answer = site.get("/large.bin", {"Range": "bytes=-3"})
        assert answer.headers["content-range"] == "bytes 39999997-39999999/40000000"
        assert answer.content == bytes(3)
        assert tracemalloc.get_traced_memory()[1] < 20_000_000
    finally:
        tracemalloc.stop()
    monkeypatch.setattr(unzips, "MAX_FILE", 39_999_999)
    assert ServedZip(path).left_out == 1


def test_a_zip_that_lies_is_told_as_damaged(tmp_path: Path) -> None:
    path = odd(tmp_path / "odd.zip", ("lie.html", b"words " * 99))
    data = path.read_bytes()
    crc = struct.pack("<I", zipfile.ZipFile(path).getinfo("lie.html").CRC)
    path.write_bytes(data.replace(crc, b"\0\1\2\3"))
    site = client(path)
    for _ in range(2):
        answer = site.get("/lie.html")
        assert answer.status_code == 500 and "lie.html cannot be unpacked" in answer.text
    assert site.get("/index.html").status_code == 200


def test_a_directory_too_large_to_read_is_refused(packed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(unzips, "MAX_DIRECTORY", 200)
    with pytest.raises(AuzolanError, match="directory is too large"):
        ServedZip(packed)


@pytest.mark.parametrize("data", [b"", b"no zip", b"PK\x05\x06" + bytes(18)])
def test_what_is_no_site_is_refused_with_a_way_out(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "odd.zip").write_bytes(data)
    done = auzolan("serve", "odd.zip", "--port", "0", cwd=tmp_path)
    assert done.returncode == 2 and "odd.zip" in done.stderr
    assert auzolan("serve", "none.zip", cwd=tmp_path).returncode == 2


def test_it_serves_until_it_is_interrupted(packed: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-m", "auzolan", "serve", packed.name, "--port", "0"], cwd=packed.parent, env=environment(),
        stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, encoding="utf-8",
    )  # fmt: skip
    assert process.stdout is not None
    told = ""
    while "Ctrl-C" not in told:
        line = process.stdout.readline()
        assert line, told
        told += line
    match = re.search(r"http://localhost:(\d+)/", told)
    assert match and f"site.zip is shown as it is: {len(FILES)} files, 0.0 MB." in told
    with urllib.request.urlopen(f"http://127.0.0.1:{match[1]}/tools", timeout=60) as answer:
        assert answer.read() == FILES["tools/index.html"]
    process.send_signal(signal.SIGINT)
    assert process.wait(60) == 0
    assert NO_TRACEBACK not in process.stdout.read()
    assert sorted(path.name for path in packed.parent.iterdir()) == ["site.zip"]
