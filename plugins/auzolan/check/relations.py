"""Relations: their types exist, they lead somewhere, join kinds that they may join, and run in no circle."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from auzolan.check.context import Context, at, leaves, nearest, texts_in
from auzolan.check.types import url_problems
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic, in_order
from auzolan.model.entries import Entry
from auzolan.model.kinds import Field, RelationType
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar
from auzolan.model.values import ENTRY_ID

Edges = dict[str, dict[str, dict[str, tuple[Scalar, str]]]]
"""acyclic relation type → subject → object → (where it is written, path)"""


def check_relations(context: Context) -> Iterator[Diagnostic]:
    """R001 to R010 for every relation and reference of every entry."""
    edges: Edges = defaultdict(lambda: defaultdict(dict))
    for entry in context.catalog.entries.values():
        seen: set[tuple[str, str]] = set()
        for field, node, _ in leaves(context.fields_of(entry), entry.fields):
            if field.type == "relation" and isinstance(node, Tree):
                yield from _relation(context, entry, node, edges, seen)
            elif field.type == "reference" and not field.path.endswith("relations.to"):
                yield from _reference(context, entry.path, field, node)
    article = context.declarations.article
    for one in (*context.catalog.articles, *context.catalog.pages):
        for field, node, _ in leaves(article.fields if article else {}, one.fields):
            if field.type == "reference":
                yield from _reference(context, one.path, field, node)
    yield from _circles(edges)


def _relation(
    context: Context, entry: Entry, node: Tree, edges: Edges, seen: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    written = node.get("type")
    if not isinstance(written, Scalar):
        return
    names = context.declarations.relation_names
    if written.text not in names:
        yield at("R001", f"`{written.text}` is not a relation type", entry.path, written,
                 nearest(written.text, list(names)) or "known: " + " ".join(sorted(names)))  # fmt: skip
        return
    forward, inverse = names[written.text]
    type_ = context.declarations.relation_types[forward]
    if type_.derived_from:
        yield at("R007", f"`{written.text}` follows from the field `{type_.derived_from}`", entry.path, written,
                 f"delete this relation and write the licence under `{type_.derived_from}`")  # fmt: skip
        return
    since, until = partial_date(node.text("since")), partial_date(node.text("until"))
    if since and until and until.last_day < since.last_day.replace(month=since.month or 1, day=since.day or 1):
        yield at("R006", "`until` is before `since`", entry.path, node.get("until") or node, "are they swapped?")
    to = node.get("to")
    if to is None:
        return
    yield from _reference(context, entry.path, None, to)
    if not isinstance(to, Scalar) or to.text not in context.ids:
        return
    target = context.ids[to.text]
    if target == entry.id:
        yield at("R004", "an entry cannot be related to itself", entry.path, to, "which other entry is meant?")
        return
    # Two groups may pool several things: each is a relation of its own.
    key = (forward + str(inverse) + (what_of(node) if type_.symmetric else ""), target)
    if key in seen:
        yield at(
            "R010",
            f"`{written.text}` {to.text} is written twice",
            entry.path,
            to,
            "put all that is known into one of them",
        )
    seen.add(key)
    if target in context.withdrawn:
        yield at("R009", f"`{to.text}` was withdrawn", entry.path, to, "delete this relation")
    subject, object_ = (target, entry.id) if inverse else (entry.id, target)
    yield from _ends(context, type_, subject, object_, entry.path, to)
    if type_.acyclic:
        edges[forward][subject].setdefault(object_, (to, entry.path))


def what_of(node: Tree) -> str:
    """What is pooled, in its first language."""
    what = node.get("what")
    return next((text.text for _, text in texts_in(what)), "") if what is not None else ""


def _ends(
    context: Context, type_: RelationType, subject: str, object_: str, path: str, node: Node
) -> Iterator[Diagnostic]:
    kinds = context.declarations.kinds
    first, second = (kinds[context.catalog.entries[id_].kind] for id_ in (subject, object_))
    if not first.is_a(type_.subjects) or not second.is_a(type_.objects):
        yield at("R003", f"`{type_.id}` does not lead from {first.name} to {second.name}", path, node,
                 f"it leads from {_or(type_.subjects)} to {_or(type_.objects)}")  # fmt: skip
    elif type_.same_kind and first.name != second.name:
        yield at("R003", f"`{type_.id}` joins two entries of one kind, not {first.name} and {second.name}", path, node)


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _reference(context: Context, path: str, field: Field | None, node: Node) -> Iterator[Diagnostic]:
    if isinstance(node, Tree):
        unknown = [name for name in node.items if name not in ("name", "url")]
        if "name" not in node.items or unknown:
            yield at(
                "R008", "what is not listed yet has a `name` and perhaps a `url`", path, node, "to: {name: …, url: …}"
            )
        elif not any(text.text for _, text in texts_in(node.items["name"])):
            yield at(
                "R008", "the name of what is not listed yet is empty", path, node.items["name"], "to: {name: …, url: …}"
            )
        url = node.get("url")
        if url is not None and not isinstance(url, Scalar):
            yield at("D003", "`url` takes one text", path, url, "to: {name: …, url: …}")
        elif url is not None:
            for code, message, hint in url_problems(url.text):
                yield at(code, message, path, url, hint)
        return
    if not isinstance(node, Scalar) or not node.text:
        return
    if not ENTRY_ID.match(node.text):
        yield at("R008", f"`{node.text}` is not the id of an entry", path, node,
                 "a kind and a name, such as cooperative/mondragon; for what is not listed yet: {name: …}")  # fmt: skip
    elif node.text not in context.ids:
        yield at("R002", f"there is no entry `{node.text}`", path, node,
                 nearest(node.text, list(context.ids)) or "for what is not listed yet: {name: …, url: …}")  # fmt: skip
    elif field is not None and field.to:
        kind = context.declarations.kinds[context.catalog.entries[context.ids[node.text]].kind]
        if not kind.is_a(field.to):
            yield at("R003", f"`{field.name}` does not lead to {kind.name}", path, node, f"it leads to {_or(field.to)}")


def _circles(edges: Edges) -> Iterator[Diagnostic]:
    """One finding for each relation that closes a circle, found by a depth-first walk without recursion."""
    for type_, graph in edges.items():
        findings = []
        state: dict[str, int] = {}
        for start in sorted(graph):
            stack = [(start, iter(sorted(graph.get(start, ()))))]
            if state.get(start):
                continue
            state[start] = 1
            while stack:
                node, rest = stack[-1]
                following = next(rest, None)
                if following is None:
                    state[node] = 2
                    stack.pop()
                elif state.get(following) == 1:
                    where, path = graph[node][following]
                    ring = [id_ for id_, _ in stack]
                    ring = [*ring[ring.index(following) :], following]
                    findings.append(at("R005", f"`{type_}` runs in a circle: {' → '.join(ring)}", path, where,
                                       "one of these relations is the wrong way round"))  # fmt: skip
                elif not state.get(following):
                    state[following] = 1
                    stack.append((following, iter(sorted(graph.get(following, ())))))
        yield from in_order(findings)
