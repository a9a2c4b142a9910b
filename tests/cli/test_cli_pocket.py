"""`auzolan pocket`: what is asked for is understood or refused, the file says what it is, and lies where it was asked for."""

from __future__ import annotations

import datetime
from pathlib import Path

import pytest
from tests.mirror.signing import edition
from tests.pockets import opened
from tests.running import auzolan, copied, write

from auzolan.cli.choice import Asked
from auzolan.cli.pocket import run
from auzolan.model.errors import AuzolanError

SITE = "everything.example,2026:commons"


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copied("everything", tmp_path_factory.mktemp("pocket") / "site")


def lies_there(site: Path, id_: str, serial: int) -> None:
    """An edition of a commons of this id lies in the output folder."""
    date = datetime.datetime(2026, 11, 29, 12, tzinfo=datetime.UTC)
    write(site, {"output/edition.json": edition(site=id_, serial=serial, date=date).data.decode()})


def test_a_part_is_written_and_told(site: Path) -> None:
    lies_there(site, SITE, 7)
    asked = ["--region", "Catalonia", "--country", "es", "--language", "ca", "--kind", "cooperatives"]
    done = auzolan("pocket", *asked, cwd=site, PYTHONHASHSEED="1")
    file = site / "everything-once-es-ct-es-cooperative-ca.html"
    assert done.returncode == 0, done.stderr
    assert (
        f"{file.name}: ES-CT, ES, cooperative, ca, 2 of " in done.stderr and " KB\n    of these: search " in done.stderr
    )
    one = opened(file.read_bytes())
    assert {name for name, _, _ in one.entries} == {"cooperatives/horta-comuna", "cooperatives/refugi"}
    about = one.tree.get_element_by_id("view-about").text_content()
    assert (
        "Edició 7, 29 de novembre del 2026" in about
        and "Catalunya (ES-CT), Espanya (ES), Cooperatives, Català (ca)" in about
    )
    before = file.stat().st_mtime_ns
    again = auzolan("pocket", *asked, cwd=site, PYTHONHASHSEED="2", TZ="Asia/Tokyo", LC_ALL="C")
    assert again.returncode == 0 and "it lay there already" in again.stderr and file.stat().st_mtime_ns == before


@pytest.mark.parametrize(
    ("asked", "output", "told"),
    [
        (Asked(regions=["ES-XX"]), None, "there is no region `ES-XX`"),
        (Asked(regions=["Catalona"]), None, "did you mean `Catalonia`?"),
        (Asked(kinds=["coperative"]), None, "did you mean `cooperative`?"),
        (Asked(kinds=["article"]), None, "articles are no part of a pocket edition"),
        (Asked(countries=["Spein"]), None, "did you mean `spain`?"),
        (Asked(sectors=["housin"]), None, "did you mean `housing`?"),
        (Asked(["xx\x1b"]), None, "`xx\\x1b` is not a language of this site"),
        (Asked(regions=["ES-ML"]), None, "no entry is in this part: region ES-ML"),
        (Asked(), "x.txt", "x.txt is no name of an HTML file"),
        (Asked(), "no/x.html", "there is no folder no"),
        (Asked(), "folder.html", "folder.html is a folder"),
        (Asked(kinds=["tool"]), "mine.html", "mine.html is there already"),
    ],
)
def test_what_cannot_be_is_refused(
    site: Path, monkeypatch: pytest.MonkeyPatch, asked: Asked, output: str | None, told: str
) -> None:
    monkeypatch.chdir(site)
    (site / "folder.html").mkdir(exist_ok=True)
    write(site, {"mine.html": "<!doctype html>\nmine"})
    before = sorted(path.name for path in site.iterdir())
    with pytest.raises(AuzolanError) as refused:
        run(asked, site / "pelicanconf.py", Path(output) if output else None)
    assert told in f"{refused.value} {refused.value.hint}" and refused.value.hint
    assert sorted(path.name for path in site.iterdir()) == before
    assert (site / "mine.html").read_text("utf-8").endswith("mine")


def test_an_edition_of_another_commons_is_not_this_ones(site: Path, tmp_path: Path) -> None:
    lies_there(site, f"{SITE}:other", 9)
    run(Asked(kinds=["tool"]), site / "pelicanconf.py", tmp_path / "x.html")
    assert "Edition 9" not in opened((tmp_path / "x.html").read_bytes()).tree.text_content()


def test_a_finding_stops_it_and_so_does_an_edition_that_says_nothing(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    site, file = copied("everything", tmp_path / "site"), tmp_path / "x.html"
    write(site, {"output/edition.json": "{}", "directory/tools/oven.yaml": "name: Oven\nsize: large\n"})
    with pytest.raises(AuzolanError, match="`format` is no text"):
        run(Asked(), site / "pelicanconf.py", file)
    (site / "output/edition.json").unlink()
    with pytest.raises(SystemExit) as stopped:
        run(Asked(), site / "pelicanconf.py", file)
    assert stopped.value.code == 1 and "nothing was written" in capsys.readouterr().err and not file.exists()


def test_a_commons_without_entries_has_no_part(tmp_path: Path) -> None:
    write(
        tmp_path,
        {
            "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
            "directory/tools/.keep": "",
        },
    )
    with pytest.raises(AuzolanError, match="no entries yet"):
        run(Asked(), tmp_path / "pelicanconf.py", tmp_path / "x.html")
