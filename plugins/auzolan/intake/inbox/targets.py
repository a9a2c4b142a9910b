"""A path or a file's name, as somebody sent it, comes in; which entry or comment it means goes out, or nothing: no other file is
ever meant."""

from __future__ import annotations

import re
from typing import NamedTuple

from auzolan.load.comments import is_comment_name
from auzolan.load.files import printable
from auzolan.model.comments import FOLDER
from auzolan.model.kinds import Declarations
from auzolan.model.text import is_slug

_COPY = re.compile(r"(?: ?\(\d{1,3}\)|-\d{1,3}\.part)\Z")
_SCHEMA = re.compile(r"#\s*yaml-language-server:\s*\$schema=\S{0,200}?([a-z0-9-]{1,64})\.schema\.json\s*\Z")
SHOWN = 100
"""Characters of a path that are shown."""


class Target(NamedTuple):
    """A kind's name and a slug."""

    kind: str
    slug: str


def target_of(path: str, declarations: Declarations) -> Target | None:
    """`directory/cooperatives/mill.yaml` or `cooperatives/mill.yaml` → (cooperative, mill). None for any path that is no entry's."""
    parts = path.removeprefix("directory/").split("/")
    if len(parts) != 2 or not parts[1].endswith(".yaml"):
        return None
    kind, slug = declarations.kind_of_folder(parts[0]), parts[1].removesuffix(".yaml")
    return Target(kind.name, slug) if kind is not None and is_slug(slug) else None


class Remark(NamedTuple):
    """A page without language and ending (`tools/nextcloud`), and the name of a comment to it."""

    page: str
    id: str


def remark_of(path: str) -> Remark | None:
    """`content/comments/tools/nextcloud/2026-05-03-ana.md` → (tools/nextcloud, 2026-05-03-ana). None for any path that is no comment's."""
    parts = path.removeprefix("content/").split("/")
    if len(parts) != 4 or parts[0] != FOLDER or not parts[3].endswith(".md"):
        return None
    page, id_ = f"{parts[1]}/{parts[2]}", parts[3].removesuffix(".md")
    return Remark(page, id_) if is_page(page) and is_slug(id_) and is_comment_name(id_) else None


def is_page(text: str) -> bool:
    """Whether a page may be called so: `tools/nextcloud`, `articles/two-mills`."""
    folder, _, slug = text.partition("/")
    return is_slug(folder) and is_slug(slug)


def slug_in(name: str) -> str:
    """The slug that a saved file is named by, without what browsers add to the second of a name; "" where it is none."""
    stem = _COPY.sub("", name.rsplit(".", 1)[0])
    return stem if is_slug(stem) else ""


def kind_in(text: str, declarations: Declarations) -> str:
    """The kind that the first line of an entry's file names for editors, or ""."""
    told = _SCHEMA.match(text.split("\n", 1)[0][:400])
    return told[1] if told and told[1] in declarations.kinds else ""


def shown_path(path: str) -> str:
    """A path as a finding quotes it."""
    safe = printable(path)
    return safe if len(safe) <= SHOWN else safe[: SHOWN - 1] + "…"
