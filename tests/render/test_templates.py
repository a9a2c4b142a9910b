"""render/shared/templates.py: what is made once for many pages is what each of them would have made."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest
from jinja2 import DictLoader, FileSystemLoader
from tests.render import factory as f
from tests.render import site as s
from tests.render.plain_jinja import Says, plain, quick

from auzolan.render.shared.constants import constants
from auzolan.render.shared.environment import renderer

SITE = {"name": "Site"}


def frame(**changes: Any) -> dict[str, Any]:
    """A page's frame."""
    return {"root": "", "door": "find", "language": "en", "search_box": True, "title": "A", **changes}


FRAMES = [
    frame(),
    frame(title="B"),
    frame(root="../"),
    frame(door="map", title="C"),
    frame(root="../", search_box=False),
    frame(title="<D>"),
]


def agree(files: Mapping[str, str], views: list[dict[str, Any]]) -> list[str]:
    """What pages become, one after the other, in one environment; plain Jinja, anew for each, says the same."""
    made = quick(files)
    ours = [made.get_template("page.html").render(view) for view in views]
    jinja = [plain(DictLoader(dict(files)), Says(str)).get_template("page.html").render(view) for view in views]
    assert ours == jinja
    return ours


def of_frames(files: Mapping[str, str], site: Mapping[str, Any] = SITE) -> list[str]:
    """The same for pages that differ in their frames."""
    return agree(files, [{"page": one, "site": site, "here": number} for number, one in enumerate(FRAMES)])


def test_the_whole_site_is_as_plain_jinja_makes_it() -> None:
    commons = f.commons()
    context = s.context(commons)
    planned = list(s.pages_made(commons, context))
    known = {tag: constants(commons, context, tag) for tag in context.speakers}
    bytes_of = renderer(commons, context)
    # Backwards, so that what is remembered comes from other pages than it did.
    ours = {page.path: bytes_of(page).decode() for page in reversed(planned)}
    assert ours == s.built(commons)
    loader = FileSystemLoader(s.THEME / "templates")
    spoken = {tag: plain(loader, speaker.words) for tag, speaker in context.speakers.items()}
    for page in planned:
        view = {**known[page.language], **page.view}
        assert ours[page.path] == spoken[page.language].get_template(page.template).render(view), page.path


@pytest.mark.parametrize(
    "part",
    [
        "{{ page.root }}{{ site.name }}{{ _('x') }}",
        "{{ page.door }}{{ page.search_box }}{{ page['root'] }}",
        "{{ page.title }}",
        "{{ page }}",
        "{% set p = page %}{{ p.title }}",
        "{% for key, value in page.items() %}{{ value }}{% endfor %}",
        "{{ here }}",
        "{% include 'deep.html' %}",
        "{% include ['no.html', 'deep.html'] %}",
        "{% include ['no' ~ '.html', 'deep.html'] %}",
        "{% from 'lib.html' import title with context %}{{ title() }}",
        "{% from 'lib.html' import root with context %}{{ root() }}",
        "{% import 'lib.html' as lib with context %}{{ lib.title() }}{{ lib.root() }}",
        "{% macro own() %}{{ page.title }}{% endmacro %}{{ own() }}",
        "{% set page = {'root': here, 'door': 'x'} %}{{ page.root }}{% include 'root.html' %}",
        "{% set page = {'root': 'r', 'title': here} %}{% from 'lib.html' import title, root with context %}{{ title() }}{{ root() }}",
        "{% from 'once.html' import root with context %}{{ root() }}{% set site = {'name': here} %}{% from 'once.html' import root with context %}{{ root() }}",
        "{% for site in [{'name': 1}, {'name': 2}] %}{% include 'root.html' %}{% from 'once.html' import root with context %}{{ root() }}{% endfor %}",
        "{% for n in [1, 2] %}{% include 'local.html' %}{% endfor %}",
        "{% from 'counts.html' import next with context %}{{ next() }}{{ next() }}{% from 'counts.html' import next with context %}{{ next() }}",
        "{% from 'lists.html' import add with context %}{{ add(here) }}{% include 'adds.html' %}",
        "{% include 'nothing.html' ignore missing %}{% include 'deep.html' without context %}",
        "{% from 'bare.html' import name %}{{ name('x') }}",
    ],
)
def test_parts_and_macros_are_those_of_each_page(part: str) -> None:
    files = {
        "page.html": "{% include 'part.html' %}|{% block a %}{% include 'part.html' %}{% endblock %}",
        "part.html": part,
        "deep.html": "{{ page is defined and page.title }}" if "without" not in part else "x",
        "root.html": "{{ page.root }}{{ site.name }}",
        "once.html": "{% macro root() %}{{ page.root }}{{ site.name }}{% endmacro %}",
        "lib.html": "{% macro title() %}{{ page.title }}{% endmacro %}{% macro root() %}{{ page.root }}{{ site.name }}{% endmacro %}",
        "local.html": "{{ n }}{{ page.root }}",
        "counts.html": "{% set ns = namespace(n=0) %}{% macro next() %}{% set ns.n = ns.n + 1 %}{{ ns.n }}{% endmacro %}",
        "lists.html": "{% set held = [] %}{% macro add(x) %}{% if held.append(x) %}{% endif %}{{ held }}{% endmacro %}",
        "adds.html": "{% from 'lists.html' import add with context %}{{ add(1) }}{{ add(2) }}",
        "bare.html": "{% macro name(x) %}{{ x }}{{ _('y') }}{% endmacro %}",
    }
    of_frames(files)


def test_a_part_that_reads_only_what_pages_share_is_made_once(monkeypatch: pytest.MonkeyPatch) -> None:
    made = quick(
        {"page.html": "{{ page.title }}{% include 'foot.html' %}", "foot.html": "{{ page.root }}{{ site.name }}"}
    )
    foot = made.get_template("foot.html")
    runs: list[str] = []
    write = foot.root_render_func

    def counted(scope: Any) -> Any:
        runs.append(scope["page"]["root"])
        return write(scope)

    counted.reads, counted.leads_to = write.reads, write.leads_to  # type: ignore[attr-defined]
    monkeypatch.setattr(foot, "root_render_func", counted)
    for one in FRAMES * 3:
        made.get_template("page.html").render(page=one, site=SITE)
    assert runs == ["", "../"]
    made.get_template("page.html").render(page=FRAMES[0], site={"name": "Another"})
    assert runs == ["", "../", ""]


def test_another_site_is_not_taken_for_the_one_before() -> None:
    files = {"page.html": "{% include 'foot.html' %}", "foot.html": "{{ site.name }}"}
    made = quick(files)
    said = [made.get_template("page.html").render(page=frame(), site={"name": name}) for name in ("A", "B", "A")]
    assert said == ["A", "B", "A"]
