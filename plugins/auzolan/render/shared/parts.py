"""What somebody chose of a commons comes in; its words in a reader's language go out, and what a part's pages say of it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from auzolan.model.parts import KIND, LANGUAGE, ORDER
from auzolan.model.settings import Settings
from auzolan.render.shared.naming import Speaker, own_name


def chosen_words(chosen: Mapping[str, Sequence[str]], speaker: Speaker) -> list[str]:
    """A name for each chosen value: `Catalonia (ES-CT)`, `Cooperatives`, `Català`."""
    return [_word(name, value, speaker) for name in ORDER for value in chosen.get(name, ())]


def _word(name: str, value: str, speaker: Speaker) -> str:
    said = speaker.declarations
    if name == KIND:
        kind = said.article if said.article and said.article.name == value else said.kinds[value]
        return speaker.plain(kind.label_plural) or speaker.plain(kind.label) or kind.name
    if name == LANGUAGE:
        return own_name(value)
    if name in said.vocabularies and speaker.word_of(name, value) is not None:
        return speaker.word(name, value)
    return f"{speaker.coded(name, value)} ({value})"


def counted(some: int, total: int, speaker: Speaker) -> str:
    """`9 of 134 entries`."""
    return speaker.n("%(some)s of %(count)s entry", "%(some)s of %(count)s entries", total, some=speaker.number(some))


def part_view(settings: Settings, speaker: Speaker) -> dict[str, Any] | None:
    """What the pages of a part say of it: `what` it is, in a sentence, `address` of the whole, or "", and whether `images` are in it;
    None where the site is the whole."""
    part, whole = settings.part, settings.whole
    if part is None or whole is None:
        return None
    words = speaker.listed(chosen_words(part.chosen, speaker))
    told = counted(part.entries, part.total, speaker)
    return {
        "what": speaker._(
            "This is a part of %(name)s: %(part)s.", name=whole.site_name, part=", ".join(filter(None, [words, told]))
        ),
        "images": part.images,
        "address": whole.site_url,
    }
