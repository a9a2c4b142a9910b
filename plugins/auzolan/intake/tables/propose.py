"""The header and first rows of a table come in; the draft of a mapping goes out, with comments on all that is a guess.

A column's name is looked for among the fields' names and labels in every language, and in a list of what such columns are
called elsewhere; its values must then look like what the field takes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import islice
from typing import Any, NamedTuple

from auzolan.check.types import CHECKS
from auzolan.intake.tables.reading import Table
from auzolan.intake.writing import commented_text
from auzolan.model.kinds import Declarations, Field, Kind, every_field
from auzolan.model.text import fold
from auzolan.model.words import word_meant

LOOKED_AT = 5_000
"""Rows whose values are looked at."""
MOST_WORDS = 60
"""Different values of a column that are put into a table of words."""
OTHER_NAMES: Mapping[str, tuple[str, ...]] = {
    "name": ("title", "organisation", "organization", "organisation name", "organization name", "nombre", "nom", "denominacion"),
    "aliases": ("alt name", "alternative name", "also known as", "acronym", "short name", "siglas", "sigles"),
    "summary": ("short description", "tagline", "abstract"),
    "description": ("about", "notes", "long description"),
    "website": ("url", "web", "homepage", "home page", "site", "link", "web page", "pagina web", "domain"),
    "repository": ("source code", "source code url", "repo", "git"),
    "license": ("licenses", "licence", "licences"),
    "started": ("founded", "founded in", "year", "year founded", "established", "start date", "foundation"),
    "ended": ("closed", "end date", "dissolved"),
    "places.country": ("country code", "country id", "iso2", "nation"),
    "places.region": ("state", "province", "county", "admin1"),
    "places.locality": ("city", "town", "municipality", "ciudad", "municipio", "municipi", "ville", "commune"),
    "places.postcode": ("zip", "postal code", "post code"),
    "places.latitude": ("lat", "geo lat"),
    "places.longitude": ("lon", "lng", "long", "geo lon"),
    "contact.email": ("mail", "email address"),
    "contact.phone": ("tel", "telephone", "phone number"),
    "sectors": ("sector", "activity", "industry", "primary activity"),
    "membership_base": ("ownership", "owned by", "membership"),
    "topics": ("tags", "keywords", "categories"),
    "category": ("type", "tool category"),
    "platforms": ("platform", "operating system"),
    "spdx_id": ("spdx", "license id"),
}  # fmt: skip
"""Field → what columns of other people's tables are called."""
_IDS = ("id", "identifier", "uid", "uuid", "number", "no", "code", "key", "slug", "ref", "reference")
_SPLITS = ("|", ";", ",")


class Guess(NamedTuple):
    """A column and the field that its name says it is; `wrong`, why its values do not look so, or ""."""

    column: int
    field: Field
    wrong: str = ""


def propose(table: Table, declarations: Declarations, kind: Kind | None) -> str:
    """The text of a mapping of `kind` for the table. Without a kind, of the one of whose fields the columns have most."""
    columns = _columns(table)
    kinds = [kind] if kind else list(declarations.kinds.values())
    guesses = {one.name: list(_guesses(table.header, columns, one)) for one in kinds}
    best = kind or max(kinds, key=lambda one: sum(not guess.wrong for guess in guesses[one.name]))
    return _Draft(table, columns, declarations, best, guesses[best.name], guessed=kind is None).text()


def _columns(table: Table) -> list[Counter[str]]:
    """The values of each column, with how often they stand there."""
    columns: list[Counter[str]] = [Counter() for _ in table.header]
    for row in islice(table.rows(lambda told: None), LOOKED_AT):
        for counter, cell in zip(columns, row.cells, strict=True):
            if cell:
                counter[cell] += 1
    return columns


def _plain(name: str) -> str:
    return fold(name.replace("_", " ").replace("-", " ").replace(".", " "))


def _names_of(field: Field) -> Iterator[str]:
    yield _plain(field.name)
    yield _plain(field.path)
    yield from map(_plain, field.label.values())
    yield from OTHER_NAMES.get(field.path, ())


