"""A commons in; the page of every entry out, in every language of the interface."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import partial
from itertools import groupby
from typing import Any
from urllib.parse import quote, urlencode

from auzolan.model.commons import Commons, Profile
from auzolan.model.dates import PartialDate
from auzolan.model.kinds import Field
from auzolan.model.pages import Joined, Lazily, Page, Unit
from auzolan.render.cards import name_of, wanted_card
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.replies import replies_of
from auzolan.render.entry.linked_data import linked_data
from auzolan.render.entry.log import log_of
from auzolan.render.entry.near import near_views
from auzolan.render.entry.record import draft_slips, drafts, file_links, license_of, record_rows, trust_words
from auzolan.render.entry.relations import decisions, is_open_ended, relation_groups
from auzolan.render.entry.sources import source_views
from auzolan.render.entry.values import parts_of
from auzolan.render.form.questions import still_view
from auzolan.render.form.sending import sending_view
from auzolan.render.form.texts import is_offered
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import reply_url
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of

IN_THE_BAND = frozenset({"name", "summary", "aliases", "former_names"})
"""Fields that the band shows, so that the fact box need not."""
ELSEWHERE = frozenset({"record"})
"""Sections with a builder of their own."""
HALF = frozenset({"word", "language", "country", "region", "license", "flag", "date", "number", "url", "text"})
"""Types whose sections are short: two of them stand side by side."""
OPEN_UNTIL = {"offers": "open_offers", "needs": "open_needs"}
"""Groups that may end, and where the Profile says which of their items are open."""


def units_of(commons: Commons, context: Context) -> Sequence[Unit]:
    """A unit for each entry and language: its page, or what is left of one that was withdrawn."""
    ids = [id_ for id_ in commons.profiles if id_ not in commons.elsewhere]
    desks = (desk_of(commons, context, speaker) for speaker in context.speakers.values())
    return Joined([Lazily(partial(_unit, desk), ids) for desk in desks])


def _unit(desk: Desk, id_: str) -> Unit:
    return Unit(f"entry {desk.language} {id_}", partial(_pages, desk, id_))


def _pages(desk: Desk, id_: str) -> Iterator[Page]:
    profile = desk.commons.profiles[id_]
    yield withdrawn_page(desk, profile) if profile.withdrawn else entry_page(desk, profile)


def entry_page(desk: Desk, profile: Profile) -> Page:
    """The page of an entry. Of other entries it reads facts alone."""
    path = desk.entry_path(profile.id)
    root = addresses.root_of(path)
    kind = desk.kind(profile.kind)
    name, site = name_of(desk.speaker, profile), desk.context.settings
    own = profile.language if profile.language in site.languages else desk.context.default
    summary = desk.speaker.text(profile.values.get("summary") or {}, profile.language)
    form = addresses.form(kind, desk.language, desk.context.default)
    stops = decisions(desk, profile)
    related = {one for relation in profile.relations for one in (relation.subject.entry, relation.object.entry) if one}
    shown = desk.kind_view(profile.kind)
    facts = _facts(desk, profile, root)
    log = log_of(desk, profile)
    before, after = desk.commons.neighbours(profile.id)
    view = {
        "entry": {
            "id": profile.id,
            "kind": shown,
            "crumbs": [{"label": shown["plural"], "path": shown["path"]}, *_place_crumb(facts)],
            "name": name,
            "others": _other_names(desk, profile, name["text"]),
            "summary": summary,
            "draft": "summary" in drafts(desk, profile).get(desk.language, frozenset()),
            "example": profile.is_example,
            "facts": facts,
            "trust": trust_words(desk, profile),
            "sections": _sections(desk, profile, root),
            "relations": relation_groups(desk, profile),
            "decisions": stops,
            "what_came": bool(stops) and is_open_ended(desk, profile),
            "articles": desk.cards(f"article/{slug}" for slug in profile.articles),
            "mentioned_by": desk.cards(one for one in profile.mentioned_by if one not in related),
            "drafts": draft_slips(desk, profile),
            "wanted": _wanted(desk, profile),
            "sources": source_views(desk, profile),
            "record": record_rows(desk, profile, root, has_log=log is not None),
            "log": log,
            "license": license_of(desk, profile),
            "file": file_links(desk, profile.path),
            "improve": addresses.asking(form, entry=profile.slug),
            "still": _still(desk, profile, form),
            "wrong": reply_url(desk.context, path) or f"{root}{form}",
            "missing": _missing(desk, profile),
            "near": near_views(desk, profile, related | {*profile.mentioned_by}),
            "before": desk.card(before) if before else None,
            "after": desk.card(after) if after else None,
        },
        "replies": replies_of(desk, f"{kind.folder}/{profile.slug}", path),
    }
    return page_of(
        desk.context,
        path,
        "directory/entry.html",
        desk.language,
        view,
        title=name["text"],
        description=summary["text"],
        door="find",
        canonical=addresses.entry_page(kind, profile.slug, own, desk.context.default),
        jsonld=linked_data(desk, profile),
    )


def withdrawn_page(desk: Desk, profile: Profile) -> Page:
    """What is left of an entry that was withdrawn: its id, a date and the sort of reason."""
    path = desk.entry_path(profile.id)
    reasons = [
        part
        for field in desk.kind(profile.kind).fields.values()
        if field.name == "withdrawn_because"
        for part in parts_of(desk, profile, field, profile.values.get(field.name), {}, addresses.root_of(path))
    ]
    day = profile.changed or profile.created
    view = {
        "gone": {
            "id": profile.id,
            "kind": desk.kind_view(profile.kind),
            "date": day.isoformat() if day else "",
            "day": desk.speaker.date(PartialDate(day.year, day.month, day.day)) if day else "",
            "reasons": reasons,
            "wrong": reply_url(desk.context, path),
        }
    }
    template, title = "directory/withdrawn.html", desk.speaker._("Withdrawn entry")
    return page_of(
        desk.context, path, template, desk.language, view, title=title, door="find", canonical="", index=False
    )


def _still(desk: Desk, profile: Profile, form: str) -> dict[str, str] | None:
    """Where one says that all of it still holds: `path` in the form, and `mail` for who has no script ("" where there is no
    address). None where the kind has no place for it, or there is no form."""
    said = desk.commons.catalog.declarations
    if not is_offered(desk.context) or still_view(desk.kind(profile.kind), said, desk.speaker) is None:
        return None
    mail = sending_view(desk.context.settings)["mail"]
    letter = urlencode(
        {"subject": f"Still correct: {profile.id}", "body": desk.speaker._("How do you know?")}, quote_via=quote
    )
    return {
        "path": addresses.asking(form, entry=profile.slug, still="correct"),
        "mail": f"mailto:{mail}?{letter}" if mail else "",
    }


def _facts(desk: Desk, profile: Profile, root: str) -> list[dict[str, Any]]:
    """The fact box, in the order of the declaration; what is recommended and missing has no parts."""
    rows = []
    for field in desk.kind(profile.kind).fields.values():
        if field.show not in {"card", "facts"} or field.name in IN_THE_BAND:
            continue
        parts = parts_of(desk, profile, field, profile.values.get(field.name), profile.values, root)
        if parts or field.recommended:
            rows.append({"name": field.name, "label": desk.speaker.label(field), "type": field.type, "parts": parts})
    return rows


def _place_crumb(facts: list[dict[str, Any]]) -> list[dict[str, str]]:
    """The widest page about the entry's first place, as a step of the way here."""
    places = [part for row in facts if row["type"] == "place" for part in row["parts"]]
    pieces = [piece for piece in places[0]["pieces"] if piece["path"]] if places else []
    return [{"label": pieces[-1]["text"], "path": pieces[-1]["path"]}] if pieces else []


