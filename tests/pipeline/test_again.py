"""Whatever people do to a commons between two builds, the second gives what a build from nothing gives.

AUZOLAN_EXAMPLES tries so many histories instead of a few, and others each time.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule
from tests.pipeline import words
from tests.pipeline.grown import Grown, Told, aged, beginning, differences, leftovers, machines, workshop

from auzolan.ledger import scan

EXAMPLES = int(os.environ.get("AUZOLAN_EXAMPLES", "0"))
ENTRIES: dict[str, dict[str, Any]] = {
    "cooperative/aa": {"name": "Aa", "summary": "They grow.", "description": "See [[tool/aa]]."},
    "tool/aa": {"name": {"en": "Ledger", "ca": "Llibre"}, "summary": "A book.", "license": "MIT"},
    "workshop/aa": {"name": "Shop", "summary": "A shop.", "machines": ["lathe"], "benches": "12"},
}
LARGE: dict[str, dict[str, object]] = {
    "render.lists.lists": {"ONE_PAGE": 2, "PART": 2}, "render.lists.order": {"NEWEST": 3},
    "render.lists.paging": {"PER_PAGE": 2}, "render.lists.counted": {"MOST": 2}, "render.files.feeds": {"NEWEST": 2},
    "render.lists.relation_types": {"SHOWN": 1}, "render.entry.relations": {"FEW": 1, "SEVERAL": 1},
    "render.doors.map_page": {"ALL_NAMES": 2}, "render.doors.search_page": {"ALL_NAMES": 2}, "render.desk": {"CARDS_KEPT": 3},
    "render.doors.thanks": {"MOST": 1}, "render.entry.log": {"SHOWN": 1},
    "pipeline.units": {"FEW": 3}, "pipeline.search": {"SEGMENT": 2}, "pipeline.make": {"MANY": 3}, "pipeline.read": {"MANY": 2, "SHARE": 2, "LARGE": 3},
    "pipeline.large": {"MARK": 2, "RUNS": 2}, "pipeline.entries": {"SHARE": 2}, "ledger.fresh": {"ROW": 16, "RECENT": 5},
    "ledger.shelf": {"ROOM": 100}, "pipeline.stored": {"FEW": 2},
    "ledger.tables": {"SHARE": 2}, "ledger.facts": {"MOST": 20, "FEW": 1}, "index.making.publish": {"SHOWN": 2},
    "index.making.update": {"SMALL": 0, "SEGMENT": 2, "SIZES": {"d": (40, 4), "n": (30, 4), "p": (60, 4)}},
}  # fmt: skip
"""Numbers that make of a small site a large one, with lists of many pages and all that is done in parts."""
DAYS = ("1795132800", "1804000000", "1807000000", "1812000000")
"""Declared dates of builds, in seconds: November 2026; March, April and June 2027."""


class History(RuleBasedStateMachine):
    """A commons, the files that it had when it was last right, and what of its output is a person's."""

    def __init__(self) -> None:
        super().__init__()
        self.folder = Path(tempfile.mkdtemp(prefix="auzolan-again-"))
        self.site = Grown(self.folder / "site")
        self.good: tuple[dict[str, bytes], dict[str, Any]] = {}, {}
        self.by_hand: dict[str, bytes] = {}
        self.entries: dict[str, dict[str, Any]] = {}
        self.jobs, self.refused = 1, 0
        self.made: tuple[object, tuple[Told, dict[str, str]]] | None = None
        self.patches = [
            patch.dict(os.environ, {"SOURCE_DATE_EPOCH": DAYS[0], "XDG_CACHE_HOME": str(self.folder / "own")}),
        ]
        for one in self.patches:
            one.start()

    def teardown(self) -> None:
        try:
            self.compare()
        finally:
            for one in self.patches:
                one.stop()
            shutil.rmtree(self.folder)

    @initialize(jobs=st.sampled_from((1, 1, 1, 2)), trusting=st.booleans(), large=st.booleans())
    def begin(self, jobs: int, trusting: bool, large: bool) -> None:
        self.jobs, self.site.large = jobs, large
        for module, numbers in LARGE.items() if large else ():
            for name, number in numbers.items():
                self.patches.append(patch(f"auzolan.{module}.{name}", number))
                self.patches[-1].start()
        if trusting:  # files are told apart by their times, as those are that were not written just now
            self.patches.append(patch.object(scan, "RACE", 0))
            self.patches[-1].start()
        self.site.become(beginning())
        for id_, entry in ENTRIES.items():
            self.say(id_, entry)
        self.compare()

    # What people do to entries.

    def there(self) -> list[str]:
        return sorted(self.entries)

    def stories(self) -> list[str]:
        return [slug for slug in words.STORIES if f"content/articles/{slug}.md" in self.site.files]

    def path(self, id_: str) -> str:
        kind, slug = id_.split("/")
        return f"directory/{words.KINDS[kind]}/{slug}.yaml"

    def say(self, id_: str, entry: dict[str, Any]) -> None:
        self.entries[id_] = entry
        self.site.write(self.path(id_), words.written(entry))

    @rule(data=st.data())
    def add(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(words.IDS))
        self.say(id_, data.draw(words.entries(id_, self.there(), self.stories())))
        self.perhaps(data)

    @rule(data=st.data())
    def edit(self, data: st.DataObject) -> None:
        for id_ in data.draw(st.lists(st.sampled_from(self.there()), min_size=1, max_size=2, unique=True)):
            entry = dict(self.entries[id_])
            may = words.fields(id_.split("/")[0], self.there(), self.stories()) | {
                "name": words.in_languages,
                "summary": words.texts,
            }
            name = data.draw(st.sampled_from(sorted(may)))
            if name in entry and name not in ("name", "summary") and data.draw(st.booleans()):
                del entry[name]
            else:
                entry[name] = data.draw(may[name])
            if id_.startswith("license/"):
                entry.setdefault("spdx_id", words.SPDX[id_.split("/")[1]])
            self.say(id_, entry)
        self.perhaps(data)

    @rule(data=st.data())
    def reorder(self, data: st.DataObject) -> None:
        id_ = data.draw(st.sampled_from(self.there()))
        self.say(id_, data.draw(words.other_order(self.entries[id_])))
        self.perhaps(data)

    @rule(data=st.data(), told=st.booleans())
    def rename(self, data: st.DataObject, told: bool) -> None:
        id_ = data.draw(st.sampled_from(self.there()))
        new = f"{id_.split('/')[0]}/{data.draw(st.sampled_from(words.SLUGS))}"
        if id_.startswith("license/") or new in self.there():
            return
        entry = self.entries.pop(id_)
        self.site.delete(self.path(id_))
        self.say(new, {**entry, "former_ids": [id_]} if told else entry)
        self.perhaps(data)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if len(self.there()) > 1:
            id_ = data.draw(st.sampled_from(self.there()))
            del self.entries[id_]
            self.site.delete(self.path(id_))
            self.perhaps(data)

    # What people do to other files.

    @rule(data=st.data())
    def article(self, data: st.DataObject) -> None:
        area = data.draw(st.sampled_from(("articles", "articles", "articles", "pages")))
        slug = data.draw(st.sampled_from(words.STORIES if area == "articles" else ("about", "more")))
        path = f"content/{area}/{slug}{data.draw(st.sampled_from(('', '.ca')))}.md"
        if path in self.site.files and data.draw(st.integers(0, 2)) == 0:
            self.site.delete(path)
        else:
            self.site.write(path, data.draw(words.articles(self.there(), self.stories())))
        self.perhaps(data)

    @rule(data=st.data())
    def declaration(self, data: st.DataObject) -> None:
        some = data.draw(st.sampled_from((["lathe", "loom"], ["loom", "lathe"], ["lathe", "loom", "press"], ["loom"])))
        label = data.draw(st.sampled_from(("Benches", "Seats")))
        if data.draw(st.booleans()):
            self.site.write("directory/vocabularies/machines.yaml", machines(some))
        else:
            self.site.write("directory/kinds/workshop.yaml", workshop(label))
        self.perhaps(data)

    @rule(data=st.data())
    def constant(self, data: st.DataObject) -> None:
        files = words.constants()
        path = data.draw(st.sampled_from(sorted(files)))
        if path in self.site.files and path != "pelicanconf.py" and data.draw(st.integers(0, 3)) == 0:
            self.site.delete(path)
        else:
            self.site.write(path, data.draw(files[path]))
        self.perhaps(data)

    @rule(data=st.data(), day=st.sampled_from(DAYS))
    def time_passes(self, data: st.DataObject, day: str) -> None:
        os.environ["SOURCE_DATE_EPOCH"] = day
        self.perhaps(data)

    @rule(data=st.data())
    def history(self, data: st.DataObject) -> None:
        self.site.write("history.json", data.draw(words.histories()))
        self.perhaps(data)

    @rule(data=st.data())
    def touch(self, data: st.DataObject) -> None:
        path = data.draw(st.sampled_from(sorted(self.site.files)))
        self.site.write(path, self.site.files[path])
        aged(self.site.root / path, data.draw(st.sampled_from((0, 5, 100_000))))
        self.perhaps(data)

    # What happens to what was built.

    @rule(data=st.data(), how=st.sampled_from(("delete", "by hand", "foreign", "memory", "folder")))
    def output(self, data: st.DataObject, how: str) -> None:
        made = sorted(self.site.made())
        if not made:
            return
        path = data.draw(st.sampled_from(made))
        place = self.site.output / path
        if how == "delete":
            place.unlink()
            self.by_hand.pop(path, None)
        elif how == "by hand":
            place.write_bytes(self.by_hand.setdefault(path, place.read_bytes() + b"by hand"))
        elif how == "foreign":
            self.by_hand[f"{path}.mine"] = b"mine"
            place.with_name(f"{place.name}.mine").write_bytes(b"mine")
        elif how == "memory":
            shutil.rmtree(self.site.root / ".cache", ignore_errors=True)
        elif data.draw(st.booleans()):
            shutil.rmtree(self.site.output)
            self.by_hand = {}
        self.perhaps(data)

    @rule()
    def mend(self) -> None:
        """All that is wrong is undone."""
        self.entries = dict(self.good[1])
        self.site.become(self.good[0])

    @rule(verify=st.booleans())
    def build(self, verify: bool) -> None:
        self.compare(verify)

    def perhaps(self, data: st.DataObject) -> None:
        if data.draw(st.integers(0, 2)) == 0:
            self.compare()

    def fresh(self) -> tuple[Told, dict[str, str]]:
        """What a build from nothing tells and makes; of the same files it is made once."""
        key = dict(self.site.files), os.environ["SOURCE_DATE_EPOCH"]
        if self.made is None or self.made[0] != key:
            self.made = key, self.site.fresh(self.jobs)
        return self.made[1]

    def compare(self, verify: bool = False) -> None:
        """Builds, and compares with a build from nothing."""
        before = self.site.made()
        told = self.site.build(self.jobs, verify=verify)
        expected_told, expected = self.fresh()
        assert told.findings == expected_told.findings, self.site.why
        assert told.status == expected_told.status, (told.words, expected_told.words, self.site.why)
        if told.status == 2:
            return  # it was broken while it was built
        self.refused = self.refused + 1 if told.refused else 0
        if told.refused:
            assert self.site.made() == before, "something was written"
            if self.refused > 1:
                self.mend()
            return
        self.good = dict(self.site.files), dict(self.entries)
        made = self.site.made()
        for path, data in list(self.by_hand.items()):
            if path in expected:
                del self.by_hand[path]  # it is a file of the site now
            else:
                assert (self.site.output / path).read_bytes() == data, f"{path} is not ours"
                del made[path]
        assert not (found := differences(made, expected)), f"{found}\n({self.site.why or 'what has changed'})"
        assert not leftovers(self.site.root)


TestHistory = pytest.mark.filterwarnings("ignore")(History.TestCase)
TestHistory.settings = settings(
    max_examples=EXAMPLES or 3, stateful_step_count=30, deadline=None, derandomize=not EXAMPLES, database=None,
    suppress_health_check=list(HealthCheck), print_blob=True, phases=[Phase.explicit, Phase.generate],
)  # fmt: skip
