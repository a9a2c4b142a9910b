"""Tables from anybody: every encoding, quote, size and sign; what is wrong costs its neighbours nothing."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from auzolan.intake.tables import reading
from auzolan.intake.tables.reading import MAX_CELL, MAX_LINES, MAX_RECORD, Row, Table, UnusableTable, open_table
from auzolan.model.diagnostics import Diagnostic


def table(folder: Path, data: bytes | str, **more: str) -> Table:
    path = folder / "t.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return open_table(path, "t.csv", **more)


def read(made: Table) -> tuple[list[Row], list[tuple[str, int, int]]]:
    told: list[Diagnostic] = []
    rows = list(made.rows(told.append))
    return rows, [(one.code, one.location.line, one.location.column) for one in told]


def cells(folder: Path, data: bytes | str, **more: str) -> list[tuple[str, ...]]:
    rows, told = read(table(folder, data, **more))
    assert told == []
    return [row.cells for row in rows]


def test_rows_have_the_line_on_which_they_begin(tmp_path: Path) -> None:
    made = table(tmp_path, 'id,name\n1, Growers \n\n2,"Two\nlines, ""quoted"""\r\n3,Mill\n')
    assert made.header == ("id", "name")
    assert read(made) == ([Row(2, ("1", "Growers")), Row(4, ("2", 'Two\nlines, "quoted"')), Row(6, ("3", "Mill"))], [])


@pytest.mark.parametrize(
    ("data", "encoding", "told"),
    [
        ("id,name\n1,Forn Comú\n".encode(), "utf-8", ""),
        ("id,name\n1,Forn Comú\n".encode("utf-8-sig"), "utf-8-sig", ""),
        ("id,name\n1,Forn Comú\n".encode("utf-16"), "utf-16", "UTF-16"),
        ("\ufeffid,name\n1,Forn Comú\n".encode("utf-16-be"), "utf-16", "UTF-16"),
        ("id,name\n1,Forn Comú\n".encode("utf-16-le"), "utf-16-le", "no mark"),
        ("id,name\n1,Forn Comú\n".encode("utf-16-be"), "utf-16-be", "no mark"),
        ("id,name\n1,Forn Comú\n".encode("utf-32"), "utf-32", "UTF-32"),
        ("id,name\n1,Forn Comú\n".encode("latin-1"), "cp1252", "Windows-1252 (Latin-1)"),
        (b"id,name\r1,Forn Com\xfa\r", "cp1252", "Windows-1252"),
    ],
)
def test_encodings_are_found_and_told(tmp_path: Path, data: bytes, encoding: str, told: str) -> None:
    made = table(tmp_path, data)
    assert (made.encoding, bool(made.told)) == (encoding, bool(told)) and told in made.told
    assert cells(tmp_path, data) == [("1", "Forn Comú")]


def test_an_encoding_may_be_named(tmp_path: Path) -> None:
    assert cells(tmp_path, "id,name\n1,Кооператив\n".encode("koi8-r"), encoding="koi8-r") == [("1", "Кооператив")]
    for name in ("klingon", "base64", "hex", "rot13", "zlib"):
        with pytest.raises(UnusableTable, match="is not an encoding"):
            table(tmp_path, "id\n", encoding=name)


def test_bytes_that_are_no_letters_empty_their_cell_alone(tmp_path: Path) -> None:
    rows, told = read(table(tmp_path, b"id,name\n1,Com\x9d\n2,\xff\xfe\n3,Mill\n", encoding="utf-8"))
    assert [row.cells for row in rows] == [("1", ""), ("2", ""), ("3", "Mill")]
    assert told == [("Y008", 2, 2), ("Y008", 3, 2)]


@pytest.mark.parametrize("sign", [",", ";", "\t", "|"])
def test_what_stands_between_cells_is_found(tmp_path: Path, sign: str) -> None:
    data = f'"a, b; c|d"{sign}name{sign}x\n1{sign}Mill{sign}\n'
    assert table(tmp_path, data).delimiter == sign
    assert cells(tmp_path, data) == [("1", "Mill", "")]


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "is empty"),
        (b"\n\n \n", "is empty"),
        (b"\xef\xbb\xbf", "is empty"),
        ("id,name,id\n", "two columns of t.csv are called `id`"),
        ("id,,name\n", "column 2 of t.csv has no usable name"),
        ("id,na{me}\n", "column 2 of t.csv has no usable name"),
        ('id,"name\n', "a quotation mark is not closed"),
        (",".join(map(str, range(501))), "names 501 columns"),
        ("x" * (MAX_RECORD + 5), "more than 1,000,000 characters"),
    ],
)
def test_what_is_no_table_is_refused(tmp_path: Path, data: bytes | str, said: str) -> None:
    with pytest.raises(UnusableTable, match=said.replace("{", r"\{")):
        table(tmp_path, data)


