"""A small Commons made by hand, for the tests of export/. Every name in it is invented."""

from __future__ import annotations

import csv
import datetime
import io
from dataclasses import replace
from pathlib import Path
from typing import Any

from auzolan.export import files
from auzolan.model.commons import Commons, Decision, Profile, Reference, Relation, SourceRef, Story, Trust, Wanted
from auzolan.model.dates import PartialDate
from auzolan.model.diagnostics import Location
from auzolan.model.entries import Article, Catalog, Entry, History
from auzolan.model.kinds import Declarations, Field, Kind, RelationType, Vocabulary, Word
from auzolan.model.nodes import EMPTY, Mapping, Scalar
from auzolan.model.pages import File
from auzolan.model.settings import Settings

DAY = datetime.date(2026, 11, 20)


def one(name: str, type_: str, **more: Any) -> Field:
    """A field with a label and a help text."""
    return Field(name, type_, path=name, label={"en": name.title()}, help={"en": f"Say its {name}."}, **more)


def named(*fields: Field) -> dict[str, Field]:
    """Fields by name."""
    return {field.name: field for field in fields}


PLACE = named(
    one("country", "country", required=True), one("region", "region"), one("locality", "text", max=250),
    one("latitude", "number"), one("longitude", "number"), one("precision", "word", vocabulary="place-precisions"),
    one("role", "word", vocabulary="place-roles"),
)  # fmt: skip
SOURCE = named(
    one("title", "text", required=True, max=250), one("by", "reference", to=("any",)), one("url", "url"),
    one("published", "date"),
)  # fmt: skip
RELATION = named(
    one("type", "word", vocabulary="relations", required=True), one("to", "reference", to=("any",), required=True),
    one("as_of", "date"), one("sources", "text", many="list", to=("source",)),
)  # fmt: skip
FIELDS = named(
    one("name", "text", required=True, max=250, example="Forn del Barri"),
    one("aliases", "text", many="list", max=250, max_items=3, example="FB"),
    one("summary", "text", required=True, max=60),
    one("description", "prose", max=8000),
    one("status", "word", vocabulary="statuses"),
    one("started", "date"),
    one("ended", "date"),
    one("website", "url"),
    one("topics", "word", many="list", vocabulary="topics", max_items=12, example="bread"),
    one("languages", "language", many="list", max_items=60),
    one("same_as", "identifier", vocabulary="registries"),
    one("open", "flag"),
    one("offline", "word", vocabulary="offline-levels"),
    one("members", "group", fields=named(one("count", "number", required=True), one("source", "text", to=("source",)))),
    one("offers", "group", many="list", max_items=40, fields=named(
        one("title", "text", required=True, max=250), one("until", "date"),
        one("skills", "word", many="list", vocabulary="topics", max_items=9),
    )),
    one("contact", "group", fields=named(one("email", "email"), one("phone", "phone"))),
    one("license", "license"),
    one("places", "place", many="list", max_items=60, fields=PLACE),
    one("relations", "relation", many="list", max_items=200, fields=RELATION),
    one("withdrawn_because", "word", vocabulary="withdrawal-reasons"),
    one("record", "group", fields=named(
        one("license", "license"), one("sources", "source", many="keyed", max_items=60, fields=SOURCE),
    )),
)  # fmt: skip


def tree(**texts: str) -> Mapping:
    """What a file of plain lines would say."""
    return Mapping({key: Scalar(text, 1, 1, 1) for key, text in texts.items()}, {}, 1, 1)


def vocabulary(name: str, **words: str) -> Vocabulary:
    """A vocabulary of ids and English labels."""
    made = {id_.replace("_", "-"): Word(id_.replace("_", "-"), {"en": label}) for id_, label in words.items()}
    return Vocabulary(name, {"en": name.title()}, {}, made, path=f"directory/vocabularies/{name}.yaml")


