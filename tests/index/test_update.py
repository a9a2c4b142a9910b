"""Whatever happens to the documents, one after the other: what is published is what a fresh index publishes, byte by byte."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests.index.corpora import documents

from auzolan.index import Change, build, segment, update
from auzolan.index.making import update as making
from auzolan.model.pages import OTHER_WEIGHT, Document

WORDS = (
    *("organ", "organs", "universe", "univers", "agreed", "agre", "bread", "breads", "news", "new", "coops", "coop"),
    *("más", "mas", "MÁS", "Más", "ma\u0301s", "canción", "cancion", "canciones", "the", "of", "como", "para", "a_b"),
    *(
        "東京都",
        "東京",
        "협동조합",
        "สหกรณ์",
        "2014",
        "x" * 70,
        "½",
        "Nextcloud™",
        "col·lectiu",
        "ﬁnance",
        "\U00020000",
        "--",
    ),
)
IDS = [f"tool/{letter}" for letter in "abcdefghé"] + ["plan/a", "plan-b/a", "plan-b/b", "none"]
TEXTS = st.lists(
    st.tuples(
        st.sampled_from([8.0, 1.0, 1.0, OTHER_WEIGHT, 0.1, 0.0]),
        st.lists(st.sampled_from(WORDS), max_size=12).map(" ".join),
    ),
    max_size=4,
).map(tuple)
FACETS = st.lists(
    st.tuples(st.sampled_from(["country", "topics"]), st.sampled_from(["ES", "a b=c", "東", ""])), max_size=4
).map(tuple)
DOCUMENTS = st.builds(
    lambda id_, title, texts, facets: Document(id_, "tool", "es", f"{id_}.html", title, "", "", texts, facets),
    st.sampled_from(IDS),
    st.sampled_from(["one", "two"]),
    TEXTS,
    FACETS,
)
SEVERAL = st.lists(DOCUMENTS, max_size=4, unique_by=lambda document: document.id)


class Published:
    """An output folder that does what it is told."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.db = sqlite3.connect(":memory:")
        self.files: dict[str, bytes] = {}

    def update(self, changed: Iterable[Document], gone: Iterable[str] = ()) -> Change:
        return self.told(update(self.db, self.language, changed, gone, fresh=False))

    def fresh(self, *parts: Iterable[Document]) -> Change:
        segments = [segment(tuple(part), self.language) for part in parts]
        return self.told(update(self.db, self.language, (), (), segments, fresh=True))

    def told(self, change: Change) -> Change:
        for file in change.files:
            assert self.files.get(file.path) != file.data or len(change.files) == len(change.paths)
            self.files[file.path] = file.data
        for path in change.gone:
            del self.files[path]
        assert list(change.paths) == sorted(self.files)
        return change

    def is_as_new(self, found: Iterable[Document]) -> None:
        assert self.files == {file.path: file.data for file in build(tuple(found), self.language)}


class Sequences(RuleBasedStateMachine):
    """Adds, edits and removes documents, a few at a time, in small shards that are many."""

    @initialize(language=st.sampled_from(["es", "en", "xx"]), small=st.sampled_from([0, 4, 99]))
    def begin(self, language: str, small: int) -> None:
        self.patch = pytest.MonkeyPatch()
        self.patch.setattr(making, "SMALL", small)
        self.patch.setattr(making, "SIZES", {"d": (40, 4), "n": (30, 4), "p": (60, 4)})
        self.published = Published(language)
        self.documents: dict[str, Document] = {}

    def teardown(self) -> None:
        self.patch.undo()

    @rule(changed=SEVERAL, gone=st.sets(st.sampled_from(IDS), max_size=2))
    def change(self, changed: list[Document], gone: set[str]) -> None:
        new = {document.id for document in changed}
        self.published.update(changed, gone - new)
        self.documents = {id_: found for id_, found in self.documents.items() if id_ not in gone}
        self.documents |= {document.id: document for document in changed}
        self.published.is_as_new(self.documents.values())

    @rule(weight=st.sampled_from([8.0, 1.0]), words=st.lists(st.sampled_from(WORDS), min_size=1, max_size=5))
    def edit(self, weight: float, words: list[str]) -> None:
        for one in sorted(self.documents.values(), key=lambda document: document.id)[:1]:
            self.change([replace(one, texts=(*one.texts, (weight, " ".join(words))))], set())

    @rule(to=st.sampled_from(IDS))
    def rename(self, to: str) -> None:
        for one in sorted(self.documents.values(), key=lambda document: document.id)[:1]:
            if to not in self.documents:
                del self.documents[one.id]
                self.documents[to] = replace(one, id=to)
                self.published.update([self.documents[to]], [one.id])
                self.published.is_as_new(self.documents.values())

    @rule(cut=st.integers(0, 5))
    def begin_again(self, cut: int) -> None:
        found = list(self.documents.values())
        self.published.fresh(found[cut:], found[:cut])
        self.published.is_as_new(found)


