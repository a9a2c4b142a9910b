"""Settings come in; the files that people write go out, entries and articles, and each is put back whole or not at all."""

from __future__ import annotations

import os
import stat
import tempfile
from collections.abc import Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from auzolan.load import files
from auzolan.load.articles import AREAS, front_matter
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.entries import entry_files
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.errors import AuzolanError
from auzolan.model.kinds import Declarations, Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.settings import Settings


class Unwritable(AuzolanError):
    """A file cannot be put back: the system refuses, or it is not what it was."""


@dataclass(frozen=True, slots=True)
class WrittenFile:
    """An entry's or an article's file. `where` is its path as findings show it, `fields` what it may say."""

    path: Path
    where: str
    fields: Mapping[str, Field]
    is_article: bool


@dataclass(frozen=True, slots=True)
class Text:
    """What a file says: its `text` (lines end with \\n, no byte-order mark), the `tree` of its fields, the 1-based number of
    the line on which the first of them may stand, and of the line after the last; `body` is an article's Markdown."""

    text: str
    tree: Tree
    first: int
    end: int
    body: str = ""


def written_files(settings: Settings, declarations: Declarations) -> list[WrittenFile]:
    """Every entry, article and page of a commons that can be read as one. Links and devices are none."""
    root = settings.root
    found = [
        WrittenFile(Path(path), files.relative(path, root), kind.fields, False)
        for path, kind, _ in entry_files(settings.directory, declarations, root)[0]
    ]
    fields = declarations.article.fields if declarations.article else {}
    passed_over: list[Diagnostic] = []
    for area in AREAS if "articles" in settings.features else ():
        folder = settings.content / area
        if folder.is_dir():
            paths = (path for path in files.walk(folder, root, passed_over.append) if path.suffix == ".md")
            found += [WrittenFile(path, files.relative(path, root), fields, True) for path in paths]
    return found


def among(found: Iterable[WrittenFile], places: Iterable[Path]) -> list[WrittenFile]:
    """Those of `found` that are one of `places` or lie below one (resolved paths). Raises AuzolanError for a place that
    has none."""
    resolved = [(one, one.path.resolve()) for one in found]
    chosen: dict[Path, WrittenFile] = {}
    for place in places:
        here = {path: one for one, path in resolved if path == place or place in path.parents}
        if not here:
            raise AuzolanError(
                f"{place} is no entry or article of this commons", "name entries, articles, or folders of them"
            )
        chosen |= here
    return list(chosen.values())


def read(file: WrittenFile, data: bytes) -> tuple[Text | None, list[Diagnostic]]:
    """What `data`, the bytes of `file`, say; None where they cannot be read, with the findings that tell why."""
    text, findings = decode(data, file.where)
    return (None, findings) if findings else understood(file, text)


def understood(file: WrittenFile, text: str) -> tuple[Text | None, list[Diagnostic]]:
    """What the decoded `text` of `file` says; None where it cannot be read or a finding doubts it."""
    lines = text.split("\n")
    if not file.is_article:
        tree, findings = read_yaml(text, file.where)
        return (None if tree is None or findings else Text(text, tree, 1, len(lines) + 1)), findings
    tree, body, after, findings = front_matter(text, file.where)
    if tree is None or findings:
        return None, findings
    begins = lines[0].rstrip() == "---"
    return Text(text, tree, 2 if begins else 1, after - 1 if begins else after, body), findings


def data_of(path: Path) -> bytes:
    """The bytes of a file, one more than may be read at most. Raises Unwritable."""
    try:
        with path.open("rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as problem:
        raise Unwritable(f"{path} cannot be read: {problem.strerror}") from problem


def put_back(file: WrittenFile, root: Path, before: bytes, after: bytes) -> None:
    """Writes `after` where `before` stood: into a file of its own first, which then takes the place at once. Raises Unwritable
    where that would be outside `root` or through a link, and where the file has changed since."""
    folder = file.path.parent.resolve()
    if not folder.is_relative_to(root.resolve()) or file.path.is_symlink():
        raise Unwritable(f"{file.where} leads out of the commons", "put the file itself there")
    if data_of(file.path) != before:
        raise Unwritable(f"{file.where} was changed by somebody else just now", "try again")
    target, temporary = folder / file.path.name, ""
    try:
        mode = target.stat().st_mode
        if not os.access(target, os.W_OK):
            raise Unwritable(f"{file.where} may not be written", "give yourself the right to write it")
        descriptor, temporary = tempfile.mkstemp(prefix=".auzolan-", dir=folder)
        with os.fdopen(descriptor, "wb") as out:
            out.write(after)
            out.flush()
            os.fsync(out.fileno())
        Path(temporary).chmod(stat.S_IMODE(mode))
        Path(temporary).replace(target)
    except OSError as problem:
        if temporary:
            with suppress(OSError):
                Path(temporary).unlink()
        raise Unwritable(f"{file.where} cannot be written: {problem.strerror}", "is the disk full?") from problem
