"""The files of an index: how many, which, and the same bytes every time."""

from __future__ import annotations

import ast
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from tests.index.corpora import WORDS, documents

import auzolan.index
from auzolan.index import build, open_shards
from auzolan.index.format import shards_of
from auzolan.index.header import read_header
from auzolan.index.words import parse_query


def test_the_same_documents_give_the_same_bytes_in_any_order() -> None:
    found = documents(60)
    assert build(found, "en") == build(found[::-1], "en")


def test_a_small_site_has_three_files() -> None:
    assert [file.path for file in build(documents(20), "pt-BR")] == [
        f"search/pt-BR/{name}.js" for name in ("header", "p0", "t0")
    ]


def test_a_larger_site_is_cut_into_files_of_a_few_kilobytes() -> None:
    files = {file.path: file.data for file in build(documents(1000), "en")}
    sizes = {path: len(data) for path, data in files.items()}
    assert sum(path.startswith("search/en/t") for path in files) == 100
    assert all(size < 9_000 for size in sizes.values())
    assert sizes["search/en/header.js"] < 1_000


def test_an_edit_rewrites_few_files_of_a_larger_site() -> None:
    found = documents(1000, seed=3)
    before = {file.path: file.data for file in build(found, "en")}
    one = found[500]
    for edited, most in (
        (replace(one, title=one.title + " again"), 1),
        # The new word is in one shard of each sort, and little more changes; the document's own file stays.
        (replace(one, texts=(*one.texts, (0.3, "zzzword"))), 12),
    ):
        found[500] = edited
        after = {file.path: file.data for file in build(found, "en")}
        assert 0 < len([path for path in after if before.get(path) != after[path]]) <= most


# Three forms are near "katoreco" in these made-up texts, each with postings of its own.
@pytest.mark.parametrize(
    ("query", "budget"), [("cooperative garden", 22_000), ("retoreco ", 16_000), ("katoreco ", 33_500)]
)
def test_a_query_loads_only_what_its_words_need(query: str, budget: int) -> None:
    files = {file.path: file.data for file in build(documents(1000), "en")}
    read: set[str] = set()
    open_shards(lambda path: (read.add(path), files[path])[1], "en").search(query, 10)
    assert sum(len(files[path]) for path in read) <= budget


def test_a_known_word_is_one_request_and_only_a_spread_beginning_asks_for_the_dictionary() -> None:
    files = {file.path: file.data for file in build(documents(1000), "en")}
    header = read_header(shards_of(files["search/en/header.js"])["h/en"])
    asked: Counter[str] = Counter()
    for word in WORDS:
        for query in (f"{word} ", word, word[:3]):
            read: list[str] = []
            reader = open_shards(lambda path, read=read: (read.append(path), files[path])[1], "en")
            if reader.search(query, 0).unknown or reader.search(query, 0).meant:
                continue
            sorts = Counter(path.removeprefix("search/en/")[0] for path in read)
            # Where the next shard of words begins so too, the dictionary has them all in one file.
            begun = parse_query(query).beginning
            spread = begun and any(first.startswith(begun) for first in header.postings)
            assert sorts.keys() <= {"h", "p"} | ({"d"} if spread else set())
            asked["words"] += query[-1] == " "
            asked["files"] += (query[-1] == " ") * sorts["p"]
    assert asked["words"] >= 5
    # Here and there the stem lies in another file, or the name.
    assert asked["files"] <= 1.7 * asked["words"], asked


def test_two_documents_of_one_id_are_refused() -> None:
    one = documents(1)[0]
    with pytest.raises(ValueError, match="same id"):
        build([one, one], "en")


def test_one_folder_imports_whoosh() -> None:
    root = Path(auzolan.index.__file__).parent.parent
    importers = [path.relative_to(root).as_posix() for path in sorted(root.rglob("*.py")) if _imports_whoosh(path)]
    assert importers == ["index/engine/answer.py", "index/engine/codec.py"]


def _imports_whoosh(path: Path) -> bool:
    nodes = list(ast.walk(ast.parse(path.read_text(encoding="utf-8"))))
    names = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    names += [node.module or "" for node in nodes if isinstance(node, ast.ImportFrom)]
    return any(name.split(".")[0] == "whoosh" for name in names)
