"""An entry's relations come in; what its page says of them goes out: with whom, how sure, how old, decided when."""

from __future__ import annotations

from typing import Any

from auzolan.model.commons import Profile, Relation
from auzolan.model.dates import PartialDate
from auzolan.model.text import sort_key
from auzolan.render.desk import Desk
from auzolan.render.shared import addresses

FEW = 12
"""Up to so many relations of one sort each has its lines; more are a list of names."""
SEVERAL = 3
"""From so many on, relations with nothing to say but the same state are a list of names too."""
FRESH_YEARS = 2
"""Knowledge of so many years before the build is told as today's; older says "last known"."""

STATE_SYMBOLS = {"reported": "rep", "stated": "one", "confirmed": "both", "disputed": "rep", "derived": "both"}


def relation_groups(desk: Desk, profile: Profile) -> list[dict[str, Any]]:
    """Relations by what they say, in the order of the declared types: `verb`, `path` of the type's page, `many` (told
    as a list of names), `state` (what all of many have in common), `rows` (card, states, notes, sources, ended)."""
    declared = desk.commons.catalog.declarations.relation_types
    groups: dict[tuple[str, bool], list[dict[str, Any]]] = {}
    for relation in profile.relations:
        if relation.type not in declared:
            continue
        view = _row(desk, profile, relation)
        if view:
            groups.setdefault((relation.type, is_inverse(desk, profile, relation)), []).append(view)
    order = list(declared)
    found = []
    for type_, inverse in sorted(groups, key=lambda pair: (order.index(pair[0]), pair[1])):
        rows = sorted(groups[type_, inverse], key=lambda row: (row["ended"], sort_key(row["card"]["name"]["text"])))
        path = addresses.relation_page(type_, desk.language, desk.context.default)
        found.append({"verb": verb(desk, type_, inverse), "path": path, **_told(rows), "rows": rows})
    return found


def _told(rows: list[dict[str, Any]]) -> dict[str, Any]:
    """`many` rows are told as names: more than a few, or several that say no more than the same state each."""
    shared = {row["states"][0]["words"] for row in rows}
    bare = len(rows) >= SEVERAL and len(shared) == 1 and not any(row["notes"] or row["sources"] for row in rows)
    many = len(rows) > FEW or bare
    return {"many": many, "state": rows[0]["states"][0] if many and len(shared) == 1 else None}


def is_inverse(desk: Desk, profile: Profile, relation: Relation) -> bool:
    """Whether the entry stands at the far end of the relation, so that the inverse label is read."""
    type_ = desk.commons.catalog.declarations.relation_types[relation.type]
    return not type_.symmetric and relation.subject.entry != profile.id


def verb(desk: Desk, type_: str, inverse: bool) -> str:
    """The words between two names: "is a member of", "has as a member"."""
    declared = desk.commons.catalog.declarations.relation_types[type_]
    label = desk.speaker.plain(declared.inverse_label) if inverse else ""
    return label or desk.speaker.plain(declared.label) or type_


def _other(desk: Desk, profile: Profile, relation: Relation) -> dict[str, Any] | None:
    here = relation.subject.entry == profile.id
    other = relation.object if here else relation.subject
    return desk.reference(other, () if other.entry else _kinds(desk, profile, relation.type, here), profile.language)


def _kinds(desk: Desk, profile: Profile, type_name: str, here: bool) -> list[str]:
    """What the other end of a relation may be; nothing where it may be anything."""
    declared = desk.commons.catalog.declarations
    type_ = declared.relation_types[type_name]
    kinds = (profile.kind,) if type_.same_kind else type_.objects if here else type_.subjects
    return [kind.name for kind in declared.kinds.values() if "any" not in kinds and kind.is_a(kinds)]


def _row(desk: Desk, profile: Profile, relation: Relation) -> dict[str, Any] | None:
    card = _other(desk, profile, relation)
    if card is None:
        return None
    texts = (relation.what, relation.changed, relation.note)
    notes = [desk.speaker.text(text, profile.language) for text in texts if text]
    return {
        "card": card,
        "states": states(desk, profile, relation),
        "notes": [note for note in notes if note["text"]],
        "sources": _sources(desk, profile, relation),
        "ended": relation.ended,
    }


def _sources(desk: Desk, profile: Profile, relation: Relation) -> list[dict[str, Any]]:
    """Links to the relation's sources, each once, this page's own first."""
    views = [view for one in relation.sources if (view := desk.source_view(profile, one))]
    unique = {(view["entry"], view["n"]): view for view in views}
    return sorted(unique.values(), key=lambda view: (bool(view["path"]), view["entry"], view["n"]))


