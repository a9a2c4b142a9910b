"""An address comes in; what the web says of it goes out: an `Outcome`, whatever the other side does."""

from __future__ import annotations

import datetime
import socket
import ssl
import threading
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from urllib.parse import urljoin, urlsplit

from auzolan.links.back import PAGE_BYTES, me_links
from auzolan.links.hosts import ROBOTS_BYTES, Clock, Hosts, Robots, retry_after
from auzolan.links.targets import Refused, Resolve, Target, is_public, looked_up, numbers_of, target_of
from auzolan.links.wire import Answer, Slow, Unusable, ask

HOPS = 5
"""Redirects that are followed."""
PATIENCE = 60.0
"""Seconds that a host may make us wait before we ask it once more; who wants longer is asked another day."""
AGAIN_AFTER = 5.0
"""Seconds after which a host that failed is asked once more."""
TOGETHER = 3
"""How many times the seconds of one request all requests for one link may take: redirects and second tries."""
SAMPLE_BYTES = 64 * 1024
"""How much of a page is read where nobody looks for anything in it."""
_REDIRECTS = {301: True, 308: True, 302: False, 303: False, 307: False}
"""Status → whether it is for good."""
_CLOSED = frozenset({401, 402, 403, 407, 451, 999})
_PASSING = frozenset({408, 421, 425, 429, 500, 502, 503, 504, 507, 508, 509, 520, 521, 522, 523, 524, 525, 527, 530})
_GONE_NAMES = frozenset(
    number for name in ("EAI_NONAME", "EAI_NODATA") if (number := getattr(socket, name, None)) is not None
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """`state` is one of: ok; moved (for good, to `to`); soft (it leads to a front page now, at `to`); gone (404, 410, no such
    host); failing (it may pass); later (it wants to be left alone until `until`); closed (we may not ask, or not in);
    looping (its redirects lead nowhere); private (it leads where nobody may be sent); certificate; unusable (what it
    answers is not the web). `words` say why, after the address; `me` are the `rel="me"` links of the page, None where nobody
    looked. `remote` tells whether a host answered at all, `again` whether a second try may help."""

    state: str
    words: str = ""
    status: int = 0
    to: str = ""
    until: datetime.datetime | None = None
    me: tuple[str, ...] | None = None
    remote: bool = True
    again: bool = True


@dataclass(frozen=True, slots=True)
class Manners:
    """How we ask: as whom (`agent`), for how long one answer may take (`seconds`), and where we may."""

    agent: str
    seconds: float = 20.0
    pause: float = 1.0
    allow_private: bool = False
    public: Callable[[str], bool] = is_public
    resolve: Resolve = looked_up
    clock: Clock = field(default_factory=Clock)
    trust: ssl.SSLContext = field(default_factory=ssl.create_default_context)

    def allows(self, number: str) -> bool:
        """Whether an IP address may be asked."""
        return self.allow_private or self.public(number)


class Asker:
    """Asks about addresses, one after the other in each of many threads; what it learns of hosts serves all of them."""

    def __init__(self, manners: Manners) -> None:
        self._manners = manners
        self._hosts = Hosts(manners.clock, manners.pause)
        self._robots: dict[str, Robots | Outcome] = {}
        self._guards: dict[str, threading.Lock] = {}
        self._guard = threading.Lock()
        self._down: dict[str, Outcome] = {}
        self._mine = threading.local()

    def ask(self, url: str, look_for_me: bool = False) -> Outcome:
        """What there is at `url`. It takes up to `Manners.seconds` for a request and `TOGETHER` times that for all of them, the
        pauses for its hosts, and one second try where a failure may pass."""
        self._mine.left = self._manners.seconds * TOGETHER
        outcome = self._once(url, look_for_me)
        wait = self._wait(outcome)
        if wait is None:
            return outcome
        self._manners.clock.sleep(wait)
        return self._once(url, look_for_me)

    def _wait(self, outcome: Outcome) -> float | None:
        """Seconds until a second try is worth while, or None."""
        if outcome.state == "failing" and outcome.remote and outcome.again:
            return AGAIN_AFTER
        if outcome.state == "later" and outcome.until is not None:
            seconds = (outcome.until - self._manners.clock.now()).total_seconds()
            return max(0.0, seconds) if seconds <= PATIENCE else None
        return None

    def _once(self, url: str, look_for_me: bool) -> Outcome:
        here, seen, for_good, hops = url, {url}, True, 0
        moved = ""
        while True:
            step = self._step(here, look_for_me)
            if isinstance(step, Outcome):
                return step if not hops or step.state == "later" else replace(step, words=f"redirects to {here}, which {step.words}")  # fmt: skip
            permanent = _REDIRECTS.get(step.status)
            if permanent is None:
                return self._arrived(url, here, step, moved, look_for_me)
            location = _location(step.headers)
            if not location:
                return Outcome("looping", "redirects, and does not say where to", step.status)
            try:
                here = target_of(urljoin(here, location), self._manners.allow_private).url
            except (Refused, ValueError) as problem:
                why = str(problem) if isinstance(problem, Refused) else "is no usable address"
                return Outcome("private", f"redirects to an address that {why}", step.status)
            hops += 1
            for_good = for_good and permanent
            moved = here if for_good else moved
            if here in seen:
                return Outcome("looping", "redirects in a circle", step.status)
            if hops > HOPS:
                return Outcome("looping", f"redirects more than {HOPS} times", step.status)
            seen.add(here)

    def _arrived(self, url: str, here: str, answer: Answer, moved: str, look_for_me: bool) -> Outcome:
        outcome = self._judged(answer)
        if outcome.state != "ok":
            return outcome if here == url else replace(outcome, words=f"redirects to {here}, which {outcome.words}")
        me = None
        if look_for_me and answer.headers.get("content-encoding", "identity").lower() in ("", "identity"):
            me = me_links(answer.body, here)
        if here != url and _is_front(here) and not _is_front(url):
            return Outcome("soft", "leads to a front page, no longer to what it named", answer.status, here, me=me)
        if moved and moved != url:
            return Outcome("moved", f"has moved for good to {moved}", answer.status, moved, me=me)
        return Outcome("ok", status=answer.status, me=me)

    def _judged(self, answer: Answer) -> Outcome:
        status = answer.status
        if 200 <= status < 300:
            return Outcome("ok", status=status)
        words = f"answers with {status}"
        wait = retry_after(answer.headers.get("retry-after", ""), self._manners.clock.now())
        if status == 429 or (status == 503 and wait is not None):
            until = self._manners.clock.now() + datetime.timedelta(
                seconds=min(wait if wait is not None else 86_400.0, 366 * 86_400.0)
            )
            return Outcome(
                "later", f"{words}: it wants to be left alone until {until:%Y-%m-%d %H:%M} UTC", status, until=until
            )
        if status in (404, 410):
            return Outcome("gone", words, status)
        if status in _CLOSED:
            return Outcome("closed", f"{words}: it lets no program in", status)
        if status in _PASSING or status >= 500:
            return Outcome("failing", words, status)
        return Outcome("gone" if 400 <= status < 500 else "unusable", words, status)

    def _step(self, url: str, look_for_me: bool) -> Answer | Outcome:
        """One address, asked with HEAD, and with GET where that says too little."""
        try:
            target = target_of(url, self._manners.allow_private)
        except Refused as problem:
            return Outcome("private", str(problem), remote=False)
        robots = self._robots_of(target)
        if isinstance(robots, Outcome):
            return robots
        if not robots.allow(target.url):
            return Outcome("closed", "is closed to programs by the host's robots.txt")
        if look_for_me:
            return self._request(target, "GET", PAGE_BYTES)
        head = self._request(target, "HEAD", 0)
        if isinstance(head, Answer):
            if head.status in _REDIRECTS or head.status < 400 or head.status == 429:
                return head
        elif head.state not in ("unusable", "failing") or not (head.remote and head.again):
            return head
        # Many servers know HEAD badly: what it says against a page is asked again the long way.
        return self._request(target, "GET", SAMPLE_BYTES)

    def _robots_of(self, target: Target) -> Robots | Outcome:
        site = f"{'https' if target.secure else 'http'}://{target.site}"
        with self._guard:
            guard = self._guards.setdefault(site, threading.Lock())
        with guard:
            if site not in self._robots:
                found = self._fetch_robots(f"{site}/robots.txt")
                if isinstance(found, Outcome) and (found.remote or found.state != "failing"):
                    # It is there, and this file of it is not: what it would say nobody knows today.
                    return found
                self._robots[site] = found
                if isinstance(found, Robots) and found.pause:
                    self._hosts.slower(target.host, found.pause)
            return self._robots[site]

    def _fetch_robots(self, url: str) -> Robots | Outcome:
        here = url
        for _ in range(HOPS + 1):
            try:
                target = target_of(here, self._manners.allow_private)
            except Refused as problem:
                return Outcome("private", str(problem), remote=False) if here == url else Robots()
            answer = self._request(target, "GET", ROBOTS_BYTES)
            if isinstance(answer, Outcome):
                # A certificate or a private network is the same for all of the host.
                return answer if here == url else Robots()
            if answer.status in _REDIRECTS and _location(answer.headers):
                here = urljoin(here, _location(answer.headers))
                continue
            if answer.status == 429 or answer.status >= 500:
                outcome = self._judged(answer)
                return replace(outcome, words=f"is not asked: its host's robots.txt {outcome.words}")
            return Robots(answer.body.decode("utf-8", "replace")) if 200 <= answer.status < 300 else Robots()
        return Robots()

    def _request(self, target: Target, method: str, body_bytes: int) -> Answer | Outcome:
        manners = self._manners
        known = self._down.get(target.site)
        if known is not None:
            return known
        headers = {"User-Agent": manners.agent, "Accept": "text/html, */*;q=0.5", "Accept-Encoding": "identity"}
        if method == "GET":
            headers["Range"] = f"bytes=0-{body_bytes - 1}"
        with self._hosts.turn(target.host):
            # While this one waited, another may have found that nobody is there.
            known = self._down.get(target.site)
            outcome = known or self._sent(target, method, headers, body_bytes)
        if isinstance(outcome, Outcome) and not outcome.remote:
            self._down.setdefault(target.site, outcome)
        return outcome

    def _sent(self, target: Target, method: str, headers: Mapping[str, str], body_bytes: int) -> Answer | Outcome:
        manners = self._manners
        seconds = min(manners.seconds, self._mine.left)
        if seconds <= 0:
            return Outcome(
                "failing", f"did not come to an end within {manners.seconds * TOGETHER:g} seconds", again=False
            )
        began = time.monotonic()
        try:
            numbers = numbers_of(target, manners.resolve, manners.allows, seconds)
            return ask(target, numbers, method, headers, body_bytes, seconds, manners.trust)
        except (Refused, Unusable, OSError, ValueError) as problem:
            return _failed(problem, manners.seconds)
        finally:
            self._mine.left -= time.monotonic() - began


def _failed(problem: Exception, seconds: float) -> Outcome:
    """What a request that failed says."""
    match problem:
        case Refused():
            return Outcome("private", str(problem), remote=False)
        case Unusable():
            return Outcome("unusable", str(problem))
        case socket.gaierror() if problem.errno in _GONE_NAMES:
            return Outcome("gone", "names a host that does not exist", remote=False)
        case socket.gaierror():
            return Outcome("failing", "names a host that cannot be looked up now", remote=False)
        case ssl.SSLCertVerificationError():
            return Outcome("certificate", f"has a certificate that is not trusted: {problem.verify_message}")
        case ssl.SSLError():
            return Outcome("certificate", f"cannot be spoken to in secret: {problem.reason or 'TLS fails'}")
        case Slow():
            return Outcome("failing", f"did not answer within {seconds:g} seconds", again=False)
        case TimeoutError():
            return Outcome("failing", f"could not be reached within {seconds:g} seconds", remote=False)
        case ConnectionResetError() | BrokenPipeError():
            return Outcome("failing", "hangs up in the middle")
        case OSError():
            return Outcome("failing", f"cannot be reached: {problem.strerror or problem}", remote=False)
        case ValueError():
            # The system's own libraries have ideas of what a host may be called, too.
            return Outcome("private", "is no usable address", remote=False)
    raise problem


def _location(headers: Mapping[str, str]) -> str:
    """Where a redirect leads; servers write UTF-8 there, which is read as Latin-1."""
    written = headers.get("location", "")
    try:
        return written.encode("latin-1").decode("utf-8", "replace")[:4_000].strip()
    except UnicodeError:
        return written[:4_000].strip()


def _is_front(url: str) -> bool:
    parts = urlsplit(url)
    return parts.path in ("", "/", "/index.html", "/index.php") and not parts.query


Ask = Callable[[str, bool], Outcome]
"""`Asker.ask`, as others see it."""
