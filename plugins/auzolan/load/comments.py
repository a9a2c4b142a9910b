"""Files below `content/comments/` come in; what readers said to each page goes out, and findings for all that is no comment."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path

from auzolan.load import files
from auzolan.load.articles import front_matter
from auzolan.load.decoding import decode
from auzolan.model.comments import DATE, FIELDS, FOLDER
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Comment
from auzolan.model.rules import finding

MAX_BYTES = 20_000
"""Of one file: a comment that is longer is an article."""
FOUND = frozenset("YFA")
"""First letters of the codes of what is found here, when a file is read; all else is told by `check/comments.py`."""
_PAGE_PARTS = 3
_LONGEST_NAME = 60
_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*\Z", re.ASCII)
Comments = dict[str, tuple[Comment, ...]]
"""Comments by the page that they are about, without language and ending: `articles/two-mills`, `tools/nextcloud`."""


def load_comments(content: Path, root: Path) -> tuple[Comments, list[Diagnostic]]:
    """Every comment, by page, in the order of their names."""
    findings: list[Diagnostic] = []
    found: dict[str, list[Comment]] = {}
    folder = content / FOLDER
    for path in files.walk(folder, root, findings.append) if folder.is_dir() else ():
        comment, told = _comment(path, path.relative_to(folder).parts, root)
        findings += told
        if comment is not None:
            found.setdefault(comment.page, []).append(comment)
    return {page: tuple(comments) for page, comments in sorted(found.items())}, findings


def _comment(path: Path, parts: tuple[str, ...], root: Path) -> tuple[Comment | None, list[Diagnostic]]:
    where = files.relative(path, root)
    if path.suffix != ".md" or len(parts) != _PAGE_PARTS:
        return None, [finding("F002", f"`{files.printable(path.name)}` is no comment to a page; it is not read", Location(where),
                              "content/comments/<folder of the page>/<name of the page>/<name of the comment>.md")]  # fmt: skip
    if not is_comment_name(path.stem):
        return None, [finding("F001", f"`{files.printable(path.stem)}` is not a usable name for a comment", Location(where),
                              "lower-case letters a to z, digits and hyphens: `2026-05-03-ana.md`")]  # fmt: skip
    data, findings = files.read(path, root, MAX_BYTES)
    return (None, findings) if findings else comment_of(data, f"{parts[0]}/{parts[1]}", path.stem, where)


def comment_of(data: bytes, page: str, id_: str, where: str) -> tuple[Comment | None, list[Diagnostic]]:
    """The comment `id_` to `page` that the bytes of a file are, and findings, told at `where`. Of `data`, MAX_BYTES + 1 are enough."""
    text, findings = decode(data, where, MAX_BYTES)
    if findings:
        return None, findings
    fields, body, line, findings = front_matter(text, where)
    if fields is None:
        return None, findings
    digest = hashlib.sha256(data).hexdigest()
    return Comment(page, id_, where, fields, body.strip("\n"), line + _blank(body), digest), findings


def is_comment_name(text: str) -> bool:
    """Whether a comment's file may be called so, without `.md`."""
    return len(text) <= _LONGEST_NAME and bool(_NAME.match(text))


def is_comment(text: str) -> bool:
    """Whether a text that nothing else is known of has the head of a comment: a day, and nothing that a comment does not say."""
    if not text.startswith("---\n"):
        return False
    fields, _, _, _ = front_matter(text[:MAX_BYTES], "")
    return fields is not None and DATE in fields.items and fields.items.keys() <= set(FIELDS)


def _blank(body: str) -> int:
    """How many lines of a body are empty before its first."""
    return len(body) - len(body.lstrip("\n"))
