"""Two versions of an entry's file come in; what one says and the other does not goes out, by the names of fields.

Old versions are of any age and from anybody: they are cut into the blocks of their fields by their lines, and only blocks that
differ are read as YAML. So a change costs little, and what is broken elsewhere in the file does not matter.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from auzolan.load.decoding import MAX_BYTES
from auzolan.load.yaml_text import read_yaml
from auzolan.model.changes import MOST_ITEMS, Change, Item, mark_of
from auzolan.model.kinds import Field
from auzolan.model.leaves import order_in
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, each, plain
from auzolan.model.thanks import FIELD

MOST_READ = 20_000
"""Characters of a block that is read; of a larger one it is only told that it differs."""
_KEY = re.compile(r"([A-Za-z_][A-Za-z0-9_-]{0,63}):(?=\s|\Z)")
_LANGUAGE = re.compile(r"[A-Za-z0-9-]{2,35}\Z", re.ASCII)
_NAME = re.compile(r"[a-z][a-z0-9_]{0,63}\Z", re.ASCII)
_TYPE = re.compile(r"[a-z0-9-]{1,64}\Z", re.ASCII)
_ID = re.compile(r"[a-z0-9-]{1,64}/[a-z0-9.-]{1,64}\Z", re.ASCII)
Blocks = dict[str, str]
"""The text of each field of a file, by its name, its own key included."""


def blocks_of(data: bytes | None) -> Blocks | None:
    """The blocks of a version of a file; None where it cannot be cut into any."""
    if data is None or len(data) > MAX_BYTES:
        return None
    try:
        text = data.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
    blocks: dict[str, list[str]] = {}
    here: list[str] | None = None
    for line in text.split("\n"):
        if line[:1] in (" ", "-") and here is not None and not line.startswith("---"):
            here.append(line)
        elif found := _KEY.match(line):
            if found[1] in blocks:
                return None
            here = blocks[found[1]] = [line]
        elif line.strip() and not line.startswith(("#", "---", "...")):
            return None
        elif here is not None:
            # Within quotes a line that begins like a remark is text.
            here.append(line)
    return {name: "\n".join(lines).rstrip() for name, lines in blocks.items()} or None


def compared(before: Blocks, after: Blocks, fields: Mapping[str, Field]) -> tuple[tuple[Item, ...], tuple[str, ...]]:
    """What differs, in the order of the declaration, and the marks of those that the later one thanks and the earlier one did
    not. Of what is not declared nothing is told."""
    items: list[Item] = []
    for name, field in fields.items():
        old, new = before.get(name), after.get(name)
        if old != new and len(items) < MOST_ITEMS:
            items += _differing(field, old, new)
    if before.get("record") == after.get("record"):
        return tuple(items[:MOST_ITEMS]), ()
    known = thanked(before)
    return tuple(items[:MOST_ITEMS]), tuple(mark for mark in thanked(after) if mark not in known)


def thanked(blocks: Blocks) -> tuple[str, ...]:
    """The marks of those whom a version thanks."""
    text = blocks.get("record", "")
    if FIELD not in text:
        return ()
    record = _read("record", text)
    names = record.items.get(FIELD) if isinstance(record, Tree) else None
    return tuple(mark_of(text) for one in each(names) for text in _texts(one).values())[:MOST_ITEMS]


def told_by(change: Change, before: Blocks | None, after: Blocks | None, fields: Mapping[str, Field]) -> Change:
    """`change` with what two versions tell of it."""
    if before is None or after is None:
        return change
    items, marks = compared(before, after, fields)
    same = lambda name: _same(fields.get(name), name, before, after)  # noqa: E731
    says_the_same = not (items or marks) and all(map(same, {*before, *after}))
    return Change(change.day, change.sort or ("layout" if says_the_same else ""), items, marks)


def _same(field: Field | None, name: str, before: Blocks, after: Blocks) -> bool:
    """Whether both say the same of a field. Of what cannot be read nobody knows what it says."""
    if before.get(name) == after.get(name):
        return True
    old, new = _read(name, before.get(name)), _read(name, after.get(name))
    if old is None or new is None or plain(old) != plain(new):
        return False
    return field is None or order_in(field, old) == order_in(field, new)


def _differing(field: Field, old: str | None, new: str | None) -> list[Item]:
    if old is not None and new is not None and max(len(old), len(new)) > MOST_READ:
        return [Item("~", field.name)]
    before, after = _read(field.name, old), _read(field.name, new)
    if (old is not None and before is None) or (new is not None and after is None):
        return [Item("~", field.name)]
    return list(_items(field, field.name, before, after, deep=True))


def _items(field: Field, path: str, before: Node | None, after: Node | None, *, deep: bool) -> Iterator[Item]:
    if _plain(before) == _plain(after) or not _NAME.match(field.name):
        return
    if field.type == "relation":
        yield from _relations(path, before, after)
    elif deep and field.type == "group" and not field.many and _is_group(before) and _is_group(after):
        old, new = _inside(before), _inside(after)
        for name, part in field.fields.items():
            if name != FIELD:
                yield from _items(part, f"{path}.{name}", old.get(name), new.get(name), deep=False)
    elif field.type in ("text", "prose") and not field.many and isinstance(after, Tree):
        yield from _languages(path, _texts(before), _texts(after))
    else:
        yield Item("+" if before is None else "-" if after is None else "~", path)


def _languages(path: str, before: Mapping[str, str], after: Mapping[str, str]) -> Iterator[Item]:
    """A text that was in one language alone, not said which, is that language of the later one in which it says the same."""
    plain = before.get("")
    if plain is not None:
        same = next((language for language, text in after.items() if text == plain), None)
        before = {} if same is None else {same: plain}
        if same is None:
            yield Item("~", path)
            return
    for language in {**before, **after}:
        old, new = before.get(language), after.get(language)
        if old != new and _LANGUAGE.match(language):
            yield Item("+" if old is None else "-" if new is None else "~", path, language)


def _relations(path: str, before: Node | None, after: Node | None) -> Iterator[Item]:
    old, new = _by_end(before), _by_end(after)
    for key in {**old, **new}:
        if old.get(key) != new.get(key):
            yield Item("+" if key not in old else "-" if key not in new else "~", path, "", *key)


def _by_end(node: Node | None) -> dict[tuple[str, str], object]:
    found: dict[tuple[str, str], object] = {}
    for one in each(node):
        if isinstance(one, Tree):
            type_, to = one.text("type"), one.text("to")
            key = (type_, to if _ID.match(to) else "") if _TYPE.match(type_) else ("", "")
            found[key] = (found.get(key), _plain(one))
    return found


def _is_group(node: Node | None) -> bool:
    return node is None or isinstance(node, Tree)


def _inside(node: Node | None) -> Mapping[str, Node]:
    return node.items if isinstance(node, Tree) else {}


def _texts(node: Node | None) -> dict[str, str]:
    if isinstance(node, Scalar):
        return {"": node.text}
    inside = _inside(node)
    return {language: one.text for language, one in inside.items() if isinstance(one, Scalar)}


def _read(name: str, block: str | None) -> Node | None:
    if block is None or len(block) > MOST_READ:
        return None
    tree, _ = read_yaml(f"{block}\n", "")
    # A block of two fields is one that was cut in another place than YAML would have.
    return tree.items.get(name) if tree is not None and len(tree.items) == 1 else None


def _plain(node: Node | None) -> object:
    return None if node is None else plain(node)
