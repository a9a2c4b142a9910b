"""What somebody typed to ask for a part of a commons comes in, as it was typed; whether that is less than everything goes out.

Every build looks at it: what it takes to understand it is imported where something was asked for (`narrowing.py`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for, as it was typed: any of the `regions`, `countries`, `kinds` and `sectors`, and all of the `languages`."""

    languages: Sequence[str] = ()
    regions: Sequence[str] = ()
    countries: Sequence[str] = ()
    kinds: Sequence[str] = ()
    sectors: Sequence[str] = ()
    images: bool = True

    @property
    def is_narrow(self) -> bool:
        """Whether less than everything is asked for."""
        return not self.images or any((self.languages, self.regions, self.countries, self.kinds, self.sectors))
