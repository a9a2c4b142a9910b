"""Nothing comes in; strategies for what people write into a commons go out: entries, articles, words, kinds, settings."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from typing import Any

from hypothesis import strategies as st
from tests.pipeline.grown import beginning, settings_file

from auzolan.model.changes import mark_of

KINDS = {"cooperative": "cooperatives", "tool": "tools", "organization": "organizations", "license": "licenses",
         "workshop": "workshops"}  # fmt: skip
"""Kinds of the grown site and their folders; `workshop` is its own."""
SLUGS = ("aa", "bb", "cc")
LICENSES = ("mit", "cc0-1.0", "agpl-3.0-or-later", "own")
IDS = (*(f"{kind}/{slug}" for kind in KINDS if kind != "license" for slug in SLUGS),
       *(f"license/{slug}" for slug in LICENSES))  # fmt: skip
STORIES = ("mill", "pay", "van")
TEXTS = ("Mill", "Garden & Sons", "Vans <Ltd>", "Öl", "zebra", "a longer text, of several words")
WEB = ("https://aa.coop/", "https://bb.coop/page", "https://cc.coop/feed.xml")
DAYS = ("2008", "2014-07", "2025-03-01", "2027-06-01")
SPDX = {"mit": "MIT", "cc0-1.0": "CC0-1.0", "agpl-3.0-or-later": "AGPL-3.0-or-later", "own": "LicenseRef-own"}
RELATIONS = ("partner-of", "member-of", "has-member", "uses", "supplies", "pools-with", "part-of", "hosts")

texts = st.sampled_from(TEXTS)
web = st.sampled_from(WEB)
days = st.sampled_from(DAYS)
ends = st.sampled_from(("2027-03", "2027-06-01", "2030"))
in_languages = st.one_of(texts, st.fixed_dictionaries({}, optional={"en": texts, "ca": texts}).filter(bool))


def _some(values: Sequence[str]) -> st.SearchStrategy[list[str]]:
    return st.lists(st.sampled_from(list(values)), min_size=1, max_size=2, unique=True)


def _id(there: Sequence[str]) -> st.SearchStrategy[str]:
    """Mostly the id of an entry that is there."""
    known = st.sampled_from(list(there)) if there else st.sampled_from(IDS)
    return st.one_of(known, known, known, known, st.sampled_from(IDS))


def prose(there: Sequence[str], stories: Sequence[str]) -> st.SearchStrategy[str]:
    """A paragraph with a mention, or none."""
    named = st.builds("See [[{}]] and **more**.".format, _id(there))
    called = st.builds("Once [[{}|{}]] came.".format, _id(there), st.sampled_from(("they", "we")))
    story = st.builds("It stands in [[article/{}]].".format, st.sampled_from([*stories, *stories, *STORIES]))
    return st.one_of(st.just("A *plain* paragraph."), named, named, called, story)


def _prose(there: Sequence[str], stories: Sequence[str]) -> st.SearchStrategy[Any]:
    one = prose(there, stories)
    return st.one_of(one, st.fixed_dictionaries({}, optional={"en": one, "ca": one}).filter(bool))


def _sources(there: Sequence[str]) -> st.SearchStrategy[Any]:
    source = st.fixed_dictionaries({"title": texts}, optional={"by": _id(there), "url": web, "published": days})
    return st.fixed_dictionaries({"report": source, "page": source}, optional={"paper": source})


def _relations(there: Sequence[str]) -> st.SearchStrategy[Any]:
    other = st.one_of(_id(there), _id(there), st.fixed_dictionaries({"name": texts}, optional={"url": web}))
    relation = st.fixed_dictionaries(
        {"type": st.sampled_from(RELATIONS), "to": other},
        optional={"since": days, "as_of": days, "note": texts, "sources": _some(("report", "page")), "until": ends},
    )
    return st.lists(relation, min_size=1, max_size=2)


def fields(kind: str, there: Sequence[str], stories: Sequence[str]) -> dict[str, st.SearchStrategy[Any]]:
    """What an entry of a kind may say, by field, beside what it must."""
    place = st.fixed_dictionaries(
        {"country": st.sampled_from(("ES", "FR"))},
        optional={"locality": texts, "latitude": st.sampled_from(("41.93", "41.9300")), "longitude": st.just("2.25"),
                  "precision": st.sampled_from(("exact", "town", "hidden")), "role": st.sampled_from(("seat", "serves"))},
    )  # fmt: skip
    record = st.fixed_dictionaries(
        {"sources": _sources(there)},
        optional={"submitted_by": st.sampled_from(("itself", "third-party")), "review_by": days, "as_of": days,
                  "verified": st.just([{"on": "2026-01-09", "how": "website"}]),
                  "thanks": _some(("Ana", "ana", "Biel <b>"))},
    )  # fmt: skip
    said: dict[str, st.SearchStrategy[Any]] = {
        "description": _prose(there, stories), "relations": _relations(there), "topics": _some(("commons", "food-sovereignty")),
        "places": st.lists(place, min_size=1, max_size=2), "written_in": st.sampled_from(("en", "ca")), "record": record,
        "former_ids": st.lists(st.sampled_from(IDS), min_size=1, max_size=1), "website": web, "started": days,
        "languages": _some(("ca", "es", "en")), "aliases": _some(TEXTS), "status": st.sampled_from(("active", "closed")),
        "image": st.sampled_from(("basket.png", "basket.png", "other.png")).map(
            lambda file: {"file": file, "alt": "A basket", "license": "CC-BY-SA-4.0", "credit": "Them"}
        ),
        "same_as": st.just({"wikidata": "Q4115189"}),
    }  # fmt: skip
    return said | _own(kind)


def _own(kind: str) -> dict[str, st.SearchStrategy[Any]]:
    if kind == "tool":
        return {
            "category": st.sampled_from(("accounting", "wiki")), "self_hosted": st.sampled_from(("true", "yes", "no")),
            "license": st.sampled_from(("MIT", "MIT OR AGPL-3.0-or-later", "LicenseRef-own", "CC0-1.0")),
            "platforms": _some(("web", "paper")),
        }  # fmt: skip
    if kind == "workshop":
        return {"machines": _some(("lathe", "loom", "Torn")), "benches": st.sampled_from(("12", "12.0", "3"))}
    if kind == "cooperative":
        return {
            "sectors": _some(("agriculture", "food")), "members": st.fixed_dictionaries({"count": st.just("120")}),
            "offers": st.just([{"what": "space", "how": "lend", "title": "Room", "until": "2027-03"}]),
            "needs": st.just([{"what": "knowledge", "how": "exchange", "title": "Help"}]),
        }  # fmt: skip
    return {}


@st.composite
def entries(draw: st.DrawFn, id_: str, there: Sequence[str], stories: Sequence[str]) -> dict[str, Any]:
    """An entry, mostly one in which nothing is wrong."""
    kind, slug = id_.split("/")
    if draw(st.integers(0, 11)) == 0:
        return {"status": "withdrawn", "withdrawn_because": "request"}
    must = {"name": draw(in_languages), "summary": draw(in_languages)}
    if kind == "license":
        must["spdx_id"] = SPDX.get(slug, "MIT")
    may = fields(kind, there, stories)
    chosen = draw(st.lists(st.sampled_from(sorted(may)), max_size=4, unique=True))
    made = must | {name: draw(may[name]) for name in chosen}
    if "relations" in made or "members" in made:
        made.setdefault("record", {"sources": {"report": {"title": "Report"}, "page": {"title": "Page"}}})
    return made


@st.composite
def other_order(draw: st.DrawFn, value: Any) -> Any:
    """The same with the names of its mappings in some other order."""
    if isinstance(value, Mapping):
        return {name: draw(other_order(value[name])) for name in draw(st.permutations(list(value)))}
    return value


@st.composite
def articles(draw: st.DrawFn, there: Sequence[str], stories: Sequence[str]) -> str:
    """An article."""
    head = draw(
        st.fixed_dictionaries(
            {"title": texts, "date": days.filter(lambda day: len(day) == 10), "summary": texts},
            optional={"topics": _some(("commons",)), "license": st.sampled_from(("CC-BY-SA-4.0", "MIT"))},
        )
    )
    links = [f"[Another]({{filename}}/articles/{slug}.md)." for slug in stories]
    link = draw(st.sampled_from(("", "", "![A basket]({static}/images/basket.png)", *links)))
    return f"---\n{written(head)}---\n\n{draw(prose(there, stories))}\n\n{link}\n"


def constants() -> dict[str, st.SearchStrategy[Any]]:
    """Files beside entries, articles and declarations, by path: what may stand in them."""
    basket = beginning()["content/images/basket.png"]
    return {
        "pelicanconf.py": st.builds(
            settings_file, st.sampled_from(("Grown", "Growing")), st.sampled_from(("", "https://grown.example")),
            st.lists(st.sampled_from(IDS), max_size=2), st.sampled_from(("CC0-1.0", "MIT")),
        ),
        "theme/locales/ca/LC_MESSAGES/auzolan.po": st.builds(
            'msgid "Find"\nmsgstr "{}"\n'.format, st.sampled_from(("Cerca", "Busca"))
        ),
        "templates/not_found.html": st.sampled_from(("It is not here.", "It is gone.", "{% broken")),
        "README.md": texts,
        "LICENSE": texts,
        "theme/static/more.css": texts,
        "content/images/other.png": st.sampled_from([basket, basket, basket + b"and more", b"no picture"]),
        "content/comments/tools/aa/one.md": st.builds(
            '---\nname: {}\ndate: "2026-05-01"\nlanguage: ca\n---\n\nSee [[{}]].\n'.format,
            st.sampled_from(("Ana", "Biel")), st.sampled_from(IDS),
        ),
        "history.json": histories(),
    }  # fmt: skip


@st.composite
def histories(draw: st.DrawFn) -> str:
    """What a copy without a git tells of a few entries."""
    paths = draw(
        _some([f"directory/{KINDS[kind]}/{slug}.yaml" for kind, _, slug in (id_.partition("/") for id_ in IDS)])
    )
    created = draw(st.sampled_from(("2019-05-01", "2020-01-01")))
    changed = draw(st.sampled_from(("2021-01-01", "2026-11-01")))
    lines = [f"{changed} ~summary@ca +relations=partner-of:tool/bb *{mark_of('Ana')}", "2020 x3"]
    told = {
        "format": "auzolan-history/1", "created": dict.fromkeys(paths, created), "changed": dict.fromkeys(paths, changed),
        "changes": dict.fromkeys(paths, lines) if draw(st.booleans()) else {},
    }  # fmt: skip
    if draw(st.integers(0, 5)) == 0:
        told["known"] = False
    return json.dumps(told)


def written(value: Mapping[str, Any]) -> str:
    """YAML."""
    return "".join(f"{name}: {json.dumps(said, ensure_ascii=False)}\n" for name, said in value.items())
