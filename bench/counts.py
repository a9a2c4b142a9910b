"""An output folder comes in; how many files of each sort it holds goes out, to hold sites side by side."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping
from pathlib import Path

from bench.workload import KINDS

SORTS = (
    "entries",
    "lists of kinds",
    "listings of words",
    "feeds",
    "JSON of everything",
    "search",
    "pictures",
    "the rest",
)
"""The first five are equal in every site of the same workload; the others show what else a site has."""
EQUAL = SORTS[:5]
_KINDS = "|".join(KINDS.values())
_FOLDERS = f"{_KINDS}|articles"
_WORDS = "topics|sectors|country"
_TONGUE = "(?:(?:es|ca|fr)/)?"
_RULES: Mapping[str, tuple[tuple[str, str], ...]] = {
    "auzolan": (
        ("search", rf"{_TONGUE}search/"),
        ("feeds", r".*\.atom$"),
        ("JSON of everything", r"data/everything\.json$"),
        ("lists of kinds", rf"{_TONGUE}(?:{_KINDS})/(?:index|_az/.*)\.html$"),
        ("entries", rf"{_TONGUE}(?:{_FOLDERS})/(?!index)[^/]+\.html$"),
        ("listings of words", rf"{_TONGUE}by/(?:{_WORDS})/.*\.html$"),
        ("pictures", r"images/"),
    ),
    "hugo": (
        ("search", r"pagefind/"),
        ("feeds", r".*\.xml$"),
        ("JSON of everything", r"index\.json$"),
        ("lists of kinds", rf"{_TONGUE}(?:(?:{_KINDS})/index|az/.*)\.html$"),
        ("entries", rf"{_TONGUE}(?:{_FOLDERS})/(?!index)[^/]+\.html$"),
        ("listings of words", rf"{_TONGUE}(?:{_WORDS})/.*\.html$"),
        ("pictures", r"images/"),
    ),
    "pelican": (
        ("feeds", r"feeds/"),
        ("lists of kinds", r"(?:category/.*|categories)\.html$"),
        ("entries", rf"(?:{_FOLDERS})/(?!index)[^/]+\.html$"),
        ("listings of words", r"(?:tag/.*|tags)\.html$"),
        ("pictures", r"images/"),
    ),
}


def count(output: Path, contender: str) -> dict[str, int]:
    """Sort → number of files below `output`, for each of SORTS."""
    paths = (path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    return sorted_out(paths, contender)


def sorted_out(paths: Iterable[str], contender: str) -> dict[str, int]:
    """Sort → number of `paths` (posix, from the output folder)."""
    rules = [(sort, re.compile(rule)) for sort, rule in _RULES[contender]]
    found = Counter(next((sort for sort, rule in rules if rule.match(path)), "the rest") for path in paths)
    return {sort: found[sort] for sort in SORTS}


def unequal(counts: Mapping[str, Mapping[str, int]]) -> dict[str, dict[str, int]]:
    """Sort → contender → number, for sorts that ought to be equal and are not: those of EQUAL between us and Hugo, and the
    entries of all."""
    found = {}
    for sort in EQUAL:
        told = {key: held[sort] for key, held in counts.items() if key in ("auzolan", "hugo") or sort == "entries"}
        if len(set(told.values())) > 1:
            found[sort] = told
    return found


def pages_of_entries(output: Path, contender: str) -> list[Path]:
    """The pages of entries (and articles) below `output`, in every language."""
    rule = re.compile(next(rule for sort, rule in _RULES[contender] if sort == "entries"))
    return sorted(path for path in output.rglob("*.html") if rule.match(path.relative_to(output).as_posix()))