def _guesses(header: Sequence[str], columns: Sequence[Counter[str]], kind: Kind) -> Iterator[Guess]:
    """A field for each column that may be one; no field twice."""
    known: dict[str, Field] = {}
    leaves = [one for one in every_field(kind.fields) if not one.fields and one.path.count(".") < 2 and not one.to]
    for field in sorted(leaves, key=lambda one: one.path.count(".")):
        outer = kind.fields[field.path.split(".")[0]]
        # What else stands in groups is said of a relation, an offer or a picture, and means nothing without it.
        if outer is field or outer.type == "place" or outer.name == "contact":
            for name in _names_of(field):
                known.setdefault(name, field)
    taken: set[str] = set()
    for number, name in enumerate(header):
        found = known.get(_plain(name))
        if found is None or found.path in taken or not columns[number]:
            continue
        taken.add(found.path)
        yield Guess(number, found, _wrong_values(found, columns[number]))


def _wrong_values(field: Field, values: Counter[str]) -> str:
    """Why the values do not look like what the field takes; "" where nine in ten do."""
    check = CHECKS.get(field.type)
    if check is None:
        return ""
    some = list(values)[:200]
    bad = [value for value in some if any(check(value.upper() if field.type in ("country", "region") else value))]
    return f"{len(bad)} of {len(some)} values are none: {bad[0][:40]}" if len(bad) * 10 > len(some) else ""


