"""A commons, a context and a language come in; what builders look up again and again goes out, each worked out once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from html import escape
from typing import Any

from auzolan.model.commons import Commons, Profile, Reference, SourceRef
from auzolan.model.kinds import Field, Kind
from auzolan.model.text import license_slug
from auzolan.render.cards import Card, known_kind, made_card, name_of, wanted_card
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import license_link
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker, TextView

CARDS_KEPT = 20_000
"""How many cards a builder remembers; a card weighs about a kilobyte."""


@dataclass(frozen=True)
class Desk:
    """Where one builder works in one language. What it tells of an entry other than the page's own, it knows by a fact of
    that entry, so that a page depends on no more than what it shows. `make_card` remembers."""

    commons: Commons
    context: Context
    speaker: Speaker
    make_card: Callable[[str], Card | None]

    @property
    def language(self) -> str:
        """The language of the pages made here."""
        return self.speaker.language

    def kind(self, name: str) -> Kind:
        """A declared kind."""
        return self.commons.catalog.declarations.kinds[name]

    def kind_view(self, name: str) -> dict[str, Any]:
        """A declared kind as templates see it."""
        return known_kind(self.kind(name), self.speaker)

    def entry_path(self, id_: str) -> str:
        """The address of an entry's page in this language."""
        kind, _, slug = id_.partition("/")
        return addresses.entry_page(self.kind(kind), slug, self.language, self.context.default)

    def value_path(self, field: Field, value: str, siblings: Mapping[str, str]) -> str:
        """The page about a value: every word has one, other values where they are a facet; "" where there is none."""
        if field.type == "word":
            vocabulary = field.vocabulary_for(siblings)
            known = self.speaker.word_of(vocabulary, value) is not None
            return self.word_path(vocabulary, value) if known else ""
        return self.word_path(field.name, value) if self.commons.has_value(field.name, value) else ""

    def word_path(self, facet: str, value: str) -> str:
        """The first page of a facet's value or a vocabulary's word."""
        return addresses.facet_value_page(facet, value, self.language, self.context.default)

    def card(self, id_: str) -> Card | None:
        """The card of an entry or article; None for what is withdrawn or unknown."""
        return self.commons.fact(f"card.{self.language}", id_, lambda: self.make_card(id_))

    def cards(self, ids: Iterable[str]) -> list[Card]:
        """Cards in the order given, without what is withdrawn."""
        return [card for card in map(self.card, ids) if card]

    def reference(self, reference: Reference, kinds: Iterable[str] = (), *others: str) -> Card | None:
        """The card of what is referred to, listed or wanted; None for what was withdrawn. `kinds` are what something
        wanted may be, `others` the languages to name it in where it has no name in the reader's."""
        if reference.entry is None:
            return wanted_card(self.commons, self.speaker, reference.name, reference.url, kinds, *others)
        return self.card(reference.entry)

    def name(self, id_: str) -> TextView | None:
        """The name of an entry, a withdrawn one too; None where there is none of that id."""

        def made() -> TextView | None:
            profile = self.commons.profiles.get(id_)
            return name_of(self.speaker, profile) if profile else None

        return self.commons.fact(f"name.{self.language}", id_, made)

    def license(self, spdx_id: str) -> dict[str, str]:
        """A licence and where it is explained: its entry where there is one, else the SPDX list."""
        id_ = f"license/{license_slug(spdx_id)}"

        def listed() -> bool:
            profile = self.commons.profiles.get(id_)
            return profile is not None and not profile.withdrawn

        return license_link(spdx_id, self.entry_path(id_) if self.commons.fact("listed", id_, listed) else "")

    def source_view(self, here: Profile, reference: SourceRef) -> dict[str, Any] | None:
        """A link to a source: `n` its number, `entry` whose it is, `path` "" on the entry's own page, `of` the name of
        the entry elsewhere. A source of another entry that this one cites too is this one's."""
        own = reference.entry == here.id
        cited = _addresses(here) if own else self.cited_by(reference.entry)
        if cited is None or reference.key not in cited:
            return None
        number = list(cited).index(reference.key) + 1
        if own:
            return {"n": number, "entry": here.id, "path": "", "of": None}
        address = cited[reference.key]
        shared = list((_addresses(here) or {}).values()) if address else []
        if address in shared:
            return {"n": shared.index(address) + 1, "entry": here.id, "path": "", "of": None}
        path, name = self.entry_path(reference.entry), self.name(reference.entry)
        return {"n": number, "entry": reference.entry, "path": path, "of": name}

    def cited_by(self, id_: str) -> dict[str, str] | None:
        """The addresses of an entry's sources by their keys; None where there is no such entry."""

        def made() -> dict[str, str] | None:
            profile = self.commons.profiles.get(id_)
            return _addresses(profile) if profile else None

        return self.commons.fact("sources", id_, made)

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


def _addresses(profile: Profile) -> dict[str, str] | None:
    """The addresses of an entry's sources by key, "" where one has none; None for a withdrawn entry."""
    if profile.withdrawn:
        return None
    return {key: str(source.get("url") or "") for key, source in sources_of(profile).items()}


def desk_of(commons: Commons, context: Context, speaker: Speaker) -> Desk:
    """A desk for one builder and one language."""

    @lru_cache(maxsize=CARDS_KEPT)
    def make_card(id_: str) -> Card | None:
        return made_card(commons, context, speaker, id_)

    return Desk(commons, context, speaker, make_card)
