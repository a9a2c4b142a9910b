"""A catalog comes in; what every part of linking looks up goes out: ids, the date of the build, the values of an entry."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from auzolan.model.briefs import Brief
from auzolan.model.commons import Reference
from auzolan.model.entries import Catalog, Entry
from auzolan.model.values import values_of

KEPT = frozenset({"withdrawn_because"})
"""What of a withdrawn entry goes on."""


@dataclass(frozen=True, slots=True)
class Linking:
    """`briefs` tell of every entry of the commons, `catalog` holds those that are linked. `redirects`: former ids to ids."""

    catalog: Catalog
    briefs: Mapping[str, Brief]
    withdrawn: frozenset[str]
    redirects: Mapping[str, str]

    @property
    def today(self) -> datetime.date | None:
        """The declared date of the build."""
        return self.catalog.history.build_date

    def resolve(self, id_: str) -> str | None:
        """Today's id for an id or a former id, or None where there is no such entry."""
        found = self.redirects.get(id_, id_)
        return found if found in self.briefs else None

    def reference(self, reference: Reference) -> Reference:
        """`reference` with today's id."""
        return reference if reference.entry is None else Reference(self.resolve(reference.entry))


def linking_of(catalog: Catalog, briefs: Mapping[str, Brief]) -> Linking:
    """What linking the entries of `catalog` looks up. Its entries are not looked at."""
    withdrawn = frozenset(brief.id for brief in briefs.values() if brief.withdrawn)
    redirects = {former: brief.id for brief in briefs.values() for former in brief.former_ids if former not in briefs}
    return Linking(catalog, briefs, withdrawn, redirects)


def linked_values(linking: Linking, entry: Entry) -> dict[str, Any]:
    """The typed values of an entry; of a withdrawn one, the reason alone."""
    declarations = linking.catalog.declarations
    fields = declarations.kinds[entry.kind].fields
    if entry.id in linking.withdrawn:
        fields = {name: field for name, field in fields.items() if name in KEPT}
    values = values_of(fields, entry.fields, linking.briefs[entry.id].language, declarations.vocabularies)
    places = values.get("places")
    if isinstance(places, tuple):
        values["places"] = tuple(
            {k: v for k, v in place.items() if k in ("country", "region", "precision", "role")}
            if place.get("precision") == "hidden"
            else place
            for place in places
        )
    return values
