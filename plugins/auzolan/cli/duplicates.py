"""`auzolan duplicates`: a settings file comes in; entries that may be about the same thing go out, in groups, with reasons."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from auzolan.check.alike import Pair, families_of, groups_of, pairs_of
from auzolan.check.duplicates import told_apart
from auzolan.cli.check import is_in, there
from auzolan.cli.console import console, print_json, progress
from auzolan.load.declarations import load_declarations
from auzolan.load.entries import load_entries
from auzolan.load.settings import load_settings
from auzolan.load.shipped import shipped_root
from auzolan.model.briefs import Brief, brief_of, ids_of
from auzolan.model.diagnostics import has_errors
from auzolan.model.entries import Entry, EntryId
from auzolan.model.text import choose
from auzolan.model.values import is_example, texts_of


def run(settings_path: Path, files: list[Path], least: int, as_json: bool, strict: bool) -> None:
    """Raises typer.Exit(1) where `strict` is asked for and a pair is shown."""
    settings, _ = load_settings(settings_path)
    places = [there(file) for file in files]
    with progress() as say:
        say("reading")
        declarations, _ = load_declarations(
            shipped_root() / "directory", settings.directory, settings.root, settings.languages
        )
        entries, told = load_entries(settings.directory, declarations, settings.root)
        say("comparing")
        shown = {id_ for id_, one in entries.items() if is_example(one)}
        briefs = {id_: brief_of(one, declarations, settings.default_language) for id_, one in entries.items()}
        pairs = pairs_of(
            {id_: brief.marks for id_, brief in briefs.items() if not brief.withdrawn and id_ not in shown},
            families_of(declarations.kinds),
            told_apart(briefs, ids_of(briefs.values())),
            least=least,
            among=[id_ for id_, brief in briefs.items() if is_in(brief.path, places, settings.root)] if files else None,
            tell=lambda done: say(f"comparing: {done:,} pairs"),
        )
    groups = groups_of(pairs)
    if as_json:
        print_json({"groups": [_data(ids, found, entries) for ids, found in groups], "ok": not (strict and pairs)})
    else:
        for number, (ids, found) in enumerate(groups, start=1):
            _show(number, ids, found, entries, briefs)
    out = console()
    if has_errors(told):
        out.print("Some files could not be read, and were not compared: auzolan check tells which.", style="yellow")
    number = len(entries) - len(shown)
    count = f"{number:,} {'entry' if number == 1 else 'entries'} compared: "
    if not groups:
        out.print(f"{count}none looks like another.", style="bold green")
    else:
        out.print(f"{count}{len(pairs)} {'pair' if len(pairs) == 1 else 'pairs'} in {len(groups)} "
                  f"{'group' if len(groups) == 1 else 'groups'} may be the same.", style="bold yellow")  # fmt: skip
        out.print("Keep one of each and give it the other's id under former_ids; or write not_same_as, and why.")
    if strict and pairs:
        raise typer.Exit(1)


def _show(
    number: int, ids: Sequence[EntryId], pairs: Sequence[Pair], entries: dict[EntryId, Entry], briefs: dict[str, Brief]
) -> None:
    out = console(error=False)
    numbers = {id_: f"{number}{_letters(place)}" for place, id_ in enumerate(ids)}
    for id_ in ids:
        out.print(Text.assemble((f"{numbers[id_]:>5}  ", "bold"), id_, ("  " + _name(entries[id_]), "bold"),
                                (f"  {briefs[id_].path}", "dim")))  # fmt: skip
    for pair in pairs:
        out.print(Text(f"       {numbers[pair.one]} and {numbers[pair.other]}, {pair.score} of 100: "
                       f"{', '.join(pair.reasons)}"))  # fmt: skip
    out.print()


def _letters(place: int) -> str:
    """a to z, then aa, ab …"""
    return (_letters(place // 26 - 1) if place >= 26 else "") + chr(ord("a") + place % 26)


def _data(ids: Sequence[EntryId], pairs: Sequence[Pair], entries: dict[EntryId, Entry]) -> dict[str, Any]:
    return {
        "entries": [{"id": id_, "name": _name(entries[id_]), "path": entries[id_].path} for id_ in ids],
        "pairs": [
            {"one": pair.one, "other": pair.other, "score": pair.score, "reasons": list(pair.reasons)} for pair in pairs
        ],
    }


def _name(entry: Entry) -> str:
    """Its name on one line, as a terminal may show it."""
    name = choose(texts_of(entry.fields.get("name"), "en"), "en")[0]
    return "".join(sign if sign.isprintable() else "�" for sign in " ".join(name.split()))
