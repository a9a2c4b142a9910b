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
_TONGUE = "(?:(?:es|ca|fr)/)?"


def _rules(contender: str, is_magazine: bool) -> Mapping[str, str]:
    """Sort → what its paths look like; the first that fits counts. A magazine has one kind of pages and one vocabulary:
    lists of others, which some make all the same, are not what is compared."""
    folders = "articles" if is_magazine else "|".join([*KINDS.values(), "articles"])
    kinds = "articles" if is_magazine else "|".join(KINDS.values())
    words = "topics" if is_magazine else "topics|sectors|country"
    entries = rf"(?:{folders})/(?!index)[^/]+\.html$"
    pictures = r"images/"
    if contender == "auzolan":
        return {
            "search": rf"{_TONGUE}search/",
            "feeds": r".*\.atom$",
            "JSON of everything": r"data/everything\.json$",
            "lists of kinds": rf"{_TONGUE}(?:{kinds})/(?:index|_az/.*)\.html$",
            "entries": _TONGUE + entries,
            "listings of words": rf"{_TONGUE}by/(?:{words})/.*\.html$",
            "pictures": pictures,
        }
    if contender == "hugo":
        return {
            "search": r"pagefind/",
            "feeds": r".*\.xml$",
            "JSON of everything": r"index\.json$",
            "lists of kinds": rf"{_TONGUE}(?:(?:{kinds})/index|az/.*)\.html$",
            "entries": _TONGUE + entries,
            "listings of words": rf"{_TONGUE}(?:{words})/.*\.html$",
            "pictures": pictures,
        }
    return {
        "feeds": r"feeds/",
        "lists of kinds": r"(?:category/.*|categories)\.html$",
        "entries": entries,
        "listings of words": r"(?:tag/.*|tags)\.html$",
        "pictures": pictures,
    }


def count(output: Path, contender: str, is_magazine: bool) -> dict[str, int]:
    """Sort → number of files below `output`, for each of SORTS."""
    paths = (path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file())
    return sorted_out(paths, contender, is_magazine)


def sorted_out(paths: Iterable[str], contender: str, is_magazine: bool = False) -> dict[str, int]:
    """Sort → number of `paths` (posix, from the output folder)."""
    rules = [(sort, re.compile(rule)) for sort, rule in _rules(contender, is_magazine).items()]
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
    rule = re.compile(_rules(contender, False)["entries"])
    return sorted(path for path in output.rglob("*.html") if rule.match(path.relative_to(output).as_posix()))
