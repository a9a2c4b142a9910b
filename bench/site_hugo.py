"""A workload comes in; a Hugo site of it goes out that makes the same pages, listings, feeds and JSON, by path.

What the two sites share, file for file: a page an entry in every language; for each kind one list, or a page a letter
where it is long; for each sector, tag and country pages of 50 (one holds the remainder too, up to 99) and a feed of
the newest 50; a feed a kind; one feed and one JSON of everything. Templates lie beside this file in `hugo/`.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.workload import KINDS, LISTED_WHOLE, Article, Item, Workload

TEMPLATES = Path(__file__).resolve().parent / "hugo"
_OUTPUTS = {
    "home": ["html", "rss", "json"],
    "section": ["html", "rss"],
    "taxonomy": ["html"],
    "term": ["html", "rss"],
    "page": ["html"],
}
_TAXONOMIES = {"topic": "topics", "sector": "sectors", "country": "country", "az": "az"}
_NAMES = {"topics": "Topics", "sectors": "Sectors", "country": "Countries"}


def files(workload: Workload) -> Iterator[tuple[str, str]]:
    """Every file but pictures, as path and text."""
    yield "hugo.json", json.dumps(_settings(workload), indent=1) + "\n"
    yield "data/labels.json", json.dumps(_labels(workload), indent=1) + "\n"
    for path in sorted(TEMPLATES.rglob("*.*")):
        text = path.read_text("utf-8").replace("NOTE-OF-THE-WORKLOAD", workload.note)
        yield f"layouts/{path.relative_to(TEMPLATES).as_posix()}", text
    for folder in KINDS.values() if workload.items else ("articles",):
        yield f"content/{folder}/_index.md", _front({"title": folder.capitalize()})
    # The letters of long lists are a taxonomy without a page or feeds of its own.
    yield (
        "content/az/_index.md",
        _front({"title": "A to Z", "build": {"render": "never"}, "cascade": {"outputs": ["html"]}}),
    )
    counts = Counter(item.kind for item in workload.items)
    for item in workload.items:
        yield path_of(item), _entry(item, counts[item.kind] > LISTED_WHOLE)
    for article in workload.articles:
        yield f"content/articles/{article.slug}.md", _story(article)


def path_of(item: Item) -> str:
    """Where an entry's file lies."""
    return f"content/{KINDS[item.kind]}/{item.slug}.md"


def _settings(workload: Workload) -> dict[str, object]:
    languages: dict[str, dict[str, object]] = {tag: {"weight": n} for n, tag in enumerate(workload.languages, 1)}
    for tag in workload.languages[1:]:
        languages[tag]["outputs"] = {**_OUTPUTS, "home": ["html", "rss"]}
    everywhere = {"matrix": {"languages": list(workload.languages)}}
    several = {"mounts": [{"source": "content", "target": "content", "sites": everywhere}]}
    return {
        "baseURL": "https://bench.test/",
        "title": "Benchmark",
        "defaultContentLanguage": "en",
        "languages": languages,
        "relativeURLs": True,
        "uglyURLs": True,
        "disableKinds": ["sitemap", "robotsTXT"],
        "taxonomies": _TAXONOMIES if workload.items else {"topic": "topics"},
        "pagination": {"pagerSize": 50, "disableAliases": True},
        "services": {"rss": {"limit": 50}},
        "outputs": _OUTPUTS,
        "params": {"tagline": workload.tagline},
        **({"module": several, "disableDefaultLanguageRedirect": True} if len(workload.languages) > 1 else {}),
    }


def _labels(workload: Workload) -> dict[str, Mapping[str, str]]:
    return {
        "topics": workload.topics,
        "sectors": workload.sectors,
        "country": {code.lower(): code for code in workload.countries},
        "names": _NAMES,
    }


def _entry(item: Item, is_long: bool) -> str:
    folder = KINDS[item.kind]
    front: dict[str, object] = {
        "title": item.name,
        "summary": item.summary,
        "date": item.created,
        "started": item.started,
        "website": f"https://{item.slug}.bench.test/",
        "topics": item.topics,
        "sectors": item.sectors,
        "country": [item.country],
        "place": {"locality": item.locality, "latitude": item.latitude, "longitude": item.longitude},
        "relations": [{"type": type_, "to": _address(target)} for type_, target in item.relations],
        "written_in": item.language,
        "source": {"title": f"About {item.name}", "url": f"https://bench.test/{item.slug}"},
    }
    if is_long:
        front["az"] = [f"{folder}-{item.name[0].lower()}"]
    if item.former:
        front["aliases"] = [f"/{_address(former)}.html" for former in item.former]
    return _front(front) + item.description + "\n"


def _story(article: Article) -> str:
    blocks = article.body.split("\n\n")
    for number, image in enumerate(article.images):
        blocks.insert(2 * number + 1, f"![A picture](/images/{image})")
    front = {"title": article.title, "summary": article.summary, "date": article.date, "topics": article.topics}
    return _front(front) + "\n\n".join(blocks) + "\n"


def _address(id_: str) -> str:
    kind, _, slug = id_.partition("/")
    return f"{KINDS[kind]}/{slug}"


def _front(values: Mapping[str, object]) -> str:
    """YAML front matter: strings quoted as JSON, lists and mappings in one line."""
    return "\n".join(["---", *(f"{key}: {json.dumps(value)}" for key, value in values.items()), "---", ""])
