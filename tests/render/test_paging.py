"""render/lists/paging.py: an address keeps its entries when new ones come."""

from __future__ import annotations

import datetime

from hypothesis import given
from hypothesis import strategies as st
from tests.render import factory as f

from auzolan.render.lists.order import by_age
from auzolan.render.lists.paging import ALL_PAGES, BESIDE, PER_PAGE, near_and_far, on_one_page, page_numbers, slices


def ids(count: int) -> list[str]:
    """So many ids, the oldest first."""
    return [f"tool/t-{number:05}" for number in range(count)]


@given(st.integers(0, 700))
def test_everything_is_on_exactly_one_page(count: int) -> None:
    found = slices(ids(count))
    assert sorted(id_ for one in found for id_ in one.ids) == ids(count)
    assert on_one_page(count) == (len(found) == 1)
    assert [one.n for one in found] == [1, *range(len(found), 1, -1)] == list(page_numbers(count))


@given(st.integers(0, 500), st.integers(1, 60))
def test_older_pages_do_not_shift(count: int, more: int) -> None:
    before = {one.n: one for one in slices(ids(count)) if one.n > 1}
    after = {one.n: one for one in slices(ids(count + more))}
    assert all(after[n] == one for n, one in before.items())


def test_the_page_without_a_number_is_never_nearly_empty() -> None:
    assert all(len(slices(ids(count))[0].ids) >= PER_PAGE for count in range(PER_PAGE, 400))


@given(st.integers(0, 6000), st.data())
def test_a_page_leads_to_all_of_a_few_and_near_to_every_one_of_many(count: int, data: st.DataObject) -> None:
    found = slices(ids(count))
    n = data.draw(st.sampled_from([one.n for one in found]))
    shown = near_and_far(found, n)
    assert set(shown) <= set(found) and list(shown) == [one for one in found if one in shown]
    assert found[0] in shown and found[-1] in shown and n in [one.n for one in shown]
    if len(found) <= ALL_PAGES:
        assert shown == found
    else:
        assert len(shown) <= 3 + 2 * BESIDE + len(found) // 10
        # From any page to any other: to the nearest that is shown, then at most two steps beside it.
        places = [found.index(one) for one in shown]
        assert all(min(abs(place - other) for other in places) <= 5 for place in range(len(found)))


def test_nothing_is_one_empty_page() -> None:
    (only,) = slices([])
    assert (only.n, only.ids) == (1, ())


def test_age_is_the_date_and_the_undated_are_oldest() -> None:
    day = datetime.date(2026, 1, 2)
    profiles = (
        f.profile("tool/b", "B", created=day),
        f.profile("tool/a", "A", created=day),
        f.profile("tool/z", "Z"),
    )
    commons = f.commons(profiles=profiles)
    assert by_age(commons, ["tool/b", "article/casa", "tool/z", "tool/a"]) == [
        "tool/z",
        "tool/b",
        "tool/a",
        "article/casa",
    ]
