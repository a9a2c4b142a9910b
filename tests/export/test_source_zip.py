"""`data/source.zip` unpacked: what a commons is grown from, nothing hidden or foreign, the same bytes anywhere."""

from __future__ import annotations

import datetime
import io
import json
import os
import stat
import time
import zipfile
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from tests.export.factory import DAY, commons, settings

from auzolan.export import HISTORY_FORMAT, files
from auzolan.model.changes import mark_of
from auzolan.model.entries import Entry, History
from auzolan.model.nodes import Mapping, Scalar, Sequence
from auzolan.model.roots import source_roots

FILES = {
    "pelicanconf.py": "SITENAME = 'x'\n",
    "publishconf.py": "",
    "README.md": "Read me.",
    "LICENSE": "Free.",
    "directory/cooperatives/oven.yaml": "name: Oven\n",
    "directory/cooperatives/gone.yaml": "# was called Ghost Kitchen\nstatus: withdrawn\n",
    "directory/kinds/cooperative.yaml": "folder: cooperatives\n",
    "content/articles/bread.md": "---\ntitle: Bread\n---\n",
    "content/images/oven.png": "png",
    "theme/templates/base.html": "<html>",
}
LEFT_OUT = {
    ".env": "SECRET=1",
    "notes.txt": "mine",
    "directory/.git/config": "x",
    "directory/cooperatives/oven.yaml~": "old",
    "content/__pycache__/x.pyc": "x",
    "content/deploy.key": "x",
    "output/index.html": "<html>",
    "theme/node_modules/x/index.js": "x",
    "theme/back\\slash.txt": "x",
}


@pytest.fixture
def site(tmp_path: Path) -> Path:
    root = tmp_path / "site"
    write(root, {**FILES, **LEFT_OUT})
    return root


def write(root: Path, contents: dict[str, str]) -> None:
    for path, text in contents.items():
        file = root / path
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text)


def zipped(root: Path, history: History | None = None, **changes: Any) -> bytes:
    made = files(commons(site=settings(root, **changes), history=history))
    return next(file.data for file in made if file.path == "data/source.zip")


def opened(data: bytes) -> dict[str, str]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name).decode() for name in archive.namelist()}


def test_it_holds_what_a_commons_is_grown_from_and_nothing_else(site: Path) -> None:
    found = opened(zipped(site))
    assert list(found) == sorted([*FILES, "history.json"])
    as_written = {path: text for path, text in FILES.items() if "gone" not in path}
    assert {path: found[path] for path in as_written} == as_written


def test_of_a_withdrawn_entry_only_what_may_stay(site: Path) -> None:
    stub = opened(zipped(site))["directory/cooperatives/gone.yaml"]
    assert stub == 'status: withdrawn\nwithdrawn_because: "request"\n'


def test_its_former_ids_stay_so_that_nobody_takes_them(site: Path) -> None:
    one = commons(site=settings(site))
    former = Scalar("cooperative/haunt", 1, 1, 1)
    node = Mapping({"former_ids": Sequence((former,), 1, 1)}, {"former_ids": Scalar("former_ids", 1, 1, 1)}, 1, 1)
    path = "directory/cooperatives/gone.yaml"
    entry = Entry("cooperative/gone", "cooperative", "gone", path, node, "", "")
    one = replace(one, catalog=replace(one.catalog, entries={**one.catalog.entries, entry.id: entry}))
    data = next(file.data for file in files(one) if file.path == "data/source.zip")
    assert opened(data)[path].endswith("former_ids:\n  - cooperative/haunt\n")


def test_symbolic_links_are_never_followed(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"secret.txt": "secret", "away/x.md": "secret"})
    (site / "content/link.md").symlink_to(tmp_path / "secret.txt")
    (site / "content/folder").symlink_to(tmp_path / "away")
    (site / "content/loop").symlink_to(site / "content")
    (site / "LICENSES").symlink_to(tmp_path / "away")
    (site / "README.txt").symlink_to(tmp_path / "secret.txt")
    os.mkfifo(site / "content/pipe")
    assert list(opened(zipped(site))) == sorted([*FILES, "history.json"])


