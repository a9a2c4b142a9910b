"""A catalog comes in; every finding about it goes out. Nothing is stopped and nothing is changed here."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from auzolan.check.articles import check_articles
from auzolan.check.context import Context, context_of
from auzolan.check.fields import check_fields
from auzolan.check.identity import check_identity
from auzolan.check.licenses import check_licenses
from auzolan.check.places import check_places
from auzolan.check.record import check_record
from auzolan.check.relations import check_relations
from auzolan.check.texts import check_texts
from auzolan.check.types import check_types
from auzolan.check.words import check_words
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog

__all__ = ["RULES", "check"]

RULES: tuple[Callable[[Context], Iterator[Diagnostic]], ...] = (
    check_fields,
    check_texts,
    check_types,
    check_words,
    check_places,
    check_licenses,
    check_relations,
    check_record,
    check_identity,
    check_articles,
)
"""The rules in the order in which they run."""


def check(catalog: Catalog) -> list[Diagnostic]:
    """All findings about `catalog`."""
    context = context_of(catalog)
    return [finding for rule in RULES for finding in rule(context)]
