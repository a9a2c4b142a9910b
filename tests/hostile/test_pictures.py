"""Pictures that cannot be drawn, or that few expect, come in; findings go out, and no picture stops another."""

from __future__ import annotations

import io
import random
from pathlib import Path

from PIL import Image

from auzolan.load.images import load_images


def noise(format_: str, **options: object) -> bytes:
    picture = Image.frombytes("RGB", (200, 200), random.Random(1).randbytes(120_000))
    buffer = io.BytesIO()
    picture.save(buffer, format_, **options)  # type: ignore[arg-type]
    return buffer.getvalue()


def loaded(folder: Path, pictures: dict[str, bytes]) -> tuple[dict[str, str], list[str]]:
    (folder / "content" / "images").mkdir(parents=True)
    for name, data in pictures.items():
        (folder / "content" / "images" / name).write_bytes(data)
    images, told = load_images(folder / "content", folder)
    return {name: image.format for name, image in images.items()}, [one.code for one in told]


def test_pictures_that_end_too_early_are_told_and_cost_the_others_nothing(tmp_path: Path) -> None:
    whole = noise("JPEG")
    pictures = {
        "good.jpg": whole,
        "half.jpg": whole[: len(whole) // 2],
        "half.png": noise("PNG")[:50_000],
        "half.webp": noise("WEBP", lossless=True)[:50_000],
    }
    assert loaded(tmp_path, pictures) == ({"good.jpg": "JPEG"}, ["G001"] * 3)


def test_what_many_cameras_write_is_a_jpeg(tmp_path: Path) -> None:
    two = noise("MPO", save_all=True, append_images=[Image.new("RGB", (8, 8))])
    assert loaded(tmp_path, {"camera.jpg": two}) == ({"camera.jpg": "JPEG"}, [])
