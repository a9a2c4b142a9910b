"""Documents flow in, search files flow out; search files flow in, answers flow out."""

from __future__ import annotations

from auzolan.index.facets import KIND, Facet
from auzolan.index.format import UnreadableShards
from auzolan.index.gist import gist_of
from auzolan.index.highlight import pieces
from auzolan.index.making.publish import Change
from auzolan.index.making.segments import segment
from auzolan.index.making.update import build, published, update
from auzolan.index.rank import Hit, Results
from auzolan.index.reader import Reader, open_shards

__all__ = [
    "KIND",
    "Change",
    "Facet",
    "Hit",
    "Reader",
    "Results",
    "UnreadableShards",
    "build",
    "gist_of",
    "open_shards",
    "pieces",
    "published",
    "segment",
    "update",
]
