"""Documents flow in, search files flow out; search files flow in, answers flow out."""

from __future__ import annotations

from auzolan.index.format import UnreadableShards
from auzolan.index.publish import Change
from auzolan.index.rank import Hit, Results
from auzolan.index.reader import Reader, open_shards
from auzolan.index.segments import segment
from auzolan.index.update import build, update

__all__ = ["Change", "Hit", "Reader", "Results", "UnreadableShards", "build", "open_shards", "segment", "update"]
