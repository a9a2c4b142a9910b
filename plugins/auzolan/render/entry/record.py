"""An entry's record comes in; what its page says of itself goes out: trust, age, licence, file, drafts."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from typing import Any

from auzolan.model.commons import Profile, Trust
from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Field
from auzolan.render.desk import Desk
from auzolan.render.entry.values import parts_of
from auzolan.render.shared.forge import edit_url, view_url

APART = frozenset({"sources", "license", "verified"})
"""Sub-fields of the record that have their own place: the list of sources, the licence line, the trust words."""


def trust_words(desk: Desk, profile: Profile) -> list[str]:
    """How far the entry is vouched for, each as a few words."""
    return [words for trust in profile.trust if (words := _trust(desk, profile, trust))]


def _trust(desk: Desk, profile: Profile, trust: Trust) -> str:
    speaker = desk.speaker
    match trust.word:
        case "listed":
            return speaker._("listed, no source yet")
        case "sourced":
            return speaker.n("sourced: %(count)s source", "sourced: %(count)s sources", trust.count)
        case "declared":
            return speaker._("declared by itself")
        case "submitted-as-itself":
            return speaker._("submitted as itself, not proved")
        case "confirmed":
            return speaker.n(
                "%(count)s relation confirmed by both", "%(count)s relations confirmed by both", trust.count
            )
        case "verified":
            how = _sub(desk, profile, "record", "verified", "how")
            way = speaker.value(how, trust.how) if how and trust.how else trust.how
            said = speaker._("verified on %(date)s", date=speaker.date(trust.on))
            return f"{said} ({way})" if way else said
        case "review-overdue":
            return speaker._("review overdue")
    return ""


def record_rows(desk: Desk, profile: Profile, root: str, *, has_log: bool) -> list[dict[str, Any]]:
    """The record as rows of label and parts, then what only the build knows: dates, address, file. When it was last changed
    stands above the log of its changes, where it has one."""
    speaker = desk.speaker
    declared = desk.kind(profile.kind).fields.get("record")
    record: Mapping[str, Any] = profile.values.get("record") or {}
    rows = []
    for field in declared.fields.values() if declared else ():
        if field.name in APART or field.show == "hidden":
            continue
        parts = parts_of(desk, profile, field, record.get(field.name), record, root)
        if parts:
            rows.append({"label": speaker.label(field), "parts": parts})
    changed = profile.changed if profile.changed != profile.created and not has_log else None
    for label, day in ((speaker._("Listed since"), profile.created), (speaker._("Last changed"), changed)):
        if day:
            rows.append({"label": label, "parts": [{"type": "words", "text": speaker.date(_day(day)), "path": ""}]})
    return rows


def license_of(desk: Desk, profile: Profile) -> dict[str, str]:
    """The licence of the entry's own text."""
    record: Mapping[str, Any] = profile.values.get("record") or {}
    return desk.license(record.get("license") or desk.context.settings.entry_license)


def file_links(desk: Desk, path: str) -> dict[str, str]:
    """The file something was written in: `path`, `view` and `edit` at the forge ("" without a repository)."""
    site = desk.context.settings
    return {
        "path": path,
        "view": view_url(site.repository, site.branch, path, site.forge),
        "edit": edit_url(site.repository, site.branch, path, site.forge),
    }


def drafts(desk: Desk, profile: Profile) -> dict[str, frozenset[str]]:
    """Language → names of fields whose text in that language nobody has checked yet."""
    record: Mapping[str, Any] = profile.values.get("record") or {}
    found: dict[str, frozenset[str]] = {}
    for language, fields in (record.get("translations") or {}).items():
        names = frozenset(
            name for name, state in fields.items() if isinstance(state, Mapping) and state.get("status") == "draft"
        )
        if names:
            found[language] = names
    return found


def draft_slips(desk: Desk, profile: Profile) -> list[dict[str, Any]]:
    """Drafts in other languages than the page's, to be checked: `language`, `texts` ([{label, said}])."""
    kind, found = desk.kind(profile.kind), []
    for language, names in sorted(drafts(desk, profile).items()):
        texts = []
        for name in sorted(names, key=list(kind.fields).index) if names <= set(kind.fields) else sorted(names):
            said = profile.values.get(name)
            if isinstance(said, Mapping) and said.get(language) and kind.fields[name].type == "text":
                label = desk.speaker.label(kind.fields[name])
                texts.append({"label": label, "said": desk.speaker.said(said[language], language)})
        if texts and language != desk.language:
            found.append({"language": desk.speaker.language_name(language), "texts": texts})
    return found


def _sub(desk: Desk, profile: Profile, *path: str) -> Field | None:
    fields = desk.kind(profile.kind).fields
    found = None
    for name in path:
        found = fields.get(name)
        if found is None:
            return None
        fields = found.fields
    return found


def _day(day: datetime.date) -> PartialDate:
    return PartialDate(day.year, day.month, day.day)
