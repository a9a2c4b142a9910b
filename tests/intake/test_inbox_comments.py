"""What readers said to a page comes in by mail, as a file, in a bundle; it lies below content/comments/ or is refused, and nothing else."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path

import pytest
from tests.intake.sent import BAKERY, COMMONS, PATH, brought, codes, letter, sent, whats
from tests.intake.test_inbox_import import committed, git
from tests.intake.test_inbox_mails import HEAD, PRIVATE, attachment, flowed, mail, several
from tests.running import tree, write

from auzolan.intake.inbox.fates import difference
from auzolan.load.comments import load_comments
from auzolan.write.made import UnwritableOutput

TEXT = """\
---
name: "Ana from the mill"
date: "2026-05-03"
language: ca
in_reply_to: "2026-05-01-r4d9xz"
---

Nosaltres també ho vam fer, amb [[cooperative/mill]] — i/o amb els veïns, que van venir a ajudar durant tota la tardor i l'hivern.

- un
  - dos
"""
FIRST = '---\ndate: "2026-05-01"\nlanguage: en\n---\n\nHow did you begin?\n'
FOLDER = "content/comments/cooperatives/mill"
FILE = f"{FOLDER}/2026-05-03-k7wq2m.md"
THERE = f"{FOLDER}/2026-05-01-r4d9xz.md"
NEW = [("new", "")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    write(tmp_path, COMMONS | {"pelicanconf.py": COMMONS["pelicanconf.py"] + "AUZOLAN_COMMENTS = True\n", THERE: FIRST})
    return tmp_path


def refused(site: Path, files: dict[str, str | bytes], page: str = "") -> list[str]:
    """The codes that are told of comments of which none is written."""
    sent(site, files)
    before = tree(site)
    outcome = brought(site, page=page)
    assert tree(site) == before and {what for what, _ in whats(outcome)} == {"refused"}
    return codes(outcome)


@pytest.mark.parametrize(
    "data",
    [
        mail(f"Hello,\n\n{letter(TEXT, FILE)}\n-- \nRemei Vila\n+34 600 111 222\n"),
        mail(flowed(letter(TEXT, FILE)), "text/plain; charset=utf-8; format=flowed"),
        mail("".join(f"> {line}\n" for line in letter(TEXT, FILE).split("\n"))),
        mail(letter(TEXT, FILE).replace(f"----- {FILE} -----", f"-----\n{FILE} -----")),
        several(f"Content-Type: text/plain; charset=utf-8\r\n\r\n{letter(TEXT, FILE)}"),
    ],
)
def test_a_mail_carries_a_comment(site: Path, data: bytes) -> None:
    sent(site, {"m.eml": data})
    assert whats(brought(site)) == NEW
    assert (site / FILE).read_text("utf-8") == TEXT
    kept = (site / FILE).read_text("utf-8")
    assert not [private for private in PRIVATE if private in kept]
    found, told = load_comments(site / "content", site)
    assert not told and [one.id for one in found["cooperatives/mill"]] == ["2026-05-01-r4d9xz", "2026-05-03-k7wq2m"]


def test_lines_that_a_mail_program_broke_are_prose_all_the_same(site: Path) -> None:
    broken = TEXT.replace(" que van venir", "\nque van venir").replace("\n", "\r\n")
    sent(site, {"m.eml": mail(letter(broken, FILE))})
    assert whats(brought(site)) == NEW and codes(brought(site)) == []
    assert "\nque van venir" in (site / FILE).read_text("utf-8")


def test_one_mail_may_carry_an_entry_and_a_comment_to_it(site: Path) -> None:
    said = letter(FIRST, "content/comments/cooperatives/forn-nou/2026-05-02-a.md")
    sent(site, {"m.txt": said + letter(BAKERY, PATH)})
    assert whats(brought(site)) == [("new", ""), ("new", "cooperative/forn-nou")]


def test_a_bundle_has_it_where_it_would_lie(site: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr(f"b/{FILE}", TEXT)
    sent(site, {"home.zip": packed.getvalue(), f"b/{FILE.replace('k7', 'k8')}": FIRST.replace("How", "When")})
    assert whats(brought(site)) == [*NEW, *NEW]
    assert (site / FILE).read_text("utf-8") == TEXT


def test_a_saved_file_needs_its_page(site: Path) -> None:
    name = Path(FILE).name
    assert refused(site, {name: TEXT}) == ["N010"]
    assert "--page tools/nextcloud" in brought(site).findings[0].hint
    assert whats(brought(site, page="cooperatives/mill")) == NEW
    assert (site / FILE).read_text("utf-8") == TEXT
    sent(site, {name: "", "2026-05-03-k7wq2m (2).md": TEXT})
    (site / "sent" / name).unlink()
    assert whats(brought(site, page="cooperatives/mill")) == [("same", "")]


def test_an_attached_comment_names_no_page(site: Path) -> None:
    data = several("Content-Type: text/plain\r\n\r\nSee there.", attachment(FILE, TEXT.encode(), "text/markdown"))
    assert refused(site, {"m.eml": data}) == ["N010"]


def test_a_comment_without_a_name_gets_the_same_one_each_time(site: Path) -> None:
    sent(site, {"My words!.txt": TEXT})
    outcome = brought(site, page="cooperatives/mill")
    assert whats(outcome) == NEW and outcome.fates[0].path.startswith(f"{FOLDER}/2026-05-03-")
    assert whats(brought(site, page="cooperatives/mill")) == [("same", "")]


def test_twice_is_once(site: Path) -> None:
    sent(site, {"a.txt": letter(TEXT, FILE), "b.txt": letter(TEXT + "\n\n", FILE)})
    assert whats(brought(site, dry=True)) == [("new", ""), ("same", "")] and not (site / FILE).exists()
    assert whats(brought(site)) == [("new", ""), ("same", "")]
    assert whats(brought(site)) == [("same", ""), ("same", "")]


def test_another_text_under_a_name_that_is_taken_is_a_conflict(site: Path) -> None:
    sent(site, {"a.txt": letter(TEXT.replace("2026-05-01-r4d9xz", "").replace('in_reply_to: ""\n', ""), THERE)})
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "")] and codes(outcome) == ["N005"]
    assert "-How did you begin?" in difference(outcome.fates[0])
    assert (site / THERE).read_text("utf-8") == FIRST


def test_two_that_want_one_name_are_told(site: Path) -> None:
    sent(site, {"a.txt": letter(TEXT, FILE), "b.txt": letter(TEXT.replace("- un", "- tres"), FILE)})
    outcome = brought(site)
    assert whats(outcome) == [("new", ""), ("conflict", "")] and codes(outcome) == ["N006"]


def test_what_was_taken_out_stays_out(site: Path) -> None:
    sent(site, {"a.txt": letter(TEXT, FILE)})
    brought(site)
    committed(site)
    git(site, "add", "content")
    git(site, "commit", "-q", "-m", "said")
    (site / FILE).write_text(TEXT.replace("Nosaltres", "Nosaltres,"), "utf-8")
    assert whats(brought(site)) == [("known", "")]
    (site / FILE).unlink()
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "")] and "took it away" in outcome.findings[0].message
    assert not (site / FILE).exists()


def test_a_file_that_cannot_be_read_is_somebodys_all_the_same(site: Path) -> None:
    write(site, {FILE: "---\nname: [\n"})
    sent(site, {"a.txt": letter(TEXT, FILE)})
    assert whats(brought(site)) == [("conflict", "")]


@pytest.mark.parametrize(
    "setting", ["", "AUZOLAN_COMMENTS = False\n", "AUZOLAN_COMMENTS = True\nPLUGINS = ['auzolan.site.directory']\n"]
)
def test_where_comments_are_off_none_comes_in(site: Path, setting: str) -> None:
    write(site, {"pelicanconf.py": COMMONS["pelicanconf.py"] + setting})
    assert refused(site, {"m.eml": mail(letter(TEXT, FILE)), "x.md": TEXT}) == ["N010", "N010"]
    assert "AUZOLAN_COMMENTS = True" in brought(site).findings[0].hint


@pytest.mark.parametrize(
    ("text", "code"),
    [
        (TEXT.replace("language: ca", "email: a@b.example"), "W002"),
        (TEXT.replace('"Ana from the mill"', "ana@mill.example"), "W004"),
        (TEXT.replace("2026-05-01-r4d9xz", "2026-05-03-k7wq2m"), "W003"),
        (TEXT.replace("2026-05-01-r4d9xz", "nobody"), "W003"),
        (TEXT.replace('"2026-05-03"', '"2036-05-03"'), "C003"),
        (TEXT + "\n![x](y.png)\n", "W005"),
        (TEXT + "\n<script>alert(1)</script>\n", "M001"),
        (TEXT + "word " * 1000 + "\n", "M005"),
        (TEXT + "word\n" * 4_000, "Y006"),
        (TEXT + "a\u202eb\n", "Y009"),
        ("no head at all\n", "A001"),
        ("---\nname: [\n---\nx\n", "Y001"),
        ("", "A001"),
    ],
)
def test_the_rules_of_comments_hold(site: Path, text: str, code: str) -> None:
    told = refused(site, {"m.txt": letter(text, FILE)})
    assert code in told


def test_a_comment_to_no_page_is_refused(site: Path) -> None:
    paths = [
        f"content/comments/{page}/a.md"
        for page in ("cooperatives/none", "articles/none", "pages/about", "cooperative/mill")
    ]
    assert refused(site, {f"{number}.txt": letter(FIRST, path) for number, path in enumerate(paths)}) == ["W001"] * 4


def test_nothing_is_said_to_what_was_withdrawn(site: Path) -> None:
    write(site, {"directory/cooperatives/gone.yaml": "status: withdrawn\nwithdrawn_because: request\n"})
    assert refused(site, {"m.txt": letter(FIRST, "content/comments/cooperatives/gone/a.md")}) == ["W001"]


def test_whoever_answers_one_that_is_refused_is_refused_and_nobody_else(site: Path) -> None:
    bad, answer, other = (f"{FOLDER}/2026-05-0{day}-x.md" for day in (4, 5, 6))
    answering = FIRST.replace("---\n\n", "in_reply_to: 2026-05-04-x\n---\n\n").replace("How", "Why")
    sent(
        site,
        {
            "m.txt": letter("---\nlanguage: ca\n---\nx\n", bad)
            + letter(answering, answer)
            + letter(FIRST.replace("How", "Who"), other)
        },
    )
    assert [what for what, _ in whats(brought(site))] == ["refused", "refused", "new"]


def test_more_than_a_page_takes(site: Path) -> None:
    write(site, {f"{FOLDER}/2026-06-01-{number:03}.md": FIRST.replace("you", f"{number}") for number in range(198)})
    sent(
        site,
        {"m.txt": "".join(letter(FIRST.replace("you", f"they {n}"), f"{FOLDER}/2026-01-0{n}-x.md") for n in (1, 2, 3))},
    )
    outcome = brought(site)
    assert [what for what, _ in whats(outcome)] == ["new", "refused", "refused"] and codes(outcome) == ["W006", "W006"]


@pytest.mark.parametrize(
    "path",
    [
        "content/comments/x.md", "content/comments/tools/x.md", "content/comments/a/b/c/d.md", "content/comments/../../x/y.md",
        "content/comments/cooperatives/../x.md", "content/comments/cooperatives/mill/../x.md", "content/comments/cooperatives/mill/x.html",
        "content/comments/cooperatives/mill/X.md", "content/comments/cooperatives/mill/con.md", "content/comments/cooperatives/mill/.md",
        "content/comments/cooperatives/mill/a b.md", "content/comments/cooperatives/mill/a--b.md", "/content/comments/cooperatives/mill/x.md",
        "content/comments/cooperatives/mill/" + "x" * 61 + ".md", "content/comments/cooperatives/mill/é.md", "content/articles/mill/x.md",
        "content\\comments\\cooperatives\\mill\\x.md", "content/content/comments/cooperatives/mill/x.md", "directory/comments/cooperatives/x.md",
        "content/comments/con/mill/x.md", "content/comments//mill/x.md", "content/comments/cooperatives/mill/x\u202e.md",
    ],
)  # fmt: skip
def test_no_path_leads_anywhere_else(site: Path, path: str) -> None:
    assert refused(site, {"m.eml": mail(letter(FIRST, path)), "t.txt": letter(FIRST, path)}) == ["N003", "N003"]


def test_a_link_in_the_way_is_not_followed(site: Path, tmp_path: Path) -> None:
    away = tmp_path / "away"
    away.mkdir()
    (site / "content/comments/cooperatives/mill").rename(site / "content/comments/cooperatives/old")
    (site / "content/comments/cooperatives/mill").symlink_to(away)
    sent(site, {"m.txt": letter(FIRST, FILE)})
    with pytest.raises(UnwritableOutput):
        brought(site)
    assert not list(away.iterdir())


def test_a_comment_that_was_cut_is_told(site: Path) -> None:
    assert refused(site, {"m.eml": mail(letter(TEXT, FILE).replace("----- end -----\n", ""))}) == ["N001"]


def test_an_issue_and_an_article_are_no_comments(site: Path) -> None:
    article = TEXT.replace("name:", "title:")
    sent(site, {"a.md": article, "m.eml": mail(f"{HEAD}")})
    assert "N010" not in codes(brought(site))
