"""A copy's statements, as they were read and proven, come in; the files of them that a copy carries go out.

Only what counts is carried on: signatures of those whom the trust list names, and no file of which nobody knows what it says.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping

from auzolan.mirror.names import SUMS
from auzolan.mirror.proving import Proven
from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import LISTS, MAX_SIGNATURE, Read, who_signed
from auzolan.mirror.statements import (
    ALLOWED,
    EDITION,
    FRESHNESS,
    MAX_STATEMENT,
    SIGNATURE,
    TRUST,
    Trust,
    freshness_of,
    trust_of,
)
from auzolan.mirror.told import READ_ME, beside

_NAMED = re.compile(
    r"(?:edition\.json|freshness\.json|trust/[1-9][0-9]{0,3}\.json)(?:\.[a-z0-9](?:[a-z0-9-]{0,30}[a-z0-9])?\.sig)?\Z"
)


class Noted:
    """Reads, and keeps what was read."""

    def __init__(self, read: Read) -> None:
        self._read = read
        self.files: dict[str, bytes] = {}

    def __call__(self, path: str, most: int) -> bytes | None:
        """As every Read."""
        if path not in self.files:
            data = self._read(path, most)
            if data is None:
                return None
            self.files[path] = data
        return self.files[path]


def is_called_as_one(path: str) -> bool:
    """Whether a file of this name is a part of the edition itself: no page may hide behind such a name."""
    return path in (SUMS, ALLOWED, READ_ME) or bool(_NAMED.match(path))


def statements_of(proven: Proven, read: Noted, before: Mapping[str, bytes]) -> dict[str, bytes]:
    """The files by which the copy proves itself to anybody, also to whoever knows its first trust list alone. `before` are those of
    the copy before: the versions of the list that were known already, and maybe a newer statement of freshness."""
    found = dict(_lists(proven, read, before))
    found |= dict(beside([proven.trust]))
    found[EDITION] = proven.edition.data
    found |= _signatures(EDITION, proven.signed, read.files)
    found |= _freshness(proven, read.files, before)
    return found


def _lists(proven: Proven, read: Noted, old: Mapping[str, bytes]) -> Iterator[tuple[str, bytes]]:
    walked = {one.version: one.data for one in proven.chain}
    before: Trust | None = None
    for version in range(1, proven.trust.version + 1):
        path = TRUST.format(version)
        data = walked.get(version) or old.get(path) or read.files.get(path)
        if data is None:
            before = None
            continue
        trust = trust_of(data, path)
        yield path, data
        judges = before or trust
        names = [one.name for one in judges.signers]
        signatures = _signatures(path, names, old) if old.get(path) == data else {}
        if len(signatures) < judges.threshold:
            signatures = _signatures(path, who_signed(data, path, LISTS, judges.signers, read), read.files)
        yield from signatures.items()
        before = trust


def _signatures(path: str, names: Iterable[str], files: Mapping[str, bytes]) -> dict[str, bytes]:
    wanted = [SIGNATURE.format(path, name) for name in names]
    return {one: files[one] for one in wanted if one in files}


def _freshness(proven: Proven, files: Mapping[str, bytes], before: Mapping[str, bytes]) -> dict[str, bytes]:
    old = {path: data for path, data in before.items() if path.startswith(FRESHNESS)}
    if before.get(EDITION) != proven.edition.data:
        old = {}
    if not proven.stated:
        return old
    new = {FRESHNESS: files[FRESHNESS]} | _signatures(FRESHNESS, proven.stated.split(", "), files)
    try:
        later = not old or freshness_of(new[FRESHNESS]).date > freshness_of(old[FRESHNESS]).date
    except (KeyError, Refused):
        later = True
    return new if later else old


def most_of(path: str) -> int:
    """The most bytes that such a file may have."""
    return MAX_SIGNATURE if path.endswith(".sig") else MAX_STATEMENT
