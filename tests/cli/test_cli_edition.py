"""`auzolan edition`: a commons says who may sign, makes editions, signs them, and anybody verifies them without Auzolan."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from tests.mirror.signing import key_of
from tests.running import ROOT, auzolan, built, copied, environment, once

from auzolan.cli.edition_told import some_of

DATE = {"SOURCE_DATE_EPOCH": "1796000000"}


@pytest.fixture(scope="session")
def grown(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A built commons that nobody changes."""

    def make(folder: Path) -> Path:
        built(copied("everything", folder), **DATE)
        return folder

    return once(tmp_path_factory, "edition", make)


@pytest.fixture
def commons(grown: Path, tmp_path: Path) -> Path:
    """A commons of one's own to sign, built."""
    shutil.copytree(grown, tmp_path / "commons")
    return tmp_path / "commons"


def edition(commons: Path, *arguments: str, status: int = 0) -> str:
    """What the command tells."""
    done = auzolan("edition", *arguments, cwd=commons, **DATE)
    assert done.returncode == status, done.stdout + done.stderr
    return done.stdout + done.stderr


def pub(name: str) -> str:
    return f"{name}={key_of(name).with_suffix('.pub')}"


def two_of_three(commons: Path) -> None:
    edition(commons, "trust", "--signer", pub("anna"), "--signer", pub("berta"), "--signer", pub("carla"), "--threshold", "2",
            "--machine", pub("box"))  # fmt: skip
    for name in ("anna", "berta"):
        edition(commons, "sign", "--key", str(key_of(name)))


