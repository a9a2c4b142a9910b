"""render/doors/contribute.py: a newcomer finds the form she needs; by hand, a file is refused until it is filled in."""

from __future__ import annotations

import pytest
import yaml
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.contribute import units_of
from auzolan.render.form.by_hand import skeleton
from auzolan.render.shared.forge import LONGEST, edit_url, forge_of, new_url

PATH = "contribute.html"


def test_the_smallest_file_holds_what_is_essential_and_only_places_to_write_in() -> None:
    commons = f.commons()
    text = skeleton(commons.catalog.declarations.kinds["cooperative"], s.context(commons).speakers["en"], "en")
    told = yaml.safe_load(text)
    assert set(told) == {"name", "summary", "places", "record"}
    assert told["places"] == [{"country": "<ES>"}]
    assert told["record"]["sources"]["source"] == {"title": "<Statutes>", "url": "<https://example.org/statutes>"}

    def leaves(value: object) -> list[object]:
        items = value.values() if isinstance(value, dict) else value if isinstance(value, list) else None
        return [value] if items is None else [leaf for item in items for leaf in leaves(item)]

    assert all(isinstance(leaf, str) and leaf.startswith("<") and leaf.endswith(">") for leaf in leaves(told))


def test_a_file_begun_in_another_language_says_so() -> None:
    commons = f.commons()
    text = skeleton(commons.catalog.declarations.kinds["tool"], s.context(commons).speakers["ca"], "en")
    assert yaml.safe_load(text)["written_in"] == "ca"


def test_the_door_has_questions_and_leads_to_the_form_of_each_kind() -> None:
    html = s.built(f.commons(f.settings(repository="https://github.com/example/commons")), units_of)[PATH]
    page = s.tree(html)
    assert len(page.xpath("//ol[@class='four']/li")) == 4
    assert "contribute-cooperative.html" in page.xpath("//ul[@id='kinds']//a/@href")
    assert len(page.xpath("//ul[@id='kinds']/li")) == 6
    assert page.xpath("//a[@href='mailto:hello@example.org']")
    assert not s.faults(html)


def test_without_a_contact_the_door_still_opens() -> None:
    html = s.built(f.commons(f.settings(contact="")), units_of)[PATH]
    assert "mailto:" not in html
    assert len(s.tree(html).xpath("//ul[@id='kinds']/li")) == 6
    assert not s.faults(html)


def test_the_door_says_who_looks_and_when() -> None:
    told = f.settings(reviewers={"en": "Two members read them <b>every</b> Monday."}, reply_days=14)
    read = s.text(s.built(f.commons(told), units_of)[PATH])
    assert "Two members read them <b>every</b> Monday." in read and "You hear within 14 days." in read
    assert "You hear within" not in s.text(s.built(f.commons(), units_of)[PATH])


@pytest.mark.parametrize(
    ("repository", "start"),
    [
        ("https://github.com/a/b.git", "https://github.com/a/b/new/main?filename=directory/tools/x.yaml&value="),
        ("https://codeberg.org/a/b", "https://codeberg.org/a/b/_new/main/directory/tools?filename=x.yaml&value="),
        ("https://gitlab.com/a/b", "https://gitlab.com/a/b/-/new/main?file_name=directory%2Ftools%2Fx.yaml"),
    ],
)
def test_each_forge_has_its_own_address(repository: str, start: str) -> None:
    assert new_url(repository, "main", "directory/tools/x.yaml", "name: é\n").startswith(start)
    assert new_url("", "main", "directory/tools/x.yaml", "name") == ""


def test_a_text_too_long_for_an_address_is_left_out() -> None:
    link = new_url("https://github.com/a/b", "main", "directory/tools/x.yaml", "س" * 1000)
    assert "value=" not in link and len(link) <= LONGEST


def test_a_forge_that_its_address_does_not_tell_is_said() -> None:
    assert forge_of("https://code.example.coop/a/b") == "gitea"
    assert forge_of("https://codeberg.org/a/b") == "forgejo"
    assert forge_of("https://code.example.coop/a/b", "gitlab") == "gitlab"
    assert forge_of("", "gitlab") == ""
    assert edit_url("https://code.example.coop/a/b", "main", "x y.yaml", "gitlab").endswith("/-/edit/main/x%20y.yaml")
