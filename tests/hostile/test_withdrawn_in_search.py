"""Entries that were withdrawn, and places that are hidden, in what was built of the others: search, facets, who is near whom."""

from __future__ import annotations

import pytest
from tests.helpers import catalog
from tests.render import site as s

from auzolan.index import build, open_shards
from auzolan.index.format import shards_of
from auzolan.link import link
from auzolan.model.briefs import briefs_of
from auzolan.model.commons import Commons
from auzolan.render.desk import desk_of
from auzolan.render.documents import documents
from auzolan.render.entry.near import near_views
from auzolan.render.shared.context import Context

SHARED = "topics: [commons]\nsectors: [food]\n"
SAID = "name: {0}\nsummary: {{en: Of {0}., ca: De {0}.}}\n" + SHARED
GONE = "status: withdrawn\nwithdrawn_because: request\n"
SECRET = SAID.format("Zyxwithdrawn") + "places: [{country: IS, locality: Zyxtown}]\n"
HIDDEN = "places: [{country: ES, precision: hidden, locality: Zyxhidden, postcode: '08999', latitude: '41.123', longitude: '2'}]\n"
NEAR = "relations: [{type: member-of, to: organization/gone}]\n"


def made(gone: str) -> Commons:
    found = catalog(
        {
            "cooperative/a": SAID.format("Alfa") + NEAR + "description: With [[organization/gone|them]].\n",
            "cooperative/b": SAID.format("Beta") + NEAR,
            "cooperative/c": SAID.format("Gamma") + HIDDEN,
            "organization/gone": gone,
        },
        bare=["organization/gone"],
    )
    return link(found, briefs_of(found))[0]


# `check` refuses a withdrawn entry that says more, and an exact place that is hidden; what is built does not rely on it.
@pytest.mark.parametrize("gone", [GONE, GONE + SECRET + NEAR.replace("organization/gone", "cooperative/a")])
@pytest.mark.parametrize("language", ["en", "ca"])
def test_nothing_of_them_is_found(gone: str, language: str) -> None:
    commons = made(gone)
    context: Context = s.context(commons)
    files = {one.path: one.data for one in build(list(documents(commons, context, language)), language)}
    said = b"\n".join(payload for data in files.values() for payload in shards_of(data).values())
    for secret in (b"organization/gone", b"zyx", b"Zyx", b"08999", b"41.123", b"=IS="):
        assert secret not in said
    reader = open_shards(files.get, language)
    counts = reader.search("", facets={"topics": ["commons"]}, count=["country", "topics", "kind"]).counts
    assert counts["kind"] == {"cooperative": 3} and counts["topics"] == {"commons": 3}
    assert counts.get("country", {}) == {"ES": 1}, "the country of a hidden place may be known"


@pytest.mark.parametrize("gone", [GONE, GONE + SECRET])
def test_nobody_is_near_them_or_by_them(gone: str) -> None:
    commons = made(gone)
    for id_ in ("cooperative/a", "cooperative/b", "cooperative/c"):
        related = commons.related(id_)
        assert related and all(one.id.startswith("cooperative/") and not one.relations for one in related)
    assert commons.related("organization/gone") == ()
    desk = desk_of(commons, s.context(commons), s.context(commons).speakers["ca"])
    told = repr([near_views(desk, profile, ()) for profile in commons.profiles.values() if not profile.withdrawn])
    assert "Beta" in told and "Zyx" not in told and "organization/gone" not in told
