"""`auzolan inbox`: what people sent, at the command line; and the issue forms that it reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.intake.sent import BAKERY, MILL, PATH, commons, letter, sent
from tests.intake.test_inbox_mails import BODY, PRIVATE, mail
from tests.running import auzolan, tree

MILL_PATH = "directory/cooperatives/mill.yaml"
EDITED = MILL.replace("thirty farms", "forty farms")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return commons(tmp_path)


def test_a_mail_becomes_an_entry_that_the_check_accepts(site: Path) -> None:
    sent(site, {"1.eml": mail(BODY)})
    done = auzolan("inbox", "import", "sent", cwd=site)
    assert (done.returncode, done.stdout) == (0, f"sent/1.eml [cooperative/forn-nou]: new: {PATH}\n")
    assert done.stderr.startswith("1 new.\n")
    assert (site / PATH).read_text("utf-8") == BAKERY
    assert (site / "directory/kinds/schemas/cooperative.schema.json").is_file()
    assert auzolan("check", "--strict", cwd=site).returncode == 0
    before = tree(site)
    again = auzolan("inbox", "import", "sent/1.eml", cwd=site)
    assert again.returncode == 0 and "there already" in again.stdout and tree(site) == before


def test_nothing_of_the_sender_is_printed_or_written(site: Path) -> None:
    sent(site, {"1.eml": mail(BODY), "2.eml": mail(BODY.replace("ES-CT", "XX")), "3.eml": mail("Salutacions\n")})
    for arguments in (("list",), ("import",), ("import", "--json"), ("import", "--refused", "mend")):
        done = auzolan("inbox", arguments[0], "sent", *arguments[1:], cwd=site)
        told = (done.stdout + done.stderr).lower()
        assert not [word for word in PRIVATE if word.lower() in told]
    entries = [path for path in site.rglob("*.yaml") if "sent" not in path.parts]
    assert len(entries) == 3
    written = "".join(path.read_text("utf-8") for path in entries)
    assert not [word for word in PRIVATE if word.lower() in written.lower()]


def test_a_list_is_short_and_writes_nothing(site: Path) -> None:
    sent(site, {"1.eml": mail(BODY), "2.txt": letter(EDITED, MILL_PATH), "3.txt": "hello\n"})
    before = tree(site)
    done = auzolan("inbox", "list", "sent", cwd=site)
    assert done.returncode == 1 and tree(site) == before
    assert done.stdout.splitlines() == [
        f"sent/1.eml [cooperative/forn-nou]: would be new: {PATH}",
        f"sent/2.txt [cooperative/mill]: not written: it differs: {MILL_PATH}",
    ]
    assert "1 new, 1 not written: it differs." in done.stderr and "Nothing was written." in done.stderr


def test_a_conflict_is_shown_and_put_aside_and_settled(site: Path) -> None:
    sent(site, {"a.txt": letter(EDITED, MILL_PATH)})
    done = auzolan("inbox", "import", "sent", "--refused", "mend", cwd=site)
    assert done.returncode == 1
    assert (
        "error N005: cooperative/mill is there already" in done.stdout and "--replace cooperative/mill" in done.stdout
    )
    assert "-summary: A mill that grinds the grain of thirty farms." in done.stdout
    assert "+summary: A mill that grinds the grain of forty farms." in done.stdout
    assert (site / "mend/cooperatives/mill.yaml").read_text("utf-8") == EDITED
    assert (site / MILL_PATH).read_text("utf-8") == MILL
    settled = auzolan("inbox", "import", "mend", "--replace", "cooperative/mill", cwd=site)
    assert settled.returncode == 0 and "changed" in settled.stdout
    assert (site / MILL_PATH).read_text("utf-8") == EDITED


def test_a_finding_shows_the_line_of_the_entry_that_was_sent(site: Path) -> None:
    sent(site, {"a.eml": mail(letter(BAKERY.replace("country: ES", "country: XX")))})
    done = auzolan("inbox", "import", "sent", cwd=site)
    assert done.returncode == 1 and not (site / PATH).exists()
    assert "sent/a.eml [cooperative/forn-nou]:5:14: error T006" in done.stdout
    assert "      - country: XX\n" in done.stdout and ": refused" in done.stdout


def test_json_tells_everything(site: Path) -> None:
    sent(site, {"a.txt": letter(), "b.txt": letter(EDITED, MILL_PATH), "c.eml": mail("Hello\n")})
    done = auzolan("inbox", "import", "sent", "--json", cwd=site)
    made = json.loads(done.stdout)
    assert (done.returncode, made["ok"], made["counts"]) == (1, False, {"new": 1, "conflict": 1})
    assert made["pieces"][0] == {"from": "sent/a.txt [cooperative/forn-nou]", "what": "new", "entry": "cooperative/forn-nou", "path": PATH}  # fmt: skip
    assert "+summary: A mill" in made["pieces"][1]["difference"]
    assert [one["code"] for one in made["findings"]] == ["N005", "N002"]


def test_a_difference_that_would_act_on_a_terminal_does_not(site: Path) -> None:
    sent(site, {"a.txt": letter(EDITED.replace("forty", "\x1b[2Jforty"), MILL_PATH), "\x1b[31m.txt": "x"})
    done = auzolan("inbox", "import", "sent", cwd=site)
    assert done.returncode == 1 and "\x1b" not in done.stdout + done.stderr


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("import", "lost"), "lost is not there"),
        (("list", "lost"), "lost is not there"),
        (("import", "sent", "--kind", "coop"), "there is no kind `coop`"),
        (("import", "sent", "--replace", "mill"), "`mill` is no id of an entry"),
        (("import", "sent", "--base", "nowhere"), "git knows no revision `nowhere`"),
        (("import", "sent", "--hold", "101"), "--hold"),
        (("import",), "Missing argument"),
        (("import", "sent", "-s", "lost.py"), "lost.py"),
        (("forms", "--lang", "xx"), "there is no `xx` here"),
        (("forms", "--forge", "sourceforge"), "sourceforge"),
    ],
)
def test_what_cannot_be_done_is_said(site: Path, arguments: tuple[str, ...], said: str) -> None:
    sent(site, {"a.txt": letter()})
    before = tree(site)
    done = auzolan("inbox", *arguments, cwd=site)
    assert done.returncode == 2 and said in done.stderr and tree(site) == before


def test_issue_forms_are_written_once_and_checked(site: Path) -> None:
    first = auzolan("inbox", "forms", cwd=site)
    assert first.returncode == 0 and ".github/ISSUE_TEMPLATE/cooperative.yml\n" in first.stdout
    before = tree(site)
    again = auzolan("inbox", "forms", cwd=site)
    assert (again.returncode, again.stdout) == (0, "") and tree(site) == before
    assert auzolan("inbox", "forms", "--check", cwd=site).returncode == 0
    form = site / ".github/ISSUE_TEMPLATE/tool.yml"
    form.write_text(form.read_text("utf-8") + "# mine\n", "utf-8")
    (form.parent / "mill.yml").write_text("# Made from directory/kinds/ by `auzolan inbox forms`\n", "utf-8")
    (form.parent / "config.yml").write_text("blank_issues_enabled: true\n", "utf-8")
    stale = auzolan("inbox", "forms", "--check", cwd=site)
    assert stale.returncode == 1
    assert stale.stdout.splitlines() == [".github/ISSUE_TEMPLATE/tool.yml", ".github/ISSUE_TEMPLATE/mill.yml"]
    assert auzolan("inbox", "forms", "--forge", "forgejo", "--lang", "ca", "-o", "elsewhere", cwd=site).returncode == 0
    made = (site / "elsewhere/.forgejo/issue_template/cooperative.yml").read_text("utf-8")
    assert "label: Com es diu?\n" in made


def test_the_group_and_each_command_have_help_with_examples() -> None:
    for command in ("import", "list", "forms"):
        done = auzolan("inbox", command, "--help", cwd=Path("/"))
        examples = [line for line in done.stdout.splitlines() if line.strip().startswith(f"auzolan inbox {command}")]
        assert done.returncode == 0 and len(examples) >= 2
    assert (
        "Bring in what people sent" in auzolan("inbox", cwd=Path("/")).stdout + auzolan("inbox", cwd=Path("/")).stderr
    )


SAID = '---\ndate: "{day}"\nlanguage: ca\n---\n\nHi ha pa cada dia?\n'
SAID_PATH = "content/comments/cooperatives/mill/2026-11-29-k7wq2m.md"


def test_comments_are_listed_tried_put_aside_and_brought_in(site: Path) -> None:
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("AUZOLAN_COMMENTS = True\n")
    said = SAID.format(day="2026-11-29")
    sent(site, {"1.eml": mail(letter(said, SAID_PATH)), "2026-11-30-aaaaaa.md": said.replace("pa ", "vi ")})
    sent(site, {"3.txt": letter(said, "content/comments/cooperatives/none/a.md")})
    before = tree(site)
    listed = auzolan("inbox", "list", "sent", cwd=site, SOURCE_DATE_EPOCH="1796000000")
    assert listed.returncode == 1 and tree(site) == before
    assert f"would be new: {SAID_PATH}" in listed.stdout
    tried = auzolan(
        "inbox",
        "import",
        "sent",
        "--dry-run",
        "--page",
        "cooperatives/mill",
        "--json",
        cwd=site,
        SOURCE_DATE_EPOCH="1796000000",
    )
    told = json.loads(tried.stdout)
    assert told["counts"] == {"new": 2, "refused": 1} and [one["code"] for one in told["findings"]] == ["W001"]
    assert {
        "from": "sent/1.eml [cooperatives/mill/2026-11-29-k7wq2m]",
        "what": "new",
        "entry": "",
        "path": SAID_PATH,
    } in told["pieces"]
    assert tree(site) == before
    done = auzolan("inbox", "import", "sent", "--refused", "mend", cwd=site, SOURCE_DATE_EPOCH="1796000000")
    assert done.returncode == 1 and "--page tools/nextcloud" in done.stdout
    assert (site / SAID_PATH).read_text("utf-8") == said
    assert (site / "mend/2026-11-30-aaaaaa.md").read_text("utf-8") == said.replace("pa ", "vi ")
    (site / "mend/content/comments/cooperatives/none/a.md").rename(
        site / "mend/content/comments/cooperatives/none/b.md"
    )
    (site / "mend/content/comments/cooperatives/none").rename(site / "mend/content/comments/cooperatives/mill")
    mended = auzolan("inbox", "import", "mend", "--page", "cooperatives/mill", cwd=site, SOURCE_DATE_EPOCH="1796000000")
    assert mended.returncode == 0 and "1 new, 1 there already" in mended.stderr
    assert auzolan("check", "--strict", cwd=site, SOURCE_DATE_EPOCH="1796000000").returncode == 0


def test_a_page_that_is_none_is_told_before_anything_is_read(site: Path) -> None:
    done = auzolan("inbox", "list", "sent", "--page", "../x", cwd=site)
    assert done.returncode == 2 and "--page tools/nextcloud" in done.stderr


def test_what_was_sent_today_lies_in_nobodys_future(site: Path) -> None:
    with (site / "pelicanconf.py").open("a", encoding="utf-8") as file:
        file.write("AUZOLAN_COMMENTS = True\n")
    sent(site, {"1.txt": letter(SAID.format(day="2026-11-23"), SAID_PATH)})
    # The commons itself is of the day before.
    late = auzolan("inbox", "list", "sent", cwd=site, SOURCE_DATE_EPOCH="1795392000")
    early = auzolan("inbox", "list", "sent", cwd=site, SOURCE_DATE_EPOCH="1795219200")
    assert (late.returncode, early.returncode) == (0, 1)
    assert auzolan("inbox", "list", "sent", cwd=site).returncode == 0
