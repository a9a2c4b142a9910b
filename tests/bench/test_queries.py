"""Judged questions: the files are sound and answerable, what is unsound is said, and a small run goes from end to end."""

from __future__ import annotations

import json
import sys
from collections import Counter
from pathlib import Path

import pytest
from bench.queries import collection, contenders
from bench.queries.__main__ import main
from bench.queries.collection import Collection, cisi, reference, shipped
from bench.queries.contenders import ours, theirs
from bench.queries.questions import COLUMNS, LANGUAGES, TYPES, Question, Unsound, read_questions

from auzolan.model.pages import Document

HERE = collection.HERE
GOOD = "s1\ten\ten\tname\tsom energia\tcooperative/som-energia=2"


def _file(folder: Path, *lines: str, name: str = "x.tsv") -> Path:
    path = folder / name
    path.write_text("\n".join(["\t".join(COLUMNS), *lines]) + "\n", "utf-8")
    return path


def _document(id_: str, title: str, body: str) -> Document:
    return Document(id_, "tool", "en", f"{id_}.html", title, body, "", ((8.0, title), (1.0, body)))


def test_the_questions_are_many_and_of_all_sorts() -> None:
    for name in ("shipped.tsv", "reference.tsv"):
        questions = read_questions(HERE / name)
        assert len(questions) >= 150
        assert {one.language for one in questions} == set(LANGUAGES)
        assert {one.type for one in questions} == set(TYPES)
        halves = Counter(one.half for one in questions)
        assert abs(halves["odd"] - halves["even"]) <= 1
        twice = Counter((one.page, one.query.casefold()) for one in questions)
        assert twice.most_common(1)[0][1] == 1
        assert str(len(questions)) in (HERE / "README.md").read_text("utf-8")


def test_what_is_expected_is_in_the_commons() -> None:
    found = shipped()
    known = {one.id for one in found.documents["en"]}
    assert all(set(one.expected) <= known for one in found.questions)
    assert set(found.documents) >= {one.page for one in found.questions}


def test_rows_of_tables_are_known_by_kind_and_id_alone() -> None:
    ids = {id_ for one in read_questions(HERE / "reference.tsv") for id_ in one.expected}
    assert {id_.partition("/")[0] for id_ in ids} == {"cooperative", "tool"}


@pytest.mark.parametrize(
    ("line", "reason"),
    [
        (GOOD, "twice"),
        ("s2\ten\ten\tname\tx", "5 cells instead of 6"),
        ("2s\ten\ten\tname\tx\ta=2", "no letter and number"),
        ("s2\tde\ten\tname\tx\ta=2", "`de` is none of"),
        ("s2\ten\ten\tpoem\tx\ta=2", "`poem` none of"),
        ("s2\ten\ten\tname\t \ta=2", "the query is empty"),
        ("s2\ten\ten\tname\tcafe\u0301\ta=2", "composed form"),
        ("s2\ten\ten\tname\tx\ta", "write id=2"),
        ("s2\ten\ten\tname\tx\ta=3", "write id=2"),
        ("s2\ten\ten\tname\tx\ta=2 a=1", "each id once"),
        ("s2\ten\ten\tname\tx\ta=1", "no answer is the very thing"),
        ("s2\ten\ten\tname\tx\t", "no answer is the very thing"),
    ],
)
def test_unsound_lines_are_told_with_their_place(line: str, reason: str, tmp_path: Path) -> None:
    with pytest.raises(Unsound, match=reason) as told:
        read_questions(_file(tmp_path, GOOD, line))
    assert "x.tsv:3: " in str(told.value)


def test_files_that_are_none(tmp_path: Path) -> None:
    (tmp_path / "x.tsv").write_text("a\tb\n", "utf-8")
    with pytest.raises(Unsound, match="names the columns"):
        read_questions(tmp_path / "x.tsv")
    (tmp_path / "x.tsv").write_bytes(b"\xff\n")
    with pytest.raises(Unsound, match="utf-8"):
        read_questions(tmp_path / "x.tsv")
    with pytest.raises(Unsound, match="No such file"):
        read_questions(tmp_path / "y.tsv")


