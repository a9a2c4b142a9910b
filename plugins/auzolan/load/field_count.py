"""The groups of `_groups.yaml` come in; how many fields each would unfold to goes out, counted without unfolding it."""

from __future__ import annotations

from collections.abc import Mapping as MappingOf
from functools import cache

from auzolan.model.nodes import Mapping, Node

MAX_FIELDS = 1_000
"""Fields and sub-fields of a kind: a group may hold groups, and a few lines could stand for millions."""


class FieldCount:
    """Counts fields. `groups` are fields by the name of their group; below `depth` levels nothing is read."""

    def __init__(self, groups: MappingOf[str, Mapping], depth: int) -> None:
        self._groups = groups
        self._depth = depth
        self._of_group = cache(self._in_group)

    def of(self, fields: Node | None, level: int = 0) -> int:
        """All fields and sub-fields of a mapping of fields."""
        found = 0
        for node in fields.items.values() if isinstance(fields, Mapping) else ():
            found += 1
            if isinstance(node, Mapping) and level < self._depth:
                own = node.get("fields")
                named = node.text("group") or node.text("type")
                found += self.of(own, level + 1) if isinstance(own, Mapping) else self._of_group(named, level + 1)
        return found

    def _in_group(self, name: str, level: int) -> int:
        return self.of(self._groups.get(name), level)
