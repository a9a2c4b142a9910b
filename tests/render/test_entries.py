"""render/entry/entries.py and what it is made of: an entry's page says what is declared, recorded and known, and no more."""

from __future__ import annotations

import datetime
import json
from dataclasses import replace
from typing import Any

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons, Decision, Reference, Relation, SourceRef, Trust
from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Field
from auzolan.model.pages import Page
from auzolan.render.entry.entries import units_of

OVEN = "cooperatives/oven.html"


def with_field(commons: Commons, kind: str, *fields: Field) -> Commons:
    """The commons whose kind has more fields."""
    declared = commons.catalog.declarations
    more = {**declared.kinds[kind].fields, **{field.name: field for field in fields}}
    kinds = {**declared.kinds, kind: replace(declared.kinds[kind], fields=more)}
    return replace(commons, catalog=replace(commons.catalog, declarations=replace(declared, kinds=kinds)))


def with_profile(commons: Commons, id_: str, **changes: Any) -> Commons:
    """The commons with one entry changed."""
    return replace(commons, profiles={**commons.profiles, id_: replace(commons.profiles[id_], **changes)})


def with_values(commons: Commons, id_: str, **values: Any) -> Commons:
    """The commons with more values in one entry."""
    return with_profile(commons, id_, values={**commons.profiles[id_].values, **values})


def view(commons: Commons, path: str = OVEN, **more: Any) -> dict[str, Any]:
    """What the template of an entry gets."""
    page: Page = s.planned(commons, units_of, **more)[path]
    return dict(page.view["entry"])


def test_a_page_for_every_entry_and_language() -> None:
    planned = s.planned(f.commons(), units_of)
    for prefix in ("", "ca/", "ar/"):
        assert f"{prefix}{OVEN}" in planned
        assert f"{prefix}organizations/gone.html" in planned


def test_the_fact_box_keeps_the_declared_order_and_says_what_is_missing() -> None:
    shown = view(f.commons(), "cooperatives/roof.html")
    assert [row["name"] for row in shown["facts"]] == ["started", "topics", "places"]
    assert [row["name"] for row in shown["facts"] if not row["parts"]] == ["started"]
    html = s.text(s.built(f.commons(), units_of)["cooperatives/roof.html"])
    assert "Started not recorded yet" in html
    assert "Website" not in html


def test_names_in_other_languages_stand_in_the_band() -> None:
    page = s.tree(s.built(f.commons(), units_of)["ca/cooperatives/oven.html"])
    assert page.xpath("string(//h1)") == "Forn del Barri"
    assert page.xpath("//dl[@class='others']//bdi[@lang='en']/text()") == ["Neighbourhood Oven"]


def test_a_relation_is_told_from_both_sides() -> None:
    site = s.built(f.commons(), units_of)
    assert "is a member of Network of Ovens Source 1 confirmed by both" in s.text(site[OVEN])
    assert "has as a member Neighbourhood Oven" in s.text(site["organizations/network.html"])


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"state": "reported", "reported_by": ("A newspaper",)}, "reported by A newspaper"),
        ({"state": "reported", "reported_by": ()}, "no source yet"),
        ({"state": "reported", "reported_by": ("organization/network",)}, "reported by Network of Ovens"),
        ({"state": "stated", "stated_by": ("cooperative/oven",)}, "stated by itself"),
        ({"state": "stated", "stated_by": ("tool/ledger",)}, "stated by Open Ledger"),
        ({"state": "disputed"}, "disputed"),
        ({"state": "derived"}, "follows from the licence it names"),
    ],
)
def test_how_sure_a_relation_is(changes: dict[str, Any], words: str) -> None:
    relation = Relation("uses", Reference("cooperative/oven"), Reference("tool/ledger"), **changes)
    shown = view(with_profile(f.commons(), "cooperative/oven", relations=(relation,)))
    assert shown["relations"][0]["rows"][0]["states"][0]["words"] == words


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"as_of": PartialDate(2014)}, "last known 2014"),
        ({"as_of": PartialDate(2025, 3)}, "as of March 2025"),
        ({"since": PartialDate(2010)}, "since 2010"),
        ({"ended": True, "until": PartialDate(2016, 5, 1), "as_of": PartialDate(2016)}, "ended 1 May 2016"),
        ({"ended": True}, "ended"),
    ],
)
def test_how_old_the_knowledge_is(changes: dict[str, Any], words: str) -> None:
    relation = Relation("uses", Reference("cooperative/oven"), Reference("tool/ledger"), "stated", **changes)
    shown = view(with_profile(f.commons(), "cooperative/oven", relations=(relation,)))
    assert [state["words"] for state in shown["relations"][0]["rows"][0]["states"][1:]] == [words]


