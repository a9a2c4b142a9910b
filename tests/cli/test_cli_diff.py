"""`auzolan diff`: two states in words or as data; what a stranger proposes is read and never run; three exit statuses."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.load.sites import commit, git
from tests.running import auzolan, write

CONF = (
    "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nAUZOLAN_LANGUAGES = ['en', 'ca']\nPLUGINS = auzolan.PLUGINS\n"
)
MILL = "name: Mill\nwritten_in: en\nsummary: It mills.\nrecord: {sources: {page: {title: T}}}\n"
NET = MILL.replace("Mill", "Net").replace("mills", "joins")


@pytest.fixture
def site(tmp_path: Path) -> Path:
    """A commons on the branch main, and a branch `theirs` that is checked out by nobody yet."""
    root = write(tmp_path / "site", {
        "pelicanconf.py": CONF, "content/articles/.keep": "", "directory/cooperatives/mill.yaml": MILL,
        "directory/organizations/net.yaml": NET,
    })  # fmt: skip
    git(root, "init", "-q", "-b", "main")
    commit(root, "2026-01-01")
    return root


def propose(root: Path, files: dict[str, str], branch: str = "theirs") -> None:
    """Commits `files` on a branch, and goes back to main."""
    git(root, "checkout", "-q", "-b", branch)
    write(root, files)
    commit(root, "2026-01-02")
    git(root, "checkout", "-q", "main")


JOINS = MILL + "relations: [{type: member-of, to: organization/net}]\n"


def test_a_branch_in_words(site: Path) -> None:
    propose(site, {"directory/cooperatives/mill.yaml": JOINS})
    done = auzolan("diff", "main..theirs", cwd=site)
    assert done.returncode == 0
    assert "- new: `Mill` is a member of `Net`" in done.stdout
    assert "has as a member `Mill`" in done.stdout
    assert auzolan("diff", "main...theirs", cwd=site).stdout == done.stdout
    assert "- nova: `Mill` és membre de `Net`" in auzolan("diff", "main..theirs", "--lang", "ca", cwd=site).stdout
    assert auzolan("diff", "main..main", cwd=site).stdout == "## What this changes\n\nNothing differs.\n"


def test_what_others_merged_meanwhile_is_not_held_against_it(site: Path) -> None:
    propose(site, {"directory/cooperatives/mill.yaml": JOINS})
    write(site, {"directory/cooperatives/oven.yaml": MILL.replace("Mill", "Oven")})
    commit(site, "2026-01-03")
    done = auzolan("diff", "main..theirs", cwd=site)
    assert "Oven" not in done.stdout and "1 changed, 1 relation" in done.stdout


def test_what_lies_here_and_two_folders(site: Path, tmp_path: Path) -> None:
    write(tmp_path / "other", {"directory/cooperatives/mill.yaml": MILL, "directory/organizations/net.yaml": NET})
    write(site, {"directory/cooperatives/mill.yaml": JOINS})
    here = auzolan("diff", "HEAD", cwd=site)
    assert here.returncode == 0 and "- new: `Mill` is a member of `Net`" in here.stdout
    folders = auzolan("diff", "../other", ".", cwd=site)
    assert folders.stdout == here.stdout == auzolan("diff", "../other", cwd=site).stdout


def test_as_data_and_as_a_page(site: Path) -> None:
    propose(site, {"directory/cooperatives/mill.yaml": JOINS})
    told = json.loads(auzolan("diff", "main..theirs", "--format", "json", cwd=site).stdout)
    docs = (Path(__file__).resolve().parents[2] / "docs/diff.md").read_text("utf-8")
    assert [name for name in told if f"`{name}`" not in docs] == []
    assert told["format"] == "auzolan-diff/1" and told["errors"] == 0 and told["empty"] is False
    assert told["relations"][0]["new"]["object"] == "organization/net"
    page = auzolan("diff", "main..theirs", "--format", "html", cwd=site).stdout
    assert page.startswith("<!doctype html>") and "<script" not in page


def test_an_error_that_it_brings_is_status_1_and_one_that_was_there_is_not(site: Path) -> None:
    propose(site, {"directory/cooperatives/mill.yaml": MILL + "topics: [no-such-word]\n"})
    done = auzolan("diff", "main..theirs", cwd=site)
    assert done.returncode == 1 and "1 new error" in done.stderr
    assert "error V001: `directory/cooperatives/mill.yaml:5:10`" in done.stdout
    git(site, "checkout", "-q", "theirs")
    write(site, {"directory/organizations/net.yaml": NET + "started: '1990'\n"})
    assert auzolan("diff", "HEAD", cwd=site).returncode == 0


def test_a_word_and_the_entry_that_uses_it_are_right_together(site: Path) -> None:
    words = "extends: shipped\nwords:\n  milling: {label: {en: '@all Milling'}}\n"
    propose(
        site,
        {"directory/vocabularies/topics.yaml": words, "directory/cooperatives/mill.yaml": MILL + "topics: [milling]\n"},
    )
    done = auzolan("diff", "main..theirs", cwd=site)
    assert (
        done.returncode == 0
        and "`@all Milling`" in done.stdout
        and "`directory/vocabularies/topics.yaml`" in done.stdout
    )


def test_kinds_that_nobody_can_read_are_told_and_the_old_ones_serve(site: Path) -> None:
    propose(site, {"directory/kinds/cooperative.yaml": "folder: [\n", "directory/cooperatives/mill.yaml": JOINS})
    done = auzolan("diff", "main..theirs", cwd=site)
    assert done.returncode == 1
    assert "reads the entries by the kinds and vocabularies that there were before" in done.stdout
    assert "- new: `Mill` is a member of `Net`" in done.stdout
    assert "V001" not in done.stdout and "D001" not in done.stdout


def test_names_are_the_bases_and_a_strangers_stand_in_quotation(site: Path) -> None:
    """Whoever may rename a field could make a report lie."""
    kind = (
        "extends: shipped\nfields:\n"
        "  started: {type: date, label: {en: '@all Nothing of weight'}}\n"
        "  oven: {type: text, label: {en: '@all Oven'}}\n"
    )
    words = "extends: shipped\nwords:\n  bakes-for: {label: {en: '@all bakes for'}, inverse: {name: baked-by, label: {en: x}}}\n"
    entry = MILL + "started: '1990'\noven: Stone\nrelations: [{type: bakes-for, to: organization/net}]\n"
    propose(site, {
        "directory/kinds/cooperative.yaml": kind, "directory/vocabularies/relations.yaml": words,
        "directory/cooperatives/mill.yaml": entry,
    })  # fmt: skip
    told = auzolan("diff", "main..theirs", cwd=site).stdout.replace("\u2060", "")
    assert "  - Started: `1990`\n" in told and "weight" not in told
    assert "  - `@all Oven` \\[`en`\\]: `Stone`\n" in told
    assert "- new: `Mill` `@all bakes for` `Net`" in told


def test_a_request_that_would_act_is_read_and_shown(site: Path, tmp_path: Path) -> None:
    """Settings that are a program, links, names with line ends, values that look like commands."""
    trick = '"@all <img src=x onerror=alert(1)> ::set-env name=A::b %0A::error::boom ![i](https://evil.example/i.png)"'
    ran = tmp_path / "ran"
    git(site, "checkout", "-q", "-b", "theirs")
    write(site, {
        "pelicanconf.py": f"open({str(ran)!r}, 'w').close()\n{CONF}",
        "directory/cooperatives/mill.yaml": MILL.replace("Mill", trick),
        "directory/cooperatives/a\n::error::b.yaml": MILL,
        ".github/workflows/x\n::error::y.yml": "on: push\n",
    })  # fmt: skip
    (site / "directory/cooperatives/link.yaml").symlink_to("/etc/passwd")
    commit(site, "2026-01-02")
    git(site, "checkout", "-q", "main")
    done = auzolan("diff", "main..theirs", cwd=site)
    assert done.returncode == 1 and not ran.exists()
    assert "root:" not in done.stdout and "is a symbolic link" in done.stdout
    assert not any(line.lstrip("-# \u2060").startswith("::") for line in done.stdout.splitlines())
    assert "`pelicanconf.py`" in done.stdout and "### Other files (2)" in done.stdout
    assert "<img" not in auzolan("diff", "main..theirs", "--format", "html", cwd=site).stdout


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("nowhere..main",), "git knows no revision `nowhere`"),
        (("main..nowhere",), "git knows no revision `nowhere`"),
        (("main..--output=x",), "git knows no revision"),
        (("--", "-x"), "git knows no revision"),
        (("main", "--lang", "xx"), "does not speak `xx`"),
        ((".", "nowhere"), "no folder nowhere"),
        (("content",), "there is no folder `directory/`"),
    ],
)
def test_what_cannot_be_compared_is_status_2(site: Path, words: tuple[str, ...], said: str) -> None:
    done = auzolan("diff", *words, cwd=site)
    assert (done.returncode, done.stdout) == (2, "") and said in done.stderr


def test_without_git_or_commits(tmp_path: Path) -> None:
    root = write(tmp_path, {"pelicanconf.py": CONF, "directory/cooperatives/mill.yaml": MILL})
    done = auzolan("diff", "main..theirs", cwd=root, GIT_CEILING_DIRECTORIES=str(tmp_path.parent))
    assert done.returncode == 2 and "not a git repository" in done.stderr
    git(root, "init", "-q")
    done = auzolan("diff", "HEAD", cwd=root)
    assert done.returncode == 2 and "nothing is committed" in done.stderr


def test_a_branch_that_only_the_forge_has_is_named(site: Path, tmp_path: Path) -> None:
    git(site, "branch", "theirs")
    git(tmp_path, "clone", "-q", "-b", "theirs", str(site), "clone")
    done = auzolan("diff", "main", cwd=tmp_path / "clone")
    assert done.returncode == 2 and "did you mean origin/main?" in done.stderr


def test_the_same_states_give_the_same_bytes(site: Path) -> None:
    propose(site, {f"directory/cooperatives/c{n}.yaml": JOINS.replace("Mill", f"C {n}") for n in range(9)})
    for format_ in ("markdown", "html", "json"):
        first, second = (
            auzolan("diff", "main..theirs", "-f", format_, cwd=site, PYTHONHASHSEED=seed).stdout for seed in ("1", "2")
        )
        assert first == second and len(first) > 500
