"""Typed values of a Commons come in; the plain values that may be published go out, in one stable shape."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from typing import Any

from auzolan.model.commons import Commons, Profile, Reference, Relation, SourceRef, Story
from auzolan.model.dates import PartialDate, partial_date
from auzolan.model.kinds import Declarations, Field, Kind, Texts
from auzolan.model.text import fold

HIDDEN = "hidden"
_SAFE_WHERE_HIDDEN = frozenset({"country", "region", "precision", "role"})


def plain(value: object) -> Any:
    """`value` as JSON knows it: dates as ISO 8601 text, references as `{entry, name, url}`, mappings by sorted key."""
    if value is None or isinstance(value, (str, bool, int, float)):
        return value
    if isinstance(value, datetime.date):
        return value.isoformat()
    if isinstance(value, PartialDate):
        return str(value)
    if isinstance(value, Reference):
        return {"entry": value.entry, "name": texts(value.name), "url": value.url}
    if isinstance(value, SourceRef):
        return {"entry": value.entry, "key": value.key}
    if isinstance(value, Mapping):
        return {str(key): plain(value[key]) for key in sorted(value, key=str)}
    if isinstance(value, Iterable):
        return [plain(item) for item in value]
    raise TypeError(f"no plain form of {type(value).__name__}")


def texts(value: Texts) -> dict[str, str]:
    """A text by language, languages sorted."""
    return {language: value[language] for language in sorted(value)}


def plain_fields(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """The declared ones of `values`, in the order of declaration; without relations, which have their own list."""
    return {
        name: _plain_field(values[name], field)
        for name, field in fields.items()
        if field.type != "relation" and values.get(name) is not None
    }


def _plain_field(value: Any, field: Field) -> Any:
    if field.many == "list":
        return [_plain_item(item, field) for item in value]
    if field.many == "keyed":
        return {key: _plain_item(value[key], field) for key in sorted(value)}
    return _plain_item(value, field)


def _plain_item(value: Any, field: Field) -> Any:
    return plain_fields(value, field.fields) if field.fields else plain(value)


def public(commons: Commons) -> Iterator[Profile]:
    """The entries that exports speak of, sorted by id. The one door through which entries leave: of a hidden place only
    what is safe to know comes along, also where `hidden` was written as one of its other names."""
    said = commons.catalog.declarations
    for id_ in sorted(commons.listed):
        profile = commons.profiles[id_]
        if not profile.withdrawn:
            yield replace(profile, values=_without_hidden(profile.values, said.kinds[profile.kind].fields, said))


def _without_hidden(values: Mapping[str, Any], fields: Mapping[str, Field], said: Declarations) -> dict[str, Any]:
    kept = dict(values)
    for name, field in fields.items():
        value = kept.get(name)
        if value is None or not field.fields:
            continue
        if field.many == "list":
            kept[name] = tuple(_item_without_hidden(item, field, said) for item in value)
        elif field.many == "keyed":
            kept[name] = {key: _item_without_hidden(item, field, said) for key, item in value.items()}
        else:
            kept[name] = _item_without_hidden(value, field, said)
    return kept


def _item_without_hidden(item: Mapping[str, Any], field: Field, said: Declarations) -> Mapping[str, Any]:
    if field.type != "place":
        return _without_hidden(item, field.fields, said)
    if not _is_hidden(item, field, said):
        return item
    return {key: HIDDEN if key == "precision" else item[key] for key in item if key in _SAFE_WHERE_HIDDEN}


def _is_hidden(place: Mapping[str, Any], field: Field, said: Declarations) -> bool:
    written = place.get("precision")
    if not written or written == HIDDEN or "precision" not in field.fields:
        return written == HIDDEN
    vocabulary = said.vocabularies.get(field.fields["precision"].vocabulary)
    word = vocabulary.words.get(HIDDEN) if vocabulary else None
    names = [*word.label.values(), *(alias for aliases in word.aliases.values() for alias in aliases)] if word else []
    return fold(written) in {HIDDEN, *map(fold, names)}


def public_ids(commons: Commons) -> frozenset[str]:
    """The ids of the entries that exports speak of."""
    return frozenset(id_ for id_ in commons.listed if not commons.profiles[id_].withdrawn)


def withdrawn(commons: Commons) -> Iterator[Profile]:
    """The entries that were withdrawn, sorted by id."""
    for id_ in sorted(commons.profiles):
        if commons.profiles[id_].withdrawn:
            yield commons.profiles[id_]


def withdrawal(profile: Profile, commons: Commons) -> dict[str, str]:
    """What may be told of a withdrawal: `withdrawn_because`, if it is a word of its vocabulary, and `ended`. Read from
    what was written, since a withdrawn entry has no values any more."""
    said = commons.catalog.declarations
    written = commons.catalog.entries[profile.id].fields
    field = said.kinds[profile.kind].fields.get("withdrawn_because")
    vocabulary = said.vocabularies.get(field.vocabulary) if field else None
    reason, ended = written.text("withdrawn_because"), partial_date(written.text("ended"))
    told = {"withdrawn_because": reason} if vocabulary and reason in vocabulary.words else {}
    return told | ({"ended": str(ended)} if ended else {})


def public_relations(commons: Commons) -> list[Relation]:
    """The relations of which every listed end may be spoken of, sorted by type, subject, object and dates."""
    known = public_ids(commons)
    kept = [
        relation
        for relation in commons.relations
        if all(end.entry is None or end.entry in known for end in (relation.subject, relation.object))
    ]
    return sorted(kept, key=_relation_order)


def _relation_order(relation: Relation) -> tuple[str, ...]:
    ends = (str(plain(end)) if end.entry is None else end.entry for end in (relation.subject, relation.object))
    dates = (str(date or "") for date in (relation.since, relation.until, relation.as_of))
    return relation.type, *ends, *dates, str(plain(relation.what)), str(plain(relation.note))


def page_of(profile: Profile, kind: Kind) -> str:
    """The site-root-relative address of the entry's page in the default language."""
    return f"{kind.folder}/{profile.slug}.html"


def license_of(profile: Profile, commons: Commons) -> str:
    """The licence of the entry's own text: its own, else the site's."""
    record = profile.values.get("record")
    own = record.get("license") if isinstance(record, Mapping) else None
    return str(own or commons.catalog.settings.entry_license)


def story_license(story: Story, language: str, commons: Commons) -> str:
    """The licence of an article's text in `language`: its own, else the site's."""
    return str(story.values.get(language, {}).get("license") or commons.catalog.settings.article_license)


def relation_licenses(relation: Relation, commons: Commons, by_path: Mapping[str, Profile]) -> list[str]:
    """The licences of the entries that say the relation, sorted; `by_path` finds an entry by its file."""
    written = {place.path for place in relation.written_in}
    found = {license_of(by_path[path], commons) for path in written if path in by_path}
    return sorted(found or {commons.catalog.settings.entry_license})


def by_path(commons: Commons) -> dict[str, Profile]:
    """Public entries by the path of their file."""
    return {profile.path: profile for profile in public(commons)}
