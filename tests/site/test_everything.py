"""A site that uses each feature once, against golden/: `AUZOLAN_UPDATE=1` writes that anew, on purpose.

The golden listing has one line a file, and one a folder of words; `-` stands for bytes that hang on the compressor that
Python or Pillow was built with. A dozen files are kept whole, so that a change can be read.
"""

from __future__ import annotations

import csv
import hashlib
import json
import os
import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from tests.running import SITES, tree

GOLDEN = SITES / "everything" / "golden"
WHOLE = (
    "404.html",
    "articles/one-mill.html",
    "ar/index.html",
    "ar/makerspaces/warsha.html",
    "by/machines/lathe.html",
    "ca/cooperatives/horta-comuna.html",
    "cooperatives/horta-comuna.html",
    "cooperatives/refugi.html",
    "data/makerspaces.csv",
    "data/places.geojson",
    "data/relations.csv",
    "makerspaces/index.atom",
    "organizations/left-us.html",
    "organizations/old-network.html",
    "static/strings.ca.js",
    "wanted.html",
)
COMPRESSED = re.compile(r"(?:search/\w+/.*\.js|data/source\.zip|(?:\w+/)?data/index\.html|images/.*|SHA256SUMS)\Z")
WORDS = re.compile(r"((?:\w+/)?by/[^/]+)/")


def listing(output: Path) -> str:
    """The tree as golden/tree.txt tells it."""
    lines: dict[str, list[str]] = {}
    for path, digest in tree(output).items():
        words = WORDS.match(path)
        told = "-" if COMPRESSED.search(path) else digest
        lines.setdefault(f"{words[1]}/*" if words else path, []).append(f"{path} {told}")
    return "".join(f"{name}  {_one(told)}\n" for name, told in sorted(lines.items()))


def _one(told: list[str]) -> str:
    if len(told) == 1:
        return told[0].rsplit(" ", 1)[-1][:16]
    whole = hashlib.sha256("\n".join(told).encode()).hexdigest()
    return f"{len(told)} files  {whole[:16]}"


@pytest.fixture(scope="module")
def output(everything: Path) -> Path:
    return everything / "output"


def test_the_output_is_the_golden_one(output: Path) -> None:
    made = {"tree.txt": listing(output), **{f"files/{name}": (output / name).read_text("utf-8") for name in WHOLE}}
    if os.environ.get("AUZOLAN_UPDATE"):
        for name, text in made.items():
            (GOLDEN / name).parent.mkdir(parents=True, exist_ok=True)
            (GOLDEN / name).write_text(text, "utf-8")
    for name in (*(f"files/{one}" for one in WHOLE), "tree.txt"):
        golden = (GOLDEN / name).read_text("utf-8") if (GOLDEN / name).is_file() else ""
        assert made[name].splitlines() == golden.splitlines(), f"{name}; on purpose? AUZOLAN_UPDATE=1"


def test_golden_holds_nothing_else() -> None:
    kept = {path.relative_to(GOLDEN).as_posix() for path in GOLDEN.rglob("*") if path.is_file()}
    assert kept == {"tree.txt", *(f"files/{name}" for name in WHOLE)}


def text(output: Path, path: str) -> str:
    return (output / path).read_text("utf-8")


def test_every_field_type_is_used() -> None:
    from auzolan.load.settings import load_settings
    from auzolan.model.kinds import FIELD_TYPES, every_field
    from auzolan.pipeline.read import read

    settings, _ = load_settings(SITES / "everything" / "pelicanconf.py")
    reading = read(settings, ())
    assert reading.commons is not None, reading.findings
    commons = reading.commons
    used = {
        field.type
        for profile in commons.profiles.values()
        for field in every_field(commons.catalog.declarations.kinds[profile.kind].fields)
        if _says(profile.values, field.path.split("."))
    }
    assert used == set(FIELD_TYPES)


def _says(value: object, path: list[str]) -> bool:
    if not path:
        return value is not None
    if isinstance(value, tuple | list):
        return any(_says(item, path) for item in value)
    if not isinstance(value, dict):
        return hasattr(value, path[0])
    return (
        _says(value[path[0]], path[1:])
        if path[0] in value
        else any(_says(one, path) for one in value.values() if isinstance(one, dict))
    )


@pytest.mark.parametrize(
    "said",
    [
        "confirmed by both",
        "disputed",
        "reported by The Weekly",
        "last known 2015",
        "ended 2020",
        "no longer open",
        "review overdue",
        "27 July 2014",
        "Forn del Barri",
    ],
)
def test_states_are_said_in_words(output: Path, said: str) -> None:
    assert said in text(output, "cooperatives/horta-comuna.html")


def test_a_licence_is_related_by_derivation(output: Path) -> None:
    assert "licenses/mit.html" in text(output, "tools/open-ledger.html")
    rows = list(csv.DictReader(text(output, "data/relations.csv").lstrip("\ufeff").splitlines()))
    assert ("licensed-under", "derived") in {(row["type"], row["state"]) for row in rows}


def test_a_withdrawn_entry_keeps_its_address_and_reason_only(output: Path) -> None:
    page = text(output, "organizations/left-us.html")
    assert "This entry was withdrawn" in page and "On request" in page and 'name="robots" content="noindex"' in page
    data = json.loads(text(output, "data/everything.json"))
    assert [one["id"] for one in data["withdrawn"]] == ["organization/left-us"]
    assert "organization/left-us" not in {entry["id"] for entry in data["entries"]}
    assert "left-us" not in text(output, "organizations/index.html")


def test_a_former_id_leads_to_the_entry(output: Path) -> None:
    page = text(output, "organizations/old-network.html")
    assert "url=xarxa-de-l-horta.html" in page
    assert json.loads(text(output, "data/everything.json"))["redirects"]


def test_a_hidden_place_is_hidden_everywhere(output: Path) -> None:
    features = json.loads(text(output, "data/places.geojson"))["features"]
    assert not [one for one in features if "refugi" in json.dumps(one)]
    row = next(
        row
        for row in csv.DictReader(text(output, "data/cooperatives.csv").lstrip("\ufeff").splitlines())
        if "refugi" in row["id"]
    )
    assert "hidden" in " ".join(row.values())


def test_right_to_left_pages_are_that(output: Path) -> None:
    page = text(output, "ar/makerspaces/warsha.html")
    assert '<html lang="ar" dir="rtl"' in page
    assert "<h1><bdi>ورشة الجيران</bdi></h1>" in page
    english = text(output, "makerspaces/warsha.html")
    assert '<bdi lang="ar" dir="rtl">ورشة الجيران</bdi>' in english


def test_xml_is_well_formed_and_has_no_script(output: Path) -> None:
    for path in sorted([*output.rglob("*.atom"), *output.glob("*.xml"), *(output / "static").glob("*.svg")]):
        tags = {element.tag.split("}")[-1] for element in ET.parse(path).iter()}
        assert "script" not in tags, path


def test_what_is_hostile_stays_text(output: Path) -> None:
    assert "<b>bosses</b>" not in text(output, "cooperatives/horta-comuna.html")
    assert "<code>&lt;script&gt;alert(1)&lt;/script&gt;</code>" in text(output, "articles/what-pays.html")


def test_the_picture_is_drawn_anew(everything: Path, output: Path) -> None:
    from PIL import Image

    with (
        Image.open(output / "images/basket.png") as made,
        Image.open(everything / "content/images/basket.png") as given,
    ):
        assert made.tobytes() == given.tobytes()
        assert given.info["Author"] and given.getexif()
        assert not made.info and not made.getexif()
