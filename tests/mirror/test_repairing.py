"""Whatever a disk does to a copy: every damaged file is named, and mended from another copy."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.mirror.signed import DAY, FILES, Commons, put
from tests.running import tree

from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused
from auzolan.mirror.repairing import Repaired, repair
from auzolan.mirror.syncing import sync
from auzolan.mirror.verifying import Verified, verify
from auzolan.model.errors import AuzolanError

DAMAGES = int(os.environ.get("AUZOLAN_DAMAGES", "20"))
"""Files that are damaged at random."""


def quiet(*_: object) -> None:
    """Says nothing."""


@pytest.fixture
def commons(tmp_path: Path) -> Commons:
    made = Commons()
    edition = made.copy(tmp_path / "site")
    made.fresh(tmp_path / "site", edition, 1)
    sync(Place(tmp_path / "mirror"), Folder(tmp_path / "site"), DAY)
    shutil.copytree(tmp_path / "site", tmp_path / "copy")
    return made


@pytest.fixture(params=["mirror", "copy"])
def where(request: pytest.FixtureRequest, tmp_path: Path, commons: Commons) -> Path:
    return tmp_path / str(request.param)


def files_of(where: Path) -> Path:
    """Where the files of a mirror, or of a copy, lie."""
    return (where / "site").resolve() if (where / "site").exists() else where


def verified(where: Path) -> Verified:
    return verify(where, Folder(files_of(where)), DAY, quiet)


def repaired(where: Path, other: Path, **more: object) -> Repaired:
    return repair(where, Folder(other), DAY, quiet, **more)  # type: ignore[arg-type]


def flip(file: Path) -> None:
    data = bytearray(file.read_bytes() or b"?")
    data[len(data) // 3] ^= 4
    replaced(file, bytes(data))


def replaced(file: Path, data: bytes) -> None:
    """Another file in its place: hard links to it stay as they are."""
    file.unlink()
    file.write_bytes(data)


def link(file: Path) -> None:
    file.unlink()
    file.symlink_to("/etc/hostname")


def folder(file: Path) -> None:
    file.unlink()
    file.mkdir()
    (file / "inside.txt").write_text("?")


HOW: dict[str, Callable[[Path], object]] = {
    "flipped": flip, "cut": lambda file: replaced(file, file.read_bytes()[:-1] or b"?"), "longer": lambda file: replaced(file, file.read_bytes() + b"\n"),
    "empty": lambda file: replaced(file, b"" if file.read_bytes() else b"?"), "huge": lambda file: os.truncate(file, 1 << 34), "gone": Path.unlink, "a link": link,
    "a folder": folder,
}  # fmt: skip


@pytest.mark.parametrize("how", HOW)
def test_every_damage_is_named_and_mended(where: Path, tmp_path: Path, how: str) -> None:
    paths = ["index.html", "tools/oven.html"]
    for path in paths:
        HOW[how](files_of(where) / path)
    found = verified(where)
    assert [*found.damaged, *found.missing] == paths
    assert found.foreign == ([f"{path}/inside.txt" for path in paths] if how == "a folder" else [])
    done = repaired(where, tmp_path / "site")
    assert done.after.is_whole and done.mended == paths and not done.failed
    assert tree(files_of(where)) == tree(tmp_path / "site")
    assert not (where / ".incoming").exists() and not (where / "incoming").exists()


@pytest.mark.parametrize(
    "path",
    [
        "edition.json",
        "edition.json.anna.sig",
        "SHA256SUMS",
        "trust/1.json",
        "trust/1.json.berta.sig",
        "trust/allowed_signers",
        "trust/README.txt",
        "freshness.json",
        "freshness.json.box.sig",
    ],
)
def test_damaged_statements_of_a_mirror(tmp_path: Path, commons: Commons, path: str) -> None:
    where = tmp_path / "mirror"
    flip(files_of(where) / path)
    found = verified(where)
    assert path in found.damaged or (
        path == "SHA256SUMS" and found.refused is not None and "SHA256SUMS" in str(found.refused)
    )
    assert repaired(where, tmp_path / "site").after.is_whole
    assert tree(files_of(where)) == tree(tmp_path / "site")


@pytest.mark.parametrize(
    "path",
    [
        "edition.json",
        "edition.json.anna.sig",
        "SHA256SUMS",
        "trust/allowed_signers",
        "freshness.json",
        "freshness.json.box.sig",
    ],
)
def test_damaged_statements_of_a_copy(tmp_path: Path, commons: Commons, path: str) -> None:
    """Its own trust list says what counts, and the other copy's statements are taken if they are of the same edition."""
    where = tmp_path / "copy"
    flip(where / path)
    found = verified(where)
    assert not found.is_whole and (
        path in found.damaged or (found.refused and path.removesuffix(".anna.sig") in f"{found.refused} edition.json")
    )
    assert repaired(where, tmp_path / "site").after.is_whole
    assert tree(where) == tree(tmp_path / "site")


def test_a_copy_of_which_nothing_says_who_may_sign_it(tmp_path: Path, commons: Commons) -> None:
    where = tmp_path / "copy"
    flip(where / "trust" / "1.json")
    with pytest.raises(Refused, match="nothing in this copy says any more who may sign it"):
        repaired(where, tmp_path / "site")
    assert repaired(where, tmp_path / "site", pinned=commons.trust.digest).after.is_whole
    assert tree(where) == tree(tmp_path / "site")


