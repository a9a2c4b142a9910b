"""A catalog and a day come in; what in it needs another look that day goes out: O001 to O005, each with whose move it is.

None of this is wrong, so `check` does not ask it: it comes with time alone, in files that nobody touched.
"""

from __future__ import annotations

import datetime
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field

from auzolan.check.context import Context, at, context_of
from auzolan.check.document import Document, document_of
from auzolan.check.translated import outdated_articles, outdated_texts
from auzolan.model.dates import PartialDate, is_overdue, is_past, months_after, partial_date
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog
from auzolan.model.nodes import Scalar
from auzolan.model.text import choose
from auzolan.model.values import texts_of
from auzolan.model.words import word_id

OVER = frozenset({"closed", "merged", "withdrawn"})
"""States in which what an entry says is history, and does not grow old."""
REVIEW = "record.review_by"
LOOKED = "record.verified.on"
SEEN_BY_PROGRAMS = "record.linked_from."
"""That a page links here is no sign that somebody has read the entry."""
URGENCY = ("O001", "O002", "O003", "O004", "O005")
"""What was promised comes first, then what misleads a reader, then what is only old."""
_REACHED_BY = ("email", "phone", "url")


@dataclass(frozen=True, slots=True)
class Move:
    """Whose turn it is: `group` (who the entry is about), `translators` (of `language`) or `keepers` (who look after the
    commons). `reach` is how the group is reached, by type of field (email, phone, url), as far as its entry says so."""

    who: str
    language: str = ""
    reach: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Stale:
    """Something to look at again. `id` is an entry's, or `article/<slug>`; `since` the first day on which it was late, None
    where no date is known; `days` how long that is."""

    id: str
    kind: str
    name: str
    finding: Diagnostic
    move: Move
    since: datetime.date | None
    days: int


def stale(catalog: Catalog, today: datetime.date, kinds: Collection[str] = ()) -> list[Stale]:
    """All that needs a look on `today`, the most urgent first: by `URGENCY`, then what has waited longest. With `kinds`, only in
    entries of these kinds (`article` is one)."""
    context = context_of(catalog, None)
    found: list[Stale] = []
    for entry in catalog.entries.values():
        if not kinds or entry.kind in kinds:
            found += _of_entry(context, document_of(context, entry), today)
    if not kinds or "article" in kinds:
        for slug, name, told, language, since in outdated_articles(catalog):
            found.append(_late(f"article/{slug}", "article", name, told, Move("translators", language), since, today))
    return sorted(found, key=_urgency)


def _urgency(one: Stale) -> tuple[int, int, tuple[str, int, int, str, str]]:
    return URGENCY.index(one.finding.code), -one.days, one.finding.sort_key


def _late(
    id_: str, kind: str, name: str, told: Diagnostic, move: Move, since: datetime.date | None, today: datetime.date
) -> Stale:
    return Stale(id_, kind, name, told, move, since, max(0, (today - since).days) if since else 0)


def _of_entry(context: Context, document: Document, today: datetime.date) -> Iterator[Stale]:
    entry, tree = document.entry, document.tree
    assert entry is not None
    known = context.declarations.vocabularies
    ended = is_past(partial_date(tree.text("ended")), today)
    if document.is_example or ended or word_id(known.get("statuses"), tree.text("status")) in OVER:
        return
    own = word_id(known.get("submitters"), tree.text("record", "submitted_by")) == "itself"
    reach = _reach(document)
    group = Move("group", reach=reach) if reach else Move("keepers")
    keepers = group if own else Move("keepers", reach=reach)
    brief = context.briefs[entry.id]
    name = choose(texts_of(tree.get("name"), brief.language), brief.language)[0]

    def late(told: Diagnostic, move: Move, since: datetime.date | None) -> Stale:
        return _late(entry.id, entry.kind, name, told, move, since, today)

    kind = context.declarations.kinds[entry.kind]
    months = kind.review_months
    for told, since in _reviews(document, months, context.catalog.history.changed.get(entry.path), today):
        yield late(told, keepers, since)
    for told, since in _ended(document, today):
        yield late(told, group, since)
    changed = context.catalog.history.changed.get(entry.path)
    for told, language in outdated_texts(entry, kind, brief.language):
        yield late(told, Move("translators", language), changed)
    for told, since in _old(document, months, today):
        yield late(told, keepers, since)


