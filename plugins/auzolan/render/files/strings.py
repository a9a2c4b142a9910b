"""The client's sentences come in; one script a language goes out that hands their translations to the client."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.errors import MissingFolder
from auzolan.model.pages import File, Unit
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

# The words come before base.js, which would make the same function if it came first.
LISTENER = "self.AUZOLAN_STRINGS=self.AUZOLAN_STRINGS||function(words){AUZOLAN_STRINGS.words=words};\n"


SENTENCES, SEARCH_SENTENCES = "strings.json", "search_strings.json"
FORM_SENTENCES, REPLY_SENTENCES = "form_strings.json", "reply_strings.json"
"""The English sentences of every page's scripts, and of those of search, form and replies alone, in a theme's `client/`."""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`static/strings.<language>.js`. Raises MissingFolder where the theme has no sentences."""
    sentences = sentences_of(context, SENTENCES)
    for speaker in context.speakers.values():
        yield Unit(f"strings {speaker.language}", partial(_script, sentences, speaker))


def sentences_of(context: Context, name: str) -> list[str]:
    """The sentences that the first theme lists which has such a list. Raises MissingFolder."""
    listed = next((path for theme in context.themes if (path := theme / "client" / name).is_file()), None)
    if listed is None:
        raise MissingFolder(f"the theme has no client/{name}", "install Auzolan anew")
    sentences: list[str] = json.loads(listed.read_text("utf-8"))
    return sentences


def translated(sentences: list[str], speaker: Speaker) -> dict[str, str]:
    """Sentence → translation; what has none is left out: the client then falls back by its own rules, to English last."""
    found = {sentence: speaker.words.gettext(sentence) for sentence in sentences}
    return {sentence: text for sentence, text in found.items() if text != sentence}


def _script(sentences: list[str], speaker: Speaker) -> Iterator[File]:
    data = json.dumps(translated(sentences, speaker), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    # U+2028 and U+2029 end a line in old scripts; JSON may hold them as they are.
    data = data.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
    yield File(f"static/strings.{speaker.language}.js", f"{LISTENER}AUZOLAN_STRINGS({data});\n".encode())
