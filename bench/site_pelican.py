"""A workload comes in; the files of a stock Pelican blog of it go out, by path: entries are articles, words are tags.

Stock Pelican knows one taxonomy of tags and no data files: sectors, countries and topics are tags together, and there
is no JSON of everything. Its pages are cut at 50, and every tag and category has a feed.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from bench.site_auzolan import illustrated, noted
from bench.workload import KINDS, Article, Item, Workload


def files(workload: Workload) -> Iterator[tuple[str, str]]:
    """Every file, as path and text. The template is Pelican's own of the theme `simple`, with a line more."""
    import pelican

    simple = Path(pelican.__file__).parent / "themes" / "simple" / "templates" / "article.html"
    yield "templates/article.html", noted(simple.read_text("utf-8"), workload.note)
    yield "pelicanconf.py", _settings(workload)
    for item in workload.items:
        yield f"content/{KINDS[item.kind]}/{item.slug}.md", _article(item, workload)
    for article in workload.articles:
        yield f"content/articles/{article.slug}.md", _story(article, workload)


def _article(item: Item, workload: Workload) -> str:
    tags = [workload.topics.get(word, word) for word in item.topics]
    tags += [workload.sectors.get(word, word) for word in item.sectors]
    return "\n".join(
        [
            f"Title: {item.name}",
            f"Slug: {item.slug}",
            f"Date: {item.created}",
            f"Category: {KINDS[item.kind]}",
            f"Tags: {', '.join([*tags, f'Country {item.country}'])}",
            f"Summary: {item.summary}",
            f"Website: https://{item.slug}.bench.test/",
            f"Started: {item.started}",
            "",
            item.description,
            "",
        ]
    )


def _story(article: Article, workload: Workload) -> str:
    head = [f"Title: {article.title}", f"Slug: {article.slug}", f"Date: {article.date}", "Category: articles"]
    tags = ", ".join(workload.topics[word] for word in article.topics)
    return "\n".join([*head, f"Tags: {tags}", f"Summary: {article.summary}", "", illustrated(article), ""])


def _settings(workload: Workload) -> str:
    return "\n".join(
        [
            'SITENAME = "Benchmark"',
            f"SITESUBTITLE = {workload.tagline!r}",
            'SITEURL = ""',
            'TIMEZONE = "UTC"',
            'PATH = "content"',
            'OUTPUT_PATH = "output"',
            'THEME = "simple"',
            'THEME_TEMPLATES_OVERRIDES = ["templates"]',
            "DEFAULT_PAGINATION = 50",
            "FEED_MAX_ITEMS = 50",
            'FEED_ALL_ATOM = "feeds/all.atom.xml"',
            'CATEGORY_FEED_ATOM = "feeds/{slug}.atom.xml"',
            'TAG_FEED_ATOM = "feeds/tag-{slug}.atom.xml"',
            "AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = TRANSLATION_FEED_ATOM = None",
            'ARTICLE_URL = ARTICLE_SAVE_AS = "{category}/{slug}.html"',
            'AUTHOR_SAVE_AS = AUTHORS_SAVE_AS = ARCHIVES_SAVE_AS = ""',
            "RELATIVE_URLS = True",
            "",
        ]
    )