def states(desk: Desk, profile: Profile, relation: Relation) -> list[dict[str, str]]:
    """How sure and how old: [{symbol, words, class}]."""
    speaker = desk.speaker
    sure = {
        "symbol": STATE_SYMBOLS[relation.state],
        "words": _sure(desk, profile, relation),
        "class": "strong bad" if relation.state == "disputed" else "strong",
    }
    found = [sure]
    if relation.ended:
        until = speaker.date(relation.until)
        words = speaker._("ended %(date)s", date=until) if until else speaker._("ended")
        found.append({"symbol": "old", "words": words, "class": "old"})
    elif relation.since:
        words = speaker._("since %(date)s", date=speaker.date(relation.since))
        found.append({"symbol": "old", "words": words, "class": "old"})
    if relation.as_of and not relation.ended:
        found.append({"symbol": "old", "words": known_as_of(desk, relation.as_of), "class": "old"})
    return found


def is_old(desk: Desk, date: PartialDate) -> bool:
    """Whether knowledge of that date is too old to be told as today's. Without a build date it is."""
    built = desk.commons.catalog.history.build_date
    return built is None or date.year < built.year - FRESH_YEARS


def known_as_of(desk: Desk, date: PartialDate) -> str:
    """The age of what is known, in words."""
    said = desk.speaker.date(date)
    if is_old(desk, date):
        return desk.speaker._("last known %(date)s", date=said)
    return desk.speaker._("as of %(date)s", date=said)


def _sure(desk: Desk, profile: Profile, relation: Relation) -> str:
    speaker = desk.speaker
    if relation.state == "confirmed":
        return speaker._("confirmed by both")
    if relation.state == "disputed":
        return speaker._("disputed")
    if relation.state == "derived":
        return speaker._("follows from the licence it names")
    if relation.state == "stated":
        if profile.id in relation.stated_by:
            return speaker._("stated by itself")
        return speaker._("stated by %(name)s", name=speaker.listed(_names(desk, relation.stated_by)))
    names = _names(desk, relation.reported_by)
    return speaker._("reported by %(name)s", name=speaker.listed(names)) if names else speaker._("no source yet")


def _names(desk: Desk, whom: tuple[str, ...]) -> list[str]:
    """Names of entries; what is no entry is a name already. Of names without a stroke that is known beforehand, and there may be as
    many as there are sources."""
    names = ((one, desk.name(one) if "/" in one else None) for one in whom)
    return [str(name["text"]) if name else one for one, name in names]


def decisions(desk: Desk, profile: Profile) -> list[dict[str, Any]]:
    """Who decided what on which day, oldest first, the undated last: `when`, `datetime`, `body`, `act`, `verb`,
    `card`, `note`, `source`."""
    speaker = desk.speaker
    found = []
    for relation in profile.relations:
        known = relation.type in desk.commons.catalog.declarations.relation_types
        card = _other(desk, profile, relation) if known and relation.decisions else None
        for decision in relation.decisions if card else ():
            field = desk.kind(profile.kind).fields.get("relations")
            act = field.fields["decisions"].fields["act"] if field and "decisions" in field.fields else None
            view = {
                "when": speaker.date(decision.on),
                "datetime": str(decision.on) if decision.on else "",
                "body": speaker.text(decision.body, profile.language),
                "act": _small(speaker.value(act, decision.act) if act else decision.act),
                "verb": verb(desk, relation.type, is_inverse(desk, profile, relation)),
                "card": card,
                "note": speaker.text(decision.note, profile.language),
                "source": desk.source_view(profile, decision.source) if decision.source else None,
            }
            found.append(((decision.on is None, str(decision.on or "")), view))
    return [view for _, view in sorted(found, key=lambda pair: pair[0])]


def is_open_ended(desk: Desk, profile: Profile) -> bool:
    """Whether nobody has told what came of what was decided: the last we know is old, and nothing is said to have
    ended."""
    decided = [relation for relation in profile.relations if relation.decisions]
    known = [relation.as_of for relation in decided if relation.as_of]
    days = [decision.on for relation in decided for decision in relation.decisions if decision.on]
    latest = max([*known, *days], default=None)
    return bool(decided) and not any(one.ended for one in decided) and (latest is None or is_old(desk, latest))


def _small(words: str) -> str:
    """A label as it stands inside a sentence."""
    return words[:1].lower() + words[1:]
