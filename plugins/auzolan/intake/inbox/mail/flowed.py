"""A text of `format=flowed` (RFC 3676) comes in; its lines as they were before a mail program broke them go out."""

from __future__ import annotations


def unflowed(text: str, delsp: bool) -> str:
    """A line that ends with a blank goes on in the next of the same depth of quotes; a blank at the beginning was stuffed in.
    `delsp`: the blank at the end goes too."""
    lines: list[str] = []
    flows, depth = False, 0
    for raw in text.replace("\r\n", "\n").split("\n"):
        bare = raw.lstrip(">")
        here = len(raw) - len(bare)
        if bare.startswith(" "):
            bare = bare[1:]
        if flows and here == depth and lines and bare != "-- ":
            lines[-1] += bare
        else:
            lines.append(">" * here + (" " if here else "") + bare)
        flows, depth = bare.endswith(" ") and bare != "-- ", here
        if flows and delsp:
            lines[-1] = lines[-1][:-1]
    return "\n".join(line if line.endswith("-- ") else line.rstrip(" ") for line in lines)
