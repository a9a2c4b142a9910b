"""A workload comes in; the files of a commons of it go out: entries, kinds, vocabularies, settings, history."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path

from bench.workload import KINDS, Article, Item, Workload

TEMPLATES = Path(__file__).resolve().parents[1] / "theme" / "templates"
_SHIPPED = ("cooperative", "organization", "project")
_TONGUES = {"en": "", "es": " (es)", "ca": " (ca)", "fr": " (fr)"}


def files(workload: Workload) -> Iterator[tuple[str, str]]:
    """Every file but pictures, as path and text."""
    yield "pelicanconf.py", _settings(workload)
    yield "history.json", _history(workload)
    template = "directory/entry.html" if workload.items else "article.html"
    yield f"theme/templates/{template}", noted((TEMPLATES / template).read_text("utf-8"), workload.note)
    if workload.items:
        for kind, folder in KINDS.items():
            if kind not in _SHIPPED:
                yield f"directory/kinds/{kind}.yaml", _kind(kind, folder)
        yield "directory/vocabularies/sectors.yaml", _vocabulary("Sectors", workload.sectors)
    yield "directory/vocabularies/topics.yaml", _vocabulary("Topics", workload.topics)
    for item in workload.items:
        yield path_of(item), entry(item)
    for article in workload.articles:
        yield f"content/articles/{article.slug}.md", story(article)


def path_of(item: Item) -> str:
    """Where an entry's file lies."""
    return f"directory/{KINDS[item.kind]}/{item.slug}.yaml"


def noted(template: str, note: str) -> str:
    """A shipped template with a line more at the end of its last block."""
    before, end, after = template.rpartition("{% endblock %}")
    return f'{before}<p class="wrap">{note}</p>\n{end}{after}'


def entry(item: Item) -> str:
    """An entry as a contributor would write it, about 50 lines."""
    lines = [f"name: {item.name}", f"summary: {item.summary}", "description: |-"]
    lines += [f"  {line}" if line else "" for line in item.description.split("\n")]
    lines += [f'started: "{item.started}"', f'website: "https://{item.slug}.bench.test/"']
    lines += [
        "topics:",
        *(f"  - {word}" for word in item.topics),
        "sectors:",
        *(f"  - {word}" for word in item.sectors),
    ]
    lines += ["places:", f"  - country: {_quoted(item.country)}", f"    locality: {item.locality}"]
    lines += [f"    latitude: {item.latitude}", f"    longitude: {item.longitude}", "    precision: town"]
    if item.relations:
        lines.append("relations:")
        for type_, target in item.relations:
            lines += [f"  - type: {type_}", f"    to: {target}", "    sources: [page]"]
    if item.former:
        lines += ["former_ids:", *(f"  - {former}" for former in item.former)]
    lines += [f"written_in: {item.language}", "record:", "  sources:", "    page:"]
    lines += [f"      title: About {item.name}", f'      url: "https://bench.test/{item.slug}"']
    lines += ['  as_of: "2024"', "  submitted_by: third-party", ""]
    return "\n".join(lines)


def story(article: Article) -> str:
    """An article with its front matter."""
    head = [f"title: {article.title}", f"date: {article.date}", f"summary: {article.summary}"]
    head += ["topics:", *(f"  - {word}" for word in article.topics)]
    return "\n".join(["---", *head, "---", "", illustrated(article), ""])


def illustrated(article: Article) -> str:
    """The text of an article with its pictures between its paragraphs, as Pelican has them."""
    blocks = article.body.split("\n\n")
    for number, image in enumerate(article.images):
        blocks.insert(2 * number + 1, f"![A picture]({{static}}/images/{image})")
    return "\n\n".join(blocks)


def _settings(workload: Workload) -> str:
    return "\n".join(
        [
            '"""Made by bench/."""',
            "",
            "import auzolan",
            "",
            'SITENAME = "Benchmark"',
            'SITEURL = ""',
            'DEFAULT_LANG = "en"',
            'TIMEZONE = "UTC"',
            'PATH = "content"',
            'OUTPUT_PATH = "output"',
            'THEME = "theme"',
            "PLUGINS = auzolan.PLUGINS",
            "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = TRANSLATION_FEED_ATOM = AUTHOR_FEED_ATOM = AUTHOR_FEED_RSS = None",
            f"AUZOLAN_LANGUAGES = {list(workload.languages)!r}",
            'AUZOLAN_SITE_ID = "benchmark.invalid,2026:commons"',
            f"AUZOLAN_TAGLINE = {workload.tagline!r}",
            "",
        ]
    )


def _history(workload: Workload) -> str:
    days = {path_of(item): item.created for item in workload.items}
    days |= {f"content/articles/{article.slug}.md": article.date for article in workload.articles}
    told = {"format": "auzolan-history/1", "date": "2026-11-22", "created": days, "changed": days}
    return json.dumps(told, indent=1) + "\n"


def _kind(kind: str, folder: str) -> str:
    return "\n".join(
        [
            f"folder: {folder}",
            "use: [every, organisation-like]",
            "traits: [organisation-like]",
            f"label: {{en: {kind.capitalize()}, es: {kind} (es), ca: {kind} (ca), fr: {kind} (fr)}}",
            f"label_plural: {{en: {folder.capitalize()}, es: {folder} (es), ca: {folder} (ca), fr: {folder} (fr)}}",
            f"describes: {{en: A {kind} of the benchmark.}}",
            "sign: disc",
            "hue: other",
            "fields: {}",
            "",
        ]
    )


def _vocabulary(title: str, words: Mapping[str, str]) -> str:
    lines = [f"label: {{en: {title}}}", f"describes: {{en: {title} of the benchmark.}}", "words:"]
    for word, label in words.items():
        lines += [f"  {word}:", "    label:", *(f"      {tag}: {label}{said}" for tag, said in _TONGUES.items())]
    return "\n".join([*lines, ""])


def _quoted(code: str) -> str:
    """Norway's code would be a truth value to other readers of YAML."""
    return f'"{code}"' if code == "NO" else code
