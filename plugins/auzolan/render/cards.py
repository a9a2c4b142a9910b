"""An entry or article comes in; its card goes out: the one line of the timetable that every listing shows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from auzolan.model.commons import Commons, Profile, Story
from auzolan.model.kinds import Field, Kind, Texts
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import NO_TEXT, Speaker, TextView

Card = dict[str, Any]
"""`id`, `path` ("" for a wanted entry), `kind` (kind_view or None), `name`, `aka`, `summary` (text views), `where`
(up to two lists of words: place, field of work), `wanted`, `url` (of a wanted entry), `date` (ISO, or "")."""

NAMES = frozenset({"name", "summary", "website", "status"})
"""Fields of the card that have their own place on it, or say nothing about where and what."""


def card_of(commons: Commons, context: Context, speaker: Speaker, id_: str) -> Card | None:
    """The card of an entry (`cooperative/x`) or of an article (`article/x`); None for what is withdrawn or unknown. Who
    asks knows no more of it than this."""
    return commons.fact(f"card.{speaker.language}", id_, lambda: made_card(commons, context, speaker, id_))


def made_card(commons: Commons, context: Context, speaker: Speaker, id_: str) -> Card | None:
    """The same, made anew."""
    profile = commons.profiles.get(id_)
    if profile is not None:
        return None if profile.withdrawn else entry_card(commons, speaker, profile)
    area, _, slug = id_.partition("/")
    story = commons.stories.get(slug) if area == "article" else None
    return story_card(commons, context, speaker, story) if story else None


def cards_of(commons: Commons, context: Context, speaker: Speaker, ids: Iterable[str]) -> list[Card]:
    """Cards in the order given, without what is withdrawn."""
    found = (card_of(commons, context, speaker, id_) for id_ in ids)
    return [card for card in found if card]


def entry_card(commons: Commons, speaker: Speaker, profile: Profile) -> Card:
    """The card of an entry."""
    kind = commons.catalog.declarations.kinds[profile.kind]
    name = name_of(speaker, profile)
    return {
        "id": profile.id,
        "path": addresses.entry_page(kind, profile.slug, speaker.language, speaker.default),
        "kind": known_kind(kind, speaker),
        "name": name,
        "aka": _aka(speaker, profile, name["text"]),
        "summary": speaker.text(profile.values.get("summary") or {}, profile.language),
        "where": where_of(speaker, kind, profile.values),
        "wanted": False,
        "url": "",
        "date": profile.created.isoformat() if profile.created else "",
    }


def story_card(commons: Commons, context: Context, speaker: Speaker, story: Story) -> Card:
    """The card of an article, in the reader's language where it is written in it."""
    kind = commons.catalog.declarations.article
    language = story_language(story, speaker)
    values = story.values.get(language, {})
    address = addresses.article_page if story.area == "articles" else addresses.plain_page
    return {
        "id": f"article/{story.slug}",
        "path": address(story.slug, language, context.default),
        "kind": known_kind(kind, speaker) if kind else None,
        "name": _said(speaker, values.get("title"), language) or speaker.said(story.slug, language),
        "aka": dict(NO_TEXT),
        "summary": _said(speaker, values.get("summary"), language) or dict(NO_TEXT),
        "where": [[part] for part in (speaker.date(story.date), _languages(speaker, story)) if part],
        "wanted": False,
        "url": "",
        "date": str(story.date) if story.date else "",
    }


def story_language(story: Story, speaker: Speaker) -> str:
    """The language in which to offer an article to a reader."""
    for candidate in (speaker.language, speaker.default, "en"):
        if candidate in story.versions:
            return candidate
    return min(story.versions)


def wanted_card(commons: Commons, speaker: Speaker, name: Texts, url: str, kinds: Iterable[str], *others: str) -> Card:
    """The card of something that is named and not written yet; `kinds` are what it may be."""
    known = [commons.catalog.declarations.kinds[kind] for kind in kinds if kind in commons.catalog.declarations.kinds]
    chosen = speaker.text(name, *others)
    if len(known) == 1:
        form = addresses.form(known[0], speaker.language, speaker.default)
    else:
        form = addresses.add(speaker.language, speaker.default)
    return {
        "id": "",
        "path": addresses.asking(form, name=chosen["text"]),
        "kind": _one_of(known, speaker),
        "name": chosen,
        "aka": dict(NO_TEXT),
        "summary": dict(NO_TEXT),
        "where": [],
        "wanted": True,
        "url": url,
        "date": "",
    }


