"""Runs and documents flow out of the store, the search files that have changed flow on: `search/<language>/….js`."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from auzolan.index.format import DIGEST, digest, name_of, script
from auzolan.index.header import Header, write_header
from auzolan.index.making.catalogue import facets_in, kinds_in, shards_of_facets
from auzolan.index.making.store import Store
from auzolan.index.near import backwards
from auzolan.index.postings import combined
from auzolan.index.rank import Form
from auzolan.index.shards import stems_of, write_dictionary, write_documents, write_postings
from auzolan.index.words import is_whole
from auzolan.model.pages import FacetNames, File

SHOWN = 8
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
        # The postings of a small site name no stems but whole names: those of the dictionary number them.
        self._stems = stems_of(form for first in store.firsts("d") for form in self._forms(first)) if small else []
        self._numbering = digest([self._totals.ids.hex(), *map(str, self._weights), *self._stems])

    def change(self, touched: Iterable[int] | None) -> Change:
        """All files that change, where only the documents with the numbers `touched` may be shown otherwise than before;
        None: any."""
        before = self._store.files()
        names: list[str] = []
        files = self._scripts(self._shards("p", names)) | self._scripts(self._shown(touched, names))
        facets = {self._name("f", number): payload for number, payload in self._facets.items()}
        header = {f"h/{self._language}": write_header(self._header())}
        if self._small:
            firsts = self._store.firsts("d")
            header |= {self._name("d", 0): self._payload("d", first, "") for first in firsts} | facets
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

    def _scripts(self, shards: Iterable[tuple[str, bytes]]) -> dict[str, bytes]:
        return {self._path(name): script({name: payload}) for name, payload in shards}

    def _shards(self, sort: str, names: list[str]) -> Iterator[tuple[str, bytes]]:
        """The shards of a sort that are not published as they should be; all their names are added to `names`."""
        firsts, shards = self._store.firsts(sort), self._store.shards(sort)
        named = not self._small and self._store.firsts("p")
        for first, until in pairwise([*firsts, ""]):
            # A reader knows by the header's list of postings shards what shards are called.
            names.append(self._name(sort, name_of(first) if named else 0))
            as_ = until.encode("utf-8") + (b" " + self._numbering if sort == "p" else b"")
            if shards.get(first) != as_:
                self._store.published(sort, first, as_)
                yield names[-1], self._payload(sort, first, until)

    def _payload(self, sort: str, first: str, until: str) -> bytes:
        if sort == "d":
            return write_dictionary(until, self._forms(first))
        if sort == "n":
            forms = [Form(backwards(key), stem, size) for key, stem, size in self._store.run("n", first)]
            return write_dictionary(until, forms, backwards=True)
        fields = {weight: number for number, weight in enumerate(self._weights)}
        items = {item[0]: item for item in self._store.run("p", first)}
        order = [*self._stems, *filter(is_whole, items)] if self._small else list(items)
        stems = [
            (stem, {fields[weight]: postings for weight, postings in combined(items[stem]).items()}) for stem in order
        ]
        return write_postings(self._numbering, until, stems, len(self._stems))

    def _forms(self, first: str) -> list[Form]:
        return [Form(form, stem, size if stem else 0) for form, stem, size in self._store.run("d", first)]

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
            dictionary=tuple(self._store.firsts("d")),
            near=tuple(self._store.firsts("n")),
            postings=() if self._small else tuple(self._store.firsts("p")),
            shown=self._step(),
            kinds=kinds_in(self._totals.facets),
            digests={
                "p": self._numbering.hex(),
                "t": self._totals.ids.hex(),
                "f": self._facets[0][:DIGEST].hex(),
            },
        )
