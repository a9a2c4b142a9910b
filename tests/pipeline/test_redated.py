"""Of a history that goes on only single entries tell something else; of any other everything may."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from tests.helpers import catalog

from auzolan.link import link
from auzolan.model.briefs import briefs_of
from auzolan.model.entries import History
from auzolan.pipeline.redated import goes_on, redated, retold

DAY = datetime.date(2026, 3, 10)
AA, BB = "directory/cooperatives/aa.yaml", "directory/cooperatives/bb.yaml"
OLD = History({AA: DAY, BB: DAY}, {AA: DAY, BB: DAY}, True, DAY, {AA: "2026-03-10 ~summary"})
ENTRY = "name: Aa\nsummary: They grow.\n"


@pytest.mark.parametrize(
    ("known", "day", "expected"),
    [
        (True, DAY, True),
        (True, datetime.date(2026, 12, 31), True),
        (True, datetime.date(2027, 1, 1), False),
        (True, datetime.date(2026, 3, 9), False),
        (True, None, False),
        (False, DAY, False),
    ],
)
def test_what_goes_on(known: bool, day: datetime.date | None, expected: bool) -> None:
    new = replace(OLD, known=known, build_date=day)
    assert goes_on(OLD, new) is expected
    assert goes_on(History(), History()) and not goes_on(History(), OLD)


@pytest.mark.parametrize(
    ("said", "over"),
    [
        ("", None),
        ("started: 2026-03-09\n", None),
        ("offers: [{what: space, how: lend, title: A room, until: 2026-03-10}]\n", "2026-03-11"),
        ("needs: [{what: space, how: lend, title: A room, until: 2026-03}]\n", "2026-04-01"),
        ("record: {review_by: 2026-05-02}\n", "2026-05-03"),
        ("relations: [{type: uses, to: {name: It}, until: 2026}]\nrecord: {review_by: 2026-11}\n", "2026-12-01"),
    ],
)
def test_until_the_next_of_its_dates_is_over_time_changes_nothing(said: str, over: str | None) -> None:
    made = replace(catalog({"cooperative/aa": ENTRY + said, "cooperative/bb": ENTRY}), history=OLD)
    briefs = briefs_of(made)
    _, standings = link(made, briefs)
    first = datetime.date.fromisoformat(over) if over else datetime.date.max
    for day in (DAY, first - datetime.timedelta(days=1)):
        assert redated(OLD, replace(OLD, build_date=day), briefs, standings) == set()
    if over:
        assert redated(OLD, replace(OLD, build_date=first), briefs, standings) == {"cooperative/aa"}


def test_another_day_and_another_changelog() -> None:
    briefs = briefs_of(catalog({"cooperative/aa": ENTRY, "cooperative/bb": ENTRY}))
    later = DAY + datetime.timedelta(days=1)
    new = replace(OLD, changed={AA: DAY, BB: later, "directory/cooperatives/gone.yaml": later})
    assert redated(OLD, new, briefs, {}) == {"cooperative/bb"}
    assert redated(OLD, replace(OLD, created={BB: DAY}), briefs, {}) == {"cooperative/aa"}
    assert retold(OLD, OLD, briefs) == set()
    assert retold(OLD, replace(OLD, changes={}), briefs) == {"cooperative/aa"}