TestSequences = Sequences.TestCase
TestSequences.settings = settings(max_examples=60, stateful_step_count=12, deadline=None)


def test_an_edit_of_a_larger_site_rewrites_only_what_it_touches() -> None:
    found = documents(1050, seed=5)
    published = Published("en")
    published.fresh(found[:500], found[500:])
    one = found[700]
    edited = replace(one, texts=(*one.texts, (0.3, "brandnewword")))
    for changed in (edited, one):
        change = published.update([changed])
        assert 2 <= len(change.files) <= 12 and len(change.gone) <= 5
    assert published.update([one]).files == []
    published.is_as_new(found)


def test_a_document_that_is_renamed_and_keeps_its_number() -> None:
    published = Published("en")
    one = Document("tool/a", "tool", "en", "a.html", "one", "", "", ((1.0, "bread"),))
    published.fresh([one])
    published.update([replace(one, id="tool/b")], ["tool/a"])
    published.is_as_new([replace(one, id="tool/b")])


def test_additions_removals_and_the_threshold() -> None:
    found = documents(1002, seed=6)
    published = Published("en")
    published.fresh(found[:998])
    assert len(published.files) == 3
    published.update(found[998:])
    published.is_as_new(found)
    assert len(published.files) > 130
    published.update([], [document.id for document in found[:4]])
    published.is_as_new(found[4:])
    assert len(published.files) == 3


def test_one_takes_the_number_and_the_words_of_another() -> None:
    one, *others = sorted(documents(1001, seed=8), key=lambda document: document.id)
    one = replace(one, texts=((5.0, "brandnewword"),))
    published = Published("en")
    published.fresh([one, *others])
    now = [replace(one, id="a/first"), replace(one, texts=()), *others]
    published.update(now[:2])
    published.is_as_new(now)


def test_languages_stay_apart() -> None:
    db = sqlite3.connect(":memory:")
    for language in ("en", "ca"):
        update(db, language, documents(5), (), fresh=False)
    change = update(db, "en", (), [documents(5)[0].id], fresh=False)
    assert {path.split("/")[1] for path in change.paths} == {"en"}
    assert update(db, "ca", documents(5), (), fresh=False).files == []


def test_unknown_documents_go_in_silence_and_two_of_one_id_are_refused() -> None:
    published = Published("en")
    files = published.update([], ["tool/unknown"]).files
    assert [file.path for file in files] == ["search/en/header.js", "search/en/p0.js"]
    one = documents(1)[0]
    with pytest.raises(ValueError, match="same id"):
        published.update([one, one])
    with pytest.raises(ValueError, match="same id"):
        published.fresh([one], [one])


def test_nothing_is_committed(tmp_path: Any) -> None:
    with sqlite3.connect(tmp_path / "state.db") as db:
        update(db, "en", documents(3), (), fresh=False)
        db.rollback()
        assert len(update(db, "en", documents(3), (), fresh=False).files) == 3
