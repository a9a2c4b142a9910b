"""`links.yaml` comes in; the addresses that need not be asked go out, each with its reason, and a finding for what is no exception.

```yaml
exceptions:
  - url: "https://www.example.org/*"
    why: It lets no program in; read by hand in November 2026.
    until: 2027-11
```
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from auzolan.load import files
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.dates import is_past, partial_date
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Mapping, Node, Scalar, Sequence, place
from auzolan.model.rules import finding

NAME = "links.yaml"
MOST = 2_000
"""Exceptions in a file."""
_KEYS = frozenset({"url", "why", "until"})


@dataclass(frozen=True, slots=True)
class Exemption:
    """An address, or the beginning of many (`starts`), that is not asked, and why."""

    url: str
    starts: bool
    why: str
    where: Location

    def covers(self, url: str) -> bool:
        """Whether `url` is meant."""
        return url.startswith(self.url) if self.starts else url == self.url


def load_exceptions(root: Path, today: datetime.date) -> tuple[tuple[Exemption, ...], list[Diagnostic]]:
    """The exceptions of the commons in `root` that hold `today`; none where there is no such file. Findings are U010, and
    those of any file that cannot be read."""
    path = root / NAME
    if not path.exists():
        return (), []
    data, told = files.read(path, root, MAX_BYTES)
    if told:
        return (), told
    text, told = decode(data, NAME)
    if told:
        return (), told
    tree, told = read_yaml(text, NAME)
    if tree is None:
        return (), told
    found: list[Exemption] = []
    for one in _each(tree, told):
        made = _exemption(one, today, told)
        if made is not None:
            found.append(made)
    return tuple(found), told


def _each(tree: Mapping, told: list[Diagnostic]) -> Iterator[Mapping]:
    for name, key in tree.keys.items():
        if name != "exceptions":
            told.append(_wrong(f"`{name}` means nothing here", key, "the file holds `exceptions:`, a list"))
    listed = tree.get("exceptions")
    if not isinstance(listed, Sequence):
        told.append(_wrong("there is no list of `exceptions`", listed or tree, "exceptions: [{url: …, why: …}]"))
        return
    if len(listed.items) > MOST:
        told.append(_wrong(f"there are more than {MOST:,} exceptions; the rest is not read", listed))
    for item in listed.items[:MOST]:
        if isinstance(item, Mapping):
            yield item
        else:
            told.append(_wrong("an exception has a `url` and says `why`", item, "- {url: …, why: …}"))


def _exemption(one: Mapping, today: datetime.date, told: list[Diagnostic]) -> Exemption | None:
    count = len(told)
    for name, key in one.keys.items():
        if name not in _KEYS:
            told.append(_wrong(f"`{name}` means nothing in an exception", key, "known: url why until"))
    url, why, until = one.text("url"), one.text("why").strip(), one.get("until")
    starts = url.endswith("*")
    plain = url.removesuffix("*")
    if not plain.startswith(("https://", "http://")) or "*" in plain or plain.count("/") < 3:
        hint = 'a whole address, or its beginning from the host on: "https://example.org/*"'
        told.append(_wrong("an exception names an address of the web", one.get("url") or one, hint))
    if not why:
        told.append(_wrong(f"the exception for {plain or 'nothing'} gives no reason", one.get("why") or one,
                           "why: what makes it an exception, and who looked instead"))  # fmt: skip
    if until is not None:
        day = partial_date(until.text) if isinstance(until, Scalar) else None
        if day is None:
            told.append(_wrong("`until` is no date", until, "2027, 2027-11 or 2027-11-30"))
        elif is_past(day, today):
            told.append(_wrong(f"this exception was to hold until {day}", until, "look again; take it out, or give it a later day"))  # fmt: skip
    return Exemption(plain, starts, why, place(NAME, one)) if len(told) == count else None


def unused(exempt: Exemption) -> Diagnostic:
    """The finding about an exception for what nobody links to."""
    return finding("U010", f"nothing here links to {exempt.url}{'*' if exempt.starts else ''} any more", exempt.where,
                   "take the exception out")  # fmt: skip


def _wrong(message: str, node: Node, hint: str = "") -> Diagnostic:
    return finding("U010", message, place(NAME, node), hint)
