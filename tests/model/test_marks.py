"""Marks: what makes a name one's own, whose a site is, and what an entry is known by."""

from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.helpers import declarations, entry

from auzolan.model.briefs import brief_of, public_part
from auzolan.model.marks import Marks, name_key
from auzolan.model.sites import site_of


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Som Energia", "Som Energia, SCCL"),
        ("Som Energia", "SOM ENERGIA S.C.C.L."),
        ("Eroski", "Eroski, S. Coop."),
        ("The Growers", "Growers Ltd"),
        ("The Growers", "Growers Society Limited"),
        ("Growers' Co-operative", "Growers Coop Ltd."),
        ("Growers Co op", "Growers Co-op Society Limited"),
        ("Mondragón", "MONDRAGON"),
        ("Bakers & Millers", "Bakers and Millers, Inc."),
        ("L'Aresta SCCL", "L’Aresta"),
        ("GLS Bank eG", "GLS Bank e.G."),
    ],
)
def test_legal_forms_and_articles_make_no_difference(one: str, other: str) -> None:
    assert name_key(one) == name_key(other) != ""


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Housing Society Limited", "Farming Society Limited"),
        ("The Mill, SCCL", "The Barn, SCCL"),
        ("FLOK Society", "FLOK"),
        ("Branch 4", "Branch 5"),
        ("Coop57", "Coop"),
        ("Co-operative Bank", "Co-operative Group"),
    ],
)
def test_nor_do_they_make_names_alike(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize("name", ["N/A", "-", "", "   ", "?!"])
def test_what_is_no_name_has_no_key(name: str) -> None:
    assert name_key(name) == ""


def test_a_name_of_legal_forms_alone_stays() -> None:
    assert name_key("SCIC") == "scic"
    assert name_key("The Co-operative Limited") == "coop"


def test_names_in_other_scripts_have_keys() -> None:
    assert name_key("ورشة الجيران") == "ورشة الجيران"
    assert name_key("株式会社アウゾラン")


@pytest.mark.parametrize(
    ("url", "site"),
    [
        ("https://www.growers.coop/about?x=1#y", "growers.coop"),
        ("http://shop.growers.coop", "growers.coop"),
        ("http://www.growers.co.uk", "growers.co.uk"),
        ("https://growers.uk.com/", "growers.uk.com"),
        ("https://growers.org.au", "growers.org.au"),
        ("https://GitHub.com/Owner/Thing/wiki", "github.com/owner/thing"),
        ("https://github.com/Owner", "github.com/owner"),
        ("https://www.facebook.com/growers/", "facebook.com/growers"),
        ("https://growers.wordpress.com/about", "growers.wordpress.com"),
        ("https://one.wixsite.com/growers", "one.wixsite.com/growers"),
        ("https://sites.google.com/view/growers/home", "sites.google.com/view/growers"),
        ("https://linktr.ee/growers", "linktr.ee/growers"),
        ("https://growers.github.io/site", "growers.github.io"),
        # What tells nobody's site apart.
        ("https://www.facebook.com/", ""),
        ("https://wordpress.com", ""),
        ("https://github.io/", ""),
        ("https://web.archive.org/web/2020/https://growers.coop", ""),
        ("https://192.168.0.1/growers", ""),
        ("https://localhost/", ""),
        ("mailto:hello@growers.coop", ""),
        ("javascript:alert(1)", ""),
        ("https://[::1", ""),
        ("", ""),
    ],
)  # fmt: skip
def test_whose_site(url: str, site: str) -> None:
    assert site_of(url) == site


@given(st.text(max_size=60))
def test_any_text_is_looked_at(text: str) -> None:
    assert isinstance(site_of(text), str) and isinstance(site_of(f"https://{text}"), str)
    assert name_key(text) == name_key(text.strip())


def brief(yaml: str, id_: str = "cooperative/growers"):
    return brief_of(entry(id_, yaml), declarations(), "en")


def test_what_an_entry_is_known_by() -> None:
    told = brief(
        'name: {en: The Growers Ltd, ca: Els Pagesos}\naliases: [GRW]\nformer_names: [The Sowers]\n'
        'places: [{country: es, locality: Lleida}, {country: FR}]\nwebsite: "https://growers.coop/"\n'
        "same_as: {wikidata: Q42, dotcoop: growers.coop}\n"
    ).marks  # fmt: skip
    assert told == Marks(
        ("growers", "pagesos", "grw", "sowers"), ("ES", "FR"), ("lleida",), ("growers.coop",),
        ("wikidata:q42", "dotcoop:growers.coop"), 1, 12, 15,
    )  # fmt: skip


def test_a_tools_repository_is_its_site_too() -> None:
    told = brief('website: "https://nut.org"\nrepository: "https://github.com/nut/nut"\n', "tool/nut").marks
    assert told.sites == ("nut.org", "github.com/nut/nut")


def test_what_was_withdrawn_has_no_marks() -> None:
    assert brief("status: withdrawn\nname: Growers\n").marks == Marks()


def test_marks_of_wrong_shapes_are_passed_over() -> None:
    told = brief("name: {en: [Growers]}\nplaces: {country: [ES]}\nwebsite: {en: x}\nsame_as: [Q1]\n").marks
    assert told == Marks()


def test_others_see_no_marks() -> None:
    one, other = brief("name: Growers\n"), brief("name: Sowers\n")
    assert one != other and public_part(one) == public_part(other)
    assert pickle.loads(pickle.dumps(one)) == one
