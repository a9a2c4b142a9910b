"""Documents flow in, search files flow out; search files flow in, answers flow out."""

from __future__ import annotations

from auzolan.index.build import build
from auzolan.index.format import UnreadableShards
from auzolan.index.rank import Hit, Results
from auzolan.index.reader import Reader, open_shards

__all__ = ["Hit", "Reader", "Results", "UnreadableShards", "build", "open_shards"]
