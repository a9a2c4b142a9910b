"""What `new` and `init` write is read back as it was meant, by our reader, by another, and by eye."""

from __future__ import annotations

from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.running import ROOT

from auzolan.intake.slugs import slug_of
from auzolan.intake.writing import commented_text, edited_text, entry_text
from auzolan.load.declarations import load_declarations
from auzolan.load.yaml_text import read_yaml
from auzolan.model.nodes import Mapping, Node, Scalar
from auzolan.model.text import SLUG_MAX, is_slug

DIRECTORY = ROOT / "directory"
DECLARATIONS, _ = load_declarations(DIRECTORY, DIRECTORY, ROOT, ("en",))
TOOL = DECLARATIONS.kinds["tool"]
TEXTS = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Co", "Cn"), blacklist_characters="\u2028\u2029\ufeff\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200e\u200f\u061c"),
    min_size=1,
    max_size=200,
).map(str.strip).filter(bool)  # fmt: skip


def plain(node: Node | None) -> Any:
    if isinstance(node, Scalar):
        return node.text
    if isinstance(node, Mapping):
        return {key: plain(value) for key, value in node.items.items()}
    return None if node is None else [plain(item) for item in node.items]


def read_back(text: str) -> Any:
    tree, findings = read_yaml(text, "x.yaml")
    assert not findings, text
    return plain(tree)


@settings(deadline=None)
@given(TEXTS, st.lists(TEXTS, min_size=1, max_size=4))
def test_any_text_comes_back(text: str, several: list[str]) -> None:
    import unicodedata

    values = {"name": text, "summary": {"en": text}, "aliases": several, "to_start": {"money": text}}
    written = entry_text(TOOL, values)
    expected = {
        "name": text, "aliases": several, "summary": {"en": text}, "to_start": {"money": text}
    }  # fmt: skip
    assert yaml.safe_load(written) == expected
    normal = {
        "name": unicodedata.normalize("NFC", text),
        "aliases": [unicodedata.normalize("NFC", one) for one in several],
        "summary": {"en": unicodedata.normalize("NFC", text)},
        "to_start": {"money": unicodedata.normalize("NFC", text)},
    }
    assert read_back(written) == normal


@pytest.mark.parametrize(
    "text", ["no", "0123", "12:30", "1e5", "2014-07-27", "null", "~", "", "yes", "0x1F", "1_000", ".5", "+34"]
)
def test_what_others_would_read_as_something_else_is_quoted(text: str) -> None:
    assert yaml.safe_load(entry_text(TOOL, {"name": text}))["name"] == text


def test_the_order_is_the_declarations_and_the_record_last() -> None:
    written = entry_text(TOOL, {"record": {"as_of": "2024"}, "license": "MIT", "summary": "S.", "name": "N"})
    keys = [line.split(":")[0] for line in written.splitlines()[1:] if not line.startswith(" ")]
    assert keys == ["name", "summary", "license", "record"]


def test_prose_of_several_lines_is_a_block() -> None:
    written = entry_text(TOOL, {"name": "N", "description": "One.\n\n- two\n"})
    assert "description: |\n  One.\n\n  - two\n" in written


def test_comments_stand_above_their_field() -> None:
    assert "# Why\nname: Nut\n" in entry_text(TOOL, {"name": "Nut"}, {"name": "Why"})


@settings(deadline=None)
@given(st.text(max_size=120))
def test_every_name_gives_a_slug(name: str) -> None:
    slug = slug_of(name)
    assert is_slug(slug) and len(slug) <= SLUG_MAX
    assert slug_of(name, {slug}) != slug


def test_ten_thousand_namesakes_have_slugs_of_their_own() -> None:
    numbers: dict[str, int] = {}
    for name in ("growers", "x" * 100):
        taken: set[str] = set()
        for _ in range(10_001):
            slug = slug_of(name, taken, numbers)
            assert slug not in taken and is_slug(slug)
            taken.add(slug)


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("Can Batlló", "can-batllo"),
        ("!!!", "entry"),
        ("index", "index-2"),
        ("CON", "con-2"),
        ("../../etc/passwd", "etc-passwd"),
    ],
)
def test_names_that_cannot_be_files_get_another(name: str, slug: str) -> None:
    assert slug_of(name) == slug