def _missing(desk: Desk, profile: Profile) -> list[str]:
    """Labels of what is recommended and not recorded yet."""
    fields = desk.kind(profile.kind).fields.values()
    return [
        desk.speaker.label(field)
        for field in fields
        if field.recommended and field.show != "hidden" and not profile.values.get(field.name)
    ]


def _sections(desk: Desk, profile: Profile, root: str) -> list[dict[str, Any]]:
    """Fields that have a section of their own, in the order of the declaration. That of the relations is empty here:
    it marks the place where they are told."""
    found = []
    for field in desk.kind(profile.kind).fields.values():
        if field.show != "section" or field.name in ELSEWHERE:
            continue
        value = profile.values.get(field.name)
        parts = [] if field.type == "relation" else parts_of(desk, profile, field, value, profile.values, root)
        if parts and field.name in OPEN_UNTIL and field.many == "list":
            _mark_open(parts, getattr(profile, OPEN_UNTIL[field.name]))
        if parts or (field.type == "relation" and profile.relations):
            found.append(
                {
                    "name": field.name,
                    "type": field.type,
                    "label": desk.speaker.label(field),
                    "parts": parts,
                    "half": field.type in HALF or field.name in OPEN_UNTIL,
                }
            )
    return _in_columns(found)


def _in_columns(sections: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Short sections that follow one another share a line: two or three; one alone has it for itself. `half` is told
    of them all, `third` of three."""
    found: list[dict[str, Any]] = []
    for half, group in groupby(sections, key=lambda one: bool(one["half"])):
        run = list(group)
        odd = half and len(run) % 2 == 1
        for number, one in enumerate(run):
            third = odd and len(run) >= 3 and number >= len(run) - 3
            found.append({**one, "half": half and len(run) > 1, "third": third})
    return found


def _mark_open(parts: list[dict[str, Any]], open_items: tuple[int, ...]) -> None:
    for number, part in enumerate(parts):
        part["open"] = number in open_items


def _other_names(desk: Desk, profile: Profile, shown: str) -> list[dict[str, Any]]:
    """The name in other languages (those who share one together), then other and former names."""
    speaker = desk.speaker
    by_name: dict[str, list[str]] = {}
    for language, name in sorted(profile.names.items()):
        if name and name != shown:
            by_name.setdefault(name, []).append(language)
    found = [
        {"label": speaker.listed(map(speaker.language_name, tags)), "names": [speaker.said(name, tags[0])]}
        for name, tags in by_name.items()
    ]
    fields: Mapping[str, Field] = desk.kind(profile.kind).fields
    for name in ("aliases", "former_names"):
        texts = [
            said
            for one in profile.values.get(name) or ()
            if (said := speaker.text(one, profile.language))["text"] and said["text"] not in by_name
        ]
        if texts and name in fields:
            found.append({"label": speaker.label(fields[name]), "names": texts})
    return found


def _wanted(desk: Desk, profile: Profile) -> list[dict[str, Any]]:
    """Cards of what the entry names and nobody has written."""
    return [
        wanted_card(desk.commons, desk.speaker, one.name, one.url, one.kinds, profile.language)
        for one in desk.commons.wanted_by(profile.id)
    ]
