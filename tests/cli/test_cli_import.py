"""`auzolan import csv`: a table and a mapping at the command line, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.intake.bringing import MAPPING, entry, rows, site
from tests.running import auzolan, tree, write

GOOD = "1,Growers,Lleida,ES,https://growers.coop,Homes,2010"
BAD = "2,,Lleida,ES,https://x.coop,Homes|Nonsense,2010"


@pytest.fixture
def here(tmp_path: Path) -> Path:
    return write(site(tmp_path), {"t.csv": rows(GOOD, BAD), "m.yaml": MAPPING})


def bring(here: Path, *arguments: str):
    return auzolan("import", "csv", "t.csv", "--mapping", "m.yaml", *arguments, cwd=here)


def test_entries_are_written_and_findings_told_by_row_and_cell(here: Path) -> None:
    done = bring(here)
    assert done.returncode == 1
    assert "t.csv:3: error D002: `name` is missing" in done.stdout and "the row is refused" in done.stdout
    assert 't.csv:3:6 (sector): error V001: "Nonsense" is not a word of `sectors`' in done.stdout
    assert "2 rows in " in done.stderr and ": 1 new, 1 refused." in done.stderr
    assert entry(here, "growers").is_file() and (here / "m.imported.jsonl").is_file()
    assert (here / "directory/kinds/schemas/cooperative.schema.json").is_file()
    assert auzolan("check", "--strict", cwd=here).returncode == 0


def test_a_second_run_changes_nothing(here: Path) -> None:
    write(here, {"t.csv": rows(GOOD)})
    assert bring(here).returncode == 0
    before = tree(here)
    done = bring(here)
    assert (done.returncode, done.stdout) == (0, "") and "1 as they were" in done.stderr
    assert tree(here) == before


def test_a_dry_run_shows_the_first_and_writes_nothing(here: Path) -> None:
    before = tree(here)
    done = bring(here, "--dry-run")
    assert "The first new entry would be:" in done.stdout and "name: Growers" in done.stdout
    assert "1 would be new" in done.stderr and "Nothing was written" in done.stderr
    assert tree(here) == before


def test_json_has_everything(here: Path) -> None:
    write(here, {"t.csv": rows(*(f"{n},,,,,," for n in range(30)))})
    done = bring(here, "--json")
    made = json.loads(done.stdout)
    assert (done.returncode, made["ok"], made["rows"], made["refused"], len(made["findings"])) == (1, False, 30, 30, 30)
    write(here, {"t.csv": rows(GOOD, BAD)})
    made = json.loads(bring(here, "--json").stdout)
    assert made["written"] == ["directory/cooperatives/growers.yaml"]
    (told,) = (one for one in made["findings"] if one["code"] == "V001")
    assert (told["path"], told["line"], told["column"], told["header"]) == ("t.csv", 3, 6, "sector")


def test_many_findings_of_a_rule_are_counted(here: Path) -> None:
    write(here, {"t.csv": rows(*(f"{n},,,,,," for n in range(30)))})
    done = bring(here)
    assert done.stdout.count("D002: `name`") == 10 and "20 more of D002" in done.stdout


def test_a_mapping_that_cannot_be_used_is_shown_with_its_line(here: Path) -> None:
    write(here, {"m.yaml": MAPPING.replace("{town}", "{city}")})
    done = bring(here)
    assert done.returncode == 1 and "nothing was read" in done.stderr
    assert "error B005: the table has no column `city`" in done.stdout and "m.yaml:8:" in done.stdout
    assert len(list((here / "directory/cooperatives").iterdir())) == 1


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("t.csv",), "--propose-mapping drafts a mapping"),
        (("lost.csv", "-m", "m.yaml"), "lost.csv cannot be read"),
        (("t.csv", "-m", "lost.yaml"), "lost.yaml cannot be read"),
        (("t.csv", "-m", "m.yaml", "--encoding", "klingon"), "is not an encoding of texts"),
        (("t.csv", "-m", "m.yaml", "--delimiter", "ab"), "cannot stand between cells"),
        (("t.csv", "--propose-mapping", "--kind", "coop"), "there is no kind `coop`"),
        (("t.csv", "-m", "m.yaml", "-s", "lost.py"), "lost.py"),
        (("t.csv", "-m", "m.yaml", "--hold", "101"), "--hold"),
    ],
)
def test_what_cannot_be_done_is_said(here: Path, arguments: tuple[str, ...], said: str) -> None:
    done = auzolan("import", "csv", *arguments, cwd=here)
    assert done.returncode == 2 and said in done.stderr


def test_a_state_that_is_none_of_ours_is_refused(here: Path) -> None:
    write(here, {"m.imported.jsonl": "mine\n"})
    done = bring(here)
    assert done.returncode == 2 and "is not what an import remembers" in done.stderr
    assert len(list((here / "directory/cooperatives").iterdir())) == 1


def test_rows_are_held_back(here: Path) -> None:
    write(here, {"t.csv": rows(GOOD, "2,Growers SCCL,Lleida,ES,,,")})
    done = bring(here, "--hold", "85")
    assert "t.csv:3: warning B006: this may be the row in line 2" in done.stdout and "it is held back" in done.stdout
    assert "1 new, 1 held back" in done.stderr and done.returncode == 0


def test_how_it_is_read_is_told(here: Path) -> None:
    (here / "t.csv").write_bytes(rows(GOOD.replace("Growers", "Forn Comú")).encode("latin-1"))
    assert "is read as Windows-1252 (Latin-1)" in bring(here).stderr
    assert "name: Forn Comú\n" in entry(here, "forn-comu").read_text("utf-8")


def test_a_draft_is_printed_and_can_be_used(here: Path) -> None:
    write(here, {"t.csv": rows(GOOD)})
    done = auzolan("import", "csv", "t.csv", "--propose-mapping", cwd=here)
    assert done.returncode == 0 and "kind: cooperative\n" in done.stdout
    write(here, {"m.yaml": done.stdout})
    assert bring(here).returncode == 0 and entry(here, "growers").is_file()


def test_the_group_and_the_command_have_help() -> None:
    for arguments in ((), ("csv", "--help")):
        done = auzolan("import", *arguments, cwd=Path("/"))
        assert "Bring in" in done.stdout + done.stderr or "Make entries of the rows" in done.stdout
