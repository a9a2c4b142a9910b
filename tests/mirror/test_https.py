"""A copy over https: no certificate is believed that nobody vouches for, and one that is named in the ordinary way is."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.mirror.hostile import Server, leads_to, serving
from tests.mirror.signed import FILES, Commons
from tests.mirror.test_syncing import synced
from tests.running import auzolan, tree

from auzolan.mirror.carriers.carrier import Unreachable
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused

pytestmark = pytest.mark.skipif(
    shutil.which("openssl") is None, reason="openssl is not installed: sudo apt-get install openssl"
)


def certificate(folder: Path, name: str, stands_for: str) -> Path:
    """A certificate that vouches for itself, its key in the same file."""
    made = folder / f"{name}.pem"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={name}", "-addext", f"subjectAltName={stands_for}", "-keyout", str(folder / "key"), "-out", str(made)],
        check=True, capture_output=True,
    )  # fmt: skip
    made.write_text(made.read_text("ascii") + (folder / "key").read_text("ascii"), "ascii")
    return made


@pytest.fixture(scope="module")
def box(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return certificate(tmp_path_factory.mktemp("box"), "box", "IP:127.0.0.1")


@pytest.fixture
def commons(tmp_path: Path) -> Path:
    Commons().copy(tmp_path / "site")
    return tmp_path / "site"


@pytest.fixture
def place(tmp_path: Path) -> Place:
    return Place(tmp_path / "mirror")


@pytest.fixture
def server(commons: Path, box: Path) -> Iterator[Server]:
    with serving(commons) as one:
        secured(one, box)
        yield one


def secured(server: Server, pem: Path) -> None:
    """Has a server speak https alone."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(pem)
    server.socket = context.wrap_socket(server.socket, server_side=True)


def address(server: Server) -> str:
    return server.address.replace("http:", "https:")


def test_a_certificate_that_nobody_vouches_for_is_refused(server: Server, place: Place) -> None:
    with pytest.raises(Unreachable) as raised:
        synced(address(server), place)
    assert f"the certificate of {address(server)} is not to be trusted: self-signed certificate" in str(raised.value)
    assert "SSL_CERT_FILE" in raised.value.hint
    assert not server.asked and not (place.root / "site").exists()


def test_the_command_says_so_in_a_sentence(server: Server, tmp_path: Path) -> None:
    done = auzolan("mirror", "sync", address(server), "mirror", cwd=tmp_path)
    assert (done.returncode, done.stdout) == (2, "") and "is not to be trusted: self-signed certificate" in done.stderr


def test_one_that_is_named_in_the_ordinary_way_is_believed(
    server: Server, place: Place, commons: Path, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(box))
    assert synced(address(server), place).fetched == len(FILES)
    assert tree(place.root / "site") == tree(commons)
    assert synced(address(server), place).fetched == 0


def test_it_stands_for_no_other_name(
    commons: Path, place: Place, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = certificate(tmp_path, "other", "DNS:mill.coop")
    monkeypatch.setenv("SSL_CERT_FILE", str(other))
    with serving(commons) as one:
        secured(one, other)
        with pytest.raises(Unreachable, match="is not to be trusted: IP address mismatch"):
            synced(address(one), place)


@pytest.mark.parametrize("port", ["the same", "80"])
def test_it_does_not_lead_back_to_plain_http(
    server: Server, place: Place, box: Path, monkeypatch: pytest.MonkeyPatch, port: str
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(box))
    server.odd["*"] = leads_to(server.address if port == "the same" else "http://127.0.0.1/")
    with pytest.raises(Refused) as raised:
        synced(address(server), place)
    assert raised.value.threat == "redirect" and "if you trust that address, name it yourself" in raised.value.hint


def test_from_http_it_leads_to_https_on_the_ports_that_these_have_alone(
    server: Server, commons: Path, place: Place, box: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(box))
    with serving(commons) as plain:
        plain.odd["*"] = leads_to(address(server))
        with pytest.raises(Refused) as raised:
            synced(plain.address, place)
    assert raised.value.threat == "redirect" and not server.asked


def test_what_speaks_no_https_is_told(commons: Path, place: Place) -> None:
    with serving(commons) as plain, pytest.raises(Unreachable, match="does not answer as it should"):
        synced(address(plain), place)
