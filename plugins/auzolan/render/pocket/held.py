"""Texts and bytes come in; what goes into one HTML file goes out: lines of a name and of packed bytes, for `pocket/held.ts`.

They are packed by Zstandard, which sees as far back as there is something to see: pages of entries are long, and much alike, so that
it takes half of what deflate would, with its 32 KB. Packed bytes are written in 91 signs, 13 bits in two: 1.23 bytes for each one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

SIGNS = "".join(chr(code) for code in range(0x21, 0x7F) if chr(code) not in "&<\\")
"""What packed bytes are written in: all that can be seen of ASCII, but for what HTML might read otherwise."""
LEVEL = 19
"""Of Zstandard: the last that takes no more time than all the rest."""
WINDOW = 24
"""It sees 16 MB back."""
_BITS = 13
_PIECES = re.compile(r'(?<=\n)|(?=\{"name":)')
"""Where texts that have much in common are cut: at line ends, and between the fields of a declaration."""


def packed(data: bytes) -> str:
    """How many bytes are packed, a blank, and these in signs."""
    import zstandard

    parameters = zstandard.ZstdCompressionParameters.from_level(LEVEL, source_size=len(data), window_log=WINDOW)
    small = zstandard.ZstdCompressor(compression_params=parameters).compress(data)
    return f"{len(small)} {signs(small)}"


def signs(data: bytes) -> str:
    """The bytes, 13 bits in two signs, the high ones first; what is missing at the end is zeros."""
    pairs = [one + other for one in SIGNS for other in SIGNS][: 1 << _BITS]
    step = _BITS * 16
    found = []
    for at in range(0, len(data), step):
        part = data[at : at + step]
        count = -(-len(part) * 8 // _BITS)
        number = int.from_bytes(part, "big") << (count * _BITS - len(part) * 8)
        found += [pairs[(number >> shift) & (1 << _BITS) - 1] for shift in range((count - 1) * _BITS, -1, -_BITS)]
    return "".join(found)


def packed_json(value: Any) -> str:
    """The same of a value, as JSON."""
    return packed(json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode())


def lines(items: Mapping[str, str]) -> str:
    """The lines of packed items, by their names (of no blanks)."""
    return "".join(f"{name} {data}\n" for name, data in items.items())


def shared(texts: Mapping[str, str]) -> dict[str, Any]:
    """Texts of which much is the same: `pieces`, each once, and for each of the `texts` the numbers of its pieces."""
    numbers: dict[str, int] = {}
    told = {name: [numbers.setdefault(piece, len(numbers)) for piece in _pieces(text)] for name, text in texts.items()}
    return {"pieces": list(numbers), "texts": told}


def _pieces(text: str) -> Iterable[str]:
    return _PIECES.split(text)


def blocks(items: Sequence[Any], size: int) -> list[Sequence[Any]]:
    """The items in runs of `size`: one is unpacked whole where one of its items is wanted."""
    return [items[at : at + size] for at in range(0, len(items), size)]
