"""An entry comes in; the names go out of those who chose to be thanked for it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Commons

FIELD = "thanks"
"""Where they stand in an entry's record."""
_ADDRESS = re.compile(r"\S@\S+\.\w|://|\bwww\.", re.IGNORECASE)


def is_address(name: str) -> bool:
    """Whether a name that somebody chose is a mail or web address, which everybody would read."""
    return bool(_ADDRESS.search(name))


def thanks_of(commons: Commons, id_: str) -> tuple[str, ...] | None:
    """The names, as they were written; None where there is no such entry any more. A fact of the entry."""

    def made() -> tuple[str, ...] | None:
        profile = commons.profiles.get(id_)
        return names_in(profile.values) if profile is not None and not profile.withdrawn else None

    return commons.fact("thanks", id_, made)


def names_in(values: Mapping[str, Any]) -> tuple[str, ...]:
    """The names in an entry's values, in the order of its file. A name that is written in several languages has several."""
    record = values.get("record")
    names = record.get(FIELD) if isinstance(record, Mapping) else None
    return tuple(dict.fromkeys(text for one in names or () for text in one.values() if text))
