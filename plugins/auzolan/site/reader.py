"""A Markdown file comes in; its HTML, made by our one dialect, and Pelican's metadata for it go out."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pelican.readers import BaseReader
from pelican.utils import get_date

from auzolan.model.commons import Commons, Story
from auzolan.model.entries import Article
from auzolan.model.text import choose
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.stories.story_body import made_of


def reader_class(commons: Commons, context: Context) -> type[BaseReader]:
    """A Pelican reader that knows the commons: mentions become links, and the catalog's articles are not read twice."""
    catalog = commons.catalog
    by_path = {catalog.settings.root / article.path: article for article in (*catalog.articles, *catalog.pages)}

    def _stories(article: Article) -> Mapping[str, Story]:
        return commons.stories if article.area == "articles" else commons.pages

    def _versions(article: Article) -> Mapping[str, Mapping[str, Any]]:
        story = _stories(article).get(article.slug)
        return story.values if story else {}

    class CommonsReader(BaseReader):  # type: ignore[misc]
        """Reads `.md` files that the catalog holds; the check has refused all others before."""

        enabled = True
        file_extensions = ("md",)

        def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
            """(HTML, metadata) of the article in the file."""
            article = by_path[Path(source_path)]
            speaker = context.speakers.get(article.language) or context.speakers[context.default]
            address = addresses.article_page if article.area == "articles" else addresses.plain_page
            page = address(article.slug, article.language, context.default)
            if article.language not in _versions(article):
                return "", self._metadata(article, {}) | {"url": page}  # of a part of the commons, no page shows it
            made = made_of(commons, context, speaker, page, article)
            return made.html + made.footnotes, {
                **self._metadata(article, _versions(article)[article.language]),
                "url": page,
            }

        def _metadata(self, article: Article, values: Mapping[str, Any]) -> dict[str, Any]:
            story = _stories(article).get(article.slug)
            found: dict[str, Any] = {
                "title": choose(values.get("title") or {article.language: article.slug}, article.language)[0],
                "slug": article.slug,
                "lang": article.language,
                "auzolan_path": article.path,
                # Any date will do where none was written: our pages print the story's own.
                "date": get_date(
                    str(values.get("date") or (story and story.date) or "2000-01-01").ljust(7, "-")[:10].rstrip("-")
                ),
            }
            if values.get("summary"):
                found["summary"] = choose(values["summary"], article.language)[0]
            return {
                name: self.process_metadata(name, value) if name == "title" else value for name, value in found.items()
            }

    return CommonsReader
