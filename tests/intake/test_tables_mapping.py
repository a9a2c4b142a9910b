"""Mappings: how values are made of cells, and what is told of one that cannot be used."""

from __future__ import annotations

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import declarations
from tests.intake.bringing import HEADER, MAPPING, mapped

from auzolan.intake.tables.plans import Value
from auzolan.intake.tables.reading import Row
from auzolan.intake.tables.values import Words, said_by
from auzolan.model.nodes import plain

ROW = Row(2, ("7", "Forn  Comú", "Berga", "es", "https://forn.coop", "Homes|Food and drink|other", "2014"))


def value(text: str) -> Value:
    made, told = mapped(MAPPING + f"  aliases: {text}\n")
    assert made is not None, told
    plan = made.fields["aliases"]
    found = plan[0] if isinstance(plan, list) else plan
    assert isinstance(found, Value)
    return found


@pytest.mark.parametrize(
    ("written", "texts"),
    [
        ('"{name}"', ["Forn  Comú"]),
        ('"{name}, {town}"', ["Forn  Comú, Berga"]),
        ("A constant", ["A constant"]),
        ("{column: town}", ["Berga"]),
        ('{text: "in {town}"}', ["in Berga"]),
        ('{column: sector, split: "|"}', ["Homes", "Food and drink", "other"]),
        ('{text: "For {sector}.", split: "|", join: ", "}', ["For Homes, Food and drink, other."]),
        ('{column: sector, split: "|", words: {HOMES: houses, Other: ""}}', ["houses", "Food and drink"]),
        ('{column: sector, split: "|", words: {homes: [a, b]}, otherwise: leave}', ["a", "b"]),
        ("{column: year, cut: '4'}", ["201"]),
        ('{first: ["{town}", x]}', ["Berga"]),
        ("{column: town, when: {column: country, is: [es]}}", ["Berga"]),
        ("{column: town, when: {column: country, is_not: [es]}}", []),
        ("{column: town, when: {column: country, empty: false}}", ["Berga"]),
        ("{column: town, when: [{column: country, is: [es]}, {column: year, empty: true}]}", []),
    ],
)
def test_values_of_cells(written: str, texts: list[str]) -> None:
    assert [text for text, _ in value(written).of(ROW.cells)] == texts


def test_what_has_an_empty_column_is_left_out() -> None:
    empty = (*ROW.cells[:2], "", *ROW.cells[3:])
    assert value('"{name}, {town}"').of(empty) == []
    assert value('{first: ["{town}", "{name}"]}').of(empty) == [("Forn  Comú", 2)]


def test_a_row_as_an_entry() -> None:
    made, _ = mapped(MAPPING)
    assert made is not None
    said = said_by(ROW, made, Words(declarations()))
    assert plain(said.tree) == {
        "name": "Forn Comú", "summary": "A cooperative in Berga.", "started": "2014", "website": "https://forn.coop",
        "places": [{"country": "ES", "locality": "Berga"}], "sectors": ["housing", "food", "tourism"],
        "record": {
            "sources": {"table": {"title": "Register of the valley"}}, "submitted_by": "import",
            "origin": {"from": "Register", "id": "7", "retrieved": "2026-11-22"},
        },
    }  # fmt: skip
    numbers = [node.column for node in (said.tree.items["name"], said.tree.items["website"])]
    assert [said.cells[number] for number in numbers] == [(2, "name"), (5, "website")]


def test_registers_languages_and_named_items() -> None:
    made, told = mapped(
        MAPPING
        + '  same_as: {wikidata: "{id}"}\n  description: {en: "In {town}.", ca: "A {town}."}\n'
        + '  record: {submitted_by: itself, sources: {page: {title: "{name}", url: "{web}"}}}\n'
    )
    assert made is not None, told
    said = plain(said_by(ROW, made, Words(declarations())).tree)
    assert said["same_as"] == {"wikidata": "7"}
    assert said["description"] == {"en": "In Berga.", "ca": "A Berga."}
    assert said["record"]["submitted_by"] == "itself"
    assert list(said["record"]["sources"]) == ["page", "table"]


