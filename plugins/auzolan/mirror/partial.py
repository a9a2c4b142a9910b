"""What a partial edition, or a built part of a commons, says of itself comes in; the part goes out.

The same object stands in `edition.json` and in the `part.json` of a built part: what it is a part of, and which.
"""

from __future__ import annotations

from auzolan.mirror.strict import Fields
from auzolan.model.parts import ORDER, VALUE, Part

_MOST = 200
"""Values of a sort that a part is chosen by."""


def part_in(fields: Fields) -> Part:
    """Raises Refused for what is no part, and for one that its own name does not tell from others."""
    told = fields.group("chosen")
    chosen = {name: told.texts(name, _MOST, 64) for name in ORDER}
    if told.others(ORDER):
        told.wrong(f"a part is chosen by {', '.join(ORDER)}, and by nothing else")
    if not all(VALUE.match(one) for values in chosen.values() for one in values):
        told.wrong("a value has letters, digits, `.`, `_`, `+` and `-` alone")
    part = Part(
        fields.text("of", 200), {name: values for name, values in chosen.items() if values}, fields.flag("images"),
        fields.number("entries"), fields.number("total"),
    )  # fmt: skip
    if not part.name:
        fields.wrong("nothing is chosen: that is no part")
    return part
