"""`auzolan search`: a query comes in; what the site's own search files answer goes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json
from auzolan.cli.narrowing import countries_called, kinds_called, named
from auzolan.index import KIND, Facet, Results, UnreadableShards, open_shards
from auzolan.load.files import printable
from auzolan.load.settings import load_settings
from auzolan.model.errors import AuzolanError, MissingFolder

FORMAT = "auzolan-search/1"
"""Of the JSON, which docs/search.md explains; keys may come, none goes and none changes its meaning."""
_COMMANDS = dict.fromkeys([*range(32), *range(127, 160)], "\ufffd")
"""What a terminal would do, not show: search files that somebody else built may hold it."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked: `words`; `language`, "" for the site's own; the most results to show; whether other words may stand for
    unknown ones; `kinds` of which, and `countries` in which, a result must be (any for none); `facets` as `facet=value`, by their ids
    or names."""

    words: str
    language: str = ""
    limit: int = 10
    near: bool = True
    kinds: Sequence[str] = ()
    countries: Sequence[str] = ()
    facets: Sequence[str] = ()


def run(asked: Asked, settings_path: Path, output: Path | None, *, as_json: bool) -> None:
    """Raises typer.Exit(1) where nothing is found, AuzolanError where nothing can be looked for."""
    settings, _ = load_settings(settings_path)
    folder = output or settings.output
    language = asked.language or settings.default_language
    if language not in settings.languages:
        said = f"`{printable(language)}` is not a language of this site"
        raise AuzolanError(said, "one of: " + " ".join(settings.languages))
    kinds, countries = kinds_called(asked.kinds, settings), countries_called(asked.countries, language)
    if not (folder / "search" / language).is_dir():
        raise MissingFolder(f"{folder} holds no search files for `{language}`", "build the site first: auzolan build")

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    try:
        reader = open_shards(read, language)
        narrowed = {KIND: kinds, "country": countries} | _chosen(asked.facets, reader.facets() if asked.facets else ())
        results = reader.search(asked.words, asked.limit, asked.near, narrowed)
    except UnreadableShards as problem:
        raise AuzolanError(str(problem), "build the site anew: auzolan build") from problem
    if as_json:
        print_json(
            {"format": FORMAT, "query": asked.words, "language": language, "narrowed": narrowed,
             "total": results.total, "with_all_words": results.complete, "unknown": list(results.unknown),
             "showing": {word: list(forms) for word, forms in results.meant},
             "results": [{"id": hit.id, "kind": hit.kind, "title": hit.title, "summary": hit.summary, "place": hit.place,
                          "url": hit.url, "score": hit.score} for hit in results.hits]}
        )  # fmt: skip
    else:
        _show(results)
    if not results.hits:
        raise typer.Exit(1)


def _chosen(asked: Iterable[str], facets: Sequence[Facet]) -> dict[str, list[str]]:
    """Facet → values, by ids. Raises AuzolanError with those that are near."""
    found: dict[str, list[str]] = {}
    for one in asked:
        name, _, value = one.partition("=")
        if not value:
            raise AuzolanError(f"`{printable(one)}` names no value", "--where sectors=housing")
        if name.casefold() == KIND:
            raise AuzolanError("kinds have an option of their own", f"--kind {printable(value)}")
        facet = named(name, {facet.id: facet.label for facet in facets}, "there is no facet {wanted}")
        of = next(one for one in facets if one.id == facet)
        chosen = named(value, {id_: label for id_, label, _ in of.values}, f"{{wanted}} is no value of `{facet}` here")
        found.setdefault(facet, []).append(chosen)
    return {facet: list(dict.fromkeys(values)) for facet, values in found.items()}


def _show(results: Results) -> None:
    out = console(error=False)
    for words in _told(results):
        console().print(Text(words))
    parted = results.complete < results.total
    for place, hit in enumerate(results.hits):
        if parted and place in (0, results.complete):
            console().print(Text(_group(results, place), "dim"))
        title, place_, id_, summary = (one.translate(_COMMANDS) for one in (hit.title, hit.place, hit.id, hit.summary))
        out.print(Text.assemble((title, "bold"), f"  {place_}" if place_ else "", (f"  {id_}", "dim")))
        if summary:
            out.print(Text(f"    {summary}"))
    more = results.total - len(results.hits)
    console().print(f"{results.total} found" + (f", {more} more with --limit {results.total}" if more > 0 else ""))


def _told(results: Results) -> Iterator[str]:
    """What is said of words that are not in the index."""
    for word, forms in results.meant:
        yield f"No text here has \u201c{word}\u201d: showing results for {_quoted(forms)} (--as-typed to leave that be)"
    if results.unknown:
        yield f"No text here has {_quoted(results.unknown)}"


def _group(results: Results, place: int) -> str:
    """The heading of the results from `place` on."""
    if place == results.complete:
        return "With some of the words:"
    return "With all other words:" if results.unknown else "With all words:"


def _quoted(words: Sequence[str]) -> str:
    return ", ".join(f"\u201c{word}\u201d" for word in words).translate(_COMMANDS)
