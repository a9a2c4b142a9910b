"""What becomes of a piece: new, there already, an edit, a conflict, held back. Nothing that lies there is ever lost."""

from __future__ import annotations

import hashlib
import io
import json
import os
import subprocess
import zipfile
from pathlib import Path

import pytest
from tests.intake.sent import BAKERY, MILL, PATH, brought, codes, commons, letter, sent, whats
from tests.running import tree

from auzolan.intake.inbox.fates import difference
from auzolan.model.errors import AuzolanError

MILL_PATH = "directory/cooperatives/mill.yaml"
EDITED = MILL.replace("thirty farms", "forty farms")
NEW = [("new", "cooperative/forn-nou")]


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return commons(tmp_path)


def git(site: Path, *arguments: str) -> str:
    who = {f"GIT_{role}_{what}": "n@n" for role in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")}
    environment = {**os.environ, **who, "GIT_CONFIG_GLOBAL": os.devnull}
    done = subprocess.run(["git", *arguments], cwd=site, env=environment, capture_output=True, text=True, check=True)
    return done.stdout.strip()


def committed(site: Path) -> str:
    """Commits all that lies in the commons; gives the revision."""
    if not (site / ".git").exists():
        git(site, "init", "-q")
    git(site, "add", "directory")
    git(site, "commit", "-q", "-m", "x")
    return git(site, "rev-parse", "HEAD")


def digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def manifest(mill: str) -> str:
    return json.dumps({"format": "auzolan-bundle/1", "edition": "7", "base": {MILL_PATH: mill}})


def test_twice_changes_nothing(site: Path) -> None:
    sent(site, {"a.txt": letter(), "b.yaml": BAKERY})
    assert whats(brought(site)) == [*NEW, ("held", "cooperative/b")]
    before = tree(site / "directory")
    assert whats(brought(site)) == [("same", "cooperative/forn-nou"), ("held", "cooperative/b")]
    assert tree(site / "directory") == before


def test_the_same_twice_in_one_run_is_one(site: Path) -> None:
    sent(site, {"a.txt": letter(), "b.txt": letter(BAKERY + "\n")})
    assert whats(brought(site)) == [*NEW, ("same", "cooperative/forn-nou")]


def test_a_dry_run_writes_nothing(site: Path) -> None:
    sent(site, {"a.txt": letter()})
    before = tree(site)
    assert whats(brought(site, dry=True)) == NEW and tree(site) == before


def test_what_was_sent_stays_where_it_was(site: Path) -> None:
    folder = sent(site, {"a.txt": letter(), "bad.txt": letter("name: [\n")})
    before = tree(folder)
    brought(site)
    assert tree(folder) == before


def test_new_entries_are_put_in_order_and_edits_are_not(site: Path) -> None:
    summary = next(line for line in BAKERY.splitlines(True) if line.startswith("summary"))
    sent(site, {"a.txt": letter(BAKERY.replace(summary, "") + summary)})
    brought(site)
    assert (site / PATH).read_text("utf-8") == BAKERY
    odd = MILL.replace("record:\n", "status: active\nrecord:\n").replace("The Mill", "A Mill")
    sent(site, {"a.txt": letter(odd, MILL_PATH)})
    brought(site, replacing=["cooperative/mill"])
    assert (site / MILL_PATH).read_text("utf-8") == odd


def test_an_edit_of_what_nobody_knows_the_base_of_is_a_conflict_with_a_difference(site: Path) -> None:
    sent(site, {"a.txt": letter(EDITED, MILL_PATH)})
    before = tree(site / "directory")
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "cooperative/mill")] and codes(outcome) == ["N005"]
    assert "--replace cooperative/mill" in outcome.findings[0].hint
    assert "+summary: A mill that grinds the grain of forty farms." in difference(outcome.fates[0])
    assert tree(site / "directory") == before


def test_somebody_may_say_that_the_edit_is_right(site: Path) -> None:
    sent(site, {"a.txt": letter(EDITED, MILL_PATH)})
    assert whats(brought(site, replacing=["cooperative/mill"])) == [("changed", "cooperative/mill")]
    assert (site / MILL_PATH).read_text("utf-8") == EDITED
    assert whats(brought(site)) == [("same", "cooperative/mill")]


def test_a_bundle_says_what_its_edits_began_with(site: Path) -> None:
    sent(site, {"bundle.json": manifest(mill=digest(MILL)), MILL_PATH: EDITED, PATH: BAKERY})
    assert whats(brought(site)) == [*NEW, ("changed", "cooperative/mill")]
    assert (site / MILL_PATH).read_text("utf-8") == EDITED


