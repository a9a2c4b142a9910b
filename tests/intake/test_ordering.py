"""Lines are moved into the order of the declaration; comments go with their keys, and nothing is written anew."""

from __future__ import annotations

import pytest
from tests.helpers import declarations
from tests.intake.files import TOOL, file_of

from auzolan.intake.formatting import LEFT, LOSSY, formatted
from auzolan.intake.ordering import declared_order

COOPERATIVE = "directory/cooperatives/x.yaml"


def put(text: str, where: str = TOOL) -> str:
    """The text in order, where all of it could be; a second time nothing changes."""
    done = formatted(file_of(where), text.encode())
    assert not done.left and not done.findings, done
    assert formatted(file_of(where), done.data).data == done.data
    return done.data.decode()


@pytest.mark.parametrize("kind", sorted(declarations().kinds))
def test_the_order_is_the_declarations_and_the_record_is_last(kind: str) -> None:
    fields = declarations().kinds[kind].fields
    names = declared_order(fields)
    assert names[-1] == "record" and names[:-1] == [name for name in fields if name != "record"]
    where = f"directory/{declarations().kinds[kind].folder}/x.yaml"
    text = "".join(f"{name}: x\n" for name in reversed(names))
    assert put(text, where) == "".join(f"{name}: x\n" for name in names)


def test_values_stay_as_they_are_written() -> None:
    values = {
        "name": "name:   'An  oven'  # hot\n",
        "summary": 'summary: "It is\n  \\u0068ot."\n',
        "description": "description: |-\n  One.\n\n    two\n  # no comment\n",
        "topics": "topics: [ commons,\n  mutual-credit ]\n",
        "languages": "languages:\n- en\n-   ca\n",
    }
    assert put("".join(reversed(values.values()))) == "".join(values.values())


def test_comments_go_with_their_keys() -> None:
    text = (
        "# yaml-language-server: $schema=x\n"
        "# why this summary\n# in two lines\nsummary: S\n"
        "record: {submitted_by: itself}\n"
        "\n# how it is called\nname: N # the name\n"
        "# at the end\n"
    )
    assert put(text) == (
        "# yaml-language-server: $schema=x\n"
        "# how it is called\nname: N # the name\n"
        "\n# why this summary\n# in two lines\nsummary: S\n"
        "record: {submitted_by: itself}\n"
        "# at the end\n"
    )


def test_what_stands_above_an_empty_line_is_the_files() -> None:
    assert put("# about this file\n\n# about S\nsummary: S\nname: N\n") == (
        "# about this file\n\nname: N\n# about S\nsummary: S\n"
    )


def test_an_item_that_is_commented_out_stays_in_its_list() -> None:
    text = "topics:\n  - commons\n  # - other\nname: N\n"
    assert put(text) == "name: N\ntopics:\n  - commons\n  # - other\n"


def test_groups_lists_of_groups_and_names_of_ones_own() -> None:
    text = (
        "record:\n"
        "  license: CC0-1.0\n"
        "  # whose words\n"
        "  sources:\n"
        "    zeta:\n      url: https://z.coop\n      # as printed\n      title: Z\n"
        "    alpha:\n      title: A\n"
        "relations:\n"
        "  # the first\n"
        "  - to: tool/a\n    type: based-on\n"
        "  # the second\n"
        "  - type: based-on\n    to: tool/b\n"
        "name: N\n"
    )
    assert put(text) == (
        "name: N\n"
        "relations:\n"
        "  # the first\n"
        "  - type: based-on\n    to: tool/a\n"
        "  # the second\n"
        "  - type: based-on\n    to: tool/b\n"
        "record:\n"
        "  # whose words\n"
        "  sources:\n"
        "    zeta:\n      # as printed\n      title: Z\n      url: https://z.coop\n"
        "    alpha:\n      title: A\n"
        "  license: CC0-1.0\n"
    )


def test_languages_and_registers_stay_in_the_order_of_the_writer() -> None:
    text = "name: {es: A, ca: B}\nsummary:\n  fr: C\n  en: D\nsame_as:\n  wikidata: Q1\n  dotcoop: a.coop\n"
    assert put(text) == text


