"""What a copy proves: by whom it is signed, along which versions of the trust list, and how fresh it was said to be."""

from __future__ import annotations

import datetime
from dataclasses import replace

import pytest
from tests.mirror.signing import DAY, SITE, Copy, edition, signed, trust

from auzolan.mirror.proving import Known, Proven, prove, walk
from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import EDITIONS
from auzolan.mirror.statements import SIGNATURE, trust_data
from auzolan.model.parts import Part

THREE = ("anna", "berta", "carla")


def of_three(serial: int = 1, *names: str) -> Copy:
    """A copy of which two of three must sign the edition."""
    copy = Copy().list_(trust(*THREE, threshold=2, machines=["box"]), "anna", "berta")
    return copy.edition(edition(serial=serial), *(names or ("anna", "berta")))


def known_by(proven: Proven) -> Known:
    """What whoever took it knows afterwards."""
    return Known(proven.trust, proven.edition.serial, proven.edition.digest, proven.trust.version, proven.newest)


def refused(copy: Copy, known: Known | None = None, pinned: str = "") -> str:
    """The threat for which it is refused."""
    with pytest.raises(Refused) as caught:
        prove(copy.read, known, DAY, pinned)
    assert caught.value.hint or caught.value.threat in ("path", "symlink")
    return caught.value.threat


def test_enough_signatures_make_it_authentic() -> None:
    proven = prove(of_three().read, None, DAY)
    assert (
        proven.signed == ("anna", "berta") and proven.trust.version == 1 and proven.newest == DAY and not proven.stated
    )


@pytest.mark.parametrize("names", [("anna",), ("carla",), ("box",), ("anna", "box")])
def test_too_few_signatures_are_refused_and_a_machine_is_nobody(names: tuple[str, ...]) -> None:
    copy = of_three()
    for name in THREE:
        copy.files.pop(SIGNATURE.format("edition.json", name), None)
    copy.edition(edition(), *names)
    assert refused(copy) == "signatures"


def test_one_key_under_two_names_counts_once() -> None:
    copy = of_three(1, "anna")
    copy.files["edition.json.berta.sig"] = signed(edition().data, EDITIONS, "anna")
    assert refused(copy) == "signatures"


def test_a_tampered_edition_is_signed_by_nobody() -> None:
    copy = of_three()
    copy.files["edition.json"] = edition(name="Another").data
    assert refused(copy) == "signatures"


def test_there_must_be_a_list_and_an_edition() -> None:
    assert refused(Copy()) == "no-edition"
    assert refused(Copy().list_(trust("anna"), "anna")) == "no-edition"


def test_the_first_list_is_signed_by_those_whom_it_names() -> None:
    assert refused(Copy().list_(trust(*THREE, threshold=2), "anna").edition(edition(), *THREE)) == "trust"


def test_another_site_is_another_site() -> None:
    copy = Copy().list_(trust("anna"), "anna").edition(edition(site="elsewhere"), "anna")
    assert refused(copy) == "wrong-site"
    known = known_by(prove(of_three().read, None, DAY))
    other = replace(trust("zoe"), site="elsewhere")
    other = replace(other, data=trust_data(other))
    assert refused(Copy().list_(other, "zoe").edition(edition(site="elsewhere"), "zoe"), known) == "wrong-site"


def test_a_list_follows_when_enough_of_the_old_one_have_signed_it() -> None:
    copy = of_three()
    copy.list_(trust("berta", "carla", "dolors", threshold=2, version=2), "anna", "carla")
    assert [one.version for one in walk(copy.read, None)] == [1, 2]
    assert refused(copy) == "signatures"  # anna may no longer sign
    assert prove(copy.edition(edition(), "berta", "dolors").read, None, DAY).signed == ("berta", "dolors")


@pytest.mark.parametrize("names", [("dolors", "zoe"), ("anna", "dolors"), ("anna",)])
def test_a_list_that_too_few_of_the_old_one_have_signed_is_refused(names: tuple[str, ...]) -> None:
    copy = of_three().list_(trust("dolors", "zoe", threshold=2, version=2), *names)
    assert refused(copy) == "trust"


def test_a_list_of_another_number_or_site_is_refused() -> None:
    copy = of_three()
    copy.files["trust/2.json"] = trust("zoe", version=3).data
    assert refused(copy) == "trust"
    other = replace(trust("zoe", version=2), site="elsewhere")
    copy.files["trust/2.json"] = trust_data(other)
    assert refused(copy) == "wrong-site"


def test_a_copy_with_fewer_versions_is_judged_by_the_newest_that_is_known() -> None:
    old, new = of_three(), of_three(2)
    new.list_(trust("berta", "carla", "dolors", threshold=2, version=2), "anna", "carla")
    new.edition(edition(serial=2), "berta", "dolors")
    known = known_by(prove(new.read, None, DAY))
    assert refused(old, known) == "signatures"


def test_another_list_of_the_same_number_is_refused() -> None:
    known = known_by(prove(of_three().read, None, DAY))
    copy = Copy().list_(trust("zoe"), "zoe").edition(edition(serial=2), "zoe")
    assert refused(copy, known) == "trust"


