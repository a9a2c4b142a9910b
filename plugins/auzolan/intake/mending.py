"""The bytes of a file and the findings in it come in; the file with what is mechanical mended goes out, and what that was.

Only what stands at a finding's place is written anew, and spacing; every other byte stays. What is written is read again: if
it says anything else than was meant, the file is left as it was.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from auzolan.intake.spacing import as_bytes, is_tidy, spaced
from auzolan.intake.written import Text, WrittenFile, read, understood
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.nodes import Mapping, Node, Scalar, Sequence


@dataclass(frozen=True, slots=True)
class Mended:
    """The file as it should be, and what was mended, in words: nothing, where it is so already."""

    data: bytes
    what: tuple[str, ...] = ()


def mended(file: WrittenFile, data: bytes, findings: Iterable[Diagnostic]) -> Mended:
    """`data`, the bytes of `file`, with those of `findings` mended that have a fix. A file that cannot be read stays."""
    fixes = sorted({one for one in map(_fix, findings) if one is not None})
    if not fixes and is_tidy(data):
        return Mended(data)
    said, _ = read(file, data)
    if said is None:
        return Mended(data)
    what: list[str] = []
    if file.is_article and not unicodedata.is_normalized("NFC", said.text):
        # Places in an article are those in its normal form.
        said = understood(file, unicodedata.normalize("NFC", said.text))[0] or said
        what.append("letters in their normal form (NFC)")
    if fixes:
        replaced = _replaced(file, said, fixes)
        if replaced is not None:
            what += [
                f"`{old}` → `{new}` in line {line}"
                for (line, _, _, new), old in zip(fixes, _old(said, fixes), strict=True)
            ]
            said = replaced
    tidy = spaced(file, said)
    after, of_bytes = as_bytes(tidy.text, data)
    what += [*tidy.what, *of_bytes]
    return Mended(after, tuple(what)) if after != data else Mended(data)


_Fix = tuple[int, int, int, str]
"""Line, column, width, and what to write there."""


def _fix(finding: Diagnostic) -> _Fix | None:
    where = finding.location
    return (where.line, where.column, where.width, finding.fix) if finding.fix is not None and where.line else None


def _old(said: Text, fixes: list[_Fix]) -> list[str]:
    lines = said.text.split("\n")
    return [lines[line - 1][column - 1 : column - 1 + width] for line, column, width, _ in fixes]


def _replaced(file: WrittenFile, said: Text, fixes: list[_Fix]) -> Text | None:
    """What the file says with all fixes written, or None where it would not say just that."""
    lines = said.text.split("\n")
    for line, column, width, new in reversed(fixes):
        old = lines[line - 1]
        lines[line - 1] = old[: column - 1] + new + old[column - 1 + width :]
    now, _ = understood(file, "\n".join(lines))
    if now is None or now.body != said.body:
        return None
    places = {(line, column): new.strip('"') for line, column, _, new in fixes}
    expected = [places.get((one.line, one.column), one.text) for one in _scalars(said.tree)]
    return now if [one.text for one in _scalars(now.tree)] == expected else None


def _scalars(node: Node) -> list[Scalar]:
    """Every text in the order of the file, keys too."""
    if isinstance(node, Scalar):
        return [node]
    if isinstance(node, Sequence):
        return [one for item in node.items for one in _scalars(item)]
    assert isinstance(node, Mapping)
    return [one for key, item in node.items.items() for one in (node.keys[key], *_scalars(item))]