def declarations() -> Declarations:
    """Two kinds of entries, the article kind, vocabularies and three relation types."""
    bread = Word("bread", {"en": "Bread"}, aliases={"ca": ("Pa", "Fleca i pa"), "en": ("Loaves",)})
    words = (
        Vocabulary("topics", {"en": "Topics"}, {}, {"bread": bread, "housing": Word("housing", {"en": "Housing"})}),
        vocabulary("statuses", active="Active", closed="Closed", withdrawn="Withdrawn"),
        Vocabulary(
            "place-precisions",
            {"en": "How exact"},
            {},
            {
                "exact": Word("exact", {"en": "Exact"}),
                "town": Word("town", {"en": "Town"}),
                "hidden": Word("hidden", {"en": "Hidden"}, aliases={"es": ("Oculto", "No público")}),
            },
        ),
        vocabulary("place-roles", seat="Seat", serves="Serves"),
        vocabulary("offline-levels", yes="Yes", partly="Partly", no="No"),
        vocabulary("registries", wikidata="Wikidata", osm="OpenStreetMap"),
        vocabulary("withdrawal-reasons", request="On request"),
    )
    relations = {
        "member-of": RelationType("member-of", {"en": "is a member of"}, inverse="has-member",
                                  inverse_label={"en": "has as a member"}),
        "partner-of": RelationType("partner-of", {"en": "is a partner of"}, inverse="partner-of", symmetric=True),
        "licensed-under": RelationType("licensed-under", {"en": "is under"}, inverse="licenses",
                                       derived_from="license"),
    }  # fmt: skip
    names = {"member-of": ("member-of", False), "has-member": ("member-of", True), "partner-of": ("partner-of", False),
             "licensed-under": ("licensed-under", False), "licenses": ("licensed-under", True)}  # fmt: skip
    kinds = [
        Kind(name, f"{name}s", {"en": name.title()}, {"en": f"{name.title()}s"}, fields=FIELDS,
             path=f"directory/kinds/{name}.yaml")
        for name in ("tool", "cooperative")
    ]  # fmt: skip
    fields = named(one("title", "text", required=True, max=250), one("license", "license"), one("date", "date"))
    article = Kind("article", "articles", {"en": "Article"}, {"en": "Articles"}, fields=fields)
    return Declarations({kind.name: kind for kind in kinds}, article, {v.name: v for v in words}, relations, names)


def profile(id_: str, names: dict[str, str], **more: Any) -> Profile:
    """An entry; `values` are laid over its name and a summary."""
    kind, slug = id_.split("/")
    values = {"name": dict(names), "summary": {"en": "What it does."}, **more.pop("values", {})}
    path, language = f"directory/{kind}s/{slug}.yaml", more.pop("language", "en")
    return Profile(id_, kind, slug, path, language, dict(names), values, **more)


OVEN = profile(
    "cooperative/oven", {"en": "Neighbourhood Oven", "ca": "Forn del Barri"}, language="ca",
    created=datetime.date(2026, 11, 2), changed=DAY, trust=(Trust("sourced", count=1),), articles=("bread",),
    values={
        "started": PartialDate(2010, 5), "website": "https://oven.example.org/", "topics": ("bread", "housing"),
        "aliases": ({"en": "The Oven"}, {"ca": "El Forn"}), "same_as": {"wikidata": "Q4115189"}, "open": True,
        "members": {"count": 120, "source": "report"}, "contact": {"phone": "+34 900 000 000"},
        "offers": (
            {"title": {"en": "Flour"}, "until": PartialDate(2027), "skills": ("bread", "housing")},
            {"title": {"ca": "Llenya"}, "skills": ("bread",)},
        ),
        "places": (
            {"country": "ES", "region": "ES-CT", "locality": {"ca": "Vilanova"}, "latitude": 41.22, "longitude": -1.73,
             "precision": "town", "role": "seat"},
            {"country": "FR", "latitude": 43, "longitude": 2},
        ),
        "record": {"license": "CC-BY-4.0", "sources": {
            "report": {"title": {"en": "Report"}, "published": PartialDate(2024)},
            "announcement": {"title": {"ca": "Anunci"}, "by": Reference("tool/ledger"), "url": "https://example.org/"},
        }},
    },
)  # fmt: skip
SHELTER = profile(
    "cooperative/shelter", {"en": "Quiet House"},
    values={"places": ({"country": "ES", "region": "ES-AN", "locality": {"en": "Secretville"}, "postcode": "99999",
                        "latitude": 37.123456, "longitude": -4.654321, "precision": "hidden", "role": "seat"},)},
)  # fmt: skip
LEDGER = profile("tool/ledger", {"en": "Open Ledger"}, values={"license": "MIT OR Apache-2.0"})
GONE = profile(
    "cooperative/gone", {"en": "Ghost Kitchen"}, withdrawn=True, changed=DAY,
    values={"summary": {"en": "Secret soup."}, "website": "https://ghost.example.org/"},
)  # fmt: skip
GONE_SAYS = {"status": "withdrawn", "withdrawn_because": "request", "website": "https://ghost.example.org/"}
REPORT = SourceRef("cooperative/oven", "report")
MEMBER = Relation(
    "member-of", Reference("cooperative/oven"), Reference(None, {"en": "Valley Assembly"}, "https://valley.example.org/"),
    "reported", reported_by=("A newspaper",), as_of=PartialDate(2014), note={"ca": "Des de fa anys"},
    decisions=(Decision({"en": "Assembly"}, "approved", PartialDate(2014, 7, 27), {}, REPORT),),
    sources=(REPORT,), written_in=(Location(OVEN.path, 9, 3),),
)  # fmt: skip
PARTNERS = Relation("partner-of", Reference("cooperative/oven"), Reference("cooperative/shelter"), "stated",
                    stated_by=("cooperative/oven",), ended=True)  # fmt: skip
