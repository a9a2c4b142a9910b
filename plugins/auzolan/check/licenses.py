"""Licences: expressions can be read, ids are SPDX's or an entry's own, and a licence's file is named by its id."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auzolan.check.context import Context, at, leaves, nearest
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.nodes import Scalar
from auzolan.model.text import license_slug

_TOKEN = re.compile(r"[A-Za-z0-9.+-]+|[()]")
_WORDS = frozenset({"AND", "OR", "WITH"})


@dataclass(frozen=True, slots=True)
class Spdx:
    """SPDX's list: ids, ids of exceptions, and deprecated ids → the id that stands for them now."""

    ids: frozenset[str]
    exceptions: frozenset[str]
    deprecated: dict[str, str]


@cache
def spdx() -> Spdx:
    """The SPDX licence list, as the library license-expression carries it."""
    from license_expression import get_license_index

    ids: set[str] = set()
    exceptions: set[str] = set()
    deprecated: dict[str, str] = {}
    for row in get_license_index():
        key = row.get("spdx_license_key") or ""
        if not key or key.startswith("LicenseRef-"):
            continue
        (exceptions if row.get("is_exception") else ids).add(key)
        for other in row.get("other_spdx_license_keys") or ():
            if not other.startswith("LicenseRef-"):
                deprecated[other] = key
    for old in ("AGPL-1.0", "AGPL-3.0", "GPL-1.0", "GPL-2.0", "GPL-3.0", "LGPL-2.0", "LGPL-2.1", "LGPL-3.0",
                "GFDL-1.1", "GFDL-1.2", "GFDL-1.3"):  # fmt: skip
        deprecated.setdefault(old, f"{old}-only")
        deprecated.setdefault(f"{old}+", f"{old}-or-later")
    for old in deprecated:
        ids.discard(old)
    return Spdx(frozenset(ids), frozenset(exceptions), deprecated)


def check_licenses(context: Context) -> Iterator[Diagnostic]:
    """L001 to L004."""
    # Only the licence that a file is named by: two that differ by their capitals alone would be one page.
    named = [
        (entry.slug, entry.fields.text("spdx_id"))
        for entry in context.catalog.entries.values()
        if entry.kind == "license"
    ]
    own = {id_ for slug, id_ in named if slug == license_slug(id_.removeprefix("LicenseRef-"))}
    article = context.declarations.article
    documents = [(context.fields_of(e), e.fields, e.path) for e in context.catalog.entries.values()]
    if article is not None:
        documents += [(article.fields, a.fields, a.path) for a in context.catalog.articles]
    for fields, tree, path in documents:
        for field, node, _ in leaves(fields, tree):
            if field.type == "license" and isinstance(node, Scalar) and 0 < len(node.text) <= field.max:
                yield from _expression(node, path, own)
    for entry in context.catalog.entries.values():
        written = entry.fields.get("spdx_id")
        if entry.kind == "license" and isinstance(written, Scalar):
            bare = written.text.removeprefix("LicenseRef-")
            is_example = entry.fields.text("example").lower() in ("true", "yes")
            if entry.slug != license_slug(bare) and not is_example:
                yield at("L004", f"this licence's file should be `{license_slug(bare)}.yaml`", entry.path, written,
                         "rename the file (and put the old id under former_ids)")  # fmt: skip
            if written.text not in spdx().ids and not written.text.startswith("LicenseRef-"):
                yield _unknown(written, written.text, entry.path)


def _expression(node: Scalar, path: str, own: set[str]) -> Iterator[Diagnostic]:
    tokens = _TOKEN.findall(node.text)
    if "".join(tokens) != node.text.replace(" ", "") or not _well_formed(tokens):
        yield at("L001", f"`{node.text}` is not a licence expression", path, node,
                 "SPDX ids joined by AND, OR, WITH: `MIT OR Apache-2.0`")  # fmt: skip
        return
    after_with = False
    for token in tokens:
        if token in _WORDS or token in "()":
            after_with = token == "WITH"
            continue
        known = spdx()
        if token in known.deprecated and not after_with:
            yield at("L003", f"`{token}` is deprecated", path, node, f"write `{known.deprecated[token]}`")
        elif not (token in own or token in (known.exceptions if after_with else known.ids)):
            yield _unknown(node, token, path)
        after_with = False


def _unknown(node: Scalar, token: str, path: str) -> Diagnostic:
    known = spdx()
    by_case = {id_.lower(): id_ for id_ in (*known.ids, *known.exceptions, *known.deprecated)}
    near = nearest(token, list(by_case))
    for lower, id_ in by_case.items():
        near = near.replace(f"`{lower}`", f"`{id_}`")
    return at("L002", f"`{token}` is not a licence of SPDX", path, node,
              near or "for one outside SPDX, write its entry first, with `spdx_id: LicenseRef-…`")  # fmt: skip


def _well_formed(tokens: list[str]) -> bool:
    """Whether tokens are ids joined by AND, OR, WITH, with brackets that match."""
    depth, wants_id = 0, True
    for token in tokens:
        if token == "(":
            if not wants_id:
                return False
            depth += 1
        elif token == ")":
            if wants_id or depth == 0:
                return False
            depth -= 1
        elif token in _WORDS:
            if wants_id:
                return False
            wants_id = True
        else:
            if not wants_id:
                return False
            wants_id = False
    return depth == 0 and not wants_id
