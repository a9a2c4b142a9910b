"""A commons, a context and a language come in; what builders look up again and again goes out, each worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from auzolan.model.commons import Commons, Profile, SourceRef
from auzolan.model.kinds import Field, Kind
from auzolan.render.cards import Card, card_of, name_of
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

CARDS_KEPT = 20_000
"""How many cards a builder remembers; a card weighs about a kilobyte."""


@dataclass(frozen=True)
class Desk:
    """Where one builder works in one language. `card` remembers; `facet_values` are the facets' values that have
    a page of their own beside the words of vocabularies."""

    commons: Commons
    context: Context
    speaker: Speaker
    card: Callable[[str], Card | None]
    facet_values: frozenset[tuple[str, str]]

    @property
    def language(self) -> str:
        """The language of the pages made here."""
        return self.speaker.language

    def kind(self, name: str) -> Kind:
        """A declared kind."""
        return self.commons.catalog.declarations.kinds[name]

    def kind_view(self, name: str) -> dict[str, Any]:
        """A declared kind as templates see it."""
        return kind_view(self.kind(name), self.speaker)

    def entry_path(self, profile: Profile) -> str:
        """The address of an entry's page in this language."""
        return addresses.entry_page(self.kind(profile.kind), profile.slug, self.language, self.context.default)

    def value_path(self, field: Field, value: str, siblings: Mapping[str, str]) -> str:
        """The page about a value: every word has one, other values where they are a facet; "" where there is none."""
        if field.type == "word":
            vocabulary = field.vocabulary_for(siblings)
            known = self.speaker.word_of(vocabulary, value) is not None
            return self.word_path(vocabulary, value) if known else ""
        if (field.name, value) in self.facet_values:
            return self.word_path(field.name, value)
        return ""

    def word_path(self, facet: str, value: str) -> str:
        """The first page of a facet's value or a vocabulary's word."""
        return addresses.facet_value_page(facet, value, self.language, self.context.default)

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """Cards in the order given, without what is withdrawn."""
        return [card for card in map(self.card, ids) if card]

    def source_view(self, here: Profile, reference: SourceRef) -> dict[str, Any] | None:
        """A link to a source: `n` its number, `entry` whose it is, `path` "" on the entry's own page, `of` the name of
        the entry elsewhere. A source of another entry that this one cites too is this one's."""
        profile = self.commons.profiles.get(reference.entry)
        if profile is None or profile.withdrawn:
            return None
        keys = list(sources_of(profile))
        if reference.key not in keys:
            return None
        own = profile.id == here.id
        number = keys.index(reference.key) + 1
        address = str(sources_of(profile)[reference.key].get("url") or "")
        shared = [str(one.get("url") or "") for one in sources_of(here).values()] if address and not own else []
        if address in shared:
            return {"n": shared.index(address) + 1, "entry": here.id, "path": "", "of": None}
        return {
            "n": number,
            "entry": profile.id,
            "path": "" if own else self.entry_path(profile),
            "of": None if own else name_of(self.speaker, profile),
        }

    def mention(self, root: str) -> Callable[[str, str | None], str | None]:
        """What stands for `[[tool/nextcloud|words]]` in a page at `root`: trusted HTML, None for the unknown."""

        def link(id_: str, words: str | None) -> str | None:
            card = self.card(id_)
            if card is None:
                return None
            name = card["name"]
            shown = escape(words or name["text"])
            foreign = f' lang="{name["lang"]}" dir="{name["dir"]}"' if name["other"] and not words else ""
            sign = sign_html(card["kind"])
            hue = f" k-{card['kind']['hue']}" if card["kind"] else ""
            return f'<a class="with{hue}" href="{root}{escape(card["path"])}">{sign}<bdi{foreign}>{shown}</bdi></a>'

        return link


def sign_html(kind: Mapping[str, Any] | None) -> str:
    """A kind's sign as HTML, for prose, where no template writes it."""
    if kind is None:
        return ""
    flip = " flip" if kind["flip"] else ""
    return (
        f'<svg class="sign k-{kind["hue"]}{flip}" width="16" height="16" aria-hidden="true">'
        f'<use href="#s-{kind["sign"]}"/></svg>'
    )


def sources_of(profile: Profile) -> Mapping[str, Mapping[str, Any]]:
    """An entry's sources by key, in the order in which they were written."""
    found = (profile.values.get("record") or {}).get("sources") or {}
    return found if isinstance(found, Mapping) else {}


def desk_of(commons: Commons, context: Context, speaker: Speaker) -> Desk:
    """A desk for one builder and one language."""

    @lru_cache(maxsize=CARDS_KEPT)
    def card(id_: str) -> Card | None:
        return card_of(commons, context, speaker, id_)

    values = frozenset((facet.id, value.id) for facet in commons.facets.values() for value in facet.values)
    return Desk(commons, context, speaker, card, values)
