"""Data and signatures come in; who signed goes out, as OpenSSH's `ssh-keygen` judges. Keys never come near us.

`ssh-keygen -Y` is on nearly every machine, so that whoever has no Auzolan verifies by the same program.
"""

from __future__ import annotations

import os
import subprocess
import tempfile
from collections.abc import Callable, Iterable
from functools import lru_cache
from pathlib import Path

from auzolan.mirror.refused import Refused
from auzolan.mirror.statements import SIGNATURE, Signer, Trust
from auzolan.model.errors import AuzolanError

MAX_SIGNATURE = 4_000
"""Bytes; one by a hardware key has some 400."""
EDITIONS, LISTS, STILL_NEWEST = "auzolan-edition", "auzolan-trust", "auzolan-freshness"
"""The namespaces of signatures: one over one sort of statement never counts for another."""
Read = Callable[[str, int], bytes | None]
"""A file of a copy, by its path and the most bytes that it may have: None where there is none, Refused where it is larger or
no plain file."""


class NoOpenSSH(AuzolanError):
    """OpenSSH's ssh-keygen is not there, or too old."""


def allowed(signers: Iterable[Signer], namespaces: Iterable[str] = (EDITIONS, LISTS, STILL_NEWEST)) -> bytes:
    """The `allowed_signers` file for these, as `ssh-keygen -Y verify -f` reads it."""
    spaces = ",".join(namespaces)
    return "".join(f'{one.name} namespaces="{spaces}" {one.key}\n' for one in signers).encode()


def who_signed(data: bytes, path: str, namespace: str, signers: Iterable[Signer], read: Read) -> list[str]:
    """The names of those among `signers` whose signature over `data` lies beside `path`, and is right."""
    return [one.name for one in signers
            if (signature := read(SIGNATURE.format(path, one.name), MAX_SIGNATURE)) is not None
            and is_signed_by(one, data, namespace, signature)]  # fmt: skip


@lru_cache(maxsize=64)
def is_signed_by(signer: Signer, data: bytes, namespace: str, signature: bytes) -> bool:
    """Whether this is the signer's signature over `data`; asked once a process, since a copy is proven more than once. Raises NoOpenSSH."""
    with tempfile.TemporaryDirectory(prefix="auzolan-") as place:
        (Path(place) / "allowed").write_bytes(allowed([signer], [namespace]))
        (Path(place) / "signature").write_bytes(signature)
        told = _ssh_keygen(
            "-Y", "verify", "-f", f"{place}/allowed", "-I", signer.name, "-n", namespace, "-s", f"{place}/signature",
            told=data,
        )  # fmt: skip
    return told.returncode == 0


def sign(data: bytes, namespace: str, key: Path) -> bytes:
    """The signature over `data` by a private key, or, where the key lies with ssh-agent, by the public one. ssh-keygen asks
    for a passphrase, or for a touch of a hardware key, by itself. Raises AuzolanError."""
    if not key.is_file():
        raise AuzolanError(f"there is no key {key}", "make one: ssh-keygen -t ed25519 -f FILE")
    with tempfile.TemporaryDirectory(prefix="auzolan-") as place:
        file = Path(place) / "statement"
        file.write_bytes(data)
        told = _ssh_keygen("-Y", "sign", "-n", namespace, "-f", os.fspath(key.resolve()), os.fspath(file), asks=True)
        made = file.with_name("statement.sig")
        if told.returncode or not made.is_file():
            said = told.stderr.decode("utf-8", "replace").strip().splitlines()[-1:] or ["it does not say why"]
            raise AuzolanError(
                f"ssh-keygen could not sign with {key}: {said[0]}", "is it the private key, or in ssh-agent?"
            )
        return made.read_bytes()


def public_key(key: Path) -> str:
    """The public half of a key file, private or public, as one line. Raises AuzolanError."""
    beside = key.with_name(key.name + ".pub")
    for file in (key, beside):
        try:
            text = file.read_text("utf-8", "replace")
        except OSError:
            continue
        if not text.startswith("-----"):
            return text.strip()
    told = _ssh_keygen("-y", "-f", os.fspath(key), asks=True)
    if told.returncode:
        raise AuzolanError(f"{key} is no key of OpenSSH", "make one: ssh-keygen -t ed25519 -f FILE")
    return told.stdout.decode("utf-8", "replace").strip()


def counted(names: Iterable[str], trust: Trust, what: str, threat: str = "signatures") -> list[str]:
    """Those who signed, if they are enough. Raises Refused."""
    found = sorted(set(names))
    if len(found) < trust.threshold:
        who = ", ".join(one.name for one in trust.signers)
        signed = f"only {', '.join(found)} did" if found else "none of them did"
        raise Refused(threat, f"{what} must be signed by {trust.threshold} of {who}: {signed}",
                      "fetch it from another copy, or ask those people")  # fmt: skip
    return found


def _ssh_keygen(*arguments: str, told: bytes | None = None, asks: bool = False) -> subprocess.CompletedProcess[bytes]:
    try:
        return subprocess.run(
            ["ssh-keygen", *arguments],
            input=told,
            stdin=None if asks else (subprocess.DEVNULL if told is None else None),
            capture_output=True,
            check=False,
        )
    except OSError as problem:
        raise NoOpenSSH("there is no ssh-keygen", "install OpenSSH (apt install openssh-client)") from problem
