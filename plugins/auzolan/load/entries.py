"""The folders of `directory/` come in; entries by id and findings go out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from difflib import get_close_matches
from pathlib import Path

from auzolan.load import files
from auzolan.load.yaml_text import MAX_BYTES, decode, read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Entry
from auzolan.model.kinds import Declarations, Kind
from auzolan.model.rules import finding
from auzolan.model.text import SLUG, SLUG_MAX, is_slug

NOT_KINDS = frozenset({"kinds", "vocabularies"})
_NOTES = frozenset({".md", ".txt"})


def load_entries(directory: Path, declarations: Declarations, root: Path) -> tuple[dict[str, Entry], list[Diagnostic]]:
    """Every entry under `directory`, by id, sorted; a file that cannot be read costs no other its place."""
    findings: list[Diagnostic] = []
    entries: dict[str, Entry] = {}
    if not directory.is_dir():
        return entries, findings
    for path in files.walk(directory, root, findings.append):
        inside = path.relative_to(directory)
        if len(inside.parts) == 1:
            if path.suffix not in _NOTES:
                _stray(path, root, "lies beside the folders of the kinds", findings.append)
            continue
        if inside.parts[0] in NOT_KINDS:
            continue
        kind = declarations.kind_of_folder(inside.parts[0])
        if kind is None:
            _no_kind(inside.parts[0], declarations, path, root, findings)
        elif len(inside.parts) > 2 or path.suffix != ".yaml":
            if path.suffix not in _NOTES:
                _stray(path, root, f"is no entry of `{kind.folder}/`", findings.append)
        else:
            entry, told = load_entry(path, kind, root)
            findings += told
            if entry is not None:
                entries[entry.id] = entry
    return dict(sorted(entries.items())), list(dict.fromkeys(findings))


def load_entry(path: Path, kind: Kind, root: Path) -> tuple[Entry | None, list[Diagnostic]]:
    """The entry that the file at `path` writes."""
    where = files.relative(path, root)
    slug = path.stem
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
    return Entry(f"{kind.name}/{slug}", kind.name, slug, where, tree, hashlib.sha256(data).hexdigest(), text), findings


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


def _stray(path: Path, root: Path, what: str, tell: Callable[[Diagnostic], None]) -> None:
    tell(finding("F002", f"`{files.printable(path.name)}` {what}; it is not read",
                 Location(files.relative(path, root)), "entries are `directory/<folder>/<name>.yaml`"))  # fmt: skip


def _no_kind(folder: str, declarations: Declarations, path: Path, root: Path, findings: list[Diagnostic]) -> None:
    folders = sorted({kind.folder for kind in declarations.kinds.values()})
    near = get_close_matches(folder, folders, 1)
    hint = f"did you mean `{near[0]}/`?" if near else "known: " + " ".join(f"{name}/" for name in folders)
    where = files.relative(path.parent, root)
    findings.append(finding("F006", f"no kind has the folder `{files.printable(folder)}/`", Location(where), hint))
