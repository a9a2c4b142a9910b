"""A stick goes out with an edition, and comes home with what people wrote on it: all of that is read, nothing of it is lost, the next edition
thanks them, and the stick gets what changed."""

from __future__ import annotations

import json
import re
import subprocess
from pathlib import Path

from tests.intake.sent import BAKERY, COMMONS, MILL, PATH
from tests.mirror.signing import key_of
from tests.running import auzolan, ran, tree, write

MILL_PATH = "directory/cooperatives/mill.yaml"
SAW = "name: The Saw\nsummary: It saws.\nrecord:\n  sources:\n    book: {title: Saws}\n"
SAW_PATH = "directory/cooperatives/saw.yaml"


def committed(commons: Path, say: str) -> None:
    who = ["-c", "user.name=Ana", "-c", "user.email=ana@example.org"]
    for words in (["add", "-A"], [*who, "commit", "-qm", say]):
        subprocess.run(["git", *words], cwd=commons, check=True)


def published(commons: Path, serial: int) -> dict[str, object]:
    """Builds, makes and signs an edition; gives what it says."""
    done = auzolan("build", cwd=commons)
    assert done.returncode == 0, done.stderr
    ran("edition", "make", cwd=commons)
    assert "signed by enough people" in ran("edition", "sign", "--key", str(key_of("anna")), cwd=commons)
    told: dict[str, object] = json.loads((commons / "output/edition.json").read_text("utf-8"))
    assert told["serial"] == serial
    return told


def test_what_was_written_on_a_stick_comes_home_and_the_stick_gets_what_changed(tmp_path: Path) -> None:
    commons, stick = tmp_path / "commons", tmp_path / "stick"
    files = {name: text for name, text in COMMONS.items() if name != "history.json"}
    write(commons, {**files, SAW_PATH: SAW, ".gitignore": "output/\n.cache/\n"})
    subprocess.run(["git", "init", "-q", "."], cwd=commons, check=True)
    committed(commons, "The first entries")
    ran("edition", "trust", "--signer", f"anna={key_of('anna').with_suffix('.pub')}", cwd=commons)
    ran("edition", "sign", "--key", str(key_of("anna")), cwd=commons)
    published(commons, 1)
    said = ran("mirror", "sync", str(commons / "output"), str(stick / "copy"), cwd=tmp_path)
    assert re.search(r" files fetched \([\d.]+ MB\), 0 unchanged, in [\d.]+ s", said)

    # Far away: the forms of the copy save files. A new entry, and two edits of what the copy has.
    new = BAKERY.replace("  submitted_by", "  thanks: [Grup del forn]\n  submitted_by")
    mill = MILL.replace("thirty farms", "forty farms").replace("record:\n", "record:\n  thanks: [Noor]\n")
    saw = SAW.replace("It saws.", "It saws logs.")
    write(stick / "contributions", {"forn-nou.yaml": new, "mill.yaml": mill, "saw.yaml": saw})
    # At home, meanwhile: one of these is edited too, elsewhere in the file; of the other the same field.
    write(
        commons,
        {
            MILL_PATH: MILL.replace("locality: Solsona", "locality: Cardona"),
            SAW_PATH: SAW.replace("It saws.", "It saws planks."),
        },
    )
    committed(commons, "What we learnt meanwhile")

    stick_before, home_before = tree(stick), tree(commons / "directory")
    listed = ran("inbox", "list", str(stick / "contributions"), cwd=commons, status=1)
    assert f"forn-nou.yaml: would be new: {PATH}" in listed
    assert f"mill.yaml: would be changed: {MILL_PATH}" in listed
    assert f"saw.yaml: not written: it differs: {SAW_PATH}" in listed
    assert tree(commons / "directory") == home_before

    told = ran("inbox", "import", str(stick / "contributions"), "--refused", "to-mend", cwd=commons, status=1)
    assert "error N005" in told and "-summary: It saws planks." in told and "+summary: It saws logs." in told
    assert tree(stick) == stick_before  # what people brought stays theirs
    here = (commons / MILL_PATH).read_text("utf-8")
    assert "forty farms" in here and "Cardona" in here and "# the valley" in here
    assert "It saws planks." in (commons / SAW_PATH).read_text("utf-8")
    assert (commons / "to-mend/cooperatives/saw.yaml").read_text("utf-8") == saw
    # Somebody settles it: both are right.
    both = saw.replace("It saws logs.", "It saws planks and logs.").replace("record:\n", "record:\n  thanks: [Aina]\n")
    write(commons, {"to-mend/cooperatives/saw.yaml": both})
    ran("inbox", "import", "to-mend", "--replace", "cooperative/saw", cwd=commons)
    assert (commons / SAW_PATH).read_text("utf-8").count("It saws planks and logs.") == 1
    subprocess.run(["rm", "-r", "to-mend"], cwd=commons, check=True)
    committed(commons, "What came home")

    edition = published(commons, 2)
    assert edition["thanks"] == ["Aina", "Grup del forn", "Noor"]
    assert edition["changed"] == {"new": 1, "edited": 2, "gone": 0}

    # The stick is updated by what changed alone, without a network, and proves itself.
    said = ran("mirror", "sync", "--json", str(commons / "output"), str(stick / "copy"), cwd=tmp_path)
    update = json.loads(said)
    assert update["changed"] and 0 < update["fetched"]["files"] < update["unchanged"] and update["seconds"] > 0
    assert update["fetched"]["bytes"] < update["edition"]["bytes"] / 4
    assert "as they were signed" in ran("mirror", "verify", str(stick / "copy"), cwd=tmp_path)
    assert "Forn Nou" in (stick / "copy/site/cooperatives/forn-nou.html").read_text("utf-8")
