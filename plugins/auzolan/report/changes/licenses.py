"""A side of a commons and what was touched in it come in; doubts about licences go out. None of it is legal advice.

What a licence asks is data: the words under `conditions` of its own entry, and relations `compatible-with` between
licences. Which relation makes one work out of another is declared with it (`derivative: true`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from auzolan.model.briefs import LICENSE_TOKEN, LICENSE_WORDS
from auzolan.model.commons import Profile, Relation
from auzolan.model.entries import EntryId
from auzolan.model.kinds import Field
from auzolan.model.text import license_slug
from auzolan.report.changes.difference import LicenseDoubt, Side

SAME = "same-license"
"""The word by which a licence says: what is made of this stays under it."""
_FIELD = "license"


def license_doubts(side: Side, touched: set[EntryId], fresh: Iterable[Relation]) -> tuple[LicenseDoubt, ...]:
    """Doubts about entries that were touched, articles included, and about works that are made of one another where the
    relation is `fresh`, or an end of it was touched. Sorted."""
    found = [*_own(side, touched), *_derived(side, touched, {id(one) for one in fresh})]
    return tuple(sorted(dict.fromkeys(found), key=lambda one: (one.id, one.why, one.to, one.license)))


def _own(side: Side, touched: set[EntryId]) -> Iterator[LicenseDoubt]:
    """Texts and pictures that are given away under another licence than the commons'."""
    settings, declarations = side.catalog.settings, side.catalog.declarations
    for id_ in sorted(touched & side.profiles.keys()):
        profile = side.profiles[id_]
        record: Mapping[str, Any] = profile.values.get("record") or {}
        own = record.get(_FIELD, "")
        if own and own != settings.entry_license:
            yield LicenseDoubt(id_, "own", own, settings.entry_license)
        for image, value in _pictures(declarations.kinds[profile.kind].fields, profile):
            if value and value != settings.entry_license:
                yield LicenseDoubt(id_, "own", value, settings.entry_license, type=image)
    for article in side.catalog.articles:
        own = article.fields.text("license")
        if f"article/{article.slug}" in touched and own and own != settings.article_license:
            yield LicenseDoubt(f"article/{article.slug}", "own", own, settings.article_license)


def _pictures(fields: Mapping[str, Field], profile: Profile) -> Iterator[tuple[str, str]]:
    for name, field in fields.items():
        if field.type == "image":
            value = profile.values.get(name)
            for one in value if isinstance(value, tuple) else (value,) if value else ():
                yield name, str(one.get(_FIELD, ""))


def _derived(side: Side, touched: set[EntryId], added: set[int]) -> Iterator[LicenseDoubt]:
    types = side.catalog.declarations.relation_types
    compatible = {(one.subject.entry, one.object.entry) for one in side.relations if one.type == "compatible-with"}
    for one in side.relations:
        made, of = one.subject.entry, one.object.entry
        if one.type not in types or not types[one.type].derivative or not made or not of or one.ended:
            continue
        if id(one) not in added and made not in touched and of not in touched:
            continue
        if made not in side.profiles or of not in side.profiles:
            continue
        mine, theirs = (str(side.profiles[id_].values.get(_FIELD, "")) for id_ in (made, of))
        if not mine or not theirs:
            yield LicenseDoubt(made, "unknown", theirs or mine, of if not theirs else made, of, one.type)
        elif not _may_take(side, mine, theirs, compatible):
            yield LicenseDoubt(made, "binds", theirs, mine, of, one.type)


def _may_take(side: Side, mine: str, theirs: str, compatible: set[tuple[EntryId | None, EntryId | None]]) -> bool:
    """Whether what is under `mine` may be made of what is under `theirs`, as far as is recorded here: one of the licences to
    choose from binds nobody, is one of mine, or is said to be compatible with one of mine."""
    ours = {_entry_of(token) for token in _ids(mine)}
    # Between AND all hold, between OR one is enough; brackets are rare, and are read as the stricter of the two.
    choices = [theirs] if " AND " in theirs else theirs.split(" OR ")
    return any(all(_is_free(side, id_, ours, compatible) for id_ in map(_entry_of, _ids(choice))) for choice in choices)


def _is_free(
    side: Side, license_: EntryId, ours: set[EntryId], compatible: set[tuple[EntryId | None, EntryId | None]]
) -> bool:
    profile = side.profiles.get(license_)
    asks = profile.values.get("conditions", ()) if profile else ()
    if SAME not in asks or license_ in ours:
        return True
    later = license_.removesuffix("-or-later")
    return any((license_, one) in compatible or (later != license_ and one.startswith(later)) for one in ours)


def _ids(expression: str) -> Iterator[str]:
    before = ""
    for token in LICENSE_TOKEN.findall(expression):
        if token not in LICENSE_WORDS and token not in "()" and before != "WITH":
            yield token
        before = token


def _entry_of(token: str) -> EntryId:
    return f"license/{license_slug(token.removeprefix('LicenseRef-'))}"
