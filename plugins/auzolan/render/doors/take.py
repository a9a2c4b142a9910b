"""The downloads come in; the door Take it with you goes out: each file with its size, licence and checksum, where on the web the
same pages are, and how to verify, carry, host and continue all of it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import partial
from typing import Any
from urllib.parse import urlsplit

from auzolan.model.commons import Commons
from auzolan.model.pages import Page, Unit
from auzolan.model.text import in_groups
from auzolan.render.desk import Desk, desk_of
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import wrong_url
from auzolan.render.shared.context import Context
from auzolan.render.shared.elsewhere import address_of, mirrors_of, own_profile
from auzolan.render.shared.frame import page_of
from auzolan.render.shared.naming import Speaker, own_name

SUMS = "SHA256SUMS"
_UNITS = (("MB", 1_000_000), ("kB", 1_000))


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`data/index.html` in every language, where data is switched on."""
    if "data" in context.settings.features:
        for language, speaker in context.speakers.items():
            yield Unit(f"take {language}", partial(_page, desk_of(commons, context, speaker)))


def _page(desk: Desk) -> Iterator[Page]:
    context, speaker = desk.context, desk.speaker
    path = addresses.take(speaker.language, context.default)
    rows = [_row(desk, one) for one in context.downloads]
    view = {
        "groups": _groups(speaker, rows),
        "source": next((row for row in rows if row["key"] == "source"), None),
        "site_url": context.settings.site_url,
        "sums": SUMS,
        "fetch": _fetch(context.settings.site_url),
        "cost": _cost(speaker, *context.extent),
        "copies": _copies(desk),
        "entry_license": desk.license(context.settings.entry_license),
        "article_license": desk.license(context.settings.article_license),
    }
    title = speaker._("Take it with you")
    yield page_of(context, path, "take.html", speaker.language, view, title=title, door="take")


def _copies(desk: Desk) -> dict[str, Any]:
    """`own`, the site's own address (None where it has none); the `mirrors` that are known, each with the name of its `spoken`
    language where it is of one alone; and where to `tell` of another: the form of the entry that has them, or whoever looks after
    the site."""
    context, commons = desk.context, desk.commons
    url, profile = context.settings.site_url, own_profile(commons)
    mirrors = [{**one, "spoken": own_name(one["language"]) if one["language"] else ""} for one in mirrors_of(commons)]
    tell = ""
    if profile is not None and "directory" in context.settings.features:
        form = addresses.form(desk.kind(profile.kind), desk.language, context.default)
        tell = addresses.root_of(addresses.take(desk.language, context.default)) + addresses.asking(
            form, entry=profile.slug
        )
    return {"own": address_of(f"{url}/") if url else None, "mirrors": mirrors, "tell": tell or wrong_url(context)}


def _fetch(site_url: str) -> str:
    """The commands that fetch every file of the site: those that scripts load on demand stand in no link."""
    if not site_url:
        return ""
    deep = len(list(filter(None, urlsplit(site_url).path.split("/"))))
    cut = f" --cut-dirs={deep}" if deep else ""
    return "\n".join(
        (
            f"wget {site_url}/{SUMS}",
            f"sed 's|^[0-9a-f]*  |{site_url}/|' {SUMS} | wget -nv -x -nH{cut} -i -",
            f"sha256sum -c {SUMS}",
        )
    )


def _cost(speaker: Speaker, files: int, size: int) -> str:
    """How much room the site takes, in two figures: it need not be told anew for each word that changes. "" where nobody knows."""
    if not files:
        return ""
    return speaker.n(
        "The whole site takes about %(size)s, in about %(count)s file.",
        "The whole site takes about %(size)s, in about %(count)s files.",
        _rough(files),
        size=size_words(speaker, _rough(size)),
    )


def _rough(number: int) -> int:
    """A number in two figures: 4,171 → 4,200."""
    return round(number, 2 - len(str(number)))


def size_words(speaker: Speaker, size: int) -> str:
    """`3.2 MB`, `14 kB`, `320 bytes`: decimal units, one decimal below ten."""
    for unit, bytes_ in _UNITS:
        if size >= bytes_:
            amount = size / bytes_
            return f"{speaker.number(round(amount, 1) if amount < 10 else round(amount))}\u00a0{unit}"
    return speaker.n("%(count)s byte", "%(count)s bytes", size)


def _row(desk: Desk, one: Mapping[str, Any]) -> dict[str, Any]:
    speaker = desk.speaker
    key = str(one.get("key") or "")
    kind = desk.commons.catalog.declarations.kinds.get(str(one.get("kind") or ""))
    plural = (speaker.plain(kind.label_plural) or kind.name) if kind else str(one.get("kind") or "")
    title, words = _told(speaker, key.split("-")[0], plural)
    exceptions = int(one.get("exceptions") or 0)
    file = str(one["path"])
    return {
        "key": key,
        "path": file,
        "file": file.rpartition("/")[2],
        "title": title or file.rpartition("/")[2],
        "words": words,
        "size": size_words(speaker, int(one["size"])),
        "licenses": [desk.license(id_) for id_ in str(one["license"]).split(" AND ") if id_],
        "sha256": in_groups(str(one["sha256"])),
        "exceptions": speaker.n(
            "%(count)s of its items has another licence and says so.",
            "%(count)s of its items have another licence and say so.",
            exceptions,
        )
        if exceptions
        else "",
    }


def _told(speaker: Speaker, key: str, plural: str) -> tuple[str, str]:
    """The title of a download and what it is for."""
    told = {
        "everything": (
            speaker._("Everything"),
            speaker._("All entries, relations, words and articles' facts in one file, for programs (JSON)."),
        ),
        "csv": (plural, ""),
        "relations": (speaker._("Relations"), speaker._("Who does what with whom, a row a relation.")),
        "places": (speaker._("Places"), speaker._("Places with coordinates, for maps (GeoJSON).")),
        "schemas": (
            speaker._("Form: %(kind)s", kind=plural),
            speaker._("What a file of this kind may say, for editors (JSON Schema)."),
        ),
        "source": (
            speaker._("The whole source"),
            speaker._("Every file this site is made from. The whole site can be built again from it."),
        ),
        "readme": (speaker._("Read me"), speaker._("What is in each file, in plain text.")),
    }
    return told.get(key, ("", ""))


def _groups(speaker: Speaker, rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The rows in three parts: to read and rebuild, tables, forms; parts without rows are left out."""
    tables = [row for row in rows if row["key"].startswith("csv") or row["key"] in {"relations", "places"}]
    forms = [row for row in rows if row["key"] == "schemas"]
    whole = [row for row in rows if row not in tables and row not in forms]
    order = {"source": 0, "everything": 1}
    whole.sort(key=lambda row: order.get(row["key"], 2))
    parts = (
        (speaker._("All of it"), "", whole, False),
        (speaker._("Tables and maps"), speaker._("Tables are for spreadsheets (CSV)"), tables, False),
        (speaker._("Forms of the files"), "", forms, True),
    )
    return [
        {"title": title, "note": note, "rows": found, "folded": folded} for title, note, found, folded in parts if found
    ]
