"""Profiles, facets, articles, trust, and entries that were withdrawn."""

from __future__ import annotations

import dataclasses
import datetime
import os
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from tests.helpers import catalog, commons, entry, linked

from auzolan.load.history import History
from auzolan.model.commons import Commons, Trust
from auzolan.model.dates import PartialDate

A, B = "cooperative/a", "organization/b"
HEAD = "---\ntitle: A mill\ndate: {}\nsummary: Shared.\ntopics: [commons]\n---\n"


def plain(value: Any) -> Any:
    """Any value of a Commons as nested tuples that keep every order."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return (type(value).__name__, *(plain(getattr(value, one.name)) for one in dataclasses.fields(value)))
    if isinstance(value, dict):
        return ("dict", *((plain(key), plain(item)) for key, item in value.items()))
    if isinstance(value, list | tuple):
        return tuple(plain(item) for item in value)
    if isinstance(value, set | frozenset):
        return ("set", *sorted(map(repr, value)))
    return repr(value)


def test_profiles() -> None:
    made = catalog(
        {A: "name: {en: Growers, ca: Pagesos}\nstarted: 2010-05\nmembers: {count: '12'}\ntopics: [Commons]\n"}
    )
    created, changed = datetime.date(2020, 1, 1), datetime.date(2021, 1, 1)
    path = "directory/cooperatives/a.yaml"
    profile = linked(dataclasses.replace(made, history=History({path: created}, {path: changed}, True))).profiles[A]
    assert (profile.names, profile.language, profile.kind, profile.slug) == (
        {"en": "Growers", "ca": "Pagesos"},
        "en",
        "cooperative",
        "a",
    )
    assert profile.values["started"] == PartialDate(2010, 5)
    assert profile.values["members"] == {"count": 12}
    assert profile.values["topics"] == ("commons",)
    assert (profile.created, profile.changed) == (created, changed)


def test_a_plain_text_is_in_the_language_of_its_entry() -> None:
    profile = commons({A: "name: Pagesos\nwritten_in: ca\n"}).profiles[A]
    assert (profile.names, profile.language) == ({"ca": "Pagesos"}, "ca")


def test_entries_of_a_kind_stand_from_a_to_z() -> None:
    names = {"cooperative/x": "Éclair", "cooperative/y": "apple", "cooperative/z": "Zeta"}
    made = commons({id_: f"name: {name}\n" for id_, name in names.items()})
    assert made.by_kind["cooperative"] == ("cooperative/y", "cooperative/x", "cooperative/z")
    assert made.by_kind["tool"] == ()
    assert made.listed == ("cooperative/x", "cooperative/y", "cooperative/z")


def test_facets_count_entries_and_articles() -> None:
    made = commons(
        {
            A: "topics: [commons, mapping]\nlanguages: [ca]\n",
            B: "topics: [commons]\n",
            "tool/saw": "self_hosted: yes\n",
        },
        articles={
            "mill.md": HEAD.format("2026-01-01") + "Words.\n",
            "mill.ca.md": HEAD.format("2026-01-01") + "Mots.\n",
        },
    )
    topics = made.facets["topics"]
    assert (topics.type, topics.vocabulary) == ("word", "topics")
    assert [(one.id, one.members) for one in topics.values] == [
        ("commons", ("article/mill", A, B)), ("mapping", (A,)),
    ]  # fmt: skip
    assert [(one.id, one.members) for one in made.facets["languages"].values] == [("ca", (A,))]
    assert [(one.id, one.members) for one in made.facets["self-hosted"].values] == [("yes", ("tool/saw",))]


def test_facets_of_places_offers_licences_and_principles() -> None:
    made = commons({
        A: "places: [{country: ES, region: ES-CT}, {country: ES}]\noffers: [{what: space, title: A room}]\n"
           "needs: [{what: space, title: A hall}, {what: knowledge, title: Accounts}]\n"
           "principles: [{set: ussen, principle: solidarity}]\n",
        "tool/saw": "license: MIT OR CC0-1.0\n",
    })  # fmt: skip
    told = {id_: [one.id for one in facet.values] for id_, facet in made.facets.items()}
    assert told["country"] == ["ES"] and told["region"] == ["ES-CT"]
    assert told["offers"] == ["space"] and told["needs"] == ["knowledge", "space"]
    assert told["license"] == ["CC0-1.0", "MIT"]
    assert told["principles-ussen"] == ["solidarity"]
    assert "solidarity-economy" not in told


def test_a_word_has_every_entry_once() -> None:
    made = commons({A: "topics: [commons]\noffers: [{what: space, title: A}, {what: space, title: B}]\n"})
    assert [one.members for one in made.facets["offers"].values] == [(A,)]


WITHDRAWN = "status: withdrawn\nwithdrawn_because: request\nformer_ids: [organization/old]\n"


def test_what_was_withdrawn_drops_out_everywhere() -> None:
    made = commons(
        {
            A: f"description: See [[{B}]] and [[organization/old]].\n"
            f"relations: [{{type: partner-of, to: {B}, sources: [page]}}]\n"
            f"record: {{sources: {{page: {{title: T, by: {B}}}}}}}\n",
            B: WITHDRAWN,
        },
        articles={"mill.md": HEAD.format("2026-01-01") + f"[[{B}]]\n"},
        bare=[B],
    )
    profile = made.profiles[B]
    assert profile.withdrawn and profile.values == {"withdrawn_because": "request"} and not profile.names
    assert not (profile.relations or profile.articles or profile.mentioned_by or profile.trust)
    assert made.listed == (A,) and made.by_kind["organization"] == ()
    assert made.relations == () and made.profiles[A].relations == () and made.wanted == ()
    assert made.stories["mill"].mentions == ()
    assert all(B not in value.members for facet in made.facets.values() for value in facet.values)
    assert made.redirects == {"organization/old": B}


def test_one_that_was_withdrawn_reports_nothing() -> None:
    made = commons({
        A: "relations: [{type: partner-of, to: {name: Somebody}, sources: [page]}]\n"
           f"record: {{sources: {{page: {{title: T, by: {B}}}}}}}\n",
        B: WITHDRAWN,
    }, bare=[B])  # fmt: skip
    assert made.relations[0].reported_by == ("T",)


@pytest.mark.parametrize("field", ["locality: Vic", "postcode: '08500'", "latitude: '41'\n    longitude: '2'"])
def test_a_hidden_place_keeps_neither_town_nor_coordinates(field: str) -> None:
    # `check` refuses such a file; linking does not rely on it.
    made = linked(catalog({A: f"places:\n  - country: ES\n    precision: hidden\n    {field}\n"}))
    assert made.profiles[A].values["places"] == ({"country": "ES", "precision": "hidden"},)


def test_articles_and_their_mentions() -> None:
    made = commons(
        {A: "", B: "former_ids: [organization/old]\n"},
        articles={
            "mill.md": HEAD.format("2026-02-01") + f"[[{A}]] and [[organization/old]], again [[{A}]].\n",
            "mill.ca.md": HEAD.format("2026-01-01") + f"[[{A}|ells]].\n",
            "other.md": HEAD.format("2026-03-01") + f"`[[{A}]]` is how one writes it.\n",
        },
    )
    story = made.stories["mill"]
    assert list(story.versions) == ["en", "ca"]
    assert story.mentions == (A, B)
    assert story.date == PartialDate(2026, 1, 1)
    assert made.profiles[A].articles == ("mill",)
    assert made.profiles[B].articles == ("mill",)
    assert made.stories["other"].mentions == ()


def test_entries_that_mention_entries() -> None:
    made = commons({A: f"description: See [[{B}]], [[{B}]] and [[{A}]].\n", B: ""})
    assert made.profiles[B].mentioned_by == (A,)
    assert made.profiles[A].mentioned_by == ()


@pytest.mark.parametrize(
    ("until", "today", "open_"),
    [
        ("2026", "2026-11-20", (0,)),
        ("2026-10", "2026-11-20", ()),
        ("2026-11-20", "2026-11-20", (0,)),
        ("2020", None, (0,)),
    ],
)
def test_offers_past_their_until_are_no_longer_open(until: str, today: str | None, open_: tuple[int, ...]) -> None:
    yaml = f"offers: [{{what: space, title: A, until: {until}}}]\nneeds: [{{what: space, title: B}}]\n"
    profile = commons({A: yaml}, today=datetime.date.fromisoformat(today) if today else None).profiles[A]
    assert (profile.open_offers, profile.open_needs) == (open_, (0,))


def trust(record: str, more: str = "") -> tuple[Trust, ...]:
    return commons({A: f"{more}record: {{{record}}}\n", B: ""}).profiles[A].trust


def test_trust_words() -> None:
    assert trust("as_of: 2020, submitted_by: third-party") == (Trust("listed"),)
    assert trust("sources: {a: {title: T}, b: {title: T}}") == (Trust("sourced", count=2),)
    assert trust("submitted_by: itself") == (Trust("listed"), Trust("submitted-as-itself"))
    verified = "verified: [{on: 2026-01-01, how: visit}, {on: 2025-01-01, how: website}]"
    assert trust(verified) == (Trust("listed"), Trust("verified", on=PartialDate(2026, 1, 1), how="visit"))
    assert trust("review_by: 2026-11-19")[-1] == Trust("review-overdue", on=PartialDate(2026, 11, 19))
    assert trust("review_by: 2026-11-20") == (Trust("listed"),)
    assert trust("review_by: 2026") == (Trust("listed"),)
    # Somebody has looked since.
    told = trust("review_by: 2026-11-01, verified: [{on: 2026-11-19, how: visit}]")
    assert [one.word for one in told] == ["listed", "verified"]


OWN = "website: https://www.growers.coop/\n"


@pytest.mark.parametrize(
    ("source", "word"),
    [
        (f"title: T, by: {A}, url: 'https://growers.coop/about'", "declared"),
        (f"title: T, by: {B}, url: 'https://growers.coop/about'", "submitted-as-itself"),
        ("title: T, url: 'https://growers.coop/about'", "submitted-as-itself"),
        (f"title: T, by: {A}, url: 'https://growers.coop.evil.net/'", "submitted-as-itself"),
        (f"title: T, by: {A}", "submitted-as-itself"),
    ],
)
def test_declared_by_itself_needs_its_own_site(source: str, word: str) -> None:
    assert trust(f"submitted_by: itself, sources: {{a: {{{source}}}}}", OWN)[1].word == word


@pytest.mark.parametrize(
    ("page", "word"),
    [
        ("https://growers.coop/about", "declared"),
        ("https://www.growers.coop/", "declared"),
        ("https://other.example/", "submitted-as-itself"),
        ("https://growers.coop.evil.example/", "submitted-as-itself"),
    ],
)
def test_a_page_of_its_own_site_that_links_back_declares_it(page: str, word: str) -> None:
    record = f"submitted_by: itself, linked_from: {{url: '{page}', on: 2026-11-01}}"
    assert trust(record, OWN)[1].word == word
    assert trust(record)[1].word == "submitted-as-itself"
    # Whoever else wrote the entry: then it is not the group's word.
    assert [one.word for one in trust(record.replace("itself", "third-party"), OWN)] == ["listed"]


def test_a_site_of_nobody_declares_nothing() -> None:
    assert trust(f"submitted_by: itself, sources: {{a: {{title: T, by: {A}}}}}")[1].word == "submitted-as-itself"


def test_confirmed_relations_count() -> None:
    yaml = (
        f"relations: [{{type: partner-of, to: {B}, sources: [x, y]}}]\n"
        f"record: {{sources: {{x: {{title: X, by: {A}}}, y: {{title: Y, by: {B}}}}}}}\n"
    )
    made = commons({A: yaml, B: ""})
    assert (
        Trust("confirmed", count=1) in made.profiles[A].trust and Trust("confirmed", count=1) in made.profiles[B].trust
    )


def test_an_overdue_review_and_an_example() -> None:
    profile = commons({A: "example: true\nrecord: {review_by: 2020}\n"}).profiles[A]
    assert profile.is_example and profile.review_overdue


ENTRIES = {
    A: f"topics: [commons, mapping]\ndescription: See [[{B}]].\nrelations:\n  - {{type: partner-of, to: {B}}}\n"
       "  - {type: uses, to: tool/saw}\n  - {type: member-of, to: {name: The Guild}}\n",
    B: f"topics: [mapping]\nrelations: [{{type: partner-of, to: {A}, since: 2010}}]\nformer_ids: [organization/old]\n",
    "tool/saw": "license: MIT OR CC0-1.0\nplatforms: [web]\n",
    "license/mit": "spdx_id: MIT\n",
    "plan/ten-years": f"relations: [{{type: authored-by, to: {B}}}]\n",
}  # fmt: skip


def example_commons() -> Commons:
    return commons(ENTRIES, articles={"mill.md": HEAD.format("2026-01-01") + f"[[{A}]]\n"})


def test_the_order_of_files_changes_nothing() -> None:
    made = catalog(ENTRIES)
    expected = plain(linked(made))
    for seed in range(5):
        ids = list(ENTRIES)
        random.Random(seed).shuffle(ids)
        shuffled = dataclasses.replace(made, entries={id_: entry(id_, ENTRIES[id_]) for id_ in sorted(ids)})
        assert plain(linked(shuffled)) == expected


def test_the_hash_seed_changes_nothing() -> None:
    root = Path(__file__).resolve().parents[2]
    code = (
        "import hashlib; from tests.link.test_link import example_commons, plain;"
        "print(hashlib.sha256(repr(plain(example_commons())).encode()).hexdigest())"
    )
    told = set()
    for seed in ("0", "1", "77"):
        environment = {
            **os.environ,
            "PYTHONHASHSEED": seed,
            "PYTHONPATH": os.pathsep.join([str(root / "plugins"), str(root)]),
        }
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        told.add(done.stdout)
    assert len(told) == 1


def test_a_commons_links_what_its_own_findings_refuse_without_raising() -> None:
    for yaml in (
        "relations: [{type: partner-of, to: {url: x}}, {type: nothing, to: cooperative/a}, {}]\n",
        "relations: [{type: partner-of, to: organization/nobody, sources: [nowhere]}]\n",
        "record: {sources: {a: words}}\n", "offers: [words]\n", "license: OR OR\n", "places: words\n",
    ):  # fmt: skip
        linked(catalog({A: yaml, B: ""}))
