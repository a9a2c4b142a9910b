"""One truth about facets: what search narrows by is what the pages of facets list, under the same names."""

from __future__ import annotations

from tests.running import ROOT

from auzolan.index.making.catalogue import facets_in
from auzolan.index.making.segments import kept, kinds_of, opened, segment
from auzolan.load.settings import load_settings
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.render.desk import desk_of
from auzolan.render.documents import documents
from auzolan.render.lists.counted import wide
from auzolan.render.lists.facets import facet_names


def test_search_narrows_by_the_facets_of_the_pages() -> None:
    settings, _ = load_settings(ROOT / "pelicanconf.py")
    commons = read(settings, ()).commons
    shared = context(commons, Given())
    found = list(documents(commons, shared, "ca"))
    members: dict[tuple[str, str], set[str]] = {}
    for document in found:
        for pair in document.facets:
            members.setdefault(pair, set()).add(document.id)
    listed = {(facet.id, value.id): set(value.members) for facet in commons.facets.values() for value in facet.values}
    assert members == listed and len(listed) > 100

    counts: dict[tuple[str, str], int] = {}
    for entry in opened(segment(found, "ca")).entries:
        for key in kinds_of(entry.id, kept(entry.kept)):
            counts[key] = counts.get(key, 0) + 1
    names = facet_names(desk_of(commons, shared, shared.speakers["ca"]))
    told = facets_in(counts, names)
    assert [facet.id for facet in told] == list(commons.facets)
    assert {facet.id for facet in told if facet.wide} == {one.facet.id for one in wide(commons)}
    labels = {facet.id: {value: (label, n) for value, label, n in facet.values} for facet in told}
    assert labels["country"]["ES"][0] == "Espanya"
    assert all(labels[facet][value][1] == len(ids) for (facet, value), ids in listed.items())
