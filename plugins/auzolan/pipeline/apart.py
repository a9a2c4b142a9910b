"""Settings come in; nothing goes out, unless the site would be written where something else lies: then it is refused."""

from __future__ import annotations

import json
from pathlib import Path

from auzolan.model.parts import PATH, Part
from auzolan.model.settings import Settings
from auzolan.write.made import UnwritableOutput, is_packed
from auzolan.write.ours import RECORD


def apart(settings: Settings) -> None:
    """Raises UnwritableOutput where the site would be written among the files that it is made of."""
    output = settings.output.resolve()
    sources = [settings.directory, settings.content, settings.theme, *settings.overrides]
    inside = any(output.is_relative_to(source.resolve()) for source in sources)
    if inside or settings.root.resolve().is_relative_to(output):
        raise UnwritableOutput(
            f"the site cannot be written into {settings.output}: its own sources lie there",
            "name a folder for it alone: auzolan build -o output",
        )
    if settings.part is None:
        return
    if is_packed(output):
        raise UnwritableOutput(
            "a part is not packed as it is built", "auzolan build … -o FOLDER, then auzolan edition pack"
        )
    if "articles" not in settings.features:
        raise UnwritableOutput(
            "a part has pages of Auzolan's own, and they are switched off",
            "PLUGINS = auzolan.PLUGINS; or auzolan pocket",
        )
    if (output / RECORD).is_file() and not _is_part(output, settings.part):
        raise UnwritableOutput(
            f"another site lies in {settings.output}", "name a folder for this part alone: -o FOLDER"
        )


def _is_part(output: Path, part: Part) -> bool:
    """Whether what was built there is this part, as it was then."""
    try:
        told = json.loads((output / PATH).read_bytes())
    except (OSError, ValueError):
        return False
    return isinstance(told, dict) and told.get("site") == part.site
