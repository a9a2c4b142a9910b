"""The entries of a part come in; their pages, the door Add and the forms go out, as the main part of each, its links leading
within one file."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from auzolan.model.commons import Commons
from auzolan.model.pages import Page
from auzolan.model.parts import KIND
from auzolan.render.desk import Desk
from auzolan.render.doors import contribute
from auzolan.render.entry.entries import entry_page
from auzolan.render.form import pages as forms
from auzolan.render.lists.facets import narrow_by
from auzolan.render.pocket.links import Ways, rewritten
from auzolan.render.pocket.part import Part
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context

LISTS = ""
"""What the list of all entries is called in the file."""
Rendered = Callable[[Page], bytes]
"""Renders a page with the templates of `theme/templates/pocket/`, which have no frame."""


def frameless(context: Context) -> Context:
    """The context in which pages have no frame: `base.html` and what else stands in `templates/pocket/` comes first."""
    folders = (theme / "templates" / "pocket" for theme in context.themes)
    return replace(context, overrides=(*(path for path in folders if path.is_dir()), *context.overrides))


def ways_of(part: Part, desk: Desk) -> Ways:
    """Where links may lead in the file of this part."""
    language, default = desk.language, desk.context.default
    kinds = desk.commons.catalog.declarations.kinds
    pages = {f"{kinds[id_.partition('/')[0]].folder}/{id_.partition('/')[2]}" for id_ in part.ids}
    pages |= {"contribute", *(f"contribute-{name}" for name in kinds)}
    there = frozenset(part.ids)
    lists = {addresses.home(language, default): LISTS, addresses.find(language, default): LISTS}
    for name, kind in kinds.items():
        if there.intersection(desk.commons.by_kind.get(name, ())):
            lists[addresses.kind_index(kind, language, default)] = f"?{narrow_by(KIND, name)}"
    for facet in desk.commons.facets.values():
        for value in facet.values:
            if there.intersection(value.members):
                path = addresses.facet_value_page(facet.id, value.id, language, default)
                lists[path] = f"?{narrow_by(facet.id, value.id)}"
    return Ways(pages, lists, addresses.in_language("", language, default), desk.context.settings.site_url)


def entry_fragments(part: Part, desk: Desk, ways: Ways, render: Rendered) -> Iterator[tuple[str, str]]:
    """The name and the page of each entry, in the order of the part. What leads on to the next entry of a list, and what git
    tells, are left to the site."""
    for id_ in part.ids:
        page = entry_page(desk, desk.commons.profiles[id_])
        entry = {**page.view["entry"], "before": None, "after": None, "log": None}
        entry["near"] = [one for one in entry["near"] if ways.name_of(one["card"]["path"]) in ways.pages]
        page = replace(page, view={**page.view, "entry": entry, "replies": None})
        yield ways.name_of(page.path), rewritten(_main(render(page)), page.path, ways)


def form_fragments(commons: Commons, context: Context, desk: Desk, ways: Ways, render: Rendered) -> dict[str, str]:
    """The door Add and the form of each kind, by name."""
    alone = replace(context, speakers={desk.language: desk.speaker})
    units = [*contribute.units_of(commons, alone), *forms.units_of(commons, alone)]
    pages = [page for unit in units for page in unit.make() if isinstance(page, Page)]
    found = {}
    for page in pages:
        # What is wanted of the commons, and the forms on paper, are pages of the site.
        view = {**page.view, "wanted_count": 0, "papers": False, "paper": ""}
        html = _main(render(replace(page, view=view)))
        found[ways.name_of(page.path)] = rewritten(html, page.path, ways, anchors=False)
    return found


def _main(page: bytes) -> str:
    """Lines without the blanks that templates leave at their beginnings: nothing of a page depends on them."""
    return page.decode().strip()
