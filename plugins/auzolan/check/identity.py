"""Identity: an id is never used twice, withdrawn entries say nothing, file names do not meet, examples do not stay."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator

from auzolan.check.context import Context, at
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.nodes import Scalar, each
from auzolan.model.rules import finding
from auzolan.model.values import is_entry_id

WITHDRAWN_MAY_SAY = frozenset({"status", "withdrawn_because", "former_ids", "ended"})


def check_identity(context: Context) -> Iterator[Diagnostic]:
    """I001 to I005, F004."""
    claimed: dict[str, str] = {}
    for entry in context.catalog.entries.values():
        for node in each(entry.fields.get("former_ids")):
            if not isinstance(node, Scalar):
                continue
            if not is_entry_id(node.text) or node.text.split("/")[0] not in context.declarations.kinds:
                yield at(
                    "I003", f"`{node.text}` is not an id", entry.path, node, "a kind and a name: cooperative/old-name"
                )
            elif node.text in context.catalog.entries:
                yield at("I001", f"`{node.text}` is an entry of its own", entry.path, node, "an id is never used again")
            elif node.text in claimed:
                yield at(
                    "I002",
                    f"`{node.text}` is claimed by {claimed[node.text]} too",
                    entry.path,
                    node,
                    "only one was called so",
                )
            else:
                claimed[node.text] = entry.id
        if entry.id in context.withdrawn:
            for name, key in entry.fields.keys.items():
                if name not in WITHDRAWN_MAY_SAY:
                    yield at("I004", f"a withdrawn entry does not say `{name}`", entry.path, key,
                             "keep only: " + " ".join(sorted(WITHDRAWN_MAY_SAY)))  # fmt: skip
        if entry.fields.text("example").lower() in ("true", "yes"):
            yield at("I005", "this entry only shows how to write one", entry.path, entry.fields.keys["example"],
                     "when you have written your own, delete this file")  # fmt: skip
    yield from _meeting(context)


def _meeting(context: Context) -> Iterator[Diagnostic]:
    """Files whose names differ only in a way that not every computer sees."""
    pages: dict[str, str] = {}
    for path in (
        *(e.path for e in context.catalog.entries.values()),
        *(i.path for i in context.catalog.images.values()),
    ):
        folded = unicodedata.normalize("NFC", path).casefold()
        if folded in pages:
            yield finding("F004", f"`{path}` and `{pages[folded]}` are one file on some computers", Location(path),
                          "rename one of them")  # fmt: skip
        pages[folded] = path