def test_without_a_build_date_knowledge_is_never_told_as_todays() -> None:
    relation = Relation(
        "uses", Reference("cooperative/oven"), Reference("tool/ledger"), "stated", as_of=PartialDate(2026)
    )
    commons = with_profile(f.commons(dated=False), "cooperative/oven", relations=(relation,))
    assert view(commons)["relations"][0]["rows"][0]["states"][1]["words"] == "last known 2026"


def test_decisions_are_stops_in_order_with_an_open_end() -> None:
    source = SourceRef("cooperative/oven", "site")
    decisions = (
        Decision(f.texts("Assembly"), "confirmed", PartialDate(2014, 8), {}, None),
        Decision(f.texts("Assembly"), "approved", PartialDate(2014, 7, 27), f.texts("By consensus."), source),
        Decision({}, "proposed", None, {}, None),
    )
    relation = Relation("uses", Reference("cooperative/oven"), Reference("tool/ledger"), "stated", decisions=decisions)
    commons = with_profile(f.commons(), "cooperative/oven", relations=(relation,))
    shown = view(commons)
    assert [stop["when"] for stop in shown["decisions"]] == ["27 July 2014", "August 2014", ""]
    assert shown["what_came"]
    page = s.built(commons, units_of)[OVEN]
    assert "What came of it since?" in page
    assert s.tree(page).xpath("//ol[@class='stops']//a[@href='#s1']")


def test_a_source_of_another_entry_leads_to_that_entrys_page() -> None:
    relation = Relation(
        "uses",
        Reference("cooperative/oven"),
        Reference("tool/ledger"),
        "stated",
        sources=(SourceRef("tool/ledger", "site"),),
    )
    commons = with_profile(f.commons(), "cooperative/oven", relations=(relation,))
    apart = {"sources": {"site": {"title": {"en": "Its manual"}, "url": "https://example.org/manual"}}}
    page = s.tree(s.built(with_values(commons, "tool/ledger", record=apart), units_of)[OVEN])
    there = page.xpath("//ul[@class='tt']//a[@href='../tools/ledger.html#s1']")
    assert [link.text for link in there] == ["Source 1 there"]
    # Both cite the same address: then it is a source of this page.
    assert s.tree(s.built(commons, units_of)[OVEN]).xpath("//ul[@class='tt']//a[@href='#s1']")


def test_what_is_wanted_leads_to_the_form() -> None:
    page = s.tree(s.built(f.commons(), units_of)[OVEN])
    assert page.xpath("//div[starts-with(@class, 'slip')]//h3//bdi/text()") == ["Valley Assembly"]
    assert "../contribute.html?name=Valley%20Assembly" in page.xpath("//a/@href")


def test_many_relations_of_one_sort_become_a_list_of_names() -> None:
    members = tuple(
        f.profile(f"cooperative/member-{n}", f"Member {n}", created=datetime.date(2026, 1, 1)) for n in range(20)
    )
    relations = tuple(
        Relation("member-of", Reference(one.id), Reference("organization/network"), "reported") for one in members
    )
    commons = with_profile(
        f.commons(profiles=(*f.standard_profiles(), *members)), "organization/network", relations=relations
    )
    page = s.tree(s.built(commons, units_of)["organizations/network.html"])
    assert len(page.xpath("//li[@class='crowd']/ul/li")) == 20


def test_offers_that_are_over_say_so() -> None:
    sub = {
        "title": f.one("title", "text", "Title", show="section"),
        "what": f.one("what", "word", "What", vocabulary="topics", show="section"),
    }
    offers = f.one("offers", "group", "Offers", many="list", fields=sub, show="section")
    values = ({"title": f.texts("Flour"), "what": "bread"}, {"title": f.texts("A mill"), "what": "bread"})
    commons = with_field(f.commons(), "cooperative", offers)
    commons = with_profile(
        with_values(commons, "cooperative/oven", offers=values), "cooperative/oven", open_offers=(1,)
    )
    words = s.text(s.built(commons, units_of)[OVEN])
    assert "Bread : Flour no longer open" in words
    assert "A mill no longer open" not in words