def _reviews(
    document: Document, months: int, changed: datetime.date | None, today: datetime.date
) -> Iterator[tuple[Diagnostic, datetime.date]]:
    """O001 where a date to look again is declared and past; O004 where none is and the kind's period is over."""
    last, newest = changed, None
    review: tuple[PartialDate, Scalar] | None = None
    looked: list[PartialDate] = []
    for known, node, _ in document.leaves.get("date", ()):
        day = partial_date(node.text) if isinstance(node, Scalar) else None
        if day is None or not known.path.startswith("record.") or known.path.startswith(SEEN_BY_PROGRAMS):
            continue
        if known.path == REVIEW and isinstance(node, Scalar):
            review = day, node
            continue
        if known.path == LOOKED:
            looked.append(day)
        # A year may not be over yet.
        on = min(day.last_day, today)
        if newest is None or last is None or on > last:
            last, newest = on, node
    if review is not None and not is_past(review[0], today):
        return
    if review is not None and is_overdue(review[0], looked, today):
        hint = (f"look whether all of it still holds; then write under `record:` what was done, "
                f"verified: [{{on: {today}, how: …}}], and a later `review_by`")  # fmt: skip
        yield (
            at("O001", f"somebody should have looked again by {review[0]}", document.path, review[1], hint),
            _after(review[0]),
        )
        return
    if not months or last is None:
        return
    due = months_after(last, months)
    if due < today:
        said = f"what is known here is of {newest.text}" if isinstance(newest, Scalar) else (
            f"no date says how old this is; the file is of {last}")  # fmt: skip
        hint = (f"after {months} months somebody should look; then write under `record:` what was done, "
                f"verified: [{{on: {today}, how: …}}], or `review_by`, where it may well wait longer")  # fmt: skip
        where = newest or document.tree.get("record") or Scalar("", document.tree.line, 1, 1)
        yield at("O004", said, document.path, where, hint), due + datetime.timedelta(days=1)


def _ended(document: Document, today: datetime.date) -> Iterator[tuple[Diagnostic, datetime.date]]:
    """O002: what is offered or looked for, and was to end by now."""
    for known, node, _ in document.leaves.get("date", ()):
        if known.name != "until" or known.path.startswith("relations.") or not isinstance(node, Scalar):
            continue
        day = partial_date(node.text)
        if day is not None and is_past(day, today):
            yield (
                at("O002", f"this was open until {day}, and is not shown as open any more", document.path, node,
                   "is it still so? Then a later `until`; else take it out"),
                _after(day),
            )  # fmt: skip


def _old(document: Document, months: int, today: datetime.date) -> Iterator[tuple[Diagnostic, datetime.date]]:
    """O005: single statements whose `as_of` is older than the kind's period."""
    for known, node, around in document.leaves.get("date", ()):
        if not months or known.name != "as_of" or known.path.startswith("record.") or not isinstance(node, Scalar):
            continue
        day = partial_date(node.text)
        # What has ended does not grow older.
        if day is None or is_past(partial_date(around.text("until")), today):
            continue
        due = months_after(day.last_day, months)
        if due < today:
            what = known.path.rpartition(".")[0]
            hint = "ask whether it still holds, and write as of when; what has ended gets `until`"
            yield (
                at("O005", f"`{what}` was last known to be so in {day}", document.path, node, hint),
                due + datetime.timedelta(days=1),
            )


def _reach(document: Document) -> dict[str, str]:
    """How whoever the entry is about can be reached, the best way first."""
    found: dict[str, str] = {}
    for type_ in _REACHED_BY:
        for known, node, _ in document.leaves.get(type_, ()):
            if (known.path == "website" or known.path.startswith("contact.")) and isinstance(node, Scalar):
                found.setdefault(type_, node.text)
    return found


def _after(day: PartialDate) -> datetime.date:
    last = day.last_day
    return last + datetime.timedelta(days=1) if last < datetime.date.max else last
