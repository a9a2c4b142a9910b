"""The folders of kinds and vocabularies come in; what each file writes goes out, the shipped one below the site's own."""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

from auzolan.load import files
from auzolan.load.declared import Declared
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Mapping
from auzolan.model.rules import finding

MAX_DECLARATION = 4 * MAX_BYTES
"""Bytes of a kind or vocabulary file: labels in many languages take room."""
GROUPS = "_groups"
"""The name of the file of shared groups of fields."""
Groups = dict[str, tuple[Declared, Mapping]]
"""Name of a group → the file it stands in, and its fields."""
_KIND_NAME = re.compile(r"[a-z][a-z0-9-]{0,63}\Z", re.ASCII)
_NO_KIND_NAMES = frozenset({"any", "source"})


def declaration_files(shipped: Path, own: Path, root: Path, findings: list[Diagnostic]) -> dict[str, list[Declared]]:
    """By name, the file that counts: the site's own where there is one, after the shipped one where it `extends`."""
    layers: dict[str, list[Declared]] = {}
    folders = [shipped] if shipped == own else [shipped, own]
    for folder in folders:
        if not folder.is_dir():
            continue
        for path in files.walk(folder, root, findings.append):
            where = files.relative(path, root)
            if path.suffix != ".yaml" or path.parent != folder:
                if path.suffix in (".yml", ".yaml"):
                    findings.append(finding("F002", f"`{files.printable(path.name)}` is not read", Location(where),
                                            f"declarations are `{folder.name}/<name>.yaml`"))  # fmt: skip
                continue
            if path.stem != GROUPS and not (_KIND_NAME.match(path.stem) and path.stem not in _NO_KIND_NAMES):
                findings.append(
                    finding(
                        "F001",
                        f"`{files.printable(path.stem)}` cannot name a kind or vocabulary",
                        Location(where),
                        "lower-case letters, digits and hyphens, a letter first",
                    )
                )
                continue
            data, problems = files.read(path, root, MAX_DECLARATION)
            text, refused = decode(data, where, MAX_DECLARATION)
            findings += [*problems, *refused]
            if problems or refused:
                continue
            tree, told = _read(text, where)
            findings += told
            if tree is None:
                continue
            declared = Declared(where, tree)
            extends = tree.text("extends")
            if extends == "shipped" and path.stem in layers:
                layers[path.stem].append(declared)
            else:
                layers[path.stem] = [declared]
    return layers


@lru_cache(maxsize=256)
def _read(text: str, where: str) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """What a file says. The shipped ones are read twice for one site, and again for every site or revision of one process."""
    tree, findings = read_yaml(text, where)
    return tree, tuple(findings)


def groups_of(layers: list[Declared]) -> Groups:
    """The groups of fields that `layers` (files `_groups.yaml`) declare."""
    groups: Groups = {}
    for layer in layers:
        for name, node in layer.tree.items.items():
            if name != "extends" and isinstance(node, Mapping) and isinstance(fields := node.get("fields"), Mapping):
                groups[name] = (layer, fields)
    return groups
