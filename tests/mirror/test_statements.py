"""Statements are written and read again as they were; whatever is not quite one is refused before anybody looks who signed it."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.mirror.signing import DAY, SITE, edition, signer, trust

from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import (
    Freshness,
    edition_data,
    edition_of,
    freshness_data,
    freshness_of,
    is_name,
    plain_key,
    trust_data,
    trust_of,
)
from auzolan.model.parts import Part


def told(data: bytes, **changed: Any) -> bytes:
    """A statement with other fields; None takes one out."""
    fields = {**json.loads(data), **changed}
    return json.dumps({key: value for key, value in fields.items() if value is not None}).encode()


def test_each_is_read_as_it_was_written() -> None:
    list_ = trust("anna", "berta", threshold=2, machines=["box"], serial=3)
    assert trust_of(trust_data(list_), "it") == list_ and len(list_.digest) == 64
    one = edition(withdrawn=("tool/gone",), notes={"ca": "Dues\nlínies"}, changed={"new": 2}, thanks=("Maria",),
                  commit="abc", program="auzolan 1")  # fmt: skip
    assert edition_of(edition_data(one)) == one and one.digest == edition_of(one.data).digest
    part = Part(SITE, {"country": ("ES", "PT"), "language": ("ca",)}, False, 3, 10)
    one = edition(site=part.site, part=part)
    assert edition_of(edition_data(one)) == one and one.home == SITE
    assert one.site == f"{SITE}/part/country=ES,PT;language=ca;images=no"
    said = Freshness(SITE, 1, one.digest, DAY)
    assert freshness_of(freshness_data(said)) == said


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"serial": 0}, "serial"), ({"serial": 1.0}, "serial"), ({"serial": True}, "serial"), ({"serial": 2**53}, "serial"),
        ({"site": "a\nb"}, "site"), ({"site": None}, "site"), ({"site": "x" * 601}, "site"),
        ({"date": "2026-02-30T00:00:00Z"}, "date"), ({"date": "yesterday"}, "date"), ({"date": "2026-05-01T00:00:00+02:00"}, "date"),
        ({"sums": {"sha256": "0" * 63, "size": 1}}, "sha256"), ({"sums": []}, "sums"), ({"previous": "ABC"}, "previous"),
        ({"files": {"number": 1, "size": 1, "largest": 2}}, "largest"), ({"withdrawn": [1]}, "withdrawn"),
        ({"withdrawn": ["\x1b[2J"]}, "withdrawn"), ({"notes": {"en": 1}}, "notes"), ({"notes": {"en": "\x1b"}}, "notes"),
        ({"changed": {"new": -1}}, "new"), ({"changed": {"other": 1}}, "changed"), ({"fresh_days": 0}, "fresh_days"),
        ({"format": None}, "format"), ({"format": "auzolan-trust/1"}, "format"),
    ],
)  # fmt: skip
def test_an_edition_with_a_wrong_field_is_refused(changed: dict[str, Any], said: str) -> None:
    with pytest.raises(Refused, match=f"`{said}`") as caught:
        edition_of(told(edition().data, **changed))
    assert caught.value.threat == "malformed" and caught.value.hint


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"of": "another"}, "is not that of the part"), ({"chosen": {"country": ["PT"]}}, "is not that of the part"),
        ({"chosen": {}, "images": True}, "nothing is chosen"), ({"chosen": {"colour": ["red"]}}, "and by nothing else"),
        ({"chosen": {"country": ["--output=/"]}}, "a value has letters"), ({"chosen": {"country": "ES"}}, "country"),
        ({"images": "no"}, "neither true nor false"), ({"entries": -1}, "entries"), ({"chosen": None}, "chosen"),
    ],
)  # fmt: skip
def test_a_part_that_is_none_is_refused(changed: dict[str, Any], said: str) -> None:
    part = Part(SITE, {"country": ("ES",)}, False, 3, 10)
    data = edition(site=part.site, part=part).data
    with pytest.raises(Refused, match=said) as caught:
        edition_of(told(data, part={**part.told(), **changed}))
    assert caught.value.threat == "malformed"


def test_a_later_version_is_said_to_be_one() -> None:
    with pytest.raises(Refused, match="version 2") as caught:
        edition_of(told(edition().data, format="auzolan-edition/2"))
    assert caught.value.threat == "version"


def test_fields_that_come_later_are_passed_over() -> None:
    assert edition_of(told(edition().data, later=1)).serial == 1


@pytest.mark.parametrize(
    "data",
    [b"", b"[]", b"\xff", b"{", b'{"a": 1, "a": 2}', b'{"a": NaN}', b"[" * 100_000, b'"' + b"x" * 900_000],
    ids=["nothing", "a list", "no UTF-8", "half", "a key twice", "no number", "deep", "long"],
)
def test_what_is_no_statement_is_refused(data: bytes) -> None:
    with pytest.raises(Refused):
        edition_of(data)


def test_nobody_counts_twice() -> None:
    anna = signer("anna")
    for others in ([anna], [replace(anna, name="other")], [replace(signer("berta"), name="anna")]):
        list_ = replace(trust("anna", threshold=2), signers=(anna, *others))
        with pytest.raises(Refused, match="twice"):
            trust_of(trust_data(list_), "it")
    with pytest.raises(Refused, match="twice"):
        trust_of(trust_data(replace(trust("anna"), machines=(replace(anna, name="box"),))), "it")


def test_more_must_sign_than_may() -> None:
    with pytest.raises(Refused, match="3 must sign, and only 2 may"):
        trust_of(trust_data(trust("anna", "berta", threshold=3)), "it")


@pytest.mark.parametrize("name", ["", "Anna", "a b", "../a", "-a", "a-", "a" * 33, "à", "a.b", "a/b", "a\n"])
def test_a_name_is_part_of_file_names_and_of_commands(name: str) -> None:
    assert not is_name(name)
    with pytest.raises(Refused):
        trust_of(trust_data(replace(trust("anna"), signers=(replace(signer("anna"), name=name),))), "it")


@pytest.mark.parametrize(
    "key",
    ["", "ssh-ed25519", "ssh-rsa AAAAB3NzaC1yc2E=", "ssh-ed25519 ????", "ssh-ed25519 AAAA",
     "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIAAA", 'cert-authority ssh-ed25519 AAAA', "sk-ssh-ed25519@openssh.com AAAA"],
)  # fmt: skip
def test_only_ed25519_keys_may_sign(key: str) -> None:
    assert plain_key(key) is None


def test_a_key_is_kept_without_its_comment() -> None:
    key = signer("anna").key
    assert plain_key(f"  {key}   anna@home \n") == key


@given(st.binary(max_size=300) | st.text(max_size=300).map(str.encode))
def test_nothing_but_refusals_comes_of_noise(data: bytes) -> None:
    for read in (edition_of, freshness_of):
        with pytest.raises(Refused):
            read(data)


@given(
    st.dictionaries(
        st.text(max_size=9),
        st.none() | st.booleans() | st.integers() | st.text(max_size=9) | st.lists(st.text(max_size=3)),
        max_size=4,
    )
)
def test_fields_of_any_sort_are_refused_or_read(changed: dict[str, Any]) -> None:
    for key in (*json.loads(edition().data), *changed):
        for value in changed.values():
            try:
                edition_of(json.dumps({**json.loads(edition().data), key: value}).encode())
            except Refused:
                continue