VALUES = st.dictionaries(
    st.sampled_from(("name", "summary", "license", "website", "status", "aliases", "to_start")), TEXTS, min_size=2
).map(
    lambda said: {
        name: [text] if name == "aliases" else {"money": text} if name == "to_start" else text
        for name, text in said.items()
    }
)


@settings(deadline=None)
@given(VALUES, VALUES, st.sets(st.sampled_from(("license", "website", "status", "aliases"))))
def test_an_edit_says_what_is_asked_and_leaves_all_other_lines(
    before: dict[str, Any], changes: dict[str, Any], gone: set[str]
) -> None:
    text = entry_text(TOOL, before).replace("\nname:", "\n# A note.\nname:")
    tree, findings = read_yaml(text, "x.yaml")
    assert tree is not None and not findings
    edits = {**changes, **dict.fromkeys(gone)}
    made = edited_text(TOOL, text, tree, edits)
    if made is None:
        assert "#" in "".join(text.split("\n", 1)[1])
        return
    wanted = {name: value for name, value in {**before, **edits}.items() if value is not None}
    if wanted:
        assert read_back(made) == read_back(entry_text(TOOL, wanted))
    if "name" not in edits and "name" in before:
        assert "# A note.\n" in made


@pytest.mark.parametrize(
    ("text", "changes", "expected"),
    [
        ("name: A\nsummary: B\n", {"name": "C"}, "name: C\nsummary: B\n"),
        ("name: A\n\n# Note\nsummary: B\n", {"name": None}, "\n# Note\nsummary: B\n"),
        ("name: A\nrecord:\n  as_of: x\n", {"license": "MIT"}, "name: A\nlicense: MIT\nrecord:\n  as_of: x\n"),
        (
            "name: A\n# How\nrecord: {as_of: x}\n",
            {"license": "MIT"},
            "name: A\nlicense: MIT\n# How\nrecord: {as_of: x}\n",
        ),
        (
            "name: A\nplatforms:\n- web\n- linux\nsummary: B",
            {"platforms": ["ios"]},
            "name: A\nplatforms: [ios]\nsummary: B",
        ),
        ("description: |\n  # One\n  two\nname: A\n", {"name": "B"}, "description: |\n  # One\n  two\nname: B\n"),
        ("name: A # note\n", {"name": "B"}, None),
        ("description: |\n  One # two\nname: A\n", {"description": "x"}, None),
        ("{name: A, summary: B}\n", {"name": "C"}, None),
    ],
)
def test_an_edit_replaces_lines(text: str, changes: dict[str, Any], expected: str | None) -> None:
    tree, findings = read_yaml(text, "x.yaml")
    assert tree is not None and not findings
    assert edited_text(TOOL, text, tree, changes) == expected


def test_comments_of_any_mapping_stand_above_what_they_name() -> None:
    values = {"a": "1", "b": {"c": ["x y: z"], "d": [{"g": "h", "e": "f"}]}}
    made = commented_text(values, {"b": "on b", "b.c": "on c", "b.d.0.e": "on e\ntwo"}, "Head\n\nmore")
    assert made == (
        "# Head\n#\n# more\na: \"1\"\n# on b\nb:\n  # on c\n  c:\n    - 'x y: z'\n  d:\n    - g: h\n      # on e\n      # two\n      e: f\n"
    )
    assert read_back(made) == values


def test_what_is_written_is_formatted_already() -> None:
    from auzolan.intake.formatting import formatted
    from auzolan.intake.written import WrittenFile

    values = {
        "summary": "A text that is longer than a line, so that it is broken " * 3,
        "record": {"submitted_by": "third-party", "sources": {"zeta": {"url": "https://z.coop/a", "title": "Z"}, "alpha": {"title": "A"}}},
        "relations": [{"to": "tool/a", "type": "based-on"}], "name": "N", "mine": {"b": "x", "a": "y"},
    }  # fmt: skip
    data = entry_text(TOOL, values).encode()
    assert formatted(WrittenFile(ROOT / "x.yaml", "x.yaml", TOOL.fields, False), data).data == data
    assert b" \n" not in data
    assert list(read_back(data.decode())["record"]["sources"]) == ["zeta", "alpha"]
