"""A copy's statements come in; what they prove goes out: that it is *authentic*, and how *fresh* it was said to be.

The two are kept apart. What is authentic stays so; how old it is only ever warns.
"""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import EDITIONS, LISTS, STILL_NEWEST, Read, counted, who_signed
from auzolan.mirror.statements import (
    EDITION,
    FRESHNESS,
    MAX_STATEMENT,
    MAX_VERSIONS,
    TRUST,
    Edition,
    Freshness,
    Trust,
    edition_of,
    freshness_of,
    trust_of,
)

AHEAD = datetime.timedelta(days=1)
"""So much may the clocks of two machines differ."""


@dataclass(frozen=True, slots=True)
class Known:
    """What whoever proves a copy has seen before: a trust list, and an edition's serial and sha256, taken under the list of version
    `under`; and when an edition was last said to be the newest. `site` is the edition's, a part's or the whole's; "" where any of
    them will do."""

    trust: Trust
    serial: int = 0
    edition: str = ""
    under: int = 0
    newest: datetime.datetime | None = None
    site: str = ""


@dataclass(frozen=True, slots=True)
class Proven:
    """An authentic edition. `chain` are all versions of the trust list that were walked, the last one in force; `signed` are
    the signers that count; `newest` is when the edition was last said to be the newest, and `stated` by whom: "" where
    nobody but the edition itself says so. `passed_over` are sentences about statements that do not count."""

    edition: Edition
    chain: tuple[Trust, ...]
    signed: tuple[str, ...]
    newest: datetime.datetime
    stated: str = ""
    passed_over: tuple[str, ...] = ()

    @property
    def trust(self) -> Trust:
        """The trust list in force."""
        return self.chain[-1]

    def age(self, now: datetime.datetime) -> datetime.timedelta:
        """How long ago the edition was said to be the newest."""
        return max(now - self.newest, datetime.timedelta())

    def is_fresh(self, now: datetime.datetime) -> bool:
        """Whether it calls itself fresh at this age."""
        return self.age(now) <= datetime.timedelta(days=self.edition.fresh_days)


def prove(read: Read, known: Known | None, now: datetime.datetime, pinned: str = "") -> Proven:
    """What a copy proves to whoever knows `known`. `pinned` is the sha256 of a version of the trust list that somebody was told
    by other ways: the copy's must begin with it, or come to it. Raises Refused."""
    chain = walk(read, known.trust if known else None, pinned)
    trust = chain[-1]
    data = read(EDITION, MAX_STATEMENT)
    if data is None:
        raise Refused(
            "no-edition", "it holds no edition: edition.json is missing", "ask those who made it for an edition"
        )
    edition = edition_of(data)
    if edition.home != trust.site:
        raise Refused("wrong-site", f"it is an edition of `{edition.site}`, not of `{trust.site}`", "check the address")
    if known and known.site and known.site != edition.site:
        said = f"a part of the commons ({edition.part.words()})" if edition.part else "the whole commons"
        raise Refused("wrong-site", f"it is {said}, and not what is kept here, `{known.site}`",
                      "keep it in a folder of its own")  # fmt: skip
    signed = counted(who_signed(data, EDITION, EDITIONS, trust.signers, read), trust, "the edition")
    _not_older(edition, trust, known)
    newest, stated, passed_over = _newest(read, edition, trust, now)
    if known and known.edition == edition.digest and known.newest and known.newest > newest:
        newest = known.newest
    return Proven(edition, chain, tuple(signed), newest, stated, passed_over)


def walk(read: Read, known: Trust | None, pinned: str = "") -> tuple[Trust, ...]:
    """The versions of the trust list from the known one on (from the first, where none is known), each signed by those of
    the one before. Raises Refused."""
    chain = [known] if known else [_first(read)]
    if known:
        _same_list(read, known)
    for version in range(chain[0].version + 1, MAX_VERSIONS + 1):
        path = TRUST.format(version)
        data = read(path, MAX_STATEMENT)
        if data is None:
            break
        chain.append(_next(data, path, chain[-1], read))
    if pinned and pinned not in [one.digest for one in chain]:
        raise Refused("trust", f"its trust list is not the one that was asked for ({pinned[:16]}…)",
                      "compare the sha256 with those who told it")  # fmt: skip
    return tuple(chain)


