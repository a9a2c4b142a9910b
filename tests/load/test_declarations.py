"""Kinds and vocabularies: what a declaration may not be, what a site adds and what it replaces."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.load.sites import GOOD, load, site

from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Declarations

KIND = """\
folder: guilds
use: [every]
label: {en: Guild}
fields:
  trade:
    type: text
    label: {en: Trade}
"""
WORDS = "label: {en: Trades}\nwords:\n  baking: {label: {en: Baking}}\n"


def declared(root: Path, **files: str) -> tuple[Declarations, list[Diagnostic]]:
    """Declarations of a site with the files `kinds_guild="…"`, `vocabularies_trades="…"`."""
    paths = {f"directory/{name.replace('_', '/', 1).replace('-', '/')}.yaml": text for name, text in files.items()}
    catalog, findings = load(site(root, paths))
    return catalog.declarations, findings


def told(findings: list[Diagnostic]) -> list[tuple[str, int, int]]:
    return [(one.code, one.location.line, one.location.column) for one in findings]


def test_a_kind_of_our_own(tmp_path: Path) -> None:
    made, findings = declared(tmp_path, kinds_guild=KIND)
    assert not findings
    assert list(made.kinds["guild"].fields)[-1] == "trade"
    assert made.kind_of_folder("guilds") is made.kinds["guild"]
    assert list(made.kinds)[-1] == "guild"
    assert made.kinds["guild"].sign == "disc"


def test_entries_of_a_kind_of_our_own(tmp_path: Path) -> None:
    catalog, findings = load(site(tmp_path, {"directory/kinds/guild.yaml": KIND, "directory/guilds/a.yaml": GOOD}))
    assert not findings and list(catalog.entries) == ["guild/a"]


@pytest.mark.parametrize(
    ("old", "new", "expected"),
    [
        ("label: {en: Guild}", "labl: {en: Guild}", [("K002", 1, 1), ("K001", 3, 1)]),
        ("    type: text", "    type: text\n    pattern: '.*'", [("K001", 7, 5)]),
        ("label: {en: Trade}", "help: {en: Trade}", [("K002", 6, 5)]),
        ("type: text", "type: txt", [("K003", 6, 11)]),
        ("type: text", "type: ''", [("K003", 6, 11)]),
        ("  trade:\n", "  trade: text\n  other:\n", [("K002", 5, 10)]),
        ("type: text", "type: word", [("K002", 6, 5)]),
        ("type: text", "type: word\n    vocabulary: trades", [("K004", 1, 1)]),
        ("type: text", "type: reference\n    to: [guilt]", [("K004", 1, 1)]),
        ("use: [every]", "use: [every, evry]", [("K004", 2, 14)]),
        ("type: text", "type: group", [("K004", 6, 5)]),
        ("folder: guilds", "folder: ../guilds", [("K005", 1, 9)]),
        ("folder: guilds", "folder: data", [("K005", 1, 9)]),
        ("folder: guilds", "folder: by", [("K005", 1, 9)]),
        ("folder: guilds", "folder: ca", [("K005", 1, 9)]),
        ("folder: guilds", "folder: con", [("K005", 1, 9)]),
        ("folder: guilds\n", "", [("K005", 1, 1)]),
        ("type: text", "type: text\n    search: many", [("K005", 7, 13)]),
        ("type: text", "type: text\n    related: true", [("K005", 7, 14)]),
        ("type: text", "type: country\n    related: true", [("K005", 7, 14)]),
        ("type: text", "type: country\n    facet: true\n    related: true", []),
        ("type: text", "type: text\n    search: 1e400", [("K005", 7, 13)]),
        ("type: text", "type: text\n    search: nan", [("K005", 7, 13)]),
        ("type: text", "type: text\n    max: 0", [("K005", 7, 10)]),
        ("type: text", "type: text\n    max: 9999999999", [("K005", 7, 10)]),
        ("type: text", "type: text\n    many: some", [("K005", 7, 11)]),
        ("type: text", "type: text\n    required: perhaps", [("K005", 7, 15)]),
        ("type: text", "type: text\n    show: everywhere", [("K005", 7, 11)]),
        ("  trade:", "  Trade:", [("K005", 5, 3)]),
        ("  trade:", "  __proto__:", [("K005", 5, 3)]),
        ("  trade:", "  '../x':", [("K005", 5, 3)]),
        ("folder: guilds", "folder: guilds\nsign: skull", [("K005", 2, 7)]),
        ("folder: guilds", "folder: tools", [("K006", 1, 1)]),
        ("folder: guilds", "folder: guilds\norder: first", [("K005", 2, 8)]),
        ("use: [every]\n", "", [("K002", 1, 1)] * 4),
    ],
)  # fmt: skip
def test_a_kind_that_is_not_right(tmp_path: Path, old: str, new: str, expected: list[tuple[str, int, int]]) -> None:
    assert old in KIND
    _, findings = declared(tmp_path, kinds_guild=KIND.replace(old, new, 1))
    assert sorted(told(findings)) == sorted(expected)


@pytest.mark.parametrize(
    "field",
    [
        "name: {type: prose",
        "status: {type: text",
        "offers: {type: number, many: true",
        "website: {type: group, fields: {}",
        "record: {type: text",
        "relations: {type: text, many: true",
        "summary: {type: text, many: true",
    ],
)
def test_a_kind_cannot_change_what_the_code_reads_by_name(tmp_path: Path, field: str) -> None:
    kind = f"{KIND}  {field}, label: {{en: L}}, vocabulary: topics}}\n".replace(
        "use: [every]", "use: [every, organisation-like]"
    )
    _, findings = declared(tmp_path, kinds_guild=kind)
    assert "K005" in {one.code for one in findings}


def test_a_group_cannot_change_what_the_code_reads_by_name(tmp_path: Path) -> None:
    groups = "extends: shipped\nplace:\n  fields:\n    country: {type: text, label: {en: Country}}\n"
    _, findings = declared(tmp_path, kinds__groups=groups)
    assert "K005" in {one.code for one in findings}
    assert any("`places.country`" in one.message for one in findings)


@pytest.mark.parametrize("name", ["Guild", "guild_s", "any", "source", "1guild", "é"])
def test_names_of_kinds(tmp_path: Path, name: str) -> None:
    catalog, findings = load(site(tmp_path, {f"directory/kinds/{name}.yaml": KIND}))
    assert [one.code for one in findings] == ["F001"]
    assert name not in catalog.declarations.kinds


def test_files_beside_declarations(tmp_path: Path) -> None:
    files = {
        "directory/kinds/guild.yml": KIND,
        "directory/kinds/old/guild.yaml": KIND,
        "directory/kinds/README.md": "Words.",
    }
    _, findings = load(site(tmp_path, files))
    assert [one.code for one in findings] == ["F002", "F002"]


@pytest.mark.parametrize(("data", "code"), [("", "Y007"), ("a: [", "Y001"), ("a: \u202e", "Y009"), (b"\xff", "Y008")])
def test_a_declaration_that_cannot_be_read(tmp_path: Path, data: str | bytes, code: str) -> None:
    _, findings = load(site(tmp_path, {"directory/kinds/guild.yaml": data}))
    assert [one.code for one in findings] == [code]


def test_a_large_declaration_is_held_to_the_same_rules(tmp_path: Path) -> None:
    padding = "# words\n" * 20_000
    _, findings = load(site(tmp_path, {"directory/kinds/guild.yaml": KIND + padding}))
    assert not findings
    _, findings = load(site(tmp_path, {"directory/kinds/guild.yaml": KIND + padding + "# \u202e\n"}))
    assert [one.code for one in findings] == ["Y009"]
    _, findings = load(site(tmp_path, {"directory/kinds/guild.yaml": KIND + padding * 3}))
    assert [one.code for one in findings] == ["Y006"]


def test_a_file_of_our_own_replaces_the_shipped_one(tmp_path: Path) -> None:
    made, findings = declared(tmp_path, vocabularies_topics=WORDS)
    assert not findings and list(made.vocabularies["topics"].words) == ["baking"]


def test_a_file_of_our_own_extends_the_shipped_one(tmp_path: Path) -> None:
    kind = "extends: shipped\nfields:\n  oven: {type: flag, label: {en: Oven}}\n"
    made, findings = declared(tmp_path, vocabularies_topics="extends: shipped\n" + WORDS, kinds_cooperative=kind)
    assert not findings
    assert {"baking", "commons"} <= set(made.vocabularies["topics"].words)
    assert made.kinds["cooperative"].folder == "cooperatives"
    assert {"oven", "membership_base", "name"} <= set(made.kinds["cooperative"].fields)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("label: {en: Trades}\n", [("K002", 1, 1)]),
        ("words: {baking: {label: {en: B}}}\n", [("K002", 1, 1)]),
        (WORDS + "  weaving: {}\n", [("K002", 4, 12)]),
        (WORDS + "  weaving: words\n", [("K005", 4, 3)]),
        (WORDS + "  Weaving: {label: {en: W}}\n", [("K005", 4, 3)]),
        (WORDS + "  weaving: {label: {en: W}, color: red}\n", [("K001", 4, 29)]),
        (WORDS + "  weaving: {label: {en: W}, broader: work}\n", [("K004", 4, 38)]),
        (WORDS + "colour: red\n", [("K001", 4, 1)]),
    ],
)
def test_a_vocabulary_that_is_not_right(tmp_path: Path, text: str, expected: list[tuple[str, int, int]]) -> None:
    _, findings = declared(tmp_path, vocabularies_trades=text)
    assert told(findings) == expected


@pytest.mark.parametrize(
    ("type_", "codes"),
    [
        ("lends-to: {label: {en: lends to}}", ["K002"]),
        ("lends-to: {label: {en: lends to}, inverse: {name: uses, label: {en: u}}}", ["K006"]),
        ("lends-to: {label: {en: lends to}, symmetric: true, from: [guilt]}", ["K004"]),
        ("lends-to: {label: {en: lends to}, symmetric: perhaps, inverse: {name: lent-by, label: {en: l}}}", ["K005"]),
        ("lends-to: {label: {en: lends to}, inverse: {name: lent-by, label: {en: l}}, to: [tool]}", []),
    ],
)
def test_relation_types_of_our_own(tmp_path: Path, type_: str, codes: list[str]) -> None:
    made, findings = declared(tmp_path, vocabularies_relations=f"extends: shipped\nwords:\n  {type_}\n")
    assert [one.code for one in findings] == codes
    if not codes:
        assert made.relation_names["lent-by"] == ("lends-to", True)
        assert "uses" in made.relation_types


def test_a_language_cannot_be_the_folder_of_a_kind(tmp_path: Path) -> None:
    made, findings = declared(tmp_path, kinds_guild=KIND.replace("guilds", "ca"))
    assert [one.code for one in findings] == ["K005"] and "guild" not in made.kinds


def test_a_relation_type_may_say_that_it_makes_one_work_of_another(tmp_path: Path) -> None:
    words = "  forks: {label: F, inverse: {name: forked-by, label: B}, derivative: %s}\n"
    made, findings = declared(tmp_path, vocabularies_relations="extends: shipped\nwords:\n" + words % "true")
    assert not findings
    assert {id_ for id_, type_ in made.relation_types.items() if type_.derivative} == {"forks", "based-on", "adapts"}
    _, findings = declared(tmp_path, vocabularies_relations="extends: shipped\nwords:\n" + words % "perhaps")
    assert [one.code for one in findings] == ["K005"]
