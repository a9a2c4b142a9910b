"""O001 to O005: what time alone makes of entries and articles, whose move it is, and what is most urgent."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import replace

from tests.helpers import MINE, catalog, declarations

from auzolan.check.freshness import Stale, stale
from auzolan.model.entries import History
from auzolan.model.text import fingerprint

DAY = datetime.date
TODAY = DAY(2026, 11, 29)
RECENT = "record: {verified: [{on: 2026-10, how: website}], sources: {p: {title: T}}}\n"


def found(
    yaml: str, id_: str = MINE, *, today: DAY = TODAY, changed: Mapping[str, DAY] | None = None, **more: object
) -> list[Stale]:
    made = catalog({id_: yaml}, **more)  # type: ignore[arg-type]
    return stale(replace(made, history=History({}, changed or {}, True, None)), today)


def only(told: list[Stale], code: str, line: int, column: int) -> Stale:
    assert [(one.finding.code, one.finding.location.line, one.finding.location.column) for one in told] == [
        (code, line, column)
    ], told
    return told[0]


def test_a_date_to_look_again_has_passed_the_day_after() -> None:
    yaml = "record:\n  review_by: 2026-11-28\n  sources: {p: {title: T}}\n"
    one = only(found(yaml), "O001", 2, 14)
    assert (one.since, one.days) == (DAY(2026, 11, 29), 0)
    assert "verified: [{on: 2026-11-29" in one.finding.hint
    assert found(yaml, today=DAY(2026, 11, 28)) == []


def test_a_month_or_a_year_has_passed_when_all_of_it_has() -> None:
    assert found("record: {review_by: 2026-11}\n") == []
    assert only(found("record: {review_by: 2025}\n"), "O001", 1, 21).since == DAY(2026, 1, 1)


def test_who_says_when_to_look_again_is_not_asked_before() -> None:
    assert found("record: {as_of: 1999, review_by: 2027}\n") == []
    assert [one.finding.code for one in found("record: {as_of: 1999, review_by: 2020}\n")] == ["O001"]


def test_who_has_looked_since_answers_a_date_to_look_again() -> None:
    yaml = "record: {review_by: 2026-05, verified: [{on: 2026-05-02, how: visit}]}\n"
    assert found(yaml) == []
    # From then on the kind's own period counts.
    assert [one.finding.code for one in found(yaml, today=DAY(2028, 5, 3))] == ["O004"]


def test_offers_and_needs_that_have_ended() -> None:
    yaml = (
        RECENT + "offers:\n  - {title: Room, what: space, until: 2026-06}\n  - {title: Van, what: space, until: 2027}\n"
    )
    one = only(found(yaml), "O002", 3, 39)
    assert one.since == DAY(2026, 7, 1) and one.days == 151
    needs = RECENT + "needs:\n  - {title: Room, what: space, until: 2026-06-01}\n"
    only(found(needs), "O002", 3, 39)


def test_a_translation_is_outdated_when_its_text_reads_differently() -> None:
    then = "summary: {en: They grow., ca: Conreen.}\n"
    kept = f"record: {{as_of: 2026, translations: {{ca: {{summary: {{status: checked, of: {fingerprint('They grow.')}}}}}}}}}\n"
    assert found(then + kept) == []
    one = only(found(then.replace("grow", "sow") + kept, changed={"directory/cooperatives/growers.yaml": DAY(2026, 11, 1)}), "O003", 2, 74)  # fmt: skip
    assert one.move.who == "translators" and one.move.language == "ca"
    assert one.since == DAY(2026, 11, 1)
    assert fingerprint("They sow.") in one.finding.hint


def test_a_short_fingerprint_will_do_and_a_shorter_one_is_none() -> None:
    text = "summary: {en: They grow., ca: Conreen.}\n"
    record = "record: {as_of: 2026, translations: {ca: {summary: {status: checked, of: %s}}}}\n"
    assert found(text + record % f'"{fingerprint("They grow.")[:6].upper()}"') == []
    assert [one.finding.code for one in found(text + record % f'"{fingerprint("They grow.")[:5]}"')] == ["O003"]


def test_a_translation_of_a_text_that_is_gone() -> None:
    yaml = 'description: {ca: Conreen.}\nrecord: {as_of: 2026, translations: {ca: {description: {status: draft, of: "abcdef"}}}}\n'
    (one,) = found(yaml)
    assert "is gone" in one.finding.message and one.since is None and one.days == 0


def test_a_translated_article_that_changed_before_its_text() -> None:
    head = "---\ntitle: {}\ndate: 2026-01-01\nsummary: S\n{}---\nWords.\n"
    articles = {
        "pooling.md": head.format("Pooling", ""),
        "pooling.ca.md": head.format("Fer pinya", "translators: [A]\n"),
    }
    days = {"content/articles/pooling.md": DAY(2026, 5, 2), "content/articles/pooling.ca.md": DAY(2026, 5, 1)}
    one = only(found(RECENT, articles=articles, changed=days), "O003", 1, 1)
    assert (one.id, one.name, one.move.language) == ("article/pooling", "Fer pinya", "ca")
    assert one.finding.location.path == "content/articles/pooling.ca.md"
    assert found(RECENT, articles=articles, changed={**days, "content/articles/pooling.ca.md": DAY(2026, 5, 2)}) == []
    # What the front matter says of a change counts before the history.
    said = {**articles, "pooling.ca.md": head.format("Fer pinya", "translators: [A]\nmodified: 2026-05-03\n")}
    assert found(RECENT, articles=said, changed=days) == []


def test_two_originals_are_no_translations_of_each_other() -> None:
    head = "---\ntitle: T\ndate: 2026-01-01\nsummary: S\n---\nWords.\n"
    days = {"content/articles/a.md": DAY(2026, 5, 2), "content/articles/a.ca.md": DAY(2026, 5, 1)}
    assert found(RECENT, articles={"a.md": head, "a.ca.md": head}, changed=days) == []


def test_nobody_has_looked_for_longer_than_the_kind_allows() -> None:
    months = declarations().kinds["cooperative"].review_months
    assert months == 24
    yaml = "record:\n  sources:\n    page: {title: T, published: 2012, accessed: 2024-11-28}\n"
    one = only(found(yaml), "O004", 3, 49)
    assert one.finding.message == "what is known here is of 2024-11-28" and one.since == DAY(2026, 11, 29)
    assert found(yaml, today=DAY(2026, 11, 28)) == []
    assert found(yaml, id_="plan/hill") == []


def test_whatever_was_done_last_counts() -> None:
    old = "record:\n  as_of: 2015\n  sources: {p: {title: T, accessed: 2020-01-01}}\n"
    assert only(found(old), "O004", 3, 37)
    assert found(old + "  verified: [{on: 2015-01-01, how: visit}, {on: 2026-01-01, how: website}]\n") == []


def test_that_a_page_links_here_is_no_look_at_the_entry() -> None:
    yaml = 'record:\n  as_of: 2015\n  linked_from: {url: "https://a.example/", on: 2026-11-01}\n'
    only(found(yaml), "O004", 2, 10)


def test_without_any_date_the_files_own_counts_and_without_that_nothing() -> None:
    yaml = "record: {sources: {p: {title: T}}}\n"
    assert found(yaml) == []
    path = "directory/cooperatives/growers.yaml"
    assert found(yaml, changed={path: DAY(2025, 1, 1)}) == []
    one = only(found(yaml, changed={path: DAY(2024, 1, 1)}), "O004", 1, 9)
    assert "the file is of 2024-01-01" in one.finding.message


def test_old_statements_unless_they_have_ended() -> None:
    yaml = (
        RECENT + "relations:\n  - {type: partner-of, to: {name: A}, as_of: 2014}\n"
        "  - {type: partner-of, to: {name: B}, as_of: 2014, until: 2016}\n  - {type: partner-of, to: {name: C}, as_of: 2026}\n"
    )
    one = only(found(yaml), "O005", 3, 46)
    assert one.finding.message == "`relations` was last known to be so in 2014"
    only(found(RECENT + 'members: {count: "12", as_of: 2020}\n'), "O005", 2, 31)


def test_what_is_over_or_an_example_does_not_grow_old() -> None:
    old = "record: {as_of: 2001, review_by: 2002}\n"
    assert len(found(old)) == 1
    for line in ("status: closed\n", "status: merged\n", "ended: 2010\n", "example: yes\n"):
        assert found(line + old) == [], line


def test_whose_move_it_is() -> None:
    reach = 'website: "https://hill.coop"\ncontact: {email: info@hill.coop}\n'
    old = "record: {review_by: 2020, submitted_by: %s}\n"
    (theirs,) = found(reach + old % "itself")
    assert (theirs.move.who, dict(theirs.move.reach)) == (
        "group",
        {"email": "info@hill.coop", "url": "https://hill.coop"},
    )
    (ours,) = found(reach + old % "third-party")
    assert ours.move.who == "keepers" and ours.move.reach["email"] == "info@hill.coop"
    (nobody,) = found(old % "itself")
    assert nobody.move.who == "keepers" and not nobody.move.reach
    offer = RECENT + "offers: [{title: Room, what: space, until: 2020}]\n"
    assert [one.move.who for one in found(offer)] == ["keepers"]
    assert [one.move.who for one in found(reach + offer)] == ["group"]


def test_the_most_urgent_comes_first() -> None:
    old = "name: N\nsummary: S\n"
    made = catalog(
        {
            "tool/a": old + "record: {as_of: 2001}\n",
            "tool/b": old + "record: {review_by: 2025}\n",
            "tool/c": old + "record: {review_by: 2020}\n",
            "cooperative/d": old + RECENT + "offers: [{title: R, what: space, until: 2024}]\n",
        }
    )
    order = [one.id for one in stale(made, TODAY)]
    assert order == ["tool/c", "tool/b", "cooperative/d", "tool/a"]
    assert [one.id for one in stale(made, TODAY, {"cooperative"})] == ["cooperative/d"]


def test_dates_at_the_end_of_the_calendar_are_no_fault() -> None:
    assert found("record: {review_by: 9999-12-31}\n", today=DAY(9999, 12, 31)) == []
    assert found("record: {as_of: 9998}\n", today=DAY(9999, 12, 31)) == []
