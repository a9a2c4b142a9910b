"""render/doors/take.py: every download with what one must know before carrying it away."""

from __future__ import annotations

from tests.render import factory as f
from tests.render import site as s

from auzolan.model.text import in_groups
from auzolan.render.doors.take import size_words, units_of

SUM = "0123456789abcdef" * 4


def download(path: str, key: str, size: int = 1234, **more: object) -> dict[str, object]:
    """A download as the exports tell of it."""
    return {
        "path": path,
        "size": size,
        "sha256": SUM,
        "license": "CC0-1.0",
        "exceptions": 0,
        "key": key,
        "kind": "",
        **more,
    }


def test_every_download_is_told_with_size_licence_and_checksum() -> None:
    downloads = [
        download("data/everything.json", "everything", 2_345_678, license="CC0-1.0 AND CC-BY-SA-4.0", exceptions=2),
        download("data/cooperatives.csv", "csv-cooperatives", kind="cooperative"),
        download("data/schemas/tool.schema.json", "schemas", kind="tool"),
        download("data/source.zip", "source", 42),
        download("data/new-thing.bin", "unheard-of"),
    ]
    html = s.built(f.commons(), units_of, downloads=downloads)["data/index.html"]
    page = s.tree(html)
    for one in downloads:
        assert page.xpath(f"//a[@href='../{one['path']}'][@download]")
    words = s.text(html)
    for said in ("2.3 MB", "1.2 kB", "42 bytes", "Cooperatives", "Form: Tools", "new-thing.bin", "2 of its items"):
        assert said in words
    assert "".join(page.xpath("(//details[@class='sum256']//code)[1]//text()")) == SUM
    assert page.xpath("//p[@class='where']//a[contains(@href, 'CC-BY-SA-4.0')]")
    assert "sha256sum -c SHA256SUMS" in words and "auzolan init my-commons --from source.zip" in words
    assert not s.faults(html)


def test_without_downloads_the_page_says_so_and_without_the_plugin_there_is_none() -> None:
    html = s.built(f.commons(), units_of)["data/index.html"]
    assert "nothing to download" in s.text(html) and not s.faults(html)
    assert not s.built(f.commons(f.settings(features=frozenset({"directory"}))), units_of)


def test_the_way_to_mirror_is_told_where_the_site_has_an_address() -> None:
    assert "wget" not in s.built(f.commons(), units_of)["data/index.html"]
    html = s.built(f.commons(f.settings(site_url="https://example.org/c")), units_of)["data/index.html"]
    told = s.text(html)
    assert "wget https://example.org/c/SHA256SUMS" in told and "--cut-dirs=1 -i -" in told
    assert "auzolan mirror sync https://example.org/c/ our-mirror" in told
    html = s.built(f.commons(f.settings(site_url="https://example.org")), units_of)["data/index.html"]
    assert "--cut-dirs" not in html


def test_what_the_whole_site_takes_is_told_in_two_figures() -> None:
    told = s.text(s.built(f.commons(), units_of, extent=(4_171, 45_916_899))["data/index.html"])
    assert "about 46 MB, in about 4,200 files." in told
    assert "The whole site takes" not in s.text(s.built(f.commons(), units_of)["data/index.html"])


def test_sizes_and_checksums_as_people_read_them() -> None:
    speaker = s.context(f.commons()).speakers["en"]
    assert size_words(speaker, 1) == "1 byte"
    assert size_words(speaker, 999) == "999 bytes"
    assert size_words(speaker, 1_000) == "1\u00a0kB"
    assert size_words(speaker, 12_345_678) == "12\u00a0MB"
    assert in_groups(SUM)[0] == "01234567" and "".join(in_groups(SUM)) == SUM
