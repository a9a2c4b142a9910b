"""Identity: an id is never used twice, withdrawn entries say nothing, file names do not meet, examples do not stay."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auzolan.check.context import Context, Shared, at
from auzolan.check.document import Document
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Scalar, each
from auzolan.model.rules import finding
from auzolan.model.values import is_entry_id

WITHDRAWN_MAY_SAY = frozenset({"status", "withdrawn_because", "former_ids", "ended"})


def check_identity(context: Context, document: Document) -> Iterator[Diagnostic]:
    """I001 to I005."""
    entry, tree, path = document.entry, document.tree, document.path
    if entry is None:
        return
    seen: set[str] = set()
    for node in each(tree.items.get("former_ids")):
        if not isinstance(node, Scalar):
            continue
        if not is_entry_id(node.text) or node.text.split("/")[0] not in context.declarations.kinds:
            yield at("I003", f"`{node.text}` is not an id", path, node, "a kind and a name: cooperative/old-name")
        elif node.text in context.briefs:
            yield at("I001", f"`{node.text}` is an entry of its own", path, node, "an id is never used again")
        elif context.ids[node.text] != entry.id or node.text in seen:
            first = context.ids[node.text]
            yield at("I002", f"`{node.text}` is claimed by {first} too", path, node, "only one was called so")
        seen.add(node.text)
    if context.briefs[entry.id].withdrawn:
        for name, key in tree.keys.items():
            if name not in WITHDRAWN_MAY_SAY:
                yield at("I004", f"a withdrawn entry does not say `{name}`", path, key,
                         "keep only: " + " ".join(sorted(WITHDRAWN_MAY_SAY)))  # fmt: skip
    if document.is_example:
        yield at("I005", "this entry only shows how to write one", path, tree.keys["example"],
                 "when you have written your own, delete this file")  # fmt: skip


def check_meeting(context: Context) -> Iterator[Shared]:
    """F004: files whose names differ only in a way that not every computer sees."""
    seen: dict[str, str] = {}
    ids = {brief.path: brief.id for brief in context.briefs.values()}
    for path in (*ids, *(image.path for image in context.catalog.images.values())):
        folded = path.lower() if path.isascii() else unicodedata.normalize("NFC", path).casefold()
        if folded in seen:
            told = finding("F004", f"`{path}` and `{seen[folded]}` are one file on some computers", Location(path),
                           "rename one of them")  # fmt: skip
            yield told, [ids[one] for one in (path, seen[folded]) if one in ids]
        seen[folded] = path