def test_words_by_any_of_their_names() -> None:
    words = Words(declarations())
    assert [words.meant("sectors", name) for name in ("Habitatge", "housing", "HOUSING", "no such")] == [
        "housing", "housing", "housing", "no such"
    ]  # fmt: skip
    assert words.meant("no-such-vocabulary", "x") == "x"


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ("kind: cooperative", "kind: coop", "there is no kind `coop`"),
        ("from: Register\n", "", "`from` is missing"),
        ('id: "{id}"\n', "", "`id` is missing"),
        ('id: "{id}"', 'id: "{ids}"', "the table has no column `ids`"),
        ("source: {title: Register of the valley}\n", "", "every entry names its source"),
        ("source: {title", "source: {titel", "`titel` means nothing in a source"),
        ('  name: "{name}"\n', "", "every cooperative needs `name`"),
        ("  website:", "  websit:", "`websit` means nothing in an entry of cooperative"),
        ("from:", "form: x\nfrom:", "`form` means nothing in a mapping"),
        ("Homes: housing", "Homes: housin", "`housin` is not a word of `sectors`"),
        ("column: sector", "colum: sector", "`colum` means nothing in a value"),
        ("column: sector", "column: sectors", "the table has no column `sectors`"),
        ("column: sector", "column: sector, text: x", "one of `column`, `text` and `first`"),
        ('split: "|"', "otherwise: maybe", "`otherwise` is `leave` or `keep`"),
        ("words: {Homes", "words: Homes, x: {Homes", "`words` says what each written word means"),
        ('website: "{web}"', "website: [a]", "a value is a text"),
        ("places: {", "places: x\n  contact: {", "`places` has parts of its own"),
        ("fields:\n", "skip: {column: id}\nfields:\n", "one of `is`, `is_not` and `empty`"),
        ('website: "{web}"', 'website: "' + "{web}" * 50 + '"', "the text has 50 parts"),
        ("fields:\n", "skip: [struck off]\nfields:\n", "a condition says a column and what it is"),
    ],
)
def test_what_cannot_be_used_is_told_with_its_place(old: str, new: str, said: str) -> None:
    assert old in MAPPING
    made, told = mapped(MAPPING.replace(old, new, 1))
    assert made is None
    assert [one for one in told if one.code == "B005" and said in one.message and one.location.line], told


KEYS = st.sampled_from(
    ("kind", "from", "id", "source", "skip", "fields", "name", "summary", "places", "country", "sectors", "record", "column",
     "sources", "text", "first", "split", "words", "when", "is", "empty", "same_as", "title", "x")
)  # fmt: skip
TEXTS = st.sampled_from(
    ("cooperative", "{id}", "{name}, {town}", "sector", "housing", "", "{", "{}", "{lost}", "leave", "|")
)
TREES = st.recursive(
    TEXTS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=4), max_leaves=14
)


@settings(max_examples=300, deadline=None)
@given(st.dictionaries(KEYS, TREES, max_size=6))
def test_any_mapping_is_used_or_told(tree: dict[str, object]) -> None:
    whole = {"kind": "cooperative", "from": "x", "id": "{id}", "source": {"title": "x"}, **tree}
    if isinstance(whole.get("fields"), dict):
        whole["fields"] = {"name": "{name}", "summary": "x", **whole["fields"]}  # type: ignore[dict-item]
    made, told = mapped(json.dumps(whole))
    assert (made is None) == bool(told)
    if made is not None:
        said_by(ROW, made, Words(declarations()))


@pytest.mark.parametrize("text", ["", "[", "- a\n", "kind: *a\n", "x" * 500_000, "kind: \x00\n"])
def test_what_is_no_mapping_is_told(text: str) -> None:
    made, told = mapped(text)
    assert made is None and told


def test_fields_as_a_text() -> None:
    made, told = mapped('kind: tool\nfrom: x\nid: "{id}"\nsource: {title: x}\nfields: all\n')
    assert made is None and "laid out as an entry" in told[0].message


def test_a_kind_of_entry_may_have_no_record() -> None:
    assert HEADER[0] == "id"
    made, told = mapped('kind: plan\nfrom: x\nid: "{id}"\nsource: {title: x}\nfields: {name: "{name}", summary: x}\n')
    assert made is not None, told
    assert made.slug.of(ROW.cells) == [("Forn  Comú", 2)]
