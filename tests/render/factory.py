"""A small Commons made by hand, for the tests of render/: no files, no other room. Every name in it is invented."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

from auzolan.model.commons import (
    Commons,
    Facet,
    FacetValue,
    Profile,
    Reference,
    Relation,
    SourceRef,
    Story,
    Trust,
    Wanted,
)
from auzolan.model.dates import PartialDate
from auzolan.model.entries import Article, Catalog, Entry, History
from auzolan.model.kinds import Declarations, Field, Kind, RelationType, Vocabulary, Word
from auzolan.model.nodes import EMPTY
from auzolan.model.settings import Settings

ROOT = Path(__file__).resolve().parents[2]
DAY = datetime.date(2026, 11, 20)
HOSTILE = "<script>alert(1)</script>\"'&"


def texts(en: str, ca: str = "", **others: str) -> dict[str, str]:
    """A text in English and, where given, other languages."""
    return {"en": en, **({"ca": ca} if ca else {}), **others}


def settings(**changes: Any) -> Settings:
    """Settings of a site in English, Catalan and Arabic, without an address."""
    plain = Settings(
        root=ROOT,
        directory=ROOT / "directory",
        content=ROOT / "content",
        output=ROOT / "output",
        theme=ROOT / "theme",
        site_name="Auzolan",
        site_url="",
        site_id="example.org,2026:commons",
        languages=("en", "ca", "ar"),
        tagline=texts("Neighbours’ common work", "Feina comuna de veïnes"),
        introduction=texts(
            "A directory of people who work together. Anyone may read it, correct it and carry it away."
        ),
        contact="hello@example.org",
    )
    return replace(plain, **changes)


def one(name: str, type_: str, label: str, **more: Any) -> Field:
    """A field whose label, help and example follow from its name."""
    more.setdefault("label", texts(label))
    more.setdefault("help", texts(f"Say its {label.lower()}."))
    more.setdefault("path", name)
    return Field(name, type_, **more)


def fields(*extra: Field) -> dict[str, Field]:
    """The fields that every kind of these tests has, then its own."""
    place = {
        "country": one("country", "country", "Country", path="places.country", required=True, example="ES", facet=True),
        "region": one("region", "region", "Region", path="places.region", example="ES-CT", facet=True),
        "locality": one("locality", "text", "Town", path="places.locality", example="Vilanova"),
        "latitude": one("latitude", "number", "Latitude", path="places.latitude", example="41.2"),
        "longitude": one("longitude", "number", "Longitude", path="places.longitude", example="1.7"),
        "precision": one(
            "precision", "word", "How exact", path="places.precision", vocabulary="place-precisions", example="town"
        ),
    }
    source = {
        "title": one("title", "text", "Title", path="record.sources.title", required=True, example="Statutes"),
        "url": one("url", "url", "Address", path="record.sources.url", example="https://example.org/statutes"),
    }
    record = {
        "sources": one(
            "sources",
            "source",
            "Sources",
            path="record.sources",
            many="keyed",
            essential=True,
            required=True,
            fields=source,
            show="section",
        ),
    }
    shared = (
        one("name", "text", "Name", required=True, essential=True, example="Name of the group", search=8, show="card"),
        one(
            "summary",
            "text",
            "Summary",
            required=True,
            essential=True,
            example="What it does, in one sentence.",
            max=250,
            search=4,
            show="card",
        ),
        one("description", "prose", "Description", example="A longer text.", search=1, show="section"),
        one("website", "url", "Website", example="https://example.org/", show="facts"),
        one("started", "date", "Started", example="2010", show="facts", recommended=True),
        one("topics", "word", "Topics", many="list", vocabulary="topics", example="bread", facet=True, show="card"),
        one("places", "place", "Places", many="list", essential=True, fields=place, show="card", recommended=True),
        one("relations", "relation", "Relations", many="list", show="section"),
    )
    every = (*shared, *extra, one("record", "group", "Record", fields=record, show="section"))
    return {field.name: field for field in every}


def kind(name: str, folder: str, label: str, plural: str, sign: str, *extra: Field, **more: Any) -> Kind:
    """A kind with its label and plural in English."""
    more.setdefault("hue", name)
    return Kind(
        name,
        folder,
        texts(label),
        texts(plural),
        describes=texts(f"What a {label.lower()} is."),
        sign=sign,
        fields=fields(*extra),
        path=f"directory/kinds/{name}.yaml",
        **more,
    )


def declarations() -> Declarations:
    """Six kinds, the article kind, three vocabularies and two relation types."""
    bodies = ("organisation-like",)
    kinds = (
        kind(
            "cooperative",
            "cooperatives",
            "Cooperative",
            "Cooperatives",
            "ring",
            one(
                "sectors", "word", "Sectors", many="list", vocabulary="sectors", example="food", facet=True, show="card"
            ),
            traits=bodies,
        ),
        kind("organization", "organizations", "Organisation", "Organisations", "squares", traits=bodies),
        kind("project", "projects", "Project", "Projects", "pennant", traits=bodies),
        kind("tool", "tools", "Tool", "Tools", "nut"),
        kind("license", "licenses", "Licence", "Licences", "lozenge"),
        kind("plan", "plans", "Plan", "Plans", "steps"),
    )
    article = Kind(
        "article",
        "articles",
        texts("Article"),
        texts("Articles"),
        sign="lines",
        hue="article",
        fields={"title": one("title", "text", "Title", required=True, example="A title")},
    )
    words = {
        "topics": Vocabulary(
            "topics",
            texts("Topics", "Temes"),
            {},
            {
                "bread": Word("bread", texts("Bread", "Pa"), definition=texts("Flour, water, time.")),
                "housing": Word("housing", texts("Housing", "Habitatge")),
            },
        ),
        "sectors": Vocabulary("sectors", texts("Sectors"), {}, {"food": Word("food", texts("Food", "Alimentació"))}),
        "place-precisions": Vocabulary(
            "place-precisions",
            texts("How exact"),
            {},
            {
                "town": Word("town", texts("Town")),
                "hidden": Word("hidden", texts("Hidden")),
            },
        ),
    }
    relations = {
        "member-of": RelationType(
            "member-of",
            texts("is a member of", "és membre de"),
            inverse="has-member",
            inverse_label=texts("has as a member", "té com a membre"),
            subjects=bodies,
            objects=("organization", "cooperative"),
        ),
        "uses": RelationType(
            "uses",
            texts("uses"),
            inverse="used-by",
            inverse_label=texts("is used by"),
            subjects=bodies,
            objects=("tool",),
        ),
    }
    names = {
        "member-of": ("member-of", False),
        "has-member": ("member-of", True),
        "uses": ("uses", False),
        "used-by": ("uses", True),
    }
    return Declarations({kind_.name: kind_ for kind_ in kinds}, article, words, relations, names)


def profile(id_: str, name: str | Mapping[str, str], summary: str = "", **more: Any) -> Profile:
    """An entry; `values` given are laid over name, summary and one source."""
    kind_, slug = id_.split("/", 1)
    names = {"en": name} if isinstance(name, str) else dict(name)
    values: dict[str, Any] = {
        "name": names,
        "summary": texts(summary or f"What {next(iter(names.values()))} does."),
        "record": {"sources": {"site": {"title": texts("Its own website"), "url": "https://example.org/"}}},
        **more.pop("values", {}),
    }
    folder = f"{kind_}s"
    more.setdefault("trust", (Trust("sourced", count=1),))
    return Profile(
        id_, kind_, slug, f"directory/{folder}/{slug}.yaml", more.pop("language", "en"), names, values, **more
    )


def story(
    slug: str,
    titles: Mapping[str, str],
    area: str = "articles",
    mentions: tuple[str, ...] = (),
    date: PartialDate | None = None,
    body: str = "First words.\n\n## Where it grows\n\nHere.",
    **values: Any,
) -> Story:
    """An article (or page) in the languages of `titles`."""
    first = next(iter(titles))
    versions = {
        language: Article(
            slug,
            language,
            area,
            f"content/{area}/{slug}{'' if language == first else '.' + language}.md",
            EMPTY,
            body,
            8,
            "0" * 64,
        )
        for language in titles
    }
    said = {
        language: {
            "title": {language: title},
            "summary": {language: f"About: {title}"},
            **({"date": date} if date else {}),
            **values,
        }
        for language, title in titles.items()
    }
    return Story(slug, area, versions, said, mentions, date)


def commons(
    site: Settings | None = None,
    *,
    profiles: tuple[Profile, ...] | None = None,
    stories: tuple[Story, ...] | None = None,
    dated: bool = True,
) -> Commons:
    """The Commons of these tests; `dated` gives it a History."""
    site = site or settings()
    said = declarations()
    every = profiles if profiles is not None else standard_profiles()
    told = stories if stories is not None else standard_stories()
    by_id = {one_.id: one_ for one_ in sorted(every, key=lambda one_: one_.id)}
    listed = tuple(id_ for id_, one_ in by_id.items() if not one_.withdrawn)
    by_kind = {name: tuple(id_ for id_ in listed if by_id[id_].kind == name) for name in said.kinds}
    dates = {one_.path: one_.created for one_ in every if one_.created} if dated else {}
    changed = {one_.path: one_.changed or one_.created for one_ in every if one_.created} if dated else {}
    history = History(dates, {path: day for path, day in changed.items() if day}, dated, DAY if dated else None)
    entries = {one_.id: Entry(one_.id, one_.kind, one_.slug, one_.path, EMPTY, "0" * 64, "") for one_ in every}
    relations = tuple({id(relation): relation for one_ in by_id.values() for relation in one_.relations}.values())
    pages = {"about": story("about", {"en": "About", "ca": "Quant a"}, area="pages", body="What this is.")}
    catalog = Catalog(site, said, entries, (), (), {}, history)
    return Commons(
        catalog,
        by_id,
        listed,
        by_kind,
        {one_.slug: one_ for one_ in told},
        pages,
        relations,
        facets_of(by_id, listed),
        wanted_of(relations),
        {"cooperative/old-oven": "cooperative/oven"},
    )


def facets_of(profiles: Mapping[str, Profile], listed: tuple[str, ...]) -> dict[str, Facet]:
    """Facets of topics, sectors, countries and regions."""

    def gathered(pick: Any) -> tuple[FacetValue, ...]:
        found: dict[str, list[str]] = {}
        for id_ in listed:
            for word in dict.fromkeys(pick(profiles[id_])):
                found.setdefault(word, []).append(id_)
        order = sorted(found, key=lambda word: (-len(found[word]), word))
        return tuple(FacetValue(word, texts(word.title()), tuple(found[word])) for word in order)

    def places(key: str) -> Any:
        return lambda one_: [place[key] for place in one_.values.get("places", ()) if place.get(key)]

    said = declarations().vocabularies
    made = (
        Facet("topics", "word", said["topics"].label, "topics", gathered(lambda one_: one_.values.get("topics", ()))),
        Facet(
            "sectors", "word", said["sectors"].label, "sectors", gathered(lambda one_: one_.values.get("sectors", ()))
        ),
        Facet("country", "country", texts("Country", "País"), "", gathered(places("country"))),
        Facet("region", "region", texts("Region"), "", gathered(places("region"))),
    )
    return {facet.id: facet for facet in made if facet.values}


def wanted_of(relations: tuple[Relation, ...]) -> tuple[Wanted, ...]:
    """What relations name and nobody has written."""
    return tuple(
        Wanted(
            relation.object.name,
            relation.object.url,
            ("organization", "cooperative"),
            ((relation.subject.entry or "", relation.type),),
        )
        for relation in relations
        if relation.object.entry is None
    )


def standard_profiles() -> tuple[Profile, ...]:
    """Seven entries: one of each kind, a second cooperative, and one that is withdrawn."""
    member = Relation(
        "member-of",
        Reference("cooperative/oven"),
        Reference("organization/network"),
        "confirmed",
        stated_by=("cooperative/oven", "organization/network"),
        as_of=PartialDate(2024),
        sources=(SourceRef("cooperative/oven", "site"),),
    )
    hoped = Relation(
        "member-of",
        Reference("cooperative/oven"),
        Reference(None, texts("Valley Assembly"), "https://valley.example.org/"),
        "reported",
        reported_by=("A newspaper",),
    )
    uses = Relation(
        "uses", Reference("cooperative/oven"), Reference("tool/ledger"), "stated", stated_by=("cooperative/oven",)
    )
    town = {
        "country": "ES",
        "region": "ES-CT",
        "locality": texts("Vilanova"),
        "latitude": 41.22,
        "longitude": 1.73,
        "precision": "town",
    }
    secret = {"country": "ES", "region": "ES-AN", "precision": "hidden"}
    return (
        profile(
            "cooperative/oven",
            texts("Neighbourhood Oven", "Forn del Barri"),
            "Bakes bread with its neighbours.",
            relations=(member, hoped, uses),
            articles=("bread-and-trust",),
            language="ca",
            values={"places": (town,), "topics": ("bread",), "sectors": ("food",), "started": PartialDate(2010)},
            created=datetime.date(2026, 11, 2),
            changed=datetime.date(2026, 11, 20),
        ),
        profile(
            "cooperative/roof",
            "Common Roof",
            "Homes that nobody can sell.",
            values={"places": (secret,), "topics": ("housing",)},
            created=datetime.date(2026, 11, 5),
        ),
        profile(
            "organization/network",
            "Network of Ovens",
            relations=(member,),
            values={"places": ({"country": "FR", "locality": texts("Nantes"), "latitude": 47.2, "longitude": -1.55},)},
            created=datetime.date(2026, 11, 3),
        ),
        profile("project/harvest", "Shared Harvest", created=datetime.date(2026, 11, 3)),
        profile("tool/ledger", "Open Ledger", relations=(uses,), created=datetime.date(2026, 11, 4)),
        profile("license/cc0-1.0", "CC0 1.0", created=datetime.date(2026, 11, 1)),
        profile("plan/ten-years", "Ten Years of Bread", created=datetime.date(2026, 11, 1)),
        profile("organization/gone", "Gone", withdrawn=True, created=datetime.date(2026, 11, 1)),
    )


def standard_stories() -> tuple[Story, ...]:
    """An article in two languages and one in Catalan only."""
    return (
        story(
            "bread-and-trust",
            {"en": "Bread and trust", "ca": "Pa i confiança"},
            mentions=("cooperative/oven",),
            date=PartialDate(2026, 11, 18),
            topics=("bread",),
        ),
        story("casa", {"ca": "La casa comuna"}, date=PartialDate(2026, 11, 10)),
    )
