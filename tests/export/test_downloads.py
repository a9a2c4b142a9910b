"""What people are told about each file is true of the file."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable

from tests.export.factory import commons

from auzolan.export import downloads, files
from auzolan.model.pages import File


def described(made: Iterable[File]) -> list[dict[str, object]]:
    triples = [(file.path, len(file.data), hashlib.sha256(file.data).hexdigest()) for file in made]
    return downloads(triples, commons())


def told() -> dict[str, dict[str, object]]:
    return {str(said["path"]): said for said in described(files(commons(), ()))}


def test_every_file_is_described_once_and_in_order() -> None:
    made = list(files(commons(), ()))
    assert [said["path"] for said in described(made)] == [file.path for file in made]


def test_sizes_and_hashes_are_the_files_own() -> None:
    made = list(files(commons(), ()))
    for file, said in zip(made, described(made), strict=True):
        assert said["size"] == len(file.data)
        assert said["sha256"] == hashlib.sha256(file.data).hexdigest()


def test_keys_are_stable() -> None:
    keys = {path: said["key"] for path, said in told().items()}
    assert keys == {
        "data/README.txt": "readme", "data/everything.json": "everything", "data/cooperatives.csv": "csv-cooperatives",
        "data/tools.csv": "csv-tools", "data/relations.csv": "relations", "data/places.geojson": "places",
        "data/schemas/article.schema.json": "schemas", "data/schemas/cooperative.schema.json": "schemas",
        "data/schemas/tool.schema.json": "schemas", "data/source.zip": "source",
    }  # fmt: skip


def test_licences_and_exceptions_are_counted() -> None:
    said = told()
    assert said["data/everything.json"]["license"] == "CC0-1.0 AND CC-BY-SA-4.0"
    assert said["data/everything.json"]["exceptions"] == 2, "the oven, and the Catalan article"
    assert (said["data/cooperatives.csv"]["license"], said["data/cooperatives.csv"]["exceptions"]) == ("CC0-1.0", 1)
    assert said["data/tools.csv"]["exceptions"] == 0
    assert said["data/relations.csv"]["exceptions"] == 1
    assert said["data/places.geojson"]["exceptions"] == 2


def test_files_of_other_rooms_are_passed_over() -> None:
    assert described([File("index.html", b""), File("data/index.html", b"")]) == []


def test_the_readme_names_every_file() -> None:
    one = commons()
    made = list(files(one, ()))
    text = next(file.data for file in made if file.path == "data/README.txt").decode()
    for file in made:
        assert f"\n{file.path.removeprefix('data/')}\n" in text
    assert "auzolan-data/1" in text
    assert "utf-8-sig" in text
    assert max(map(len, text.splitlines())) <= 130
