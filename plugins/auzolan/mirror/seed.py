"""The place of a copy comes in; its source goes out, proven as far as the copy proves itself, and how far that is."""

from __future__ import annotations

import datetime
import hashlib
from contextlib import closing
from dataclasses import dataclass

from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import patience
from auzolan.mirror.names import MAX_SUMS, SUMS, files_of, listed
from auzolan.mirror.proving import Proven, prove
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import EDITION, MAX_STATEMENT

SOURCE = "data/source.zip"
MAX_SOURCE = 1_000_000_000
_HOURS = 3600 * 4
_LEAST = 100


@dataclass(frozen=True, slots=True)
class Seed:
    """A source.zip. `proven` is the edition it belongs to; None where the copy is none, and its own sums are all that was
    compared."""

    data: bytes
    proven: Proven | None


def seed_of(place: str, now: datetime.datetime) -> Seed:
    """The source of the copy at an address, in a folder, a mirror or a zip (mirror.carriers). Raises Refused where it is not what
    the copy's own statements say, AuzolanError where there is none."""
    with closing(carrier_of(place, patience(_HOURS, _LEAST))) as carrier:
        proven = prove(carrier.read, None, now) if carrier.read(EDITION, MAX_STATEMENT) is not None else None
        sums = carrier.read(SUMS, MAX_SUMS)
        if sums is None:
            raise Refused(
                "no-edition",
                f"{place} holds no {SUMS}",
                "name the address at which its home page lies, without index.html",
            )
        files = files_of(sums, proven.edition) if proven else listed(sums)
        data = carrier.read(SOURCE, MAX_SOURCE) if SOURCE in files else None
        if data is None:
            raise Refused(
                "no-edition", f"{place} holds no {SOURCE}", "it was built without the data plugin: ask for its source"
            )
        if hashlib.sha256(data).hexdigest() != files[SOURCE]:
            raise Refused("tampered", f"{SOURCE} of {place} is not what {SUMS} says", "take another copy")
        return Seed(data, proven)
