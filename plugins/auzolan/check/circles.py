"""Circles: relations of certain types lead on and on, but never back to where they began."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auzolan.check.context import Context, Shared
from auzolan.model.briefs import Edge
from auzolan.model.diagnostics import Location
from auzolan.model.entries import EntryId
from auzolan.model.rules import finding

Graph = dict[EntryId, dict[EntryId, tuple[str, Edge]]]
"""Subject → object → the path of the file that says so (the first, if several do), and its words."""


def check_circles(context: Context) -> Iterator[Shared]:
    """R005 for each relation that closes a circle."""
    for type_, graph in _graphs(context).items():
        for ring in _rings(graph):
            path, edge = graph[ring[-2]][ring[-1]]
            told = finding(
                "R005",
                f"`{type_}` runs in a circle: {' → '.join(ring)}",
                Location(path, edge.line, edge.column, edge.width),
                "one of these relations is the wrong way round",
            )
            yield told, ring


def _graphs(context: Context) -> dict[str, Graph]:
    """The written relations that lead to another entry, by type."""
    graphs: dict[str, Graph] = defaultdict(lambda: defaultdict(dict))
    for brief in context.briefs.values():
        for edge in brief.edges:
            subject, object_ = context.ids.get(edge.subject), context.ids.get(edge.object)
            if subject is not None and object_ is not None and subject != object_:
                graphs[edge.type][subject].setdefault(object_, (brief.path, edge))
    return graphs


def _rings(graph: Graph) -> Iterator[list[EntryId]]:
    """The entries of each circle, the first once more at the end, found by a depth-first walk without recursion."""
    open_, done = 1, 2
    state: dict[EntryId, int] = {}
    for start in sorted(graph):
        if state.get(start):
            continue
        stack = [(start, iter(sorted(graph[start])))]
        state[start] = open_
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = done
                stack.pop()
            elif state.get(following) == open_:
                ring = [id_ for id_, _ in stack]
                yield [*ring[ring.index(following) :], following]
            elif not state.get(following):
                state[following] = open_
                stack.append((following, iter(sorted(graph.get(following, ())))))
