"""A number of entries comes in; how long it takes to find those that may be the same, and which known ones are found, goes out.

`python -m bench.duplicates [--entries 50000] [--data DIR]`. Without a folder of data, names are invented from a seed, and one
in twenty entries is an earlier one in other words. With one, `cooperatives.csv` of it is looked through: bodies that it has
from two sources, by the letters and figures of their names and their country, are known to be the same; then its rows,
and those of other tables there, fill up the 50,000. The exit status is 1 where that takes a minute or longer, or a known pair is not found.
"""

from __future__ import annotations

import argparse
import csv
import random
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from itertools import combinations, product
from pathlib import Path

from auzolan.check.alike import LEAST, Pair, pairs_of
from auzolan.model.marks import Marks, name_key
from auzolan.model.sites import site_of
from auzolan.model.text import fold
from bench.words import Zipf
from bench.words import invented as invented_words

FAMILIES = {"cooperative": "organisation-like"}
FORMS = ("", "Ltd", "Limited", "SCCL", "S. Coop.", "Society Limited", "Co-operative", "eG", "Inc.")
COUNTRIES = ("ES", "GB", "FR", "US", "AR", "IT", "DE", "BR", "KE", "IN")
MOST_SECONDS = 60.0
Row = Mapping[str, str]


def main(arguments: Sequence[str] | None = None) -> int:
    """0; 1 where it is too slow or misses what it should find."""
    lines = (__doc__ or "").split("\n")
    parser = argparse.ArgumentParser(prog="python -m bench.duplicates", description=lines[0])
    parser.add_argument("--entries", type=int, default=50_000, help="how many entries")
    parser.add_argument("--data", type=Path, help="a folder with cooperatives.csv; names are invented without one")
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args(arguments)
    well = True
    rows: list[Row] = []
    if options.data:
        rows = _rows(options.data / "cooperatives.csv")
        marks = {f"cooperative/{number}": _marks(row) for number, row in enumerate(rows)}
        found = _timed(marks)
        known = known_twins(rows)
        hit = sum(any(pair in found for pair in pairs) for pairs in known)
        print(f"{hit} of {len(known)} bodies that are known to come from two sources are found")
        well = hit == len(known)
        for name in ("credit_unions_us.csv", "tools_sustainability.csv", "open_sustainability_orgs.csv"):
            rows += _rows(options.data / name) if (options.data / name).is_file() else []
    chance = random.Random(options.seed)
    invented, twins = invent(max(0, options.entries - len(rows)), chance)
    marks = {f"cooperative/{number}": _marks(row) for number, row in enumerate([*rows[: options.entries], *invented])}
    began = time.perf_counter()
    found = _timed(marks)
    well = well and time.perf_counter() - began < MOST_SECONDS
    if twins:
        start = min(len(rows), options.entries)
        hit = sum((f"cooperative/{start + one}", f"cooperative/{start + other}") in found or
                  (f"cooperative/{start + other}", f"cooperative/{start + one}") in found for one, other in twins)  # fmt: skip
        print(f"{hit:,} of {len(twins):,} invented twins are found")
    return 0 if well else 1


def _timed(marks: Mapping[str, Marks]) -> dict[tuple[str, str], Pair]:
    compared = [0]
    began = time.perf_counter()
    pairs = pairs_of(marks, FAMILIES, tell=lambda done: compared.append(done))
    seconds = time.perf_counter() - began
    scores = Counter(pair.score // 10 * 10 for pair in pairs)
    told = ", ".join(f"{scores[score]:,} from {score}" for score in sorted(scores, reverse=True))
    print(f"{len(marks):,} entries: {seconds:.1f} s, {compared[-1]:,} pairs compared or more, "
          f"{len(pairs):,} of {LEAST} points or more ({told})")  # fmt: skip
    return {(pair.one, pair.other): pair for pair in pairs}


def known_twins(rows: Sequence[Row]) -> list[list[tuple[str, str]]]:
    """Of each body that comes from two sources at least, the pairs of rows that are it."""
    by_name: dict[tuple[str, str], dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for number, row in enumerate(rows):
        letters = "".join(sign for sign in fold(row["name"]) if sign.isascii() and sign.isalnum())
        by_name[letters, row["country"]][row["source"]].append(f"cooperative/{number}")
    return [
        [
            (min(pair), max(pair))
            for first, second in combinations(sources.values(), 2)
            for pair in product(first, second)
        ]
        for (letters, _), sources in by_name.items()
        if letters and len(sources) > 1
    ]


def invent(count: int, chance: random.Random) -> tuple[list[Row], list[tuple[int, int]]]:
    """Rows, and the numbers of those that are one body twice."""
    words_of = Zipf(invented_words(chance, 20_000))
    rows: list[Row] = []
    twins: list[tuple[int, int]] = []
    for number in range(count):
        if number > 20 and not number % 20:
            other = chance.randrange(number)
            row = dict(rows[other])
            row["name"] = f"{row['name']} {chance.choice(FORMS)}".strip()
            row["url"] = chance.choice((row["url"], ""))
            twins.append((other, number))
        else:
            words = [word.title() for word in words_of.draw(chance, chance.randint(2, 4))]
            row = {
                "name": " ".join(words),
                "country": chance.choice(COUNTRIES),
                "city": words_of.draw(chance, 1)[0].title(),
                "url": f"https://www.{''.join(words).lower()}.coop/",
            }
        rows.append(row)
    return rows, twins


def _rows(path: Path) -> list[Row]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _marks(row: Row) -> Marks:
    def some(*texts: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(filter(None, texts)))

    country = row.get("country") or ""
    return Marks(
        some(name_key(row["name"]), name_key(row.get("alt_name") or "")),
        some(country if len(country) == 2 else ""),
        some(fold(row.get("city") or "")),
        some(site_of(row.get("url") or row.get("website") or "")),
    )


if __name__ == "__main__":
    sys.exit(main())
