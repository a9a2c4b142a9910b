"""Drafts of mappings: what columns are called and hold says which field they are; what is a guess is marked."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import declarations

from auzolan.intake.tables.mapping import read_mapping
from auzolan.intake.tables.propose import propose
from auzolan.intake.tables.reading import open_table
from auzolan.load.yaml_text import read_yaml

COOPS = (
    "Register No,Nombre,Ciudad,country_code,lat,lng,Homepage,Founded,Activity,Ownership,Region,Colour\n"
    "7,Forn Comú,Berga,ES,42.1,1.8,https://forn.coop,2014,Habitatge|Retail,workers,Berguedà,red\n"
    "8,Mill,Lyon,FR,45.7,4.8,https://mill.coop,2010,Nonsense|Retail,consumer,Rhône,red\n"
)


def draft(folder: Path, text: str, kind: str = "") -> str:
    path = folder / "coops.csv"
    path.write_text(text, "utf-8")
    kinds = declarations().kinds
    made = propose(open_table(path, "coops.csv"), declarations(), kinds[kind] if kind else None)
    tree, findings = read_yaml(made, "draft.yaml")
    assert tree is not None and not findings, made
    return made


def test_columns_by_their_names_in_any_language(tmp_path: Path) -> None:
    made = draft(tmp_path, COOPS, "cooperative")
    for line in (
        "kind: cooperative\n", "  name: '{Nombre}'\n", "  website: '{Homepage}'\n", "  started: '{Founded}'\n",
        "    - country: '{country_code}'\n", "      locality: '{Ciudad}'\n", "      latitude: '{lat}'\n",
        "      longitude: '{lng}'\n", "    column: Activity\n", "    split: '|'\n", "      Habitatge: housing\n",
        "      Retail: retail\n", '      Nonsense: ""\n', "    column: Ownership\n", "      - Cooperative in {Ciudad}.\n",
    ):  # fmt: skip
        assert line in made, made
    assert "# Region is called as `places.region`, but 2 of 2 values are none: Berguedà" in made
    assert "# Columns that are used nowhere: " in made and "Colour" in made
    assert "#   consumer: consumers" in made and "#   Nonsense: ?" in made


def test_the_draft_can_be_used_as_it_is(tmp_path: Path) -> None:
    made = draft(tmp_path, COOPS, "cooperative")
    header = open_table(tmp_path / "coops.csv", "coops.csv").header
    mapping, told = read_mapping(made.encode(), "m.yaml", header, declarations())
    assert mapping is not None, told
    assert mapping.id.of(("7",) * len(header)) == [("7", 1)]


def test_the_kind_is_guessed_and_that_is_said(tmp_path: Path) -> None:
    made = draft(tmp_path, "id,name,license,source_code,platforms\n1,Nut,MIT,https://nut.org/src,web\n")
    assert "kind: tool\n" in made and "# ? Guessed from the columns." in made
    assert "repository: '{source_code}'" in made and "license: '{license}'" in made


@pytest.mark.parametrize(
    ("text", "id_", "said"),
    [
        ("id,name\n1,a\n2,b\n", "'{id}'", ""),
        ("name,town\na,x\nb,x\n", "'{name}'", "No column is called an id."),
        ("name,town\na,x\na,x\n", "'{name}'", "No column is another one in each row."),
        ("name,town\n", "'{name}'", "No column is another one in each row."),
    ],
)
def test_who_a_row_is(tmp_path: Path, text: str, id_: str, said: str) -> None:
    made = draft(tmp_path, text, "cooperative")
    assert f"id: {id_}\n" in made and (not said or f"# ? {said}" in made)


def test_what_every_entry_needs_is_there_with_a_mark(tmp_path: Path) -> None:
    made = draft(tmp_path, "x,y\n1,2\n", "license")
    assert "# ? Every entry needs this, and no column seems to be it.\n  name: '{x}'\n" in made
    assert "# ? Every entry needs one sentence." in made


@pytest.mark.parametrize("kind", ["cooperative", "organization", "project", "tool", "license", "plan"])
def test_every_kind_has_a_draft(tmp_path: Path, kind: str) -> None:
    header = "id,name,summary,website,country,city,license,tags,type,members,source,to,from,why"
    made = draft(tmp_path, f"{header}\n1,a,b,https://a.coop,ES,Lleida,MIT,commons,other,12,s,t,f,w\n", kind)
    mapping, told = read_mapping(made.encode(), "m.yaml", tuple(header.split(",")), declarations())
    assert mapping is not None, (told, made)


def test_commas_in_names_of_words_cut_nothing(tmp_path: Path) -> None:
    made = draft(tmp_path, 'id,name,sector\n1,a,"Clubs, bars"\n2,b,"Shops, inns"\n', "cooperative")
    assert "Clubs, bars:" in made and "split" not in made
    made = draft(tmp_path, 'id,name,sector\n1,a,"housing, retail"\n2,b,"food, retail"\n', "cooperative")
    assert "split: ','" in made
