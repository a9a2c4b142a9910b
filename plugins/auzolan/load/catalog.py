"""Files come in; a `Catalog` of all that was read goes out, with a finding for all that could not be."""

from __future__ import annotations

from dataclasses import replace

from auzolan.load.articles import load_articles
from auzolan.load.comments import load_comments
from auzolan.load.declarations import load_declarations
from auzolan.load.entries import EntryFile, entry_files, load_all
from auzolan.load.history import dated, load_history
from auzolan.load.images import load_images
from auzolan.load.shipped import shipped_root
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog, History
from auzolan.model.settings import Settings


def load_catalog(settings: Settings) -> tuple[Catalog, list[Diagnostic]]:
    """All that the site's folders say."""
    catalog, files, findings = load_frame(settings)
    entries, found = load_all(files, settings.root)
    return replace(catalog, entries=entries), [*findings, *found]


def load_frame(settings: Settings) -> tuple[Catalog, list[EntryFile], list[Diagnostic]]:
    """All that the site's folders say but for the entries, whose files are named."""
    root = settings.root
    declarations, of_kinds = load_declarations(
        shipped_root() / "directory", settings.directory, root, settings.languages
    )
    files, of_folders = entry_files(settings.directory, declarations, root)
    with_articles = "articles" in settings.features
    written, of_articles = (
        load_articles(settings.content, root, settings.default_language, settings.languages)
        if with_articles
        else ((), [])
    )
    images, of_images = load_images(settings.content, root) if with_articles else ({}, [])
    with_comments = with_articles and settings.comments
    comments, of_comments = load_comments(settings.content, root) if with_comments else ({}, [])
    history, of_history = load_dates(settings)
    catalog = Catalog(
        settings=settings,
        declarations=declarations,
        entries={},
        articles=tuple(article for article in written if article.area == "articles"),
        pages=tuple(article for article in written if article.area == "pages"),
        images=images,
        history=history,
        comments=comments,
    )
    return catalog, files, [*of_kinds, *of_folders, *of_articles, *of_images, *of_comments, *of_history]


def load_dates(settings: Settings) -> tuple[History, list[Diagnostic]]:
    """The history of the site's folders, and the day by which it is."""
    folders = tuple(sorted({settings.directory.name, settings.content.name}))
    history, found = load_history(settings.root, folders)
    return dated(history), found