def _one_of(kinds: list[Kind], speaker: Speaker) -> dict[str, Any] | None:
    """The kind something is; where it may be one of several, a plain disc, so that no sign claims to know."""
    if len(kinds) < 2:
        return known_kind(kinds[0], speaker) if kinds else None
    views = [known_kind(kind, speaker) for kind in kinds]
    return {**views[0], "name": "", "sign": "disc", "hue": "article", "flip": False, "label": _either(views)}


def _either(views: list[dict[str, Any]]) -> str:
    return " / ".join(str(view["label"]) for view in views)


def known_kind(kind: Kind, speaker: Speaker) -> dict[str, Any]:
    """A declared kind as templates see it, one view for all who show it."""
    return speaker.once(f"kind {kind.folder}", lambda: kind_view(kind, speaker))


def name_of(speaker: Speaker, profile: Profile) -> TextView:
    """An entry's name for a reader; its slug where it has none left."""
    chosen = speaker.text(profile.names, profile.language)
    return chosen if chosen["text"] else speaker.said(profile.slug, speaker.language)


def where_of(speaker: Speaker, kind: Kind, values: Mapping[str, Any]) -> list[list[str]]:
    """The card's far column: the place, then what the kind recommends to say, then its other card fields: the first
    two that are filled in, as finished words."""
    found: list[list[str]] = []
    for field in speaker.once(f"where {kind.folder}", lambda: _where_fields(kind)):
        value = values.get(field.name)
        items = value if isinstance(value, tuple | list) else () if value is None else (value,)
        words = [part for part in (_short(speaker, field, item, values) for item in items) if part]
        if words:
            unique = list(dict.fromkeys(words))
            found.append([*unique[:2], "…"] if len(unique) > 3 else unique)
            if len(found) == 2:
                break
    return found


def _where_fields(kind: Kind) -> list[Field]:
    shown = (field for field in kind.fields.values() if field.show == "card" and field.name not in NAMES)
    return sorted(shown, key=lambda field: (field.type != "place", not field.recommended))


def place_name(speaker: Speaker, place: Mapping[str, Any]) -> str:
    """`Barcelona, Catalonia, Spain`: as much as is recorded."""
    locality = place.get("locality")
    parts = [
        speaker.plain(locality) if isinstance(locality, Mapping) else locality or "",
        speaker.region(place["region"]) if place.get("region") else "",
        speaker.country(place["country"]) if place.get("country") else "",
    ]
    return ", ".join(dict.fromkeys(part for part in parts if part))


def _short(speaker: Speaker, field: Field, item: Any, values: Mapping[str, Any]) -> str:
    if field.type == "place":
        return place_name(speaker, item)
    if field.type == "text":
        return speaker.plain(item) if isinstance(item, Mapping) else str(item)
    if field.type == "date":
        return speaker.date(item)
    if field.type == "license":
        return license_words(str(item))
    if field.type in {"word", "country", "region", "language"}:
        return speaker.value(field, str(item), siblings_of(field, values))
    return ""


def siblings_of(field: Field, values: Mapping[str, Any]) -> Mapping[str, str]:
    """The texts beside a value, as far as its vocabulary's name asks for one."""
    asks = "{" in field.vocabulary
    return {key: one for key, one in values.items() if isinstance(one, str)} if asks else {}


def license_words(expression: str) -> str:
    """An SPDX expression for readers: the names made up for what is outside the SPDX list lose their prefix."""
    made_up = expression.startswith("LicenseRef-") and " " not in expression
    return expression.removeprefix("LicenseRef-").replace("-", " ") if made_up else expression


def _aka(speaker: Speaker, profile: Profile, shown: str) -> dict[str, Any]:
    """One other name: as the entry itself writes it, else its first alias."""
    own = profile.names.get(profile.language, "")
    if own and own != shown:
        return speaker.said(own, profile.language)
    for alias in profile.values.get("aliases") or ():
        chosen = speaker.text(alias, profile.language) if isinstance(alias, Mapping) else None
        if chosen and chosen["text"] and chosen["text"] != shown:
            return chosen
    return dict(NO_TEXT)


def _said(speaker: Speaker, value: Any, language: str) -> dict[str, Any] | None:
    if isinstance(value, Mapping):
        return speaker.text(value, language) if value else None
    return speaker.said(str(value), language) if value else None


def _languages(speaker: Speaker, story: Story) -> str:
    return speaker.listed(speaker.language_name(tag) for tag in sorted(story.versions))
