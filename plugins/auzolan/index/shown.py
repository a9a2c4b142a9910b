"""What is shown of documents flows in, the payload of their shard flows out, and back. docs/search.md shows it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable
from typing import Any

from auzolan.index.format import DIGEST, LARGEST, Bytes, json_in, understood

Shown = tuple[str, str, str, str, str, str]
"""What is shown of a document: id, kind, url, title, summary, place."""


def shown(texts: Shown) -> str:
    """What is shown of one document, as it is kept: JSON."""
    return _json(texts)


def write_documents(digest: bytes, documents: Iterable[str]) -> bytes:
    """Digest of the ids, then JSON: of each document a row of title, summary, place and, where they do not follow from the title and the
    row before, its id, its kind, its address. What follows is 0, or left out at the end."""
    rows = []
    kind: str | None = None
    form: list[str] = []
    for written in documents:
        id_, its_kind, url, title, summary, place = json.loads(written)
        row: list[Any] = [title, summary, place, _own(id_, its_kind, title)]
        row.append(0 if its_kind == kind else its_kind)
        slug = id_.partition("/")[2]
        row.append(0 if form and slug.join(form) == url else _form(url, slug))
        kind, form = its_kind, row[-1] or form
        while row[-1] == 0 and len(row) > 3:
            row.pop()
        rows.append(row)
    return digest + _json(rows).encode("utf-8")


def read_documents(payload: bytes) -> tuple[bytes, list[Shown]]:
    """The digest and the six texts of each document. Raises UnreadableShards, also where they would be longer than any file of ours."""
    data = Bytes(payload)
    digest = data.take(DIGEST)

    def made() -> list[Shown]:
        found: list[Shown] = []
        kind, form, left = "", [""], LARGEST
        for title, summary, place, *more in json_in(data.rest()):
            own, its_kind, its_form = [*more, 0, 0, 0][:3]
            kind = its_kind if isinstance(its_kind, str) else kind
            id_ = own if isinstance(own, str) else f"{kind}/{own[0] if own else slugged(str(title))}"
            form = its_form or form
            if not isinstance(form, list) or len(form) > 2:
                raise ValueError("of no address")
            url = id_.partition("/")[2].join(form)
            left -= len(id_) + len(kind) + len(url)
            if left < 0:
                raise ValueError("too long")
            found.append((id_, kind, url, str(title), str(summary), str(place)))
        return found

    return digest, understood(made, "A file of found documents")


def slugged(title: str) -> str:
    """What ids are mostly called by; of plain ASCII alone, since others spell letters in many ways."""
    return re.sub("[^a-z0-9]+", "-", title.lower()).strip("-")


def _own(id_: str, kind: str, title: str) -> object:
    """An id beside its kind and title: 0 where it follows from them, [what stands after the kind], or all of it."""
    before, slash, slug = id_.partition("/")
    if not slash or before != kind:
        return id_
    return 0 if title.isascii() and slugged(title) == slug else [slug]


def _form(url: str, slug: str) -> list[str]:
    """What stands before and after the name of its entry in an address, or all of it."""
    before, found, after = url.rpartition(f"/{slug}.")
    return [f"{before}/", f".{after}"] if found else [url]


def _json(told: object) -> str:
    return json.dumps(told, ensure_ascii=False, separators=(",", ":"))
