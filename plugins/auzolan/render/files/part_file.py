"""A part of a commons comes in; `part.json` goes out, which says of what the site is a part, for programs."""

from __future__ import annotations

import json
from collections.abc import Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Unit
from auzolan.model.parts import FORMAT, PATH
from auzolan.model.settings import Settings
from auzolan.render.shared.context import Context


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """The file, in a part alone; `auzolan edition make` reads it."""
    if context.settings.part is not None:
        yield Unit("part", lambda: iter([File(PATH, _told(context.settings))]))


def _told(settings: Settings) -> bytes:
    part, whole = settings.part, settings.whole
    assert part is not None and whole is not None
    told = {
        "format": FORMAT,
        "site": part.site,
        "name": whole.site_name,
        "address": whole.site_url,
        "languages": list(settings.languages),
        "part": part.told(),
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()
