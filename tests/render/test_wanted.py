"""render/doors/wanted.py: what is wanted, who names it and as what."""

from __future__ import annotations

from tests.render import factory as f
from tests.render import site as s

from auzolan.model.commons import Reference, Relation
from auzolan.render.doors.wanted import units_of


def test_a_wanted_entry_is_hollow_and_tells_who_names_it() -> None:
    html = s.built(f.commons(), units_of)["wanted.html"]
    page = s.tree(html)
    row = page.xpath("//li[contains(@class, 'wanted')]")[0]
    assert row.xpath("./svg[contains(@class, 'open')]")
    assert row.xpath(".//h2/a/@href") == ["contribute.html?name=Valley%20Assembly"]
    words = " ".join("".join(row.itertext()).split())
    assert "Neighbourhood Oven is a member of" in words
    assert "Organisation, Cooperative?" in words
    assert not s.faults(html)


def test_an_entry_that_is_the_object_reads_the_verb_from_its_side() -> None:
    said = Relation("member-of", Reference(None, {"en": "Valley Assembly"}), Reference("cooperative/oven"), "reported")
    commons = f.commons(profiles=(f.profile("cooperative/oven", "Oven", relations=(said,)),))
    wanted = f.Wanted({"en": "Valley Assembly"}, "", ("cooperative",), (("cooperative/oven", "member-of"),))
    object.__setattr__(commons, "wanted", (wanted,))
    assert "Oven has as a member" in s.text(s.built(commons, units_of)["wanted.html"])


def test_nothing_wanted_is_said_in_words() -> None:
    html = s.built(f.commons(profiles=()), units_of)["wanted.html"]
    assert "Nothing is wanted" in s.text(html) and not s.faults(html)


def test_hostile_wanted_names_and_addresses() -> None:
    commons = f.commons()
    wanted = f.Wanted({"en": f.HOSTILE}, "javascript:alert(1)", ("none",), (("cooperative/oven", "unheard-of"),))
    object.__setattr__(commons, "wanted", (wanted,))
    html = s.built(commons, units_of)["wanted.html"]
    assert "<script>alert" not in html and "javascript:" not in html
    assert not s.faults(html)
