"""A few entries of a commons, checked with the briefs of all: what is found in their files is what a full check finds."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.check.test_relations import rel
from tests.helpers import catalog

from auzolan.check import check, check_each, check_together
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.briefs import Brief, answers, asks, brief_of
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog

SITES = Path(__file__).resolve().parents[1] / "sites"


def briefs_of(whole: Catalog) -> dict[str, Brief]:
    default = whole.settings.default_language
    return {one.id: brief_of(one, whole.declarations, default) for one in whole.entries.values()}


def only(whole: Catalog, *ids: str) -> Catalog:
    return replace(whole, entries={id_: whole.entries[id_] for id_ in ids})


def in_file(findings: Iterable[Diagnostic], path: str) -> tuple[Diagnostic, ...]:
    return in_order(one for one in findings if one.location.path == path)


def holds(whole: Catalog) -> None:
    """The findings in the file of each entry are the same, whether it is checked alone or among all."""
    briefs, full = briefs_of(whole), check(whole)
    assert in_order(full) == in_order(check(whole, briefs))
    assert in_order(full) == in_order([*check_each(whole, briefs), *check_together(only(whole), briefs)])
    for entry in whole.entries.values():
        assert in_file(check(only(whole, entry.id), briefs), entry.path) == in_file(full, entry.path)


def holds_when_one_is_gone(whole: Catalog) -> None:
    """Without one entry, findings differ only in files that ask for it, or that had an error before."""
    briefs = briefs_of(whole)
    before = check_each(whole, briefs)
    for gone in whole.entries.values():
        rest = {id_: brief for id_, brief in briefs.items() if id_ != gone.id}
        after = check_each(only(whole, *rest), rest)
        for id_, brief in rest.items():
            told = in_file(before, brief.path)
            if told != in_file(after, brief.path):
                assert has_errors(told) or asks(brief) & answers(briefs[gone.id]), (id_, gone.id)


@pytest.mark.parametrize("name", sorted(path.name for path in SITES.iterdir() if path.is_dir()))
def test_whole_sites(name: str) -> None:
    settings, _ = load_settings(SITES / name / "pelicanconf.py")
    whole, _ = load_catalog(settings)
    assert whole.entries
    holds(whole)
    holds_when_one_is_gone(whole)


IDS = ("cooperative/a", "cooperative/b", "cooperative/c", "license/mit", "license/x", "tool/a")
NAMES = st.sampled_from((*IDS, "cooperative/old", "guild/old", "article/z", "no id", ""))
VALUES: dict[str, st.SearchStrategy[object]] = {
    "former_ids": st.lists(NAMES, max_size=3),
    "status": st.sampled_from(("active", "withdrawn", "Withdrawn")),
    "relations": st.lists(
        st.fixed_dictionaries({
            "type": st.sampled_from(("part-of", "has-part", "succeeds", "partner-of", "uses", "nothing")), "to": NAMES,
        }), max_size=3,
    ),
    "description": st.lists(NAMES, max_size=2).map(lambda ids: " ".join(f"[[{id_}]]" for id_ in ids)),
    "spdx_id": st.sampled_from(("MIT", "LicenseRef-x", "X")),
    "license": st.sampled_from(("MIT", "LicenseRef-x", "MIT OR LicenseRef-y")),
    "record": NAMES.map(lambda id_: {"sources": {"page": {"title": "T", "by": id_}}}),
}  # fmt: skip
ENTRIES = st.dictionaries(st.sampled_from(IDS), st.fixed_dictionaries({}, optional=VALUES), min_size=1)


@hypothesis_settings(max_examples=150, deadline=None)
@given(entries=ENTRIES)
def test_any_entries_that_name_each_other(entries: Mapping[str, Mapping[str, object]]) -> None:
    # JSON is YAML; in one line each, so that the helper sees what is said.
    lines = {id_: "".join(f"{k}: {json.dumps(v)}\n" for k, v in said.items()) for id_, said in entries.items()}
    whole = catalog(lines, articles={"z.md": "---\ntitle: Z\n---\n[[cooperative/a]]\n"})
    holds(whole)
    holds_when_one_is_gone(whole)


def test_a_circle_is_told_whenever_one_of_its_entries_is_checked() -> None:
    ring = {f"cooperative/{a}": rel("part-of", f"cooperative/{b}") for a, b in ("ab", "bc", "ca")}
    whole = catalog({**ring, "cooperative/d": rel("part-of", "cooperative/a")})
    briefs = briefs_of(whole)
    for id_ in ring:
        (told,) = check(only(whole, id_), briefs)
        assert (told.code, told.location.path) == ("R005", "directory/cooperatives/c.yaml")
    assert not check(only(whole, "cooperative/d"), briefs)
    assert [one.code for one in check_together(only(whole), briefs)] == ["R005"]


def test_names_that_meet_are_told_whenever_one_of_them_is_checked() -> None:
    whole = catalog({"cooperative/a": "", "cooperative/b": "", "cooperative/c": ""})
    briefs = briefs_of(whole)
    briefs["cooperative/b"] = briefs["cooperative/b"]._replace(path="directory/Cooperatives/a.yaml")
    for id_, codes in (("cooperative/a", ["F004"]), ("cooperative/b", ["F004"]), ("cooperative/c", [])):
        assert [one.code for one in check(only(whole, id_), briefs)] == codes
