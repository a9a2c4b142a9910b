"""render/shared/template_code.py: what it writes does what Jinja's own code does, to the letter."""

from __future__ import annotations

from typing import Any

import pytest
from jinja2 import DictLoader
from markupsafe import Markup
from tests.render.factory import HOSTILE
from tests.render.plain_jinja import Says, plain, quick

from auzolan.render.shared.template_code import escaped, shown, trusted

VIEW: dict[str, Any] = {
    "hostile": HOSTILE,
    "safe": Markup("<b>bold</b>"),
    "n": 3,
    "none": None,
    "empty": [],
    "card": {"name": HOSTILE, "kind": {"hue": "tool"}, "items": "a key", "wanted": False, "text": Markup("<i>")},
    "rows": [{"label": "a", "n": 1}, {"label": HOSTILE, "n": 2}, {"label": Markup("<u>"), "n": 3}],
    "words": ["one", HOSTILE, "three"],
    "site": {"name": "Site & co"},
    "page": {"root": "../", "door": "find", "language": "en", "title": HOSTILE},
}
LIBRARY = """{% macro sign(kind, open=False, size=16, class="") %}{% if kind %}<s class="{{ kind.hue }} {{ class }}"{% if open %} open{% endif %}>{{ size }}</s>{% endif %}{% endmacro %}
{% macro text(said) %}<bdi>{{ said }}</bdi>{% endmacro %}
{% macro deep(rows, depth=0) %}{{ depth }}{% if depth < 3 %}{{ deep(rows, depth + 1) }}{% endif %}{% endmacro %}
{% macro slip(class="") %}<div class="{{ class }}">{{ caller() }}</div>{% endmacro %}
{% macro each(list) %}{% for one in list %}{{ caller(one) }}{% endfor %}{% endmacro %}
{% macro all() %}{{ varargs|join(",") }}{{ kwargs.x }}{% endmacro %}
{% macro home() %}{{ page.root }}{{ site.name }}{% endmacro %}
{% macro asks() %}{{ _("Find <it>") }}{{ _("%(n)s of them", n=page.title) }}{% endmacro %}
{% macro with_default(a, b=page.title) %}{{ a }}{{ b }}{% endmacro %}
"""
USES = "{% from 'lib.html' import sign, text, deep, slip, each, all, home, asks, with_default with context %}"
BODIES = [
    "{{ hostile }}{{ safe }}{{ n }}{{ none }}{{ 3.5 }}{{ true }}{{ words }}{{ card.text }}",
    "{{ card.name }}{{ card['name'] }}{{ card.kind.hue }}{{ card.items is callable }}{{ card['items'] }}",
    "{% for key, value in card.items() %}{{ key }}={{ value }};{% endfor %}",
    "{{ card.nothing is defined }}{{ card.nothing|default('none') }}{{ card['x']|default([])|length }}",
    "{{ hostile.upper() }}{{ words[0] }}{{ words[n - 1] }}{{ words[1:] }}{{ rows[0].label }}{{ n.real }}",
    "{{ sign(card.kind) }}{{ sign(card.kind, True) }}{{ sign(card.kind, size=24, class='big') }}{{ sign(none) }}",
    "{{ sign(card.kind, **{'size': 3}) }}{{ sign(*[card.kind, True]) }}{{ sign(kind=card.kind, open=1) }}",
    "{{ text(hostile) }}{{ text(safe) }}{{ text(text(hostile)) }}{{ text(said=hostile) }}{{ deep(rows) }}",
    "{% set words = text(hostile) %}{{ words }}{{ words ~ hostile }}{{ words|upper }}{{ words|length }}",
    "{{ [text('a'), text(hostile)]|join(', ') }}{{ text('x') == '<bdi>x</bdi>' }}",
    "{% call slip('k') %}{{ hostile }}{{ text(hostile) }}{% endcall %}",
    "{% for one in rows %}{% call slip(one.label) %}{{ loop.index }}{{ one.n }}{% endcall %}{% endfor %}",
    "{% call(one) each(words) %}[{{ one }}]{% endcall %}",
    "{{ all(1, hostile, x=hostile) }}{{ home() }}{{ asks() }}{{ with_default(1) }}{{ with_default(1, 2) }}",
    "{{ _('Find <it>') }}|{{ gettext('Find <it>') }}|{{ _('100%% sure') }}|{{ _('a')|upper }}|{{ _('a') ~ hostile }}",
    "{{ _('%(n)s of them', n=hostile) }}{{ _('%(n)s of them', n=safe) }}{{ _('%(n)s of them', n=n) }}",
    "{{ ngettext('%(num)d thing', '%(num)d things', n) }}{{ ngettext('%(num)d thing', '%(num)d things', 1) }}",
    "{% set asked = 'Find <it>' %}{{ _(asked) }}{{ _('Find ' ~ '<it>') }}{{ text(_('Find <it>')) }}",
    "{% for _ in words %}{{ _ }}{% endfor %}{{ _('Find <it>') }}",
    "{% macro mine(_) %}{{ _('Find <it>') }}{% endmacro %}{{ mine(text) }}",
    "{% autoescape false %}{{ hostile }}{{ _('Find <it>') }}{{ text(hostile) }}{{ _('a<b') ~ hostile }}{% endautoescape %}",
    "{% trans %}Find <it>{% endtrans %}{% trans n=hostile %}{{ n }} of them{% endtrans %}",
    "{% for row in rows %}{{ loop.index }}{{ row.label }}{% if not loop.last %}, {% endif %}{% else %}none{% endfor %}",
    "{% for row in rows if row.n > 1 %}{{ loop.first }}{{ row.label }}{% endfor %}{% for x in empty %}{% else %}none{% endfor %}",
    "{% for row in rows recursive %}{{ row.label }}{% if row.n == 1 %}{{ loop([rows[1]]) }}{% endif %}{% endfor %}",
    "{% set block %}{{ hostile }}{% endset %}{{ block }}{% filter upper %}{{ hostile }}{% endfilter %}",
    "{% with one = rows[1] %}{{ one.label }}{{ text(one.label) }}{% endwith %}{{ namespace(a=1).a }}",
    "{% macro local(one) %}{{ one.label }}{{ text(one.label) }}{% endmacro %}{% for row in rows %}{{ local(row) }}{% endfor %}",
    "{{ hostile if n > 2 else safe }}{{ 'a' if n > 5 }}{{ (card or none).name }}{{ 'k-' ~ card.kind.hue if card }}",
    "{% include [missing, 'part.html'] %}{% include ['no.html', 'part.html'] %}{% set name = 'part.html' %}{% include name %}",
    "{{ card|attr('items') is callable }}{{ rows|map(attribute='label')|join(' ') }}{{ rows|sum(attribute='n') }}",
    "{{ hostile|replace('script', '<wbr>'|safe) }}{{ words|join(', ') }}{{ safe|e }}{{ hostile|safe }}",
]
FAILS = [
    "{{ missing }}",
    "{{ card.nothing }}",
    "{{ card['nothing'] }}",
    "{{ card.nothing.more }}",
    "{{ text() }}",
    "{{ missing(1) }}",
    "{{ text(missing) }}",
    "{{ text(1, 2) }}",
    "{{ text(nobody=1) }}",
    "{{ none.name }}",
    "{{ hostile() }}",
    "{{ _('%(other)s of them', n=1) }}",
    "{% from 'lib.html' import nothing with context %}{{ nothing(1) }}",
    "{% include 'nothing.html' %}",
    "{{ hostile|nofilter }}",
    "{% include missing %}",
    "{% include [missing, 'nothing.html'] %}",
    "{% include [] %}",
    "{% import missing as x with context %}",
    "{% import 'nothing.html' as x with context %}",
]


