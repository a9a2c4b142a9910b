"""Documents that changed flow in; what an index is made of is brought up to date in a store, the files that change flow out."""

from __future__ import annotations

import sqlite3
from array import array
from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar

from auzolan.index.format import SMALL, digest
from auzolan.index.making.delta import Delta, Numbering
from auzolan.index.making.fresh import Gathering
from auzolan.index.making.lookup import Lookup, changes
from auzolan.index.making.publish import Change, Publisher
from auzolan.index.making.runs import Cutter, rewrite
from auzolan.index.making.segments import kept, opened, segment
from auzolan.index.making.store import Store, Totals
from auzolan.index.making.vocabulary import Vocabulary, Word, turned
from auzolan.index.postings import DOCUMENT, KEY_MASK, bytes_of
from auzolan.model.pages import Document, FacetNames, File

T = TypeVar("T")

SIZES = {"d": (3_000, 32), "n": (3_000, 32), "p": (3_200, 8)}
"""Bytes, about, after which a dictionary, near or words shard of a larger site may end, and one word in how many may end it: the
smaller the shards are, the less does a query load that it does not need, and the more files and words in the header there are."""
LARGE = 1 << 15
LARGE_SIZES = {"d": (6_000, 64), "n": (6_000, 64), "p": (6_000, 8)}
"""The same from so many documents on."""
WHOLE = {"d": (0, 1), "n": (0, 1), "p": (0, 1)}
"""The same for a small site: no shard ever ends, and there is none of sort "n"."""
NO_NAMES = FacetNames()
"""Facets are called what they are written as."""
SEGMENT = 1000
"""Documents in one segment of an index that is made in one go."""


def build(documents: Sequence[Document], language: str, names: FacetNames = NO_NAMES) -> list[File]:
    """The search files for `documents` (all of one interface language), sorted by path; `names` says how facets are
    shown. The same documents give the
    same bytes, in whatever order they come. Raises ValueError where two have one id."""
    parts = (documents[at : at + SEGMENT] for at in range(0, len(documents), SEGMENT))
    with sqlite3.connect(":memory:") as db:
        segments = (segment(part, language) for part in parts)
        return list(update(db, language, (), (), segments, fresh=True, names=names).files)


def update(
    db: sqlite3.Connection,
    language: str,
    changed: Iterable[Document],
    gone: Iterable[str],
    segments: Iterable[bytes] = (),
    *,
    fresh: bool,
    names: FacetNames = NO_NAMES,
) -> Change:
    """Brings the index of `language` up to date in the tables `search_…` of `db`, and tells what that does to the output.

    `names` says how facets are shown. With `fresh`, what is stored of the language is dropped and all documents come as `segments`; all files count as new.
    Otherwise the documents `changed` are added or replace those of the same id, and those with the ids `gone` are removed;
    the others stay as they are. Either way the same documents give the same files, byte by byte. Nothing is committed: the
    state must never be newer than the files. Raises ValueError where two documents have one id."""
    store = Store(db, language)
    if fresh:
        return _fresh(store, language, segments, names)
    return _changed(store, language, list(changed), frozenset(gone), names)


def published(db: sqlite3.Connection, language: str) -> list[str]:
    """The paths of all files that were published last, sorted; none where nothing is stored of the language."""
    return sorted(Store(db, language).files())


def _fresh(store: Store, language: str, segments: Iterable[bytes], names: FacetNames) -> Change:
    before = store.files()
    store.clear()
    store.keep_files({}, before)
    gathering = Gathering(store)
    for data in segments:
        gathering.take(data)
    ids = store.ids()
    sizes = _sizes(len(ids))
    gathering.finish(Vocabulary(language), _cutter(store, "p", sizes), _cutter(store, "d", sizes))
    _turn(store, sizes)
    store.keep_totals(Totals(gathering.documents, gathering.words, gathering.facets, digest(ids), sizes))
    change = Publisher(store, language, len(ids), names, small=len(ids) < SMALL).change(None)
    return Change(change.files, sorted(before.keys() - set(change.paths)), change.paths)


