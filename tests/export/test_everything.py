"""`data/everything.json` read back: all that may be told is there, in one shape, and nothing else."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from tests.export.factory import DAY, GONE, LEDGER, OVEN, SHELTER, commons, made, profile, tree

from auzolan.export import FORMAT


def everything(commons_: Any = None) -> dict[str, Any]:
    read: dict[str, Any] = json.loads(made(commons_ or commons())["data/everything.json"])
    return read


def test_it_says_its_format_first() -> None:
    assert made(commons())["data/everything.json"].startswith(b'{\n"format": "auzolan-data/1",\n')
    assert everything()["format"] == FORMAT


def test_entries_are_sorted_and_have_one_shape() -> None:
    entries = everything()["entries"]
    assert [entry["id"] for entry in entries] == ["cooperative/oven", "cooperative/shelter", "tool/ledger"]
    assert len({tuple(entry) for entry in entries}) == 1


def test_values_come_back_as_they_are_meant() -> None:
    oven = everything()["entries"][0]
    assert oven["page"] == "cooperatives/oven.html"
    assert oven["license"] == "CC-BY-4.0"
    assert (oven["created"], oven["changed"]) == ("2026-11-02", "2026-11-20")
    assert oven["trust"] == [{"word": "sourced", "count": 1, "on": None, "how": ""}]
    fields = oven["fields"]
    assert fields["name"] == {"ca": "Forn del Barri", "en": "Neighbourhood Oven"}
    assert fields["started"] == "2010-05"
    assert fields["open"] is True
    assert fields["members"] == {"count": 120, "source": "report"}
    assert list(fields["record"]["sources"]) == ["announcement", "report"]
    by = fields["record"]["sources"]["announcement"]["by"]
    assert by == {"entry": "tool/ledger", "name": {}, "url": ""}
    assert "relations" not in fields


def test_fields_keep_the_order_of_declaration() -> None:
    assert list(everything()["entries"][0]["fields"])[:4] == ["name", "aliases", "summary", "started"]


def test_of_a_withdrawn_entry_four_things_remain() -> None:
    assert everything()["withdrawn"] == [
        {"id": "cooperative/gone", "status": "withdrawn", "date": str(DAY), "reason": "request"}
    ]
    for path, data in made(commons()).items():
        for secret in (b"Ghost", b"soup", b"ghost.example"):
            assert secret not in data, path


def test_nothing_leads_to_a_withdrawn_entry() -> None:
    read = everything()
    assert len(read["relations"]) == 2
    assert read["articles"][0]["mentions"] == ["cooperative/oven"]
    assert read["redirects"] == {"cooperative/stove": "cooperative/oven"}


def test_relations_carry_state_decisions_sources_and_licence() -> None:
    first, second = everything()["relations"]
    assert (first["type"], first["subject"]["entry"]) == ("member-of", "cooperative/oven")
    assert first["object"]["entry"] is None
    assert first["object"]["name"] == {"en": "Valley Assembly"}
    assert first["state"] == "reported"
    assert first["decisions"] == [
        {"body": {"en": "Assembly"}, "act": "approved", "on": "2014-07-27", "note": {},
         "source": {"entry": "cooperative/oven", "key": "report"}}
    ]  # fmt: skip
    assert (first["licenses"], second["licenses"]) == (["CC-BY-4.0"], ["CC0-1.0"])
    assert tuple(first) == tuple(second)


def test_a_hidden_place_keeps_its_country_only() -> None:
    place = everything()["entries"][1]["fields"]["places"][0]
    assert place == {"country": "ES", "region": "ES-AN", "precision": "hidden", "role": "seat"}
    for path, data in made(commons()).items():
        for secret in (b"Secretville", b"99999", b"37.12", b"4.654"):
            assert secret not in data, path


@pytest.mark.parametrize("written", ["hidden", "Hidden", "oculto", "NO PUBLICO"])
def test_it_is_hidden_under_every_name_of_the_word(written: str) -> None:
    place = {**SHELTER.values["places"][0], "precision": written}
    for path, data in made(commons(replace(SHELTER, values={**SHELTER.values, "places": (place,)}))).items():
        for secret in (b"Secretville", b"99999", b"37.12", b"4.654"):
            assert secret not in data, path


def test_a_withdrawal_tells_no_reason_but_a_word_and_the_day_it_names() -> None:
    one = commons()
    said = tree(status="withdrawn", withdrawn_because="She asked, because of Mr X", ended="2025-03")
    entry = replace(one.catalog.entries["cooperative/gone"], fields=said)
    one = replace(one, catalog=replace(one.catalog, entries={**one.catalog.entries, entry.id: entry}))
    assert everything(one)["withdrawn"] == [
        {"id": "cooperative/gone", "status": "withdrawn", "date": "2025-03", "reason": None}
    ]


def test_articles_tell_their_licence_in_each_language() -> None:
    versions = everything()["articles"][0]["versions"]
    assert {language: one["license"] for language, one in versions.items()} == {"ca": "CC-BY-4.0", "en": "CC-BY-SA-4.0"}
    assert versions["ca"]["fields"]["title"] == {"ca": "Pa i confiança"}


def test_kinds_words_and_relation_types_are_told() -> None:
    read = everything()
    assert [kind["name"] for kind in read["kinds"]] == ["article", "cooperative", "tool"]
    topics = next(one for one in read["vocabularies"] if one["name"] == "topics")
    assert topics["words"][0]["aliases"] == {"ca": ["Pa", "Fleca i pa"], "en": ["Loaves"]}
    assert [one["id"] for one in read["relation_types"]] == ["licensed-under", "member-of", "partner-of"]


def test_hostile_texts_come_back_unchanged_and_close_no_script() -> None:
    hostile = "</script><script>alert(1)</script>\n\"'\\\u2028\u2029=cmd()"
    bad = profile("tool/bad", {"en": hostile})
    data = made(commons(bad, relations=()))["data/everything.json"]
    assert b"<" not in data and "\u2028".encode() not in data
    assert json.loads(data)["entries"][0]["fields"]["name"]["en"] == hostile


def test_the_order_of_what_comes_in_changes_nothing() -> None:
    one = made(commons(OVEN, SHELTER, LEDGER, GONE))
    texts = dict(reversed(list(OVEN.values["name"].items())))
    values = {**dict(reversed(list(OVEN.values.items()))), "name": texts}
    other = commons(GONE, LEDGER, SHELTER, replace(OVEN, values=values))
    other = replace(other, relations=other.relations[::-1], listed=other.listed[::-1])
    assert made(other) == one


def test_a_commons_without_entries_is_still_valid() -> None:
    empty = replace(commons(), profiles={}, listed=(), relations=(), stories={}, wanted=(), redirects={})
    assert everything(empty)["entries"] == []
