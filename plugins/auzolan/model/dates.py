"""Dates as people know them: a year, a month of a year, or a day."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from auzolan.model.packing import packable

_WRITTEN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@packable
@dataclass(frozen=True, slots=True, order=True)
class PartialDate:
    """`2010`, `2010-05` or `2010-05-14` (ISO 8601); `month` and `day` are 0 where not known."""

    year: int
    month: int = 0
    day: int = 0

    def __str__(self) -> str:
        parts = [f"{self.year:04d}"]
        if self.month:
            parts.append(f"{self.month:02d}")
        if self.day:
            parts.append(f"{self.day:02d}")
        return "-".join(parts)

    @property
    def first_day(self) -> datetime.date:
        """The first day that this date may mean."""
        return datetime.date(self.year, self.month or 1, self.day or 1)

    @property
    def last_day(self) -> datetime.date:
        """The last day that this date may mean."""
        if self.day:
            return datetime.date(self.year, self.month, self.day)
        month = self.month or 12
        if month == 12:
            return datetime.date(self.year, 12, 31)
        return datetime.date(self.year, month + 1, 1) - datetime.timedelta(days=1)


def is_past(day: PartialDate | None, today: datetime.date | None) -> bool:
    """Whether `day` is wholly over; without a declared date of the build, nothing is past."""
    return day is not None and today is not None and day.last_day < today


def is_overdue(review_by: PartialDate | None, looked: Iterable[PartialDate], today: datetime.date | None) -> bool:
    """Whether a day to look again is over, and nobody has looked since: on none of the days `looked`."""
    return (
        review_by is not None
        and is_past(review_by, today)
        and not any(on.last_day >= review_by.first_day for on in looked)
    )


def months_after(day: datetime.date, months: int) -> datetime.date:
    """The same day so many months later, or the last one of that month where it is shorter; the last day there is where
    no calendar goes so far."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    if year > datetime.MAXYEAR:
        return datetime.date.max
    return datetime.date(year, month + 1, min(day.day, PartialDate(year, month + 1).last_day.day))


@lru_cache(4096)
def partial_date(text: str) -> PartialDate | None:
    """The date that `text` writes, or None where it writes none or one that never was."""
    found = _WRITTEN.match(text)
    if not found:
        return None
    year, month, day = (int(part) if part else 0 for part in found.groups())
    if year < 1 or (found[2] and not 1 <= month <= 12):
        return None
    if found[3]:
        try:
            datetime.date(year, month, day)
        except ValueError:
            return None
    return PartialDate(year, month, day)
