"""Folders of templates and a language's sentences come in; a Jinja environment goes out that remembers what templates
give again and again: macros within a page, and parts that are the same on every page of a folder and door."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jinja2 import (
    BytecodeCache,
    FileSystemLoader,
    StrictUndefined,
    Template,
    TemplateNotFound,
    Undefined,
    UndefinedError,
)
from jinja2.environment import TemplateModule
from jinja2.runtime import Context
from jinja2.utils import missing

from auzolan.render.shared.template_code import Generator, Speaking

SHARED = frozenset({"page.root", "page.door", "page.language", "page.search_box"})
"""What of the frame few pages differ in: a part that reads nothing else of it is made once for all that agree."""
CONSTANT = frozenset({"site", "gettext", "_", "ngettext", "range"})
"""What no page of a language changes."""


Key = tuple[str | bool | None, ...]


@dataclass(frozen=True, slots=True)
class Library:
    """An imported template, and what the names meant that it reads."""

    reads: Mapping[str, Any]
    module: TemplateModule


class Scope(Context):
    """What a template can see, and `libraries`: what was imported for the same page already."""

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.libraries: dict[str, Library] = {}


class Templates(Speaking):
    """Jinja's environment with autoescaping on, for one language. Use it for one build: files are read once."""

    code_generator_class = Generator
    context_class = Scope

    def __init__(
        self,
        folders: Iterable[Path],
        gettext: Callable[[str], str],
        *,
        strict: bool = True,
        store: BytecodeCache | None = None,
    ) -> None:
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
            bytecode_cache=store,
        )
        self.sentence = gettext
        self._chosen: dict[str | tuple[str, ...], Template] = {}
        self._shared: dict[str, tuple[str, ...] | None] = {}
        self._reads: dict[str, frozenset[str] | None] = {}
        self._site: object = None
        self._parts: dict[Key, str] = {}
        self._modules: dict[Key, TemplateModule] = {}

    def included(self, names: Any, scope: Scope, local: Mapping[str, Any]) -> str:
        """What an included template writes: the first there is, of one name or several."""
        template = self._choose(names)
        key = self._key(template, scope, local)
        if key is None:
            return "".join(template.root_render_func(_inner(template, scope, local, scope.libraries)))
        if key not in self._parts:
            self._parts[key] = "".join(template.root_render_func(_inner(template, scope, local, {})))
        return self._parts[key]

    def imported(self, name: Any, scope: Scope, local: Mapping[str, Any]) -> TemplateModule:
        """The macros of a template, which may read what its importer sees. They are made once for all pages that agree
        in what they read; else once for a page, unless a name that they read means something else where they are
        imported again."""
        known = scope.libraries.get(name) if isinstance(name, str) else None
        if known and all(_means(one, scope, local) is value for one, value in known.reads.items()):
            return known.module
        template = self._choose(name)
        key = self._key(template, scope, local)
        made = self._modules.get(key) if key else None
        if made is None:
            made = TemplateModule(template, _inner(template, scope, local, {} if key else scope.libraries))
            if key:
                self._modules[key] = made
        reads = self._reads_of(template)
        if isinstance(name, str) and reads is not None:
            names = {one.partition(".")[0] for one in reads}
            scope.libraries[name] = Library({one: _means(one, scope, local) for one in names}, made)
        return made

    def _choose(self, names: Any) -> Template:
        """The first template that there is; which one that is, is found out once."""
        wanted = tuple(names) if type(names) is list else names
        try:
            return self._chosen[wanted]
        except (KeyError, TypeError, UndefinedError):
            found = self.get_or_select_template(names)
        if all(type(one) is str for one in (wanted if type(wanted) is tuple else (wanted,))):
            self._chosen[wanted] = found
        return found

    def leads_to(self, name: str) -> tuple[str | None, ...]:
        """The templates that one names; None for a name that is made at run time."""
        root: Any = self.get_template(name).root_render_func
        found: tuple[str | None, ...] = root.leads_to
        return found

    def _reads_of(self, template: Template) -> frozenset[str] | None:
        """All names that a template, and those that it may reach, read of the context; None where that cannot be known
        before it runs, or is not all that it depends on."""
        name = template.name or ""
        if name not in self._reads:
            self._reads[name] = None
            root: Any = template.root_render_func
            found = [root.reads, *(self._reads_named(other) for other in root.leads_to)]
            self._reads[name] = None if None in found else frozenset().union(*found)
        return self._reads[name]

    def _reads_named(self, name: str | None) -> frozenset[str] | None:
        try:
            return self._reads_of(self.get_template(name)) if name else None
        except TemplateNotFound:
            return None

    def _shares(self, template: Template) -> tuple[str, ...] | None:
        """What a template reads of the page, where that is the same on many pages and all that it reads; else None."""
        name = template.name or ""
        if name not in self._shared:
            reads = self._reads_of(template)
            self._shared[name] = None
            if reads is not None and reads <= SHARED | CONSTANT:
                self._shared[name] = tuple(sorted(one.partition(".")[2] for one in reads & SHARED))
        return self._shared[name]

    def _key(self, template: Template, scope: Scope, local: Mapping[str, Any]) -> Key | None:
        """By what something made of a template is remembered: its name, and what it reads of the page; None where it
        reads what only this page has."""
        shares = self._shares(template)
        if shares is None:
            return None
        page, site = _means("page", scope, local), _means("site", scope, local)
        if not isinstance(page, dict):
            return None
        if self._site is not site:
            self._site = site
            self._parts.clear()
            self._modules.clear()
        values = tuple(page.get(one) for one in shares)
        return (template.name, *values) if all(isinstance(one, str | bool) for one in values) else None


def _means(name: str, scope: Scope, local: Mapping[str, Any]) -> Any:
    """What a name means in a template that is included or imported: what it means to the one that asks for it."""
    value = local.get(name, missing)
    return scope.resolve_or_missing(name) if value is missing else value


def _inner(template: Template, scope: Scope, local: Mapping[str, Any], libraries: dict[str, Library]) -> Scope:
    """The scope of a template that is included or imported."""
    seen = {**scope.parent, **scope.vars}
    for name, value in local.items():
        if value is not missing:
            seen[name] = value
    made = Scope(template.environment, seen, template.name, template.blocks)
    made.libraries = libraries
    return made
