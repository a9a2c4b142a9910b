"""A pocket edition flows in, as bytes; what it holds flows out: its HTML, its policy, and all that is packed in it."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import lxml.html
import zstandard

from auzolan.load.settings import load_settings
from auzolan.pipeline.pocket import Pocket, pocket
from auzolan.pipeline.read import read
from auzolan.render.pocket.about import Edition
from auzolan.render.pocket.held import SIGNS
from auzolan.render.pocket.part import Chosen, part_of


@dataclass(frozen=True, slots=True)
class Opened:
    """What a file holds. `entries` are [name, page, text of the file]."""

    text: str
    tree: Any
    items: Mapping[str, bytes]

    @property
    def entries(self) -> list[list[str]]:
        return [one for name, data in self.items.items() if re.match(r"e\d+$", name) for one in json.loads(data)]

    def page(self, name: str) -> str:
        """The page of an entry."""
        return next(page for one, page, _ in self.entries if one == name)

    @property
    def forms(self) -> dict[str, str]:
        told = json.loads(self.items["forms"])
        return {name: "".join(told["pieces"][at] for at in places) for name, places in told["texts"].items()}

    @property
    def everything(self) -> str:
        """All that anybody could read in it, packed or not."""
        packed = [data.decode("utf-8", "replace") for data in self.items.values()]
        return "\n".join([self.text.partition('id="held"')[0], *packed])

    @property
    def policy(self) -> str:
        return str(self.tree.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")[0])


def opened(data: bytes) -> Opened:
    text = data.decode("utf-8")
    tree = lxml.html.document_fromstring(text)
    lines = [line.split(" ") for line in tree.get_element_by_id("held").text.strip().split("\n")]
    items = {name: _unpacked(int(length), signs) for name, length, signs in lines}
    return Opened(text, tree, items)


def bytes_of(length: int, signs: str) -> bytes:
    number = 0
    for at in range(0, len(signs), 2):
        number = number << 13 | (SIGNS.index(signs[at]) * len(SIGNS) + SIGNS.index(signs[at + 1]))
    return (number >> (len(signs) // 2 * 13 - length * 8)).to_bytes(length, "big")


def _unpacked(length: int, signs: str) -> bytes:
    # Thousands of signs at a time: one number of all of them would take minutes.
    parts = [signs[at : at + 256] for at in range(0, len(signs), 256)]
    left, found = length, []
    for part in parts:
        here = min(left, len(part) // 2 * 13 // 8)
        found.append(bytes_of(here, part))
        left -= here
    return zstandard.ZstdDecompressor().decompress(b"".join(found))


def digest(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def pocket_of(
    site: Path, language: str, chosen: Chosen | None = None, edition: Edition | None = None, **changed: Any
) -> Pocket:
    """The file of a part of the commons in a folder, with some of its settings changed."""
    settings, told = load_settings(site / "pelicanconf.py")
    reading = read(replace(settings, **changed), told)
    commons = reading.commons
    assert commons is not None, reading.findings
    return pocket(commons, part_of(commons, chosen or {}), language, edition, lambda stage: None)
