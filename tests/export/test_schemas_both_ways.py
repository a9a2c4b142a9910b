"""The shipped kinds' schemas and the check hold to one another on entries that there are, on those that the tests break, and on
those that are made up from the declarations, whole and broken.

- What the check accepts, a schema accepts, in every way in which YAML is read.
- What the check refuses by a rule that is marked `schema`, a schema refuses, as far as it sees what the check saw: the text. (A
  reader that types values takes `name:` for null, which is what it takes `name: ~` for, and that is a text.)
"""

from __future__ import annotations

import json
import re
from collections import Counter
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator
from tests.export.test_schemas_agree import readings, texts_only
from tests.helpers import TODAY, declarations
from tests.helpers import settings as site
from tests.running import ROOT, SITES
from tests.test_rule_examples import examples

from auzolan.check import check
from auzolan.export import schema_of
from auzolan.export.words import ID_SHAPED
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic, has_errors
from auzolan.model.entries import Catalog, Entry, History, Image
from auzolan.model.kinds import Field, Kind
from auzolan.model.rules import RULES

KINDS = tuple(declarations().kinds)
OTHERS = {
    "organization/network": "name: Network\nsummary: They meet.\nrecord: {submitted_by: itself}\n",
    "tool/ledger": "name: Ledger\nsummary: Counts.\nrecord: {submitted_by: itself}\n",
}


@cache
def validator(kind: str) -> Draft7Validator:
    said = declarations()
    return Draft7Validator(schema_of(said.article if kind == "article" else said.kinds[kind], said))  # type: ignore[arg-type]


@cache
def neighbours() -> dict[str, Entry]:
    return {id_: made(id_, text) for id_, text in OTHERS.items()}


def made(id_: str, text: str) -> Entry:
    kind, slug = id_.split("/")
    path = f"directory/{declarations().kinds[kind].folder}/{slug}.yaml"
    tree, findings = read_yaml(text, path)
    assert tree is not None and not has_errors(findings), findings
    return Entry(id_, kind, slug, path, tree, "", text)


def told(kind: str, text: str, slug: str = "licenseref-mine") -> tuple[Diagnostic, ...]:
    """The errors in an entry of `kind`, by itself or against its two neighbours."""
    one = made(f"{kind}/{slug}", text)
    images = {"photo.jpg": Image("content/images/photo.jpg", 1, 1, 1, "JPEG")}
    catalog = Catalog(site(), declarations(), {**neighbours(), one.id: one}, (), (), images, History(build_date=TODAY))
    return tuple(f for f in check(catalog) if f.location.path == one.path and f.severity == "error")


def agrees(kind: str, text: str, findings: tuple[Diagnostic, ...]) -> str:
    """Holds both ways; `accepted`, `schema` (refused by both) or `check` (refused by what only the check can say)."""
    said = validator(kind)
    if not findings:
        for data in readings(text):
            assert not [error.message for error in said.iter_errors(data)], text
        return "accepted"
    read = texts_only(text)
    owed = [one for one in findings if "schema" in RULES[one.code].marks and not _only_the_check_can_tell(one, read)]
    if owed:
        assert not said.is_valid(texts_only(text)), (owed, text)
        return "schema"
    return "check"


def _only_the_check_can_tell(one: Diagnostic, read: dict[str, Any]) -> bool:
    """A word may be written by its labels and aliases, in any case: what is not shaped as an id is left to the check. So are the
    words of a set of principles that is named so, and what an entry owes whose state is: it may be withdrawn."""
    if one.code == "D002":
        state = str(read.get("status", ""))
        return state != "" and not re.match(ID_SHAPED, state)
    if one.code != "V001":
        return False
    quoted = re.match(r'"(.*)" is not a word of `(.*)`', one.message, re.DOTALL)
    if quoted and quoted[2].startswith("principles-"):
        sets = [str(item.get("set", "")) for item in read.get("principles", ()) if isinstance(item, dict)]
        if not all(re.match(ID_SHAPED, set_) for set_ in sets):
            return True
    return not (quoted and re.match(ID_SHAPED, quoted[1]))


@pytest.mark.parametrize("kind", KINDS)
def test_every_entry_of_this_repository(kind: str) -> None:
    files = sorted((ROOT / "directory" / declarations().kinds[kind].folder).glob("*.yaml"))
    assert files
    for path in files:
        for data in readings(path.read_text("utf-8")):
            assert not [f"{path.name}: {error.message}" for error in validator(kind).iter_errors(data)]


def test_every_article_of_this_repository() -> None:
    for path in sorted((ROOT / "content/articles").glob("*.md")):
        front = path.read_text("utf-8").split("---\n")[1]
        for data in readings(front):
            assert not [f"{path.name}: {error.message}" for error in validator("article").iter_errors(data)]


