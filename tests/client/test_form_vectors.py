"""What the form's script does as Python does it: files, slugs, sources, addresses of forges, the rules marked `browser`."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import pytest
from tests.client import form_cases as cases
from tests.client import form_checked as checked
from tests.client.test_client_core import MODULES, ROOT, node

from auzolan.check.licenses import spdx
from auzolan.check.types import countries, regions
from auzolan.model.rules import RULES
from auzolan.render.form.codes import languages
from auzolan.render.form.texts import script_of

FOLDER = ROOT / "tests" / "vectors"
APART = {"R010": "a catalog of one entry cannot have two relations to another"}
"""Rules marked `browser` that no case has, and why."""


def made() -> dict[str, Any]:
    """Every vector file of the form, by name."""
    return {
        "writing": cases.texts_of(cases.value_trees()),
        "slugs": cases.slugs(),
        "sources": cases.sources(),
        "forges": cases.forges(),
        "looks": cases.looks(),
        "checks": [[kind, values, cases.codes_of(kind, values)] for kind, values in checked.entries()],
    }


@pytest.mark.parametrize("name", ["writing", "slugs", "sources", "forges", "checks", "looks"])
def test_the_vectors_are_what_python_says(name: str) -> None:
    text = "[\n" + ",\n".join(json.dumps(case, ensure_ascii=True) for case in made()[name]) + "\n]\n"
    path = FOLDER / f"{name}.json"
    if os.environ.get("AUZOLAN_UPDATE"):
        path.write_text(text, "utf-8")
    assert path.read_text("utf-8") == text, "AUZOLAN_UPDATE=1 pytest tests/client/test_form_vectors.py"


def test_every_rule_of_the_browser_has_a_case() -> None:
    told = {code for _, _, codes in made()["checks"] for code in codes}
    asked = {rule.code for rule in RULES.values() if "browser" in rule.marks}
    assert asked - told == APART.keys()


def test_the_script_agrees_with_python(tmp_path: Path) -> None:
    known = spdx()
    told = {
        "kinds": cases.kinds_told(),
        "scripts": [[slug, 256, script_of(slug, 256)] for slug in ("a", "9", *(f"a-group-{n}" for n in range(200)))],
        "random": cases.texts_of(cases.random_trees(1500)),
        "tables": {
            "countries": sorted(countries()), "regions": sorted(regions()), "languages": sorted(languages()),
            "licenses": sorted(known.ids), "exceptions": sorted(known.exceptions), "deprecated": dict(known.deprecated),
        },
    }  # fmt: skip
    (tmp_path / "told.json").write_text(json.dumps(told), "utf-8")
    bundle = tmp_path / "form.test.mjs"
    bundled = node(
        str(MODULES / "esbuild" / "bin" / "esbuild"), "tests/client/contribute.test.ts", "--bundle", "--platform=browser", "--external:node:*",
        "--format=esm", f"--outfile={bundle}",
    )  # fmt: skip
    assert bundled.returncode == 0, bundled.stderr
    run = node(
        "--test",
        str(bundle),
        VECTORS=str(FOLDER),
        TOLD=str(tmp_path / "told.json"),
        BUILT=str(ROOT / "theme/static/built"),
    )
    assert run.returncode == 0, run.stdout + run.stderr
