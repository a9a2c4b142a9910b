"""Parts: a part that read nothing that changed has the same bytes, so that a build may copy it. And keys tell parts apart."""

from __future__ import annotations

import datetime
import json
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.export.factory import GONE, LEDGER, MEMBER, OVEN, PARTNERS, SHELTER, commons, profile, settings

from auzolan.export import assemblies, files
from auzolan.export.texts import pretty
from auzolan.model.commons import Commons, Profile, Reference, Relation
from auzolan.model.entries import History
from auzolan.model.pages import Assembly

BARN = profile("cooperative/barn", {"en": "Barn"}, values={"places": ({"latitude": 1, "longitude": 2},)})
SHED = profile("tool/shed", {"eu": "Etxola"})
LENT = Relation("member-of", Reference("tool/shed"), Reference("tool/ledger"), "stated", note={"fr": "Prêté"})
WRITTEN = ("relations", "wanted", "redirects", "listed", "facets")


class _Read(Mapping[str, Any]):
    """A mapping that tells what is read of it."""

    def __init__(self, name: str, data: Mapping[str, Any], tell: Callable[[tuple[str, ...], Any], None]) -> None:
        self.name, self.data, self.tell = name, data, tell

    def __getitem__(self, key: str) -> Any:
        self.tell((self.name, key), self.data.get(key))
        return self.data[key]

    def __iter__(self) -> Iterator[str]:
        self.tell((self.name,), tuple(self.data))
        return iter(self.data)

    def __len__(self) -> int:
        return len(self.data)


class Recording(Commons):
    """A commons that notes what is read of it, as an incremental build does: `read` maps what was asked for to what
    came back."""

    def __init__(self, plain: Commons) -> None:
        values = {one.name: getattr(plain, one.name) for one in fields(Commons) if one.init}
        values |= {name: _Read(name, values[name], self.tell) for name in ("profiles", "stories")}
        super().__init__(**values)
        object.__setattr__(self, "read", {})
        object.__setattr__(self, "deep", False)

    def tell(self, what: tuple[str, ...], value: Any) -> None:
        if not self.deep:
            self.read[what] = value

    def __getattribute__(self, name: str) -> Any:
        value = super().__getattribute__(name)
        if name in WRITTEN:
            self.tell((name,), value)
        return value

    def fact(self, name: str, id_: str, make: Callable[[], Any]) -> Any:
        with self.within():
            value = make()
        self.tell(("fact", name, id_), value)
        return value

    def relation(self, at: int) -> Relation:
        with self.within():
            found = super().relation(at)
        end = found.subject.entry or found.object.entry
        if end is not None:
            self.tell(("joined", end), self.joined(end))
        return found

    def joined(self, end: str) -> tuple[Relation, ...]:
        """What is told as read of a relation: all that one of its ends has."""
        with self.within():
            return tuple(one for one in self.relations if end in (one.subject.entry, one.object.entry))

    @contextmanager
    def within(self) -> Iterator[None]:
        before = self.deep
        object.__setattr__(self, "deep", True)
        yield
        object.__setattr__(self, "deep", before)


def linked(*profiles: Profile, relations: tuple[Relation, ...] = (MEMBER, PARTNERS), **more: Any) -> Commons:
    """A commons in which an entry's relations are part of its profile, as linking makes it."""
    known = {one.id for one in profiles if not one.withdrawn}
    kept = tuple(one for one in relations if {one.subject.entry, one.object.entry} - {None} <= known)
    mine = (replace(one, relations=tuple(r for r in kept if one.id in (r.subject.entry, r.object.entry)))
            for one in profiles)  # fmt: skip
    return commons(*mine, relations=kept, **more)


def described(one: Assembly, recording: Recording) -> dict[str, tuple[bytes, dict[Any, Any]]]:
    told = {}
    for part in one.parts:
        object.__setattr__(recording, "read", {})
        told[part.key] = (part.make(), recording.read)
    # What is read from now on is read by whoever enumerates the next file, and by no part.
    object.__setattr__(recording, "read", {})
    return told


def value_now(recording: Recording, what: tuple[str, ...], asked: dict[tuple[str, ...], Any]) -> Any:
    """What the same question is answered now; facts are asked of a fresh build, which asked for all it needs."""
    if what[0] == "joined":
        return recording.joined(what[1])
    if what[0] == "fact":
        return asked.get(what, "gone")
    if len(what) == 1:
        value = getattr(recording, what[0])
        return tuple(value) if what[0] in ("profiles", "stories") else value
    return getattr(recording, what[0]).data.get(what[1])


