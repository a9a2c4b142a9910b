"""What a person does with a thumb flows in; how many taps, swipes and characters it took, and how many words there were to be read,
flow out, step by step."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

SWIPE = 450
"""Pixels by which a page moves with one stroke of a thumb on a screen of 800."""
SECONDS = {"taps": 2.5, "swipes": 1.0, "characters": 0.6, "words": 0.3}
"""What each is taken to last. A tap: 1.1 s to point and 1.35 s to make up one's mind (the keystroke-level model of Card, Moran and
Newell); a character: 100 a minute, somebody who seldom types on a phone; a word: 200 a minute, read once."""


@dataclass
class Step:
    """One step of a walk."""

    what: str
    taps: int = 0
    swipes: int = 0
    characters: int = 0
    asked: int = 0
    words: int = 0

    def seconds(self, read: str) -> float:
        """Where the words counted in `read` are read: `asked`, or all `words`."""
        done = sum(getattr(self, name) * SECONDS[name] for name in ("taps", "swipes", "characters"))
        return float(done + getattr(self, read) * SECONDS["words"])


class Walk:
    """A tab that is touched, and what that took so far. Whatever is touched must be seen first: the page is swiped to it."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.steps: list[Step] = []

    @contextmanager
    def step(self, what: str, asked: str, explained: str = "") -> Iterator[None]:
        """A step; one cannot take it without reading the text of `asked`, and may read that of `explained`."""
        self.steps.append(Step(what, asked=self._words(asked)))
        self.steps[-1].words = self.steps[-1].asked + (self._words(explained) if explained else 0)
        yield

    def _words(self, where: str) -> int:
        return len(" ".join(self.page.locator(where).all_inner_texts()).split())

    def tap(self, what: str) -> None:
        self._show(what)
        self.page.locator(what).first.tap()
        self.steps[-1].taps += 1

    def type(self, text: str) -> None:
        self.page.keyboard.type(text, delay=20)
        self.steps[-1].characters += len(text)

    def choose(self, what: str, value: str) -> None:
        """Opens a list of the phone's own, swipes in it once, and taps a line of it."""
        self._show(what)
        self.page.locator(what).first.select_option(value)
        self.steps[-1].taps += 2
        self.steps[-1].swipes += 1

    def _show(self, what: str) -> None:
        one = self.page.locator(what).first
        one.wait_for(state="visible")
        height = self.page.viewport_size["height"]
        for _ in range(40):
            box = one.bounding_box()
            middle = box["y"] + min(box["height"] / 2, 40)
            if 20 <= middle <= height - 20:
                return
            self.page.evaluate(
                "(far) => scrollBy({top: far, behavior: 'instant'})", SWIPE if middle > height / 2 else -SWIPE
            )
            self.steps[-1].swipes += 1
        raise AssertionError(f"{what} is not found by swiping")
