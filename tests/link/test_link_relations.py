"""Relations: both ways and both names, their state, their decisions, and what is wanted."""

from __future__ import annotations

import datetime

import pytest
from tests.helpers import commons

from auzolan.model.commons import Commons, Reference, Relation
from auzolan.model.dates import PartialDate

A, B = "cooperative/a", "organization/b"


def says(other: str, type_: str = "partner-of", by: str | None = None, more: str = "", title: str = "T") -> str:
    """An entry that is `type_` to `other`, by a source which `by` published."""
    source = f"{{title: {title}, by: {by}}}" if by else f"{{title: {title}}}"
    return (
        f"relations:\n  - type: {type_}\n    to: {other}\n    sources: [page]\n{more}"
        f"record: {{sources: {{page: {source}}}}}\n"
    )


def only(made: Commons) -> Relation:
    assert len(made.relations) == 1, made.relations
    return made.relations[0]


@pytest.mark.parametrize(
    ("mine", "theirs"), [("member-of", "has-member"), ("founded", "founded-by"), ("part-of", "has-part")]
)
def test_both_names_are_one_relation_shown_on_both_sides(mine: str, theirs: str) -> None:
    forward = only(commons({A: says(B, mine), B: ""}))
    backward = only(commons({A: "", B: says(A, theirs)}))
    both = commons({A: says(B, mine), B: says(A, theirs)})
    for relation in (forward, backward, only(both)):
        assert (relation.type, relation.subject.entry, relation.object.entry) == (mine, A, B)
    assert both.profiles[A].relations == both.profiles[B].relations == both.relations
    assert len(only(both).written_in) == 2


def test_a_symmetric_relation_is_one_whoever_writes_it() -> None:
    for entries in ({A: says(B), B: ""}, {A: "", B: says(A)}, {A: says(B), B: says(A)}):
        relation = only(commons(entries))
        assert (relation.subject.entry, relation.object.entry) == (A, B)


def test_supports_both_ways_are_two_relations() -> None:
    assert len(commons({A: says(B, "supports"), B: says(A, "supports")}).relations) == 2


def test_things_pooled_are_apart() -> None:
    more = "    what: A van\n  - {type: pools-with, to: organization/b, what: A shed}\n"
    made = commons({A: says(B, "pools-with", more=more), B: ""})
    assert [relation.what for relation in made.relations] == [{"en": "A shed"}, {"en": "A van"}]


@pytest.mark.parametrize(
    ("mine", "theirs", "state", "stated_by", "reported_by"),
    [
        (None, None, "reported", (), ("T",)),
        ("organization/c", None, "reported", (), ("organization/c", "T")),
        (A, None, "stated", (A,), ("T",)),
        (B, None, "stated", (B,), ("T",)),
        (A, A, "stated", (A,), ()),
        (A, B, "confirmed", (A, B), ()),
        (B, A, "confirmed", (A, B), ()),
    ],
)
def test_the_state_follows_from_whose_publication_says_it(
    mine: str | None, theirs: str | None, state: str, stated_by: tuple[str, ...], reported_by: tuple[str, ...]
) -> None:
    relation = only(commons({A: says(B, by=mine), B: says(A, by=theirs), "organization/c": ""}))
    assert (relation.state, relation.stated_by, relation.reported_by) == (state, stated_by, reported_by)


def test_one_contributor_who_writes_both_files_changes_nothing() -> None:
    one = only(commons({A: says(B, by=A), B: ""}))
    both = only(commons({A: says(B, by=A), B: says(A, by=A)}))
    neither = only(commons({A: says(B), B: says(A)}))
    assert (one.state, both.state, neither.state) == ("stated", "stated", "reported")
    itself = "submitted_by: itself, "
    dressed = {
        A: says(B).replace("{sources", "{" + itself + "sources"),
        B: says(A).replace("{sources", "{" + itself + "sources"),
    }
    assert only(commons(dressed)).state == "reported"


def test_one_file_may_hold_both_sides_publications() -> None:
    yaml = (
        f"relations: [{{type: partner-of, to: {B}, sources: [x, y]}}]\n"
        f"record: {{sources: {{x: {{title: X, by: {A}}}, y: {{title: Y, by: {B}}}}}}}\n"
    )
    assert only(commons({A: yaml, B: ""})).state == "confirmed"


def test_a_relation_without_sources_is_reported_by_nobody() -> None:
    relation = only(commons({A: f"relations: [{{type: partner-of, to: {B}}}]\n", B: ""}))
    assert (relation.state, relation.reported_by, relation.sources) == ("reported", (), ())


@pytest.mark.parametrize(
    ("mine", "theirs", "state"),
    [
        ("since: 2010", "since: 2012", "disputed"),
        ("since: 2010", "since: 2010-05", "confirmed"),
        ("since: 2010", "since: 2010", "confirmed"),
        ("since: 2010", "as_of: 2012", "confirmed"),
        ("until: 2015", "as_of: 2012", "disputed"),
        ("until: 2015", "until: 2016", "disputed"),
        ("until: 2015", "until: 2015-03", "confirmed"),
    ],
)
def test_dates_that_differ_are_disputed(mine: str, theirs: str, state: str) -> None:
    made = commons({A: says(B, by=A, more=f"    {mine}\n"), B: says(A, by=B, more=f"    {theirs}\n")})
    assert only(made).state == state
    swapped = commons({A: says(B, by=A, more=f"    {theirs}\n"), B: says(A, by=B, more=f"    {mine}\n")})
    assert only(swapped).state == state


