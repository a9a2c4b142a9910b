"""The bytes of an entry or article come in; the same file in the canonical form goes out: fields in the order of their
declaration, spacing mended. It says what it said, or it is left as it was."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from auzolan.intake.ordering import ordered
from auzolan.intake.spacing import as_bytes, spaced, words_of
from auzolan.intake.written import Text, WrittenFile, read, understood
from auzolan.model.diagnostics import Diagnostic


@dataclass(frozen=True, slots=True)
class Formatted:
    """The file in its canonical form. `left` tells, by 1-based lines of the file as it was, what could not be put in order and
    why; `findings` why nothing could be read: then `data` is what came in."""

    data: bytes
    left: tuple[tuple[int, str], ...] = ()
    findings: Sequence[Diagnostic] = ()


LEFT = "what is written here keeps its order: braces over several lines, or a comment within an item"
LOSSY = "putting its fields in order would change what it says"


def formatted(file: WrittenFile, data: bytes) -> Formatted:
    """`data`, the bytes of `file`, in the canonical form."""
    said, findings = read(file, data)
    if said is None:
        return Formatted(data, findings=findings)
    left: tuple[tuple[int, str], ...] = ()
    if not file.is_article or said.text.startswith("---"):
        # A flat header, as Pelican reads it, is no mapping whose lines could be moved.
        said, left = _in_order(file, said)
    # Spacing comes last: what was at the end of the file may be in its middle now.
    after, _ = as_bytes(spaced(file, said).text, data)
    return Formatted(after, left)


def _in_order(file: WrittenFile, said: Text) -> tuple[Text, tuple[tuple[int, str], ...]]:
    """The file with its fields in order, as far as it says the same then; and what is left."""
    lines = said.text.split("\n")
    for braces in (True, False):
        put = ordered(lines, said.tree, file.fields, said.first, said.end, braces=braces)
        left = tuple((number, LEFT) for number in put.left)
        if put.lines == lines:
            return said, left
        now, _ = understood(file, "\n".join(put.lines))
        if now is not None and words_of(now) == words_of(said) and _same_lines(lines, put.lines):
            return now, left
    return said, ((1, LOSSY),)


def _same_lines(before: Sequence[str], after: Sequence[str]) -> bool:
    """Whether no line came or went: only the hyphen of an item may have moved from one to another, and items in a line."""
    return Counter(map(_bare, before)) == Counter(map(_bare, after))


def _bare(line: str) -> str:
    bare = line.strip()
    while bare.startswith("- "):
        bare = bare[2:].lstrip()
    return "".join(sorted(bare)) if "{" in bare else bare
