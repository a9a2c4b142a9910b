"""Places: coordinates on Earth and in pairs, a region in its country, and hidden places that stay hidden."""

from __future__ import annotations

from collections.abc import Iterator

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Scalar
from auzolan.model.values import number
from auzolan.model.words import word_id

_LIMITS = {"latitude": 90, "longitude": 180}


def check_places(context: Context, document: Document) -> Iterator[Diagnostic]:
    """P001 to P004 for every place of every entry."""
    if document.entry is None:
        return
    for _, node, _ in document.leaves.get("place", ()):
        if isinstance(node, Tree):
            yield from _place(context, node, document.path)


def _place(context: Context, node: Tree, path: str) -> Iterator[Diagnostic]:
    for name, limit in _LIMITS.items():
        written = node.get(name)
        value = number(written.text) if isinstance(written, Scalar) else None
        if written is not None and value is not None and abs(value) > limit:
            yield at(
                "P001",
                f"a {name} is between -{limit} and {limit}",
                path,
                written,
                "are latitude and longitude swapped?" if abs(value) <= 180 else "degrees, with a point: 41.3825",
            )
    given = [name for name in _LIMITS if node.get(name) is not None]
    if len(given) == 1:
        missing = "longitude" if given[0] == "latitude" else "latitude"
        yield at(
            "P003", f"`{given[0]}` stands without `{missing}`", path, node.keys[given[0]], f"write `{missing}` too"
        )
    region = node.get("region")
    country = node.text("country")
    if (
        isinstance(region, Scalar)
        and country
        and "-" in region.text
        and not region.text.upper().startswith(country.upper() + "-")
    ):
        yield at("P002", f"`{region.text}` is not in `{country}`", path, region, "mend the country or the region")
    precisions = context.declarations.vocabularies.get("place-precisions")
    if word_id(precisions, node.text("precision")) == "hidden":
        for name in ("latitude", "longitude", "locality", "postcode"):
            if name in node.items:
                yield at("P004", f"a hidden place has no `{name}`: every copy of this file would tell it", path,
                         node.keys[name], "delete the line; country and region may stay")  # fmt: skip
