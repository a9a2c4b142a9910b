"""S002 of a setting that names an entry: whether it is there is told of the settings."""

from __future__ import annotations

from dataclasses import replace

from tests.helpers import catalog, settings

from auzolan.check import check
from auzolan.model.diagnostics import Diagnostic

ENTRIES = {"project/our-commons": "former_ids: [project/the-start]\n"}


def told(own_entry: str) -> list[Diagnostic]:
    """What is found where the settings name this entry as their own."""
    made = replace(catalog(ENTRIES), settings=replace(settings(), own_entry=own_entry))
    return [one for one in check(made) if one.code.startswith("S")]


def test_an_entry_that_is_there() -> None:
    assert not told("project/our-commons")
    assert not told("project/the-start")
    assert not told("")


def test_an_entry_that_is_not_there() -> None:
    [one] = told("project/our-common")
    assert (one.code, one.severity, one.location.path) == ("S002", "error", "pelicanconf.py")
    assert "`project/our-common`" in one.message and one.hint == "did you mean `project/our-commons`?"


def test_what_is_no_id_at_all() -> None:
    [one] = told("https://mill.coop/")
    assert "leave it out" in one.hint
