"""A kind's declaration comes in; the smallest file that an entry of it can be goes out, ready to be filled in.

Every value stands in angle brackets, `<like this>`: the check refuses a file in which one is left.
"""

from __future__ import annotations

import json
import textwrap
from collections.abc import Iterator, Mapping

from auzolan.model.kinds import Field, Kind
from auzolan.render.shared.naming import Speaker

COMMENT = 66
"""Characters of a line of help, so that the file can be read on a phone held sideways."""


def skeleton(kind: Kind, speaker: Speaker, default: str) -> str:
    """The YAML text: the essential fields, each with its help above it, and of their parts only what is needed. `default` is the
    language in which the commons reads what does not say its own."""
    lines: list[str] = []
    if speaker.language != default:
        lines.append(f"written_in: {speaker.language}")
    told = [field for field in kind.fields.values() if field.essential or field.required]
    for field in told:
        lines += _field(field, speaker, 0)
    # A group such as the record comes last: that is where people expect to say how they know.
    for field in kind.fields.values():
        if field not in told and any(part.essential for part in field.fields.values()):
            lines.append(f"{field.name}:")
            for part in field.fields.values():
                if part.essential:
                    lines += _field(part, speaker, 1)
    return "\n".join(lines) + "\n"


def placeholder(example: object) -> str:
    """An example in angle brackets, as a quoted YAML text (a JSON text is one)."""
    return json.dumps(f"<{example}>", ensure_ascii=False)


def _field(field: Field, speaker: Speaker, depth: int) -> Iterator[str]:
    indent = "  " * depth
    for line in textwrap.wrap(speaker.plain(field.help), COMMENT):
        yield f"{indent}# {line}"
    if not field.fields:
        value = placeholder(_example(field, speaker))
        yield f"{indent}{field.name}: {f'[{value}]' if field.many == 'list' else value}"
        return
    yield f"{indent}{field.name}:"
    if field.many == "keyed":
        yield f"{indent}  {_key(field)}:"
        yield from _parts(field, speaker, f"{indent}    ", f"{indent}    ")
    elif field.many == "list":
        yield from _parts(field, speaker, f"{indent}  - ", f"{indent}    ")
    else:
        yield from _parts(field, speaker, f"{indent}  ", f"{indent}  ")


def _parts(field: Field, speaker: Speaker, first: str, other: str) -> Iterator[str]:
    """The parts that must be there; an address too, since a source that can be opened is the best kind."""
    needed = [part for part in field.fields.values() if part.required and not part.fields]
    address = [part for part in field.fields.values() if part.name == "url" and part not in needed]
    for number, part in enumerate([*needed, *address] or list(field.fields.values())[:1]):
        yield f"{first if number == 0 else other}{part.name}: {placeholder(_example(part, speaker))}"


def _key(field: Field) -> str:
    return next(iter(field.example), "source") if isinstance(field.example, Mapping) else "source"


def _example(field: Field, speaker: Speaker) -> object:
    if speaker.language in field.examples:
        return field.examples[speaker.language]
    return field.example if isinstance(field.example, str | int | float) else field.name
