"""Entries: names, links, folders, files that cannot be read; one bad file costs no other its place."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.helpers import catalog, declarations
from tests.load.sites import GOOD, codes, load, site

from auzolan.check import check
from auzolan.load.entries import entry_files, load_entries, load_entry
from auzolan.model.entries import Catalog


def test_entries_by_id_sorted(tmp_path: Path) -> None:
    made, findings = load(site(tmp_path, {"directory/tools/saw.yaml": GOOD, "directory/cooperatives/a.yaml": GOOD}))
    assert list(made.entries) == ["cooperative/a", "tool/saw"]
    assert not findings
    assert made.entries["tool/saw"].path == "directory/tools/saw.yaml"
    assert made.entries["tool/saw"].source == GOOD


def test_one_bad_file_costs_no_other_its_place(tmp_path: Path) -> None:
    bad: dict[str, str | bytes] = {
        "directory/tools/a.yaml": "a: [", "directory/tools/b.yaml": b"\xff", "directory/tools/c.yaml": b"x" * 100_001,
        "directory/tools/d.yaml": "", "directory/tools/e.yaml": "a: " + "[" * 50_000, "directory/tools/f.yaml": "a: \0",
    }  # fmt: skip
    made, findings = load(site(tmp_path, {**bad, "directory/tools/z.yaml": GOOD}))
    assert list(made.entries) == ["tool/z"]
    assert [code for code, _ in codes(findings)] == ["Y001", "Y008", "Y006", "Y007", "Y005", "Y009"]


@pytest.mark.parametrize(
    ("name", "code"),
    [
        ("Growers", "F001"),
        ("growers_", "F001"),
        ("-growers", "F001"),
        ("gro--wers", "F001"),
        ("a..b", "F001"),
        ("é", "F001"),
        ("a" * 65, "F001"),
        ("a b", "F001"),
        ("con", "F005"),
        ("lpt1", "F005"),
        ("index", "F005"),
        ("CON", "F001"),
        ("con.x", "F005"),
        ("ａ", "F001"),
        ("٣", "F001"),
        ("a\nb", "F001"),
        ("a\u202eb", "F001"),
        ("\u0130", "F001"),
    ],
)
def test_names(tmp_path: Path, name: str, code: str) -> None:
    made, findings = load(site(tmp_path, {f"directory/tools/{name}.yaml": GOOD, "directory/tools/saw.yaml": GOOD}))
    assert [one.code for one in findings] == [code]
    assert findings[0].location.path.isprintable() and findings[0].message.isprintable()
    assert list(made.entries) == ["tool/saw"]


def test_a_name_in_bytes_that_are_no_text(tmp_path: Path) -> None:
    site(tmp_path, {})
    folder = tmp_path / "directory" / "tools"
    folder.mkdir()
    try:
        Path(os.fsdecode(os.fsencode(folder) + b"/a\xff.yaml")).write_text(GOOD)
    except OSError:
        pytest.skip("this file system takes no such names")
    _, findings = load(tmp_path)
    assert [one.code for one in findings] == ["F001"]
    findings[0].message.encode()
    str(findings[0].location).encode()


def test_files_are_listed_without_being_read_and_what_they_give_can_be_pickled(tmp_path: Path) -> None:
    root = site(tmp_path, {
        "directory/tools/saw.yaml": GOOD, "directory/tools/b/axe.yaml": GOOD, "directory/tools/notes.md": "x",
        "directory/cooperatives/a.yaml": "a: [", "directory/notes.txt": "x", "directory/kinds/.hidden": "x",
    })  # fmt: skip
    listed, findings = entry_files(root / "directory", declarations(), root)
    assert [(Path(one.path), one.kind.name) for one in listed] == [
        (root / "directory/cooperatives/a.yaml", "cooperative"), (root / "directory/tools/saw.yaml", "tool"),
    ]  # fmt: skip
    assert [one.stat for one in listed] == [Path(one.path).lstat() for one in listed]
    assert codes(findings) == [("F002", "directory/tools/b/axe.yaml")]
    read = [load_entry(one.path, one.kind, root) for one in listed]
    assert pickle.loads(pickle.dumps(read)) == read
    entries, told = load_entries(root / "directory", declarations(), root)
    assert entries == {one.id: one for one, _ in read if one} and list(entries) == ["tool/saw"]
    assert told == [*findings, *(one for _, of_file in read for one in of_file)]


def test_links_are_refused_and_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "secret.yaml"
    outside.write_text(GOOD)
    root = site(tmp_path / "site", {"directory/tools/saw.yaml": GOOD})
    (root / "directory/tools/link.yaml").symlink_to(outside)
    (root / "directory/tools/gone.yaml").symlink_to(tmp_path / "nowhere")
    (root / "directory/tools/here").symlink_to(".")
    (root / "directory/plans").symlink_to(tmp_path)
    os.mkfifo(root / "directory/tools/pipe.yaml")
    made, findings = load(root)
    assert list(made.entries) == ["tool/saw"]
    assert sorted(codes(findings)) == [
        ("F003", "directory/plans"), ("F003", "directory/tools/gone.yaml"), ("F003", "directory/tools/here"),
        ("F003", "directory/tools/link.yaml"), ("F003", "directory/tools/pipe.yaml"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    "folder", ["directory", "content/articles", "content/images", "directory/kinds", "directory/vocabularies"]
)
def test_a_folder_that_is_a_link_itself(tmp_path: Path, folder: str) -> None:
    elsewhere = tmp_path / "elsewhere"
    site(elsewhere, {"a.md": "title: T\n", "tools/saw.yaml": GOOD, "guild.yaml": "folder: guilds\n", "x.jpg": b"x"})
    root = site(tmp_path / "site", {})
    if (root / folder).is_dir():
        (root / folder).rmdir()
    (root / folder).symlink_to(elsewhere)
    made, findings = load(root)
    assert codes(findings) == [("F003", folder)]
    assert not made.entries and not made.articles and not made.images and "guild" not in made.declarations.kinds


@pytest.mark.skipif(os.geteuid() == 0, reason="root reads everything")
def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    root = site(tmp_path, {"directory/tools/saw.yaml": GOOD, "directory/tools/shut.yaml": GOOD})
    (root / "directory/tools/shut.yaml").chmod(0)
    made, findings = load(root)
    assert codes(findings) == [("F007", "directory/tools/shut.yaml")]
    assert list(made.entries) == ["tool/saw"]


def test_a_file_that_refuses_to_be_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = site(tmp_path, {"directory/tools/saw.yaml": GOOD, "directory/tools/shut.yaml": GOOD})
    open_ = Path.open

    def refuse(self: Path, *arguments: object, **more: object) -> object:
        if self.name == "shut.yaml":
            raise PermissionError(13, "Permission denied")
        return open_(self, *arguments, **more)  # type: ignore[call-overload]

    monkeypatch.setattr(Path, "open", refuse)
    made, findings = load(root)
    assert codes(findings) == [("F007", "directory/tools/shut.yaml")]
    assert list(made.entries) == ["tool/saw"]


def test_files_that_belong_nowhere(tmp_path: Path) -> None:
    files = [
        "directory/stray.yaml",
        "directory/tools/saw.yml",
        "directory/tools/old/saw.yaml",
        "directory/guilds/a.yaml",
    ]
    ignored = [
        "directory/SOURCES.md",
        "directory/tools/.hidden.yaml",
        "directory/tools/saw.yaml~",
        "directory/tools/notes.txt",
    ]
    made, findings = load(site(tmp_path, dict.fromkeys([*files, *ignored], GOOD)))
    assert not made.entries
    assert sorted(codes(findings)) == [
        ("F002", "directory/stray.yaml"), ("F002", "directory/tools/old/saw.yaml"), ("F002", "directory/tools/saw.yml"),
        ("F006", "directory/guilds"),
    ]  # fmt: skip


def test_a_folder_that_is_nearly_right(tmp_path: Path) -> None:
    _, findings = load(site(tmp_path, {"directory/cooperative/a.yaml": GOOD, "directory/cooperative/b.yaml": GOOD}))
    assert [(one.code, one.hint) for one in findings] == [("F006", "did you mean `cooperatives/`?")]


def test_folders_that_go_on_and_on(tmp_path: Path) -> None:
    _, findings = load(site(tmp_path, {f"directory/tools/{'a/' * 40}x.yaml": GOOD}))
    assert [one.code for one in findings] == ["F002"]


def test_no_directory_at_all(tmp_path: Path) -> None:
    made, findings = load(tmp_path)
    assert not made.entries and not findings


def entry_or_findings(path: Path, data: bytes) -> None:
    path.write_bytes(data)
    kind = declarations().kinds["cooperative"]
    entry, findings = load_entry(path, kind, path.parent)
    assert (entry is not None) or findings
    for one in findings:
        one.message.encode()
        assert one.location.path == path.name
    if entry is not None:
        made = catalog({})
        told = check(Catalog(made.settings, made.declarations, {entry.id: entry}, (), (), {}, made.history))
        for one in told:
            one.message.encode()


YAML_LIKE = st.text(alphabet="abn: -[]{}&*!|>'\"%@`#\n,?0\\\t\r\x00\ufeff\u202eé🌾", max_size=200)
FIELDS = st.sampled_from(sorted(declarations().kinds["cooperative"].fields))


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.one_of(st.binary(max_size=300), YAML_LIKE.map(str.encode)))
def test_any_bytes_give_an_entry_or_findings(tmp_path: Path, data: bytes) -> None:
    entry_or_findings(tmp_path / "x.yaml", data)


SCALARS = st.one_of(
    st.text(max_size=30), st.sampled_from(["", "cooperative/x", "ES", "2010", "withdrawn", "yes", "-1", "a@b.coop"])
)
NODES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=4),
        st.dictionaries(
            st.one_of(FIELDS, st.sampled_from(["en", "to", "type", "name", "url", "sources", "set"])), inner, max_size=4
        ),
    ),
    max_leaves=12,
)


@hypothesis_settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(fields=st.dictionaries(FIELDS, NODES, min_size=1, max_size=6))
def test_any_values_of_any_fields_give_an_entry_or_findings(tmp_path: Path, fields: dict[str, object]) -> None:
    import json

    entry_or_findings(tmp_path / "x.yaml", json.dumps(fields, ensure_ascii=False).encode("utf-8", "surrogatepass"))
