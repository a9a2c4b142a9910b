"""render/form/field_table.py: every field in the reader's language, each told once."""

from __future__ import annotations

import pytest
from tests.helpers import declarations
from tests.render import site as s
from tests.render.test_paper import LANGUAGES, shipped

from auzolan.model.kinds import Field, every_field
from auzolan.render.form.field_table import shared_rows, units_of
from auzolan.render.shared.naming import speaker


def told(fields: dict[str, Field]) -> list[Field]:
    """Fields that people write, and their parts."""
    unseen = {one.path for one in fields.values() if one.show == "hidden"} | {
        "record.translations",
        "record.linked_from",
    }
    return [one for one in every_field(fields) if not any(f"{one.path}.".startswith(f"{path}.") for path in unseen)]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_field_stands_there_with_its_label_and_help(language: str) -> None:
    html = s.built(shipped(), units_of)[f"{'' if language == 'en' else language + '/'}fields.html"]
    assert not s.faults(html)
    rows = [
        [one.xpath(path)[0].text_content() for path in ("dt/b", "dt/code", "dd")]
        for one in s.tree(html).xpath("//dl[@class='field-list']/div")
    ]
    for kind in declarations().kinds.values():
        for field in told(dict(kind.fields)):
            words = [field.label[language], field.name]
            assert any(row[:2] == words and row[2].startswith(field.help[language]) for row in rows), field.path


def test_what_kinds_have_in_common_is_told_once_and_nothing_is_left_out() -> None:
    said = declarations()
    kinds = list(said.kinds.values())
    sections = shared_rows(kinds, speaker("en", "en", said, []))
    for kind in kinds:
        own = [row["name"] for having, rows in sections if kind in having for row in rows if row["depth"] == 0]
        assert sorted(own) == sorted(name for name, field in kind.fields.items() if field.show != "hidden")
    assert len(sections[0][0]) == len(kinds) and sections[0][1][0]["name"] == "name"
    names = [[kind.name for kind in having] for having, _ in sections]
    assert ["cooperative", "organization", "project"] in names and len(names) == len({tuple(one) for one in names})


def test_what_must_be_there_is_marked() -> None:
    page = s.tree(s.built(shipped(), units_of)["fields.html"])
    needed = {one.text_content() for one in page.xpath("//div[not(@class)][dt/span[@class='tag']]/dt/code")}
    assert needed == {"name", "summary", "spdx_id"}


def test_it_leads_to_the_forms_on_the_screen_and_on_paper() -> None:
    hrefs = s.tree(s.built(shipped(), units_of)["ca/fields.html"]).xpath("//main//a/@href")
    for name in declarations().kinds:
        assert {f"../ca/contribute-{name}.html", f"../ca/paper-{name}.html"} <= set(hrefs)
