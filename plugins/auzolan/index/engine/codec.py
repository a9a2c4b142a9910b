"""Counted words flow in, Whoosh indexes them, and its postings flow out as it hands them to a codec of ours.

Whoosh lets one choose how a field turns a value into terms (a field type) and how an index is kept (a codec). Ours skip
what our shards have no use for: the token pipeline, blocks, compression and reading all of it back. What is asked of
Whoosh stays its own: documents, fields, their lengths, and the order of terms and postings. `answer.py` uses Whoosh's
own codec; the tests hold both to the same postings.
"""

from __future__ import annotations

from array import array
from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from whoosh import fields, formats, writing
from whoosh.codec import base, whoosh3
from whoosh.filedb.filestore import RamStorage
from whoosh.util.numeric import byte_to_length, length_to_byte

from auzolan.index.postings import DOCUMENT, HOW_OFTEN

Postings = dict[str, "array[int]"]
"""Form → its postings, packed (postings.py), in the order of the documents."""
UNLIMITED = 1 << 20
"""Megabytes before Whoosh would sort on disk, which it cannot do in its storage in memory."""


class Memory(RamStorage):  # type: ignore[misc]
    """Whoosh's storage in memory, its temporary files included: Whoosh would put those into a folder of a fixed name, where
    two builds at once would meet."""

    def temp_storage(self, name: str | None = None) -> RamStorage:
        """Called by Whoosh while it writes."""
        return Memory()


def index(documents: Sequence[Mapping[float, Mapping[str, int]]]) -> dict[float, Postings]:
    """Weight → the postings of that field, for `documents` of counted words, which are numbered from 0 as they come."""
    weights = sorted({weight for document in documents for weight in document}, reverse=True)
    names = {weight: f"field{number}" for number, weight in enumerate(weights)}
    encoded: dict[str, bytes] = {}
    schema = fields.Schema(**{name: _Counted(encoded) for name in names.values()})
    codec = _Codec()
    writer = Memory().create_index(schema).writer(codec=codec, limitmb=UNLIMITED)
    writer.pool = _Pool()
    for document in documents:
        writer.add_document(**{names[weight]: counts for weight, counts in document.items()})
    writer.commit(merge=False)
    return {weight: codec.postings.get(name, {}) for weight, name in names.items()}


def remembered(length: int) -> int:
    """The length of a field as Whoosh remembers it: a byte stands for a range of lengths."""
    return int(byte_to_length(length_to_byte(length)))


class _Counted(fields.FieldType):  # type: ignore[misc]
    """A field whose value is form → how often."""

    indexed = scorable = True
    stored = unique = False
    multitoken_query = "default"
    analyzer = vector = column_type = None
    format = formats.Frequency()

    def __init__(self, encoded: dict[str, bytes]) -> None:
        self._encoded = encoded

    def __getstate__(self) -> dict[str, Any]:
        return {"_encoded": {}}

    def index(self, value: Mapping[str, int], **_: Any) -> Iterator[tuple[bytes, int, float, bytes]]:
        """Called by Whoosh: (term, frequency, weight, value) of each form."""
        encoded = self._encoded
        for form, count in value.items():
            term = encoded.get(form)
            if term is None:
                term = encoded[form] = form.encode("utf-8")
            yield term, count, count, b""


class _Pool(writing.PostingPool):  # type: ignore[misc]
    """Whoosh's pool of postings to be sorted, without its estimate of their size."""

    def __init__(self) -> None:
        super().__init__(Memory(), None)
        self.add = self.current.append


class _Lengths(base.PerDocumentWriter):  # type: ignore[misc]
    """Told by Whoosh the length of each field of each document."""

    def __init__(self, lengths: dict[str, dict[int, int]]) -> None:
        self._lengths = lengths
        self._document = 0
        self.is_closed = False

    def start_doc(self, docnum: int) -> None:
        self._document = docnum

    def add_field(self, fieldname: str, fieldobj: Any, value: Any, length: int) -> None:
        self._lengths.setdefault(fieldname, {})[self._document] = remembered(length)

    def finish_doc(self) -> None:
        """Nothing else is kept of a document."""

    def close(self) -> None:
        self.is_closed = True


class _Postings(base.FieldWriter):  # type: ignore[misc]
    """Handed by Whoosh all postings, sorted by field, term and document."""

    def __init__(self, lengths: Mapping[str, Mapping[int, int]], postings: dict[str, Postings]) -> None:
        self._lengths = lengths
        self._postings = postings
        self.is_closed = False

    def add_postings(self, schema: Any, lengths: Any, items: Iterable[tuple[str, bytes, int, float, bytes]]) -> None:
        field, term = "", b""
        found: list[int] = []
        lengths_: Mapping[int, int] = {}
        for name, text, document, frequency, _ in items:
            if text != term or name != field:
                if found:
                    self._postings.setdefault(field, {})[term.decode("utf-8")] = array("Q", found)
                field, term, found = name, text, []
                lengths_ = self._lengths[name]
            found.append(document << DOCUMENT | int(frequency) << HOW_OFTEN | lengths_[document])
        if found:
            self._postings.setdefault(field, {})[term.decode("utf-8")] = array("Q", found)

    def close(self) -> None:
        self.is_closed = True


class _Segment(whoosh3.W3Segment):  # type: ignore[misc]
    def should_assemble(self) -> bool:
        return False


class _Codec(whoosh3.W3Codec):  # type: ignore[misc]
    """Keeps what Whoosh hands over in `postings`, field name → form → postings."""

    length_stats = False

    def __init__(self) -> None:
        super().__init__()
        self._lengths: dict[str, dict[int, int]] = {}
        self.postings: dict[str, Postings] = {}

    def __getstate__(self) -> dict[str, Any]:
        return {}

    def per_document_writer(self, storage: Any, segment: Any) -> _Lengths:
        return _Lengths(self._lengths)

    def field_writer(self, storage: Any, segment: Any) -> _Postings:
        return _Postings(self._lengths, self.postings)

    def new_segment(self, storage: Any, indexname: str) -> _Segment:
        return _Segment(self, indexname)
