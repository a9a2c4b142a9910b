"""Theme folders and the content's pictures come in; the files that pages lean on go out: styles, signs, scripts, pictures."""

from __future__ import annotations

import io
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Unit
from auzolan.render.shared.context import Context

PUBLISHED = frozenset({".css", ".svg", ".js", ".txt", ".png", ".ico", ".woff2", ".webp", ".jpg"})
"""What of a theme's `static/` is published; `outlines.json` and the like are for the build alone."""

APART = frozenset({"pocket.css", "built/pocket.js"})
"""What of it no page of a site asks for: it goes into pocket editions."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`static/…` of all theme folders, the first that has a file winning, and `images/…`."""
    seen = set(APART)
    for theme in context.themes:
        static = theme / "static"
        for path in sorted(static.rglob("*")) if static.is_dir() else ():
            name = path.relative_to(static).as_posix()
            hidden = any(part.startswith(".") for part in name.split("/"))
            if path.is_symlink() or not path.is_file() or hidden or path.suffix not in PUBLISHED or name in seen:
                continue
            seen.add(name)
            yield Unit(f"static {name}", partial(_copy, path, f"static/{name}"))
    for name in sorted(commons.catalog.images):
        yield Unit(f"image {name}", partial(_image, commons, name))


def _copy(path: Path, to: str) -> Iterator[File]:
    yield File(to, path.read_bytes())


def _image(commons: Commons, name: str) -> Iterator[File]:
    image = commons.catalog.images[name]
    data = (commons.catalog.settings.root / image.path).read_bytes()
    yield File(f"images/{name}", without_metadata(data, image.format))


def without_metadata(data: bytes, format_: str) -> bytes:
    """The picture drawn anew: its pixels, turned as its EXIF says, and nothing of what a camera or a program noted."""
    from PIL import Image, ImageOps  # most builds make no picture anew

    with Image.open(io.BytesIO(data), formats=[format_]) as opened:
        picture = ImageOps.exif_transpose(opened)
        if format_ == "JPEG" and picture.mode not in ("RGB", "L"):
            picture = picture.convert("RGB")
        kept = Image.new(picture.mode, picture.size)
        if picture.palette is not None:
            kept.putpalette(picture.palette)
        kept.paste(picture)
        if "transparency" in picture.info and picture.mode == "P":
            kept.info["transparency"] = picture.info["transparency"]
        buffer = io.BytesIO()
        options = {"quality": 85, "optimize": True} if format_ in ("JPEG", "WEBP") else {"optimize": True}
        kept.save(buffer, format_, **options)
    return buffer.getvalue()
