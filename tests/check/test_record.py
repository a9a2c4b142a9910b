"""C001 to C007: sources, quotations and the order of time."""

from __future__ import annotations

import pytest
from tests.helpers import clean, finds

SOURCED = "record:\n  sources:\n    page: {title: A page}\n"


def test_a_source_that_the_record_does_not_have() -> None:
    clean(SOURCED + 'members: {count: "12", source: page}\n')
    finds(SOURCED + 'members: {count: "12", source: book}\n', "C001", 4, 32)
    finds("relations:\n  - {type: partner-of, to: {name: A}, sources: [page, book]}\n", "C001", 2, 55)


def test_a_quotation_that_is_too_long() -> None:
    forty = " ".join(["word"] * 40)
    clean(f"record:\n  sources:\n    page: {{title: T, quote: {forty}}}\n")
    told = finds(f"record:\n  sources:\n    page:\n      title: T\n      quote: {forty} more\n", "C002", 5, 14)
    assert "41 words" in told.message


def test_a_date_in_the_future(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1795132800")
    clean("started: 2026-11\n")
    finds("status: active\nstarted: 2026-12\n", "C003", 2, 10)
    finds("record: {sources: {a: {title: T, accessed: 2026-11-21}}}\n", "C003", 1, 44)


def test_what_is_planned_may_begin_in_the_future() -> None:
    clean("status: planned\nstarted: 2030\n")
    clean("started: 2030\n", "plan/ten-years")


def test_without_a_date_of_the_build_nothing_lies_in_the_future() -> None:
    clean("started: 2126\n", today=None)


def test_a_source_without_title_page_or_data_set() -> None:
    finds("record:\n  sources:\n    page: {publisher: P}\n", "C004", 3, 11, only=False)


def test_something_that_ended_before_it_began() -> None:
    clean("started: 2010-05\nended: 2010\n")
    finds("started: 2010-05\nended: 2010-04\n", "C005", 2, 8)


def test_an_entry_without_sources() -> None:
    told = finds("name: Growers\nrecord: {as_of: 2020}\n", "C006", 1, 1)
    assert told.severity == "warning"


def test_an_entry_that_speaks_for_itself_needs_no_source() -> None:
    clean("record: {submitted_by: itself}\n")


def test_sources_of_articles() -> None:
    text = "---\ntitle: A mill\ndate: {}\nsummary: Shared.\nsources:\n  a: {{{}}}\n---\nWords.\n"
    clean("", articles={"mill.md": text.format("2026-11-01", "title: T")})
    finds("", "C004", 6, 6, articles={"mill.md": text.format("2026-11-01", "publisher: P")}, only=False)
    finds("", "C003", 3, 7, articles={"mill.md": text.format("2027-01-01", "title: T")})


def test_a_name_to_be_thanked_by() -> None:
    clean("record: {submitted_by: itself, thanks: [Ana from the mill, Grup d'estudi nº 3, '@ana']}\n")


@pytest.mark.parametrize(
    "name", ["ana@mill.example", "Ana <ana@mill.example>", "https://mill.example", "see www.mill.example"]
)
def test_a_name_to_be_thanked_by_that_is_an_address(name: str) -> None:
    finds(f"record: {{submitted_by: itself, thanks: [Ana, '{name}']}}\n", "C007", 1, 46)
    finds(f"record: {{submitted_by: itself, thanks: {{en: '{name}'}}}}\n", "C007", 1, 45, only=False)
