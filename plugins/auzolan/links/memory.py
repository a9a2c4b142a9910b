"""Outcomes come in; what is known of each address goes out, kept in a file between runs: since when, how often, until when.

What the file says may be wrong (it is a cache, and a workflow may carry it about): whatever in it has not the right shape is
left out, and nothing worse comes of it than that an address is asked again.
"""

from __future__ import annotations

import datetime
import json
import os
import tempfile
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from auzolan.links.asking import Outcome
from auzolan.links.back import MOST

FORMAT = "auzolan-links/1"
KEEP_DAYS = {"ok": 7, "moved": 7, "soft": 7, "closed": 30}
"""For how many days what was found is not asked about again; all else, for the rest of the day."""
LARGEST = 64 * 1024 * 1024
"""Bytes of a file that is read."""
STATES = frozenset(
    ("ok", "moved", "soft", "gone", "failing", "later", "closed", "looping", "private", "certificate", "unusable")
)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is known of an address: as in `Outcome`, and the day `on` which it was asked; since which day it has been without an
    answer (`since`, "" where it has one), and on how many different days that was found (`times`). Days as ISO 8601."""

    on: str
    state: str
    words: str = ""
    status: int = 0
    to: str = ""
    until: str = ""
    since: str = ""
    times: int = 0
    me: tuple[str, ...] | None = None


def remembered(outcome: Outcome, before: Seen | None, today: datetime.date) -> Seen:
    """What to remember of `outcome`, found `today`, after what was known `before`."""
    day = today.isoformat()
    since, times = "", 0
    if outcome.state in ("gone", "failing"):
        lasting = before is not None and before.times > 0
        since = before.since if before is not None and lasting else day
        times = before.times + (before.on != day) if before is not None and lasting else 1
    elif outcome.state == "later" and before is not None:
        # Whoever wants to be left alone says nothing about the failure before.
        since, times = before.since, before.times
    until = outcome.until.isoformat(timespec="seconds") if outcome.until else ""
    return Seen(day, outcome.state, outcome.words, outcome.status, outcome.to, until, since, times, outcome.me)


def is_fresh(seen: Seen | None, now: datetime.datetime, look_for_me: bool, anew: bool) -> bool:
    """Whether an address need not be asked `now`; with `anew` only where its host wants to be left alone."""
    if seen is None:
        return False
    if seen.until and (until := _moment(seen.until)) is not None and now < until:
        return True
    on = _date(seen.on)
    if (
        anew
        or on is None
        or on > now.date()
        or (look_for_me and seen.me is None and seen.state in ("ok", "moved", "soft"))
    ):
        return False
    return (now.date() - on).days < KEEP_DAYS.get(seen.state, 1)


def load_memory(path: Path) -> tuple[dict[str, Seen], str]:
    """What the file knows, and why it was left aside ("" where it was not, or is not there yet)."""
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
        if len(data) > LARGEST:
            return {}, "it is too large"
        told = json.loads(data)
        if not isinstance(told, dict) or told.get("format") != FORMAT or not isinstance(told.get("links"), dict):
            return {}, "it is none of ours"
    except FileNotFoundError:
        return {}, ""
    except (OSError, ValueError, RecursionError):
        return {}, "it is damaged"
    read = {url: _seen(one) for url, one in told["links"].items()}
    return {url: one for url, one in read.items() if one is not None}, ""


def save_memory(path: Path, known: Mapping[str, Seen]) -> None:
    """Writes the file, whole or not at all. Raises OSError."""
    links = {url: {key: value for key, value in asdict(known[url]).items() if value not in ("", 0, None)}
             for url in sorted(known)}  # fmt: skip
    path.parent.mkdir(parents=True, exist_ok=True)
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}-")
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            json.dump({"format": FORMAT, "links": links}, file, ensure_ascii=True, indent=1)
            file.write("\n")
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _seen(told: Any) -> Seen | None:
    if not isinstance(told, dict):
        return None
    texts = {key: told.get(key, "") for key in ("on", "state", "words", "to", "until", "since")}
    numbers = {key: told.get(key, 0) for key in ("status", "times")}
    me = told.get("me")
    fits = (
        all(isinstance(value, str) and len(value) <= 4_000 for value in texts.values())
        and all(type(value) is int and 0 <= value < 100_000 for value in numbers.values())
        and texts["state"] in STATES
        and _date(texts["on"]) is not None
        and (not texts["since"] or _date(texts["since"]) is not None)
        and (not texts["until"] or _moment(texts["until"]) is not None)
        and (me is None or (isinstance(me, list) and len(me) <= MOST and all(isinstance(one, str) for one in me)))
    )
    return Seen(**texts, **numbers, me=None if me is None else tuple(me)) if fits else None


def _date(text: str) -> datetime.date | None:
    try:
        return datetime.date.fromisoformat(text)
    except ValueError:
        return None


def _moment(text: str) -> datetime.datetime | None:
    try:
        moment = datetime.datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else None
