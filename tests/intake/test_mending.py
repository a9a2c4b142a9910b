"""What is mechanical is mended and said, and every other byte stays; what would change a meaning is left."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.helpers import declarations
from tests.helpers import settings as site_settings
from tests.intake.files import TOOL, file_of
from tests.running import ROOT, SITES

from auzolan.check import check
from auzolan.intake.mending import mended
from auzolan.intake.spacing import as_bytes, is_tidy, spaced, words_of
from auzolan.intake.written import read, understood
from auzolan.load.articles import load_article
from auzolan.load.entries import load_entry
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog, History

ARTICLE = "content/articles/one.md"


def found(data: bytes, where: str, folder: Path) -> list[Diagnostic]:
    """All findings in the file at `where` that holds `data`."""
    path = folder / where
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    entries, articles = {}, ()
    if where.endswith(".md"):
        article, told = load_article(path, folder, "articles", "en", ("en", "ca"))
        articles = (article,) if article else ()
    else:
        kind = declarations().kind_of_folder(where.split("/")[1])
        assert kind
        entry, told = load_entry(path, kind, folder)
        entries = {entry.id: entry} if entry else {}
    catalog = Catalog(site_settings(folder), declarations(), entries, articles, (), {}, History())
    return [*told, *check(catalog)]


def mend(text: str | bytes, folder: Path, where: str = TOOL) -> tuple[str, tuple[str, ...]]:
    """The text mended, and what was mended; a second time there is nothing to mend."""
    data = text if isinstance(text, bytes) else text.encode()
    done = mended(file_of(where, folder), data, found(data, where, folder))
    again = mended(file_of(where, folder), done.data, found(done.data, where, folder))
    assert again.data == done.data and not again.what
    return done.data.decode(), done.what


def test_a_words_other_name_becomes_its_id_and_nothing_else_changes(tmp_path: Path) -> None:
    text = '# Why  we know it\nname: "Forn"   # its name\nstatus: \'Actiu\' # sure\ntopics: [ commons,"Moneda comunitària" ]\n'
    now, what = mend(text, tmp_path)
    assert now == text.replace("'Actiu'", "active").replace('"Moneda comunitària"', now.split(",")[1].split(" ]")[0])
    assert what == ("`'Actiu'` → `active` in line 3", what[1]) and "in line 4" in what[1]


def test_an_id_that_others_would_read_as_something_else_is_quoted(tmp_path: Path) -> None:
    text = "places:\n  - country: norway\n  - country: es\n    region: es-ct\n"
    now, _ = mend(text, tmp_path, "directory/cooperatives/x.yaml")
    assert now == 'places:\n  - country: "NO"\n  - country: ES\n    region: ES-CT\n'


def test_several_words_in_a_line_and_letters_in_two_parts_before_them(tmp_path: Path) -> None:
    now, what = mend("topics: [Educacio\u0301 cooperativa, Comuns, commons]\n", tmp_path)
    assert now == "topics: [cooperative-education, commons, commons]\n" and len(what) == 2


def test_what_a_word_over_several_lines_or_in_a_block_means_is_left(tmp_path: Path) -> None:
    text = "status: >-\n  Actiu\ncategory: communication and\n  collaboration x\n"
    assert mend(text, tmp_path) == (text, ())


@pytest.mark.parametrize(
    ("before", "after", "what"),
    [
        ("name: A  \nsummary: B\t\n", "name: A\nsummary: B\n", "blanks at the end of 2 lines"),
        ("name: A", "name: A\n", "the end of the file"),
        ("name: A\n\n\n", "name: A\n", "the end of the file"),
        ("\ufeffname: A\n", "name: A\n", "a byte-order mark"),
        ("name: A\r\nsummary: B\n", "name: A\r\nsummary: B\r\n", "line ends of two sorts"),
        ("name: e\u0301\n", "name: é\n", "letters in their normal form (NFC)"),
        (
            "e\u0301e\u0301e\u0301: |\n  a  \nname: A  \n",
            "ééé: |\n  a  \nname: A\n",
            "letters in their normal form (NFC)",
        ),
        ("# e\u0301  \nname: A\n", "# é\nname: A\n", "letters in their normal form (NFC)"),
        ("name: 'A\n  b  \n  c'\n", "name: 'A\n  b\n  c'\n", "blanks at the end of 1 line"),
    ],
)
def test_spacing(tmp_path: Path, before: str, after: str, what: str) -> None:
    now, told = mend(before, tmp_path)
    assert now == after and told[0] == what


@pytest.mark.parametrize(
    "text",
    [
        "description: |\n  a  \n  b\n   \nname: A\n",
        "description: |+\n  a\n\n\n",
        "to_start:\n  money: |\n    a  \n      b \n  people: x\n",
        "description: |2\n    a  \n  b\nname: A  \n",
        "name: A\r\nsummary: B\r\n",
        'name: "a\\  \n  b"\n',
    ],
)
def test_blanks_that_are_said_stay(tmp_path: Path, text: str) -> None:
    assert mend(text, tmp_path) == (text, ())


@pytest.mark.parametrize("text", ["name: [  \n", "name: A  \nname: B\n", "\ttabs: x  \n", "name: A\x00  \n"])
def test_a_file_that_cannot_be_read_is_left(tmp_path: Path, text: str) -> None:
    data = text.encode()
    assert mended(file_of(), data, []).data == data


def test_an_article_keeps_the_blanks_of_its_markdown(tmp_path: Path) -> None:
    text = "---  \ntitle: A  \ntopics: [Comuns]\n---\nA line.  \nAnother: cafe\u0301.  "
    now, what = mend(text, tmp_path, ARTICLE)
    assert now == "---  \ntitle: A\ntopics: [commons]\n---\nA line.  \nAnother: café.  \n"
    assert what == (
        "letters in their normal form (NFC)", "`Comuns` → `commons` in line 3", "blanks at the end of 1 line"
    )  # fmt: skip


def test_words_in_a_flat_header_are_mended_in_their_place(tmp_path: Path) -> None:
    now, _ = mend("Title: A\nTags: commons,  Educació cooperativa , other\n\nWords.\n", tmp_path, ARTICLE)
    assert now == "Title: A\nTags: commons,  cooperative-education , other\n\nWords.\n"


def test_a_finding_that_is_out_of_place_mends_nothing(tmp_path: Path) -> None:
    from auzolan.model.diagnostics import Location
    from auzolan.model.rules import finding

    data = b"name: A\nstatus: Actiu\nsummary: B\n"
    wrong = [finding("V002", "w", Location(TOOL, 3, 4, 4), "h", "active")]
    assert mended(file_of(), data, wrong).data == data


LINES = st.sampled_from(
    ["name: A", "summary: {en: B,  ca: C }", "status: Actiu", "topics: [Comuns, x]", "# e\u0301 words", "description: |",
     "  a  ", "  - b ", "    c", "", "aliases:", "- d", "  e: f", "website: 'x", "  y'", "topics: >-", "licence: e\u0301"]
)  # fmt: skip


@settings(deadline=None, max_examples=150)
@given(st.lists(st.tuples(LINES, st.sampled_from(["", " ", "  ", "\t"])), max_size=12), st.sampled_from(["\n", "\r\n"]))
def test_whatever_the_file_only_spacing_and_words_change(
    tmp_path_factory: pytest.TempPathFactory, lines: list[tuple[str, str]], end: str
) -> None:
    folder = tmp_path_factory.getbasetemp() / "mending"
    text = end.join(line + blank for line, blank in lines)
    now, what = mend(text, folder)
    said, _ = read(file_of(), text.encode())
    if said is None:
        assert now == text
        return
    if is_tidy(text.encode()):
        assert as_bytes(spaced(file_of(), said).text, text.encode()) == (text.encode(), ())
    after, findings = understood(file_of(), now.replace("\r\n", "\n"))
    assert after is not None and not findings
    swapped = {"Actiu": "active", "Comuns": "commons"}
    expected = str(words_of(said))
    for old, new in swapped.items():
        expected = expected.replace(f"'{old}'", f"'{new}'")
    actual = str(words_of(after))
    for old, new in swapped.items():
        actual = actual.replace(f"'{old}'", f"'{new}'")
    assert actual == expected and (what or now == text)


@pytest.mark.parametrize(
    "folder", [ROOT, SITES / "everything", SITES / "minimal"], ids=["real", "everything", "minimal"]
)
def test_the_files_here_need_no_mending(folder: Path) -> None:
    for path in sorted(folder.glob("directory/*/*.yaml")):
        where = path.relative_to(folder).as_posix()
        if declarations().kind_of_folder(where.split("/")[1]):
            assert not mended(file_of(where), path.read_bytes(), []).what, where