def _changed(
    store: Store, language: str, changed: Sequence[Document], gone: frozenset[str], names: FacetNames
) -> Change:
    new = {document.id for document in changed}
    if len(new) < len(changed):
        raise ValueError("two documents have the same id")
    before, totals = store.ids(), store.totals()
    old = {id_: kept(data) for id_ in sorted(new | gone) if (data := store.kept(id_)) is not None}
    after = sorted((set(before) - gone) | new)
    numbering = Numbering(before, after)
    delta = Delta()
    made = opened(segment(changed, language))
    postings: list[set[tuple[str, float, int]]] = [set() for _ in changed]
    for weight, forms in made.fields.items():
        for form, data in forms.items():
            for posting in array("Q", data):
                postings[posting >> DOCUMENT].add((form, weight, posting & KEY_MASK))
    for entry, found in zip(made.entries, postings, strict=True):
        delta.take(entry.id, old.get(entry.id), kept(entry.kept), found, numbering.number[entry.id])
    for id_ in old.keys() - new:
        delta.take(id_, old[id_], None, set(), None)
    store.remove(old)
    store.add(made.entries)

    sizes = _sizes(len(after))
    lookup = Lookup(store)
    stems, words = changes(lookup, delta, numbering, Vocabulary(language))
    retold = [form for form, line in words.items() if _told(line) != _told(lookup.word(form))]
    recut = sizes != totals.sizes
    rewrite(store, "p", _cutter(store, "p", sizes), stems, None if numbering.same and not recut else numbering.moved)
    rewrite(store, "d", _cutter(store, "d", sizes), words, (lambda word: word) if recut else None)
    if recut:
        _turn(store, sizes)
    elif len(after) >= SMALL:
        rewrite(store, "n", _cutter(store, "n", sizes), turned(words))
    weights = {weight: number for weight, number in _sum(totals.documents, delta.documents).items() if number}
    lengths = {weight: number for weight, number in _sum(totals.words, delta.words).items() if weight in weights}
    facets = {key: number for key, number in _sum(totals.facets, delta.facets).items() if number}
    ids = totals.ids if numbering.same and totals.ids else digest(after)
    store.keep_totals(Totals(weights, lengths, facets, ids, sizes))
    touched = [numbering.number[id_] for id_ in new] if numbering.same else None
    return Publisher(store, language, len(after), names, small=len(after) < SMALL).change(touched, retold)


def _told(line: Word | None) -> Word | None:
    """What shards say of a form: of a stop word not how many documents have it."""
    return (line[0], line[1], line[2] if line[1] else 0) if line else None


def _turn(store: Store, sizes: Mapping[str, tuple[int, int]]) -> None:
    """Makes the runs of sort "n" anew out of those of sort "d"; a small site has none."""
    for first in store.firsts("n"):
        store.drop_run("n", first)
    if sizes != WHOLE:
        cutter = _cutter(store, "n", sizes)
        lines = {line[0]: line for first in store.firsts("d") for line in store.run("d", first)}
        for _, line in sorted(turned(lines).items()):
            if line is not None:
                cutter.take(line)
        cutter.end()


def _sizes(documents: int) -> Mapping[str, tuple[int, int]]:
    return WHOLE if documents < SMALL else SIZES if documents < LARGE else LARGE_SIZES


def _cutter(store: Store, sort: str, sizes: Mapping[str, tuple[int, int]]) -> Cutter:
    size_of = bytes_of if sort == "p" else lambda word: len(word[0].encode("utf-8")) // 2 + 4
    return Cutter(lambda items: store.keep_run(sort, items), size_of, *sizes[sort])


def _sum(numbers: Mapping[T, int], more: Mapping[T, int]) -> dict[T, int]:
    return {key: numbers.get(key, 0) + more.get(key, 0) for key in numbers.keys() | more.keys()}