def readable(text: str) -> bool:
    """Whether it is YAML that the check gets to see: what the reader itself refuses, no schema is asked about."""
    tree, findings = read_yaml(text, "directory/x.yaml")
    return tree is not None and not has_errors(findings)


def broken() -> dict[str, tuple[str, str]]:
    """Every entry that the tests break, and the examples of the rules' pages: name → kind and text."""
    found = {
        f"sites/{path.parent.name}/{path.name}": (path.parent.name, path.read_bytes().decode("utf-8", "replace"))
        for site_ in ("broken", "minimal", "everything")
        for path in sorted((SITES / site_ / "directory").glob("*/*.yaml"))
    }
    for code, both in examples().items():
        for which, example in both.items():
            for path, text in example.files.items():
                if path.startswith("directory/") and path.endswith(".yaml"):
                    found[f"rules/{code}/{which}/{path}"] = (Path(path).parent.name, text)
    kinds = {name: declarations().kind_of_folder(folder) for name, (folder, _) in found.items()}
    return {
        name: (kind.name, text)
        for name, (_, text) in found.items()
        if (kind := kinds[name]) is not None and readable(text)
    }


def test_every_entry_that_the_tests_break_and_every_example_of_a_rule() -> None:
    ways = Counter(agrees(kind, text, told(kind, text)) for kind, text in broken().values())
    assert min(ways[way] for way in ("accepted", "schema", "check")) >= 20, ways


# What is made up: values that the declaration allows, written plainly where YAML lets one, so that readers type them.
PLAIN = re.compile(r"[A-Za-z0-9+~][A-Za-z0-9 ._/@+-]*(?<! )\Z")
TEXTS = ("Forn", "no", "12", "1e3", "0123", "null", "~", "12:30", "2010-05-14", "A b: c", "Ένα", "<b>", "true")
SCALARS = {
    "url": ("https://oven.coop/a?b=c", "http://oven.coop", "mailto:info@oven.coop"),
    "email": ("info@oven.coop",),
    "phone": ("+34 900 000 000", "943712400"),
    "date": ("2010", "2010-05", "2010-05-14"),
    "number": ("12", "0", "41.38", "-0.5", "0120"),
    "flag": ("yes", "No", "TRUE", "false"),
    "country": ("ES", "NO"),
    "region": ("ES-CT",),
    "language": ("ca", "no", "pt-BR", "zh-Hant"),
    "license": ("MIT", "0BSD", "MIT OR Apache-2.0", "LicenseRef-x"),
}
WRONG: tuple[Any, ...] = (
    "", "x", "no", "nope-nope", "not a word", "12", "x" * 400, "x" * 9000, [], {}, ["x"], [["x"]], [""], {"en": "x"}, {"en": ""},
    {"en": {"ca": "x"}}, {"name": ""}, {"name": "x", "why": "y"}, {"url": "https://x.coop"}, {"nope": "x"}, {"name": ["x"]},
    {"name": "x", "url": ["https://x.coop"]}, [{"nope": "x"}], ["x"] * 300, "2010-5", "Spain", "www.x.coop", "perhaps",
    {"status": "withdrawn"}, {"wikidata": ""}, {"wikidata": {"x": "y"}},
)  # fmt: skip


