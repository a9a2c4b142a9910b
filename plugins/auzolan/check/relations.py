"""Relations: their types exist, they lead somewhere, and join kinds that they may join."""

from __future__ import annotations

from collections.abc import Iterator

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.check.types import url_problems
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Field, RelationType
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, texts_in
from auzolan.model.values import ENTRY_ID

APART = "not_same_as.entry"
"""The field of an entry that only looks like this one."""


def check_relations(context: Context, document: Document) -> Iterator[Diagnostic]:
    """R001 to R010 (R005 aside) for every relation and reference of entries and front matter."""
    entry = document.entry
    if entry is not None and "relation" in document.leaves:
        seen: set[tuple[str, str]] = set()
        for _, node, _ in document.leaves["relation"]:
            if isinstance(node, Tree):
                yield from _relation(context, document, entry.id, node, seen)
    for field, node, _ in document.leaves.get("reference", ()):
        # What a relation leads to is looked at together with its type.
        if entry is None or not field.path.endswith("relations.to"):
            yield from _reference(context, document, field, node)
        if field.path == APART and isinstance(node, Scalar):
            if entry is None or context.ids.get(node.text) != entry.id:
                continue
            yield at("R004", "an entry is the same as itself", document.path, node, "which other one is meant?")


def _relation(
    context: Context, document: Document, here: EntryId, node: Tree, seen: set[tuple[str, str]]
) -> Iterator[Diagnostic]:
    path = document.path
    written = node.get("type")
    if not isinstance(written, Scalar):
        return
    names = context.declarations.relation_names
    if written.text not in names:
        yield at("R001", f"`{written.text}` is not a relation type", path, written,
                 document.hints.nearest(written.text, names) or "known: " + " ".join(sorted(names)))  # fmt: skip
        return
    forward, inverse = names[written.text]
    type_ = context.declarations.relation_types[forward]
    if type_.derived_from:
        yield at("R007", f"`{written.text}` follows from the field `{type_.derived_from}`", path, written,
                 f"delete this relation and write the licence under `{type_.derived_from}`")  # fmt: skip
        return
    since, until = partial_date(node.text("since")), partial_date(node.text("until"))
    if since and until and until.last_day < since.last_day.replace(month=since.month or 1, day=since.day or 1):
        yield at("R006", "`until` is before `since`", path, node.get("until") or node, "are they swapped?")
    to = node.get("to")
    if to is None:
        return
    yield from _reference(context, document, None, to)
    if not isinstance(to, Scalar) or to.text not in context.ids:
        return
    target = context.ids[to.text]
    if target == here:
        yield at("R004", "an entry cannot be related to itself", path, to, "which other entry is meant?")
        return
    # Two groups may pool several things: each is a relation of its own.
    key = (forward + str(inverse) + (what_of(node) if type_.symmetric else ""), target)
    if key in seen:
        yield at(
            "R010",
            f"`{written.text}` {to.text} is written twice",
            path,
            to,
            "put all that is known into one of them",
        )
    seen.add(key)
    if context.briefs[target].withdrawn:
        yield at("R009", f"`{to.text}` was withdrawn", path, to, "delete this relation")
    subject, object_ = (target, here) if inverse else (here, target)
    yield from _ends(context, type_, subject, object_, path, to)


def what_of(node: Tree) -> str:
    """What is pooled, in its first language."""
    what = node.get("what")
    return next((text.text for _, text in texts_in(what)), "") if what is not None else ""


def _ends(
    context: Context, type_: RelationType, subject: str, object_: str, path: str, node: Node
) -> Iterator[Diagnostic]:
    kinds = context.declarations.kinds
    first, second = (kinds[context.briefs[id_].kind] for id_ in (subject, object_))
    if not first.is_a(type_.subjects) or not second.is_a(type_.objects):
        yield at("R003", f"`{type_.id}` does not lead from {first.name} to {second.name}", path, node,
                 f"it leads from {_or(type_.subjects)} to {_or(type_.objects)}")  # fmt: skip
    elif type_.same_kind and first.name != second.name:
        yield at("R003", f"`{type_.id}` joins two entries of one kind, not {first.name} and {second.name}", path, node)


def _or(names: tuple[str, ...]) -> str:
    return " or ".join(names)


def _reference(context: Context, document: Document, field: Field | None, node: Node) -> Iterator[Diagnostic]:
    path = document.path
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
                 document.hints.nearest(node.text, context.sorted_ids) or "for what is not listed yet: {name: …, url: …}")  # fmt: skip
    elif field is not None and field.to:
        kind = context.declarations.kinds[context.briefs[context.ids[node.text]].kind]
        if not kind.is_a(field.to):
            yield at("R003", f"`{field.name}` does not lead to {kind.name}", path, node, f"it leads to {_or(field.to)}")
