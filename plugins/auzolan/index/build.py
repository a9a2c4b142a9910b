"""Documents of one language flow in, the search files of that language flow out: `search/<language>/….js`."""

from __future__ import annotations

import hashlib
import zlib
from collections.abc import Callable, Iterator, Sequence
from typing import TypeVar

from auzolan.index.answer import Reference
from auzolan.index.corpus import Corpus, Form, analyze
from auzolan.index.format import digest, script, varint
from auzolan.index.shards import Header, write_dictionary, write_documents, write_header, write_postings
from auzolan.model.pages import Document, File

SMALL = 1000
"""Below this many documents an index is three files: one page load more costs more than the bytes."""
SHOWN = 8
"""Documents in one file of a larger site."""
DICTIONARY_BYTES = 9_000
POSTINGS_BYTES = 8_000
"""Unpacked bytes after which a shard of a larger site may end; packed it is a little over half."""
MILESTONE = 8
"""One word in so many may end a shard, by its checksum: after an edit the shards soon end where they ended before."""

Stem = dict[int, list[tuple[int, int, int]]]
T = TypeVar("T")


def build(documents: Sequence[Document], language: str) -> list[File]:
    """The search files for `documents` (all of one interface language), sorted by path. The same documents give the
    same bytes, in whatever order they come. Raises ValueError where two have one id."""
    corpus = analyze(documents, language)
    reference = Reference(corpus)
    small = len(corpus.documents) < SMALL
    by_id = digest(document.id for document in corpus.documents)
    by_stem = digest(corpus.stems)
    by_both = digest([by_id.hex(), by_stem.hex()])

    dictionary = list(_split(corpus.forms, lambda form: form.text, _form_bytes, 0 if small else DICTIONARY_BYTES))
    numbered = list(zip(corpus.stems, _postings(corpus, reference), strict=True))
    postings = list(_split(numbered, lambda s: s[0], lambda s: _stem_bytes(s[1]), 0 if small else POSTINGS_BYTES))
    shown = max(1, len(corpus.documents)) if small else SHOWN
    pages = [corpus.documents[at : at + shown] for at in range(0, len(corpus.documents), shown)]

    d_shards = {f"d/{language}/{n}": write_dictionary(by_stem, part) for n, part in enumerate(dictionary)}
    p_shards = {f"p/{language}/{n}": write_postings(by_both, [s for _, s in part]) for n, part in enumerate(postings)}
    t_shards = {f"t/{language}/{n}": write_documents(by_id, part) for n, part in enumerate(pages)}
    header = Header(
        documents=len(corpus.documents),
        weights=corpus.weights,
        lengths=tuple(reference.lengths()),
        dictionary=tuple(part[0].text for part in dictionary),
        postings=tuple(len(part) for part in postings),
        shown=shown,
        digests={"d": by_stem.hex(), "p": by_both.hex(), "t": by_id.hex()},
        content=_content([*d_shards.values(), *p_shards.values(), *t_shards.values()]),
    )
    with_header = d_shards if small else {}
    files = {"header": {f"h/{language}": write_header(header), **with_header}}
    for shards in (p_shards, t_shards) if small else (d_shards, p_shards, t_shards):
        files |= {name.replace(f"/{language}/", ""): {name: payload} for name, payload in shards.items()}
    return [File(f"search/{language}/{name}.js", script(files[name])) for name in sorted(files)]


def _postings(corpus: Corpus, reference: Reference) -> list[Stem]:
    stems: list[Stem] = [{} for _ in corpus.stems]
    for stem, field, postings in reference.postings():
        stems[stem - 1][field] = [(posting.document, posting.frequency, posting.length) for posting in postings]
    return stems


def _split(
    items: Sequence[T], word_of: Callable[[T], str], bytes_of: Callable[[T], int], size: int
) -> Iterator[Sequence[T]]:
    """Runs of `items` of about `size` bytes, each ending at a milestone; one run of all for size 0, none of none."""
    start, total = 0, 0
    for at, item in enumerate(items, 1):
        total += bytes_of(item)
        milestone = zlib.crc32(word_of(item).encode("utf-8")) % MILESTONE == 0
        if at == len(items) or (size and total >= size and (milestone or total >= 2 * size)):
            yield items[start:at]
            start, total = at, 0


def _form_bytes(form: Form) -> int:
    return len(form.text.encode("utf-8")) // 2 + 4


def _stem_bytes(stem: Stem) -> int:
    return sum(2 * len(postings) + len(varint(len(postings))) + 1 for postings in stem.values()) + 1


def _content(payloads: Sequence[bytes]) -> str:
    whole = hashlib.sha256()
    for payload in payloads:
        whole.update(hashlib.sha256(payload).digest())
    return whole.hexdigest()[:16]
