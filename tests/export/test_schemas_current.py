"""The schemas kept in the repository are what the kinds and vocabularies beside them say.

`AUZOLAN_UPDATE=1 pytest tests/export/test_schemas_current.py` writes them anew.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

import pytest
from jsonschema import Draft7Validator

from auzolan.export import editor_settings, schema_files, schema_of
from auzolan.load.declarations import load_declarations
from auzolan.model.diagnostics import has_errors
from auzolan.model.kinds import Declarations

ROOT = Path(__file__).resolve().parents[2]
FOLDER = ROOT / "directory/kinds/schemas"


@pytest.fixture(scope="module")
def shipped() -> Declarations:
    directory = ROOT / "directory"
    declarations, findings = load_declarations(directory, directory, ROOT, ("en", "es", "ca", "fr"))
    assert not has_errors(findings)
    return declarations


def test_they_are_current(shipped: Declarations) -> None:
    made = {file.path.rsplit("/", 1)[-1]: file.data for file in schema_files(shipped)}
    if os.environ.get("AUZOLAN_UPDATE"):
        FOLDER.mkdir(exist_ok=True)
        for old in FOLDER.glob("*.schema.json"):
            old.unlink()
        for name, data in made.items():
            (FOLDER / name).write_bytes(data)
    kept = {path.name: path.read_bytes() for path in FOLDER.iterdir()}
    assert sorted(kept) == sorted(made)
    stale = [name for name in made if made[name] != kept[name]]
    assert not stale, "write them anew: AUZOLAN_UPDATE=1 pytest tests/export/test_schemas_current.py"


def test_editors_are_led_to_them(shipped: Declarations) -> None:
    made = editor_settings(shipped)
    kept = ROOT / made.path
    if os.environ.get("AUZOLAN_UPDATE"):
        kept.parent.mkdir(exist_ok=True)
        kept.write_bytes(made.data)
    assert kept.read_bytes() == made.data, "write it anew: AUZOLAN_UPDATE=1 pytest tests/export/test_schemas_current.py"
    schemas = json.loads(made.data)["yaml.schemas"]
    assert len(schemas) == len(shipped.kinds)
    for path, folder in schemas.items():
        assert (ROOT / path).is_file()
        assert shipped.kind_of_folder(folder.split("/")[1])


def test_they_are_draft_07_and_plain(shipped: Declarations) -> None:
    for file in schema_files(shipped):
        Draft7Validator.check_schema(json.loads(file.data))
        assert b"anyOf" not in file.data


def test_every_field_is_in_them_with_its_help(shipped: Declarations) -> None:
    for kind in shipped.kinds.values():
        schema = schema_of(kind, shipped)
        assert list(schema["properties"]) == list(kind.fields)
        for name, field in kind.fields.items():
            assert schema["properties"][name]["description"] == field.help["en"]


def test_every_example_of_a_field_is_accepted(shipped: Declarations) -> None:
    for kind in (*shipped.kinds.values(), shipped.article):
        assert kind is not None
        for name, one in schema_of(kind, shipped)["properties"].items():
            for example in one.get("examples", ()):
                errors = [error.message for error in Draft7Validator(one).iter_errors(example)]
                assert not errors, f"{kind.name}.{name}: {errors}"
