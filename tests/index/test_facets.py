"""Narrowing by facets: values of facets beside words, all three readers of one mind, and nothing loaded that nobody asked for."""

from __future__ import annotations

import random
from collections.abc import Mapping, Sequence
from dataclasses import replace

import pytest
from tests.index.corpora import choices, documents, queries
from tests.index.test_reader import document, ids, same

from auzolan.index import Results, UnreadableShards, build, open_shards
from auzolan.index.engine.answer import Reference
from auzolan.index.engine.corpus import analyze
from auzolan.index.facets import Facet, key_of, read_facets, read_values, value_of, write_facets, write_values
from auzolan.index.format import name_of
from auzolan.model.pages import Document, FacetNames

COUNT = ("kind", "country", "topics", "rare", "nothing")


def sorted_by(identity: str, *pairs: tuple[str, str], words: str = "bread") -> Document:
    return replace(document(identity, words), facets=pairs)


SOME = [
    sorted_by("article/z", ("topics", "food"), words="bread"),
    sorted_by("cooperative/a", ("country", "ES"), ("topics", "food")),
    sorted_by("cooperative/b", ("country", "ES"), ("country", "FR"), ("country", "ES")),
    sorted_by("tool/c", ("country", "FR"), ("topics", "energy"), words="bread oven"),
    sorted_by("tool/d", ("topics", "energy"), words="oven"),
]


def both(
    found: Sequence[Document], text: str, facets: Mapping[str, Sequence[str]], count: Sequence[str] = COUNT
) -> Results:
    """The reader's answer, after holding it to Whoosh's."""
    files = {file.path: file.data for file in build(found, "en")}
    answer = open_shards(files.get, "en").search(text, None, facets=facets, count=count)
    reference = Reference(analyze(found, "en")).search(text, None, facets=facets, count=count)
    same(answer, reference)
    assert answer.counts == reference.counts
    return answer


@pytest.mark.parametrize("count", [300, 1100])
def test_narrows_and_counts_as_whoosh_does(count: int) -> None:
    found = documents(count)
    reader = open_shards({file.path: file.data for file in build(found, "en")}.get, "en")
    reference = Reference(analyze(found, "en"))
    chance = random.Random(3)
    hits = 0
    for text, facets in zip(queries(120), choices(120), strict=True):
        asked = text if chance.random() < 0.7 else ""
        counted = COUNT if chance.random() < 0.3 else ()
        answer = reader.search(asked, None, facets=facets, count=counted)
        expected = reference.search(asked, None, facets=facets, count=counted)
        same(answer, expected)
        assert answer.counts == expected.counts
        hits += answer.total
    assert hits > 2_000


def test_any_value_of_a_facet_and_every_facet() -> None:
    assert ids(both(SOME, "bread", {"country": ["ES", "FR"]})) == ["cooperative/a", "cooperative/b", "tool/c"]
    assert ids(both(SOME, "bread", {"country": ["FR"], "topics": ["energy"]})) == ["tool/c"]
    assert ids(both(SOME, "bread", {"country": ["FR"], "topics": ["food"]})) == []
    assert ids(both(SOME, "bread", {"kind": ["tool", "article"]})) == ["article/z", "tool/c"]


def test_no_words_find_all_that_the_facets_leave() -> None:
    answer = both(SOME, " ", {"topics": ["energy"]})
    assert (ids(answer), answer.total, answer.complete) == (["tool/c", "tool/d"], 2, 2)
    assert both(SOME, "", {}).total == 0
    assert both(SOME, "", {"topics": []}).total == 0
    # A query of stop words has words: they are in nearly every text, and find nothing.
    assert both(SOME, "the ", {"topics": ["energy"]}).total == 0


def test_counts_say_how_many_there_would_be_if_a_value_were_chosen_too() -> None:
    answer = both(SOME, "bread", {"country": ["FR"]})
    assert answer.counts["country"] == {"ES": 2, "FR": 2}
    assert answer.counts["topics"] == {"energy": 1}
    assert answer.counts["kind"] == {"cooperative": 1, "tool": 1}
    # Without words and choices all documents are counted.
    assert both(SOME, "", {}).counts["kind"] == {"article": 1, "cooperative": 2, "tool": 2}


def test_with_all_words_and_with_some_are_told_of_what_is_left() -> None:
    answer = both(SOME, "bread oven ", {"kind": ["tool", "cooperative"]})
    assert (ids(answer)[0], answer.complete, answer.total) == ("tool/c", 1, 4)


@pytest.mark.parametrize(
    "facets", [{"country": ["XX"]}, {"nothing": ["x"]}, {"kind": [""]}, {"country": ["E=S", "\ud800"]}]
)
def test_unknown_facets_and_values_leave_nothing(facets: Mapping[str, Sequence[str]]) -> None:
    files = {file.path: file.data for file in build(SOME, "en")}
    assert open_shards(files.get, "en").search("bread", facets=facets).total == 0


