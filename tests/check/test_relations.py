"""R001 to R010, R005 aside: relations lead somewhere, and join what they may join."""

from __future__ import annotations

import pytest
from tests.helpers import clean, finds, found

NET = {"organization/net": ""}


def rel(type_: str, to: str, more: str = "") -> str:
    return f"relations:\n  - type: {type_}\n    to: {to}\n{more}"


def test_a_relation_to_an_entry_and_to_what_is_not_listed_yet() -> None:
    clean(rel("partner-of", "organization/net"), others=NET)
    clean(rel("partner-of", "{name: A group, url: 'https://group.coop'}"))
    clean(rel("partner-of", "{name: {en: A group, ca: Un grup}}"))


def test_a_type_that_is_not_known() -> None:
    assert finds(rel("partner", "organization/net"), "R001", 2, 11, others=NET).hint == "did you mean `partner-of`?"


def test_an_entry_that_is_not_there() -> None:
    assert (
        finds(rel("partner-of", "organization/nett"), "R002", 3, 9, others=NET).hint
        == "did you mean `organization/net`?"
    )
    finds("record: {sources: {a: {title: T, by: organization/nobody}}}\n", "R002", 1, 38)


def test_a_former_id_still_leads_there() -> None:
    clean(rel("partner-of", "organization/old"), others={"organization/net": "former_ids: [organization/old]\n"})


@pytest.mark.parametrize(
    ("type_", "to", "others"),
    [
        ("uses", "organization/net", {"organization/net": ""}),
        ("based-on", "tool/saw", {"tool/saw": ""}),
        ("succeeds", "organization/net", {"organization/net": ""}),
        ("supported-by", "tool/saw", {"tool/saw": ""}),
    ],
)
def test_kinds_that_a_relation_cannot_join(type_: str, to: str, others: dict[str, str]) -> None:
    finds(rel(type_, to), "R003", 3, 9, others=others)


def test_a_former_id_of_a_kind_that_is_gone_is_told_and_never_raises() -> None:
    others = {"organization/net": "former_ids: [guild/old]\n"}
    told = found("record: {sources: {a: {title: T, by: guild/old}}}\n" + rel("partner-of", "guild/old"), others=others)
    assert {one.code for one in told} == {"I003"}


def test_an_entry_related_to_itself() -> None:
    finds(rel("partner-of", "cooperative/growers"), "R004", 3, 9)
    finds("former_ids: [cooperative/old]\n" + rel("partner-of", "cooperative/old"), "R004", 4, 9)


def test_a_relation_that_ends_before_it_begins() -> None:
    finds(rel("partner-of", "organization/net", "    since: 2014-05\n    until: 2013\n"), "R006", 5, 12, others=NET)
    clean(rel("partner-of", "organization/net", "    since: 2014-05\n    until: 2014\n"), others=NET)


def test_a_relation_that_is_derived() -> None:
    told = finds(
        rel("licensed-under", "license/mit"), "R007", 2, 11, "tool/saw", others={"license/mit": "spdx_id: MIT\n"}
    )
    assert "`license`" in told.hint
    finds(rel("licenses", "tool/saw"), "R007", 2, 11, "license/mit", others={"tool/saw": ""}, only=False)


@pytest.mark.parametrize(
    "to", ["net", "Organization/Net", "{url: 'https://a.coop'}", "../net", "{name: A, kind: tool}"]
)
def test_a_reference_that_is_neither_id_nor_name(to: str) -> None:
    finds(rel("partner-of", to), "R008", 3, 9)


def test_what_is_not_listed_has_a_name_that_says_something() -> None:
    finds(rel("partner-of", "{name: {en: ''}}"), "R008", 3, 16, only=False)


def test_the_address_of_what_is_not_listed_is_checked() -> None:
    finds(rel("partner-of", "{name: A, url: 'javascript:alert(1)'}"), "T001", 3, 24)


def test_a_relation_to_an_entry_that_was_withdrawn() -> None:
    others = {"organization/net": "status: withdrawn\nformer_ids: [organization/old]\n"}
    told = [one for one in found(rel("partner-of", "organization/net"), others=others) if one.code == "R009"]
    assert [(one.severity, one.location.line, one.location.column) for one in told] == [("warning", 3, 9)]


def test_a_relation_written_twice() -> None:
    twice = rel("partner-of", "organization/net", "  - {type: partner-of, to: organization/net}\n")
    assert finds(twice, "R010", 4, 28, others=NET).severity == "warning"
    pooled = rel(
        "pools-with",
        "organization/net",
        "    what: A van\n  - {type: pools-with, to: organization/net, what: A shed}\n",
    )
    clean(pooled, others=NET)
    clean(rel("supports", "organization/net", "  - {type: supported-by, to: organization/net}\n"), others=NET)