BEFORE = (OVEN, SHELTER, LEDGER, GONE)
SAID = {**OVEN.values, "record": {**OVEN.values["record"], "license": "MIT"}}
EDITS: dict[str, Commons] = {
    "nothing": linked(*BEFORE),
    "a name": linked(replace(OVEN, names={"en": "Oven"}, values={**OVEN.values, "name": {"en": "Oven"}}), *BEFORE[1:]),
    "a licence": linked(replace(OVEN, values=SAID), *BEFORE[1:]),
    "a new first entry": linked(BARN, *BEFORE),
    "a new last entry in another language": linked(*BEFORE, SHED, relations=(MEMBER, PARTNERS, LENT)),
    "an entry that goes": linked(*BEFORE[1:]),
    "a place that is hidden": linked(
        replace(OVEN, values={**OVEN.values, "places": ({**OVEN.values["places"][0], "precision": "hidden"},)}),
        *BEFORE[1:],
    ),
    "a place that is shown": linked(
        OVEN, replace(SHELTER, values={"places": ({"latitude": 3, "longitude": 4},)}), *BEFORE[2:]
    ),
    "a withdrawal": linked(replace(OVEN, withdrawn=True, values={}, names={}), *BEFORE[1:]),
    "a relation that ends": linked(*BEFORE, relations=(MEMBER, replace(PARTNERS, ended=False))),
    "a second one between the same": linked(*BEFORE, relations=(MEMBER, replace(PARTNERS, state="reported"), PARTNERS)),
    "no relations": linked(*BEFORE, relations=()),
    "no articles": replace(linked(*BEFORE), stories={}),
    "nothing wanted": replace(linked(*BEFORE), wanted=()),
}


@pytest.mark.parametrize("edit", EDITS)
@pytest.mark.parametrize("back", [False, True])
def test_what_read_nothing_that_changed_has_the_same_bytes(edit: str, back: bool) -> None:
    old, new = (Recording(one) for one in ((linked(*BEFORE), EDITS[edit])[:: -1 if back else 1]))
    before = {one.path: described(one, old) for one in assemblies(old, ())}
    fresh = {one.path: (one, described(one, new)) for one in assemblies(new, ())}
    asked = {
        what: value
        for _, parts in fresh.values()
        for _, read in parts.values()
        for what, value in read.items()
        if what[0] == "fact"
    }
    copied = 0
    for path, (_, parts) in fresh.items():
        for key, (data, _) in parts.items():
            if key not in before[path]:
                continue
            made, read = before[path][key]
            if all(value_now(new, what, asked) == value for what, value in read.items()):
                assert made == data, (path, key)
                copied += 1
    assert copied >= 15, "most of it stays"


def test_an_edit_of_one_entry_makes_few_parts_anew() -> None:
    many = [replace(LEDGER, id=f"tool/t{n}", slug=f"t{n}", path=f"directory/tools/t{n}.yaml") for n in range(50)]
    old, new = Recording(commons(*many, OVEN)), Recording(commons(*many[:-1], replace(many[-1], values={}), OVEN))
    before = {one.path: described(one, old) for one in assemblies(old, ())}
    anew = [
        (one.path, key)
        for one in assemblies(new, ())
        for key, (_, read) in described(one, new).items()
        if before[one.path].get(key, ((), {}))[1] != read
    ]
    assert sorted(path for path, _ in anew) == ["data/everything.json", "data/places.geojson", "data/tools.csv"]
    assert all("tool/t49" in key for _, key in anew)


def test_keys_are_unique_in_their_file(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("a")
    (tmp_path / "b.txt").write_text("a")
    for one in assemblies(EDITS["a second one between the same"], [tmp_path / "a.txt", tmp_path / "b.txt"]):
        keys = [part.key for part in one.parts]
        assert len(set(keys)) == len(keys), one.path


def test_parts_joined_are_the_file() -> None:
    assert {one.path: one.whole() for one in assemblies(commons(), ())} == {
        file.path: file.data for file in files(commons(), ())
    }


def zipped(root: Path, digests: dict[str, str] | None = None, **more: Any) -> list[str]:
    one = commons(site=settings(root), **more)
    *_, source = assemblies(one, None, digests or {})
    return [part.key for part in source.parts]


def test_a_member_of_the_source_is_known_by_its_content_and_its_day(tmp_path: Path) -> None:
    path = tmp_path / "directory/tools/x.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("name: X")
    before = zipped(tmp_path)
    assert zipped(tmp_path) == before
    path.write_text("name: Y")
    after = zipped(tmp_path)
    assert (before[0] != after[0], before[1]) == (True, after[1])
    days = {"directory/tools/x.yaml": datetime.date(2026, 1, 1)}
    assert not set(zipped(tmp_path, history=History(days, days, True))) & set(after)


def test_a_digest_that_is_known_spares_reading_the_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "directory/tools/x.yaml"
    path.parent.mkdir(parents=True)
    path.write_text("name: X")
    monkeypatch.setattr(Path, "read_bytes", lambda _: pytest.fail("it was read"))
    assert zipped(tmp_path, {"directory/tools/x.yaml": "ab" * 32})[0].split()[1] == "ab" * 16


plain_json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(plain_json)
def test_pretty_is_what_json_writes(value: Any) -> None:
    assert pretty(value) == json.dumps(value, ensure_ascii=False, indent=1)