def test_ours_asks_the_index_of_the_page() -> None:
    documents = {
        "en": [_document("tool/a", "Kiwix", "an encyclopedia"), _document("tool/b", "Galette", "members")],
        "ca": [_document("tool/a", "Kiwix", "una enciclopèdia"), _document("tool/b", "Galette", "sòcies")],
    }
    asked = [
        Question("s1", "en", "en", "concept", "members", {"tool/b": 2}),
        Question("s2", "en", "ca", "concept", "enciclopedia", {"tool/a": 2}),
        Question("s3", "en", "ca", "concept", "members", {"tool/b": 2}),
    ]
    assert ours(Collection("x", "X", documents, asked)) == {"s1": ["tool/b"], "s2": ["tool/a"], "s3": []}


def test_peers_that_are_not_there_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    small = Collection("x", "X", {"en": []}, [])
    monkeypatch.setattr(contenders, "node_command", lambda: ("node",))
    not_there = f"lunr: pagefind@1.6.0 is not installed in {tmp_path / 'npm'}"
    assert theirs(small, ["lunr"], tmp_path, False, print) == ({}, [not_there], [])
    monkeypatch.setattr(contenders, "node_command", lambda: None)
    assert theirs(small, ["lunr"], tmp_path, False, print) == ({}, ["lunr: there is no Node on this machine"], [])
    assert theirs(small, [], tmp_path, False, print) == ({}, [], [])


