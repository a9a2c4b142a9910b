"""The client's sentences come in; one script a language goes out that hands their translations to the client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial
from pathlib import Path

from auzolan.model.commons import Commons
from auzolan.model.errors import MissingFolder
from auzolan.model.pages import File, Unit
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

# The words come before base.js, which would make the same function if it came first.
LISTENER = "self.AUZOLAN_STRINGS=self.AUZOLAN_STRINGS||function(words){AUZOLAN_STRINGS.words=words};\n"


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`static/strings.<language>.js`, from the English sentences of `client/strings.json`. Raises MissingFolder where the
    theme has none."""
    listed = next((path for theme in context.themes if (path := theme / "client" / "strings.json").is_file()), None)
    if listed is None:
        raise MissingFolder("the theme has no client/strings.json", "install Auzolan anew")
    for speaker in context.speakers.values():
        yield Unit(f"strings {speaker.language}", partial(_script, listed, speaker))


def _script(listed: Path, speaker: Speaker) -> Iterator[File]:
    sentences: list[str] = json.loads(listed.read_text("utf-8"))
    translated = {sentence: speaker.words.gettext(sentence) for sentence in sentences}
    # What has no translation is left out: the client then falls back by its own rules, to English last.
    said = {sentence: text for sentence, text in translated.items() if text != sentence}
    data = json.dumps(said, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # U+2028 and U+2029 end a line in old scripts; JSON may hold them as they are.
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    yield File(f"static/strings.{speaker.language}.js", f"{LISTENER}AUZOLAN_STRINGS({data});\n".encode())
