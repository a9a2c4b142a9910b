"""render/entry/log.py: what the page of an entry tells of its changes, and whom it thanks."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.render import factory as f
from tests.render import site as s
from tests.render.test_entries import with_profile, with_values

from auzolan.model.changes import mark_of
from auzolan.model.commons import Commons
from auzolan.render.desk import desk_of
from auzolan.render.entry.entries import units_of
from auzolan.render.entry.log import SHOWN, log_of

PATH = f.commons().profiles["cooperative/oven"].path


def logged(*lines: str, path: str = PATH, **more: object) -> Commons:
    """The commons with a changelog of one entry."""
    made = f.commons(**more)
    history = replace(made.catalog.history, changes={path: "\n".join(lines)})
    return replace(made, catalog=replace(made.catalog, history=history))


def log(commons: Commons, language: str = "en") -> dict[str, object] | None:
    """The log of that entry."""
    shared = s.context(commons)
    return log_of(desk_of(commons, shared, shared.speakers[language]), commons.profiles["cooperative/oven"])


def told(commons: Commons, language: str = "en") -> list[str]:
    """Each of its lines, without its day."""
    rows = log(commons, language)["rows"]
    return ["; ".join(f"{one['how']} {one['words']}".strip() for one in row["told"]) for row in rows]


def test_an_entry_that_nobody_changed_has_no_log() -> None:
    assert log(f.commons()) is None
    assert log(logged(f"2026-01-01 added *{mark_of('Ana')}")) is None


def test_that_a_file_was_written_otherwise_concerns_no_reader() -> None:
    assert log(logged("2026-05-03 layout")) is None
    found = log(logged("2026-05-03 layout", "2026-02-03 ~topics"))
    assert found["title"] == "Last changed 3 February 2026, 1 change"
    assert found["rows"][0]["iso"] == "2026-02-03"


def test_changes_are_told_by_the_labels_of_fields() -> None:
    commons = logged("2026-11-20 ~summary@ca ~summary@ar +record.sources -started", "2026-05-03 ~topics")
    assert told(commons)[:2] == [
        "added Sources; changed Summary (Catalan, Arabic); taken out Started",
        "changed Topics",
    ]
    assert log(commons)["title"] == "Last changed 20 November 2026, 2 changes"
    assert "canvis" in log(commons, "ca")["title"]


def test_the_day_on_which_it_was_listed_ends_the_log() -> None:
    commons = logged("2026-11-20 ~topics")
    rows = log(commons)["rows"]
    assert rows[-1]["iso"] == commons.profiles["cooperative/oven"].created.isoformat()
    assert rows[-1]["told"] == [{"how": "listed", "words": ""}]


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("2026-05-03", "changed"),
        ("2026-05-03 moved", "another address"),
        ("2026-05-03 ~no_such_field +__class__ ~record.nothing", "changed"),
    ],
)
def test_what_is_not_known_is_not_told(line: str, expected: str) -> None:
    assert told(logged(line))[0] == expected


def test_a_relation_names_only_whom_the_entry_names_now() -> None:
    commons = f.commons()
    relation = commons.profiles["cooperative/oven"].relations[0]
    other = next(
        end.entry for end in (relation.object, relation.subject) if end.entry not in (None, "cooperative/oven")
    )
    now = told(logged(f"2026-05-03 ~relations={relation.type}:{other}"))[0]
    assert not now.endswith("…") and now.startswith("changed ")
    gone = told(logged(f"2026-05-03 -relations={relation.type}:tool/somebody-else"))[0]
    assert gone.endswith("…") and "somebody" not in gone
    assert told(logged("2026-05-03 -relations=no-such-type:tool/x"))[0] == "taken out Relations"


def test_only_those_are_thanked_whom_the_entry_thanks_now() -> None:
    commons = logged(f"2026-05-03 ~topics *{mark_of('Ana & co')} *{mark_of('Gone')}")
    assert [row["thanks"] for row in log(commons)["rows"]] == ["", ""]
    thanked = with_values(commons, "cooperative/oven", record={"thanks": ({"en": "Ana & co"},)})
    assert log(thanked)["rows"][0]["thanks"] == "Thanks to Ana & co"


def test_a_long_history_is_counted_by_years() -> None:
    lines = [f"2026-05-{day:02} ~topics" for day in range(28, 28 - SHOWN - 3, -1)]
    made = log(logged(*lines, "2025 x4", "2024 x1"))
    assert len([row for row in made["rows"] if row["told"][0]["how"] == "changed"]) == SHOWN
    assert made["earlier"] == ["2026: 3 changes", "2025: 4 changes", "2024: 1 change"]
    assert f"{SHOWN + 8} changes" in made["title"]


def test_the_page_folds_it_and_escapes_names() -> None:
    commons = logged(f"2026-05-03 ~topics *{mark_of(f.HOSTILE)}")
    commons = with_values(commons, "cooperative/oven", record={"thanks": ({"en": f.HOSTILE},)})
    html = s.built(commons, units_of)["cooperatives/oven.html"]
    page = s.tree(html)
    assert len(page.xpath("//details[@class='log']")) == 1
    assert "Last changed" in page.xpath("string(//details[@class='log']/summary)")
    assert f.HOSTILE in page.xpath("string(//details[@class='log'])")
    assert not page.xpath("//details[@class='log']//script") and not s.faults(html)


def test_the_log_of_a_withdrawn_entry_is_not_told() -> None:
    commons = with_profile(logged("2026-05-03 ~topics"), "cooperative/oven", withdrawn=True, values={})
    assert "Last changed" not in s.built(commons, units_of)["cooperatives/oven.html"]
