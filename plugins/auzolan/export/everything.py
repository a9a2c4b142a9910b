"""A Commons comes in; `data/everything.json` goes out: all that may be published, in one documented shape."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from auzolan.export import plain as p
from auzolan.model.commons import Commons, Decision, Profile, Relation, Story, Trust
from auzolan.model.kinds import Field, Kind, RelationType, Vocabulary, Word
from auzolan.model.pages import File

FORMAT = "auzolan-data/1"
"""Raised when a key changes its meaning or goes; new keys alone do not raise it."""


def everything(commons: Commons) -> Iterator[File]:
    """`data/everything.json`. Every object of a list has all its keys; texts are maps language → text; dates are ISO
    8601, as exact as they are known; each item of a list has a line of its own, so that copies and diffs stay small."""
    settings, said = commons.catalog.settings, commons.catalog.declarations
    files = p.by_path(commons)
    about = {
        "id": settings.site_id,
        "name": settings.site_name,
        "url": settings.site_url,
        "languages": list(settings.languages),
        "entry_license": settings.entry_license,
        "article_license": settings.article_license,
    }
    kinds = [*said.kinds.values(), *([said.article] if said.article else [])]
    parts = [
        f'"format": {dumps(FORMAT)}',
        f'"about": {dumps(about)}',
        _lines("entries", (_entry(profile, commons) for profile in p.public(commons))),
        _lines("withdrawn", (_withdrawn(profile, commons) for profile in p.withdrawn(commons))),
        _lines("articles", (_article(commons.stories[slug], commons) for slug in sorted(commons.stories))),
        _lines(
            "relations",
            (_relation(one, p.relation_licenses(one, commons, files)) for one in p.public_relations(commons)),
        ),
        _lines("wanted", sorted(_wanted(commons), key=dumps)),
        f'"redirects": {dumps(_redirects(commons))}',
        _lines("kinds", (_kind(kind) for kind in sorted(kinds, key=lambda kind: kind.name))),
        _lines("vocabularies", (_vocabulary(said.vocabularies[name]) for name in sorted(said.vocabularies))),
        _lines("relation_types", (_relation_type(said.relation_types[name]) for name in sorted(said.relation_types))),
    ]
    yield File("data/everything.json", ("{\n" + ",\n".join(parts) + "\n}\n").encode())


def dumps(value: object) -> str:
    """`value` as JSON on one line that is also safe inside a script element."""
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    return text.replace("<", "\\u003c").replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")


def _lines(key: str, items: Iterable[object]) -> str:
    lines = [dumps(item) for item in items]
    return f'"{key}": [\n' + ",\n".join(lines) + "\n]" if lines else f'"{key}": []'


def _entry(profile: Profile, commons: Commons) -> dict[str, Any]:
    kind = commons.catalog.declarations.kinds[profile.kind]
    return {
        "id": profile.id,
        "kind": profile.kind,
        "page": p.page_of(profile, kind),
        "language": profile.language,
        "license": p.license_of(profile, commons),
        "created": p.plain(profile.created),
        "changed": p.plain(profile.changed),
        "trust": [_trust(one) for one in profile.trust],
        "review_overdue": profile.review_overdue,
        "example": profile.is_example,
        "articles": sorted(slug for slug in profile.articles if slug in commons.stories),
        "fields": p.plain_fields(profile.values, kind.fields),
    }


def _trust(trust: Trust) -> dict[str, Any]:
    return {"word": trust.word, "count": trust.count, "on": p.plain(trust.on), "how": trust.how}


def _withdrawn(profile: Profile, commons: Commons) -> dict[str, Any]:
    told = p.withdrawal(profile, commons)
    return {
        "id": profile.id,
        "status": "withdrawn",
        "date": told.get("ended") or p.plain(profile.changed),
        "reason": told.get("withdrawn_because"),
    }


def _article(story: Story, commons: Commons) -> dict[str, Any]:
    kind = commons.catalog.declarations.article
    known = p.public_ids(commons)
    return {
        "slug": story.slug,
        "date": p.plain(story.date),
        "mentions": sorted(id_ for id_ in story.mentions if id_ in known),
        "versions": {
            language: {
                "license": p.story_license(story, language, commons),
                "fields": p.plain_fields(story.values.get(language, {}), kind.fields if kind else {}),
            }
            for language in sorted(story.versions)
        },
    }


def _relation(relation: Relation, licenses: list[str]) -> dict[str, Any]:
    return {
        "type": relation.type,
        "subject": p.plain(relation.subject),
        "object": p.plain(relation.object),
        "state": relation.state,
        "stated_by": sorted(relation.stated_by),
        "reported_by": sorted(relation.reported_by),
        "since": p.plain(relation.since),
        "until": p.plain(relation.until),
        "as_of": p.plain(relation.as_of),
        "ended": relation.ended,
        "what": p.texts(relation.what),
        "changed": p.texts(relation.changed),
        "note": p.texts(relation.note),
        "decisions": [_decision(decision) for decision in relation.decisions],
        "sources": p.plain(relation.sources),
        "licenses": licenses,
    }


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "body": p.texts(decision.body),
        "act": decision.act,
        "on": p.plain(decision.on),
        "note": p.texts(decision.note),
        "source": p.plain(decision.source),
    }


def _wanted(commons: Commons) -> Iterator[dict[str, Any]]:
    known = p.public_ids(commons)
    for wanted in commons.wanted:
        named_by = [{"entry": entry, "type": type_} for entry, type_ in sorted(wanted.by) if entry in known]
        if named_by:
            yield {"name": p.texts(wanted.name), "url": wanted.url, "kinds": sorted(wanted.kinds), "by": named_by}


def _redirects(commons: Commons) -> dict[str, str]:
    known = p.public_ids(commons)
    return {old: commons.redirects[old] for old in sorted(commons.redirects) if commons.redirects[old] in known}


def _kind(kind: Kind) -> dict[str, Any]:
    return {
        "name": kind.name,
        "folder": kind.folder,
        "label": p.texts(kind.label),
        "label_plural": p.texts(kind.label_plural),
        "describes": p.texts(kind.describes),
        "traits": list(kind.traits),
        "schema_org": kind.schema_org,
        "fields": [_field(field) for field in kind.fields.values()],
    }


def _field(field: Field) -> dict[str, Any]:
    return {
        "name": field.name,
        "type": field.type,
        "many": field.many,
        "required": field.required,
        "vocabulary": field.vocabulary,
        "to": list(field.to),
        "label": p.texts(field.label),
        "help": p.texts(field.help),
        "maps": p.plain(field.maps),
        "fields": [_field(inner) for inner in field.fields.values()],
    }


def _vocabulary(vocabulary: Vocabulary) -> dict[str, Any]:
    return {
        "name": vocabulary.name,
        "label": p.texts(vocabulary.label),
        "describes": p.texts(vocabulary.describes),
        "source": p.plain(vocabulary.source),
        "words": [_word(vocabulary.words[id_]) for id_ in sorted(vocabulary.words)],
    }


def _word(word: Word) -> dict[str, Any]:
    return {
        "id": word.id,
        "label": p.texts(word.label),
        "definition": p.texts(word.definition),
        "aliases": p.plain(word.aliases),
        "broader": word.broader,
        "same_as": p.plain(word.same_as),
        "url": word.url,
    }


def _relation_type(type_: RelationType) -> dict[str, Any]:
    return {
        **_word(type_),
        "inverse": type_.inverse,
        "inverse_label": p.texts(type_.inverse_label),
        "symmetric": type_.symmetric,
        "from": list(type_.subjects),
        "to": list(type_.objects),
        "same_kind": type_.same_kind,
        "acyclic": type_.acyclic,
        "derived_from": type_.derived_from,
    }