def test_principles_come_with_set_stance_statement_and_evidence() -> None:
    sub = {
        "set": f.one("set", "word", "List", vocabulary="sets", show="section"),
        "principle": f.one("principle", "word", "Principle", vocabulary="{set}", show="section"),
        "since": f.one("since", "date", "Since", show="section"),
        "statement": f.one("statement", "text", "Statement", show="section"),
        "evidence": f.one("evidence", "text", "Evidence", show="section"),
    }
    principles = f.one("principles", "group", "Principles", many="list", fields=sub, show="section")
    value = {
        "set": "topics",
        "principle": "bread",
        "since": PartialDate(2008),
        "statement": {"ca": "Pa per a tothom"},
        "evidence": {"ca": "site"},
    }
    commons = with_values(with_field(f.commons(), "cooperative", principles), "cooperative/oven", principles=(value,))
    page = s.tree(s.built(commons, units_of)[OVEN])
    assert page.xpath("//h3/a[@href='../by/topics/bread.html']/text()") == ["Bread"]
    assert page.xpath("//blockquote/bdi[@lang='ca']/text()") == ["Pa per a tothom"]
    assert page.xpath("//section[.//h2='Principles']//a[@href='#s1']")
    assert "Never scored" in s.text(s.built(commons, units_of)[OVEN])


@pytest.mark.parametrize(
    ("trust", "words"),
    [
        (Trust("listed"), "listed, no source yet"),
        (Trust("sourced", count=1), "sourced: 1 source"),
        (Trust("sourced", count=3), "sourced: 3 sources"),
        (Trust("declared"), "declared by itself"),
        (Trust("submitted-as-itself"), "submitted as itself, not proved"),
        (Trust("confirmed", count=2), "2 relations confirmed by both"),
        (Trust("verified", on=PartialDate(2026, 11, 1), how="visit"), "verified on 1 November 2026 (visit)"),
        (Trust("review-overdue"), "review overdue"),
    ],
)
def test_trust_is_said_in_words(trust: Trust, words: str) -> None:
    assert view(with_profile(f.commons(), "cooperative/oven", trust=(trust,)))["trust"] == [words]


def test_a_draft_translation_is_called_one() -> None:
    record = {"translations": {"en": {"summary": {"status": "draft", "of": "0"}}}}
    commons = with_values(
        f.commons(),
        "cooperative/oven",
        summary={"ca": "Pa amb el barri.", "en": "Bread with the barrio."},
        record=record,
    )
    site = s.built(commons, units_of)
    assert s.tree(site[OVEN]).xpath("//div[contains(@class, 'band')]//span[@class='tag']/text()") == [
        "Draft translation"
    ]
    assert "Traducció en esborrany: anglès" in s.text(site["ca/cooperatives/oven.html"])
    assert "Draft translation:" not in s.text(site[OVEN])


def test_the_file_leads_to_the_forge_only_where_there_is_one() -> None:
    assert view(f.commons())["file"]["view"] == ""
    hosted = f.commons(f.settings(repository="https://github.com/example/commons"))
    assert view(hosted)["file"]["edit"].endswith("/commons/edit/main/directory/cooperatives/oven.yaml")


def test_a_withdrawn_entry_keeps_its_id_and_nothing_else() -> None:
    commons = with_values(
        f.commons(), "organization/gone", summary=f.texts("A secret"), website="https://secret.example.org/"
    )
    for prefix in ("", "ca/"):
        page = s.built(commons, units_of)[f"{prefix}organizations/gone.html"]
        assert "organization/gone" in page
        assert "secret" not in page
        assert 'content="noindex"' in page


def test_neighbours_are_those_of_its_kind() -> None:
    shown = view(f.commons())
    assert shown["before"] is None
    assert shown["after"]["id"] == "cooperative/roof"


def test_linked_data_says_only_what_is_recorded() -> None:
    page = s.built(f.commons(f.settings(site_url="https://example.org")), units_of)[OVEN]
    said = json.loads(s.tree(page).xpath("string(//script[@type='application/ld+json'])"))
    assert said["@id"] == "https://example.org/cooperatives/oven.html"
    assert said["address"]["addressCountry"] == "ES"
    assert said["foundingDate"] == "2010"
    assert "url" not in said


def test_the_canonical_page_is_in_the_texts_own_language() -> None:
    page = s.tree(s.built(f.commons(f.settings(site_url="https://example.org")), units_of)[OVEN])
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/ca/cooperatives/oven.html"]
    assert not s.tree(s.built(f.commons(), units_of)[OVEN]).xpath("//link[@rel='canonical']")


def test_views_are_plain_values() -> None:
    def plain(value: object) -> bool:
        if isinstance(value, dict):
            return all(isinstance(key, str) and plain(one) for key, one in value.items())
        if isinstance(value, list):
            return all(map(plain, value))
        return value is None or isinstance(value, str | int | float | bool)

    for page in s.planned(f.commons()).values():
        assert plain(dict(page.view)), page.path


def test_the_same_commons_gives_the_same_bytes() -> None:
    assert s.built(f.commons(), units_of) == s.built(f.commons(), units_of)