def test_a_bundle_comes_as_a_zip_as_well(site: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        for name, text in (("__MACOSX/._x", "x"), (".DS_Store", "x"), ("b/bundle.json", manifest(mill=digest(MILL))),
                           (f"b/{MILL_PATH}", EDITED), (f"b/{PATH}", BAKERY), ("b/hort (2).yaml", BAKERY.replace("Forn Nou", "Hort"))):  # fmt: skip
            out.writestr(name, text)
    sent(site, {"home.zip": packed.getvalue()})
    assert whats(brought(site, hold=0)) == [*NEW, ("changed", "cooperative/mill"), ("new", "cooperative/hort")]


def test_both_sides_of_an_edit_are_kept_where_they_changed_different_fields(site: Path) -> None:
    base = committed(site)
    now = MILL.replace("Solsona", "Cardona")
    (site / MILL_PATH).write_text(now, "utf-8")
    committed(site)
    sent(site, {"bundle.json": manifest(mill=digest(MILL)), MILL_PATH: EDITED})
    assert whats(brought(site, dry=True)) == [("changed", "cooperative/mill")]
    (site / "sent" / "bundle.json").unlink()
    # Of what git knows, this is an edit of the older version.
    guessed = brought(site, dry=True)
    assert whats(guessed) == [("changed", "cooperative/mill")] and codes(guessed) == ["N009"]
    assert whats(brought(site, base=base)) == [("changed", "cooperative/mill")]
    assert (site / MILL_PATH).read_text("utf-8") == now.replace("thirty", "forty")
    assert whats(brought(site, base=base)) == [("known", "cooperative/mill")]


def test_of_an_entry_that_never_changed_every_edit_is_one_of_today(site: Path) -> None:
    committed(site)
    sent(site, {"a.txt": letter(EDITED, MILL_PATH)})
    outcome = brought(site)
    assert whats(outcome) == [("changed", "cooperative/mill")] and codes(outcome) == ["N009"]
    assert (site / MILL_PATH).read_text("utf-8") == EDITED


def test_an_edit_that_is_as_near_to_two_versions_is_a_conflict(site: Path) -> None:
    committed(site)
    (site / MILL_PATH).write_text(MILL.replace("thirty", "fifty"), "utf-8")
    committed(site)
    sent(site, {"a.txt": letter(EDITED, MILL_PATH)})
    assert whats(brought(site)) == [("conflict", "cooperative/mill")]


def test_a_mail_says_what_its_edit_began_with(site: Path) -> None:
    committed(site)
    now = MILL.replace("Solsona", "Cardona")
    (site / MILL_PATH).write_text(now, "utf-8")
    committed(site)
    sent(site, {"a.txt": letter(EDITED, MILL_PATH, MILL)})
    outcome = brought(site)
    assert whats(outcome) == [("changed", "cooperative/mill")] and not codes(outcome)
    assert (site / MILL_PATH).read_text("utf-8") == now.replace("thirty", "forty")
    assert whats(brought(site)) == [("known", "cooperative/mill")]


def test_of_an_edit_that_began_with_what_is_there_git_is_not_asked(site: Path) -> None:
    sent(site, {"a.txt": letter(EDITED, MILL_PATH, MILL)})
    outcome = brought(site)
    assert whats(outcome) == [("changed", "cooperative/mill")] and not codes(outcome)


def test_a_mail_that_names_a_version_nobody_knows_is_settled_as_one_that_names_none(site: Path) -> None:
    committed(site)
    sent(site, {"a.txt": letter(EDITED, MILL_PATH, "another text")})
    outcome = brought(site)
    assert whats(outcome) == [("changed", "cooperative/mill")] and codes(outcome) == ["N009"]


def test_an_old_copy_is_no_edit(site: Path) -> None:
    committed(site)
    (site / MILL_PATH).write_text(MILL.replace("thirty", "fifty"), "utf-8")
    committed(site)
    sent(site, {"a.txt": letter(MILL, MILL_PATH)})
    assert whats(brought(site)) == [("known", "cooperative/mill")]


def test_where_git_has_not_all_that_a_file_was_nothing_is_guessed(site: Path, tmp_path: Path) -> None:
    committed(site)
    (site / MILL_PATH).write_text(MILL.replace("Solsona", "Cardona"), "utf-8")
    git(site, "add", "-A")
    git(site, "commit", "-q", "-m", "y")
    shallow = tmp_path / "shallow"
    git(site, "clone", "-q", "--depth", "1", site.as_uri(), str(shallow))
    sent(shallow, {"a.txt": letter(EDITED, MILL_PATH)})
    assert whats(brought(shallow)) == [("conflict", "cooperative/mill")]


def test_what_both_sides_changed_is_named(site: Path) -> None:
    base = committed(site)
    (site / MILL_PATH).write_text(MILL.replace("thirty", "fifty"), "utf-8")
    sent(site, {"a.txt": letter(EDITED.replace("The Mill", "A Mill"), MILL_PATH)})
    before = tree(site / "directory")
    outcome = brought(site, base=base)
    assert whats(outcome) == [("conflict", "cooperative/mill")]
    assert outcome.findings[0].message.endswith("both sides changed `summary`")
    assert tree(site / "directory") == before


def test_what_was_imported_and_improved_since_is_known(site: Path) -> None:
    sent(site, {"a.txt": letter(), "c.md": ""})
    brought(site)
    committed(site)
    (site / PATH).write_text(BAKERY.replace("Lleida", "Balaguer"), "utf-8")
    assert whats(brought(site)) == [("known", "cooperative/forn-nou")]


def test_what_was_taken_away_comes_back_only_when_somebody_says_so(site: Path) -> None:
    sent(site, {"a.txt": letter()})
    brought(site)
    committed(site)
    (site / PATH).unlink()
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "cooperative/forn-nou")] and "took it away" in outcome.findings[0].message
    assert not (site / PATH).exists()
    git(site, "rm", "-q", PATH)
    assert whats(brought(site)) == [("conflict", "cooperative/forn-nou")]
    git(site, "commit", "-q", "-m", "gone")
    assert whats(brought(site)) == [("conflict", "cooperative/forn-nou")]
    assert whats(brought(site, replacing=["cooperative/forn-nou"])) == NEW


