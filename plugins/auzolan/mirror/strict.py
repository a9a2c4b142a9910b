"""Bytes of a signed statement come in; its fields go out, each of the type that it must have, or it is refused.

Such a file is read before it is known who wrote it.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Collection, Iterable
from typing import Any, NoReturn

from auzolan.load.files import printable
from auzolan.mirror.refused import Refused

MAX_NUMBER = 2**53 - 1
"""The largest whole number that every reader of JSON tells from the next."""
_DIGEST = re.compile(r"[0-9a-f]{64}\Z")
_MOMENT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ\Z", re.ASCII)


class Fields:
    """The fields of one JSON object. `where` names it in refusals."""

    def __init__(self, where: str, fields: dict[str, Any]) -> None:
        self._where, self._fields = where, fields

    def wrong(self, said: str) -> NoReturn:
        """Refuses the whole."""
        raise Refused("malformed", f"{self._where}: {said}", "fetch it again, or from another copy")

    def text(self, name: str, most: int = 1_000, *, otherwise: str | None = None) -> str:
        """A text without control characters; `otherwise` where it is left out, if it may be."""
        value = self._fields.get(name, otherwise)
        if not isinstance(value, str) or len(value) > most or (value and not value.isprintable()):
            self.wrong(f"`{name}` is no text of at most {most} signs")
        return value

    def prose(self, name: str, most: int = 1_000_000) -> str:
        """A text of any signs: whoever shows it takes care."""
        value = self._fields.get(name)
        if not isinstance(value, str) or len(value) > most:
            self.wrong(f"`{name}` is no text of at most {most} signs")
        return value

    def number(self, name: str, least: int = 0, most: int = MAX_NUMBER) -> int:
        """A whole number."""
        value = self._fields.get(name)
        if type(value) is not int or not least <= value <= most:
            self.wrong(f"`{name}` is no whole number from {least} to {most}")
        return value

    def flag(self, name: str) -> bool:
        """Yes or no."""
        value = self._fields.get(name)
        if not isinstance(value, bool):
            self.wrong(f"`{name}` is neither true nor false")
        return value

    def has(self, name: str) -> bool:
        """Whether there is such a field."""
        return name in self._fields

    def others(self, names: Collection[str]) -> bool:
        """Whether there are fields of other names."""
        return not self._fields.keys() <= set(names)

    def digest(self, name: str, *, empty: bool = False) -> str:
        """A sha256 in lower-case hex; "" where it may be left out."""
        value = self.text(name, otherwise="" if empty else None)
        if not _DIGEST.match(value) and not (empty and not value):
            self.wrong(f"`{name}` is no sha256 in hex")
        return value

    def moment(self, name: str) -> datetime.datetime:
        """A moment in UTC: 2026-05-01T12:00:00Z."""
        value = self.text(name)
        try:
            if not _MOMENT.match(value):
                raise ValueError
            return datetime.datetime.fromisoformat(value)
        except ValueError:
            self.wrong(f"`{name}` is no moment like 2026-05-01T12:00:00Z")

    def group(self, name: str) -> Fields:
        """An object."""
        value = self._fields.get(name)
        if not isinstance(value, dict):
            self.wrong(f"`{name}` is no object")
        return Fields(f"{self._where}, {name}", value)

    def groups(self, name: str, most: int) -> list[Fields]:
        """A list of objects."""
        return [Fields(f"{self._where}, {name}", one) for one in self._list(name, most, dict)]

    def texts(self, name: str, most: int, long: int = 1_000) -> tuple[str, ...]:
        """A list of texts."""
        found: list[str] = self._list(name, most, str)
        if any(len(one) > long or not one.isprintable() for one in found):
            self.wrong(f"`{name}` holds what is no text of at most {long} signs")
        return tuple(found)

    def numbers(self, name: str, keys: Collection[str] | None = None, most: int = 10_000) -> dict[str, int]:
        """An object of whole numbers, with some of `keys`; of any, at most so many, where None are named. {} where it is left out."""
        value = self._fields.get(name, {})
        if not isinstance(value, dict) or len(value) > most or not (keys is None or value.keys() <= set(keys)):
            self.wrong(f"`{name}` is no object of {', '.join(keys) if keys else 'numbers'}")
        return {key: Fields(f"{self._where}, {name}", value).number(key) for key in value}

    def by_name(self, name: str, most: int, long: int) -> dict[str, str]:
        """An object of texts, which may have several lines each: notes by language. {} where it is left out."""
        value = self._fields.get(name, {})
        if not isinstance(value, dict) or len(value) > most:
            self.wrong(f"`{name}` is no object of at most {most} texts")
        for key, one in value.items():
            if not isinstance(one, str) or len(one) > long or not (key + one.replace("\n", "")).isprintable():
                self.wrong(f"`{name}` holds what is no text of at most {long} signs")
        return value

    def _list(self, name: str, most: int, kind: type) -> list[Any]:
        value = self._fields.get(name, [])
        if not isinstance(value, list) or len(value) > most or not all(isinstance(one, kind) for one in value):
            self.wrong(f"`{name}` is no list of at most {most}")
        return value


def fields_of(data: bytes, where: str, format_: str) -> Fields:
    """The object in `data`, if it says that it is of `format_`. Raises Refused."""
    try:
        found = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=_no_number)
    except (ValueError, RecursionError) as problem:
        said = printable(str(problem))[:200]
        raise Refused(
            "malformed", f"{where} cannot be read: {said}", "fetch it again, or from another copy"
        ) from problem
    if not isinstance(found, dict):
        raise Refused("malformed", f"{where} is no JSON object", "fetch it again, or from another copy")
    fields = Fields(where, found)
    said = fields.text("format")
    family, _, version = said.partition("/")
    if said != format_ and family == format_.partition("/")[0]:
        raise Refused(
            "version", f"{where} is of version {version}, which this Auzolan does not know", "bring Auzolan up to date"
        )
    if said != format_:
        fields.wrong(f"`format` is not {format_}")
    return fields


def written(fields: dict[str, Any]) -> bytes:
    """How a statement is written: the same fields, the same bytes."""
    return (json.dumps(fields, ensure_ascii=False, indent=1) + "\n").encode()


def moment_text(moment: datetime.datetime) -> str:
    """2026-05-01T12:00:00Z."""
    return moment.astimezone(datetime.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def _once(pairs: Iterable[tuple[str, Any]]) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise ValueError(f"`{key}` stands twice")
        found[key] = value
    return found


def _no_number(text: str) -> NoReturn:
    raise ValueError(f"`{text}` is no number")
