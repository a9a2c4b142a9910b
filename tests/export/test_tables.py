"""The tables read back by a reader of CSV: lists, languages, licences; and no cell that a spreadsheet would run."""

from __future__ import annotations

import csv
import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.factory import OVEN, commons, made, profile, rows_of

from auzolan.export.cells import defused, header, row


def test_a_table_for_each_kind_also_without_entries() -> None:
    exported = made(commons(OVEN))
    assert rows_of(exported["data/tools.csv"]) == []
    assert exported["data/tools.csv"].decode("utf-8-sig").startswith("id,entry.page,")
    assert [row["id"] for row in rows_of(exported["data/cooperatives.csv"])] == ["cooperative/oven"]


def test_it_is_rfc_4180_with_a_mark_for_spreadsheets() -> None:
    data = made(commons())["data/cooperatives.csv"]
    assert data.startswith(b"\xef\xbb\xbfid,")
    assert data.count(b"\r\n") == 3
    assert data.endswith(b"\r\n")


def test_columns_follow_the_declaration_and_the_languages_in_use() -> None:
    header = list(rows_of(made(commons())["data/cooperatives.csv"])[0])
    assert header[:12] == ["id", "entry.page", "entry.language", "entry.license", "entry.created", "entry.changed",
                           "entry.trust", "name.ca", "name.en", "aliases.ca", "aliases.en", "summary.en"]  # fmt: skip
    assert "same_as.wikidata" in header and "same_as.osm" not in header
    assert "status" in header, "a field that nobody filled in keeps its column"
    assert "description.en" not in header
    assert not [name for name in header if name.startswith("relations")]


def test_values_of_one_entry() -> None:
    oven = rows_of(made(commons())["data/cooperatives.csv"])[0]
    assert oven["entry.license"] == "CC-BY-4.0"
    assert oven["started"] == "2010-05"
    assert oven["open"] == "true"
    assert oven["members.count"] == "120"
    assert oven["members.source"] == "report"
    assert oven["topics"] == "bread|housing"


def test_the_nth_parts_of_a_list_belong_together() -> None:
    oven = rows_of(made(commons())["data/cooperatives.csv"])[0]
    assert oven["aliases.en"].split("|") == ["The Oven", ""]
    assert oven["aliases.ca"].split("|") == ["", "El Forn"]
    assert oven["offers.until"].split("|") == ["2027", ""]
    assert oven["offers.skills"] == "bread;housing|bread"
    assert oven["record.sources.key"] == "announcement|report"
    assert oven["record.sources.by"] == "tool/ledger|"
    assert oven["places.longitude"] == "'-1.73|2"


def test_separators_within_a_list_are_marked() -> None:
    odd = profile("tool/odd", {"en": "a|b"}, values={"aliases": ({"en": "a|b"}, {"en": "c\\d;e"})})
    row = rows_of(made(commons(odd, relations=()))["data/tools.csv"])[0]
    assert row["name.en"] == "a|b"
    assert row["aliases.en"] == r"a\|b|c\\d\;e"


def test_relations() -> None:
    rows = rows_of(made(commons())["data/relations.csv"])
    assert [(row["type"], row["subject"], row["object"]) for row in rows] == [
        ("member-of", "cooperative/oven", ""),
        ("partner-of", "cooperative/oven", "cooperative/shelter"),
    ]
    first, second = rows
    assert (first["object.name"], first["object.url"]) == ("Valley Assembly", "https://valley.example.org/")
    assert (first["subject.name"], second["object.name"]) == ("Neighbourhood Oven", "Quiet House")
    assert (first["state"], first["as_of"], first["license"]) == ("reported", "2014", "CC-BY-4.0")
    assert (first["decisions.body.en"], first["decisions.on"]) == ("Assembly", "2014-07-27")
    assert first["decisions.source"] == "cooperative/oven#report"
    assert (first["note.ca"], second["note.ca"], second["ended"]) == ("Des de fa anys", "", "true")


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "＝", "＋", "－", "＠"])
def test_a_cell_that_begins_like_a_formula_gets_an_apostrophe(start: str) -> None:
    bad = profile("tool/bad", {"en": f"{start}cmd()"})
    assert rows_of(made(commons(bad, relations=()))["data/tools.csv"])[0]["name.en"] == f"'{start}cmd()"


def test_so_does_what_a_spreadsheet_set_to_other_separators_would_take_for_a_cell() -> None:
    assert defused("rice;=cmd()") == "rice;'=cmd()"
    assert defused("one\n=cmd()\r\n+two") == "one\n'=cmd()\r\n'+two"
    assert defused("a=b, c-d; e@f") == "a=b, c-d; e@f"


@given(st.text(st.sampled_from("=+-@\t\r\n;＝＠1.a'")))
def test_it_is_what_one_expression_would_do(text: str) -> None:
    said = re.sub(r"(\A|[\n\r\t;])(?=[=+\-@\t\r＝＋－＠])", r"\1'", text)
    assert defused(text) == (text if re.fullmatch(r"-?[0-9]+(\.[0-9]+)?", text) else said)


@pytest.mark.parametrize("number", ["-1.73", "-5", "12"])
def test_numbers_are_left_alone(number: str) -> None:
    assert defused(number) == number


def test_a_column_named_by_a_stranger_is_defused_too() -> None:
    bad = profile("tool/bad", {"en": "Bad"}, values={"same_as": {"=cmd()": "1"}})
    header = list(rows_of(made(commons(bad, relations=()))["data/tools.csv"])[0])
    assert not [name for name in header if name.startswith("=")]


@given(st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\0")), min_size=1, max_size=4))
def test_any_text_comes_back(cells: list[str]) -> None:
    data = header(["a"] * len(cells)) + row(cells)
    read = list(csv.reader(io.StringIO(data.decode("utf-8-sig"), newline="")))
    assert read[1] == [defused(cell) for cell in cells]
    assert [re.sub(r"(\A|[\n\r\t;])'(?=[=+\-@\t\r＝＋－＠])", r"\1", cell) for cell in read[1]] == [
        re.sub(r"(\A|[\n\r\t;])'(?=[=+\-@\t\r＝＋－＠])", r"\1", cell) for cell in cells
    ]
    for part in re.split(r"[\n\r\t;]", "\n".join(cell for cell in read[1] if not re.fullmatch(r"-?[0-9.]+", cell))):
        assert part[:1] not in tuple("=+-@＝＋－＠")


def test_hostile_texts_stay_in_their_cell() -> None:
    hostile = '</script>\n"quoted", then\r\nmore'
    bad = profile("tool/bad", {"en": hostile})
    assert rows_of(made(commons(bad, relations=()))["data/tools.csv"])[0]["name.en"] == hostile
