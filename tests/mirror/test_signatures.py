"""Who signed is what ssh-keygen says, each over one sort of statement only; keys in hardware too, by recorded vectors."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.mirror.signing import key_of, signed, signer
from tests.running import ROOT

from auzolan.mirror.signatures import EDITIONS, LISTS, NoOpenSSH, allowed, is_signed_by, public_key, sign
from auzolan.mirror.statements import Signer, plain_key
from auzolan.model.errors import AuzolanError

DATA = b"what is signed\n"


def test_a_signature_is_right_for_its_data_its_namespace_and_its_key() -> None:
    signature = signed(DATA, EDITIONS, "anna")
    anna = signer("anna")
    assert is_signed_by(anna, DATA, EDITIONS, signature)
    assert not is_signed_by(anna, DATA + b"x", EDITIONS, signature)
    assert not is_signed_by(anna, DATA, LISTS, signature)
    assert not is_signed_by(signer("berta"), DATA, EDITIONS, signature)
    assert not is_signed_by(Signer("anna", signer("berta").key), DATA, EDITIONS, signature)


@pytest.mark.parametrize(
    "signature", [b"", b"x", b"-----BEGIN SSH SIGNATURE-----\n", b"\0" * 4000], ids=["none", "x", "half", "zeros"]
)
def test_noise_is_no_signature(signature: bytes) -> None:
    assert not is_signed_by(signer("anna"), DATA, EDITIONS, signature)


@pytest.mark.parametrize(
    "one",
    json.loads((ROOT / "tests/vectors/sk_ed25519.json").read_text("utf-8"))["signatures"],
    ids=lambda one: one["name"],
)
def test_keys_in_hardware(one: dict[str, str]) -> None:
    assert plain_key(one["key"]) == one["key"]
    found = is_signed_by(Signer("anna", one["key"]), one["data"].encode(), one["namespace"], one["signature"].encode())
    assert found is one["is_right"]


def test_the_list_of_keys_is_as_ssh_keygen_reads_it() -> None:
    assert allowed([signer("anna")], [EDITIONS]).decode() == f'anna namespaces="auzolan-edition" {signer("anna").key}\n'


def test_a_key_is_told_by_either_half(tmp_path: Path) -> None:
    key = key_of("anna")
    assert plain_key(public_key(key)) == plain_key(public_key(key.with_suffix(".pub"))) == signer("anna").key
    (tmp_path / "alone").write_bytes(key.read_bytes())
    (tmp_path / "alone").chmod(0o600)
    assert plain_key(public_key(tmp_path / "alone")) == signer("anna").key


def test_what_is_no_key_is_said_to_be_none(tmp_path: Path) -> None:
    (tmp_path / "no").write_text("-----BEGIN nothing", "utf-8")
    with pytest.raises(AuzolanError, match="no key of OpenSSH"):
        public_key(tmp_path / "no")
    with pytest.raises(AuzolanError, match="could not sign") as caught:
        sign(DATA, EDITIONS, tmp_path / "no")
    assert caught.value.hint
    with pytest.raises(AuzolanError, match="there is no key"):
        sign(DATA, EDITIONS, tmp_path / "absent")


def test_without_openssh_there_is_a_way_out(monkeypatch: pytest.MonkeyPatch) -> None:
    signature = signed(DATA, EDITIONS, "anna")
    is_signed_by.cache_clear()
    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(NoOpenSSH) as caught:
        is_signed_by(signer("anna"), DATA, EDITIONS, signature)
    assert "openssh" in caught.value.hint
