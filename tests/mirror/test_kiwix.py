"""A copy becomes a ZIM file, item by item, with its titles, redirections and words; zimcheck accepts it."""

from __future__ import annotations

import datetime
import io
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.running import auzolan, tree, write

from auzolan.mirror.kiwix import about as told_by
from auzolan.mirror.kiwix.pages import read
from auzolan.model.errors import AuzolanError, MissingFolder

zim = pytest.importorskip("libzim", reason="libzim is not to be had for this Python: auzolan[zim]")

from libzim.reader import Archive  # noqa: E402
from libzim.search import Query, Searcher  # noqa: E402
from libzim.suggestion import SuggestionSearcher  # noqa: E402


@pytest.fixture
def packed(everything_zim: Path) -> Path:
    """The ZIM file of tests/sites/everything."""
    return everything_zim


def test_every_file_is_an_item_or_a_redirection(everything: Path, packed: Path) -> None:
    archive = Archive(packed)
    for path in tree(everything / "output"):
        entry = archive.get_entry_by_path(path)
        if entry.is_redirect:
            assert b'http-equiv="refresh"' in (everything / "output" / path).read_bytes()
        else:
            assert bytes(entry.get_item().content) == (everything / "output" / path).read_bytes(), path
    assert archive.main_entry.get_item().path == "index.html" and archive.check()


def test_old_addresses_lead_to_new_ones(packed: Path) -> None:
    archive = Archive(packed)
    found = {entry.path: entry.get_redirect_entry().path for entry in _entries(archive) if entry.is_redirect}
    assert found["organizations/old-network.html"] == "organizations/xarxa-de-l-horta.html"
    assert found["ca/organizations/old-network.html"] == "ca/organizations/xarxa-de-l-horta.html"


def _entries(archive: Archive) -> Iterator[object]:
    for number in range(archive.entry_count):
        if archive.has_entry_by_path(archive._get_entry_by_id(number).path):
            yield archive._get_entry_by_id(number)


def test_entries_are_found_by_title_and_by_their_words_and_lists_are_not(packed: Path) -> None:
    archive = Archive(packed)
    titles = list(SuggestionSearcher(archive).suggest("Common").getResults(0, 10))
    assert "cooperatives/horta-comuna.html" in titles
    found = list(Searcher(archive).search(Query().set_query("bosses")).getResults(0, 50))
    assert "cooperatives/horta-comuna.html" in found
    assert not [path for path in found if "/index" in path or path.startswith(("data/", "static/"))]
    assert archive.get_entry_by_path("cooperatives/horta-comuna.html").title == "Common Garden & Sons <Ltd>"


def test_metadata_say_what_it_is(packed: Path) -> None:
    archive = Archive(packed)

    def said(name: str) -> str:
        return bytes(archive.get_metadata(name)).decode()

    assert (
        said("Title") == "Everything <once>" and said("Language") == "eng,cat,ara" and said("Name").endswith("_mul_all")
    )
    assert 0 < len(said("Description")) <= 80 and len(said("Title")) <= 30 and said("Scraper").startswith("auzolan ")
    assert datetime.date.fromisoformat(said("Date")) and "CC0-1.0" in said("License")
    from PIL import Image

    with Image.open(io.BytesIO(bytes(archive.get_illustration_item(48).content))) as picture:
        assert picture.size == (48, 48) and picture.format == "PNG"


@pytest.mark.skipif(shutil.which("zimcheck") is None, reason="zimcheck is not installed: apt install zim-tools")
def test_zimcheck_accepts_it(packed: Path) -> None:
    done = subprocess.run(["zimcheck", "-A", str(packed)], capture_output=True, text=True, check=False)
    said = done.stdout + done.stderr
    assert done.returncode == 0 and "Overall Test Status: Pass" in said and "ERROR" not in said, said


def test_it_is_verified_item_by_item(everything: Path, packed: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(everything / "output", copy)
    done = auzolan("zim", "copy", "--verify", str(packed), cwd=tmp_path)
    assert done.returncode == 0 and "item by item" in done.stderr
    (copy / "404.html").write_bytes(b"other")
    (copy / "map.html").unlink()
    write(copy, {"more.html": "more"})
    done = auzolan("zim", "copy", "--verify", str(packed), cwd=tmp_path)
    assert done.returncode == 1 and set(done.stdout.splitlines()) == {"~ 404.html", "- more.html", "+ map.html"}


def test_a_file_is_written_whole_or_not_at_all(everything: Path, tmp_path: Path) -> None:
    (tmp_path / "old.zim").write_bytes(b"old")
    done = auzolan("zim", "absent", "-o", "old.zim", cwd=tmp_path)
    assert done.returncode == 2 and "no built site" in done.stderr and (tmp_path / "old.zim").read_bytes() == b"old"
    done = auzolan("zim", str(everything / "output"), "-o", "/proc/no/x.zim", cwd=tmp_path)
    assert done.returncode == 2 and "cannot be written" in done.stderr
    done = auzolan("zim", str(everything / "output"), "--verify", "old.zim", cwd=tmp_path)
    assert done.returncode == 2 and "no ZIM file" in done.stderr
    assert [path.name for path in tmp_path.iterdir()] == ["old.zim"]


def test_a_page_is_read_for_its_title_its_text_and_where_it_leads() -> None:
    html = ('<!doctype html><html><head><title>A &amp; B ·  C</title><meta http-equiv="refresh" content="0; url=../x/y%20z.html">'
            "</head><body><nav>Find</nav><main><h1>A</h1><p>one<b>two</b><script>3</script></p><nav>4</nav></main>5</body>")  # fmt: skip
    found = read("a/b.html", html)
    assert found.title == "A & B · C" and found.leads_to == "x/y z.html" and found.text.split() == ["A", "onetwo"]


@pytest.mark.parametrize("link", ["https://example.org/", "//example.org/x", "../../up", "/root", "", "#x"])
def test_a_page_leads_on_within_the_site_alone(link: str) -> None:
    assert read("a/b.html", f'<meta http-equiv="refresh" content="0; url={link}">').leads_to == ""


def test_what_is_no_site_is_said_to_be_none(tmp_path: Path) -> None:
    with pytest.raises(MissingFolder):
        told_by.about(tmp_path)
    (tmp_path / "index.html").write_bytes(b"<title>x</title>")
    with pytest.raises(AuzolanError, match=r"everything\.json"):
        told_by.about(tmp_path)


@pytest.mark.parametrize(
    ("tag", "code"), [("ca", "cat"), ("es", "spa"), ("eu", "eus"), ("zh-Hant", "zho"), ("pt-BR", "por"), ("xx", "und")]
)
def test_languages_have_three_letters(tag: str, code: str) -> None:
    assert told_by.three_letters(tag) == code
