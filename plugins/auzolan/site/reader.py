"""A Markdown file comes in; its HTML, made by our one dialect, and Pelican's metadata for it go out."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pelican.readers import BaseReader
from pelican.utils import get_date

from auzolan.model.commons import Commons
from auzolan.model.entries import Article
from auzolan.model.text import choose
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.stories.story_body import made_of


def reader_class(commons: Commons, context: Context) -> type[BaseReader]:
    """A Pelican reader that knows the commons: mentions become links, and the catalog's articles are not read twice."""
    catalog = commons.catalog
    by_path = {catalog.settings.root / article.path: article for article in (*catalog.articles, *catalog.pages)}

    class CommonsReader(BaseReader):  # type: ignore[misc]
        """Reads `.md` files that the catalog holds; the check has refused all others before."""

        enabled = True
        file_extensions = ("md",)

        def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
            """(HTML, metadata) of the article in the file."""
            article = by_path[Path(source_path)]
            speaker = context.speakers[article.language]
            address = addresses.article_page if article.area == "articles" else addresses.plain_page
            page = address(article.slug, article.language, context.default)
            made = made_of(commons, context, speaker, page, article)
            return made.html + made.footnotes, {**self._metadata(article), "url": page}

        def _metadata(self, article: Article) -> dict[str, Any]:
            story = (commons.stories if article.area == "articles" else commons.pages)[article.slug]
            values = story.values[article.language]
            found: dict[str, Any] = {
                "title": choose(values.get("title", {}), article.language)[0],
                "slug": article.slug,
                "lang": article.language,
                "auzolan_path": article.path,
                # Any date will do where none was written: our pages print the story's own.
                "date": get_date(str(values.get("date") or story.date or "2000-01-01").ljust(7, "-")[:10].rstrip("-")),
            }
            if values.get("summary"):
                found["summary"] = choose(values["summary"], article.language)[0]
            return {
                name: self.process_metadata(name, value) if name == "title" else value for name, value in found.items()
            }

    return CommonsReader
