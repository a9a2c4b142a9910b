"""Kinds and vocabularies by strangers come in; findings go out, never a fault, never a page in another's place."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.running import auzolan, built, write

from auzolan.load.declarations import load_declarations
from auzolan.load.shipped import shipped_root
from auzolan.model.kinds import Declarations

KIND = "folder: farms\nuse: [every]\nlabel: Farm\n"


def declared(site: Path, files: dict[str, str]) -> tuple[Declarations, list[tuple[str, str]]]:
    """The declarations of a site that has `files`, and (code, path) of every finding."""
    write(site, files)
    found, told = load_declarations(shipped_root() / "directory", site / "directory", site, ("en", "zh-Hant"))
    return found, [(one.code, one.location.path) for one in told]


def test_what_is_wrong_in_a_group_is_told(tmp_path: Path) -> None:
    groups = "extends: shipped\nsoil:\n  fields:\n    depth: {type: nonsense, label: Depth}\n"
    farm = KIND.replace("[every]", "[every, soil]")
    _, told = declared(tmp_path, {"directory/kinds/_groups.yaml": groups, "directory/kinds/farm.yaml": farm})
    assert told == [("K003", "directory/kinds/_groups.yaml")]


def test_a_group_that_holds_itself_many_times_is_refused_at_once(tmp_path: Path) -> None:
    inside = "".join(f"    f{n}: {{type: group, group: soil, label: x}}\n" for n in range(40))
    files = {
        "directory/kinds/_groups.yaml": f"extends: shipped\nsoil:\n  fields:\n{inside}",
        "directory/kinds/farm.yaml": f"{KIND}fields:\n  a: {{type: group, group: soil, label: x}}\n",
    }
    found, told = declared(tmp_path, files)
    assert told == [("K005", "directory/kinds/farm.yaml")] and "farm" not in found.kinds


@pytest.mark.parametrize("folder", ["index.html", "kinds", "vocabularies", "images", "zh-hant", "../out", "by", "con"])
def test_a_folder_that_is_something_else_already_is_refused(tmp_path: Path, folder: str) -> None:
    found, told = declared(tmp_path, {"directory/kinds/farm.yaml": KIND.replace("farms", folder)})
    assert told == [("K005", "directory/kinds/farm.yaml")] and "farm" not in found.kinds


@pytest.mark.parametrize(
    "field",
    [
        "  home: {type: url, label: x, facet: true}",
        "  where: {type: place, label: x, fields: {longitude: {type: date, label: y}}}",
        "  seen: {type: source, label: x, many: true, fields: {title: {type: number, label: y}}}",
    ],
)
def test_a_field_that_pages_cannot_be_made_of_is_refused(tmp_path: Path, field: str) -> None:
    _, told = declared(tmp_path, {"directory/kinds/farm.yaml": f"{KIND}fields:\n{field}\n"})
    assert told and {code for code, _ in told} == {"K005"}


def test_an_article_keeps_the_types_of_its_fields(tmp_path: Path) -> None:
    kind = "extends: shipped\nfields:\n  date: {type: text, label: x}\n"
    assert declared(tmp_path, {"directory/kinds/article.yaml": kind})[1] == [("K005", "directory/kinds/article.yaml")]


def test_a_relation_is_derived_from_licences_alone(tmp_path: Path) -> None:
    word = "  hurts: {label: a, inverse: {name: hurt-by, label: b}, derived_from: text}\n"
    path = "directory/vocabularies/relations.yaml"
    found, told = declared(tmp_path, {path: f"extends: shipped\nwords:\n{word}"})
    assert told == [("K005", path)] and not found.relation_types["hurts"].derived_from


def test_a_word_does_not_stand_where_anothers_second_page_will(tmp_path: Path) -> None:
    path = "directory/vocabularies/topics.yaml"
    words = "  bread: {label: Bread}\n  bread-2: {label: Bread}\n  wine-2: {label: Wine}\n  bread-1: {label: x}\n"
    assert declared(tmp_path, {path: f"extends: shipped\nwords:\n{words}"})[1] == [("K006", path)]


def test_a_vocabulary_as_deep_as_it_is_long(tmp_path: Path) -> None:
    assert auzolan("init", "site", cwd=tmp_path).returncode == 0
    chain = "".join(f"  w{n}: {{label: x{n}, broader: w{max(0, n - 1)}}}\n" for n in range(1200))
    write(tmp_path / "site", {"directory/vocabularies/scopes.yaml": f"extends: shipped\nwords:\n{chain}"})
    output = built(tmp_path / "site")
    assert "x1199" in (output / "by" / "scopes" / "index.html").read_text("utf-8")


def test_labels_that_look_like_markup_are_shown(tmp_path: Path) -> None:
    assert auzolan("init", "site", cwd=tmp_path).returncode == 0
    write(tmp_path / "site", {"directory/kinds/farm.yaml": f"{KIND}describes: 'a [/red] b'\n"})
    done = auzolan("kinds", cwd=tmp_path / "site")
    assert done.returncode == 0 and "[/red]" in done.stdout
