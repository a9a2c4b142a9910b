"""Theme folders and a language come in; a Jinja environment that escapes everything, and a page's bytes, go out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping
from gettext import NullTranslations
from pathlib import Path
from typing import Any

from jinja2 import Environment, TemplateError, TemplateSyntaxError

from auzolan.model.commons import Commons
from auzolan.model.errors import BrokenTemplate
from auzolan.model.pages import Page
from auzolan.render.shared.constants import constants
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import catalogue, translations
from auzolan.render.shared.template_cache import Compiled
from auzolan.render.shared.templates import Templates


def environment(
    language: str,
    themes: Iterable[Path],
    *,
    overrides: Iterable[Path] = (),
    strict: bool = True,
    words: NullTranslations | None = None,
    kept: Path | None = None,
) -> Templates:
    """Templates of the folders `overrides`, then of `themes` (the first that has one wins), speaking `language`. Everything is escaped but Markup; a
    name that a template asks for and nobody gave is an error, unless `strict` is off for a foreign theme. `words` are
    the interface's translations, read from the themes where left out; `kept` is a folder of the user's own where compiled
    templates are kept from build to build."""
    folders = tuple(themes)
    locales = [folder / "locales" for folder in folders]
    words = translations(language, locales) if words is None else words
    store = Compiled(kept, language, [catalogue(folder, language) for folder in locales]) if kept else None
    templates = [*overrides, *(folder / "templates" for folder in folders)]
    made = Templates(templates, words.gettext, strict=strict, store=store)
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def render(page: Page, made: Environment, known: Mapping[str, Any]) -> bytes:
    """The bytes of a page: of its template, `known` (the site's constants) and its view, and nothing else. Raises
    BrokenTemplate."""
    try:
        return made.get_template(page.template).render({**known, **page.view}).encode()
    except TemplateSyntaxError as problem:
        where = f"{problem.name or page.template}, line {problem.lineno}"
        raise BrokenTemplate(f"the template {where}, cannot be read: {problem.message}") from problem
    except TemplateError as problem:
        raise BrokenTemplate(
            f"the template {page.template} fails on {page.path}: {problem}", "compare it with the one that ships"
        ) from problem


def closure(made: Templates, template: str) -> tuple[str, ...]:
    """`template` and every template it may reach, sorted; a choice made at run time counts as all sections."""
    assert made.loader is not None
    found: set[str] = set()
    waiting = [template]
    known = made.loader.list_templates()
    while waiting:
        name = waiting.pop()
        if name in found or name not in known:
            continue
        found.add(name)
        for other in made.leads_to(name):
            waiting.extend([other] if other else [one for one in known if "/_section" in one])
    return tuple(sorted(found))


def template_digest(made: Templates, template: str) -> str:
    """The sha256, in hex, of the sources of all templates that the page's template may reach."""
    assert made.loader is not None
    digest = hashlib.sha256()
    for name in closure(made, template):
        digest.update(f"{name}\0{made.loader.get_source(made, name)[0]}\0".encode())
    return digest.hexdigest()


def _constants(commons: Commons, context: Context, language: str) -> Mapping[str, Any]:
    """The site's constants. Every page reads them: what they owe to a few entries is no reason to make all pages again
    while they stay the same."""
    return commons.derived(f"constants.{language}", lambda: constants(commons, context, language))


def renderer(commons: Commons, context: Context, kept: Path | None = None) -> Callable[[Page], bytes]:
    """A function that gives the bytes of any page of this site, in whatever language it speaks. `kept` is as for
    `environment`."""
    strict = not context.variables
    spoken = {
        tag: environment(
            tag, context.themes, overrides=context.overrides, strict=strict, words=speaker.words, kept=kept
        )
        for tag, speaker in context.speakers.items()
    }
    known = {tag: {**context.variables, **_constants(commons, context, tag)} for tag in context.speakers}

    def bytes_of(page: Page) -> bytes:
        return render(page, spoken[page.language], known[page.language])

    return bytes_of
