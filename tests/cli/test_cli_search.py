"""`auzolan search`: narrowed to kinds before anything is cut off, JSON that programs may rely on, and ways out of every mistake."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from tests.running import ROOT, auzolan

from auzolan.index.format import DIGEST, script, shards_of

KEYS = {"format", "query", "language", "narrowed", "total", "with_all_words", "unknown", "showing", "results"}
RESULT = {"id", "kind", "title", "summary", "place", "url", "score"}


def told(site: Path, *arguments: str, status: int = 0) -> Any:
    done = auzolan("search", "--json", *arguments, cwd=site)
    assert done.returncode == status, done.stderr
    return json.loads(done.stdout)


def test_the_json_is_what_the_docs_say(everything: Path) -> None:
    found = told(everything, "garden")
    assert set(found) == KEYS and found["format"] == "auzolan-search/1"
    assert found["results"] and all(set(one) == RESULT for one in found["results"])
    page = (ROOT / "docs/search.md").read_text("utf-8")
    section = page.partition("### In the terminal")[2].partition("\n## ")[0]
    assert set(re.findall(r"`(\w+)`", section)) >= KEYS | RESULT and f"`{found['format']}`" in section


def test_only_some_kinds(everything: Path) -> None:
    every = told(everything, "--limit", "100", "neighbours share mill garden")
    kinds = {one["kind"] for one in every["results"]}
    assert len(kinds) > 2
    for kind in kinds:
        one = told(everything, "--kind", kind, "--limit", "100", "neighbours share mill garden")
        assert one["results"] == [hit for hit in every["results"] if hit["kind"] == kind]
        assert (one["total"], one["narrowed"]) == (len(one["results"]), {"kind": [kind], "country": []})
        # The limit counts what is left, not what was there before.
        assert (
            told(everything, "--kind", kind, "--limit", "1", "neighbours share mill garden")["results"]
            == one["results"][:1]
        )
    two = sorted(kinds)[:2]
    both = told(everything, "--kind", two[0], "--kind", two[1], "--limit", "100", "neighbours share mill garden")
    assert both["results"] == [hit for hit in every["results"] if hit["kind"] in two]


def test_only_in_some_countries(everything: Path) -> None:
    every = told(everything, "--limit", "100", "neighbours share mill garden")["results"]
    spain = told(everything, "--country", "ES", "--limit", "100", "neighbours share mill garden")
    assert spain["narrowed"] == {"kind": [], "country": ["ES"]}
    assert spain["results"] == [one for one in every if "Spain" in one["place"]] and 0 < spain["total"] < len(every)
    for name in ("es", "Spain", "SPAIN"):
        assert (
            told(everything, "--country", name, "--limit", "1", "neighbours share mill garden")["total"]
            == spain["total"]
        )
    catalan = told(everything, "--lang", "ca", "--country", "espanya", "--country", "Senegal", "horta")
    assert catalan["narrowed"]["country"] == ["ES", "SN"]
    assert told(everything, "--country", "ES", "--kind", "article", "mill", status=1)["total"] == 0


def test_a_kind_may_be_called_by_its_folder_and_articles_are_one(everything: Path) -> None:
    assert told(everything, "--kind", "Plans", "mill")["narrowed"]["kind"] == ["plan"]
    assert {one["kind"] for one in told(everything, "--kind", "article", "mill")["results"]} == {"article"}


def test_only_what_has_values_of_facets(everything: Path) -> None:
    every = told(everything, "--limit", "100", "--kind", "cooperative")
    assert every["query"] == "" and every["total"] > 1 and {one["kind"] for one in every["results"]} == {"cooperative"}
    here = told(everything, "--country", "spain", "--limit", "100")
    assert here["narrowed"] == {"kind": [], "country": ["ES"]} and here["results"]
    assert here["results"] == told(everything, "--where", "country=ES", "--limit", "100")["results"]
    one = told(everything, "--kind", "cooperative", "--country", "es", "--limit", "100")
    assert one["results"] == [
        hit for hit in every["results"] if hit["id"] in {other["id"] for other in here["results"]}
    ]


def test_nothing_at_all_is_a_mistake(everything: Path) -> None:
    done = auzolan("search", cwd=everything)
    assert done.returncode == 2 and "say what to look for" in done.stderr


@pytest.mark.parametrize(
    ("arguments", "said", "hint"),
    [
        (["--kind", "pln"], "there is no kind `pln`", "did you mean `plan`?"),
        (["--kind", "zzzzz"], "there is no kind `zzzzz`", "known: article cooperative"),
        (["--kind", "\x1b[31m"], "there is no kind `\\x1b[31m`", "known: "),
        (["--country", "Spian"], "there is no country `Spian`", "did you mean `spain`?"),
        (["--country", "XX"], "there is no country `XX`", "ISO 3166-1"),
        (["--where", "sector=food"], "there is no facet `sector`", "did you mean `sectors`?"),
        (["--where", "sectors=zzzz"], "`zzzz` is no value of `sectors` here", "known: "),
        (["--where", "kind=tool"], "kinds have an option of their own", "--kind tool"),
        (["--where", "sectors"], "`sectors` names no value", "--where sectors=housing"),
        (["--lang", "fr"], "`fr` is not a language of this site", "one of: en ca ar"),
        (["-o", "nowhere"], "nowhere holds no search files for `en`", "build the site first: auzolan build"),
    ],
)
def test_mistakes_end_with_2_and_a_way_out(everything: Path, arguments: list[str], said: str, hint: str) -> None:
    done = auzolan("search", *arguments, "mill", cwd=everything)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr and hint in done.stderr


def test_nothing_found_ends_with_1_and_is_json_all_the_same(everything: Path) -> None:
    assert told(everything, "zzzzz", status=1)["results"] == []
    assert told(everything, "--kind", "license", "horta", status=1)["total"] == 0


def test_colours_are_for_terminals(everything: Path) -> None:
    done = auzolan("search", "garden", cwd=everything, NO_COLOR="")
    assert "Garden Network" in done.stdout and "\x1b" not in done.stdout + done.stderr


def test_help_has_examples() -> None:
    done = auzolan("search", "--help", cwd=ROOT)
    said = " ".join(done.stdout.split())
    assert "auzolan search --kind tool" in said and "Exit status 1 where nothing is found" in said


def test_search_files_of_somebody_else_give_a_terminal_no_orders(everything: Path, tmp_path: Path) -> None:
    output = Path(shutil.copytree(everything / "output", tmp_path / "output"))
    file = output / "search/en/t0.js"
    shards = shards_of(file.read_bytes())
    payload = shards["t/en/0"]
    orders = "\x1b[31m\x9b2J"
    told = [[orders + one if isinstance(one, str) else one for one in row] for row in json.loads(payload[DIGEST:])]
    file.write_bytes(script({"t/en/0": payload[:DIGEST] + json.dumps(told).encode()}))
    done = auzolan("search", "garden", "--output", str(output), cwd=everything)
    assert done.returncode == 0 and "\ufffd[31m" in done.stdout
    assert not set(done.stdout + done.stderr) & {"\x1b", "\x9b"}