def test_only_publications_can_dispute() -> None:
    made = commons({A: says(B, by=A, more="    since: 2010\n"), B: says(A, more="    since: 2012\n")})
    assert only(made).state == "stated"


@pytest.mark.parametrize(
    ("until", "today", "ended"),
    [
        ("2015", "2026-11-20", True),
        ("2026", "2026-11-20", False),
        ("2026-11-20", "2026-11-20", False),
        ("2030", None, True),
    ],
)
def test_a_relation_that_ended(until: str, today: str | None, ended: bool) -> None:
    day = datetime.date.fromisoformat(today) if today else None
    relation = only(commons({A: says(B, by=A, more=f"    until: '{until}'\n"), B: ""}, today=day))
    assert (relation.ended, str(relation.until)) == (ended, until)


def test_a_relation_is_as_old_as_its_newest_source() -> None:
    source = "record: {sources: {page: {title: T, published: 2014-08-06}}, as_of: 2020}\n"
    yaml = f"relations: [{{type: partner-of, to: {B}, sources: [page]}}]\n" + source
    assert only(commons({A: yaml, B: ""})).as_of == PartialDate(2014, 8, 6)
    assert only(commons({A: yaml.replace("[page]", "[page], as_of: 2016"), B: ""})).as_of == PartialDate(2016)
    assert only(commons({A: yaml.replace(", sources: [page]", ""), B: ""})).as_of == PartialDate(2020)


def test_derived_relations() -> None:
    licences = {"license/mit": "spdx_id: MIT\n", "license/ours-1.0": "spdx_id: LicenseRef-Ours-1.0\n"}
    made = commons({"tool/saw": "license: (MIT OR LicenseRef-Ours-1.0) AND CC0-1.0\n", **licences})
    assert [(one.type, one.state, one.object.entry) for one in made.relations] == [
        ("licensed-under", "derived", "license/mit"), ("licensed-under", "derived", "license/ours-1.0"),
    ]  # fmt: skip
    assert made.profiles["license/mit"].relations[0].subject == Reference("tool/saw")


def test_an_exception_is_no_licence() -> None:
    made = commons(
        {"tool/saw": "license: GPL-2.0-only WITH Classpath-exception-2.0\n", "license/mit": "spdx_id: MIT\n"}
    )
    assert made.relations == ()


def test_decisions_stand_in_the_order_in_which_they_were_taken() -> None:
    decisions = (
        "    decisions:\n      - {body: Last, act: confirmed, on: 2014-10-01}\n"
        "      - {body: After the last, act: ended}\n"
        "      - {body: First, act: proposed, on: 2014}\n"
        "      - {body: Second, act: approved, on: 2014-07-27, source: page}\n"
    )
    relation = only(commons({A: says(B, more=decisions), B: ""}))
    assert [one.body["en"] for one in relation.decisions] == ["First", "Second", "Last", "After the last"]
    source = relation.decisions[1].source
    assert source is not None and (source.entry, source.key) == (A, "page")


def test_decisions_without_dates_keep_their_places() -> None:
    decisions = (
        "    decisions: [{body: Some, act: proposed}, {body: All, act: approved}, {body: Again, act: confirmed}]\n"
    )
    assert [one.body["en"] for one in only(commons({A: says(B, more=decisions), B: ""})).decisions] == [
        "Some",
        "All",
        "Again",
    ]


def test_a_decision_told_by_both_is_one() -> None:
    decisions = "    decisions: [{body: Assembly, act: approved, on: 2014-07-27}]\n"
    assert len(only(commons({A: says(B, more=decisions), B: says(A, more=decisions)})).decisions) == 1


def test_texts_of_both_sides_come_together() -> None:
    made = commons(
        {A: says(B, more="    note: {en: A word}\n"), B: says(A, more="    note: {en: Another, ca: Un mot}\n")}
    )
    assert only(made).note == {"en": "A word", "ca": "Un mot"}


def test_what_is_wanted() -> None:
    wanted = "{name: {en: The Guild, ca: El gremi}, url: 'https://guild.coop'}"
    made = commons({A: says(wanted, "member-of"), B: says("{name: the guild}", "supported-by"), "tool/saw": ""})
    assert len(made.wanted) == 1
    guild = made.wanted[0]
    assert (guild.name, guild.url) == ({"en": "The Guild", "ca": "El gremi"}, "https://guild.coop")
    assert guild.by == ((A, "member-of"), (B, "supports"))
    assert guild.kinds == ("cooperative", "organization")


def test_what_succeeds_a_plan_is_a_plan() -> None:
    made = commons({"plan/ten-years": says("{name: Five years}", "succeeds")})
    assert made.wanted[0].kinds == ("plan",)


def test_former_ids_lead_to_todays() -> None:
    made = commons({A: says("organization/old"), B: "former_ids: [organization/old, tool/older]\n"})
    assert only(made).object.entry == B
    assert made.redirects == {"organization/old": B, "tool/older": B}