HAUNTED = Relation("member-of", Reference("cooperative/oven"), Reference("cooperative/gone"), "stated")


def settings(root: Path = Path("/nowhere"), **changes: Any) -> Settings:
    """Settings of a site in English and Catalan."""
    plain = Settings(root, root / "directory", root / "content", root / "output", root / "theme", "Test Commons", "",
                     "example.org,2026:commons", ("en", "ca"))  # fmt: skip
    return replace(plain, **changes)


def story() -> Story:
    """One article in two languages; the Catalan one has a licence of its own."""
    versions = {
        language: Article(
            "bread", language, "articles", f"content/articles/bread.{language}.md", EMPTY, "Words.", 5, ""
        )
        for language in ("en", "ca")
    }
    values = {
        "en": {"title": {"en": "Bread and trust"}},
        "ca": {"title": {"ca": "Pa i confiança"}, "license": "CC-BY-4.0"},
    }
    mentions = ("cooperative/oven", "cooperative/gone")
    return Story("bread", "articles", versions, values, mentions, PartialDate(2026, 11, 18))


def commons(
    *profiles: Profile, site: Settings | None = None, relations: tuple[Relation, ...] = (MEMBER, PARTNERS, HAUNTED),
    history: History | None = None,
) -> Commons:  # fmt: skip
    """The Commons of these tests, or one of `profiles`."""
    by_id = {one_.id: one_ for one_ in profiles or (OVEN, SHELTER, LEDGER, GONE)}
    listed = tuple(sorted(id_ for id_, one_ in by_id.items() if not one_.withdrawn))
    entries = {id_: Entry(id_, one_.kind, one_.slug, one_.path, EMPTY, "0" * 64, "") for id_, one_ in by_id.items()}
    entries = {
        id_: replace(one_, fields=tree(**GONE_SAYS)) if id_ == GONE.id else one_ for id_, one_ in entries.items()
    }
    known = {id_: id_ for id_ in by_id}
    kept = tuple(r for r in relations if all(e.entry is None or e.entry in known for e in (r.subject, r.object)))
    wanted = (Wanted({"en": "Valley Assembly"}, "", ("cooperative",), (("cooperative/oven", "member-of"),)),)
    catalog = Catalog(site or settings(), declarations(), entries, (), (), {}, history or History(build_date=DAY))
    return Commons(catalog, by_id, listed, {}, {"bread": story()}, {}, kept, {}, wanted,
                   {"cooperative/stove": "cooperative/oven", "cooperative/haunt": "cooperative/gone"})  # fmt: skip


def made(commons_: Commons) -> dict[str, bytes]:
    """The bytes of every export by path."""
    return {file.path: file.data for file in files(commons_, ())}


def rows_of(file: File | bytes) -> list[dict[str, str]]:
    """A table read back as a reader of CSV would."""
    data = file if isinstance(file, bytes) else file.data
    return list(csv.DictReader(io.StringIO(data.decode("utf-8-sig"), newline="")))
