"""render/doors/redirects.py: a former address leads on, and search engines are told so."""

from __future__ import annotations

from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.redirects import units_of

OLD = "cooperatives/old-oven.html"


def test_a_former_address_leads_on_in_every_language() -> None:
    site = s.built(f.commons(f.settings(site_url="https://example.org")), units_of)
    assert set(site) == {OLD, f"ca/{OLD}", f"ar/{OLD}"}
    page = s.tree(site[f"ca/{OLD}"])
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=oven.html"]
    assert page.xpath("//link[@rel='canonical']/@href") == ["https://example.org/ca/cooperatives/oven.html"]
    assert page.xpath("//meta[@name='robots']/@content") == ["noindex"]
    assert page.xpath("//main//a/@href") == ["../../ca/cooperatives/oven.html"]
    assert not s.faults(site[OLD])


def test_what_leads_nowhere_or_hides_an_entry_makes_no_page() -> None:
    commons = f.commons()
    lost = {"unknown/x": "cooperative/oven", "tool/x": "tool/none", "tool/ledger": "cooperative/oven"}
    object.__setattr__(commons, "redirects", lost)
    assert not s.built(commons, units_of)


def test_an_entry_that_changed_its_kind_is_found_in_the_other_folder() -> None:
    commons = f.commons()
    object.__setattr__(commons, "redirects", {"project/ledger": "tool/ledger"})
    page = s.tree(s.built(commons, units_of)["projects/ledger.html"])
    assert page.xpath("//meta[@http-equiv='refresh']/@content") == ["0; url=../tools/ledger.html"]