def says(message: str) -> str:
    """A translation that tells itself from the original."""
    return f"¡{message}!"


def both(body: str, *, strict: bool = True, **more: str) -> list[Any]:
    """What plain Jinja and ours make of a template: a text, or the class and words of an error."""
    files = {"lib.html": LIBRARY, "part.html": "{{ hostile }}{{ page.root }}", "page.html": USES + body, **more}
    made = []
    for one in (plain(DictLoader(files), Says(says), strict=strict), quick(files, says, strict=strict)):
        try:
            made.append(one.get_template("page.html").render(VIEW))
        except Exception as problem:
            made.append((type(problem), "" if isinstance(problem, TypeError) else str(problem)))
    return made


@pytest.mark.parametrize("body", BODIES)
def test_the_same_text_as_plain_jinja(body: str) -> None:
    jinja, ours = both(body)
    assert isinstance(jinja, str), jinja
    assert ours == jinja


@pytest.mark.parametrize("body", BODIES)
def test_the_same_text_in_a_block_of_a_child(body: str) -> None:
    base = "<{% block head %}{{ page.title }}{% endblock %}>{% block body %}{{ hostile }}{% endblock %}"
    child = (
        "{% extends 'base.html' %}{% block head %}{{ super() }}!{% endblock %}{% block body %}"
        + body
        + "{% endblock %}"
    )
    jinja, ours = both(child, **{"base.html": base})
    assert isinstance(jinja, str), jinja
    assert ours == jinja


@pytest.mark.parametrize("body", FAILS)
def test_the_same_error_as_plain_jinja(body: str) -> None:
    jinja, ours = both(body)
    assert not isinstance(jinja, str), jinja
    assert ours == jinja


@pytest.mark.parametrize("body", ["{{ missing }}", "{{ card.nothing }}", "{{ text() }}", "[{{ card['nothing'] }}]"])
def test_a_foreign_theme_may_name_what_is_not_there(body: str) -> None:
    jinja, ours = both(body, strict=False)
    assert isinstance(jinja, str), jinja
    assert ours == jinja


def test_sentences_are_translated_when_a_template_is_compiled() -> None:
    asked: list[str] = []
    made = quick({"a.html": "{{ _('Find') }}{{ _('Map') }}"}, lambda one: (asked.append(one), one.upper())[1])
    template = made.get_template("a.html")
    assert asked
    asked.clear()
    assert template.render() == "FINDMAP"
    assert asked == []


def test_what_is_shown_is_escaped_once() -> None:
    assert escaped("<&>") == "&lt;&amp;&gt;" and shown(Markup("<b>")) == "<b>" and shown(5) == "5"
    assert trusted("<b>") == Markup("<b>") and type(trusted("")) is Markup
