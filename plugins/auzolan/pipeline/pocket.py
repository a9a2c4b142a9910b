"""Settings and a choice come in; a part of the commons in one HTML file goes out: read, checked, rendered, indexed, packed.

Nothing of it is remembered, and nothing else is written: what the file says follows from the sources alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any

from auzolan import index
from auzolan.index.format import DIGEST, SMALL, shards_of
from auzolan.index.making.publish import SHOWN
from auzolan.model.alike import Likeness
from auzolan.model.commons import Commons
from auzolan.pipeline.build import Progress
from auzolan.pipeline.gists import gists_of
from auzolan.pipeline.outputs import Given, context
from auzolan.render.desk import Desk, desk_of
from auzolan.render.documents import documenter
from auzolan.render.lists.facets import facet_names
from auzolan.render.pocket import held, scripts
from auzolan.render.pocket.about import Edition, about_of
from auzolan.render.pocket.listed import listed
from auzolan.render.pocket.pages import Rendered, entry_fragments, form_fragments, frameless, ways_of
from auzolan.render.pocket.part import Part
from auzolan.render.pocket.shell import Made, file_made, plain_script, plain_style, styles_of
from auzolan.render.shared.context import Context
from auzolan.render.shared.environment import renderer

TOGETHER = 512
"""Entries that are packed together: much of their pages is the same. A slow phone unpacks so many in half a second."""


@dataclass(frozen=True, slots=True)
class Pocket:
    """The file, and how many bytes of it are what: `sizes` by a name for people, in the order of the file."""

    data: bytes
    sizes: Mapping[str, int]


def pocket(commons: Commons, part: Part, language: str, edition: Edition | None, tell: Progress) -> Pocket:
    """The part of a commons in one file, as a reader of `language` sees it. The same commons gives the same bytes (with the same
    version of zlib). Raises AuzolanError where the theme lacks something."""
    shared = frameless(context(commons, Given()))
    tell("looking up")
    gists = gists_of(commons.profiles, commons.listed, commons.catalog.settings.default_language)
    commons = replace(commons, likeness=Likeness(gists))
    towns = scripts.towns_of(shared, scripts.countries_of(part, commons))
    shared = _with_places(shared, towns)
    desk = desk_of(commons, shared, shared.speakers[language])
    render = renderer(commons, shared)
    tell("pages")
    entries, forms = _pages(commons, shared, part, desk, render)
    tell("search")
    documents = {id_: documenter(commons, shared, language)(id_) for id_ in part.ids}
    files = index.build(list(documents.values()), language, facet_names(desk))
    shards = {name: data for file in files for name, data in shards_of(file.data).items()}
    tell("packing")
    later = {path: plain_script(scripts.file_of(shared, path)) for path in scripts.FOR_FORMS}
    styles = {
        scripts.STYLE: styles_of(desk)[1],
        scripts.FORM_STYLE: plain_style(scripts.file_of(shared, scripts.FORM_STYLE)),
    }
    notices = {scripts.NOTICES: scripts.file_of(shared, scripts.NOTICES)}
    named = [one.title for one in documents.values()]
    tables = {**scripts.tables_of(shared, desk.speaker, named), **towns}
    packed = {
        # The list has what search shows of a document.
        "search": {_shard(name): held.packed(data) for name, data in shards.items() if not name.startswith("t/")},
        "pages": {f"e{number}": held.packed_json(block) for number, block in enumerate(entries)},
        "forms": {"forms": held.packed_json(held.shared(forms)),
                  "code": held.packed_json({**later, **styles, **notices}),
                  "tables": held.packed_json(tables)},
    }  # fmt: skip
    lines = {what: held.lines(items) for what, items in packed.items()}
    title, about = about_of(part, desk, edition)
    made = Made(
        title=title,
        about=about,
        kinds=listed(part, desk, documents),
        held="".join(lines.values()),
        told={"title": title, "site": desk.context.settings.site_name, "prefix": _prefix(desk), "together": TOGETHER,
              "shown": len(part.ids) if len(part.ids) < SMALL else SHOWN, "digest": _digest(shards), "away": desk.context.settings.site_url},
        later_scripts=later.values(),
        later_styles=styles.values(),
    )  # fmt: skip
    data = file_made(made, desk, render)
    sizes = {what: len(text) for what, text in lines.items()}
    return Pocket(data, {**sizes, "list, style and script": len(data) - sum(sizes.values())})


def _with_places(shared: Context, towns: Mapping[str, str]) -> Context:
    return replace(shared, places=tuple(sorted(path.rpartition("/")[2].removesuffix(".js") for path in towns)))


def _pages(
    commons: Commons, shared: Context, part: Part, desk: Desk, render: Rendered
) -> tuple[list[Any], dict[str, str]]:
    """The entries in blocks, each with its name, its page and its file, which share their words; and the forms."""
    ways = ways_of(part, desk)
    found = [
        [name, html, commons.catalog.text(id_)]
        for id_, (name, html) in zip(part.ids, entry_fragments(part, desk, ways, render), strict=True)
    ]
    return held.blocks(found, TOGETHER), form_fragments(commons, shared, desk, ways, render)


def _shard(name: str) -> str:
    """What a search file is called here: `h`, `d/0`."""
    sort, _, rest = name.partition("/")
    return f"{sort}/{number}" if (number := rest.partition("/")[2]) else sort


def _digest(shards: Mapping[str, bytes]) -> str:
    """What the documents' own shards begin with, in hex."""
    return next((data[:DIGEST].hex() for name, data in shards.items() if name.startswith("t/")), "")


def _prefix(desk: Desk) -> str:
    return "" if desk.language == desk.context.default else f"{desk.language.lower()}/"
