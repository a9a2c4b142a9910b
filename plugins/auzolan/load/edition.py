"""An output folder comes in; the edition that lies there goes out, where somebody made one of the site."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from auzolan.model.dates import PartialDate, partial_date
from auzolan.model.errors import AuzolanError

NAME = "edition.json"
MOST = 4_000_000
"""Bytes: an edition may name many withdrawn entries, and no more than that."""
_MOST_SERIAL = 2**53
_DAY = len("2026-11-29")


@dataclass(frozen=True, slots=True)
class Edition:
    """Which edition of a commons it is: its number, which only grows, and its day."""

    serial: int
    date: PartialDate


def edition_in(output: Path) -> Edition | None:
    """The edition in an output folder, None where there is none. Raises AuzolanError where it says neither number nor day."""
    path = output / NAME
    if not path.is_file():
        return None
    try:
        with path.open("rb") as file:
            data = file.read(MOST + 1)
        if len(data) > MOST:
            raise ValueError("too large")
        return _edition(json.loads(data))
    except (OSError, ValueError, RecursionError) as problem:
        raise AuzolanError(
            f"{path} says no `serial` and `date` of an edition",
            'it should be a JSON object such as {"serial": 7, "date": "2026-11-29"}; make it anew, or delete it',
        ) from problem


def _edition(told: object) -> Edition:
    """Raises ValueError."""
    serial, day = (told.get("serial"), told.get("date")) if isinstance(told, dict) else (None, None)
    # True is a number to Python.
    if type(serial) is not int or not 0 < serial < _MOST_SERIAL or not isinstance(day, str):
        raise ValueError("no number, or no day")
    date = partial_date(day[:_DAY])
    if date is None or not date.day:
        raise ValueError("no day")
    return Edition(serial, date)
