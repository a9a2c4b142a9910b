"""Folders of templates and a language's sentences come in; a Jinja environment goes out that remembers what templates
give again and again: macros within a page, and parts that are the same on every page of a folder and door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template, TemplateNotFound, Undefined, nodes
from jinja2.environment import TemplateModule
from jinja2.runtime import Context, missing

from auzolan.render.shared.template_code import Generator, translated

SHARED = frozenset({"page.root", "page.door", "page.language", "page.search_box"})
"""What of the frame few pages differ in: a part that reads nothing else of it is made once for all that agree."""
CONSTANT = frozenset({"site", "gettext", "_", "ngettext", "range"})
"""What no page of a language changes."""


class Scope(Context):
    """What a template can see, and `libraries`: what was imported for the same page already."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.libraries: dict[str, tuple[dict[str, Any], TemplateModule]] = {}


class Templates(Environment):
    """Jinja's environment with autoescaping on, for one language. Use it for one build: files are read once."""

    code_generator_class = Generator
    context_class = Scope

    def __init__(self, folders: Iterable[Path], gettext: Callable[[str], str], strict: bool) -> None:
        super().__init__(
            loader=FileSystemLoader(list(folders)),
            autoescape=True,
            undefined=StrictUndefined if strict else Undefined,
            trim_blocks=True,
            lstrip_blocks=True,
            keep_trailing_newline=True,
            extensions=["jinja2.ext.i18n"],
            auto_reload=False,
            cache_size=-1,
        )
        self._gettext = gettext
        self._chosen: dict[tuple[str, ...], Template] = {}
        self._reads: dict[str, frozenset[str] | None] = {}
        self._parts: dict[tuple[Any, ...], tuple[Any, list[str]]] = {}

    def _generate(self, source: nodes.Template, name: str | None, filename: str | None, defer_init: bool = False) -> str:
        return super()._generate(translated(source, self._gettext), name, filename, defer_init)

    def included(self, names: Any, scope: Scope, local: Mapping[str, Any]) -> Iterable[str]:
        """What an included template writes: the first there is, of one name or several."""
        template = self._choose(names)
        inner = _inner(scope, template, local)
        key = self._shared_key(template, inner)
        if key is None:
            return template.root_render_func(inner)
        site, text = self._parts.get(key, (None, []))
        if site is None or site is not inner.parent["site"]:
            text = ["".join(template.root_render_func(inner))]
            self._parts[key] = (inner.parent["site"], text)
        return text

    def imported(self, name: Any, scope: Scope, local: Mapping[str, Any]) -> TemplateModule:
        """The macros of a template, which may read what its importer sees. They are made once for a page, unless a
        name that they read means something else where they are imported again."""
        seen = {**scope.vars, **_given(local)}
        known = scope.libraries.get(name) if isinstance(name, str) else None
        if known and all(seen.get(one, scope.parent.get(one, missing)) is value for one, value in known[0].items()):
            return known[1]
        template = self.get_template(name)
        made = TemplateModule(template, _inner(scope, template, local))
        reads = self._reads_of(template)
        if isinstance(name, str) and reads is not None:
            names = {one.partition(".")[0] for one in reads}
            scope.libraries[name] = ({one: seen.get(one, scope.parent.get(one, missing)) for one in names}, made)
        return made

    def _choose(self, names: Any) -> Template:
        """The first template that there is; which one that is, is found out once."""
        wanted = (names,) if isinstance(names, str) else tuple(names) if isinstance(names, Sequence) else ()
        if not wanted or not all(isinstance(one, str) for one in wanted):
            return self.get_or_select_template(names)
        if wanted not in self._chosen:
            self._chosen[wanted] = self.get_or_select_template(names)
        return self._chosen[wanted]

    def _reads_of(self, template: Template) -> frozenset[str] | None:
        """All names that a template, and those that it may reach, read of the context; None where that cannot be known
        before it runs."""
        name = template.name or ""
        if name not in self._reads:
            self._reads[name] = None
            root: Any = template.root_render_func
            found = set(root.reads)
            for other in root.leads_to:
                try:
                    more = self._reads_of(self.get_template(other)) if other else None
                except TemplateNotFound:
                    more = None
                if more is None:
                    return None
                found |= more
            self._reads[name] = frozenset(found)
        return self._reads[name]

    def _shared_key(self, template: Template, scope: Scope) -> tuple[Any, ...] | None:
        """By what a part is remembered: its name, and what it reads of the page; None where it reads what only this
        page has."""
        reads = self._reads_of(template)
        if reads is None or not reads <= SHARED | CONSTANT:
            return None
        page = scope.parent.get("page")
        of_page = sorted(reads & SHARED)
        if "site" not in scope.parent or not isinstance(page, dict):
            return None
        values = tuple(page.get(one.partition(".")[2]) for one in of_page)
        return (template.name, *values) if all(isinstance(one, str | bool) for one in values) else None


def _given(local: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in local.items() if value is not missing}


def _inner(scope: Scope, template: Template, local: Mapping[str, Any]) -> Scope:
    """What an included or imported template sees: all that the one that asks for it does."""
    seen = {**scope.parent, **scope.vars, **_given(local)}
    inner = Scope(template.environment, seen, template.name, template.blocks)
    inner.libraries = scope.libraries
    return inner
