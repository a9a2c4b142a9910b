"""A Commons comes in; `data/everything.json` goes out: all that may be published, in one documented shape."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import Any

from auzolan.export import plain as p
from auzolan.export.declared import declared
from auzolan.export.public import Public
from auzolan.export.texts import dumps, json_list, whole_list
from auzolan.model.commons import Decision, Trust
from auzolan.model.pages import Assembly, Joined, Part

FORMAT = "auzolan-data/1"
"""Raised when a key changes its meaning or goes; new keys alone do not raise it."""


def everything(public: Public) -> Iterator[Assembly]:
    """`data/everything.json`. Every object of a list has all its keys; texts are maps language → text; dates are ISO
    8601, as exact as they are known; each item of a list has a line of its own, so that copies and diffs stay small."""
    yield Assembly("data/everything.json", Joined(_parts(public)))


def _parts(public: Public) -> Iterator[Sequence[Part]]:
    commons = public.commons
    yield [Part("about", partial(_about, public))]
    yield from json_list("entries", partial(_entry, public), [(id_, id_) for id_ in public.ids])
    # What a withdrawn entry's file still says is in no profile: so the file's digest tells whether it changed.
    gone = [(f"{id_} {commons.catalog.entries[id_].digest}", id_) for id_ in public.withdrawn()]
    yield from json_list("withdrawn", partial(_withdrawn, public), gone)
    yield from json_list("articles", partial(_article, public), [(slug, slug) for slug in sorted(commons.stories)])
    yield from json_list("relations", partial(_relation, public), public.relations)
    yield [
        Part("wanted", partial(_wanted, public)),
        Part("redirects", partial(_redirects, public)),
        Part("declarations", partial(_declarations, public)),
    ]


def _about(public: Public) -> bytes:
    settings = public.commons.catalog.settings
    about = {
        "id": settings.site_id,
        "name": settings.site_name,
        "url": settings.site_url,
        "languages": list(settings.languages),
        "entry_license": settings.entry_license,
        "article_license": settings.article_license,
    }
    return f'{{\n"format": {dumps(FORMAT)},\n"about": {dumps(about)}'.encode()


def _entry(public: Public, before: bytes, id_: str) -> bytes:
    profile = public.commons.profiles[id_]
    kind = public.commons.catalog.declarations.kinds[profile.kind]
    told = {
        "id": profile.id,
        "kind": profile.kind,
        "page": p.page_of(profile, kind),
        "language": profile.language,
        "license": p.license_of(profile, public.commons),
        "created": p.plain(profile.created),
        "changed": p.plain(profile.changed),
        "trust": [_trust(one) for one in profile.trust],
        "review_overdue": profile.review_overdue,
        "example": profile.is_example,
        "articles": sorted(profile.articles),
        "fields": p.plain_fields(public.values(profile), kind.fields),
    }
    return before + dumps(told).encode()


def _trust(trust: Trust) -> dict[str, Any]:
    return {"word": trust.word, "count": trust.count, "on": p.plain(trust.on), "how": trust.how}


def _withdrawn(public: Public, before: bytes, id_: str) -> bytes:
    profile = public.commons.profiles[id_]
    told = p.withdrawal(profile, public.commons)
    remains = {
        "id": profile.id,
        "status": "withdrawn",
        "date": told.get("ended") or p.plain(profile.changed),
        "reason": told.get("withdrawn_because"),
    }
    return before + dumps(remains).encode()


def _article(public: Public, before: bytes, slug: str) -> bytes:
    story = public.commons.stories[slug]
    kind = public.commons.catalog.declarations.article
    told = {
        "slug": story.slug,
        "date": p.plain(story.date),
        "mentions": sorted(id_ for id_ in story.mentions if public.told(id_)),
        "versions": {
            language: {
                "license": p.story_license(story, language, public.commons),
                "fields": p.plain_fields(story.values.get(language, {}), kind.fields if kind else {}),
            }
            for language in sorted(story.versions)
        },
    }
    return before + dumps(told).encode()


def _relation(public: Public, before: bytes, at: int) -> bytes:
    relation = public.commons.relation(at)
    told = {
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
        "licenses": public.licenses(relation, public.ends(relation)),
    }
    return before + dumps(told).encode()


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "body": p.texts(decision.body),
        "act": decision.act,
        "on": p.plain(decision.on),
        "note": p.texts(decision.note),
        "source": p.plain(decision.source),
    }


def _wanted(public: Public) -> bytes:
    lines = []
    for wanted in public.commons.wanted:
        by = [{"entry": entry, "type": type_} for entry, type_ in sorted(wanted.by) if public.told(entry)]
        told = {"name": p.texts(wanted.name), "url": wanted.url, "kinds": sorted(wanted.kinds), "by": by}
        lines += [dumps(told)] if by else []
    return whole_list("wanted", sorted(lines)).encode()


def _redirects(public: Public) -> bytes:
    redirects = public.commons.redirects
    return f',\n"redirects": {dumps({old: redirects[old] for old in sorted(redirects) if public.told(redirects[old])})}'.encode()


def _declarations(public: Public) -> bytes:
    lists = declared(public.commons.catalog.declarations)
    return ("".join(whole_list(key, map(dumps, items)) for key, items in lists) + "\n}\n").encode()
