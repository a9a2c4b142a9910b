"""render/entry/near.py: who is near an entry, why in words, and none who stands on the page already."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from tests.helpers import catalog
from tests.render import site as s

from auzolan.link import link
from auzolan.model.alike import Likeness
from auzolan.model.briefs import brief_of
from auzolan.model.commons import Commons
from auzolan.pipeline.gists import gists_of
from auzolan.render.entry.entries import units_of

MILL = "name: {name}\nsummary: It grinds.\n"
SPAIN = "places: [{country: ES, region: ES-CT}]\n"
MEMBER = "relations: [{type: member-of, to: organization/net}]\n"


def commons(entries: dict[str, str]) -> Commons:
    made = catalog(entries)
    return link(made, {id_: brief_of(one, made.declarations, "en") for id_, one in made.entries.items()})[0]


def near(made: Commons, path: str) -> list[tuple[str, str]]:
    """The names of those near, and why."""
    page = s.planned(made, units_of)[path]
    return [(one["card"]["name"]["text"], one["why"]) for one in page.view["entry"]["near"]]


def entry(name: str, more: str = "") -> str:
    return MILL.format(name=name) + more


BOTH = "topics: [commons]\nsectors: [food]\n"


@pytest.mark.parametrize(
    ("path", "why"),
    [
        ("cooperatives/a.html", "in common: Food, Commons and Catalonia"),
        ("ca/cooperatives/a.html", "en comú: Alimentació, Comuns i Catalunya"),
    ],
)
def test_words_and_places_in_common_are_told_in_the_language_of_the_page(path: str, why: str) -> None:
    made = commons({f"cooperative/{one}": entry(one.upper(), BOTH + SPAIN) for one in "ab"})
    ((name, told),) = near(made, path)
    assert name == "B" and sorted(
        told.replace(" and ", ", ").replace(" i ", ", ").split(": ")[1].split(", ")
    ) == sorted(why.replace(" and ", ", ").replace(" i ", ", ").split(": ")[1].split(", "))
    assert told.split(":")[0] == why.split(":")[0]


def test_a_relation_in_common_comes_first_and_names_the_third() -> None:
    made = commons(
        {"organization/net": entry("Net"), "cooperative/a": entry("A", BOTH + MEMBER), "cooperative/b": entry("B", MEMBER),
         "cooperative/c": entry("C", BOTH)}
    )  # fmt: skip
    found = near(made, "cooperatives/a.html")
    assert found[0] == ("B", "also is a member of: Net") and [name for name, _ in found] == ["B", "C"]
    assert near(made, "ca/cooperatives/a.html")[0] == ("B", "també és membre de: Net")
    # Its members stand on its page already.
    assert near(made, "organizations/net.html") == []


def test_who_is_mentioned_there_already_is_not_told_twice() -> None:
    said = "description: With [[cooperative/a]].\n"
    made = commons(
        {"cooperative/a": entry("A", BOTH), "cooperative/b": entry("B", BOTH + said), "cooperative/c": entry("C", BOTH)}
    )
    assert [name for name, _ in near(made, "cooperatives/a.html")] == ["C"]


def test_no_more_than_five_and_nothing_where_nothing_is_near() -> None:
    made = commons({f"cooperative/{one}": entry(one.upper(), BOTH) for one in "abcdefgh"} | {"tool/x": entry("X")})
    assert len(near(made, "cooperatives/a.html")) == 5 and near(made, "tools/x.html") == []
    page: Any = s.tree(s.built(made, units_of)["tools/x.html"])
    assert not page.xpath("//ul[@class='akin']")
    links = s.tree(s.built(made, units_of)["cooperatives/a.html"]).xpath("//ul[@class='akin']//a/@href")
    assert links == [f"../cooperatives/{one}.html" for one in "bcdef"]


def test_who_reads_of_others_reads_names_alone() -> None:
    entries = {f"cooperative/{one}": entry(one.upper(), BOTH) for one in "ab"}
    before = s.planned(commons(entries), units_of)["cooperatives/a.html"]
    edited = entries | {"cooperative/b": entries["cooperative/b"].replace("It grinds.", "It grinds and bakes.")}
    after = s.planned(commons(edited), units_of)["cooperatives/a.html"]
    assert before.view["entry"]["near"] == after.view["entry"]["near"]


CALLS = "summary: {en: Video calls that need little of a line., ca: Videotrucades per a línies lentes.}\n"
STRANGERS = {f"tool/z{number}": f"name: Z{number}\nsummary: Other{number}.\n" for number in range(8)}


def speaking(entries: dict[str, str]) -> Commons:
    """The same, of which it is known what they are about."""
    made = commons(entries | STRANGERS)
    return replace(made, likeness=Likeness(gists_of(made.profiles, made.listed, "en")))


def test_who_speaks_of_the_same_comes_last_and_the_words_say_why() -> None:
    about = "summary: {en: Calls and video on a slow line.}\n"
    made = speaking(
        {"tool/a": f"name: A\n{CALLS}topics: [free-software]\n", "tool/b": f"name: B\n{about}",
         "tool/c": "name: C\nsummary: It grinds.\ntopics: [free-software]\n"}
    )  # fmt: skip
    (c, b) = s.planned(made, units_of)["tools/a.html"].view["entry"]["near"]
    assert (c["card"]["name"]["text"], c["words"]) == ("C", None) and c["why"]
    assert (b["card"]["name"]["text"], b["words"]["text"], b["why"]) == ("B", "Video, calls, line", "")
    page: Any = s.tree(s.built(made, units_of)["ca/tools/a.html"])
    (note,) = page.xpath("//ul[@class='akin']/li[2]/span")
    assert note.text_content() == "en tots dos textos: Video, calls, line"
    assert note.xpath("bdi/@lang") == ["en"]


def test_who_is_near_by_what_is_stated_is_not_told_twice() -> None:
    made = speaking({f"tool/{one}": f"name: {one}\n{CALLS}topics: [free-software]\n" for one in "ab"})
    assert [name for name, _ in near(made, "tools/a.html")] == ["b"]


def test_of_a_withdrawn_entry_nobody_knows_what_it_was_about() -> None:
    gone = "status: withdrawn\nwithdrawn_because: request\n"
    assert near(speaking({"tool/a": f"name: A\n{CALLS}", "tool/b": f"name: B\n{CALLS}"}), "tools/a.html")
    made = commons({"tool/a": f"name: A\n{CALLS}", "tool/b": f"name: B\n{CALLS}{gone}"})
    assert list(gists_of(made.profiles, made.profiles, "en")) == ["tool/a"]
