"""The folders of `directory/` come in; entries by id and findings go out."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from difflib import get_close_matches
from functools import cache
from pathlib import Path
from typing import NamedTuple

from auzolan.load import files
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Entry
from auzolan.model.kinds import Declarations, Kind
from auzolan.model.rules import finding
from auzolan.model.text import SLUG, SLUG_MAX, is_slug

NOT_KINDS = frozenset({"kinds", "vocabularies"})
_NOTES = (".md", ".txt")


class EntryFile(NamedTuple):
    """A file that is to be read as an entry: where it lies, the kind that its folder makes it, and what the system says
    of it (it was asked already, to tell files from links)."""

    path: str
    kind: Kind
    stat: os.stat_result


def load_entries(directory: Path, declarations: Declarations, root: Path) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Every entry under `directory`, by id, sorted; a file that cannot be read costs no other its place."""
    found, findings = entry_files(directory, declarations, root)
    entries, told = load_all(found, root)
    return entries, [*findings, *told]


def load_all(found: Iterable[EntryFile], root: Path) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """The entries of these files, by id, sorted."""
    findings: list[Diagnostic] = []
    entries: dict[str, Entry] = {}
    for path, kind, _ in found:
        entry, told = load_entry(path, kind, root)
        findings += told
        if entry is not None:
            entries[entry.id] = entry
    return dict(sorted(entries.items())), findings


def entry_files(directory: Path, declarations: Declarations, root: Path) -> tuple[list[EntryFile], list[Diagnostic]]:
    """The files under `directory` that are to be read as entries, sorted by folder and name, and findings for all that
    lie there and are not. Nothing is opened."""
    findings: list[Diagnostic] = []
    found: list[EntryFile] = []
    if not directory.is_dir():
        return found, findings
    kind_of_folder = cache(declarations.kind_of_folder)
    for item in files.scan(directory, root, findings.append):
        folder, _, name = item.inside.partition("/")
        is_note = item.name.endswith(_NOTES)
        if not name:
            if not is_note:
                _stray(item, root, "lies beside the folders of the kinds", findings.append)
            continue
        if folder in NOT_KINDS:
            continue
        kind = kind_of_folder(folder)
        if kind is None:
            _no_kind(folder, declarations, Path(item.path).parent, root, findings.append)
        elif name != item.name or not item.name.endswith(".yaml"):
            if not is_note:
                _stray(item, root, f"is no entry of `{kind.folder}/`", findings.append)
        else:
            found.append(EntryFile(item.path, kind, item.stat))
    return found, list(dict.fromkeys(findings))


def load_entry(path: str | Path, kind: Kind, root: Path) -> tuple[Entry | None, list[Diagnostic]]:
    """The entry that the file at `path` writes, and the findings about it. Both can be pickled."""
    path = Path(path)
    where, slug = files.relative(path, root), path.stem
    findings = list(_name_problems(slug, where))
    data, problems = files.read(path, root, MAX_BYTES)
    findings += problems
    if problems:
        return None, findings
    text, refused = decode(data, where)
    findings += refused
    if refused:
        return None, findings
    tree, told = read_yaml(text, where)
    findings += told
    if tree is None or not is_slug(slug):
        return None, findings
    entry = Entry(f"{kind.name}/{slug}", kind.name, slug, where, tree, hashlib.sha256(data).hexdigest(), text)
    return entry, list(dict.fromkeys(findings))


def _name_problems(slug: str, where: str) -> list[Diagnostic]:
    if is_slug(slug):
        return []
    if SLUG.match(slug) and len(slug) <= SLUG_MAX:
        return [finding("F005", f"`{slug}` is a reserved name", Location(where), "add a word to the file's name")]
    return [
        finding(
            "F001",
            f"`{files.printable(slug)}` is not a usable name for an entry",
            Location(where),
            "lower-case letters a to z, digits, single hyphens or dots between them, at most 64: `som-energia.yaml`",
        )
    ]


def _stray(item: files.Item, root: Path, what: str, tell: Callable[[Diagnostic], None]) -> None:
    tell(finding("F002", f"`{files.printable(item.name)}` {what}; it is not read",
                 Location(files.relative(item.path, root)), "entries are `directory/<folder>/<name>.yaml`"))  # fmt: skip


def _no_kind(
    name: str, declarations: Declarations, folder: Path, root: Path, tell: Callable[[Diagnostic], None]
) -> None:
    folders = sorted({kind.folder for kind in declarations.kinds.values()})
    near = get_close_matches(name, folders, 1)
    hint = f"did you mean `{near[0]}/`?" if near else "known: " + " ".join(f"{name}/" for name in folders)
    where = files.relative(folder, root)
    tell(finding("F006", f"no kind has the folder `{files.printable(name)}/`", Location(where), hint))
