"""Imports: rows become entries, each by itself; a second run changes nothing but what the table changed and nobody else."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.intake.bringing import MAPPING, bring, entry, rows, site, told
from tests.running import tree

from auzolan.check import check
from auzolan.intake.tables import importing
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import has_errors

GROWERS = "1,Growers,Lleida,ES,https://growers.coop,Homes,2010"
BAKERS = "2,Forn Comú,Berga,ES,https://forn.coop,Food and drink,2014"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return site(tmp_path)


def test_rows_become_entries_that_check_accepts(here: Path) -> None:
    made = bring(here, rows(GROWERS, BAKERS))
    assert (made.rows, made.new, made.refused, made.findings) == (2, 2, 0, [])
    assert made.written == ["directory/cooperatives/growers.yaml", "directory/cooperatives/forn-comu.yaml"]
    assert entry(here, "growers").read_text("utf-8") == (
        "# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json\n"
        'name: Growers\nsummary: A cooperative in Lleida.\nstarted: "2010"\nwebsite: https://growers.coop\n'
        "places:\n  - country: ES\n    locality: Lleida\nsectors: [housing]\n"
        "record:\n  sources:\n    table:\n      title: Register of the valley\n  submitted_by: import\n"
        '  origin:\n    from: Register\n    id: "1"\n    retrieved: "2026-11-22"\n'
    )
    catalog, findings = load_catalog(load_settings(here / "pelicanconf.py")[0])
    assert len(catalog.entries) == 3 and not has_errors(findings) and check(catalog) == []


def test_a_dry_run_writes_nothing(here: Path) -> None:
    before = tree(here)
    made = bring(here, rows(GROWERS), dry=True)
    assert (made.new, made.written) == (1, ["directory/cooperatives/growers.yaml"])
    assert made.first.startswith("# yaml-language-server") and "name: Growers" in made.first
    assert {path: mark for path, mark in tree(here).items() if path != "t.csv"} == before


def test_a_second_run_changes_nothing(here: Path) -> None:
    bring(here, rows(GROWERS, BAKERS))
    before = tree(here)
    made = bring(here, rows(GROWERS, BAKERS))
    assert (made.new, made.changed, made.same, made.findings, made.written) == (0, 0, 2, [], [])
    assert tree(here) == before


@pytest.mark.parametrize("state", [True, False])
def test_an_import_that_was_stopped_goes_on(here: Path, state: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    put = importing.Import._put

    def stops(self: importing.Import, row: importing.Accepted, folder: object) -> None:
        if row.id == "2":
            raise KeyboardInterrupt
        put(self, row, folder)  # type: ignore[arg-type]

    monkeypatch.setattr(importing.Import, "_put", stops)
    with pytest.raises(KeyboardInterrupt):
        bring(here, rows(GROWERS, BAKERS))
    monkeypatch.undo()
    if not state:
        # Stopped after the entry was written and before that was remembered.
        (here / "m.imported.jsonl").unlink()
    made = bring(here, rows(GROWERS, BAKERS))
    assert (made.new, made.same, made.findings) == (1, 1, [])
    assert bring(here, rows(GROWERS, BAKERS)).same == 2


def test_a_row_that_changed_changes_what_it_wrote(here: Path) -> None:
    bring(here, rows(GROWERS, BAKERS))
    made = bring(here, rows(GROWERS.replace("2010", "2011").replace("Lleida", "Girona"), BAKERS))
    assert (made.changed, made.same, made.findings) == (1, 1, [])
    text = entry(here, "growers").read_text("utf-8")
    assert (
        'started: "2011"\n' in text and "summary: A cooperative in Girona.\n" in text and "locality: Girona\n" in text
    )
    again = bring(here, rows(GROWERS, BAKERS))
    assert again.changed == 1 and 'started: "2010"\n' in entry(here, "growers").read_text("utf-8")


def test_a_cell_that_was_emptied_takes_its_field_away_and_back(here: Path) -> None:
    bring(here, rows(GROWERS))
    whole = entry(here, "growers").read_text("utf-8")
    bring(here, rows("1,Growers,Lleida,ES,,,2010"))
    text = entry(here, "growers").read_text("utf-8")
    assert "website" not in text and "sectors" not in text and "started" in text
    bring(here, rows(GROWERS))
    assert sorted(entry(here, "growers").read_text("utf-8").splitlines()) == sorted(whole.splitlines())


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def test_what_a_person_changed_stays(here: Path) -> None:
    bring(here, rows(GROWERS))
    mine = entry(here, "growers")
    edit(mine, 'started: "2010"\n', '# Their statutes say so.\nstarted: "2009"\naliases: [GRW]\n')
    edit(mine, "website: https://growers.coop\n", "")
    same = bring(here, rows(GROWERS))
    assert told(same) == [("B007", 2, 0), ("B007", 2, 0)] and same.kept_fields == 2
    made = bring(
        here, rows(GROWERS.replace("2010", "2011").replace("growers.coop", "sowers.coop").replace("Homes", "Other"))
    )
    assert (made.changed, told(made)) == (1, [("B007", 2, 0), ("B007", 2, 0)])
    text = mine.read_text("utf-8")
    assert '# Their statutes say so.\nstarted: "2009"\naliases: [GRW]\n' in text
    assert "website" not in text and "sectors" not in text


def test_a_person_who_writes_what_the_table_says_gives_it_back(here: Path) -> None:
    bring(here, rows(GROWERS))
    edit(entry(here, "growers"), '"2010"', '"2009"')
    bring(here, rows(GROWERS))
    edit(entry(here, "growers"), '"2009"', '"2011"')
    assert bring(here, rows(GROWERS.replace("2010", "2011"))).findings == []
    assert bring(here, rows(GROWERS.replace("2010", "2012"))).changed == 1
    assert 'started: "2012"' in entry(here, "growers").read_text("utf-8")


def test_comments_and_layout_of_all_else_stay(here: Path) -> None:
    bring(here, rows(GROWERS))
    mine = entry(here, "growers")
    edit(mine, "name: Growers\n", "# The name.\nname:   'Growers'   # as on the door\n\n")
    edit(mine, "sectors: [housing]\n", "sectors:\n- housing\n# How it is known.\n")
    before = mine.read_text("utf-8")
    assert bring(here, rows(GROWERS.replace("2010", "2011"))).findings == []
    assert mine.read_text("utf-8") == before.replace('"2010"', '"2011"')


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ('started: "2010"\n', 'started: "2010"   # they said\n'),
        ("name: Growers\n", "{name: Growers, "),
    ],
)
def test_what_cannot_be_edited_line_by_line_is_left_to_people(here: Path, old: str, new: str) -> None:
    bring(here, rows(GROWERS))
    mine = entry(here, "growers")
    if new.startswith("{"):
        mine.write_text('{name: Growers, summary: A cooperative in Lleida., started: "2010", '
                        'record: {origin: {from: Register, id: "1"}}}\n')  # fmt: skip
    else:
        edit(mine, old, new)
    before = mine.read_text("utf-8")
    made = bring(here, rows(GROWERS.replace("2010", "2011")))
    assert made.changed == 0 and "B007" in {code for code, _, _ in told(made)}
    assert mine.read_text("utf-8") == before


def test_an_entry_that_was_moved_is_found(here: Path) -> None:
    bring(here, rows(GROWERS))
    entry(here, "growers").rename(entry(here, "growers-of-lleida"))
    made = bring(here, rows(GROWERS.replace("2010", "2011")))
    assert (made.new, made.changed) == (0, 1) and not entry(here, "growers").exists()


def test_an_entry_that_was_merged_into_another_is_found_by_its_former_id(here: Path) -> None:
    bring(here, rows(GROWERS))
    entry(here, "growers").unlink()
    edit(entry(here, "mill"), "name: Mill\n", "name: Mill\nformer_ids: [cooperative/growers]\n")
    made = bring(here, rows(GROWERS))
    assert made.new == 0 and not entry(here, "growers").exists()
    assert "name: Mill\n" in entry(here, "mill").read_text("utf-8")


def test_an_entry_that_was_taken_away_is_not_written_again(here: Path) -> None:
    bring(here, rows(GROWERS, BAKERS))
    entry(here, "growers").unlink()
    entry(here, "forn-comu").write_text(
        "status: withdrawn\nwithdrawn_because: request\nrecord: {origin: {from: Register, id: '2'}}\n"
    )
    made = bring(here, rows(GROWERS, BAKERS))
    assert (made.new, made.gone, told(made)) == (0, 2, [("B007", 2, 0)])
    assert not entry(here, "growers").exists()
    assert entry(here, "forn-comu").read_text().startswith("status: withdrawn")


def test_a_file_of_somebody_else_is_never_written_over(here: Path) -> None:
    entry(here, "growers").write_text("name: [broken\n")
    bring(here, rows(GROWERS, "3,Mill,,,,,"))
    assert entry(here, "growers").read_text() == "name: [broken\n"
    assert entry(here, "growers-2").exists() and entry(here, "mill-2").exists()
    assert "It mills." in entry(here, "mill").read_text()


def test_slugs_from_any_script(here: Path) -> None:
    made = bring(
        here, rows("1,ورشة الجيران,,,,,", "2,共同組合,,,,,", "3,../../etc/passwd,,,,,", "4,!!!,,,,,", "5,CON,,,,,")
    )
    names = [path.split("/")[-1] for path in made.written]
    assert len(set(names)) == 5 and all(name.isascii() for name in names)
    assert {"etc-passwd.yaml", "entry.yaml", "con-2.yaml"} < set(names)


def test_a_slug_may_be_said(here: Path) -> None:
    made = bring(here, rows(GROWERS), MAPPING.replace("fields:", 'slug: "{town}-{id}"\nfields:'))
    assert made.written == ["directory/cooperatives/lleida-1.yaml"]


def test_what_is_wrong_with_a_cell_is_told_there_and_left_out(here: Path) -> None:
    made = bring(here, rows("1,Growers,Lleida,XX,growers,Homes|Nonsense,20100", BAKERS))
    assert (made.new, made.refused) == (2, 0)
    assert told(made) == [("D002", 2, 0), ("T001", 2, 5), ("T003", 2, 7), ("T006", 2, 4), ("V001", 2, 6)]
    assert all("it is left out" in one.hint for one in made.findings)
    text = entry(here, "growers").read_text("utf-8")
    assert "sectors: [housing]\n" in text
    assert not any(name in text for name in ("places", "website", "started", "Nonsense"))


@pytest.mark.parametrize(
    ("row", "codes"),
    [
        ("1,,Lleida,ES,,,", [("D002", 2, 0)]),
        (f"1,{'x' * 300},Lleida,ES,,,", [("D002", 2, 0), ("D004", 2, 2)]),
        ("1,=cmd(),Lleida,ES,,,", [("B004", 2, 2), ("D002", 2, 0)]),
        ("1,<your name>,Lleida,ES,,,", [("D002", 2, 0), ("D007", 2, 2)]),
        (",Growers,Lleida,ES,,,", [("B003", 2, 1)]),
        ("1,Growers", [("B001", 2, 0)]),
    ],
)
def test_what_cannot_be_an_entry_is_refused_alone(here: Path, row: str, codes: list[tuple[str, int, int]]) -> None:
    made = bring(here, rows(row, BAKERS))
    assert (made.rows, made.new, made.refused, told(made)) == (2, 1, 1, sorted(codes))


def test_an_id_is_one_rows_alone(here: Path) -> None:
    made = bring(here, rows(GROWERS, BAKERS.replace("2,", "1,", 1)))
    assert (made.new, made.refused, told(made)) == (1, 1, [("B003", 3, 1)])
    assert "line 2" in made.findings[0].message


def test_rows_may_be_passed_over(here: Path) -> None:
    mapping = MAPPING.replace("fields:", "skip:\n  - {column: year, is: ['2010'], why: too old}\n"
                              "  - {column: web, empty: true}\nfields:")  # fmt: skip
    made = bring(here, rows(GROWERS, BAKERS, "3,Third,,,,,"), mapping)
    assert (made.rows, made.new, dict(made.skipped)) == (3, 1, {"too old": 1, "web: (empty)": 1})


def test_rows_that_look_like_others_are_told(here: Path) -> None:
    first = rows(GROWERS, "2,The Growers SCCL,Lleida,ES,,,", "3,Mill,,,,,")
    made = bring(here, first, dry=True)
    assert (made.new, told(made)) == (3, [("B006", 3, 0), ("B006", 4, 0)])
    assert "the row in line 2: the same name, in Lleida" in made.findings[0].message + made.findings[1].message
    held = bring(here, first, hold=85)
    assert (held.new, held.held) == (2, 1) and not entry(here, "growers-sccl").exists()
    # What is there already is not asked about again; what was held is.
    again = bring(here, first, hold=85)
    assert (again.new, again.held, again.same, told(again)) == (0, 1, 2, [("B006", 3, 0)])


def test_a_mistake_of_the_mapping_itself_is_told_of_its_field(here: Path) -> None:
    made = bring(here, rows(GROWERS), MAPPING.replace('website: "{web}"', "website: nonsense"))
    assert told(made) == [("T001", 2, 0)] and "(`website`)" in made.findings[0].message


def test_many_rows_are_looked_at_in_turn(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "TOGETHER", 3)
    made = bring(here, rows(*(f"{n},Name {n},Town {n},ES,,," for n in range(10))))
    assert (made.new, made.refused) == (10, 0)
    assert bring(here, rows(*(f"{n},Name {n},Town {n},ES,,," for n in range(10)))).same == 10
