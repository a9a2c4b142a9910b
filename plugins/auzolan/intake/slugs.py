"""A name in any script comes in; an ASCII slug that is free goes out."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Container, MutableMapping

from anyascii import anyascii

from auzolan.model.text import SLUG_MAX, is_slug

_GAPS = re.compile(r"[^a-z0-9]+")


def slug_of(name: str, taken: Container[str] = (), numbers: MutableMapping[str, int] | None = None) -> str:
    """`Cooperativa Integral Catalana` → `cooperativa-integral-catalana`; the next free number behind it where it is taken.
    "entry" where no letter can be written in ASCII. Who asks thousands of times keeps `numbers`: the last one of each slug."""
    ascii_ = anyascii(unicodedata.normalize("NFKC", name)).lower()
    words = [word for word in _GAPS.split(ascii_) if word]
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > SLUG_MAX - 4:
            break
        slug = longer
    slug = slug or "".join(words)[: SLUG_MAX - 4] or "entry"
    numbers = {} if numbers is None else numbers
    number = numbers.get(slug, 1)
    candidate = slug
    while candidate in taken or not is_slug(candidate):
        number += 1
        end = f"-{number}"
        candidate = slug[: SLUG_MAX - len(end)].rstrip("-") + end
    numbers[slug] = number
    return candidate