def test_a_withdrawn_and_a_moved_entry_are_conflicts(site: Path) -> None:
    (site / "directory/cooperatives/gone.yaml").write_text("status: withdrawn\nwithdrawn_because: request\n", "utf-8")
    moved = MILL.replace("name: The", "former_ids: [cooperative/forn-nou]\nname: The")
    (site / MILL_PATH).write_text(moved, "utf-8")
    sent(site, {"a.txt": letter(path="directory/cooperatives/gone.yaml"), "b.txt": letter()})
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "cooperative/gone"), ("conflict", "cooperative/forn-nou")]
    assert [one.message for one in outcome.findings] == [
        "cooperative/gone was withdrawn", "cooperative/forn-nou is cooperative/mill today",
    ]  # fmt: skip


def test_a_file_that_cannot_be_read_is_somebodys_all_the_same(site: Path) -> None:
    (site / PATH).write_text("name: [\n", "utf-8")
    sent(site, {"a.txt": letter()})
    outcome = brought(site)
    assert whats(outcome) == [("conflict", "cooperative/forn-nou")] and "cannot be read" in outcome.findings[0].message


def test_two_that_want_one_file_are_told(site: Path) -> None:
    sent(site, {"a.txt": letter(), "b.txt": letter(BAKERY.replace("Lleida", "Balaguer"))})
    outcome = brought(site)
    assert whats(outcome) == [*NEW, ("conflict", "cooperative/forn-nou")] and codes(outcome) == ["N006"]
    assert "Lleida" in (site / PATH).read_text("utf-8")


def test_what_looks_like_another_is_held_back_or_told(site: Path) -> None:
    twin = MILL.replace("name: The Mill of the Valley", "name: Mill of the Valley")
    sent(site, {"a.txt": letter(twin, "directory/organizations/valley-mill.yaml")})
    outcome = brought(site)
    assert whats(outcome) == [("held", "organization/valley-mill")] and codes(outcome) == ["N007"]
    assert "cooperative/mill" in outcome.findings[0].message and "--hold 0" in outcome.findings[0].hint
    assert whats(brought(site, hold=0)) == [("new", "organization/valley-mill")]


def test_a_name_that_is_there_already_is_held_back(site: Path) -> None:
    (site / "directory/tools").mkdir()
    (site / "directory/tools/oven.yaml").write_text(
        "name: Oven\nsummary: It is hot.\nrecord: {sources: {a: {title: b}}}\n", "utf-8"
    )
    sent(site, {"a.txt": "Tool\nName: Oven\nIn one sentence: It is very hot.\nSources: seen\n"})
    outcome = brought(site)
    assert whats(outcome) == [("held", "tool/oven-2")] and "tool/oven" in outcome.findings[0].message


