"""What was translated comes in; O003 goes out, for each translation whose text has changed since.

In entries the record says what a translation was made from (`record.translations`, by fingerprint). Of articles the front
matter says who translated them, and the history which of two files changed later.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence

from auzolan.check.context import at
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Article, Catalog, Entry
from auzolan.model.kinds import Kind
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.rules import finding
from auzolan.model.text import fingerprint, is_fingerprint_of
from auzolan.model.values import texts_of


def outdated_texts(entry: Entry, kind: Kind, language: str) -> Iterator[tuple[Diagnostic, str]]:
    """The findings in an entry whose texts are in `language` where they do not say, each with the translation's language."""
    told = entry.fields.get("record", "translations")
    for target, fields in told.items.items() if isinstance(told, Tree) else ():
        for name, state in fields.items.items() if isinstance(fields, Tree) else ():
            made_from = state.get("of") if isinstance(state, Tree) else None
            if not isinstance(made_from, Scalar) or name not in kind.fields or target == language:
                continue
            text = texts_of(entry.fields.get(name), language).get(language, "")
            if not is_fingerprint_of(made_from.text, text):
                what = (
                    f"has changed since it was translated to `{target}`"
                    if text
                    else f"is gone, from which `{target}` was made"
                )
                hint = f"bring `{name}: {target}:` up to date, then write `of: {fingerprint(text)}`" if text else (
                    f"take `{name}: {target}:` and this out, or write the text in `{language}` again")  # fmt: skip
                yield at("O003", f"`{name}` in `{language}` {what}", entry.path, made_from, hint), target


def outdated_articles(catalog: Catalog) -> Iterator[tuple[str, str, Diagnostic, str, datetime.date]]:
    """Slug, title, finding, language and the day on which the text changed, for every translation that changed last before it."""
    by_slug: dict[str, list[Article]] = {}
    for article in catalog.articles:
        by_slug.setdefault(article.slug, []).append(article)
    for slug, versions in by_slug.items():
        source = _source(versions, catalog.settings.default_language)
        changed = _changed(source, catalog) if source else None
        if source is None or changed is None:
            continue
        for version in versions:
            then = _changed(version, catalog)
            if version is source or not _is_translation(version) or then is None or then >= changed:
                continue
            told = finding(
                "O003",
                f"`{source.path}` has changed on {changed}, and this translation last on {then}",
                Location(version.path, 1, 1),
                "compare the two; where nothing is to be done, write `modified:` with today's date",
            )
            yield slug, version.fields.text("title") or slug, told, version.language, changed


def _source(versions: Sequence[Article], default: str) -> Article | None:
    """The version that the others were made from: the only one without translators, else that in the default language."""
    originals = [one for one in versions if not _is_translation(one)]
    if len(originals) != 1:
        originals = [one for one in versions if one.language == default]
    return originals[0] if len(originals) == 1 else None


def _is_translation(article: Article) -> bool:
    return article.fields.get("translators") is not None


def _changed(article: Article, catalog: Catalog) -> datetime.date | None:
    """The day of its last real change, as it says itself, else as the history has it."""
    said = partial_date(article.fields.text("modified"))
    return said.last_day if said else catalog.history.changed.get(article.path)