def shell(folder: Path, command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(["bash", "-c", command], cwd=folder, capture_output=True, text=True, check=False)


def words(copy: Path) -> str:
    """The commands that the copy itself tells."""
    text = (copy / "trust/README.txt").read_text("utf-8")
    return "\n".join(
        line.strip() for line in text.splitlines() if re.match(r"    (sha256sum|grep|for|  ssh|done)", line)
    )


def test_from_the_first_list_to_a_copy_that_is_verified_without_auzolan(commons: Path) -> None:
    assert "Nobody may sign yet" in edition(commons, "status", status=1)
    assert "nobody may sign" in edition(commons, "make", status=2)
    said = edition(commons, "trust", "--signer", pub("anna"), "--signer", pub("berta"), "--threshold", "2")
    assert "once anna and berta have signed it" in said
    assert "still waits" in edition(commons, "make", status=2)
    assert "waits: berta must sign it" in edition(commons, "sign", "--key", str(key_of("anna")))
    edition(commons, "sign", "--key", str(key_of("berta")))
    assert "waits: anna and berta must sign it" in edition(commons, "make", "--note", "en=The first one.")
    assert "waits: berta must sign it" in edition(commons, "sign", "--key", str(key_of("anna")))
    edition(commons, "status", status=1)
    assert "signed by enough people" in edition(commons, "sign", "--key", str(key_of("berta")))
    assert "published as it lies there" in edition(commons, "status")
    copy = commons / "output"
    told = json.loads((copy / "edition.json").read_text("utf-8"))
    assert told["serial"] == 1 and told["notes"] == {"en": "The first one."} and told["changed"]["new"] == 8
    done = shell(copy, words(copy))
    assert done.returncode == 0 and done.stdout.splitlines()[0] == "1" and done.stdout.count("Good") == 2
    (copy / "index.html").write_bytes(b"other")
    assert "index.html: FAILED" in shell(copy, words(copy)).stdout


def test_a_forged_edition_does_not_pass_the_words_of_the_copy(commons: Path) -> None:
    two_of_three(commons)
    edition(commons, "make")
    for name in ("anna", "carla"):
        edition(commons, "sign", "--key", str(key_of(name)))
    copy = commons / "output"
    (copy / "edition.json").write_text(
        (copy / "edition.json").read_text("utf-8").replace('"serial": 1', '"serial": 2'), "utf-8"
    )
    done = shell(copy, words(copy))
    assert "Good" not in done.stdout and done.returncode != 0


def test_nothing_new_is_made_of_a_site_that_has_not_changed(commons: Path) -> None:
    two_of_three(commons)
    edition(commons, "make")
    edition(commons, "make")
    assert [path.name for path in (commons / "editions").iterdir() if path.name.isdigit()] == ["1"]


def test_a_changed_site_is_another_edition_and_what_the_old_one_left_goes(commons: Path) -> None:
    two_of_three(commons)
    edition(commons, "make")
    for name in ("anna", "carla"):
        edition(commons, "sign", "--key", str(key_of(name)))
    edition(commons, "fresh", "--key", str(key_of("box")))
    assert "stated by box" in edition(commons, "status")
    entry = next((commons / "directory").glob("tools/*.yaml"))
    text = entry.read_text("utf-8")
    entry.write_text(
        text.replace("summary: ", "summary: New. ", 1).replace("summary:\n  en: ", "summary:\n  en: New. ", 1), "utf-8"
    )
    assert entry.read_text("utf-8") != text
    built(commons, **DATE)
    assert "is another one" in edition(commons, "status", status=1)
    assert "is not edition 1" in edition(commons, "put", status=1)
    edition(commons, "make")
    copy = commons / "output"
    told = json.loads((copy / "edition.json").read_text("utf-8"))
    before = commons / "editions/1/edition.json"
    assert told["serial"] == 2 and len(told["previous"]) == 64 and before.is_file()
    assert not list(copy.glob("edition.json.*")) and not list(copy.glob("freshness*"))


def test_a_damaged_site_is_no_edition(commons: Path) -> None:
    two_of_three(commons)
    (commons / "output/index.html").write_bytes(b"other")
    assert "not as it was built: index.html" in edition(commons, "make", status=2)


def test_a_key_of_nobody_signs_nothing_and_a_machine_only_that_it_is_the_newest(commons: Path) -> None:
    two_of_three(commons)
    edition(commons, "make")
    assert "nobody's" in edition(commons, "sign", "--key", str(key_of("zoe")), status=2)
    assert "a machine's" in edition(commons, "sign", "--key", str(key_of("box")), status=2)
    assert "nobody's" in edition(commons, "fresh", "--key", str(key_of("zoe")), status=2)
    assert "must be signed by 2" in edition(commons, "fresh", "--key", str(key_of("box")), status=1)


def test_people_come_and_go_and_the_list_before_decides(commons: Path) -> None:
    two_of_three(commons)
    said = edition(commons, "trust", "--remove", "carla", "--signer", pub("dolors"))
    assert "once 2 of anna, berta, carla have signed" in said
    assert "waits for signatures" in edition(commons, "make", status=2)
    edition(commons, "sign", "--key", str(key_of("dolors")), status=2)  # she is not in the list that decides
    for name in ("anna", "carla"):
        edition(commons, "sign", "--key", str(key_of(name)))
    edition(commons, "make")
    assert "nobody's" in edition(commons, "sign", "--key", str(key_of("carla")), status=2)
    edition(commons, "sign", "--key", str(key_of("dolors")))
    edition(commons, "sign", "--key", str(key_of("anna")))
    assert "version 2" in edition(commons, "status")
    assert sorted(path.name for path in (commons / "output/trust").iterdir() if path.suffix == ".json") == [
        "1.json",
        "2.json",
    ]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["--signer", "anna"], "no name and key"), (["--signer", "Anna=x"], "small letters"), (["--signer", "anna=absent.pub"], "no key"),
        (["--remove", "anna"], "names no `anna`"), ([], "somebody must be able to sign"), (["--machine", "box=@box"], "somebody must"),
        (["--signer", "anna=@anna", "--threshold", "2"], "2 must sign, and only 1 may"),
        (["--signer", "anna=@anna", "--signer", "berta=@anna"], "a key stands twice"),
    ],
)  # fmt: skip
def test_a_list_that_makes_no_sense_is_refused(commons: Path, arguments: list[str], said: str) -> None:
    told = [re.sub(r"@(\w+)", lambda name: f"{key_of(name[1])}.pub", one) for one in arguments]
    done = auzolan("edition", "trust", *told, cwd=commons)
    assert done.returncode in (1, 2) and said in done.stderr and not (commons / "editions").exists()


def test_the_copy_of_a_commons_of_one_says_what_that_means(commons: Path) -> None:
    edition(commons, "trust", "--signer", pub("anna"))
    edition(commons, "sign", "--key", str(key_of("anna")))
    edition(commons, "make")
    assert "anna alone signs" in (commons / "output/trust/README.txt").read_text("utf-8")


