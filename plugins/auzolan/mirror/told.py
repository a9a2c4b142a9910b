"""A trust list comes in; what a copy tells of it to people and to ssh-keygen goes out.

Neither file is signed: both follow from the list, and whoever has proven that writes them again.
"""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Iterator

from auzolan.mirror.signatures import STILL_NEWEST, allowed
from auzolan.mirror.statements import ALLOWED, Signer, Trust
from auzolan.model.text import in_groups

READ_ME = "trust/README.txt"
_HOW = """
How to verify this copy without Auzolan, in its folder, with OpenSSH and the checksums that every system has:

    sha256sum --check --quiet SHA256SUMS
    grep -c "$(sha256sum < SHA256SUMS | cut -c 1-64)" edition.json
    for name in {names}; do
      ssh-keygen -Y verify -f trust/allowed_signers -I $name -n auzolan-edition -s edition.json.$name.sig < edition.json
    done

The first says nothing where every file is as it was signed; the second says 1; the third says "Good" for {many}.
The names and keys above are worth as much as the way on which they reached you: compare the sha256 of the list, or a
fingerprint, with somebody who has it from those people.
"""


def beside(trust: Iterable[Trust]) -> Iterator[tuple[str, bytes]]:
    """The files that follow from the list in force, by their paths; of none, none."""
    for one in trust:
        yield ALLOWED, allowed(one.signers) + allowed(one.machines, [STILL_NEWEST])
        yield READ_ME, _read_me(one)


def fingerprint(signer: Signer) -> str:
    """`SHA256:…`, as ssh-keygen tells it."""
    blob = base64.b64decode(signer.key.split()[1])
    return "SHA256:" + base64.b64encode(hashlib.sha256(blob).digest()).decode().rstrip("=")


def how_many(trust: Trust) -> str:
    """Who may sign, and how many must, in a sentence."""
    names = [one.name for one in trust.signers]
    if len(names) == 1:
        return f"{names[0]} alone signs: whoever has that key can sign anything, and if it is lost, a new list cannot follow"
    must = "any one of them is enough" if trust.threshold == 1 else f"{trust.threshold} of them must"
    return f"{', '.join(names)} may sign, and {must}"


def _read_me(trust: Trust) -> bytes:
    said = [
        f"Who signs editions of {trust.site}: version {trust.version} of the list, {trust.date:%Y-%m-%d}",
        f"sha256 {' '.join(in_groups(trust.digest))}",
        "",
        f"{how_many(trust)}.",
        "",
        *(f"    {one.name:<32} {fingerprint(one)}" for one in trust.signers),
    ]
    if trust.machines:
        said += ["", "That an edition is still the newest, these machines may say too:", ""]
        said += [f"    {one.name:<32} {fingerprint(one)}" for one in trust.machines]
    many = "the one name" if len(trust.signers) == 1 else f"{trust.threshold} of these names, or more"
    how = _HOW.format(names=" ".join(one.name for one in trust.signers), many=many)
    return ("\n".join(said) + "\n" + how).encode()