def test_settings_cannot_climb_out_of_the_site(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"other/x.html": "x"})
    overrides = (site / "../other", site / "templates", Path("/etc"))
    write(site, {"templates/entry.html": "mine"})
    found = opened(zipped(site, overrides=overrides, settings_path="../site/pelicanconf.py"))
    assert sorted(set(found) - set(FILES)) == ["history.json", "templates/entry.html"]
    assert not [path for path in source_roots(settings(site, overrides=overrides)) if not path.is_relative_to(site)]


def test_a_theme_that_is_not_the_sites_stays_out(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"shipped/base.html": "x"})
    found = opened(zipped(site, theme=tmp_path / "shipped"))
    assert not [path for path in found if path.endswith("base.html")]


def test_history_tells_of_the_files_in_the_zip_only(site: Path) -> None:
    day = datetime.date(2026, 11, 1)
    paths = {"directory/cooperatives/oven.yaml": day, "directory/cooperatives/deleted.yaml": day}
    told = json.loads(opened(zipped(site, History(paths, paths, True, DAY)))["history.json"])
    dates = {"directory/cooperatives/oven.yaml": "2026-11-01"}
    assert told == {"format": HISTORY_FORMAT, "date": "2026-11-20", "created": dates, "changed": dates, "changes": {}}


def test_history_tells_what_changed_and_marks_of_those_alone_whom_the_entry_thanks(site: Path) -> None:
    oven, gone = "directory/cooperatives/oven.yaml", "directory/cooperatives/gone.yaml"
    lines = f"2026-05-03 ~summary@ca *{mark_of('Ana')} *{mark_of('Biel')}\nno line\n2025 x2\n2024-01-01 added *{mark_of('Biel')}"
    history = History(
        known=True, build_date=DAY, changes={oven: lines, gone: "2026-01-01 ~name", "directory/x": "2026-01-01"}
    )
    one = commons(site=settings(site), history=history)
    profile = one.profiles["cooperative/oven"]
    record = {**profile.values.get("record", {}), "thanks": ({"en": "Ana"},)}
    one = replace(
        one, profiles={**one.profiles, profile.id: replace(profile, values={**profile.values, "record": record})}
    )
    data = next(file.data for file in files(one) if file.path == "data/source.zip")
    told = json.loads(opened(data)["history.json"])["changes"]
    assert told == {oven: [f"2026-05-03 ~summary@ca *{mark_of('Ana')}", "2025 x2"]}


@pytest.mark.parametrize(("day", "year"), [(DAY, 2026), (None, 1980), (datetime.date(1970, 1, 1), 1980)])
def test_every_member_has_the_declared_time_and_mode(site: Path, day: datetime.date | None, year: int) -> None:
    with zipfile.ZipFile(io.BytesIO(zipped(site, History(build_date=day)))) as archive:
        for info in archive.infolist():
            assert info.date_time[0] == year
            assert info.external_attr >> 16 == stat.S_IFREG | 0o644
            assert info.create_system == 3


def test_a_file_has_the_day_on_which_it_last_changed(site: Path) -> None:
    path, day = "directory/cooperatives/oven.yaml", datetime.date(2026, 1, 2)
    with zipfile.ZipFile(io.BytesIO(zipped(site, History({path: DAY}, {path: day}, True, DAY)))) as archive:
        assert archive.getinfo(path).date_time[:3] == (2026, 1, 2)
        assert archive.getinfo("history.json").date_time[:3] == (2026, 11, 20)


def test_the_same_bytes_in_another_place_zone_umask_and_order(
    site: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = zipped(site)
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1")
    time.tzset()
    before = os.umask(0o077)
    try:
        other = tmp_path / "elsewhere"
        write(other, dict(reversed({**FILES, **LEFT_OUT}.items())))
        os.utime(other / "README.md", (1, 1))
        second = zipped(other)
    finally:
        os.umask(before)
        monkeypatch.undo()
        time.tzset()
    assert first == second


def test_roots_can_be_named(site: Path) -> None:
    made = files(commons(site=settings(site)), [site / "README.md", site / "missing"])
    data = next(file.data for file in made if file.path == "data/source.zip")
    assert list(opened(data)) == ["README.md", "history.json"]


def test_a_directory_elsewhere_is_carried_under_its_usual_name(site: Path, tmp_path: Path) -> None:
    write(tmp_path, {"elsewhere/tools/x.yaml": "name: X"})
    found = opened(zipped(site, directory=tmp_path / "elsewhere"))
    assert found["directory/tools/x.yaml"] == "name: X"
