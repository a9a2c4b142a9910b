"""`auzolan mirror serve`: what was signed is shown, a new copy is taken up, and browsers are told of what it is a copy."""

from __future__ import annotations

import concurrent.futures
import datetime
import gzip
import json
import re
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest
from tests.cli.serving import Client
from tests.mirror.signed import DAY, FILES, Commons, put
from tests.running import ROOT, auzolan

from auzolan.cli import mirror_served
from auzolan.cli.mirror_served import ServedCopy
from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused
from auzolan.mirror.showing import shown
from auzolan.mirror.syncing import sync
from auzolan.model.parts import Part
from auzolan.render.doors.copied import Line, Words

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
LINE = '<p><a href="mirror.html?lang=en">A copy of edition 1, verified on 2 May 2026</a></p>'
LATER = DAY + datetime.timedelta(days=1)
clients: list[Client] = []


@pytest.fixture(autouse=True)
def ended(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setattr("auzolan.mirror.place.settle", lambda: None)
    monkeypatch.setattr(mirror_served, "LOOK", 0.0)
    yield
    while clients:
        clients.pop().end()


def client(where: Path) -> Client:
    clients.append(Client(ServedCopy(where, shown(where, LATER, lambda *_: None))))
    return clients[-1]


@pytest.fixture
def commons(tmp_path: Path) -> Commons:
    made = Commons()
    made.copy(tmp_path / "site")
    sync(Place(tmp_path / "mirror"), Folder(tmp_path / "site"), LATER)
    return made


@pytest.fixture(params=["mirror", "folder", "zip"])
def shown_one(request: pytest.FixtureRequest, tmp_path: Path, commons: Commons) -> Path:
    if request.param == "zip":
        with zipfile.ZipFile(tmp_path / "copy.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted((tmp_path / "site").rglob("*")):
                packed.write(path, path.relative_to(tmp_path / "site").as_posix())
        return tmp_path / "copy.zip"
    return tmp_path / ("mirror" if request.param == "mirror" else "site")


def test_whoever_copies_gets_what_was_signed(shown_one: Path, tmp_path: Path) -> None:
    site = client(shown_one)
    for path, data in FILES.items():
        answer = site.get("/" + path.replace(" ", "%20").replace("é", "%C3%A9"))
        assert (answer.status_code, answer.content) == (200, data), path
        assert answer.headers["auzolan-copy"] == "edition=1; verified=2026-05-02T12:00:00Z"
        assert answer.headers["x-content-type-options"] == "nosniff"
    other = Place(tmp_path / "again")
    address = f"http://127.0.0.1:{site.socket.getsockname()[1]}/"
    with closing(carrier_of(address, patience(60, 0))) as carrier:
        assert sync(other, carrier, LATER).fetched == len(FILES)


def test_whoever_reads_is_told_of_what_it_is_a_copy(shown_one: Path) -> None:
    site = client(shown_one)
    page = site.get("/", BROWSER)
    assert page.text == FILES["index.html"].decode().replace("</body>", f'<div class="wrap">{LINE}</div></body>')
    assert page.headers["vary"] == "Accept, Accept-Encoding" and page.headers["cache-control"] == "no-cache"
    assert page.headers["etag"] != site.get("/").headers["etag"]
    missing = site.get("/deep/er/nothing.html", BROWSER)
    assert missing.status_code == 404 and 'href="/mirror.html?lang=en"' in missing.text
    about = site.get("/mirror.html")
    assert (
        "<dd><bdi>1, 1 May 2026</bdi></dd>" in about.text
        and "default-src 'none'" in about.headers["content-security-policy"]
    )
    told = json.loads(site.get("/mirror.json").content)
    assert (told["serial"], told["verified"], told["signed"]) == (1, "2026-05-02T12:00:00Z", ["anna", "berta"])


def test_the_page_about_a_copy_names_the_sites_sign(tmp_path: Path, commons: Commons) -> None:
    """Browsers ask for `/favicon.ico` otherwise, which no copy has."""
    assert 'rel="icon"' not in client(tmp_path / "mirror").get("/mirror.html").text
    commons.copy(tmp_path / "signed", {**FILES, "static/favicon.svg": b"<svg/>"})
    assert '<link rel="icon" href="static/favicon.svg">' in client(tmp_path / "signed").get("/mirror.html").text


def test_a_part_says_of_what_it_is_one(tmp_path: Path, commons: Commons) -> None:
    part = Part(commons.site, {"country": ("ES",)}, True, 3, 8)
    for address, said in (
        ("https://ours.example", 'The whole is at <a href="https://ours.example">'),
        ("", "For the whole, ask whoever gave it to you."),
    ):
        commons.copy(tmp_path / "part", site=part.site, part=part, address=address)
        site = client(tmp_path / "part")
        told = site.get("/mirror.html").text
        assert f"This is a part of Our commons: Spain (ES), 3 of 8 entries. {said}" in told
        assert json.loads(site.get("/mirror.json").text)["part"] == part.told()


@pytest.mark.parametrize(
    ("asked", "accepted", "language", "title"),
    [
        ("", "", "en", "A copy"),
        ("?lang=ca", "fr", "ca", "Una còpia"),
        ("", "de;q=0.9, fr-CA, en", "fr", "Une copie"),
        ("?lang=es-MX", "", "es", "Una copia"),
        ("?lang=ar", "", "en", "A copy"),
        ("?lang=../../x", "../ca, *", "en", "A copy"),
        ("?lang=%00", "," * 5_000, "en", "A copy"),
    ],
)
def test_what_is_told_of_a_copy_is_told_in_the_readers_language(
    tmp_path: Path, commons: Commons, asked: str, accepted: str, language: str, title: str
) -> None:
    site = client(tmp_path / "mirror")
    page = site.get(f"/mirror.html{asked}", {"Accept-Language": accepted} if accepted else {})
    assert f'<html lang="{language}" dir="ltr">' in page.text and f"<h1>{title}</h1>" in page.text
    assert re.search(r"auzolan mirror sync http://\S+/ our-mirror", page.text)


def test_the_line_is_said_in_the_pages_language_where_there_are_words() -> None:
    line = Line(3, LATER, Words([ROOT / "theme"]))
    said = line.put('<html lang="ca"><body></body>', "mirror.html")
    assert 'href="mirror.html?lang=ca">Una còpia de l’edició 3, verificada el 2 de maig del 2026' in said
    foreign = line.put('<html lang="ar" dir="rtl"><body></body>', "mirror.html")
    assert '?lang=en" lang="en" dir="ltr">A copy of edition 3, verified on 2 May 2026' in foreign


def test_types(shown_one: Path) -> None:
    site = client(shown_one)
    kinds = {
        path: site.get(f"/{path}").headers["content-type"]
        for path in ("index.html", "static/style.css", "data/all.json", "SHA256SUMS")
    }
    assert kinds == {
        "index.html": "text/html; charset=utf-8", "static/style.css": "text/css; charset=utf-8",
        "data/all.json": "application/json", "SHA256SUMS": "text/plain; charset=utf-8",
    }  # fmt: skip


def test_caches_are_told_when_to_ask(shown_one: Path) -> None:
    site = client(shown_one)
    style = site.get("/static/style.css")
    assert style.headers["cache-control"] == "max-age=3600"
    for tag in (style.headers["etag"], f'"x", W/{style.headers["etag"]}'):
        again = site.get("/static/style.css", {"If-None-Match": tag})
        assert (again.status_code, again.content) == (304, b"")
    page = site.get("/", BROWSER)
    assert site.get("/", {**BROWSER, "If-None-Match": page.headers["etag"]}).status_code == 304
    assert site.get("/", {"If-None-Match": page.headers["etag"]}).status_code == 200


@pytest.mark.parametrize("whole", [mirror_served.WHOLE, 10])
def test_parts_of_files(shown_one: Path, monkeypatch: pytest.MonkeyPatch, whole: int) -> None:
    monkeypatch.setattr(mirror_served, "WHOLE", whole)
    site, data = client(shown_one), FILES["data/all.json"]
    tag = site.get("/data/all.json").headers["etag"]
    for told, part in {"bytes=0-9": data[:10], "bytes=100-": data[100:], "bytes=-7": data[-7:]}.items():
        answer = site.get("/data/all.json", {"Range": told, "If-Range": tag, "Accept-Encoding": "gzip"})
        assert (answer.status_code, answer.content) == (206, part)
    assert site.get("/data/all.json", {"Range": "bytes=99999999-"}).status_code == 416
    assert site.get("/data/all.json", {"Range": "bytes=0-9", "If-Range": '"other"'}).content == data
    assert site.get("/data/all.json", {"Range": "lines=1-2"}).content == data
    head = site.get("/data/all.json", method="HEAD")
    assert (head.content, head.headers["content-length"]) == (b"", str(len(data)))


def test_what_shrinks_is_packed_for_those_who_take_it(shown_one: Path) -> None:
    site, data = client(shown_one), FILES["data/all.json"]
    packed = site.get("/data/all.json", {"Accept-Encoding": "br, gzip"})
    assert packed.headers["content-encoding"] == "gzip" and gzip.decompress(packed.content) == data
    assert len(packed.content) < len(data) / 10 and packed.headers["vary"] == "Accept-Encoding"
    assert site.get("/data/all.json", {"Accept-Encoding": "gzip;q=0"}).content == data
    again = site.get("/data/all.json", {"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]})
    assert again.status_code == 304
    assert "content-encoding" not in site.get("/index.html", {"Accept-Encoding": "gzip"}).headers


def test_folders_are_not_listed(shown_one: Path) -> None:
    site = client(shown_one)
    for path in ("/tools/", "/tools", "/static", "/trust/", "/data/"):
        assert site.get(path).status_code == 404
        assert b"No such page" in site.get(path).content
    assert site.get("/", method="POST").status_code == 405


@pytest.mark.parametrize(
    "path",
    [
        "/../state.json",
        "/%2e%2e/state.json",
        "//etc/passwd",
        "/..%2fstate.json",
        "/link",
        "/folder/secret.txt",
        "/evil.html",
        "/edition.json.evil.html",
        "/index.html%00",
        "/static\\style.css",
    ],
)
def test_nothing_else_is_shown(tmp_path: Path, commons: Commons, path: str) -> None:
    shown_ = tmp_path / "mirror" / "site"
    put(tmp_path, {"out/secret.txt": b"secret", "mirror/secret.txt": b"secret"})
    (shown_ / "link").symlink_to(tmp_path / "out" / "secret.txt")
    (shown_ / "folder").symlink_to(tmp_path / "out", target_is_directory=True)
    put(shown_, {"evil.html": b"secret", "edition.json.evil.html": b"secret"})
    answer = client(tmp_path / "mirror").get(path)
    assert answer.status_code == 404 and b"secret" not in answer.content and b"auzolan-mirror" not in answer.content


def test_what_is_not_as_it_was_signed_is_not_shown(tmp_path: Path, commons: Commons) -> None:
    site, shown_ = client(tmp_path / "mirror"), tmp_path / "mirror" / "site"
    (shown_ / "index.html").write_bytes(b"<script>evil()</script>")
    answer = site.get("/")
    assert answer.status_code == 500 and b"evil" not in answer.content
    put(tmp_path, {"elsewhere.css": FILES["static/style.css"]})
    (shown_ / "static" / "style.css").unlink()
    (shown_ / "static" / "style.css").symlink_to(tmp_path / "elsewhere.css")
    assert site.get("/static/style.css").status_code == 500


def test_a_damaged_copy_shows_what_is_whole(tmp_path: Path, commons: Commons) -> None:
    (tmp_path / "site" / "tools" / "oven.html").write_bytes(b"<script>evil()</script>")
    found = shown(tmp_path / "site", LATER, lambda *_: None)
    assert found.left_out == ("tools/oven.html",)
    site = client(tmp_path / "site")
    assert site.get("/tools/oven.html").status_code == 404 and site.get("/").status_code == 200


def test_a_copy_that_is_not_authentic_is_not_shown(tmp_path: Path, commons: Commons) -> None:
    commons.copy(tmp_path / "site", serial=2, by=["anna"])
    with pytest.raises(Refused):
        shown(tmp_path / "site", LATER, lambda *_: None)
    done = auzolan("mirror", "serve", "site", "--port", "0", cwd=tmp_path)
    assert done.returncode == 1 and "refused (signatures)" in done.stderr


def test_a_new_copy_is_taken_up(tmp_path: Path, commons: Commons) -> None:
    site = client(tmp_path / "mirror")
    assert b"Home" in site.get("/").content
    commons.copy(tmp_path / "site", {**FILES, "index.html": b"<h1>Home, again</h1>"}, 2)
    sync(Place(tmp_path / "mirror"), Folder(tmp_path / "site"), LATER)
    assert site.get("/").content == b"<h1>Home, again</h1>"
    assert json.loads(site.get("/mirror.json").content)["serial"] == 2


def test_two_hundred_readers_at_once(tmp_path: Path, commons: Commons) -> None:
    site = client(tmp_path / "mirror")
    paths = ["/", "/static/style.css", "/data/all.json", "/tools/oven.html"]
    with concurrent.futures.ThreadPoolExecutor(200) as readers:
        found = list(readers.map(lambda at: site.get(paths[at % 4]).status_code, range(200)))
    assert found == [200] * 200


def test_search_without_scripts(everything: Path, tmp_path: Path) -> None:
    files = {path.relative_to(everything / "output").as_posix(): path.read_bytes()
             for path in (everything / "output").rglob("*") if path.is_file() and path.name != "SHA256SUMS"}  # fmt: skip
    Commons().copy(tmp_path / "site", files)
    site = client(tmp_path / "site")
    answer = site.get("/search/?q=oven", BROWSER)
    assert answer.status_code == 200 and 'id="answered"' in answer.text
    assert answer.text.count("A copy of edition 1") == 1 and 'href="../mirror.html?lang=en"' in answer.text
    page = site.get("/index.html", BROWSER).text
    assert page.index("A copy of edition 1") < page.index("</footer>")
