"""When a date is over, and what so many months after a day is."""

from __future__ import annotations

import datetime

import pytest

from auzolan.model.dates import is_overdue, is_past, months_after, partial_date

DAY = datetime.date


@pytest.mark.parametrize(
    ("written", "last"), [("2026", DAY(2026, 12, 31)), ("2024-02", DAY(2024, 2, 29)), ("2026-11-29", DAY(2026, 11, 29))]
)
def test_a_date_is_past_when_all_of_it_is(written: str, last: datetime.date) -> None:
    day = partial_date(written)
    assert not is_past(day, last) and is_past(day, last + datetime.timedelta(days=1))
    assert not is_past(day, None) and not is_past(None, last)


@pytest.mark.parametrize(
    ("day", "months", "then"),
    [
        (DAY(2024, 11, 29), 24, DAY(2026, 11, 29)),
        (DAY(2026, 1, 31), 1, DAY(2026, 2, 28)),
        (DAY(2023, 12, 31), 2, DAY(2024, 2, 29)),
        (DAY(2026, 12, 1), 1, DAY(2027, 1, 1)),
        (DAY(2026, 5, 5), 0, DAY(2026, 5, 5)),
        (DAY(9999, 12, 1), 100_000, DAY.max),
        (DAY(9998, 12, 31), 12, DAY(9999, 12, 31)),
    ],
)
def test_so_many_months_after(day: datetime.date, months: int, then: datetime.date) -> None:
    assert months_after(day, months) == then


@pytest.mark.parametrize(
    ("review_by", "looked", "overdue"),
    [
        ("2026-11-28", [], True),
        ("2026-11-29", [], False),
        ("2026-11-28", ["2026-11-27"], True),
        ("2026-11-28", ["2026-11-28"], False),
        ("2026-10", ["2026-10-02"], False),
        ("2025", ["2024-12-31", "2026"], False),
        ("2025", ["2024-12-31"], True),
    ],
)
def test_a_review_is_overdue_until_somebody_has_looked(review_by: str, looked: list[str], overdue: bool) -> None:
    days = [day for one in looked if (day := partial_date(one))]
    assert is_overdue(partial_date(review_by), days, DAY(2026, 11, 29)) is overdue
    assert not is_overdue(partial_date(review_by), days, None) and not is_overdue(None, days, DAY.max)
