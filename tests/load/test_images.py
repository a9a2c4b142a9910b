"""Pictures: what they are inside, how large, and what they must not tell."""

from __future__ import annotations

import io
import struct
import zlib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo
from tests.load.sites import codes, site

from auzolan.load.images import load_images


def picture(format_: str = "JPEG", size: tuple[int, int] = (8, 6), **more: object) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", size, "teal").save(out, format_, **more)
    return out.getvalue()


def located() -> bytes:
    exif = Image.Exif()
    exif.get_ifd(0x8825)[1] = "N"
    return exif.tobytes()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def bomb(width: int, height: int) -> bytes:
    """A PNG whose few bytes claim many pixels."""
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 1, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", zlib.compress(b"\0" * 1000)) + chunk(b"IEND", b"")


def read(root: Path, **files: bytes) -> tuple[list[str], list[str]]:
    site(root, {f"content/images/{name.replace('_', '.')}": data for name, data in files.items()})
    images, findings = load_images(root / "content", root)
    return list(images), [code for code, _ in codes(findings)]


def test_pictures(tmp_path: Path) -> None:
    site(
        tmp_path,
        {"content/images/a.jpg": picture(), "content/images/b/c.png": picture("PNG"), "content/images/README.md": "x"},
    )
    images, findings = load_images(tmp_path / "content", tmp_path)
    assert not findings
    assert [(name, one.width, one.height, one.format) for name, one in images.items()] == [
        ("a.jpg", 8, 6, "JPEG"),
        ("b/c.png", 8, 6, "PNG"),
    ]


@pytest.mark.parametrize(
    ("format_", "name"), [("JPEG", "a_jpeg"), ("WEBP", "a_webp"), ("GIF", "a_gif"), ("PNG", "a_PNG")]
)
def test_allowed_types(tmp_path: Path, format_: str, name: str) -> None:
    assert read(tmp_path, **{name: picture(format_)}) == ([name.replace("_", ".")], [])


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("a_svg", b"<svg onload='alert(1)'/>"),
        ("a_png", b"<svg onload='alert(1)'/>"),
        ("a_jpg", b""),
        ("a_jpg", b"GIF89a"),
        ("a_bmp", picture("BMP")),
        ("a_png", picture("BMP")),
        ("a_png", picture("JPEG")),
        ("a_html", b"<script>"),
        ("a_jpg", b"\xff\xd8\xff"),
    ],
)
def test_types_that_are_not_allowed(tmp_path: Path, name: str, data: bytes) -> None:
    assert read(tmp_path, **{name: data}) == ([], ["G001"])


@pytest.mark.parametrize("size", [(1, 1), (7, 3), (3, 700), (640, 480)])
def test_small_and_narrow_pictures(tmp_path: Path, size: tuple[int, int]) -> None:
    assert read(tmp_path, a_jpg=picture(size=size)) == (["a.jpg"], [])


def test_too_many_bytes(tmp_path: Path) -> None:
    assert read(tmp_path, a_jpg=picture() + b"\0" * 1_000_000) == ([], ["G002"])


@pytest.mark.parametrize(("width", "height"), [(9000, 9000), (5000, 4001), (60_000, 60_000), (2**31 - 1, 1)])
def test_few_bytes_with_many_pixels(tmp_path: Path, width: int, height: int) -> None:
    assert read(tmp_path, a_png=bomb(width, height)) == ([], ["G002"])


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from PIL import PngImagePlugin

    def refuse(self: object) -> None:
        raise AssertionError("the picture was unpacked")

    monkeypatch.setattr(PngImagePlugin.PngImageFile, "load", refuse)
    assert read(tmp_path, a_png=bomb(9000, 9000)) == ([], ["G002"])


@pytest.mark.parametrize(("format_", "name"), [("JPEG", "a_jpg"), ("PNG", "a_png"), ("WEBP", "a_webp")])
def test_a_picture_that_tells_where_it_was_taken(tmp_path: Path, format_: str, name: str) -> None:
    assert read(tmp_path, **{name: picture(format_, exif=located())}) == ([], ["G005"])


XMP = b'<x:xmpmeta xmlns:x="adobe:ns:meta/"><r exif:GPSLatitude="41,23N"/></x:xmpmeta>'


def test_a_picture_that_tells_it_in_xmp(tmp_path: Path) -> None:
    assert read(tmp_path, a_jpg=picture(xmp=XMP), b_webp=picture("WEBP", xmp=XMP)) == ([], ["G005", "G005"])
    words = PngInfo()
    words.add_itxt("XML:com.adobe.xmp", XMP.decode(), zip=True)
    assert read(tmp_path / "png", a_png=picture("PNG", pnginfo=words)) == ([], ["G005"])


def test_links(tmp_path: Path) -> None:
    site(tmp_path, {"content/images/a.jpg": picture()})
    (tmp_path / "content/images/b.jpg").symlink_to("a.jpg")
    images, findings = load_images(tmp_path / "content", tmp_path)
    assert list(images) == ["a.jpg"] and [one.code for one in findings] == ["F003"]


HEADS = st.sampled_from([picture(), picture("PNG"), picture("GIF"), picture("WEBP"), picture(exif=located())])


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    head=HEADS,
    cut=st.integers(0, 400),
    junk=st.binary(max_size=40),
    tail=st.integers(0, 400),
    name=st.sampled_from(["jpg", "png", "webp"]),
)
def test_any_bytes_give_a_picture_or_a_finding(
    tmp_path: Path, head: bytes, cut: int, junk: bytes, tail: int, name: str
) -> None:
    images, findings = read(tmp_path, **{f"a_{name}": head[:cut] + junk + head[cut + tail :]})
    assert len(images) + len(findings) == 1
    (tmp_path / f"content/images/a.{name}").unlink()
