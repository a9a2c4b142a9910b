"""A copy is a seed: whatever carries it, a full commons grows from it, and from that one another, with the same pages."""

from __future__ import annotations

import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from tests.mirror.signing import Copy, edition, key_of, trust
from tests.running import auzolan, built, tree


def grown(place: str, folder: Path, name: str) -> Path:
    done = auzolan("init", name, "--from", place, cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / name


def test_a_fork_of_a_fork_builds_the_same_pages(everything: Path, tmp_path: Path) -> None:
    first = grown(str(everything / "output"), tmp_path, "first")
    second = grown(str(built(first)), tmp_path, "second")
    original, once, twice = tree(everything / "output"), tree(first / "output"), tree(built(second))
    # A fork brings what a forge needs; from then on nothing is added.
    assert once == twice and (second / "history.json").read_bytes() == (first / "history.json").read_bytes()
    differing = {path for path in original.keys() | once.keys() if original.get(path) != once.get(path)}
    assert {path.removeprefix("ca/").removeprefix("ar/") for path in differing} <= {
        "data/index.html",
        "data/source.zip",
        "SHA256SUMS",
    }


def test_a_copy_grows_on_whatever_carries_it(everything: Path, tmp_path: Path, serving: Callable[[Path], str]) -> None:
    output = everything / "output"
    shutil.make_archive(str(tmp_path / "site"), "zip", output)
    origin = serving(output).replace("box.test", "127.0.0.1")
    places = [str(output), str(output / "data/source.zip"), str(tmp_path / "site.zip"), origin]
    trees = [tree(grown(place, tmp_path, f"grown-{number}")) for number, place in enumerate(places)]
    assert all(one == trees[0] for one in trees) and trees[0]["pelicanconf.py"]


def test_what_is_no_edition_is_said_to_be_unproven_and_what_is_tampered_is_refused(
    everything: Path, tmp_path: Path
) -> None:
    copy = tmp_path / "copy"
    shutil.copytree(everything / "output", copy)
    done = auzolan("init", "one", "--from", "copy", cwd=tmp_path)
    assert done.returncode == 0 and "no signed edition" in done.stderr
    (copy / "data/source.zip").write_bytes((tmp_path / "copy/data/source.zip").read_bytes() + b"x")
    done = auzolan("init", "two", "--from", "copy", cwd=tmp_path)
    assert done.returncode == 1 and "is not what SHA256SUMS says" in done.stderr and not (tmp_path / "two").exists()


def test_an_edition_whose_signatures_are_not_enough_is_no_seed(tmp_path: Path) -> None:
    copy = Copy().list_(trust("anna", "berta", threshold=2), "anna", "berta").edition(edition(), "anna")
    done = auzolan("init", "one", "--from", str(copy.write(tmp_path / "copy")), cwd=tmp_path)
    assert done.returncode == 1 and "must be signed by 2" in done.stderr and not (tmp_path / "one").exists()
    assert key_of("anna").is_file()


@pytest.mark.parametrize("place", ["nowhere", "http://127.0.0.1:9/", "."])
def test_where_there_is_no_copy_there_is_a_way_out(place: str, tmp_path: Path) -> None:
    done = auzolan("init", "one", "--from", place, cwd=tmp_path)
    assert done.returncode in (1, 2) and len(done.stderr.splitlines()) == 2 and not (tmp_path / "one").exists()