def test_answers_of_a_form_go_into_an_entry_that_somebody_names(site: Path) -> None:
    form = "Cooperative\nName: The Mill of the Valley\nIn one sentence: It mills.\nCountry: Spain\nTown: Solsona\nWebsite: https://mill.coop\nSources: https://mill.coop\n"
    (site / MILL_PATH).rename(site / "directory/cooperatives/the-mill-of-the-valley.yaml")
    sent(site, {"form.txt": form})
    assert [what for what, _ in whats(brought(site))] == ["held"]
    id_ = "cooperative/the-mill-of-the-valley"
    assert whats(brought(site, replacing=[id_])) == [("changed", id_)]
    made = (site / "directory/cooperatives/the-mill-of-the-valley.yaml").read_text("utf-8")
    assert "summary: It mills.\n" in made and "website: https://mill.coop\n" in made
    assert "Mills: a history" in made and "url: https://mill.coop\n" in made and "# asked for by the millers" in made
    assert whats(brought(site, replacing=[id_])) == [("same", id_)]


def test_names_in_any_script_become_slugs_and_namesakes_numbers(site: Path) -> None:
    form = "Cooperative\nName: {}\nIn one sentence: They bake.\nCountry: {}\nSources: seen\n"
    sent(site, {"a.txt": form.format("Пекарня", "Ukraine"), "b.txt": form.format("Пекарня", "Spain")})
    assert whats(brought(site)) == [("new", "cooperative/pekarnya"), ("new", "cooperative/pekarnya-2")]
    assert whats(brought(site)) == [("same", "cooperative/pekarnya"), ("same", "cooperative/pekarnya-2")]


def test_what_the_rules_refuse_is_not_written_and_what_names_it_neither(site: Path) -> None:
    bad = BAKERY.replace("ES-CT", "XX-YY")
    leans = BAKERY.replace("Forn Nou", "Hort").replace(
        "record:", "relations:\n  - {type: partner-of, to: cooperative/forn-nou}\nrecord:"
    )
    sent(site, {"a.txt": letter(bad), "b.txt": letter(leans, "directory/cooperatives/hort.yaml")})
    outcome = brought(site)
    assert whats(outcome) == [("refused", "cooperative/forn-nou"), ("refused", "cooperative/hort")]
    assert {"T007", "R002"} <= set(codes(outcome))
    assert outcome.texts[outcome.findings[0].location.path] == bad
    sent(site, {"a.txt": letter()})
    assert whats(brought(site, hold=0)) == [*NEW, ("new", "cooperative/hort")]


def test_kinds_of_saved_files(site: Path) -> None:
    bare = BAKERY.split("\n", 1)[1]
    sent(site, {"forn-nou.yaml": bare})
    outcome = brought(site)
    assert codes(outcome) == ["N004"] and whats(outcome) == [("refused", "")]
    assert whats(brought(site, kind="organization")) == [("new", "organization/forn-nou")]
    (site / "sent/forn-nou.yaml").unlink()
    # The only entry of that name is meant.
    sent(site, {"mill.yaml": EDITED.split("\n", 1)[1]})
    assert whats(brought(site)) == [("conflict", "cooperative/mill")]


def test_a_licence_is_named_by_its_id(site: Path) -> None:
    sent(
        site,
        {
            "f.txt": "License\nName: The Peer Licence\nIn one sentence: Share.\nSPDX id: LicenseRef-Peer-1.0\nSources: seen\n"
        },
    )
    made = brought(site, kind="license")
    assert whats(made) == [("new", "license/peer-1.0")], made.findings


def test_a_revision_that_git_does_not_know_is_told(site: Path) -> None:
    sent(site, {"a.txt": letter()})
    for revision in ("nowhere", "--output=x"):
        with pytest.raises(AuzolanError, match="git knows no revision"):
            brought(site, base=revision)


def test_a_path_where_nothing_is_is_told(site: Path) -> None:
    with pytest.raises(AuzolanError, match="is not there"):
        brought(site, site / "lost")


def test_a_manifest_that_is_none_is_told_and_the_rest_is_read(site: Path) -> None:
    for text in ("{", "[]", '{"format": "other/1"}', '{"format": "auzolan-bundle/1", "base": []}', "[" * 100_000):
        sent(site, {"bundle.json": text, PATH: BAKERY})
        outcome = brought(site, dry=True)
        assert codes(outcome) == ["N001"] and whats(outcome)[-1] == NEW[0]
