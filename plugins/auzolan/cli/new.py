"""`auzolan new`: a kind and a person's answers come in; a valid file of an entry goes out."""

from __future__ import annotations

import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer
from rich.console import Console
from rich.prompt import Confirm, Prompt

from auzolan.check.alike import families_of, near_to
from auzolan.cli.console import console, show_findings
from auzolan.cli.kinds import kind_named, language_of
from auzolan.cli.schemas import keep_schema
from auzolan.intake.answers import UnusableAnswer, answered, field_at, put, source_values, suggestions
from auzolan.intake.slugs import slug_of
from auzolan.intake.writing import entry_text
from auzolan.load.catalog import load_catalog
from auzolan.load.settings import load_settings
from auzolan.model.briefs import briefs_of
from auzolan.model.diagnostics import has_errors
from auzolan.model.entries import Catalog
from auzolan.model.errors import AuzolanError
from auzolan.model.kinds import Field, Kind
from auzolan.model.marks import Marks, name_key
from auzolan.model.text import choose
from auzolan.pipeline.build import Options, prepare

BY_NAME = 46
"""The score from which on an entry is asked about while only the name is known."""
HOW = "sources"
"""Not a field: the question "how do you know?", which fills the record."""


def run(kind_name: str, settings_path: Path, name: str, given: list[str], language: str, yes: bool) -> None:
    """Raises AuzolanError for an answer that cannot be used, typer.Exit(1) where the file has findings or nobody wants it."""
    settings, _ = load_settings(settings_path)
    catalog, _ = load_catalog(settings)
    kind = kind_named(catalog.declarations, kind_name)
    if language:
        language_of(catalog.declarations, language, settings.default_language)
    asker = _Asker(catalog, kind, language, console(), asks=not yes and sys.stdin.isatty())
    for one in [f"name={name}"] * bool(name) + given:
        path, equals, text = one.partition("=")
        if not equals:
            raise UnusableAnswer(f"`{one}` is no answer", "write FIELD=VALUE: --set places.country=ES")
        asker.take(path.strip(), text.strip())
    asker.ask_all()
    values = asker.finished()
    slug = slug_of(values["name"], {entry.slug for entry in catalog.entries.values() if entry.kind == kind.name})
    if asker.asks:
        slug = slug_of(Prompt.ask("File name", default=slug, console=asker.out), ())
    file = settings.directory / kind.folder / f"{slug}.yaml"
    where = file.relative_to(settings.root)
    if file.exists():
        raise AuzolanError(f"{where} is there already", "improve that file, or choose another name")
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(entry_text(kind, values), "utf-8")
    keep_schema(catalog.declarations, kind.name, settings.directory)
    asker.out.print(f"\n{where} is written.", style="bold green")
    own = tuple(
        finding
        for finding in prepare(settings, (), Options(check=True), lambda _: None).findings
        if finding.location.path == where.as_posix()
    )
    show_findings(own, settings.root)
    asker.out.print("auzolan kinds", kind.name, "tells what else it may say.")
    if has_errors(own):
        raise typer.Exit(1)


class _Asker:
    """Asks for what is needed and not given yet, and keeps the answers."""

    def __init__(self, catalog: Catalog, kind: Kind, language: str, out: Console, asks: bool) -> None:
        self.catalog = catalog
        self.kind = kind
        self.out = out
        self.asks = asks
        self.language = language or catalog.settings.default_language
        self.values: dict[str, Any] = {}

    def take(self, path: str, text: str) -> None:
        """Keeps one answer. Raises UnusableAnswer."""
        if path == HOW:
            self.values["record"] = source_values(text)
            return
        field = field_at(self.kind, path)
        if field.many == "list" and not field.fields:
            parts = [
                answered(self.catalog.declarations, field, part, self.language)
                for part in text.split(",")
                if part.strip()
            ]
            text = ", ".join(parts)
        else:
            text = answered(self.catalog.declarations, field, text, self.language)
        put(self.values, self.kind, path, text)
        if path == "name":
            self._near(text)

    def ask_all(self) -> None:
        """Asks for every field that is needed or recommended, in the order of the declaration."""
        if not self.asks:
            return
        self.out.print("An empty answer leaves a question out.\n", style="dim")
        for field in self.kind.fields.values():
            for path, one in self._questions(field):
                if not self._has(path):
                    self._ask(path, one)
        if "record" in self.kind.fields and "record" not in self.values:
            self.out.print(
                "\n[bold]How do you know?[/]  [dim]A web address, the name of a document, or: itself (we are this group)[/]"
            )
            answer = Prompt.ask("  source", default="", show_default=False, console=self.out)
            if answer.strip():
                self.take(HOW, answer.strip())

    def finished(self) -> Mapping[str, Any]:
        """The values. Raises UnusableAnswer where something that every entry needs was not given."""
        missing = [name for name, field in self.kind.fields.items() if field.required and name not in self.values]
        if missing:
            given = " ".join(f"--set {name}=…" for name in missing)
            raise UnusableAnswer(f"a {self.kind.name} needs: {', '.join(missing)}", f"give {given}")
        self.values.setdefault("record", {"submitted_by": "third-party"})
        return self.values

    def _questions(self, field: Field) -> list[tuple[str, Field]]:
        """The dotted paths to ask for, for one field of the entry."""
        if (
            field.show == "hidden"
            or field.name == "record"
            or not (field.required or field.essential or field.recommended)
        ):
            return []
        if not field.fields:
            return [(field.path, field)]
        if field.many == "keyed":
            return []
        return [(part.path, part) for part in field.fields.values() if part.show == "card"]

    def _has(self, path: str) -> bool:
        here: Any = self.values
        for name in path.split("."):
            if isinstance(here, list):
                here = here[0]
            if not isinstance(here, dict) or name not in here:
                return False
            here = here[name]
        return True

    def _ask(self, path: str, field: Field) -> None:
        label, help_ = choose(field.label, self.language)[0], choose(field.help, self.language)[0]
        shown = field.examples.get(self.language) or field.example
        example = f"  [dim]e.g. {shown}[/]" if isinstance(shown, str) else ""
        self.out.print(
            f"\n[bold]{label}[/]{' *' if field.required and '.' not in path else ''}  [dim]{help_}[/]{example}"
        )
        if field.type == "word":
            self.out.print(
                "  " + ", ".join(suggestions(self.catalog.declarations, field, "", self.language, 60)), style="dim"
            )
        needed = field.required and "." not in path
        while True:
            answer = Prompt.ask(f"  {field.name}", default="", show_default=False, console=self.out).strip()
            if not answer and not needed:
                return
            try:
                if not answer:
                    raise UnusableAnswer("every entry needs this")
                self.take(path, answer)
                return
            except UnusableAnswer as problem:
                self.out.print(f"  {problem}" + (f"\n  {problem.hint}" if problem.hint else ""), style="red")

    def _near(self, name: str) -> None:
        """Says which entries have nearly the same name: perhaps it is there already."""
        marks = {id_: brief.marks for id_, brief in briefs_of(self.catalog).items()}
        families = families_of(self.catalog.declarations.kinds)
        near = [id_ for id_, _ in near_to(Marks((name_key(name),)), self.kind.name, marks, families, BY_NAME)[:5]]
        if not near:
            return
        self.out.print(f"  Is it one of these? {', '.join(near)}", style="yellow")
        if self.asks and not Confirm.ask("  Go on with a new entry?", default=False, console=self.out):
            raise typer.Exit(1)
