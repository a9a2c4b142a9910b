"""Hosts come in; whose turn it is goes out: one request to a host at a time, with a pause after each, and what it asked for.

What a host wants is said in its robots.txt (RFC 9309) and by Retry-After (RFC 9110, 10.2.3).
"""

from __future__ import annotations

import datetime
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email.utils import parsedate_to_datetime
from urllib.robotparser import RobotFileParser

NAME = "auzolan-links"
"""How robots.txt calls us."""
LONGEST_PAUSE = 30.0
"""Seconds between two requests that a robots.txt may ask for; more are too many for one link to wait."""
ROBOTS_BYTES = 512 * 1024


@dataclass(frozen=True, slots=True)
class Clock:
    """What time it is, and how to wait; tests have their own. `now` is in UTC."""

    monotonic: Callable[[], float] = time.monotonic
    sleep: Callable[[float], None] = time.sleep
    now: Callable[[], datetime.datetime] = field(default=lambda: datetime.datetime.now(datetime.UTC))


class Hosts:
    """Whose turn it is. Threads ask it; nothing here asks the web."""

    def __init__(self, clock: Clock, pause: float) -> None:
        self._clock = clock
        self._pause = pause
        self._guard = threading.Lock()
        self._locks: dict[str, threading.Lock] = {}
        self._next: dict[str, float] = {}
        self._pauses: dict[str, float] = {}

    @contextmanager
    def turn(self, host: str) -> Iterator[None]:
        """Within it, nobody else asks `host`, and the pause since the last request to it is over."""
        with self._guard:
            lock = self._locks.setdefault(host, threading.Lock())
        with lock:
            wait = self._next.get(host, 0.0) - self._clock.monotonic()
            if wait > 0:
                self._clock.sleep(wait)
            try:
                yield
            finally:
                self._next[host] = self._clock.monotonic() + self._pauses.get(host, self._pause)

    def slower(self, host: str, seconds: float) -> None:
        """`host` wants longer pauses than we would make."""
        self._pauses[host] = max(self._pause, min(seconds, LONGEST_PAUSE))


class Robots:
    """What one robots.txt allows; where there is none, everything."""

    def __init__(self, text: str = "") -> None:
        self._parser = RobotFileParser()
        self._parser.parse(text.removeprefix("\ufeff").splitlines())

    def allow(self, url: str) -> bool:
        """Whether we may ask for `url`."""
        try:
            return self._parser.can_fetch(NAME, url)
        except ValueError:
            return False

    @property
    def pause(self) -> float:
        """Seconds between two requests, as it wants them; 0 where it does not say."""
        try:
            return float(self._parser.crawl_delay(NAME) or 0)
        except ValueError:
            return 0.0


def retry_after(value: str, now: datetime.datetime) -> float | None:
    """Seconds until when a host wants no more requests, or None where it says nothing that can be read."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(value[:9])
    try:
        then = parsedate_to_datetime(value)
    except (ValueError, TypeError):
        return None
    if then.tzinfo is None:
        then = then.replace(tzinfo=datetime.UTC)
    return max(0.0, (then - now).total_seconds())
