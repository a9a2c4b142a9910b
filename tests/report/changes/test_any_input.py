"""Whatever somebody writes for an entry, in any shape: the report is made, in all formats, and says the same each time."""

from __future__ import annotations

import json

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests import helpers as h
from tests.report.changes.sides import difference, told

from auzolan.report.changes import data
from auzolan.report.changes.markdown import MOST

FIELDS = sorted(h.declarations().kinds["cooperative"].fields)
PARTS = sorted({name for field in h.declarations().kinds["cooperative"].fields.values() for name in field.fields})
WORDS = st.sampled_from(
    ["", "en", "ca", "2020", "2020-13", "no", "ES", "exact", "hidden", "member-of", "organization/net", "organization/none", "@all",
     "<b>", "[[organization/net]]", "MIT OR", "https://a.example/", "1e9", "own", "text", "page", "withdrawn", "workers"]
)  # fmt: skip
VALUES = st.recursive(
    WORDS,
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.sampled_from(PARTS) | WORDS.filter(bool), inner, max_size=4)
    ),
    max_leaves=12,
)
ENTRY = st.dictionaries(st.sampled_from(FIELDS), VALUES, max_size=8)
NET = {"organization/net": "name: Net\nsummary: S.\nwritten_in: en\n"}


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(ENTRY, ENTRY)
def test_any_entry(old: dict[str, object], new: dict[str, object]) -> None:
    before, after = ({**NET, h.MINE: json.dumps(one) + "\n"} for one in (old, new))
    found = difference(before, after, bare=[h.MINE])
    text = told(found)
    assert text == told(difference(before, after, bare=[h.MINE])) and len(text.encode()) <= MOST
    assert told(found, "html", "ca").endswith("</html>\n")
    assert json.loads(json.dumps(data(found, "a", "b")))["empty"] is found.is_empty


def test_lists_that_are_far_too_long() -> None:
    """An entry may have 100 kB; that a list has too many items is found, and the report is made all the same."""
    words = [f"w{number}" for number in range(12_000)]
    old, new = ({h.MINE: json.dumps({"name": "A", "aliases": some}) + "\n"} for some in (words, words[::-2]))
    found = difference(old, new, bare=[h.MINE])
    assert len(found.entries[0].fields) == 6_000 and len(told(found).encode()) <= MOST
    groups = [{"kind": "feed", "url": f"https://a.example/{number}"} for number in range(1_500)]
    old, new = ({h.MINE: json.dumps({"name": "A", "links": some}) + "\n"} for some in (groups, groups[::-2]))
    assert len(difference(old, new, bare=[h.MINE]).entries[0].fields) == 750
