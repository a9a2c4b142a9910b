"""The texts of entries' files: every one is in the script in which the form looks for it, and no page can be broken with it."""

from __future__ import annotations

import json
import zlib
from dataclasses import replace

import pytest
from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Commons
from auzolan.render import pages
from auzolan.render.form.texts import TOGETHER, script_of, scripts_of, units_of


def _told(data: bytes) -> dict[str, str]:
    found: dict[str, str] = json.loads(data.decode().removeprefix("AUZOLAN_ENTRIES(").removesuffix(");\n"))
    return found


def _with_text(commons: Commons, id_: str, text: str) -> Commons:
    entry = replace(commons.catalog.entries[id_], source=text)
    return replace(commons, catalog=replace(commons.catalog, entries={**commons.catalog.entries, id_: entry}))


def _of_many(slugs: list[str]) -> Commons:
    """A commons whose tools have these slugs, and one text."""
    commons = f.commons()
    one = next(entry for entry in commons.catalog.entries.values() if entry.kind == "tool")
    ids = tuple(f"tool/{slug}" for slug in slugs)
    entries = {**commons.catalog.entries, **{id_: replace(one, id=id_) for id_ in ids}}
    return replace(commons, catalog=replace(commons.catalog, entries=entries), by_kind={**commons.by_kind, "tool": ids})


def test_every_listed_entry_is_in_the_script_in_which_the_form_looks() -> None:
    commons = f.commons()
    made = s.files_made(commons, units_of)
    for id_ in commons.listed:
        kind = commons.catalog.declarations.kinds[id_.partition("/")[0]]
        number = script_of(id_.partition("/")[2], scripts_of(commons, kind))
        assert _told(made[f"{kind.folder}/texts-{number}.js"])[id_] == commons.catalog.entries[id_].source
    told = [id_ for data in made.values() for id_ in _told(data)]
    assert sorted(told) == sorted(commons.listed), "each once, and none that was withdrawn"


def test_no_page_can_be_broken_with_a_text() -> None:
    hostile = "name: </script><script>alert(1)</script> \u2028\n# kept\n"
    commons = f.commons()
    id_ = commons.listed[0]
    found = [data for data in s.files_made(_with_text(commons, id_, hostile), units_of).values() if id_ in _told(data)]
    assert len(found) == 1 and b"<" not in found[0] and "\u2028".encode() not in found[0]
    assert _told(found[0])[id_] == hostile


def test_a_foreign_theme_publishes_none() -> None:
    names = [unit.name for unit in pages.units(f.commons(), s.context(f.commons()))]
    assert any(name.startswith("texts ") for name in names)
    plain = f.commons(f.settings(features=frozenset({"directory"})))
    assert not any(unit.name.startswith("texts ") for unit in pages.units(plain, s.context(plain)))


@pytest.mark.parametrize(("entries", "scripts"), [(0, 1), (1, 1), (50, 1), (51, 2), (100, 2), (101, 4), (10_000, 256)])
def test_how_many_scripts_there_are(entries: int, scripts: int) -> None:
    commons = _of_many([f"slug-{n}" for n in range(entries)])
    assert scripts_of(commons, commons.catalog.declarations.kinds["tool"]) == scripts


def test_an_entry_more_moves_no_other() -> None:
    slugs = [f"slug-{n}" for n in range(60)]
    before, after = (
        {
            unit.name
            for unit in units_of(commons, s.context(commons))
            if unit.name.rpartition(" ")[2].startswith("tool/")
        }
        for commons in (_of_many(slugs), _of_many([*slugs, "new"]))
    )
    assert len(before) == len(after) == 2 and len(before & after) == 1
    assert max(len(slugs) for slugs in _shares(slugs, 2)) <= TOGETHER


def _shares(slugs: list[str], count: int) -> list[list[str]]:
    return [[slug for slug in slugs if zlib.crc32(slug.encode()) % count == n] for n in range(count)]
