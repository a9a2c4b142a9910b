"""The file `state.json` of a mirror comes in; what it knows goes out, and back.

It holds all that must agree: which copy is current, whose trust list is known, and the newest edition that was seen. It is put
in its place by one rename, and that is the moment at which a mirror turns from one copy to the next.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from auzolan.mirror.proving import Known
from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import MAX_SITE, Trust, trust_of
from auzolan.mirror.strict import fields_of, moment_text, written

FORMAT = "auzolan-mirror/1"
STATE = "state.json"
MAX_STATE = 16_000_000
_NAME = re.compile(r"\d{1,16}-[0-9a-f]{12}(?:-\d{1,6})?\Z", re.ASCII)


@dataclass(frozen=True, slots=True)
class State:
    """What a mirror knows. `origin` is where it was last synced from, `copy` the name of the current copy's folder, `kept` those of
    older ones. `site` is the edition's: of the whole, or of a part. `edition` is a sha256, taken under the trust list of version `under`; `newest` is when it was last said to be the newest.
    `synced` is when the copy came and every byte of it was checked, `looked` when the other side was last asked. `statements` are
    the files that belong to the edition itself, by their paths, each with its sha256."""

    origin: str
    trust: Trust
    serial: int
    edition: str
    under: int
    newest: datetime.datetime
    copy: str
    synced: datetime.datetime
    looked: datetime.datetime
    kept: tuple[str, ...] = ()
    statements: Mapping[str, str] = field(default_factory=dict)
    site: str = ""

    @property
    def known(self) -> Known:
        """What whoever has this state has seen before."""
        return Known(self.trust, self.serial, self.edition, self.under, self.newest, self.site)


def state_of(data: bytes) -> State:
    """Raises Refused for what is no state, or of a newer version."""
    fields = fields_of(data, STATE, FORMAT)
    copy, kept = fields.text("copy", 40), fields.texts("kept", 1_000, 40)
    if not all(_NAME.match(one) for one in (copy, *kept)):
        fields.wrong("a copy cannot be called so")
    try:
        trust = trust_of(fields.prose("trust").encode(), f"{STATE}, trust")
    except Refused as problem:
        fields.wrong(str(problem))
    return State(
        fields.text("from", 4_000), trust, fields.number("serial", 1), fields.digest("edition"),
        fields.number("under", 1), fields.moment("newest"), copy, fields.moment("synced"), fields.moment("looked"),
        kept, fields.by_name("statements", 10_000, 64), fields.text("site", MAX_SITE, otherwise=trust.site),
    )  # fmt: skip


def state_data(state: State) -> bytes:
    """The bytes of a state."""
    return written(
        {"format": FORMAT, "site": state.site or state.trust.site, "from": state.origin, "copy": state.copy, "kept": list(state.kept),
         "serial": state.serial, "edition": state.edition, "under": state.under, "newest": moment_text(state.newest),
         "synced": moment_text(state.synced), "looked": moment_text(state.looked),
         "statements": dict(state.statements), "trust": state.trust.data.decode()}
    )  # fmt: skip
