"""Licences: expressions can be read, ids are SPDX's or an entry's own, and a licence's file is named by its id."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.model.briefs import LICENSE_TOKEN, LICENSE_WORDS
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.nodes import Scalar
from auzolan.model.text import license_slug


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


def check_licenses(context: Context, document: Document) -> Iterator[Diagnostic]:
    """L001 to L004 for every entry and article."""
    entry, article = document.entry, document.article
    if article is None or article.area == "articles":
        for field, node, _ in document.leaves.get("license", ()):
            if isinstance(node, Scalar) and 0 < len(node.text) <= field.max:
                yield from _expression(node, document, context.licenses)
    if entry is not None and entry.kind == "license":
        written = entry.fields.get("spdx_id")
        if isinstance(written, Scalar):
            bare = written.text.removeprefix("LicenseRef-")
            if entry.slug != license_slug(bare) and not document.is_example:
                yield at("L004", f"this licence's file should be `{license_slug(bare)}.yaml`", entry.path, written,
                         "rename the file (and put the old id under former_ids)")  # fmt: skip
            if written.text not in spdx().ids and not written.text.startswith("LicenseRef-"):
                yield _unknown(written, written.text, document)


def _expression(node: Scalar, document: Document, own: frozenset[str]) -> Iterator[Diagnostic]:
    path = document.path
    tokens = LICENSE_TOKEN.findall(node.text)
    if "".join(tokens) != node.text.replace(" ", "") or not _well_formed(tokens):
        yield at("L001", f"`{node.text}` is not a licence expression", path, node,
                 "SPDX ids joined by AND, OR, WITH: `MIT OR Apache-2.0`")  # fmt: skip
        return
    after_with = False
    for token in tokens:
        if token in LICENSE_WORDS or token in "()":
            after_with = token == "WITH"
            continue
        known = spdx()
        if token in known.deprecated and not after_with:
            yield at("L003", f"`{token}` is deprecated", path, node, f"write `{known.deprecated[token]}`")
        elif not (token in own or token in (known.exceptions if after_with else known.ids)):
            yield _unknown(node, token, document)
        after_with = False


def _unknown(node: Scalar, token: str, document: Document) -> Diagnostic:
    known = spdx()
    by_case = {id_.lower(): id_ for id_ in (*known.ids, *known.exceptions, *known.deprecated)}
    near = document.hints.nearest(token, by_case)
    for lower, id_ in by_case.items():
        near = near.replace(f"`{lower}`", f"`{id_}`")
    return at("L002", f"`{token}` is not a licence of SPDX", document.path, node,
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
        elif token in LICENSE_WORDS:
            if wants_id:
                return False
            wants_id = True
        else:
            if not wants_id:
                return False
            wants_id = False
    return depth == 0 and not wants_id
