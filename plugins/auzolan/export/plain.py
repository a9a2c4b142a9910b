"""Typed values of a Commons come in; plain values that JSON knows go out, in one stable shape."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from auzolan.model.commons import Commons, Profile, Reference, SourceRef, Story
from auzolan.model.dates import PartialDate, partial_date
from auzolan.model.kinds import Field, Kind, Texts


def plain(value: object) -> Any:
    """`value` as JSON knows it: dates as ISO 8601 text, references as `{entry, name, url}`, mappings by sorted key."""
    if isinstance(value, str):
        return value
    form = _FORMS.get(type(value))
    if form is not None:
        return form(value)
    if isinstance(value, Mapping):
        return _mapping(value)
    if isinstance(value, Iterable):
        return _list(value)
    raise TypeError(f"no plain form of {type(value).__name__}")


def _same(value: Any) -> Any:
    return value


def _mapping(value: Mapping[Any, Any]) -> dict[str, Any]:
    return {str(key): plain(value[key]) for key in sorted(value, key=str)}


def _list(value: Iterable[Any]) -> list[Any]:
    return [plain(item) for item in value]


def _reference(value: Reference) -> dict[str, Any]:
    return {"entry": value.entry, "name": texts(value.name), "url": value.url}


_FORMS: Mapping[type, Callable[[Any], Any]] = {
    **dict.fromkeys((type(None), bool, int, float), _same),
    dict: _mapping,
    tuple: _list,
    datetime.date: datetime.date.isoformat,
    PartialDate: str,
    Reference: _reference,
    SourceRef: lambda value: {"entry": value.entry, "key": value.key},
}


def texts(value: Texts) -> dict[str, str]:
    """A text by language, languages sorted."""
    return {language: value[language] for language in sorted(value)}


def plain_fields(values: Mapping[str, Any], fields: Mapping[str, Field]) -> dict[str, Any]:
    """The declared ones of `values`, in the order of declaration; without relations, which have their own list."""
    found: dict[str, Any] = {}
    for name, field in fields.items():
        value = values.get(name)
        if value is None or field.type == "relation":
            continue
        if not field.fields:
            found[name] = plain(value)
        elif field.many == "list":
            found[name] = [plain_fields(item, field.fields) for item in value]
        elif field.many == "keyed":
            found[name] = {key: plain_fields(value[key], field.fields) for key in sorted(value)}
        else:
            found[name] = plain_fields(value, field.fields)
    return found


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
