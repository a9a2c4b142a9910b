"""Briefs: what others see of an entry, what it looks for in others, and that both survive pickling."""

from __future__ import annotations

import pickle

import pytest
from tests.helpers import MINE, declarations, entry

from auzolan.model.briefs import Brief, Edge, answers, asks, brief_of, public_part
from auzolan.model.marks import Marks


def brief(yaml: str, id_: str = MINE) -> Brief:
    return brief_of(entry(id_, yaml), declarations(), "en")


def test_an_entry_that_names_nobody() -> None:
    path = "directory/cooperatives/growers.yaml"
    assert brief("written_in: pt-br\n") == Brief(
        MINE,
        path,
        "cooperative",
        "growers",
        False,
        (),
        "pt-BR",
        "",
        (),
        (),
        (),
        (),
        Marks(("growers of hill",), line=2, column=7, width=19),
    )


def test_the_language_of_the_site_where_none_is_written() -> None:
    assert brief_of(entry(MINE, "name: x", bare=True), declarations(), "ca").language == "ca"


def test_every_id_that_stands_anywhere_once_and_sorted() -> None:
    made = brief("""\
description: |
  With [[tool/saw|a saw]], [[article/pooling]] and `[[tool/code]]`.
relations:
  - {type: partner-of, to: organization/net}
  - {type: has-part, to: cooperative/a}
  - {type: partner-of, to: {name: Not here}}
  - {type: partner-of, to: no id}
former_ids: [cooperative/old]
record: {sources: {page: {title: T, by: organization/net}}}
""")
    assert made.names == ("article/pooling", "cooperative/a", "organization/net", "tool/saw")
    assert made.former_ids == ("cooperative/old",)


def test_edges_are_written_forward_with_the_place_of_the_other_end() -> None:
    made = brief("relations:\n  - type: has-part\n    to: cooperative/a\n  - {type: part-of, to: cooperative/b}\n"
                 "  - {type: partner-of, to: cooperative/c}\n  - {type: nothing, to: cooperative/c}\n"
                 "  - {type: part-of, to: {name: C}}\n  - {type: part-of}\n")  # fmt: skip
    assert made.edges == (
        Edge("part-of", "cooperative/a", MINE, 3, 9, 13), Edge("part-of", MINE, "cooperative/b", 4, 25, 13)
    )  # fmt: skip


@pytest.mark.parametrize(
    ("id_", "spdx_id", "expected"),
    [("license/mit", "MIT", "MIT"), ("license/own", "LicenseRef-own", "LicenseRef-own"), ("license/own", "MIT", "")],
)
def test_a_licence_counts_where_its_file_is_named_by_it(id_: str, spdx_id: str, expected: str) -> None:
    assert brief(f"spdx_id: {spdx_id}", id_).spdx_id == expected


def test_licences_and_pictures_that_are_looked_for() -> None:
    made = brief("license: MIT OR (LicenseRef-own AND MIT)\nimage: {file: saw.jpg, alt: A saw}\n", "tool/saw")
    assert (made.licenses, made.images) == (("LicenseRef-own", "MIT"), ("saw.jpg",))


def test_withdrawn_by_any_name_of_the_word() -> None:
    assert brief("status: withdrawn").withdrawn and brief("status: Withdrawn").withdrawn
    assert not brief("status: active").withdrawn


def test_what_others_see_is_all_but_what_it_looks_for() -> None:
    one, other = brief("description: x"), brief("description: '[[tool/saw]]'\nimage: {file: a.jpg}")
    assert one != other and public_part(one) == public_part(other)
    assert public_part(one) != public_part(brief("status: withdrawn"))


def test_asks_and_answers_meet_through_ids_former_ids_and_licences() -> None:
    tool = brief("license: LicenseRef-own\nformer_ids: [tool/axe]\ndescription: '[[cooperative/old]]'", "tool/saw")
    assert asks(tool) == {"LicenseRef-own", "tool/axe", "cooperative/old"}
    assert answers(brief("former_ids: [cooperative/old]")) == {MINE, "cooperative/old"}
    assert answers(brief("spdx_id: LicenseRef-own", "license/own")) == {"license/own", "LicenseRef-own"}


def test_pickling() -> None:
    made = brief("relations: [{type: part-of, to: cooperative/b}]")
    assert pickle.loads(pickle.dumps(made)) == made


def test_any_shape_of_any_field_gives_a_brief() -> None:
    for field in declarations().kinds["cooperative"].fields:
        for value in ("x", "[x, [y]]", "{a: {b: [c]}}", "''", "[{type: part-of, to: [x]}]", "[{type: [x], to: x}]"):
            brief(f"{field}: {value}\n")
