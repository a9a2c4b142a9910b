"""`auzolan search`: a query comes in; what the site's own search files answer goes out."""

from __future__ import annotations

from pathlib import Path

import typer
from rich.text import Text

from auzolan.cli.console import console, print_json
from auzolan.index import UnreadableShards, open_shards
from auzolan.load.settings import load_settings
from auzolan.model.errors import AuzolanError, MissingFolder


def run(query: str, settings_path: Path, language: str, limit: int, output: Path | None, as_json: bool) -> None:
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
        results = open_shards(read, language).search(query, limit)
    except UnreadableShards as problem:
        raise AuzolanError(str(problem), "build the site anew: auzolan build") from problem
    if as_json:
        print_json(
            {"query": query, "language": language, "total": results.total,
             "results": [{"id": hit.id, "kind": hit.kind, "title": hit.title, "summary": hit.summary, "place": hit.place,
                          "url": hit.url, "score": hit.score} for hit in results.hits]}
        )  # fmt: skip
    else:
        out = console(error=False)
        for hit in results.hits:
            out.print(Text.assemble((hit.title, "bold"), f"  {hit.place}" if hit.place else "", (f"  {hit.id}", "dim")))
            if hit.summary:
                out.print(Text(f"    {hit.summary}"))
        more = results.total - len(results.hits)
        console().print(f"{results.total} found" + (f", {more} more with --limit {results.total}" if more > 0 else ""))
    if not results.hits:
        raise typer.Exit(1)
