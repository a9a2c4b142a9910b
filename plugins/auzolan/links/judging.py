"""What is known of an address comes in; what is found about each link to it goes out: U001 to U009, U011, U012.

A link is dead when its host says so for good (410), when it was not there (404, no such host) on two days, or when it has not
answered at all for two weeks and on three days. Until then it does not answer *now*, which is no more than a note.
"""

from __future__ import annotations

import datetime

from auzolan.links.back import same_page
from auzolan.links.gather import Home, Link
from auzolan.links.memory import Seen
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.rules import finding

GONE_DAYS = 2
"""On so many different days something was not there before it is dead."""
SILENT_DAYS, SILENT_FOR = 3, 14
"""On so many different days, over so many, a host did not answer before a link is dead."""
_CODES = {"moved": "U003", "looping": "U004", "private": "U005", "certificate": "U006", "unusable": "U007",
          "closed": "U008", "later": "U008", "soft": "U009"}  # fmt: skip
_HINTS = {
    "U001": "correct the address, or take it out; a source may name a copy in a web archive (`archived:`) and keep its title",
    "U002": "it is asked again; it counts as dead when it lasts",
    "U003": "write the new address",
    "U004": "open it in a browser: cookies, or a fault of theirs? Correct the address, or make an exception with a reason",
    "U005": "write an address that everybody can open, or take it out",
    "U006": "tell those whose site it is; until then, an exception with a reason",
    "U007": "open it in a browser; correct the address, or make an exception with a reason",
    "U008": "open it in a browser; if it is right, make an exception with a reason",
    "U009": "look for what it named: it may have another address there",
}


def is_dead(seen: Seen) -> bool:
    """Whether a link counts as dead."""
    if seen.state == "gone":
        return seen.status == 410 or seen.times >= GONE_DAYS
    if seen.state != "failing" or not seen.since or seen.times < SILENT_DAYS:
        return False
    return (datetime.date.fromisoformat(seen.on) - datetime.date.fromisoformat(seen.since)).days >= SILENT_FOR


def code_of(seen: Seen) -> str:
    """The rule that speaks of it, or "" where nothing is to be said."""
    if seen.state in ("gone", "failing"):
        return "U001" if is_dead(seen) else "U002"
    return _CODES.get(seen.state, "")


def judged(link: Link, seen: Seen) -> Diagnostic | None:
    """What is found about `link`, or None."""
    code = code_of(seen)
    if not code:
        return None
    since = f" (since {seen.since}, seen on {seen.times} days)" if seen.times > 1 else ""
    hint = f"write {seen.to}" if code == "U003" and seen.to else _HINTS[code]
    if code == "U009" and seen.to:
        hint = f"{hint} (it leads to {seen.to})"
    return finding(code, f"{link.url} {seen.words}{since}", link.where, hint)


def identity(home: Home, seen: Seen) -> Diagnostic | None:
    """What is found about who an entry's site says it is; None where nobody could look, or it is as recorded."""
    if seen.me is None:
        return None
    links_back = any(same_page(one, page) for one in seen.me for page in home.pages)
    if links_back and not home.recorded:
        return finding(
            "U011",
            f'{home.url} links to this entry with rel="me": it is the group\'s own',
            home.where,
            f'auzolan links --record writes it, or you: record: {{linked_from: {{url: "{home.url}", on: {seen.on}}}}}',
        )
    if home.recorded and not links_back:
        return finding(
            "U012",
            f'{home.url} does not link to this entry with rel="me", as its record says',
            home.where,
            f"take `linked_from` out of the record, or ask the group to link to {home.pages[0]}",
        )
    return None