def test_a_copy_is_not_turned_into_another_edition(tmp_path: Path, commons: Commons) -> None:
    where = tmp_path / "copy"
    before = tree(where)
    commons.copy(tmp_path / "site", {**FILES, "index.html": b"<h1>Home, again</h1>"}, 2)
    flip(where / "edition.json")
    flip(where / "SHA256SUMS")
    damaged = tree(where)
    with pytest.raises(Refused, match="is not of the edition that this one was"):
        repaired(where, tmp_path / "site")
    assert tree(where) == damaged != before


def test_what_another_edition_has_too_is_taken_from_it(tmp_path: Path, commons: Commons) -> None:
    where = tmp_path / "mirror"
    commons.copy(tmp_path / "site", {**FILES, "index.html": b"<h1>Home, again</h1>"}, 2)
    for path in ("index.html", "static/style.css"):
        flip(files_of(where) / path)
    done = repaired(where, tmp_path / "site")
    assert done.mended == ["static/style.css"] and list(done.failed) == ["index.html"]
    assert done.after.damaged == [] and done.after.missing == ["index.html"]
    assert repaired(where, tmp_path / "copy").after.is_whole


def test_the_other_copy_is_damaged_too(tmp_path: Path, commons: Commons) -> None:
    where = tmp_path / "mirror"
    for place in (files_of(where), tmp_path / "site"):
        flip(place / "static" / "style.css")
    flip(files_of(where) / "index.html")
    done = repaired(where, tmp_path / "site")
    assert done.mended == ["index.html"] and "is not what the edition says" in done.failed["static/style.css"]
    assert not done.after.is_whole


def test_foreign_files_go_where_that_is_asked_for(where: Path, tmp_path: Path) -> None:
    put(
        files_of(where),
        {"evil.html": b"1", "trust/evil.html": b"2", "deep/er/evil.html": b"3", "edition.json.evil.html": b"4"},
    )
    names = ["deep/er/evil.html", "edition.json.evil.html", "evil.html", "trust/evil.html"]
    assert verified(where).foreign == names
    assert repaired(where, tmp_path / "site").after.foreign == names
    done = repaired(where, tmp_path / "site", remove_foreign=True)
    assert done.after.is_whole and done.removed == names
    assert tree(files_of(where)) == tree(tmp_path / "site")


def test_nothing_is_written_through_a_link(where: Path, tmp_path: Path) -> None:
    """A folder that became a link leads nowhere."""
    put(tmp_path, {"home/oven.html": b"mine"})
    shutil.rmtree(files_of(where) / "tools")
    (files_of(where) / "tools").symlink_to(tmp_path / "home", target_is_directory=True)
    assert verified(where).damaged == ["tools/oven.html"]
    repaired(where, tmp_path / "site", remove_foreign=True)
    assert verified(where).is_whole and (tmp_path / "home" / "oven.html").read_bytes() == b"mine"


def test_a_whole_copy_is_left_as_it_is(where: Path, tmp_path: Path) -> None:
    done = (
        repaired(where, tmp_path / "nowhere") if (tmp_path / "nowhere").is_dir() else repaired(where, tmp_path / "site")
    )
    assert done.after.is_whole and not done.mended


def test_a_mirror_whose_copy_is_gone(tmp_path: Path, commons: Commons) -> None:
    where = tmp_path / "mirror"
    shutil.rmtree(files_of(where))
    assert repaired(where, tmp_path / "site").after.is_whole
    assert tree(files_of(where)) == tree(tmp_path / "site")


def test_a_sync_and_a_repair_never_meet(tmp_path: Path, commons: Commons) -> None:
    place = Place(tmp_path / "mirror")
    with place.alone(), pytest.raises(AuzolanError, match="already"):
        repaired(place.root, tmp_path / "site")


def test_damages_at_random(tmp_path: Path, commons: Commons) -> None:
    """Any number of files, statements too, in any way: every one named, and all mended."""
    where, seed = tmp_path / "mirror", int(os.environ.get("AUZOLAN_SEED", "1"))
    chance = random.Random(seed)
    wanted, done = tree(tmp_path / "site"), 0
    while done < DAMAGES:
        paths = chance.sample(sorted(wanted), chance.randint(1, 6))
        for path in paths:
            HOW[chance.choice(sorted(HOW))](files_of(where) / path)
        done += len(paths)
        found = verified(where)
        named = {
            *found.damaged,
            *found.missing,
            *(["SHA256SUMS"] if found.refused and "SHA256SUMS" in str(found.refused) else []),
        }
        if found.refused is None:
            assert named == set(paths), (seed, done)
        else:  # where the list of files is damaged nothing says what they should be: the list is named, and files after it is mended
            assert named & set(paths), (seed, done, found.refused)
        mended = repaired(where, tmp_path / "site", remove_foreign=True)
        assert mended.after.is_whole and set(mended.mended) >= set(paths), (seed, done, paths, mended)
        assert tree(files_of(where)) == wanted


def test_what_a_copy_says_to_people_is_doubted_and_not_damaged(tmp_path: Path, commons: Commons) -> None:
    """It is not signed, and another version may say it otherwise; a mirror writes its own."""
    flip(tmp_path / "copy" / "trust" / "README.txt")
    found = verified(tmp_path / "copy")
    assert found.is_whole and "do not follow it unread" in found.doubts[0]
    place = Place(tmp_path / "another")
    sync(place, Folder(tmp_path / "copy"), DAY)
    assert tree(place.root / "site") == tree(tmp_path / "site")