def _first(read: Read) -> Trust:
    path = TRUST.format(1)
    data = read(path, MAX_STATEMENT)
    if data is None:
        raise Refused(
            "no-edition", f"nothing says who may sign it: {path} is missing", "ask those who made it for an edition"
        )
    trust = trust_of(data, path)
    if trust.version != 1:
        raise Refused(
            "trust", f"{path} says that it is version {trust.version}", "fetch it again, or from another copy"
        )
    # Nobody signed before them: that they hold the keys is all that their own signatures show.
    counted(who_signed(data, path, LISTS, trust.signers, read), trust, f"the first trust list, {path},", "trust")
    return trust


def _next(data: bytes, path: str, before: Trust, read: Read) -> Trust:
    trust = trust_of(data, path)
    if trust.version != before.version + 1:
        raise Refused(
            "trust", f"{path} says that it is version {trust.version}", "fetch it again, or from another copy"
        )
    if trust.site != before.site:
        raise Refused("wrong-site", f"{path} is of `{trust.site}`, not of `{before.site}`", "check the address")
    counted(who_signed(data, path, LISTS, before.signers, read), before, f"the trust list {path}", "trust")
    return trust


def _same_list(read: Read, known: Trust) -> None:
    """A copy may carry no list, or fewer versions than are known; never another one of the same version."""
    path = TRUST.format(known.version)
    data = read(path, MAX_STATEMENT)
    if data is not None and hashlib.sha256(data).hexdigest() != known.digest:
        if trust_of(data, path).site != known.site:
            raise Refused("wrong-site", f"it is a copy of another commons than `{known.site}`", "check the address")
        raise Refused(
            "trust", f"{path} is not the version {known.version} that is known", "ask those who sign which is theirs"
        )


def _not_older(edition: Edition, trust: Trust, known: Known | None) -> None:
    least = trust.least(edition.part)
    # A new list may begin again at a lower number: so a commons comes back from a number that a thief pushed up.
    if known and known.under == trust.version:
        least = max(least, known.serial)
    if edition.serial < least:
        raise Refused("rollback", f"it is edition {edition.serial}, older than edition {least}, which is known",
                      "take a newer copy")  # fmt: skip
    if known and known.serial == edition.serial and known.edition and known.edition != edition.digest:
        raise Refused("mix-and-match", f"it is another edition {edition.serial} than the one that is known",
                      "ask those who sign which is theirs")  # fmt: skip


def _newest(
    read: Read, edition: Edition, trust: Trust, now: datetime.datetime
) -> tuple[datetime.datetime, str, tuple[str, ...]]:
    try:
        data = read(FRESHNESS, MAX_STATEMENT)
        if data is None:
            return edition.date, "", ()
        said = freshness_of(data)
        reason = _no_statement(said, edition, now)
        who = [] if reason else who_signed(data, FRESHNESS, STILL_NEWEST, (*trust.signers, *trust.machines), read)
    except Refused as problem:
        return edition.date, "", (f"a statement of freshness was passed over: {problem}",)
    if not who:
        reason = reason or "nobody whom the trust list names has signed it"
        return edition.date, "", (f"a statement of freshness was passed over: {reason}",)
    return max(said.date, edition.date), ", ".join(who), ()


def _no_statement(said: Freshness, edition: Edition, now: datetime.datetime) -> str:
    if said.site != edition.site or said.serial != edition.serial or said.edition != edition.digest:
        return "it is about another edition"
    return "it is of a day that is still to come" if said.date > now + AHEAD else ""


def versions_of(chain: Sequence[Trust]) -> list[tuple[str, bytes]]:
    """The files of a trust list, by their paths."""
    return [(TRUST.format(one.version), one.data) for one in chain]
