"""render/contribute*.py: a newcomer can begin today, with a file that is refused until it is filled in."""

from __future__ import annotations

from urllib.parse import parse_qs, urlsplit

import pytest
import yaml
from tests.render import factory as f
from tests.render import site as s

from auzolan.render.doors.contribute import field_groups, mail_of, units_of
from auzolan.render.doors.contribute_file import skeleton
from auzolan.render.shared.forge import LONGEST, new_url

PATH = "contribute.html"


def test_the_smallest_file_holds_what_is_essential_and_only_places_to_write_in() -> None:
    commons = f.commons()
    text = skeleton(commons.catalog.declarations.kinds["cooperative"], s.context(commons).speakers["en"])
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
    text = skeleton(commons.catalog.declarations.kinds["tool"], s.context(commons).speakers["ca"])
    assert yaml.safe_load(text)["written_in"] == "ca"


def test_the_page_has_questions_files_and_the_way_to_the_editor() -> None:
    html = s.built(f.commons(f.settings(repository="https://github.com/example/commons")), units_of)[PATH]
    page = s.tree(html)
    assert len(page.xpath("//ol[@class='four']/li")) == 4
    assert len(page.xpath("//details[starts-with(@id, 'write-')]//pre")) == 6
    link = page.xpath("//details[@id='write-cooperative']//a[contains(@href, '/new/')]/@href")[0]
    query = parse_qs(urlsplit(link).query)
    assert query["filename"] == ["directory/cooperatives/name-of-it.yaml"]
    assert yaml.safe_load(query["value"][0])["places"] == [{"country": "<ES>"}]
    assert page.xpath("//a[@href='mailto:hello@example.org']")
    assert not s.faults(html)


def test_without_repository_and_contact_the_page_still_helps() -> None:
    html = s.built(f.commons(f.settings(contact="")), units_of)[PATH]
    assert "mailto:" not in html
    assert "hand them to somebody who has one" in s.text(html)
    assert not s.faults(html)


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


def test_fields_that_kinds_share_are_told_once() -> None:
    commons = f.commons()
    groups = field_groups(tuple(commons.catalog.declarations.kinds.values()), s.context(commons).speakers["en"])
    assert [group["title"] for group in groups] == ["Every kind", "Cooperatives"]
    names = [row["name"] for row in groups[0]["fields"]]
    assert "name" in names and "places.country" in names and "record.sources.title" in names
    assert [row["name"] for row in groups[1]["fields"]] == ["sectors"]


def test_contacts() -> None:
    assert mail_of("mailto:a@example.org") == "a@example.org"
    assert mail_of("https://example.org/@us") == ""


def test_hostile_help_is_shown_as_text() -> None:
    commons = f.commons()
    kind = commons.catalog.declarations.kinds["tool"]
    object.__setattr__(kind.fields["name"], "help", {"en": f.HOSTILE + "\nname: stolen"})
    html = s.built(commons, units_of)[PATH]
    assert "<script>alert" not in html
    text = skeleton(kind, s.context(commons).speakers["en"])
    assert yaml.safe_load(text)["name"] == "<Name of the group>"
