"""Runs and documents flow out of the store, the search files that have changed flow on: `search/<language>/….js`."""

from __future__ import annotations

import bisect
import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import islice, pairwise
from typing import Any

from auzolan.index.format import DIGEST, Payload, digest, name_of, script
from auzolan.index.header import Header, write_header
from auzolan.index.making.catalogue import facets_in, kinds_in, shards_of_facets
from auzolan.index.making.store import Store
from auzolan.index.making.vocabulary import Word
from auzolan.index.near import backwards
from auzolan.index.postings import combined
from auzolan.index.rank import Form
from auzolan.index.shards import Span, between, shard_of, write_dictionary, write_words
from auzolan.index.shown import write_documents
from auzolan.model.pages import FacetNames, File

SHOWN = 10
"""Documents in one file of a larger site."""


@dataclass(frozen=True, slots=True)
class Change:
    """What an update does to the output: `files` are new, or differ from those last published; `gone` are paths no
    longer published; `paths` are all that are, sorted."""

    files: Sequence[File]
    gone: Sequence[str]
    paths: Sequence[str]


class Publisher:
    """Publishes the index of one language as it stands in the store."""

    def __init__(self, store: Store, language: str, count: int, names: FacetNames, small: bool) -> None:
        self._store = store
        self._language = language
        self._count = count
        self._small = small
        self._totals = store.totals()
        self._facets = shards_of_facets(facets_in(self._totals.facets, names), apart=not small)
        self._weights = tuple(sorted(self._totals.documents, reverse=True))
        self._numbering = digest([self._totals.ids.hex(), *map(str, self._weights)])
        self._last: tuple[str, list[Any]] = ("", [])

    def change(self, touched: Iterable[int] | None, forms: Iterable[str] = ()) -> Change:
        """All files that change, where only the documents with the numbers `touched` may be shown otherwise than before;
        None: any. Of runs that did not change the dictionary may say something else of `forms`."""
        before = self._store.files()
        names: list[str] = []
        files = self._scripts(self._shards("p", names, forms)) | self._scripts(self._shown(touched, names))
        facets = {self._name("f", number): payload for number, payload in self._facets.items()}
        header: dict[str, Payload] = {f"h/{self._language}": write_header(self._header())}
        if self._small:
            header |= facets
        else:
            names += facets
            files |= self._scripts(facets.items())
            files |= self._scripts(self._shards("d", names)) | self._scripts(self._shards("n", names))
        files[self._path("h/")] = script(header)
        paths = sorted([self._path("h/"), *map(self._path, names)])
        hashes = {path: hashlib.sha256(data).digest() for path, data in files.items()}
        new = {path: hash_ for path, hash_ in hashes.items() if before.get(path) != hash_}
        gone = sorted(before.keys() - set(paths))
        self._store.keep_files(new, gone)
        return Change([File(path, files[path]) for path in sorted(new)], gone, paths)

    def _name(self, sort: str, number: int) -> str:
        return f"{sort}/{self._language}/{number}"

    def _path(self, name: str) -> str:
        sort, _, number = name.partition("/")
        file = "header" if sort == "h" else sort + number.rpartition("/")[2]
        return f"search/{self._language}/{file}.js"

    def _scripts(self, shards: Iterable[tuple[str, Payload]]) -> dict[str, bytes]:
        return {self._path(name): script({name: payload}) for name, payload in shards}

    @cached_property
    def _spans(self) -> dict[str, list[tuple[str, Span]]]:
        """Of each sort of runs the first words, with the spans of their shards. Of words there is always a shard."""
        found = {}
        for sort in ("d", "n", "p"):
            ends = self._store.ends(sort) or ([("", "")] if sort == "p" else [])
            starts = ["", *(between(before, first) for (_, before), (first, _) in pairwise(ends))]
            spans = [Span(start, until) for start, until in pairwise([*starts, ""])]
            found[sort] = [(first, span) for (first, _), span in zip(ends, spans, strict=False)]
        return found

    def _shards(self, sort: str, names: list[str], forms: Iterable[str] = ()) -> Iterator[tuple[str, Payload]]:
        """The shards of a sort that are not published as they should be; all their names are added to `names`."""
        shards = self._store.shards(sort)
        starts = self._starts(sort)
        stale = {shard_of(starts, form) for form in forms}
        for place, (first, span) in enumerate(self._spans[sort]):
            names.append(self._name(sort, name_of(span.first)))
            as_ = f"{span.first} {span.until} ".encode() + (self._numbering if sort == "p" else b"")
            if shards.get(first) != as_ or place in stale:
                if first:
                    self._store.published(sort, first, as_)
                yield names[-1], self._payload(sort, first, span)

    def _starts(self, sort: str) -> tuple[str, ...]:
        return tuple(span.first for _, span in self._spans[sort])

    def _payload(self, sort: str, first: str, span: Span) -> Payload:
        if sort == "d":
            return write_dictionary(span, [_form(line) for line in self._run(first)])
        if sort == "n":
            forms = [Form(backwards(key), stem, size) for key, stem, size in self._store.run("n", first)]
            return write_dictionary(span, forms, backwards=True)
        fields = {weight: number for number, weight in enumerate(self._weights)}
        items = self._store.run("p", first) if first else []
        stems = {item[0]: {fields[weight]: postings for weight, postings in combined(item).items()} for item in items}
        return write_words(self._numbering, span, list(self._forms(span)), stems, self._count)

    def _forms(self, span: Span) -> Iterator[Form]:
        """The forms in a span, in order."""
        runs = [first for first, _ in self._spans["d"]]
        for first in runs[max(0, bisect.bisect_right(runs, span.first) - 1) :]:
            if span.until and first >= span.until:
                return
            yield from (_form(line) for line in self._run(first) if span.has(line[0]))

    def _run(self, first: str) -> list[Any]:
        """A run of the dictionary. The last one is kept: shards of words come in order, and many have forms of the same."""
        if self._last[0] != first or not first:
            self._last = (first, self._store.run("d", first))
        return self._last[1]

    def _shown(self, touched: Iterable[int] | None, names: list[str]) -> Iterator[tuple[str, bytes]]:
        step = self._step()
        parts = range(-(-self._count // step))
        names += (self._name("t", part) for part in parts)
        if touched is not None:
            for part in sorted({number // step for number in touched}):
                texts = self._store.shown(part * step, step)
                yield self._name("t", part), write_documents(self._totals.ids, texts)
            return
        every = self._store.every_shown()
        for part in parts:
            yield self._name("t", part), write_documents(self._totals.ids, islice(every, step))

    def _step(self) -> int:
        return max(1, self._count) if self._small else SHOWN

    def _header(self) -> Header:
        return Header(
            documents=self._count,
            weights=self._weights,
            lengths=tuple(self._totals.words[weight] for weight in self._weights),
            dictionary=() if self._small else self._starts("d"),
            near=self._starts("n"),
            postings=self._starts("p"),
            shown=self._step(),
            kinds=kinds_in(self._totals.facets),
            digests={
                "p": self._numbering.hex(),
                "t": self._totals.ids.hex(),
                "f": self._facets[0][:DIGEST].hex(),
            },
        )


def _form(line: Word) -> Form:
    form, stem, size = line
    return Form(form, stem, size if stem else 0)