def test_a_peer_that_fails_is_left_out_and_the_others_are_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Node is played by a line of Python, which writes what it is given and fails for one of two peers."""
    play = (
        "import json, sys; given = json.load(open(sys.argv[4])); "
        "given['peer'] == 'minisearch-fuzzy' and sys.exit('Error: no'); "
        "json.dump({one['id']: [given['language']] for one in given['questions']}, open(sys.argv[5], 'w'))"
    )
    monkeypatch.setattr(contenders, "node_command", lambda: (sys.executable, "-c", play))
    monkeypatch.setattr(contenders, "node_packages", lambda *_: "")
    asked = [Question(f"s{n}", "en", page, "name", "x", {"tool/a": 2}) for n, page in ((1, "en"), (2, "ca"))]
    small = Collection("x", "X", {"en": [_document("tool/a", "A", "a")], "ca": []}, asked)
    found, missing, failures = theirs(small, ["minisearch-fuzzy", "minisearch"], tmp_path, False, print)
    assert found == {"minisearch": {"s1": ["en"], "s2": ["ca"]}}
    assert missing == [] and failures == ["MiniSearch+ (stemmed, prefix, fuzzy) failed: Error: no"]
    monkeypatch.setattr("bench.queries.__main__.shipped", lambda: small)
    assert main(["--peers", "minisearch-fuzzy", "--work", str(tmp_path)]) == 1


def test_a_run_from_end_to_end(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = tmp_path / "page.md"
    page.write_text("before\n<!-- bench:begin -->\nold\n<!-- bench:end -->\nafter\n", "utf-8")
    work = ["--work", str(tmp_path / "work"), "--docs", str(page)]
    assert main(["--sites", "shipped", "--peers", "none", *work]) == 0
    told = json.loads((tmp_path / "work" / "queries.json").read_text("utf-8"))
    ((name, ours_),) = told["collections"][0]["contenders"].items()
    assert name == "Auzolan" and ours_["all"]["questions"] == len(read_questions(HERE / "shipped.tsv"))
    assert set(ours_["half"]) == {"odd", "even"} and set(ours_["type"]) == set(TYPES)
    assert len(ours_["found"]) == ours_["all"]["questions"]
    text = page.read_text("utf-8")
    assert text.startswith("before\n") and text.endswith("after\n") and "old" not in text
    assert "| Auzolan | **" in text and "lunr" not in text
    assert "not first" in (tmp_path / "work" / "queries.md").read_text("utf-8")
    assert "| Auzolan | **" in capsys.readouterr().out


def test_a_research_collection(tmp_path: Path) -> None:
    folder = tmp_path / "cisi"
    folder.mkdir()
    (folder / "CISI.ALL").write_text(
        ".I 1\n.T\nOf libraries\n.A\nSomebody\n.W\nshelves of books\n.X\n1 2\n.I 2\n.T\nOf the sea\n.W\nthe waves of it\n"
    )
    (folder / "CISI.QRY").write_text(".I 1\n.W\nWhat of the shelves in\nlibraries, of waves?\n.I 2\n.W\nunjudged\n")
    (folder / "CISI.REL").write_text("     1      1\t0\t0.000000\n")
    long, short = cisi(tmp_path)
    assert [one.query for one in long.questions] == ["What of the shelves in libraries, of waves?"]
    assert [one.query for one in short.questions] == ["shelves libraries waves"]
    assert long.questions[0].expected == {"1": 2}
    assert [(one.title, [(weight, text.split()) for weight, text in one.texts]) for one in long.documents["en"]] == [
        ("Of libraries", [(1.0, ["Of", "libraries", "shelves", "of", "books"])]),
        ("Of the sea", [(1.0, ["Of", "the", "sea", "the", "waves", "of", "it"])]),
    ]
    assert ours(short)["q1"][0] == "1"
    with pytest.raises(Unsound, match="no collection is here"):
        cisi(folder)


def test_a_commons_is_made_of_tables_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    columns = {
        "cooperatives": "id name alt_name country city region latitude longitude url founded status sector ownership "
        "legal_form source source_id",
        "tools": "id name website source_code licenses free_software tags platforms stars updated_at archived source",
    }
    rows = {
        "cooperatives": {"id": "x-1", "name": "Granja Blava", "country": "ES", "source": "patio-2025"},
        "tools": {
            "id": "kiwix",
            "name": "Kiwix",
            "website": "https://kiwix.org/",
            "tags": "Wikis",
            "source": "repo-readme",
        },
    }
    for table, names in columns.items():
        cells = [rows[table].get(name, "") for name in names.split()]
        (tmp_path / f"{table}.csv").write_text(f"{names.replace(' ', ',')}\n{','.join(cells)}\n", "utf-8")
    monkeypatch.setattr(collection, "HERE", tmp_path)
    _file(tmp_path, "r1\ten\tca\tname\tgranja\tcooperative/x-1=2 tool/kiwix=1", name="reference.tsv")
    said: list[str] = []
    for _ in range(2):
        found = reference(tmp_path, tmp_path / "work", said.append)
        assert {one.id for one in found.documents["ca"]} >= {"cooperative/x-1", "tool/kiwix"}
        assert len(said) == 3
    (tmp_path / "tools.csv").write_text("id,name\n", "utf-8")
    with pytest.raises(Unsound, match="made of other tables"):
        reference(tmp_path, tmp_path / "work", said.append)
    (tmp_path / "tools.csv").unlink()
    with pytest.raises(Unsound, match=r"tools\.csv"):
        reference(tmp_path, tmp_path / "work", said.append)


@pytest.mark.parametrize(
    ("arguments", "reason"),
    [
        (["--peers", "google"], "`google` is none of: pagefind, lunr"),
        (["--sites", "x"], "`x` is none of: shipped, reference"),
        (["--sites", "reference", "--data", "nowhere"], "cooperatives.csv"),
        (["--sites", "none", "--collections", "nowhere"], "no collection is here"),
    ],
)
def test_what_makes_no_sense(
    arguments: list[str], reason: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(SystemExit) as stopped:
        main([*arguments, "--work", str(tmp_path)])
    assert stopped.value.code == 2
    assert reason in capsys.readouterr().err