class _Draft:
    def __init__(
        self, table: Table, columns: Sequence[Counter[str]], declarations: Declarations, kind: Kind,
        guesses: Sequence[Guess], *, guessed: bool,
    ) -> None:  # fmt: skip
        self.table, self.columns, self.declarations = table, columns, declarations
        self.kind, self.guessed = kind, guessed
        self.guesses = [guess for guess in guesses if not guess.wrong]
        self.wrong = [guess for guess in guesses if guess.wrong]
        self.comments: dict[str, str] = {}

    def text(self) -> str:
        """The draft."""
        values: dict[str, Any] = {
            "kind": self.kind.name,
            "from": self.table.path.stem,
            "id": self._id(),
            "source": {"title": self.table.path.name},
            "fields": self._fields(),
        }
        self.comments |= {
            "from": "? The name of the register or data set. With `id` it says which entry a row is, for good.",
            "source": "? Where a reader finds it: title, url, publisher, published, license. And the day on which you took it,\n"
            'beside `source`: retrieved: "YYYY-MM-DD"',
        }
        if self.guessed:
            self.comments["kind"] = f"? Guessed from the columns. One of: {' '.join(self.declarations.kinds)}"
        used = {guess.column for guess in self.guesses}
        left = [name for number, name in enumerate(self.table.header) if number not in used]
        head = [f"The draft of a mapping for {self.table.path.name}. Look at every line with a question mark, then try it:",
                "auzolan import csv TABLE --mapping THIS --dry-run"]  # fmt: skip
        for guess in self.wrong:
            head.append(f"{self.table.header[guess.column]} is called as `{guess.field.path}`, but {guess.wrong}")
        if left:
            head.append(f"Columns that are used nowhere: {', '.join(left)}")
        return commented_text(values, self.comments, "\n".join(head))

    def _id(self) -> str:
        """The column that is another one in each row; the likeliest by its name."""
        most = max((sum(counter.values()) for counter in self.columns), default=0)
        alone = [
            n for n, counter in enumerate(self.columns) if counter and len(counter) == sum(counter.values()) == most
        ]
        named = [
            n for n in alone if _plain(self.table.header[n]) in _IDS or _plain(self.table.header[n]).endswith(" id")
        ]
        if named:
            return f"{{{self.table.header[named[0]]}}}"
        chosen = alone[0] if alone else 0
        why = "No column is called an id." if alone else "No column is another one in each row."
        self.comments["id"] = f"? {why} It must never be given to another row: {{one}}-{{other}} is possible too."
        return f"{{{self.table.header[chosen]}}}"

    def _fields(self) -> dict[str, Any]:
        by_path = {guess.field.path: guess for guess in self.guesses}
        fields: dict[str, Any] = {}
        for field in self.kind.fields.values():
            path = f"fields.{field.name}"
            if field.fields and field.name != "record":
                inner = {part.name: self._value(by_path[part.path], f"{path}{'.0' if field.many else ''}.{part.name}")
                         for part in field.fields.values() if part.path in by_path}  # fmt: skip
                if inner:
                    fields[field.name] = [inner] if field.many == "list" else inner
            elif field.path in by_path:
                fields[field.name] = self._value(by_path[field.path], path)
            elif field.required:
                fields[field.name] = self._needed(field, path)
        return fields

    def _needed(self, field: Field, path: str) -> Any:
        """Something to begin with, for a field that every entry needs and no column is."""
        name = next(
            (f"{{{self.table.header[guess.column]}}}" for guess in self.guesses if guess.field.name == "locality"), ""
        )
        if field.name == "summary":
            self.comments[path] = "? Every entry needs one sentence. What do the columns say of it?"
            label = self.kind.label.get("en", self.kind.name)
            first = [f"{label} in {name}."] if name else []
            return {"first": [*first, f"{label}."]} if first else f"{label}."
        self.comments[path] = "? Every entry needs this, and no column seems to be it."
        return f"{{{self.table.header[0]}}}"

    def _value(self, guess: Guess, path: str) -> Any:
        column = self.table.header[guess.column]
        vocabulary = self.declarations.vocabularies.get(guess.field.vocabulary) if guess.field.type == "word" else None
        split = self._split(guess) if guess.field.many == "list" else ""
        if vocabulary is None:
            return {"column": column, "split": split} if split else f"{{{column}}}"
        values = Counter[str]()
        for cell, times in self.columns[guess.column].items():
            for piece in cell.split(split) if split else [cell]:
                values[piece.strip()] += times
        words: dict[str, str] = {}
        unsure = []
        for written, _ in values.most_common(MOST_WORDS):
            meant = word_meant(vocabulary, written)
            if meant is None:
                near = self._near(written, list(vocabulary.words))
                unsure.append(f"{written[:40]}: {near or '?'}")
            if written and (meant is None or meant.id != written):
                words[written] = meant.id if meant else ""
        if unsure:
            self.comments[path] = "\n".join(
                [f"? Words of `{vocabulary.name}`; \"\" leaves out. Perhaps:", *(f"  {one}" for one in unsure),
                 f"known: {' '.join(vocabulary.words)}"]
            )  # fmt: skip
        told = {"column": column, **({"split": split} if split else {}), "otherwise": "leave"}
        return {**told, "words": words} if words else f"{{{column}}}" if not split else told

    def _near(self, written: str, known: list[str]) -> str:
        from rapidfuzz import fuzz, process

        found = process.extractOne(fold(written).replace(" ", "-"), known, scorer=fuzz.ratio, score_cutoff=62)
        return found[0] if found else ""

    def _split(self, guess: Guess) -> str:
        """What stands between several values: what makes most of them words, or, of other fields, what is there at all."""
        values = self.columns[guess.column]
        vocabulary = self.declarations.vocabularies.get(guess.field.vocabulary)
        if vocabulary is not None:

            def known(sign: str) -> int:
                pieces = [piece.strip() for value in list(values)[:300] for piece in value.split(sign)]
                return sum(1 if word_meant(vocabulary, piece) else -1 for piece in pieces)

            # Commas stand in names of words too.
            if known(",") <= known("\0"):
                values = Counter({value.replace(",", ""): times for value, times in values.items()})
        times = {sign: sum(count for value, count in values.items() if sign in value) for sign in _SPLITS}
        best = max(_SPLITS, key=lambda sign: times[sign])
        return best if times[best] * 20 > sum(values.values()) else ""
