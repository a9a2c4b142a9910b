"""The files of `data/` come in; what each is, how large and under which licence goes out, for people."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from typing import Any

from auzolan.export.everything import FORMAT
from auzolan.export.public import Public, public_of
from auzolan.export.tables import RELATIONS, table_path
from auzolan.model.commons import Commons
from auzolan.model.pages import Assembly, Part


def downloads(files: Iterable[tuple[str, int, str]], commons: Commons) -> list[dict[str, Any]]:
    """One dict per file of `data/` among `files` (path, size in bytes, sha256 in hex), in their order: `path`, `size`,
    `sha256`, `license` (SPDX expression), `exceptions` (how many of its items carry another licence, each its own),
    `key` (`everything`, `csv-<folder>`, `relations`, `places`, `schemas`, `source`, `readme`), `kind` (of tables and
    schemas, else "")."""
    told = {path: said for path, *said in _catalogue(public_of(commons))}
    return [
        {
            "path": path,
            "size": size,
            "sha256": sha256,
            **dict(zip(("key", "kind", "license", "exceptions"), told[path], strict=True)),
        }
        for path, size, sha256 in files
        if path in told
    ]


def _catalogue(public: Public) -> Iterator[tuple[str, str, str, str, int]]:
    """Path, key, kind, licence and exceptions of every download there can be."""
    settings, said = public.commons.catalog.settings, public.commons.catalog.declarations
    usual = settings.entry_license
    entries = set(public.commons.derived("export.odd", lambda: _odd(public)))
    versions = [one for story in public.commons.stories.values() for one in public.article_licenses(story)]
    mixed = len(entries) + sum(one != settings.article_license for one in versions)
    both = " AND ".join(dict.fromkeys((usual, settings.article_license)))
    yield "data/everything.json", "everything", "", both if versions else usual, mixed
    for kind in said.kinds.values():
        odd = sum(id_.startswith(f"{kind.name}/") for id_ in entries)
        yield table_path(kind), f"csv-{kind.folder}", kind.name, usual, odd
    yield RELATIONS, "relations", "", usual, _odd_relations(public, entries)
    yield "data/places.geojson", "places", "", usual, sum(map(public.points, entries))
    for kind in (*said.kinds.values(), *([said.article] if said.article else [])):
        yield f"data/schemas/{kind.name}.schema.json", "schemas", kind.name, usual, 0
    yield "data/source.zip", "source", "", both, mixed
    yield "data/README.txt", "readme", "", usual, 0


def _odd(public: Public) -> tuple[str, ...]:
    """The entries that carry another licence than the usual one."""
    usual = public.commons.catalog.settings.entry_license
    return tuple(id_ for id_ in sorted(public.commons.listed) if (told := public.told(id_)) and told.license != usual)


def _odd_relations(public: Public, entries: set[str]) -> int:
    """How many relations carry another licence than the usual one: only those of `entries` can."""
    if not entries:
        return 0
    usual = [public.commons.catalog.settings.entry_license]
    relations = (public.commons.relation(at) for _, at in public.relations)
    concerned = (one for one in relations if {one.subject.entry, one.object.entry} & entries)
    return sum(public.licenses(one, public.ends(one)) != usual for one in concerned)


_TOLD = {
    "everything": "All of it, for programs. Described below.",
    "csv": "The entries of one kind, for spreadsheets.",
    "relations": "Who does what with whom, a row a relation, for spreadsheets.",
    "places": "Places with coordinates, for maps (GeoJSON).",
    "schemas": "The form of an entry's file, for editors (JSON Schema, draft-07).",
    "source": "The files this site is made from. A whole site can be built again from them.",
    "readme": "This text.",
}


def readme(public: Public) -> Iterator[Assembly]:
    """`data/README.txt`: what each file is, its licence, and how to read it."""
    yield Assembly("data/README.txt", (Part("all", partial(_readme, public.commons)),))


def _readme(commons: Commons) -> bytes:
    lines = [f"The data of {commons.catalog.settings.site_name}", ""]
    # It counts over all entries: so it reads anew, as a part of its own, which entries and relations there are.
    for path, key, _, license_, exceptions in sorted(_catalogue(public_of(commons))):
        lines += [path.removeprefix("data/"), f"    {_TOLD[key.split('-')[0]]}", f"    Licence: {license_}"]
        lines += [f"    {exceptions} of its items have another licence and say so."] if exceptions else []
    return ("\n".join(lines) + _HOW).encode()


_HOW = f"""

Licences
    An entry or article may have a licence of its own. It then stands beside it: `license` in everything.json and
    places.geojson, `entry.license` in the tables. A relation has the licences of the entries that say it: `licenses`
    in everything.json, `license` in relations.csv. Pictures have their own licences too.

everything.json
    "format" is "{FORMAT}". New keys may come; a key that is there keeps its meaning as long as that number stays.
    Each object has all its keys; what is not known is null, an empty text, an empty list or an empty object. Only
    "fields" holds just what an entry says. Texts are written by language: {{"en": "...", "ca": "..."}}. Dates are 2010,
    2010-05 or 2010-05-14, as exact as they are known. A reference is {{"entry", "name", "url"}}: an id, or a name (and
    address) of what is not listed yet.
    about           the site, its languages and its usual licences
    entries         id, kind, page, language, license, created, changed, trust, review_overdue, example, articles,
                    fields
    withdrawn       id, status, date and class of reason. If you keep a copy, please delete the rest of these entries.
    articles        slug, date, mentions, and per language the licence and the front matter; the texts are in
                    source.zip
    relations       type, subject, object and their state: reported, stated, confirmed, disputed or derived, by whose
                    publication says so; then dates, decisions and sources
    wanted          what entries name and nobody has written yet
    redirects       former ids and where they lead now
    kinds, vocabularies, relation_types    what may be said, with labels in several languages

The tables (.csv)
    RFC 4180: commas, quotes, lines that end in CR LF; UTF-8 with a byte order mark, which spreadsheets need to show
    letters such as c with cedilla. In Python, open them with encoding="utf-8-sig".
    A column is named after its field: website, governance.how. Texts have a column for each language in use: name.en.
    Columns that begin with "entry." are computed, not written. Relations have a table of their own.
    A list stands in one cell: bread|housing. A list within a list: a;b|c. The nth parts of columns that belong together
    belong together: offers.what and offers.how. Within a list, the signs | ; \\ are written with a \\ before them.
    A spreadsheet runs what begins with = + - @ as a formula. So a text has an apostrophe before such a sign where it
    begins a cell, or comes after a line break, a tab or a semicolon. Numbers are left alone. everything.json has every
    text as it was written.

places.geojson
    WGS 84, longitude first. "precision" says how exact a point is: exact, town or region; null where nobody said.
    Hidden places are never in it.

source.zip
    Unpack it in an empty folder. history.json tells when each file came and last changed. A withdrawn entry's file
    holds what may stay of it and nothing else.
"""