def test_a_list_says_from_which_number_editions_of_a_part_count() -> None:
    part = Part(SITE, {"country": ("ES",)}, True, 1, 3)
    list_ = trust("anna", serial=9, parts={part.name: 4})

    def of_part(serial: int) -> Copy:
        return Copy().list_(list_, "anna").edition(edition(serial=serial, site=part.site, part=part), "anna")

    assert prove(of_part(4).read, None, DAY).edition.part == part
    assert refused(of_part(3)) == "rollback"
    assert refused(Copy().list_(list_, "anna").edition(edition(serial=4), "anna")) == "rollback"  # of the whole
    other = Part("example.org,2026:another", {"country": ("ES",)}, True, 1, 3)
    assert (
        refused(Copy().list_(list_, "anna").edition(edition(serial=9, site=other.site, part=other), "anna"))
        == "wrong-site"
    )


def test_a_part_is_said_to_be_the_newest_under_its_own_name() -> None:
    part = Part(SITE, {"country": ("ES",)}, True, 1, 3)
    one = edition(site=part.site, part=part)
    copy = Copy().list_(trust("anna"), "anna").edition(one, "anna")
    assert not prove(copy.fresh(one, DAY, "anna").read, None, DAY).stated  # it speaks of the whole
    assert prove(copy.fresh(one, DAY, "anna", site=part.site).read, None, DAY).stated == "anna"


def test_an_older_edition_is_a_rollback() -> None:
    known = known_by(prove(of_three(3).read, None, DAY))
    assert refused(of_three(2), known) == "rollback"
    assert prove(of_three(3).read, known, DAY).edition.serial == 3
    assert prove(of_three(4).read, known, DAY).edition.serial == 4


def test_another_edition_of_the_same_number_is_mixed() -> None:
    known = known_by(prove(of_three(3).read, None, DAY))
    copy = of_three(3).edition(edition(serial=3, name="Another"), "anna", "berta")
    assert refused(copy, known) == "mix-and-match"


def test_a_number_that_was_pushed_up_is_left_by_a_new_list() -> None:
    known = known_by(prove(of_three(2**53 - 1).read, None, DAY))
    assert refused(of_three(8), known) == "rollback"
    copy = of_three().list_(trust("berta", "carla", threshold=2, version=2, serial=8), "anna", "berta")
    assert refused(copy.edition(edition(serial=7), "berta", "carla"), known) == "rollback"
    assert prove(copy.edition(edition(serial=8), "berta", "carla").read, known, DAY).edition.serial == 8


def test_three_years_and_five_lists_later_an_old_copy_walks_forward() -> None:
    known = known_by(prove(of_three().read, None, DAY))
    copy, people = of_three(), list(THREE)
    for version in range(2, 7):
        signs, people = people[:2], [*people[1:], f"new-{version}"]
        copy.list_(trust(*people, threshold=2, version=version), *signs)
    later = DAY + datetime.timedelta(days=3 * 365)
    copy.edition(edition(serial=40, date=later), *people[:2])
    proven = prove(copy.read, known, later)
    assert [one.version for one in proven.chain] == [1, 2, 3, 4, 5, 6] and proven.edition.serial == 40


def test_a_list_is_pinned_by_its_sha256() -> None:
    copy = of_three()
    pin = trust(*THREE, threshold=2, machines=["box"]).digest
    assert prove(copy.read, None, DAY, pin).signed
    assert refused(copy, pinned="0" * 64) == "trust"
    copy.list_(trust(*THREE, threshold=2, version=2), "anna", "berta")
    assert prove(copy.read, None, DAY, pin).trust.version == 2


def test_how_fresh_it_is_never_makes_it_less_authentic() -> None:
    proven = prove(of_three().read, None, DAY + datetime.timedelta(days=4000))
    assert not proven.is_fresh(DAY + datetime.timedelta(days=91)) and proven.is_fresh(DAY + datetime.timedelta(days=90))
    assert proven.age(DAY - datetime.timedelta(days=3)) == datetime.timedelta()


@pytest.mark.parametrize("name", ["box", "carla"])
def test_a_machine_or_a_signer_states_that_it_is_the_newest(name: str) -> None:
    later = DAY + datetime.timedelta(days=30)
    proven = prove(of_three().fresh(edition(), later, name).read, None, later)
    assert proven.newest == later and proven.stated == name and not proven.passed_over


def test_statements_that_do_not_count_are_passed_over_and_said() -> None:
    later = DAY + datetime.timedelta(days=30)
    for copy in (
        of_three().fresh(edition(), later, "zoe"),
        of_three().fresh(edition(), later, "box", serial=2),
        of_three().fresh(edition(), later, "box", site="elsewhere"),
        of_three().fresh(edition(), later, "box", edition="0" * 64),
        of_three().fresh(edition(), later + datetime.timedelta(days=2), "box"),
    ):
        proven = prove(copy.read, None, later)
        assert proven.newest == DAY and len(proven.passed_over) == 1 and proven.edition.site == SITE
    copy = of_three()
    copy.files["freshness.json"] = b"{"
    assert prove(copy.read, None, later).passed_over


def test_what_was_known_to_be_newer_is_not_forgotten() -> None:
    later = DAY + datetime.timedelta(days=30)
    known = known_by(prove(of_three().fresh(edition(), later, "box").read, None, later))
    assert prove(of_three().read, known, later).newest == later


def test_a_key_that_was_taken_out_signs_nothing_more() -> None:
    copy = of_three().list_(trust("anna", "berta", threshold=2, version=2), "anna", "berta")
    copy.edition(edition(serial=9), "carla", "anna")
    del copy.files["edition.json.berta.sig"]
    assert refused(copy) == "signatures"
