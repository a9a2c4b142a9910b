"""`auzolan search`: a query comes in; what the site's own search files answer goes out."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json
from auzolan.index import Results, UnreadableShards, open_shards
from auzolan.load.settings import load_settings
from auzolan.model.errors import AuzolanError, MissingFolder


def run(
    query: str, settings_path: Path, language: str, limit: int, output: Path | None, *, near: bool, as_json: bool
) -> None:
    """Raises typer.Exit(1) where nothing is found."""
    settings, _ = load_settings(settings_path)
    folder = output or settings.output
    language = language or settings.default_language
    if language not in settings.languages:
        raise AuzolanError(f"`{language}` is not a language of this site", "one of: " + " ".join(settings.languages))
    if not (folder / "search" / language).is_dir():
        raise MissingFolder(f"{folder} holds no search files for `{language}`", "build the site first: auzolan build")

    def read(path: str) -> bytes | None:
        file = folder / path
        return file.read_bytes() if file.is_file() else None

    try:
        results = open_shards(read, language).search(query, limit, near)
    except UnreadableShards as problem:
        raise AuzolanError(str(problem), "build the site anew: auzolan build") from problem
    if as_json:
        print_json(
            {"query": query, "language": language, "total": results.total, "with_all_words": results.complete,
             "unknown": list(results.unknown), "showing": {word: list(forms) for word, forms in results.meant},
             "results": [{"id": hit.id, "kind": hit.kind, "title": hit.title, "summary": hit.summary, "place": hit.place,
                          "url": hit.url, "score": hit.score} for hit in results.hits]}
        )  # fmt: skip
    else:
        out = console(error=False)
        for words in _told(results):
            console().print(Text(words))
        parted = results.complete < results.total
        for place, hit in enumerate(results.hits):
            if parted and place in (0, results.complete):
                console().print(Text(_group(results, place), "dim"))
            out.print(Text.assemble((hit.title, "bold"), f"  {hit.place}" if hit.place else "", (f"  {hit.id}", "dim")))
            if hit.summary:
                out.print(Text(f"    {hit.summary}"))
        more = results.total - len(results.hits)
        console().print(f"{results.total} found" + (f", {more} more with --limit {results.total}" if more > 0 else ""))
    if not results.hits:
        raise typer.Exit(1)


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
    return ", ".join(f"\u201c{word}\u201d" for word in words)
