"""A kind of one's own: one file with three fields, one with its words, one with a relation; no Python."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest
from tests.running import auzolan, built, write

KIND = """
folder: makerspaces
use: [every, organisation-like]
traits: [organisation-like]
label: {en: Makerspace, fr: Fablab}
label_plural: {en: Makerspaces, fr: Fablabs}
sign: nut
hue: tool
fields:
  machines:
    {type: word, vocabulary: machines, many: true, facet: true, show: card, label: {en: Machines, fr: Machines}}
  benches:
    {type: number, show: facts, label: {en: Benches, fr: Établis}}
  house_rules:
    {type: prose, search: 2, show: section, label: {en: House rules, fr: Règles}}
"""
FILES = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'Workshops'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n"
    "AUZOLAN_LANGUAGES = ['en', 'fr']\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", '
    '"created": {"directory/makerspaces/shed.yaml": "2026-11-01"}, '
    '"changed": {"directory/makerspaces/shed.yaml": "2026-11-02"}}',
    "content/pages/about.md": "---\ntitle: About\nsummary: A.\n---\nA.\n",
    "directory/kinds/makerspace.yaml": KIND,
    "directory/vocabularies/machines.yaml": "label: {en: Machines}\nwords:\n"
    "  lathe: {label: {en: Lathe, fr: Tour}, definition: {en: It turns.}}\n  loom: {label: {en: Loom}}\n",
    "directory/vocabularies/relations.yaml": "extends: shipped\nwords:\n  teaches-at:\n    label: {en: teaches at, fr: enseigne à}\n"
    "    inverse: {name: taught-by, label: {en: is taught by, fr: reçoit les cours de}}\n"
    "    from: [cooperative]\n    to: [makerspace]\n",
    "directory/makerspaces/shed.yaml": "name: The Shed\nsummary: A shed with tools.\nplaces: [{country: FR}]\n"
    "machines: [lathe]\nbenches: 12\nhouse_rules: Sweep the **splinters** away.\nrecord: {sources: {s: {title: Seen}}}\n",
    "directory/cooperatives/turners.yaml": "name: Turners\nsummary: They turn wood.\nplaces: [{country: FR}]\n"
    "membership_base: workers\nrelations: [{type: teaches-at, to: makerspace/shed, sources: [s]}]\n"
    "record: {sources: {s: {title: Seen, by: cooperative/turners}}}\n",
}


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = write(tmp_path_factory.mktemp("kind"), FILES)
    built(folder)
    return folder


def output(site: Path, path: str) -> str:
    return (site / "output" / path).read_text("utf-8")


def test_it_is_listed_among_the_kinds(site: Path) -> None:
    assert "makerspace" in auzolan("kinds", cwd=site).stdout
    fields = auzolan("kinds", "makerspace", cwd=site).stdout
    assert "machines" in fields and "word (list): machines" in fields and "House rules" in fields


def test_it_is_checked(site: Path, tmp_path: Path) -> None:
    broken = FILES | {
        "directory/makerspaces/shed.yaml": FILES["directory/makerspaces/shed.yaml"]
        .replace("[lathe]", "[lahte]")
        .replace("benches: 12", "benches: many")
        .replace("house_rules", "house_rule"),
        "directory/cooperatives/turners.yaml": FILES["directory/cooperatives/turners.yaml"].replace(
            "makerspace/shed", "cooperative/other"
        ),
    }
    write(tmp_path, broken | {"directory/cooperatives/other.yaml": "name: Other\nsummary: Other.\n"})
    done = auzolan("check", "--json", cwd=tmp_path)
    found = {(one["code"], one["path"], one["line"]) for one in json.loads(done.stdout)["findings"]}
    shed = "directory/makerspaces/shed.yaml"
    assert {("V001", shed, 4), ("T004", shed, 5), ("D001", shed, 6)} <= found
    assert ("R003", "directory/cooperatives/turners.yaml", 5) in found
    assert done.returncode == 1


def test_it_is_rendered(site: Path) -> None:
    page = output(site, "makerspaces/shed.html")
    for said in ("The Shed", "Machines", "Lathe", "Benches", "12", "House rules", "<strong>splinters</strong>"):
        assert said in page
    assert "is taught by" in page and "../cooperatives/turners.html" in page
    assert "teaches at" in output(site, "cooperatives/turners.html")
    assert "Établis" in output(site, "fr/makerspaces/shed.html")
    assert "The Shed" in output(site, "makerspaces/index.html")
    assert "makerspaces/index.html" in output(site, "index.html")


def test_it_is_faceted(site: Path) -> None:
    page = output(site, "by/machines/lathe.html")
    assert "The Shed" in page and "It turns." in page
    assert "The Shed" in output(site, "by/machines/lathe.atom")
    assert "../makerspaces/shed.html" not in output(site, "by/machines/loom.html")
    assert "teaches at" in output(site, "by/relations/teaches-at.html")


@pytest.mark.parametrize("query", ["shed", "lathe", "splint"])
def test_it_is_searched(site: Path, query: str) -> None:
    done = auzolan("search", query, "--json", cwd=site)
    assert [hit["id"] for hit in json.loads(done.stdout)["results"]] == ["makerspace/shed"]


def test_it_is_exported(site: Path) -> None:
    rows = list(csv.DictReader(output(site, "data/makerspaces.csv").lstrip("\ufeff").splitlines()))
    assert [(row["id"], row["machines"], row["benches"]) for row in rows] == [("makerspace/shed", "lathe", "12")]
    data = json.loads(output(site, "data/everything.json"))
    entry = next(one for one in data["entries"] if one["id"] == "makerspace/shed")
    assert entry["fields"]["machines"] == ["lathe"] and entry["fields"]["benches"] == 12
    assert any((one["type"], one["state"]) == ("teaches-at", "stated") for one in data["relations"])
    schema = json.loads(output(site, "data/schemas/makerspace.schema.json"))
    assert {"machines", "benches", "house_rules"} <= schema["properties"].keys()
    assert "makerspaces.csv" in output(site, "data/index.html")


def test_new_writes_one(site: Path, tmp_path: Path) -> None:
    write(tmp_path, FILES)
    done = auzolan(
        "new", "makerspace", "--name", "The Loft", "--set", "summary=Under a roof.", "--set", "machines=Tour, loom",
        "--set", "places.country=France", "--set", "sources=https://loft.coop/", "--yes", cwd=tmp_path,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    text = (tmp_path / "directory/makerspaces/the-loft.yaml").read_text("utf-8")
    assert "machines: [lathe, loom]" in text and "country: FR" in text
    assert auzolan("check", cwd=tmp_path).returncode == 0
