"""An entry's changelog comes in; what its page tells of it goes out: when, what changed in the reader's words, and thanks."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Mapping
from typing import Any

from auzolan.model.changes import Change, Item, changes_of, mark_of
from auzolan.model.commons import Profile
from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Field
from auzolan.model.thanks import names_in
from auzolan.render.desk import Desk
from auzolan.render.entry.relations import verb

SHOWN = 12
"""Changes of which each has a line, so that a page with a long history weighs no more than others; those before are counted."""


def log_of(desk: Desk, profile: Profile) -> dict[str, Any] | None:
    """`title` ("Last changed …, 5 changes"), `rows` ([{iso, day, told: [{how, words}], thanks}], newest first, the day on
    which it was listed at the end), `earlier` (how many more in each year); None where nothing has changed. That a file was only
    written otherwise concerns nobody who reads."""
    changes = changes_of(desk.commons.catalog.history.changes.get(profile.path, ""))
    changed = [change for change in changes if change.sort not in ("added", "layout")]
    if not changed:
        return None
    speaker, names = desk.speaker, {mark_of(name): name for name in names_in(profile.values)}
    single = [change for change in changed if not change.count]
    count = sum(change.count or 1 for change in changed)
    last = (profile.changed if changed[0].count else None) or changed[0].day
    changes_in_words = speaker.n("%(count)s change", "%(count)s changes", count)
    rows = [{**_when(desk, one.day), "told": _told(desk, profile, one), "thanks": _thanks(desk, one, names)}
            for one in single[:SHOWN]]  # fmt: skip
    if profile.created:
        came = next((change for change in changes if change.sort == "added"), Change(profile.created, "added"))
        told = [{"how": speaker._("listed"), "words": ""}]
        rows.append({**_when(desk, profile.created), "told": told, "thanks": _thanks(desk, came, names)})
    return {
        "title": speaker._("Last changed %(date)s, %(changes)s", date=_in_words(desk, last), changes=changes_in_words),
        "rows": rows,
        "earlier": _earlier(desk, [*single[SHOWN:], *(change for change in changed if change.count)]),
    }


def _when(desk: Desk, day: datetime.date) -> dict[str, str]:
    return {"iso": day.isoformat(), "day": _in_words(desk, day)}


def _in_words(desk: Desk, day: datetime.date) -> str:
    return desk.speaker.date(PartialDate(day.year, day.month, day.day))


def _earlier(desk: Desk, changes: Iterable[Change]) -> list[str]:
    """`2025: 12 changes`."""
    years: dict[int, int] = {}
    for change in changes:
        years[change.day.year] = years.get(change.day.year, 0) + (change.count or 1)
    n = desk.speaker.n
    colon = desk.speaker._(":")
    return [f"{year}{colon} {n('%(count)s change', '%(count)s changes', count)}" for year, count in years.items()]


def _told(desk: Desk, profile: Profile, change: Change) -> list[dict[str, str]]:
    speaker = desk.speaker
    found = [{"how": speaker._("another address"), "words": ""}] if change.sort == "moved" else []
    labels = {"+": speaker._("added"), "~": speaker._("changed"), "-": speaker._("taken out")}
    for how, label in labels.items():
        words = _words(desk, profile, [item for item in change.items if item.how == how])
        if words:
            found.append({"how": label, "words": ", ".join(words)})
    return found or [{"how": labels["~"], "words": ""}]


def _words(desk: Desk, profile: Profile, items: Iterable[Item]) -> list[str]:
    """What changed, in the order in which it was told; the languages of one text together. Of fields that are declared no more
    nothing is told."""
    speaker, kind = desk.speaker, desk.kind(profile.kind)
    found: dict[str, list[str]] = {}
    for item in items:
        field = _field(kind.fields, item.field)
        if field is None:
            continue
        if item.type:
            found.setdefault(_relation(desk, profile, item) or speaker.label(field), [])
            continue
        languages = found.setdefault(speaker.label(field), [])
        if item.language:
            languages.append(speaker.language_name(item.language))
    return [f"{label} ({', '.join(languages)})" if languages else label for label, languages in found.items()]


def _field(fields: Mapping[str, Field], path: str) -> Field | None:
    name, _, inner = path.partition(".")
    field = fields.get(name)
    return field.fields.get(inner) if field is not None and inner else field


def _relation(desk: Desk, profile: Profile, item: Item) -> str:
    """`is a partner of Som Energia`. Somebody else is named only where the entry names it now: what was taken out may have been
    taken out for a reason."""
    names = desk.commons.catalog.declarations.relation_names.get(item.type)
    if names is None:
        return ""
    words = verb(desk, names[0], names[1])
    there = {end for one in profile.relations for end in (one.subject.entry, one.object.entry)} - {profile.id}
    card = desk.card(item.to) if item.to in there else None
    return f"{words} {card['name']['text']}" if card else f"{words} …"


def _thanks(desk: Desk, change: Change, names: Mapping[str, str]) -> str:
    thanked = [names[mark] for mark in change.thanks if mark in names]
    return desk.speaker._("Thanks to %(names)s", names=desk.speaker.listed(thanked)) if thanked else ""
