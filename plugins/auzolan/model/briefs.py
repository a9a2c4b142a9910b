"""An entry comes in; its brief goes out: all that checking and linking *others* needs to know of it.

Briefs are small and are kept from build to build, so that a few entries can be checked and linked anew while nobody
reads the rest of the commons.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from auzolan.model.entries import Catalog, Entry, EntryId
from auzolan.model.kinds import Declarations
from auzolan.model.leaves import Leaves, leaves_of
from auzolan.model.marks import Marks, marks_of
from auzolan.model.mentions import mentions
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar, place, texts_in
from auzolan.model.text import language_tag, license_slug
from auzolan.model.values import ENTRY_ID, former_ids_of, is_withdrawn

LICENSE_TOKEN = re.compile(r"[A-Za-z0-9.+-]+|[()]")
"""A word or bracket of a licence expression."""
LICENSE_WORDS = frozenset({"AND", "OR", "WITH"})


class Edge(NamedTuple):
    """A written relation of a type that may run in no circle, from subject to object in the type's forward direction;
    one end is the entry itself, the other is as written. The place is that of the other end's id."""

    type: str
    subject: str
    object: str
    line: int
    column: int
    width: int


class Brief(NamedTuple):
    """What there is to know of an entry without its text; plain values, which pickle well.

    What others see of it (`public_part`): `id`, `kind` and `slug`; `path`; whether it is `withdrawn`; the `former_ids`
    it had; its `language` (that of `written_in`, else the site's); `spdx_id`, where it is the entry of a licence whose
    file is named by it, else ""; and `edges`.

    What it looks for in others (`asks`), each sorted: `names`, the ids that it writes wherever an id may stand (relations,
    references, publishers of sources, mentions in prose; `article/…` too); `licenses`, the ids in its licence
    expressions; `images`, the names of pictures as written. What it may be the same by: its `marks`.

    The findings in an entry's file follow from its own text, the declarations, the settings, the date of the build, and
    of other entries only from the public parts of those that answer (`answers`) to what it asks. But findings that are
    about several files at once (`check_together`) follow from all briefs; and the hint of an *error* may name any id
    that there is. So where an entry's public part changed, or it came or went, those must be checked again whose `asks`
    meets its `answers`, before or after; those that have errors, always.
    """

    id: EntryId
    path: str
    kind: str
    slug: str
    withdrawn: bool
    former_ids: tuple[EntryId, ...]
    language: str
    spdx_id: str
    edges: tuple[Edge, ...]
    names: tuple[str, ...]
    licenses: tuple[str, ...]
    images: tuple[str, ...]
    marks: Marks = Marks()


def public_part(brief: Brief) -> Brief:
    """The brief without its marks and what the entry looks for: equal as long as others see the same of the entry."""
    return brief._replace(names=(), licenses=(), images=(), marks=Marks())


def asks(brief: Brief) -> frozenset[str]:
    """All ids (of entries, articles and licences) and pictures (`images/…`) whose being there, or not, matters to findings in the
    entry's file."""
    pictures = [f"images/{name.removeprefix('images/')}" for name in brief.images]
    return frozenset((*brief.names, *brief.former_ids, *brief.licenses, *pictures))


def answers(brief: Brief) -> frozenset[str]:
    """All ids under which others may look for the entry."""
    return frozenset((brief.id, *brief.former_ids, *([brief.spdx_id] if brief.spdx_id else [])))


def brief_of(entry: Entry, declarations: Declarations, default_language: str, leaves: Leaves | None = None) -> Brief:
    """The brief of `entry`. `leaves` are its `leaves_of`, where somebody has them already."""
    if leaves is None:
        leaves = leaves_of(declarations.kinds[entry.kind].fields, entry.fields)
    spdx_id = entry.fields.text("spdx_id") if entry.kind == "license" else ""
    withdrawn = is_withdrawn(entry, declarations.vocabularies)
    return Brief(
        entry.id,
        entry.path,
        entry.kind,
        entry.slug,
        withdrawn,
        tuple(former_ids_of(entry)),
        language_tag(entry.fields.text("written_in")) or default_language,
        # Only the licence that a file is named by: two that differ by their capitals alone would be one page.
        spdx_id if entry.slug == license_slug(spdx_id.removeprefix("LicenseRef-")) else "",
        tuple(_edges(entry.id, declarations, leaves)) if "relation" in leaves else (),
        tuple(sorted(set(_names(leaves)))),
        tuple(sorted(set(_licenses(leaves)))) if "license" in leaves else (),
        tuple(sorted(set(_images(leaves)))) if "image" in leaves else (),
        Marks() if withdrawn else marks_of(entry.fields, leaves),
    )


def briefs_of(catalog: Catalog) -> dict[EntryId, Brief]:
    """The briefs of all entries of a catalog, by id."""
    declarations, default = catalog.declarations, catalog.settings.default_language
    return {id_: brief_of(entry, declarations, default) for id_, entry in catalog.entries.items()}


def ids_of(briefs: Iterable[Brief]) -> dict[EntryId, EntryId]:
    """Every id that a reference may lead to, former ones included → today's id. Of two that claim a former id, the first has
    it."""
    briefs = list(briefs)
    ids: dict[EntryId, EntryId] = {}
    for brief in briefs:
        for former in brief.former_ids:
            ids.setdefault(former, brief.id)
    ids.update((brief.id, brief.id) for brief in briefs)
    return ids


def _edges(id_: EntryId, declarations: Declarations, leaves: Leaves) -> Iterator[Edge]:
    for _, node, _ in leaves["relation"]:
        if not isinstance(node, Tree):
            continue
        to, type_ = node.items.get("to"), node.text("type")
        if not isinstance(to, Scalar) or type_ not in declarations.relation_names:
            continue
        forward, inverse = declarations.relation_names[type_]
        declared = declarations.relation_types[forward]
        if declared.acyclic and not declared.derived_from:
            subject, object_ = (to.text, id_) if inverse else (id_, to.text)
            yield Edge(forward, subject, object_, to.line, to.column, place("", to).width)


def _names(leaves: Leaves) -> Iterator[str]:
    for _, node, _ in leaves.get("reference", ()):
        if isinstance(node, Scalar) and ENTRY_ID.match(node.text):
            yield node.text
    for _, node, _ in leaves.get("prose", ()):
        for _, text in texts_in(node):
            for mention in mentions(text.text):
                yield mention.entry_id


def _licenses(leaves: Leaves) -> Iterator[str]:
    for _, node, _ in leaves["license"]:
        if isinstance(node, Scalar):
            yield from (token for token in LICENSE_TOKEN.findall(node.text) if token not in LICENSE_WORDS | {"(", ")"})


def _images(leaves: Leaves) -> Iterator[str]:
    for _, node, _ in leaves["image"]:
        if isinstance(node, Tree) and (file := node.text("file")):
            yield file