def test_a_file_that_cannot_be_read_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for path in (tmp_path, tmp_path / "lost.csv"):
        with pytest.raises(UnusableTable):
            open_table(path, "t.csv")
    monkeypatch.setattr(reading, "MAX_FILE", 3)
    with pytest.raises(UnusableTable, match="more than 3 bytes"):
        table(tmp_path, "id,name\n")


def test_broken_rows_cost_no_other(tmp_path: Path) -> None:
    data = 'id,name\n1,a\n2\n3,b,c\n4,"open\n5,d\n6,"x"y\n7,e,,\n8,f\n'
    rows, told = read(table(tmp_path, data))
    assert [row.cells for row in rows] == [("1", "a"), ("5", "d"), ("7", "e"), ("8", "f")]
    assert told == [("B001", 3, 0), ("B001", 4, 0), ("B001", 5, 0), ("B001", 7, 0)]


def test_quotes_within_a_text_are_letters(tmp_path: Path) -> None:
    assert cells(tmp_path, 'id,name\n1,5" pipe\n2,a "b" c\n3,""\n') == [("1", '5" pipe'), ("2", 'a "b" c'), ("3", "")]


def test_a_quote_that_stays_open_takes_in_so_many_lines_and_no_more(tmp_path: Path) -> None:
    many = "".join(f"{number},x\n" for number in range(2 * MAX_LINES))
    rows, told = read(table(tmp_path, f'id,name\n0,"open\n{many}'))
    assert len(rows) == 2 * MAX_LINES and told == [("B001", 2, 0)]


def test_large_cells_and_rows(tmp_path: Path) -> None:
    large, huge = "x" * (MAX_CELL + 1), "x" * 10_000_000
    rows, told = read(table(tmp_path, f'id,name\n1,{large}\n2,{huge}\n3,"{"y" * 200_000}"\n4,Mill\n'))
    assert [row.cells for row in rows] == [("1", ""), ("4", "Mill")]
    assert told == [("B002", 2, 2), ("B002", 3, 0), ("B002", 4, 0)]


def test_too_many_rows_are_told_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "MAX_ROWS", 2)
    rows, told = read(table(tmp_path, "id,name\n1,a\n2,b\n3,c\n4,d\n"))
    assert len(rows) == 2 and told == [("B002", 4, 0)]


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("=1+1", "B004"),
        ("=cmd|' /C calc'!A0", "B004"),
        ("@SUM(1+1)", "B004"),
        ("#NAME?", "B004"),
        ("#DIV/0!", "B004"),
        ("#NAME? we asked", ""),
        ("#solidarity", ""),
        ("+cmd|' /C calc'!A0", "B004"),
        ("a\x00b", "Y009"),
        ("a\x1bb", "Y009"),
        ("\u202eabc", "Y009"),
        ("a\u200bb", "Y009"),
        ("+34 (93) 000 00 00", ""),
        ("-5.2", ""),
        ("@home", ""),
        ("-Ism (the group)", ""),
        ("- a dash", ""),
        ("+" + "a" * 5000, ""),
    ],
)  # fmt: skip
def test_cells_that_would_act_or_hide(tmp_path: Path, cell: str, code: str) -> None:
    rows, told = read(table(tmp_path, f"id,name\n1,{cell}\n2,Mill\n"))
    assert rows == [Row(2, ("1", "" if code else cell)), Row(3, ("2", "Mill"))]
    assert told == ([(code, 2, 2)] if code else [])


TEXTS = st.text(
    st.characters(min_codepoint=32, blacklist_categories=("Cs", "Cc", "Cf", "Cn", "Co", "Zl", "Zp")), max_size=20
)


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(TEXTS, TEXTS, TEXTS), max_size=8))
def test_what_python_writes_is_read_as_python_reads_it(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, ...]]
) -> None:
    out = io.StringIO()
    csv.writer(out).writerows([("a", "b", "c"), *rows])
    made = table(tmp_path_factory.mktemp("t"), out.getvalue(), delimiter=",")
    found, told = read(made)
    left_out = {(line, column) for _, line, column in told}
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert len(found) == len(kept)
    for row, wanted in zip(found, kept, strict=True):
        for number, (cell, said) in enumerate(zip(row.cells, wanted, strict=True), start=1):
            assert cell == ("" if (row.line, number) in left_out else said.strip())


@settings(max_examples=200, deadline=None)
@given(st.one_of(st.binary(max_size=400), st.text(alphabet='a",;\n\r\t\x00é=', max_size=400).map(str.encode)))
def test_any_bytes_are_a_table_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    try:
        made = table(tmp_path_factory.mktemp("t"), b"id,name\n" + data)
    except UnusableTable:
        return
    rows, _ = read(made)
    assert all(len(row.cells) == len(made.header) for row in rows)
