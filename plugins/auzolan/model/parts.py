"""What of a commons a site holds, where that is a part: a choice comes in; what the part is called, and by what it is known, go out.

A part is a site of its own, with an id of its own, that begins with the id of the whole: nobody can take one for the other.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from auzolan.model.errors import AuzolanError

REGION, COUNTRY, KIND, SECTOR, LANGUAGE = "region", "country", "kind", "sectors", "language"
"""What somebody may choose by: facets, the kind of an entry, and a language of the pages."""
ORDER = (REGION, COUNTRY, KIND, SECTOR, LANGUAGE)
PATH = "part.json"
"""Where a built part says what it is."""
FORMAT = "auzolan-part/1"
MAX_NAME = 300
VALUE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._+-]{0,63}\Z", re.ASCII)
_OTHER = re.compile(r"[^a-z0-9]+")

Chosen = Mapping[str, tuple[str, ...]]
"""What is chosen by → values: any of these will do, and each must hold. Of languages all are there, the first as the default one."""


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the commons `of` (a site's id). `images`: whether pictures are in it; it holds `entries` of `total`."""

    of: str
    chosen: Chosen = field(default_factory=dict)
    images: bool = True
    entries: int = 0
    total: int = 0

    @property
    def name(self) -> str:
        """`country=ES,PT;language=ca;images=no`: the same choice has the same name."""
        told = [f"{name}={','.join(self.chosen[name])}" for name in ORDER if self.chosen.get(name)]
        return ";".join([*told, *([] if self.images else ["images=no"])])

    @property
    def site(self) -> str:
        """The id of the part's own site."""
        return f"{self.of}/part/{self.name}"

    @property
    def folder(self) -> str:
        """What the part is called where each part has a folder: short, and safe on every system."""
        short = _OTHER.sub("-", self.name.lower()).strip("-")[:60].strip("-")
        return f"{short}-{hashlib.sha256(self.name.encode()).hexdigest()[:8]}"

    def told(self) -> dict[str, object]:
        """The part as plain values, as it stands in files."""
        chosen = {name: list(self.chosen[name]) for name in ORDER if self.chosen.get(name)}
        return {"of": self.of, "chosen": chosen, "images": self.images, "entries": self.entries, "total": self.total}

    def options(self) -> list[str]:
        """The options of `auzolan build` that make it."""
        options = {SECTOR: "sector"}
        told = [f"--{options.get(name, name)}={one}" for name in ORDER for one in self.chosen.get(name, ())]
        return [*told, *([] if self.images else ["--without-images"])]

    def words(self) -> str:
        """What it is, for people who run commands: `country ES, language ca, without pictures`."""
        told = [f"{name} {' or '.join(self.chosen[name])}" for name in ORDER if self.chosen.get(name)]
        return ", ".join([*told, *([] if self.images else ["without pictures"])])


def part_chosen(of: str, chosen: Mapping[str, Iterable[str]], *, images: bool = True) -> Part | None:
    """The part that somebody chose; None where that is everything. Raises AuzolanError where its name would be too long."""
    kept = {name: tuple(dict.fromkeys(chosen[name])) for name in ORDER if name in chosen}
    # The order in which values were typed makes no other part; of languages the first is the default one.
    told = {name: values if name == LANGUAGE else tuple(sorted(values)) for name, values in kept.items() if values}
    part = Part(of, told, images)
    if len(part.name) > MAX_NAME:
        raise AuzolanError(
            "a part of so many values has no name that others could read", "name fewer, or a larger region"
        )
    return part if part.name else None
