"""Articles: front matter in both forms, languages from file names, and whatever else a file may hold."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.helpers import catalog
from tests.load.sites import codes, load, site

from auzolan.check import check
from auzolan.load.articles import front_matter, load_article
from auzolan.model.entries import Article, Catalog
from auzolan.model.nodes import Scalar, Sequence

GOOD = "---\ntitle: A mill\n---\nWords.\n"
FLAT = "Title: A mill\nDate: 2026-11-01\nTags: commons, mapping\n\nWords.\n"


def test_front_matter_between_two_lines() -> None:
    fields, body, line, findings = front_matter(GOOD, "a.md")
    assert fields is not None and not findings
    assert (fields.text("title"), fields.items["title"].line, fields.items["title"].column) == ("A mill", 2, 8)
    assert (body, line) == ("Words.\n", 4)


def test_the_flat_header() -> None:
    fields, body, line, findings = front_matter(FLAT, "a.md")
    assert fields is not None and not findings
    title, topics = fields.items["title"], fields.items["topics"]
    assert isinstance(title, Scalar) and (title.text, title.line, title.column, title.width) == ("A mill", 1, 8, 6)
    assert isinstance(topics, Sequence)
    assert [one.text for one in topics.items if isinstance(one, Scalar)] == ["commons", "mapping"]
    assert body.strip() == "Words." and FLAT.split("\n")[line - 1 :] == body.split("\n")


@pytest.mark.parametrize(
    ("text", "body"), [("Title: A mill", ""), ("Title: A mill\n", ""), ("Title: A\nWords.", "Words.")]
)
def test_a_flat_header_at_the_end_of_a_file(text: str, body: str) -> None:
    assert front_matter(text, "a.md")[1] == body


def test_a_flat_field_that_stands_twice() -> None:
    findings = front_matter("Title: A\nDate: 2026\ntitle: B\n\n", "a.md")[3]
    assert [(one.code, one.location.line, one.location.column) for one in findings] == [("Y002", 3, 1)]
    assert front_matter("Tags: a\nTopics: b\n\n", "a.md")[3][0].code == "Y002"


@pytest.mark.parametrize(
    ("text", "line"), [("Words.\n", 1), ("", 1), ("---\ntitle: A\n", 1), ("\n---\ntitle: A\n---\n", 1)]
)
def test_no_front_matter(text: str, line: int) -> None:
    fields, _, _, findings = front_matter(text, "a.md")
    assert fields is None
    assert [(one.code, one.location.line) for one in findings] == [("A001", line)]


def test_findings_of_front_matter_name_the_line_of_the_file() -> None:
    assert [
        (one.code, one.location.line, one.location.column) for one in front_matter("---\na: 1\na: 2\n---\n", "a.md")[3]
    ] == [("Y002", 3, 1)]


def test_languages_come_from_names(tmp_path: Path) -> None:
    made, findings = load(site(tmp_path, {f"content/articles/{name}.md": GOOD for name in ("mill", "mill.ca", "v1.0")}))
    assert not findings
    assert [(one.slug, one.language) for one in made.articles] == [("mill", "ca"), ("mill", "en"), ("v1.0", "en")]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("mill.fr.md", "A002"),
        ("mill.xx.md", "A002"),
        ("Mill.md", "F001"),
        ("index.md", "F001"),
        ("con.md", "F001"),
        (".ca.md", ""),
        ("a b.md", "F001"),
        ("mill.txt", "F002"),
        ("mill.html", "F002"),
        ("mill.rst", "F002"),
        ("mill.CA.md", "F001"),
    ],
)
def test_names(tmp_path: Path, name: str, code: str) -> None:
    made, findings = load(site(tmp_path, {f"content/articles/{name}": GOOD, "content/articles/good.md": GOOD}))
    assert [one.code for one in findings] == ([code] if code else [])
    assert [one.slug for one in made.articles] == ["good"]


def test_pages_are_read_beside_articles(tmp_path: Path) -> None:
    made, _ = load(site(tmp_path, {"content/pages/about.md": GOOD, "content/articles/deep/mill.md": GOOD}))
    assert [one.slug for one in made.pages] == ["about"] and [one.slug for one in made.articles] == ["mill"]


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    bad: dict[str, str | bytes] = {
        "a.md": b"\xff",
        "b.md": b"x" * 100_001,
        "c.md": "---\na: \0\n---\n",
        "d.md": "---\na: &x b\n---\n",
    }
    root = site(tmp_path, {f"content/articles/{name}": data for name, data in bad.items()})
    (root / "content/articles/e.md").symlink_to("/etc/hostname")
    made, findings = load(root)
    assert [code for code, _ in codes(findings)] == ["Y008", "Y006", "Y009", "Y003", "F003"]
    assert [one.slug for one in made.articles] == ["d"]


ARTICLE_LIKE = st.text(alphabet="-atile: \n[](){}*_`!|<>&\"'#1.\\\t\ré🌾", max_size=300)


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    text=st.one_of(
        st.text(max_size=200), ARTICLE_LIKE, ARTICLE_LIKE.map(lambda text: f"---\ntitle: A\n{text}\n---\n{text}")
    )
)
def test_any_text_gives_an_article_or_findings(tmp_path: Path, text: str) -> None:
    path = tmp_path / "x.md"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    article, findings = load_article(path, tmp_path, "articles", "en", ("en", "ca"))
    assert article is not None or findings
    if article is not None:
        assert isinstance(article, Article)
        assert 1 <= article.body_line <= text.count("\n") + 2
        made = catalog({})
        told = check(Catalog(made.settings, made.declarations, {}, (article,), (), {}, made.history))
        for one in (*findings, *told):
            one.message.encode()
