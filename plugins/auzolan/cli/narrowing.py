"""Names that somebody typed come in; the ids of what is called so go out: kinds, countries, values of facets."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auzolan.check.near import nearest
from auzolan.index.fold import fold
from auzolan.load.declarations import load_declarations
from auzolan.load.files import printable
from auzolan.load.shipped import shipped_root
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.render.shared.naming import locale_of


def kinds_called(names: Iterable[str], settings: Settings) -> list[str]:
    """The kinds that are called so, or by their folder, each once. Raises AuzolanError with names that are near."""
    if not names:
        return []
    declared, _ = load_declarations(shipped_root() / "directory", settings.directory, settings.root, settings.languages)
    folders = {kind.folder: kind.name for kind in declared.kinds.values()}
    called = folders | {kind: kind for kind in declared.kinds}
    if declared.article:
        called |= {declared.article.folder: declared.article.name, declared.article.name: declared.article.name}
    for name in names:
        if name.lower() not in called:
            known = sorted(set(called.values()))
            hint = nearest(name, [*known, *called]) or "known: " + " ".join(known)
            raise AuzolanError(f"there is no kind `{printable(name)}`", hint)
    return list(dict.fromkeys(called[name.lower()] for name in names))


def countries_called(names: Iterable[str], language: str) -> list[str]:
    """The codes of countries that are called so in the language, or in English, or by their codes, each once. Raises
    AuzolanError with names that are near."""
    called = {
        fold(text): code
        for tag in ("en", language)
        for code, text in (locale_of(tag).territories.items() if names else ())
        if len(code) == 2 and code.isalpha()
    }
    found: list[str] = []
    for name in names:
        code = called.get(fold(name)) or (name.upper() if name.upper() in called.values() else "")
        if not code:
            hint = nearest(name, called) or "two letters of ISO 3166-1, such as ES, or a country's name"
            raise AuzolanError(f"there is no country `{printable(name)}`", hint)
        found.append(code)
    return list(dict.fromkeys(found))


def named(wanted: str, known: Mapping[str, str], missing: str) -> str:
    """The id that is so, or is called so. Raises AuzolanError, which says `missing`."""
    called = {label.casefold(): id_ for id_, label in known.items()} | {id_.casefold(): id_ for id_ in known}
    if wanted.casefold() not in called:
        some = " ".join(list(known)[:20]) + (" …" if len(known) > 20 else "")
        raise AuzolanError(missing.replace("{wanted}", f"`{printable(wanted)}`"), nearest(wanted, [*known, *known.values()]) or f"known: {some}")  # fmt: skip
    return called[wanted.casefold()]
