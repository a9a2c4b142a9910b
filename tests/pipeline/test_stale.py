"""What a commons reads differently is stale: whoever read it of the commons before is made again."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, replace
from typing import Any

import pytest
from tests.helpers import catalog as catalog_of

from auzolan.ledger.facts import KeptFacts
from auzolan.ledger.fresh import BASE
from auzolan.ledger.recording import Recorder, recorded
from auzolan.link import link
from auzolan.model import alike
from auzolan.model.alike import Likeness
from auzolan.model.briefs import brief_of
from auzolan.model.commons import Commons, Relation
from auzolan.model.entries import Catalog
from auzolan.pipeline.gists import gists_of, likeness_after
from auzolan.pipeline.stale import stale_reads

CONSTANT = {"settings", "declarations", "history", "elsewhere", "likeness"}
"""Where these change, everything is made anew, and no reader is asked for; of a part of a commons nothing is remembered. Where the
history says something else of an entry, that counts as changed. Nobody sees the likeness but `alike`."""
AA = "name: Aa\nsummary: They grow.\n"
STORY = '---\ntitle: {}\ndate: "2026-05-01"\nsummary: One.\n---\n\n{}\n'
BEFORE: dict[str, Any] = {
    "entries": {"cooperative/aa": AA, "cooperative/bb": AA.replace("Aa", "Bb"), "tool/aa": "name: T\nsummary: B.\n"},
    "articles": {"pay.md": STORY.format("Pay", "See [[cooperative/aa]].")},
    "pages": {"about.md": STORY.format("About", "Us.")},
}
AFTER: dict[str, dict[str, Any]] = {
    "nothing": {},
    "an entry more": {"entries": BEFORE["entries"] | {"cooperative/cc": AA.replace("Aa", "Cc")}},
    "an entry less": {"entries": {"cooperative/aa": AA, "cooperative/bb": AA.replace("Aa", "Bb")}},
    "a name": {"entries": BEFORE["entries"] | {"cooperative/aa": AA.replace("Aa", "Zz")}},
    "a word": {"entries": BEFORE["entries"] | {"cooperative/aa": f"{AA}topics: [commons]\nsectors: [food]\n"}},
    "a word that others have": {
        "entries": {id_: f"{text}topics: [commons]\n" for id_, text in BEFORE["entries"].items()}
    },
    "a network that others are in": {
        "entries": BEFORE["entries"]
        | {
            f"cooperative/{slug}": f"{AA}relations: [{{type: member-of, to: organization/net}}]\n"
            for slug in ("aa", "bb")
        }
        | {"organization/net": "name: Net\nsummary: A net.\n"}
    },
    "a number": {"entries": BEFORE["entries"] | {"cooperative/aa": f"{AA}members: {{count: '12'}}\n"}},
    "a relation": {
        "entries": BEFORE["entries"] | {"cooperative/aa": f"{AA}relations: [{{type: uses, to: tool/aa}}]\n"}
    },
    "something wanted": {
        "entries": BEFORE["entries"] | {"cooperative/aa": f"{AA}relations: [{{type: supplies, to: {{name: Forn}}}}]\n"}
    },
    "a former id": {"entries": BEFORE["entries"] | {"cooperative/aa": f"{AA}former_ids: [cooperative/old]\n"}},
    "a withdrawal": {
        "entries": BEFORE["entries"] | {"cooperative/bb": "status: withdrawn\nwithdrawn_because: request\n"}
    },
    "an article": {"articles": {"pay.md": STORY.format("Paid", "See [[cooperative/bb]].")}},
    "an article more": {"articles": BEFORE["articles"] | {"van.md": STORY.format("Van", "A van.")}},
    "a version": {"articles": BEFORE["articles"] | {"pay.ca.md": STORY.format("Paga", "Un.")}},
    "the words of a summary": {
        "entries": BEFORE["entries"] | {"cooperative/cc": "name: Aa\nsummary: They graft apples.\n"}
    },
    "the words that others use": {
        "entries": BEFORE["entries"]
        | {"cooperative/cc": "name: Aa\nsummary: Aa grow.\n", "tool/aa": "name: Tt\nsummary: Zz.\n"}
    },
    "a page": {"pages": {"about.md": STORY.format("About", "Them.")}},
    "a page more": {"pages": BEFORE["pages"] | {"more.md": STORY.format("More", "More.")}},
}


def made(told: Mapping[str, Any]) -> Commons:
    """The commons that files make; the withdrawn say nothing else."""
    said = BEFORE | dict(told)
    bare = [id_ for id_, text in said["entries"].items() if "withdrawn" in text]
    catalog = catalog_of(said["entries"], articles=said["articles"], pages=said["pages"], bare=bare)
    catalog = replace(catalog, texts={id_: one.source for id_, one in catalog.entries.items()})
    linked = link(catalog, {id_: brief_of(one, catalog.declarations, "en") for id_, one in catalog.entries.items()})[0]
    return replace(linked, likeness=Likeness(gists_of(linked.profiles, linked.profiles, "en")))


def plain(value: Any) -> Any:
    """What is in it, in its order, by what can be seen of it."""
    if isinstance(value, Mapping):
        return [(key, plain(value[key])) for key in value]
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [plain(one) for one in value]
    return repr(value)


def looks(values: Any, keys: Sequence[str]) -> dict[str, Callable[[Any], Any]]:
    """Every way of looking at a mapping or a sequence."""
    if isinstance(values, Mapping):
        found: dict[str, Callable[[Any], Any]] = {
            "all": plain,
            "keys": list,
            "how many": len,
            "items": lambda v: plain(dict(v.items())),
        }
        for key in keys:
            found |= {
                f"get {key}": lambda v, key=key: plain(v.get(key)),
                f"[{key}]": lambda v, key=key: plain(v[key]) if key in v else None,
                f"has {key}": lambda v, key=key: key in v,
            }
        return found
    return {"all": plain, "how many": len, "first": lambda v: plain(v[:1]), "backwards": lambda v: plain(list(reversed(v))),
            "any": bool, "has": lambda v: [key in v for key in keys]}  # fmt: skip


def _name(relation: Relation) -> str:
    return f"{relation.type} {relation.subject} {relation.object}"


def readers(one: Commons, other: Commons) -> dict[str, Callable[[Commons], Any]]:
    """Every way of reading a commons, by name: its fields, those of its catalog, and its methods."""
    found: dict[str, Callable[[Commons], Any]] = {}
    for field in fields(Commons):
        if field.init and field.name not in {"catalog", *CONSTANT}:
            values, others = getattr(one, field.name), getattr(other, field.name)
            keys = sorted({*values, *others}) if isinstance(values, Mapping) else list(values)
            for name, look in looks(values, keys).items():
                found[f"{field.name}: {name}"] = lambda c, f=field.name, look=look: look(getattr(c, f))
    for field in fields(Catalog):
        if field.name not in CONSTANT:
            values, others = getattr(one.catalog, field.name), getattr(other.catalog, field.name)
            keys = sorted({*values, *others}) if isinstance(values, Mapping) else list(values)
            for name, look in looks(values, keys).items():
                found[f"catalog.{field.name}: {name}"] = lambda c, f=field.name, look=look: look(getattr(c.catalog, f))
    ids = sorted({*one.profiles, *other.profiles})
    words = {(id_, value.id) for c in (one, other) for id_, facet in c.facets.items() for value in facet.values}
    found |= {f"neighbours {id_}": lambda c, id_=id_: c.neighbours(id_) for id_ in ids}
    found |= {f"related {id_}": lambda c, id_=id_: repr(c.related(id_)) for id_ in ids}
    found |= {f"alike {id_}": lambda c, id_=id_: repr(c.alike(id_)) for id_ in ids}
    found |= {f"wanted_by {id_}": lambda c, id_=id_: plain(c.wanted_by(id_)) for id_ in ids}
    found |= {f"counts {kind}": lambda c, kind=kind: plain(c.counts(kind)) for kind in one.by_kind}
    # Places of relations move; what is made of one is named by its ends, and made again where these have others.
    for name in sorted({_name(relation) for relation in one.relations}):
        found[f"relation {name}"] = lambda c, name=name: [
            repr(c.relation(at)) for at, it in enumerate(getattr(c, "plain", c).relations) if _name(it) == name
        ]
    for type_ in sorted({relation.type for relation in (*one.relations, *other.relations)}):
        found[f"relations_of {type_}"] = lambda c, type_=type_: repr(c.relations_of(type_))
    for facet, word in sorted(words):
        found[f"value {facet} {word}"] = lambda c, f=facet, w=word: repr(c.value(f, w))
        found[f"has_value {facet} {word}"] = lambda c, f=facet, w=word: c.has_value(f, w)
    return found


def test_every_way_of_reading_is_known() -> None:
    """A method that is added to Commons must be recorded, and stands in `readers`."""
    methods = {name for name, value in vars(Commons).items() if callable(value) and not name.startswith("_")}
    assert methods == {
        "alike", "fact", "derived", "value", "counts", "has_value", "neighbours", "related", "relation",
        "relations_of", "wanted_by",
    }  # fmt: skip


@pytest.fixture(autouse=True)
def every_word_is_rare(monkeypatch: pytest.MonkeyPatch) -> None:
    """In a commons of three entries none would be alike."""
    monkeypatch.setattr(alike, "PART", 1)
    monkeypatch.setattr(alike, "FLOOR", 10)


@pytest.mark.parametrize("way", [("nothing", after) for after in AFTER] + [(after, "nothing") for after in AFTER])
def test_who_reads_what_is_other_now_is_made_again(way: tuple[str, str]) -> None:
    old, new = (made(AFTER[name]) for name in way)
    ids = {*old.profiles, *new.profiles}
    again = {id_ for id_ in ids if old.catalog.entries.get(id_) != new.catalog.entries.get(id_)}
    differ = {id_: new.profiles.get(id_) for id_ in ids if repr(old.profiles.get(id_)) != repr(new.profiles.get(id_))}
    stale = frozenset(stale_reads(old, new, old.profiles, differ, again))
    likeness, alike = likeness_after(old.likeness, old.profiles, new, differ)
    assert {id_: likeness.nearest(id_) for id_ in ids} == {id_: new.alike(id_) for id_ in ids}
    stale |= alike
    recorder = Recorder()
    listened = recorded(old, KeptFacts(), recorder)
    for name, read in readers(old, new).items():
        with recorder.reads() as reads:
            value = read(listened)
        assert value == read(replace(old)), f"{name} reads something else where somebody listens"
        assert all(kind in BASE for kind, _ in reads), name
        if value != read(replace(new)):
            assert not stale.isdisjoint(reads), f"{name} gives something else, and nobody knows: {sorted(reads)}"
    if "nothing" == way[0] == way[1]:
        assert not stale


def test_there_is_no_field_that_nobody_listens_to() -> None:
    """A field that is added to Commons or Catalog is recorded, or is one on which everything depends."""
    recorder = Recorder()
    listened = recorded(made({}), KeptFacts(), recorder)
    for owner in (listened, listened.catalog):
        for field in fields(Catalog if isinstance(owner, Catalog) else Commons):
            if not field.init or field.name in CONSTANT or field.name == "catalog":
                continue
            with recorder.reads() as reads:
                plain(getattr(owner, field.name))
            assert reads, field.name
