"""A seed and a size come in; the same entries and articles go out, always: what every contender makes a site of.

An entry is a YAML file of about 50 lines and 1.5 KB, with about 125 words of Markdown and a few relations; there are 8
kinds, and up to 120 countries, 40 sectors and 400 tags (docs/speed.md). Nothing here reads a clock or a file.
"""

from __future__ import annotations

import datetime
import random
from collections.abc import Mapping
from dataclasses import dataclass

from bench.words import Zipf, invented, language, prose, sentence

KINDS: Mapping[str, str] = {
    "cooperative": "cooperatives",
    "organization": "organizations",
    "project": "projects",
    "makerspace": "makerspaces",
    "market": "markets",
    "library": "libraries",
    "garden": "gardens",
    "workshop": "workshops",
}
"""Kind → folder. The first three ship with Auzolan, the others are this workload's own."""
_CODES = (
    "ES FR IT PT DE GB IE BE NL LU CH AT DK SE NO FI IS PL CZ SK HU SI HR RS BA ME MK AL GR BG RO MD UA BY LT LV EE TR "
    "CY MT MA DZ TN LY EG SD ET KE UG TZ RW CM NG GH CI SN ML BF NE TG BJ GN SL LR GM CV ZA NA BW ZW ZM MZ MG AO CD "
    "US CA MX GT HN SV NI CR PA CU DO HT JM CO VE EC PE BO CL AR UY PY BR "
    "IN PK BD LK NP CN JP KR MN VN TH LA KH MM MY ID PH TL AU NZ IL PS"
)
COUNTRIES = tuple(_CODES.split(" "))
LANGUAGES = ("en", "es", "ca", "fr")
LISTED_WHOLE = 200
"""A kind of more entries than this has a page for each letter; every contender follows that."""
_RELATIONS = ("partner-of", "supports", "supplies", "member-of")
_FIRST_DAY = datetime.date(2012, 1, 1)


@dataclass(frozen=True, slots=True)
class Item:
    """One entry. `relations` pairs a type with the id of another entry (`kind/slug`); `created` is an ISO date."""

    kind: str
    slug: str
    name: str
    summary: str
    description: str
    language: str
    started: int
    country: str
    locality: str
    latitude: float
    longitude: float
    topics: tuple[str, ...]
    sectors: tuple[str, ...]
    relations: tuple[tuple[str, str], ...]
    created: str
    former: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """`kind/slug`."""
        return f"{self.kind}/{self.slug}"


@dataclass(frozen=True, slots=True)
class Article:
    """One article of the magazine; `images` are names of pictures, spread over its text by the writers of sites."""

    slug: str
    title: str
    summary: str
    body: str
    date: str
    topics: tuple[str, ...]
    images: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Workload:
    """All that a site says. `note` stands in the template of entries and articles, `tagline` is a setting."""

    seed: int
    languages: tuple[str, ...]
    items: tuple[Item, ...]
    topics: Mapping[str, str]
    sectors: Mapping[str, str]
    countries: tuple[str, ...]
    articles: tuple[Article, ...] = ()
    tagline: str = "Neighbours at work"
    note: str = "Made of plain files."


def directory(entries: int, languages: int = 1, seed: int = 1) -> Workload:
    """A directory of `entries` entries. A small one has no more words than entries, so that every word is used."""
    chance = random.Random(seed)
    vocabulary = invented(chance, 6000)
    words = language(vocabulary)
    rare = vocabulary[-1500:]
    topics = _vocabulary(rare[:400], entries)
    sectors = _vocabulary(rare[400:440], entries)
    countries = COUNTRIES[: max(1, entries)]
    draws = (Zipf(list(topics)), Zipf(list(sectors)), Zipf(countries))
    kinds = list(KINDS)
    names: list[str] = []
    items: list[Item] = []
    for number in range(entries):
        name = " ".join(word.capitalize() for word in chance.choices(rare, k=3))
        kind = kinds[number % len(kinds)]
        slug = f"{name.lower().replace(' ', '-')}-{number}"
        picked = [draw.different(chance, most) for draw, most in zip(draws, (3, 2, 1), strict=True)]
        # The first entries use each word once: a vocabulary of 400 tags has 400 pages with somebody on them.
        for chosen, draw in zip(picked, draws, strict=True):
            if number < len(draw.values):
                chosen[0] = draw.values[number]
        items.append(
            Item(
                kind=kind,
                slug=slug,
                name=f"{name} {number}",
                summary=sentence(chance, words, 14),
                description=prose(chance, words, (45, 35, 24, 20)),
                language=LANGUAGES[number % languages],
                started=chance.randint(1950, 2011),
                country=picked[2][0],
                locality=chance.choice(rare).capitalize(),
                latitude=round(chance.uniform(-50, 65), 2),
                longitude=round(chance.uniform(-170, 170), 2),
                topics=tuple(dict.fromkeys(picked[0])),
                sectors=tuple(dict.fromkeys(picked[1])),
                relations=_relations(chance, names),
                created=(_FIRST_DAY + datetime.timedelta(days=number % 5000)).isoformat(),
            )
        )
        names.append(f"{kind}/{slug}")
    return Workload(seed, LANGUAGES[:languages], tuple(items), topics, sectors, countries)


def magazine(articles: int = 450, images: int = 1500, seed: int = 1) -> Workload:
    """A magazine: long articles with pictures, no entries."""
    chance = random.Random(seed)
    vocabulary = invented(chance, 6000)
    words = language(vocabulary)
    topics = _vocabulary(vocabulary[-40:], articles)
    drawn = Zipf(list(topics))
    told = []
    for number in range(articles):
        first, last = number * images // articles, (number + 1) * images // articles
        title = " ".join(chance.choices(vocabulary[-1500:], k=4)).capitalize()
        told.append(
            Article(
                slug=f"{title.lower().replace(' ', '-')}-{number}",
                title=f"{title} {number}",
                summary=sentence(chance, words, 22),
                body=prose(chance, words, (90,) * 9 + (45, 90)),
                date=(_FIRST_DAY + datetime.timedelta(days=7 * number)).isoformat(),
                topics=tuple(drawn.different(chance, 3)),
                images=tuple(f"picture-{image}.png" for image in range(first, last)),
            )
        )
    return Workload(seed, LANGUAGES[:1], (), topics, {}, (), tuple(told))


def _vocabulary(words: list[str], entries: int) -> dict[str, str]:
    """Id → English label."""
    return {f"{word}-{number}": f"{word.capitalize()} {number}" for number, word in enumerate(words[: max(1, entries)])}


def _relations(chance: random.Random, names: list[str]) -> tuple[tuple[str, str], ...]:
    """A few relations to entries that came before, so that none runs in a circle."""
    found: dict[str, str] = {}
    for _ in range(chance.choice((1, 2, 2, 3)) if names else 0):
        target = chance.choice(names)
        joinable = target.startswith(("cooperative/", "organization/"))
        found[target] = chance.choice(_RELATIONS if joinable else _RELATIONS[:-1])
    return tuple((type_, target) for target, type_ in found.items())