def test_keys_that_are_not_declared_come_after_those_that_are() -> None:
    assert put("wat: 1\nrecord: {}\nsummary: S\nhm: 2\nname: N\n") == "name: N\nsummary: S\nwat: 1\nhm: 2\nrecord: {}\n"


def test_empty_lines_that_are_said_stay_with_what_says_them() -> None:
    text = "description: |+\n  One.\n\n\n# about S\nsummary: S\n"
    assert put(text) == "# about S\nsummary: S\ndescription: |+\n  One.\n\n\n"


def test_front_matter_too_and_its_markdown_stays() -> None:
    text = "---\nsummary: S\n# when\ndate: 2026-01-01\ntitle: T\n---\nsummary: not a field  \ntitle: nor this\n"
    assert put(text, "content/articles/one.md") == (
        "---\ntitle: T\n# when\ndate: 2026-01-01\nsummary: S\n---\nsummary: not a field  \ntitle: nor this\n"
    )
    flat = "Summary: S\nTitle: T\n\nWords.\n"
    assert put(flat, "content/articles/one.md") == flat


def test_line_ends_stay() -> None:
    done = formatted(file_of(), b"summary: S\r\nname: N\r\n")
    assert done.data == b"name: N\r\nsummary: S\r\n"


def left(text: str, where: str = TOOL) -> tuple[str, list[tuple[int, str]]]:
    done = formatted(file_of(where), text.encode())
    assert formatted(file_of(where), done.data).data == done.data
    return done.data.decode(), list(done.left)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("record: {sources: {s: {url: x, title: T}}}\n", "record: {sources: {s: {title: T, url: x}}}\n"),
        (
            "record: { as_of: 2024 , sources: {b: {url: 'a, b}', title: \"{\\\", \"}, a: {title: it's, url: x}} } # c {\n",
            "record: { sources: {b: {title: \"{\\\", \", url: 'a, b}'}, a: {title: it's, url: x}} , as_of: 2024 } # c {\n",
        ),
        ("relations: [{to: tool/a, type: uses}, {to: {url: x, name: é}, type: uses}]\n",
         "relations: [{type: uses, to: tool/a}, {type: uses, to: {url: x, name: é}}]\n"),
        ("relations:\n  - {to: tool/a, type: uses}\n  - type: uses\n    to: tool/b\n",
         "relations:\n  - {type: uses, to: tool/a}\n  - type: uses\n    to: tool/b\n"),
        ("record: {as_of: 2024, sources: {s: {title: T}},}\n", "record: {sources: {s: {title: T}}, as_of: 2024,}\n"),
        ("{summary: S, name: N}\n", "{name: N, summary: S}\n"),
    ],
)  # fmt: skip
def test_what_stands_between_braces_is_put_in_order_within_its_line(before: str, after: str) -> None:
    assert put(before) == after


def test_braces_over_several_lines_are_told_and_left() -> None:
    text = "name: N\nrecord: {as_of: 2024,\n  sources: {s: {title: T, url: x}}}\n"
    assert left(text) == (text, [(2, LEFT)])
    text = "places:\n  - {region: ES-CT,\n     country: ES}\n  - {country: ES}\n"
    assert left(text, COOPERATIVE) == (text, [(2, LEFT)])


def test_a_comment_that_would_stand_above_a_whole_item_is_told_and_left() -> None:
    text = "relations:\n  - to: tool/a\n    # sure\n    type: based-on\n"
    assert left(text) == (text, [(4, LEFT)])


@pytest.mark.parametrize(
    "text",
    [
        'summary: "a\n# no comment"\nname: N\n',
        "summary: S\nname: N\n...\n",
    ],
)
def test_what_cannot_be_moved_without_loss_is_told_and_left(text: str) -> None:
    now, told = left(text)
    assert (now, told) == (text, [(1, LOSSY)])


def test_a_file_that_cannot_be_read_is_left_and_the_findings_come_back() -> None:
    done = formatted(file_of(), b"summary: S\nname: [\n")
    assert done.data == b"summary: S\nname: [\n" and [one.code for one in done.findings] == ["Y001"]
    twice = b"summary: S\nname: N\nname: M\n"
    assert formatted(file_of(), twice).data == twice
