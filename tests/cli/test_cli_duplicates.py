"""`auzolan duplicates`: groups of what may be the same, with reasons, for people and for programs."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.running import auzolan, write

END = "summary: They grow.\nrecord: {sources: {s: {title: Seen}}}\n"
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/growers.yaml": 'name: Growers\nplaces: [{country: ES}]\nwebsite: "https://growers.coop"\n' + END,
    "directory/cooperatives/growers-2.yaml": "name: The Growers, SCCL\nplaces: [{country: ES}]\n" + END,
    "directory/organizations/growing.yaml": 'name: Growers of the plain\nwebsite: "https://growers.coop"\nplaces: [{country: ES}]\n' + END,
    "directory/cooperatives/mill.yaml": "name: Mill\nplaces: [{country: ES}]\n" + END,
}  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return write(tmp_path, SITE)


def test_entries_that_only_show_how_are_not_compared(tmp_path: Path) -> None:
    assert auzolan("init", "casa", cwd=tmp_path).returncode == 0
    done = auzolan("duplicates", cwd=tmp_path / "casa")
    assert (done.returncode, done.stdout) == (0, "") and "0 entries compared" in done.stderr


def test_groups_are_shown_with_reasons(site: Path) -> None:
    done = auzolan("duplicates", cwd=site)
    assert done.returncode == 0, done.stderr
    assert "1a  cooperative/growers  Growers  directory/cooperatives/growers.yaml" in done.stdout
    assert "1b  cooperative/growers-2  The Growers, SCCL" in done.stdout
    assert "1a and 1b, 80 of 100: the same name, in ES" in done.stdout
    assert "mill" not in done.stdout
    assert "4 entries compared: 2 pairs in 1 group may be the same." in done.stderr
    assert "not_same_as" in done.stderr


def test_json_is_for_programs(site: Path) -> None:
    done = auzolan("duplicates", "--json", "--least", "75", cwd=site)
    (group,) = json.loads(done.stdout)["groups"]
    assert [one["id"] for one in group["entries"]] == ["cooperative/growers", "cooperative/growers-2"]
    assert group["pairs"] == [
        {"one": "cooperative/growers", "other": "cooperative/growers-2", "score": 80,
         "reasons": ["the same name", "in ES"]},
    ]  # fmt: skip
    assert json.loads(done.stdout)["ok"] is True


def test_strict_fails_where_anything_is_shown(site: Path) -> None:
    assert auzolan("duplicates", "--strict", cwd=site).returncode == 1
    assert json.loads(auzolan("duplicates", "--strict", "--json", cwd=site).stdout)["ok"] is False
    none = auzolan("duplicates", "--strict", "--least", "99", cwd=site)
    assert (none.returncode, none.stdout) == (0, "")
    assert "none looks like another" in none.stderr


def test_only_what_the_named_files_may_double(site: Path) -> None:
    assert auzolan("duplicates", "directory/cooperatives/mill.yaml", cwd=site).stdout == ""
    done = auzolan("duplicates", "directory/organizations", "--json", cwd=site)
    assert [pair["other"] for group in json.loads(done.stdout)["groups"] for pair in group["pairs"]] == [
        "organization/growing"
    ]


def test_a_file_that_is_not_there(site: Path) -> None:
    done = auzolan("duplicates", "directory/cooperatives/lost.yaml", cwd=site)
    assert done.returncode == 2 and "there is no file" in done.stderr


def test_what_cannot_be_read_is_left_out_and_said(site: Path) -> None:
    (site / "directory/cooperatives/bad.yaml").write_text("name: [\n")
    done = auzolan("duplicates", cwd=site)
    assert done.returncode == 0
    assert "could not be read, and were not compared: auzolan check tells which" in done.stderr


def test_a_name_cannot_act_on_the_terminal(site: Path) -> None:
    text = 'name: "Growers [bold]\\u00ad x"\nplaces: [{country: ES}]\nsame_as: {lei: A1}\n' + END
    write(site, {"directory/cooperatives/a.yaml": text, "directory/cooperatives/b.yaml": text})
    done = auzolan("duplicates", "directory/cooperatives/a.yaml", cwd=site)
    assert "Growers [bold]� x" in done.stdout
