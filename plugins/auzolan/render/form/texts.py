"""Entries come in; the text of each one's file goes out as a classic script, for the form that improves it: nothing else can
be read from a page that lies on a disk.
"""

from __future__ import annotations

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import File
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import script_json


def is_offered(context: Context) -> bool:
    """Whether there are forms that could open an entry: they need our theme's scripts."""
    return "articles" in context.settings.features


def text_path(kind: Kind, slug: str) -> str:
    """`cooperatives/mondragon.js`: one for all languages, beside the page of the default one."""
    return f"{kind.folder}/{slug}.js"


def text_file(commons: Commons, kind: Kind, id_: str) -> File:
    """The script that hands the file's text to `AUZOLAN_ENTRY`."""
    entry = commons.catalog.entries[id_]
    return File(
        text_path(kind, entry.slug), f"AUZOLAN_ENTRY({script_json(id_)},{script_json(entry.source)});\n".encode()
    )
