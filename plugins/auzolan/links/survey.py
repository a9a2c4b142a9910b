"""Addresses and what is known of them come in; they are asked side by side, host by host; what is known now goes out."""

from __future__ import annotations

import queue
import threading
from collections.abc import Callable, Iterable, Mapping
from urllib.parse import urlsplit

from auzolan.links.asking import Ask, Outcome
from auzolan.links.hosts import Clock
from auzolan.links.memory import Seen, is_fresh, remembered
from auzolan.model.errors import AuzolanError

FEW_HOSTS = 3
"""From so many hosts on, of which none can be reached, it is our own network that is missing."""


class NoNetwork(AuzolanError):
    """Nothing could be reached at all: nothing is known of any link."""


def survey(
    urls: Mapping[str, bool], known: dict[str, Seen], ask: Ask, clock: Clock, jobs: int, anew: bool,
    tell: Callable[[int, int], None],
) -> tuple[int, dict[str, Seen]]:  # fmt: skip
    """How many were asked, and what is known of each of `urls` (address → whether its `rel="me"` links matter). `known` is
    filled with each answer as it comes, so that nothing is lost where somebody interrupts; `tell` is called with how many of how many are
    done. Raises NoNetwork, with `known` as it was."""
    before = dict(known)
    due = [url for url, me in urls.items() if not is_fresh(known.get(url), clock.now(), me, anew)]
    outcomes: dict[str, Outcome] = {}
    for url, outcome in _side_by_side(due, lambda url: ask(url, urls[url]), jobs):
        outcomes[url] = outcome
        known[url] = remembered(outcome, before.get(url), clock.now().date())
        tell(len(outcomes), len(due))
    if len({_host(url) for url in outcomes}) >= FEW_HOSTS and all(
        one.state in ("failing", "gone") and not one.remote for one in outcomes.values()
    ):
        known.clear()
        known.update(before)
        raise NoNetwork("none of the links could be reached", "is there a network? Nothing is remembered of this run")
    return len(due), {url: known[url] for url in urls}


def _side_by_side(urls: Iterable[str], ask: Callable[[str], Outcome], jobs: int) -> Iterable[tuple[str, Outcome]]:
    """Each with its outcome, as they come. The addresses of a host wait for one another in one thread, the host with most of
    them begins."""
    hosts: dict[str, list[str]] = {}
    for url in urls:
        hosts.setdefault(_host(url), []).append(url)
    waiting: queue.SimpleQueue[list[str]] = queue.SimpleQueue()
    for host in sorted(hosts, key=lambda host: (-len(hosts[host]), host)):
        waiting.put(hosts[host])
    done: queue.SimpleQueue[tuple[str, Outcome | BaseException]] = queue.SimpleQueue()

    def work() -> None:
        while True:
            try:
                share = waiting.get_nowait()
            except queue.Empty:
                return
            for url in share:
                try:
                    done.put((url, ask(url)))
                except Exception as problem:
                    # One address must not cost all others their answers.
                    fault = f"could not be asked, by a fault of Auzolan's: {type(problem).__name__}: {problem}"
                    done.put((url, Outcome("unusable", fault[:500])))
                except BaseException as problem:
                    done.put((url, problem))

    # Whoever interrupts does not wait for the slowest host.
    for _ in range(min(jobs, len(hosts))):
        threading.Thread(target=work, daemon=True).start()
    for _ in range(sum(map(len, hosts.values()))):
        url, found = done.get()
        if isinstance(found, BaseException):
            raise found
        yield url, found


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
