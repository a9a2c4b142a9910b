"""Changelogs in builds: after commits and edits a build gives what one from nothing gives, and copies of copies keep them."""

from __future__ import annotations

import json
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.load.sites import commit, git
from tests.pipeline.grown import Grown, differences
from tests.pipeline.small import ENTRY

from auzolan.intake.copies import source_of
from auzolan.model.changes import mark_of

AA = "directory/cooperatives/aa.yaml"
THANKED = ENTRY.format("reap") + "record: {submitted_by: itself, thanks: [Ana]}\n"


@pytest.fixture
def kept(begun: Grown, monkeypatch: pytest.MonkeyPatch) -> Grown:
    """A small commons in git, changed twice, and built; the day of a build is that of the last commit."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    # A build leaves these beside the files, and nobody commits them.
    begun.write(".gitignore", "output/\n.cache/\n")
    git(begun.root, "init", "-q", "-b", "main")
    commit(begun.root, "2026-01-01")
    begun.write(AA, ENTRY.format("reap"))
    commit(begun.root, "2026-02-01", "By Jane Doe <jane@private.example>")
    begun.write(AA, THANKED)
    commit(begun.root, "2026-03-01")
    assert not begun.build().refused
    return begun


def holds(site: Grown) -> None:
    """That the site, built again, is what a build of its files and its git from nothing gives."""
    assert not site.build().refused
    fresh = Grown(site.root.with_name("fresh"))
    shutil.rmtree(fresh.root, ignore_errors=True)
    shutil.copytree(site.root, fresh.root, ignore=shutil.ignore_patterns("output", ".cache"))
    assert not fresh.build().refused
    assert not (found := differences(site.made(), fresh.made())), found


def told(site: Grown) -> dict[str, list[str]]:
    """The changes in the history that the site carries along."""
    with zipfile.ZipFile(site.output / "data" / "source.zip") as archive:
        changes: dict[str, list[str]] = json.loads(archive.read("history.json"))["changes"]
    return changes


def test_pages_tell_what_changed_and_never_who_did_it(kept: Grown) -> None:
    page = (kept.output / "cooperatives" / "aa.html").read_text()
    assert "Last changed 1 March 2026, 2 changes" in page
    assert "Thanks to Ana" in page
    thanks = (kept.output / "thanks.html").read_text()
    assert "<h2>2026</h2>" in thanks and "<bdi>Ana</bdi>" in thanks
    for path in kept.output.rglob("*"):
        assert path.is_dir() or b"private.example" not in path.read_bytes()


def test_after_a_commit(kept: Grown) -> None:
    kept.write(AA, THANKED + 'started: "2010"\n')
    commit(kept.root, "2026-04-01")
    holds(kept)
    assert kept.why == ""
    assert told(kept)[AA][0] == "2026-04-01 +started"


def test_after_commits_of_files_that_are_new_renamed_and_gone(kept: Grown) -> None:
    bb, cc = AA.replace("aa", "bb"), AA.replace("aa", "cc")
    kept.write(bb, ENTRY.format("sow") + "relations: [{type: partner-of, to: cooperative/aa}]\n")
    holds(kept)
    commit(kept.root, "2026-04-01")
    holds(kept)
    kept.write(cc, kept.files[bb])
    kept.delete(bb)
    commit(kept.root, "2026-04-02")
    holds(kept)
    assert kept.why == "" and told(kept)[cc] == ["2026-04-02 moved"]
    kept.delete(cc)
    holds(kept)
    commit(kept.root, "2026-04-03")
    holds(kept)
    assert kept.why == "" and cc not in told(kept)


def test_after_a_commit_that_was_taken_back(kept: Grown) -> None:
    git(kept.root, "reset", "-q", "--hard", "HEAD~1")
    kept.files[AA] = ENTRY.format("reap").encode()
    holds(kept)
    assert kept.why == "the history changed", "time went back"
    git(kept.root, "commit", "-q", "--amend", "--allow-empty-message", "-m", "")
    holds(kept)


def test_a_day_on_which_something_is_over(kept: Grown) -> None:
    offers = "offers:\n  - {what: space, how: lend, title: Room, until: 2026-03-15}\n"
    kept.write(AA, f"{THANKED}{offers}")
    commit(kept.root, "2026-03-10")
    holds(kept)
    page = kept.output / "cooperatives" / "aa.html"
    assert "Room" in page.read_text() and "no longer open" not in page.read_text()
    kept.write("README.md", "More.\n")
    commit(kept.root, "2026-03-15")
    holds(kept)
    assert "Room" in page.read_text() and "no longer open" not in page.read_text()
    kept.write("README.md", "Less.\n")
    commit(kept.root, "2026-03-16")
    holds(kept)
    assert kept.why == "" and "no longer open" in page.read_text()


def test_a_history_of_which_a_part_is_missing_is_told_of(kept: Grown) -> None:
    (kept.root / ".git" / "shallow").write_bytes((kept.root / ".git" / "refs" / "heads" / "main").read_bytes())
    findings = kept.build().findings
    assert [one.code for one in findings if one.code == "S005"] == ["S005"] and kept.why == "the history changed"
    (kept.root / ".git" / "shallow").unlink()
    assert not any(one.code == "S005" for one in kept.build().findings)


def test_after_an_edit_that_nobody_committed(kept: Grown) -> None:
    kept.write(AA, THANKED.replace("Ana", "Biel"))
    holds(kept)
    assert kept.why == ""
    page = (kept.output / "cooperatives" / "aa.html").read_text()
    assert "Ana" not in page and "Biel" in page
    assert "Without a year" in (kept.output / "thanks.html").read_text()
    assert mark_of("Ana") not in json.dumps(told(kept))


def test_after_a_withdrawal(kept: Grown) -> None:
    kept.write(AA, "status: withdrawn\nwithdrawn_because: request\n")
    holds(kept)
    assert told(kept) == {}
    assert "Ana" not in (kept.output / "thanks.html").read_text()


def test_what_did_not_change_is_not_asked_for_again(kept: Grown) -> None:
    assert not kept.build().refused
    assert kept.why == "nothing changed"


def grown_on(site: Grown, name: str, day: str) -> Grown:
    """A copy of a commons, out of the source that it publishes, with a git of its own."""
    other = Grown(site.root.with_name(name))
    for file in source_of(site.output):
        other.write(file.path, bytes(file.data))
    other.write(".gitignore", "output/\n.cache/\n")
    git(other.root, "init", "-q", "-b", "main")
    commit(other.root, day)
    return other


def test_a_copy_of_a_copy_keeps_what_was_told(kept: Grown) -> None:
    first = grown_on(kept, "first", "2026-05-01")
    first.write(AA, THANKED + 'started: "2010"\n')
    commit(first.root, "2026-06-01")
    assert not first.build().refused
    second = grown_on(first, "second", "2026-07-01")
    assert not second.build().refused
    expected = ["2026-06-01 +started", *told(kept)[AA]]
    assert told(first)[AA] == told(second)[AA] == expected
    assert "Last changed 1 June 2026, 3 changes" in (second.output / "cooperatives" / "aa.html").read_text()


def test_a_copy_without_a_git_builds_the_same_pages(kept: Grown) -> None:
    other = Grown(kept.root.with_name("other"))
    for file in source_of(kept.output):
        other.write(file.path, bytes(file.data))
    assert not other.build().refused
    page = Path("cooperatives") / "aa.html"
    assert (other.output / page).read_bytes() == (kept.output / page).read_bytes()
    assert (other.output / "thanks.html").read_bytes() == (kept.output / "thanks.html").read_bytes()