def test_a_site_without_facets_has_kinds() -> None:
    found = [document("tool/a", "bread"), document("plan/b", "bread")]
    assert ids(both(found, "bread", {"kind": ["tool"]})) == ["tool/a"]
    assert both(found, "bread", {"country": ["ES"]}).total == 0


def test_kinds_of_which_one_is_the_beginning_of_another() -> None:
    found = [document(f"{kind}/{n}", "bread") for kind in ("plan", "plan-b", "plan0") for n in range(3)]
    for kind in ("plan", "plan-b", "plan0"):
        assert ids(both(found, "bread", {"kind": [kind]})) == [f"{kind}/{n}" for n in range(3)]


@pytest.mark.parametrize("others", [0, 1000])
def test_facets_are_listed_with_their_names_and_numbers(others: int) -> None:
    made_up = [replace(one, facets=()) for one in documents(others)]
    names = FacetNames({"topics": "Temes", "country": "País"}, frozenset({"country"}), lambda _, value: value.lower())
    files = {file.path: file.data for file in build([*SOME, *made_up, sorted_by("tool/e", ("new", "x"))], "en", names)}
    reader = open_shards(files.get, "en")
    topics, country, new = reader.facets()
    assert topics == Facet(
        "topics", "Temes", False, ("article", "cooperative", "tool"), "", (("energy", "energy", 2), ("food", "food", 2))
    )
    assert (country.label, country.wide, country.kinds) == ("País", True, ("cooperative", "tool"))
    assert country.values == (("ES", "es", 2), ("FR", "fr", 2))
    assert (new.id, new.label, new.wide) == ("new", "new", True)
    if not others:
        assert reader.kinds() == {"article": 1, "cooperative": 2, "tool": 3}


def loaded(files: Mapping[str, bytes], text: str, facets: Mapping[str, Sequence[str]], *count: str) -> int:
    """Bytes of all files that an answer needs."""
    read: set[str] = set()
    open_shards(lambda path: (read.add(path), files[path])[1], "en").search(text, 10, facets=facets, count=count)
    return sum(len(files[path]) for path in read)


def test_a_large_site_loads_only_what_is_chosen_or_counted() -> None:
    files = {file.path: file.data for file in build(documents(3000), "en")}
    plain = loaded(files, "cooperative garden", {})
    assert loaded(files, "cooperative garden", {"kind": ["tool"]}, "kind") <= plain + 2_000, "other documents are shown"
    assert loaded(files, "cooperative garden", {"country": ["IT"]}) <= plain + 12_000
    assert loaded(files, "cooperative garden", {}, "country") <= plain + 12_000


def test_an_edit_of_a_facet_rewrites_few_files() -> None:
    found = documents(1000, seed=3)
    before = {file.path: file.data for file in build(found, "en")}
    one = found[500]
    found[500] = replace(one, facets=(*one.facets, ("topics", "new")))
    after = {file.path: file.data for file in build(found, "en")}
    differ = {path for path in after if before.get(path) != after[path]}
    # The values' postings, the facet's names, the list of facets, the header.
    assert {"search/en/header.js", "search/en/f0.js"} < differ and len(differ) <= 5


@pytest.mark.parametrize("number", [0, name_of("country")])
def test_facets_of_another_build_are_refused(number: int) -> None:
    found = documents(1000)
    edited = replace(found[0], facets=(("country", "ES"), ("country", "new")))
    old = {one.path: one.data for one in build([edited, *found[1:]], "en")}
    new = {one.path: one.data for one in build(found, "en")}
    path = f"search/en/f{number}.js"
    assert old[path] != new[path]
    with pytest.raises(UnreadableShards, match="two different builds"):
        open_shards({**new, path: old[path]}.get, "en").facets()


@pytest.mark.parametrize("value", ["ES", "", "a b=c", "東京", "AGPL-3.0-or-later", "!'()*~", "__proto__", "%3D"])
def test_values_are_written_without_spaces_and_signs(value: str) -> None:
    key = key_of("country", value)
    assert value_of(key) == value and key.isascii() and not key.split()[1:] and key.count("=") == 3


def test_damaged_facets_are_refused() -> None:
    listed = write_facets([Facet("a", "A", True, ("tool",), "", (("x", "X", 2),)), Facet("b", "B", False, (), "ff")])
    assert [one.id for one in read_facets(listed)[1]] == ["a", "b"]
    assert read_values(write_values([("x", "X", 2)]))[1] == (("x", "X", 2),)
    for payload in (listed[:20], listed[:8] + b'[["a"]]', listed[:8] + b"7", listed[:3]):
        with pytest.raises(UnreadableShards):
            read_facets(payload)
    with pytest.raises(UnreadableShards):
        read_values(listed[:8] + b'[["a","A","x"]]')
