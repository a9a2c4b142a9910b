"""Names that somebody typed come in; the ids of what is called so go out: kinds, countries, values of facets, and a part of a commons."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from auzolan.check.near import nearest
from auzolan.cli.choice import Asked
from auzolan.index.fold import fold
from auzolan.load.declarations import load_declarations
from auzolan.load.files import printable
from auzolan.load.shipped import shipped_root
from auzolan.model.errors import AuzolanError
from auzolan.model.parts import COUNTRY, KIND, LANGUAGE, REGION, SECTOR, Part, part_chosen
from auzolan.model.settings import Settings
from auzolan.model.text import fold as plain
from auzolan.render.shared.naming import locale_of


def chosen_of(asked: Asked, settings: Settings, language: str) -> dict[str, list[str]]:
    """What is asked for by its ids, languages left out; names are those of `language`. Raises AuzolanError with names that are near."""
    return {
        REGION: [_region(name, settings, language) for name in asked.regions],
        COUNTRY: countries_called(asked.countries, language),
        KIND: kinds_called(asked.kinds, settings),
        SECTOR: [_word(name, SECTOR, settings, language, "sector") for name in asked.sectors],
    }


def languages_called(tags: Iterable[str], settings: Settings) -> list[str]:
    """Languages of the site, each once. Raises AuzolanError."""
    for tag in tags:
        if tag not in settings.languages:
            said = f"`{printable(tag)}` is not a language of this site"
            raise AuzolanError(said, "one of: " + " ".join(settings.languages))
    return list(dict.fromkeys(tags))


def part_asked(asked: Asked, settings: Settings) -> Part | None:
    """The part that is asked for; None where it is everything. Raises AuzolanError."""
    languages = languages_called(asked.languages, settings)
    chosen = chosen_of(asked, settings, settings.default_language)
    # All languages in their own order are no choice.
    told = [] if tuple(languages) == settings.languages else languages
    return part_chosen(settings.site_id, {**chosen, LANGUAGE: told}, images=asked.images)


def _region(name: str, settings: Settings, language: str) -> str:
    """The code of a region that is called so, or by its code. Raises AuzolanError with those that are near."""
    from auzolan.check.types import regions

    return name.upper() if name.upper() in regions() else _word(name, "regions", settings, language, "region").upper()


def _word(name: str, vocabulary: str, settings: Settings, language: str, what: str) -> str:
    """The word of a vocabulary that is called so in any language. Raises AuzolanError with those that are near."""
    said, _ = load_declarations(shipped_root() / "directory", settings.directory, settings.root, settings.languages)
    declared = said.vocabularies.get(vocabulary)
    words = declared.words if declared is not None else {}
    called = {plain(label): id_ for id_, word in words.items() for label in word.label.values()}
    known = {id_: word.label.get(language) or id_ for id_, word in words.items()}
    return called.get(plain(name)) or named(name, known, f"there is no {what} {{wanted}}")


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