def written(value: Any) -> str:
    """YAML in one line; a text is plain where it can be."""
    if isinstance(value, dict):
        return "{" + ", ".join(f"{key}: {written(one)}" for key, one in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(written(one) for one in value) + "]"
    return value if PLAIN.match(value) else json.dumps(value, ensure_ascii=False)


def file_of(values: dict[str, Any]) -> str:
    return "".join(f"{key}: {written(value)}\n" for key, value in values.items()) or "{}\n"


def one_value(field: Field) -> st.SearchStrategy[Any]:
    if field.fields:
        return mapping_of(field.fields)
    if field.type == "word":
        vocabulary = declarations().vocabularies.get(field.vocabulary)
        words = vocabulary.words.values() if vocabulary else ()
        names = [name for word in words for name in (word.id, *word.label.values(), *sum(word.aliases.values(), ()))]
        if field.vocabulary == "relations":
            names = ["member-of", "has-member", "partner-of", "uses", "develops", "endorses"]
        return st.sampled_from(names or ["solidarity", "democratic-control"])
    if field.type == "reference":
        return st.sampled_from(
            [*OTHERS, {"name": "Somebody"}, {"name": {"en": "A", "no": "B"}, "url": "https://a.coop"}]
        )
    if field.type == "identifier":
        return st.sampled_from(
            [{"wikidata": "Q42"}, {"osm": "node/12"}, {"wikidata": "Q1", "lei": "529900T8BM49AURSDO55"}]
        )
    if field.type == "text" and field.to == ("source",):
        return st.sampled_from(["report", "no", "2014"])
    if field.type in ("text", "prose"):
        plain = st.sampled_from(TEXTS)
        return plain | st.dictionaries(st.sampled_from(["en", "ca", "no"]), plain, min_size=1, max_size=2)
    return st.sampled_from(SCALARS.get(field.type, TEXTS))


def value_of(field: Field) -> st.SearchStrategy[Any]:
    one = one_value(field)
    if field.many == "list":
        return st.lists(one, max_size=2)
    if field.many == "keyed":
        return st.fixed_dictionaries({"report": one}, optional={"no": one, "2014": one})
    return one


def mapping_of(fields: Any) -> st.SearchStrategy[dict[str, Any]]:
    return st.fixed_dictionaries(
        {name: value_of(field) for name, field in fields.items() if field.required},
        optional={name: value_of(field) for name, field in fields.items() if not field.required},
    )


@cache
def few_of(name: str) -> st.SearchStrategy[dict[str, Any]]:
    """What an entry must say, with up to three more of its fields: of many, one is always at odds with another."""
    kind: Kind = declarations().kinds[name]
    needed = {name: value_of(field) for name, field in kind.fields.items() if field.required}
    rest = [name for name, field in kind.fields.items() if not field.required]
    return st.lists(st.sampled_from(rest), max_size=3, unique=True).flatmap(
        lambda names: st.fixed_dictionaries({**needed, **{name: value_of(kind.fields[name]) for name in names}})
    )


def places_in(value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    steps = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [path, *(place for step, one in steps for place in places_in(one, (*path, step)))]


def mutated(values: dict[str, Any], place: tuple[Any, ...], change: Any) -> dict[str, Any]:
    """A copy in which the value at a place is another, is gone (None), or has an unknown key beside it (a tuple)."""
    copy = json.loads(json.dumps(values))
    if not place:
        return {**copy, "nope": "x"} if change is not None else {}
    around = copy
    for step in place[:-1]:
        around = around[step]
    if change is None:
        del around[place[-1]]
    elif isinstance(change, tuple) and isinstance(around, dict):
        around["nope"] = "x"
    else:
        around[place[-1]] = "x" if isinstance(change, tuple) else change
    return dict(copy)


def held(kind: str, *, whole: bool, examples_: int) -> Counter[str]:
    ways: Counter[str] = Counter()
    values = few_of(kind)

    @settings(max_examples=examples_, deadline=None, suppress_health_check=list(HealthCheck), database=None)
    @given(values=values, data=st.data())
    def hold(values: dict[str, Any], data: st.DataObject) -> None:
        if not whole:
            place = data.draw(st.sampled_from(places_in(values)))
            values = mutated(values, place, data.draw(st.sampled_from((*WRONG, None, ("a key",)))))
        text = file_of(values)
        if readable(text) and isinstance(yaml.load(text, yaml.BaseLoader), dict):
            ways[agrees(kind, text, told(kind, text))] += 1

    hold()
    return ways


@pytest.mark.parametrize("kind", KINDS)
def test_entries_made_up_from_the_declaration(kind: str) -> None:
    ways = held(kind, whole=True, examples_=120)
    assert ways["accepted"] >= 20, ways


@pytest.mark.parametrize("kind", KINDS)
def test_entries_made_up_and_then_broken(kind: str) -> None:
    ways = held(kind, whole=False, examples_=200)
    assert ways["schema"] >= 50 and ways["accepted"] >= 5, ways


def test_every_field_broken_in_every_way() -> None:
    ways: Counter[str] = Counter()
    for kind in declarations().kinds.values():
        needed = {
            name: "LicenseRef-mine" if name == "spdx_id" else "Forn"
            for name, one in kind.fields.items()
            if one.required
        }
        for name in kind.fields:
            for change in WRONG:
                text = file_of({**needed, name: change})
                if readable(text):
                    ways[agrees(kind.name, text, told(kind.name, text))] += 1
    assert min(ways.values()) > 100, ways


@pytest.mark.parametrize("word", ["withdrawn", "Withdrawn", "WITHDRAWN", "Retirada", "retirée", "active", "nope"])
def test_what_is_withdrawn_owes_nothing_however_it_says_so(word: str) -> None:
    for kind in KINDS:
        text = f"status: {word}\nwithdrawn_because: request\nended: 2026-11\n"
        agrees(kind, text, told(kind, text))