def test_an_edition_is_built_again_from_its_source_and_signed_by_a_second_person(commons: Path, tmp_path: Path) -> None:
    two_of_three(commons)
    edition(commons, "make")
    edition(commons, "sign", "--key", str(key_of("anna")))
    copy = tmp_path / "stick"
    shutil.copytree(commons / "output", copy)
    assert "read it" in edition(tmp_path, "confirm", "stick", status=2)
    assert "nobody's" in edition(tmp_path, "confirm", "stick", "--yes", "--key", str(key_of("zoe")), status=2)
    said = edition(tmp_path, "confirm", "stick", "--yes", "--key", str(key_of("carla")))
    assert "byte for byte" in said
    shutil.copy(copy / "edition.json.carla.sig", commons / "editions/1/")
    assert "auzolan edition put" in edition(commons, "status", status=1)
    edition(commons, "put")
    assert "published as it lies there" in edition(commons, "status")
    (copy / "404.html").write_bytes(b"other")
    assert "~ 404.html" in edition(tmp_path, "confirm", "stick", "--yes", status=1)


def test_what_git_tells_of_entries_stands_in_the_edition(commons: Path) -> None:
    def git(*arguments: str) -> None:
        subprocess.run(
            ["git", "-c", "user.name=a", "-c", "user.email=a@b.c", *arguments],
            cwd=commons,
            check=True,
            capture_output=True,
        )

    (commons / ".gitignore").write_text("output\n.cache\n", "utf-8")
    git("init", "-q")
    git("add", "-A")
    git("commit", "-qm", "one")
    built(commons, **DATE)
    two_of_three(commons)
    edition(commons, "make")
    first = json.loads((commons / "output/edition.json").read_text("utf-8"))
    tools = sorted((commons / "directory/tools").glob("*.yaml"))
    (tools[0].with_name("brand-new.yaml")).write_text(
        "name: Brand new\nkind: tool\nsummary: A tool.\nwritten_in: en\nrecord:\n  thanks: [Maria of the bakery]\n"
        "  sources: {page: {title: A page about it}}\n".replace("kind: tool\n", ""), "utf-8",
    )  # fmt: skip
    git("add", "-A")
    git("commit", "-qm", "two")
    built(commons, **DATE)
    edition(commons, "make")
    told = json.loads((commons / "output/edition.json").read_text("utf-8"))
    assert len(first["commit"]) == 40 and told["previous"] and told["commit"] != first["commit"]
    assert told["changed"] == {"new": 1, "edited": 0, "gone": 0} and told["thanks"] == ["Maria of the bakery"]


def test_a_site_is_compared_with_a_copy(commons: Path, tmp_path: Path) -> None:
    shutil.copytree(commons / "output", tmp_path / "copy")
    done = auzolan("build", "--compare", str(tmp_path / "copy"), cwd=commons, **DATE)
    assert done.returncode == 0 and "byte for byte" in done.stderr
    (tmp_path / "copy/404.html").unlink()
    (tmp_path / "copy/more.html").write_bytes(b"")
    done = auzolan("build", "--compare", str(tmp_path / "copy"), cwd=commons, **DATE)
    assert done.returncode == 1 and done.stdout.splitlines() == ["- 404.html", "+ more.html"]
    done = auzolan("build", "--compare", "absent", cwd=commons, **DATE)
    assert done.returncode == 2 and "no folder absent" in done.stderr


def test_the_rehearsal_of_keys_that_are_lost_and_stolen_plays_through(tmp_path: Path) -> None:
    (tmp_path / "auzolan").write_text(f'#!/bin/sh\nexec "{sys.executable}" -m auzolan "$@"\n', "utf-8")
    (tmp_path / "auzolan").chmod(0o755)
    done = subprocess.run(["sh", str(ROOT / "docs/rehearsal.sh"), str(tmp_path / "auzolan")], env=environment(TMPDIR=str(tmp_path)),
                          cwd=tmp_path, capture_output=True, text=True, check=False)  # fmt: skip
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout.count("Good") == 2 and "only carla did" in done.stdout + done.stderr
    assert [path.name for path in tmp_path.iterdir() if path.name.startswith("tmp")] == []


@pytest.mark.parametrize(
    ("count", "names", "more", "words"),
    [
        (1, ["anna"], False, "anna"),
        (1, ["anna"], True, "anna"),
        (2, ["anna", "berta"], True, "anna and berta"),
        (3, ["anna", "berta", "carla"], False, "anna, berta and carla"),
        (1, ["anna", "berta"], False, "1 of anna, berta"),
        (2, ["anna", "berta", "carla"], True, "2 more of anna, berta, carla"),
    ],
)
def test_who_must_sign(count: int, names: list[str], more: bool, words: str) -> None:
    assert some_of(count, names, more=more) == words
