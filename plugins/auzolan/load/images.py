"""The images folder comes in; what each image is goes out, and findings for what may not be published."""

from __future__ import annotations

import re
import struct
import warnings
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING

from auzolan.load import files
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Image
from auzolan.model.rules import finding
from auzolan.model.text import WINDOWS_NAMES

if TYPE_CHECKING:
    from PIL import Image as Picture

FOLDER = "images"
"""Of the content: where pictures lie."""
FORMATS = {"JPEG": (".jpg", ".jpeg"), "PNG": (".png",), "WEBP": (".webp",), "GIF": (".gif",)}
MAX_BYTES = 1_000_000
MAX_PIXELS = 20_000_000
_NAME = re.compile(r"\w(?:[\w .,+()-]*[\w)])?\Z")
_GPS = 0x8825
"""EXIF's directory of coordinates."""
_SUFFIXES = tuple(suffix for suffixes in FORMATS.values() for suffix in suffixes)


def load_images(
    content: Path, root: Path, known: Mapping[str, Image] = MappingProxyType({})
) -> tuple[dict[str, Image], list[Diagnostic]]:  # fmt: skip
    """Every picture under `content/images`, by its path below that folder. Each that is not `known` is decoded
    once: one that cannot be drawn would stop the build of all the others."""
    findings: list[Diagnostic] = []
    images: dict[str, Image] = {}
    folder = content / FOLDER
    if not folder.is_dir():
        return images, findings
    for path in files.walk(folder, root, findings.append):
        if path.suffix in (".md", ".txt"):
            continue
        if not _is_name(path.relative_to(folder)):
            findings.append(finding("F001", f"`{files.printable(path.name)}` is not a usable name for a picture",
                                    Location(files.relative(path, root)),
                                    "letters, digits, hyphens, at most 100 bytes: `market-day.jpg`"))  # fmt: skip
            continue
        name = path.relative_to(folder).as_posix()
        image, problem = (known[name], None) if name in known else _image(path, root)
        if problem is not None:
            findings.append(problem)
        elif image is not None:
            images[name] = image
    return images, findings


def _is_name(inside: Path) -> bool:
    """Whether every system can hold a file of this name, and every page can name it."""
    return all(_NAME.match(part) and part.split(".")[0].lower() not in WINDOWS_NAMES for part in inside.parts) and (
        len(inside.as_posix().encode("utf-8", "surrogateescape")) <= 100
    )


def _image(path: Path, root: Path) -> tuple[Image | None, Diagnostic | None]:
    from PIL import Image as Picture
    from PIL import UnidentifiedImageError

    where = Location(files.relative(path, root))
    if path.suffix.lower() not in _SUFFIXES:
        return None, finding("G001", f"`{files.printable(path.name)}` is not a picture we publish", where,
                             "save it as JPEG, PNG, WebP or GIF")  # fmt: skip
    size = path.stat().st_size
    if size > MAX_BYTES:
        return None, finding("G002", f"the picture has {size:,} bytes; at most {MAX_BYTES:,} are published", where,
                             "make it smaller: 1200 pixels wide are enough")  # fmt: skip
    try:
        with warnings.catch_warnings():
            # What Pillow remarks on damaged metadata is nothing that a person could act on.
            warnings.simplefilter("ignore")
            warnings.simplefilter("error", Picture.DecompressionBombWarning)
            with Picture.open(path, formats=list(FORMATS)) as picture:
                width, height = picture.size
                # Many cameras write MPO: a JPEG with a second picture behind it, which is not published.
                format_ = "JPEG" if picture.format == "MPO" else picture.format or ""
                # Looking for coordinates may unpack the whole picture: its size comes first.
                if width * height > MAX_PIXELS:
                    return None, _too_many(where)
                located = _tells_place(picture)
                # An eighth of a JPEG shows as well as the whole that it can be drawn.
                picture.draft(picture.mode, (max(1, width // 8), max(1, height // 8)))
                picture.load()
    except (Picture.DecompressionBombError, Picture.DecompressionBombWarning):
        return None, _too_many(where)
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, EOFError, struct.error):
        return None, finding("G001", "this is not a JPEG, PNG, WebP or GIF picture inside", where, "save it anew")
    if path.suffix.lower() not in FORMATS.get(format_, ()):
        return None, finding("G001", f"inside, this picture is {format_}", where,
                             f"name it {path.stem}{FORMATS[format_][0]}")  # fmt: skip
    if located:
        return None, finding("G005", "the picture tells where it was taken", where,
                             "save it without its metadata (EXIF): sources are published too")  # fmt: skip
    return Image(where.path, size, width, height, format_), None


def _tells_place(picture: Picture.Image) -> bool:
    """Whether the metadata hold coordinates: in EXIF, or in XMP, which every format keeps in a place of its own."""
    if picture.getexif().get_ifd(_GPS):
        return True
    notes = (note.encode("utf-8", "replace") if isinstance(note, str) else note for note in picture.info.values())
    return any(isinstance(note, bytes) and b"GPSL" in note for note in notes)


def _too_many(where: Location) -> Diagnostic:
    return finding("G002", f"the picture has more than {MAX_PIXELS:,} pixels", where, "make it smaller")
