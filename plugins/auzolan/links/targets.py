"""An address that somebody wrote comes in; where to ask goes out: host, port and path, and numbers that may be asked.

Addresses come from strangers, and so does what names stand for: a name is looked up once, every number that it gives is
judged, and the connection goes to a number that passed. What happens to the name afterwards cannot matter.
"""

from __future__ import annotations

import ipaddress
import re
import socket
import threading
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import quote, urlsplit, urlunsplit

LONGEST = 2_000
"""Characters of an address."""
_NAT64 = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "!#$%&'()*+,/:;=?@[]~-._"
_HIDDEN = re.compile(r"[\x00-\x20\x7f\\\ud800-\udfff]")
_OF_A_CLOUD = frozenset({"168.63.129.16"})
"""Open addresses that a cloud's machines know for something within: Azure's, on which forges run workflows."""

Resolve = Callable[[str, int], list[str]]
"""Gives the numbers of a host, as texts, in the order in which they should be tried. Raises OSError."""


class Refused(Exception):
    """This address may not be asked, whoever wrote it; `str()` says why, after "it"."""


@dataclass(frozen=True, slots=True)
class Target:
    """Where to ask: `host` in ASCII, `path` with its query, encoded."""

    url: str
    secure: bool
    host: str
    port: int
    path: str

    @property
    def site(self) -> str:
        """What `Host:` says, and what robots.txt is had for."""
        name = f"[{self.host}]" if ":" in self.host else self.host
        return name if self.port == (443 if self.secure else 80) else f"{name}:{self.port}"


def target_of(url: str, allow_private: bool = False) -> Target:
    """The target of a written address, its fragment left out. Raises Refused."""
    if len(url) > LONGEST:
        raise Refused(f"is longer than {LONGEST:,} characters")
    if _HIDDEN.search(url):
        raise Refused("holds a blank, a backslash or a hidden character")
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        raise Refused("is no usable address") from None
    if parts.scheme not in ("http", "https"):
        raise Refused(f"begins with `{parts.scheme}:`, and only http and https are asked")
    if parts.username is not None or parts.password is not None:
        raise Refused("holds a user name or a password")
    secure = parts.scheme == "https"
    name = _ascii(host)
    number = (443 if secure else 80) if port is None else port
    # Below 1024 listen services that take a request for something else (mail, remote shells).
    if number not in (80, 443) and number < 1024 and not allow_private:
        raise Refused(f"names port {number}, where no web server is")
    path = quote(parts.path or "/", safe=_SAFE)
    if parts.query:
        path += "?" + quote(parts.query, safe=_SAFE)
    plain = urlunsplit((parts.scheme, parts.netloc, parts.path, parts.query, ""))
    return Target(plain, secure, name, number, path)


def _ascii(host: str) -> str:
    try:
        name = host.rstrip(".").encode("idna").decode("ascii") if not host.isascii() else host.rstrip(".")
    except UnicodeError:
        name = ""
    if not name or len(name) > 253:
        raise Refused("names no host")
    return name


def is_public(number: str) -> bool:
    """Whether an IP address, as text, is one of the open internet; addresses within addresses (IPv4 in IPv6) count too."""
    try:
        ip = ipaddress.ip_address(number.partition("%")[0])
    except ValueError:
        return False
    inner: list[ipaddress.IPv4Address] = []
    if isinstance(ip, ipaddress.IPv6Address):
        if ip.ipv4_mapped is not None:
            return is_public(str(ip.ipv4_mapped))
        if ip.is_site_local:
            return False
        inner = [one for one in (ip.sixtofour, *(ip.teredo or ())) if one is not None]
        if ip in _NAT64:
            inner.append(ipaddress.IPv4Address(int(ip) & 0xFFFFFFFF))
    return (
        ip.is_global
        and str(ip) not in _OF_A_CLOUD
        and not (ip.is_multicast or ip.is_reserved or ip.is_unspecified or ip.is_link_local)
        and all(is_public(str(one)) for one in inner)
    )


def numbers_of(target: Target, resolve: Resolve, allowed: Callable[[str], bool], seconds: float) -> list[str]:
    """The numbers of `target` that are `allowed`. Raises Refused where none may; OSError where the name stands for nothing;
    TimeoutError."""
    found = _in_time(lambda: resolve(target.host, target.port), seconds)
    asked = [number for number in found if allowed(number)]
    if found and not asked:
        raise Refused(f"leads into a private network ({', '.join(found[:3])})")
    return asked


def looked_up(host: str, port: int) -> list[str]:
    """What the system says a host's numbers are."""
    told = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(one[4][0]) for one in told))


def _in_time(ask: Callable[[], list[str]], seconds: float) -> list[str]:
    """The system's look-up knows no time-out: it is left behind where it takes too long."""
    found: list[list[str]] = []
    failed: list[OSError] = []

    def run() -> None:
        try:
            found.append(ask())
        except OSError as problem:
            failed.append(problem)
        except UnicodeError:
            failed.append(socket.gaierror(socket.EAI_NONAME, "no name"))

    thread = threading.Thread(target=run, daemon=True)
    thread.start()
    thread.join(seconds)
    if failed:
        raise failed[0]
    if not found:
        raise TimeoutError("its name was not looked up in time")
    return found[0]
