"""A catalog comes in; every finding about it goes out. Nothing is stopped and nothing is changed here.

A catalog may hold a few entries of a large commons, if the briefs of all come with it. What the findings in the file of
an entry owe to other files:

| findings | what of other files | found through |
|---|---|---|
| R002, R004, R008, R010, M008 | which ids and former ids there are, and whose they are | `Brief.names` |
| R003, R009 | the kind of the entry that is named; whether it was withdrawn | `Brief.names` |
| I001, I002 | which ids and former ids there are, and whose they are | `Brief.former_ids` |
| L002 | the licences that have entries of their own | `Brief.licenses` |
| G003 | the names of pictures | `Brief.images` |
| M008 of `article/…` | the slugs of articles | `Brief.names` |
| hints of R002, M008, G003 | any of these names | always errors |
| R005, F004, A003, I006 (`TOGETHER`) | all edges, all paths, all articles, all marks | checked whole each time |
| S002 of a setting that names an entry (`TOGETHER`) | all ids | told of the settings, not of a file |

All others follow from the file itself, the declarations, the settings and the date of the build.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from auzolan.check.articles import check_articles, check_twins
from auzolan.check.circles import check_circles
from auzolan.check.comments import check_comments
from auzolan.check.context import Context, Shared, context_of
from auzolan.check.document import Document, document_of, documents
from auzolan.check.duplicates import check_duplicates
from auzolan.check.fields import check_fields
from auzolan.check.identity import check_identity, check_meeting
from auzolan.check.licenses import check_licenses
from auzolan.check.places import check_places
from auzolan.check.record import check_record
from auzolan.check.relations import check_relations
from auzolan.check.settings import check_settings
from auzolan.check.texts import check_texts
from auzolan.check.types import check_types
from auzolan.check.words import check_words
from auzolan.model.briefs import Brief
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog, Entry, EntryId

__all__ = [
    "ANEW", "RULES", "TOGETHER", "Context", "check", "check_each", "check_entry", "check_together", "context_of",
]  # fmt: skip

RULES: tuple[Callable[[Context, Document], Iterable[Diagnostic]], ...] = (
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
"""The rules of one file, in the order in which they run on each."""

TOGETHER: tuple[Callable[[Context], Iterator[Shared]], ...] = (
    check_circles,
    check_meeting,
    check_twins,
    check_duplicates,
    check_comments,
    check_settings,
)
"""The rules of several files at once, in the order in which they run."""

ANEW = frozenset({"I006"})
"""Codes of warnings about files of which none need have changed: each check tells all of them, and those of an earlier
check hold no more."""

Briefs = Mapping[EntryId, Brief]


def check(catalog: Catalog, briefs: Briefs | None = None) -> list[Diagnostic]:
    """All findings about `catalog`. With `briefs`, those of all entries of the commons, the catalog may hold only some
    of them (but all articles and images): then the findings are those in the files of the catalog, those about several
    files of which one is in the catalog, and all of `ANEW`."""
    context = context_of(catalog, briefs)
    shared = (told for rule in TOGETHER for told in rule(context))
    here = [told for told, among in shared if briefs is None or not among or _any_in(among, catalog.entries)]
    return [*_each(context), *here]


def check_each(catalog: Catalog, briefs: Briefs) -> list[Diagnostic]:
    """The findings of `RULES` alone, in the files of the catalog."""
    return list(_each(context_of(catalog, briefs)))


def check_entry(context: Context, entry: Entry) -> list[Diagnostic]:
    """The findings of `RULES` in the file of one entry."""
    document = document_of(context, entry)
    return [told for rule in RULES for told in rule(context, document)]


def check_together(catalog: Catalog, briefs: Briefs) -> list[Diagnostic]:
    """The findings of `TOGETHER` alone, about all that `briefs` tell of and the catalog's articles and images; its
    entries are not looked at."""
    return [told for rule in TOGETHER for told, _ in rule(context_of(catalog, briefs))]


def _each(context: Context) -> Iterator[Diagnostic]:
    for document in documents(context):
        for rule in RULES:
            yield from rule(context, document)


def _any_in(ids: Iterable[EntryId], entries: Mapping[EntryId, object]) -> bool:
    return any(id_ in entries for id_ in ids)
