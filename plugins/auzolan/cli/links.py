"""`auzolan links`: a settings file comes in; the web is asked about its links; findings and an exit status go out."""

from __future__ import annotations

import ssl
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import typer
from rich.text import Text

from auzolan import __version__
from auzolan.cli.check import is_in, there
from auzolan.cli.console import add_to_summary, console, print_json, progress, show_findings
from auzolan.intake.recording import with_linked_from
from auzolan.intake.written import data_of, put_back, written_files
from auzolan.links.asking import Asker, Manners
from auzolan.links.exceptions import Exemption, load_exceptions, unused
from auzolan.links.gather import Home, Link, asked_about, links_of
from auzolan.links.hosts import NAME, Clock
from auzolan.links.judging import identity, judged
from auzolan.links.memory import Seen, load_memory, save_memory
from auzolan.links.survey import survey
from auzolan.load.catalog import load_catalog
from auzolan.load.git import prefix_of
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic, has_errors, in_order
from auzolan.model.entries import Catalog
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.report import summary
from auzolan.report.formats import FORMATS
from auzolan.report.github import table
from auzolan.report.record import plain, records_of
from auzolan.report.tables import in_markdown

CACHE = Path(".cache/auzolan/links.json")


@dataclass(frozen=True, slots=True)
class Asked:
    """What is asked for: links in `entries` (ids, files or folders; all, where there are none), told as `format_` ("text",
    "markdown", "json", "github"). `anew`: whatever the memory knows. `record`: what is seen of identities is written."""

    entries: Sequence[str]
    format_: str
    jobs: int
    seconds: float
    pause: float
    cache: Path | None
    anew: bool
    record: bool
    allow_private: bool


def run(settings_path: Path, asked: Asked) -> None:
    """Raises typer.Exit(1) where a link needs somebody's hand; AuzolanError where nobody could look."""
    settings, _ = load_settings(settings_path)
    clock = Clock()
    trust = _trust()
    path = asked.cache or settings.root / CACHE
    known, aside = load_memory(path)
    if aside:
        console().print(Text(f"{path} is not used: {aside}. It is written anew."), style="yellow")
    with progress() as say:
        say("reading")
        catalog, told = load_catalog(settings)
        exempt, findings = load_exceptions(settings.root, clock.now().date())
        every, homes = links_of(catalog)
        links = _wanted(every, asked.entries, catalog)
        wanted = {link.of for link in links}
        homes = [home for home in homes if home.id in wanted]
        about = asked_about(links)
        covered = {url: by for url in about if (by := next((one for one in exempt if one.covers(url)), None))}
        if not asked.entries:
            used = {one for url in asked_about(every) for one in exempt if one.covers(url)}
            findings += [unused(one) for one in exempt if one not in used]
        mine = {home.url.partition("#")[0] for home in homes}
        urls = {url: url in mine for url in about if url not in covered}
        manners = Manners(_agent(settings), asked.seconds, asked.pause, asked.allow_private, clock=clock, trust=trust)
        say(f"asking: {len(urls):,} links")
        try:
            count, seen = survey(urls, known, Asker(manners).ask, clock, asked.jobs, asked.anew,
                                 lambda done, of: say(f"asking: {done:,} of {of:,} links"))  # fmt: skip
        finally:
            _remember(path, known, None if asked.entries else asked_about(every))
    findings += [one for url, seen_one in seen.items() for link in about[url] if (one := judged(link, seen_one))]
    who = [
        (home, one) for home in homes if (of := seen.get(home.url.partition("#")[0])) and (one := identity(home, of))
    ]
    written = _write(settings, catalog, who, seen) if asked.record else []
    findings += [one for home, one in who if home.id not in written]
    _tell(in_order(findings), settings, asked, _counts(links, count, len(urls), covered, seen, written))
    if not settings.site_url:
        console().print(
            "SITEURL is empty here: nobody knows which pages a group's site should link to. (-s publishconf.py?)"
        )
    if has_errors(told):
        console().print(
            "Some files could not be read, and were not looked at: auzolan check tells which.", style="yellow"
        )
    if any(one.severity != "note" for one in findings):
        raise typer.Exit(1)


def _agent(settings: Settings) -> str:
    """Who asks, so that whoever is asked can find out and complain. ASCII, and on one line."""
    home = settings.site_url or settings.contact.removeprefix("mailto:") or "no address yet"
    told = f"{NAME}/{__version__} (+{home}; {settings.site_name})"
    return "".join(sign if " " <= sign <= "~" else "?" for sign in told)[:300]


def _trust() -> ssl.SSLContext:
    """Whose certificates are believed: those whom the system believes. Raises AuzolanError where it believes nobody."""
    trust = ssl.create_default_context()
    where = ssl.get_default_verify_paths()
    folder = Path(where.capath) if where.capath else None
    if not trust.cert_store_stats()["x509_ca"] and not (
        folder is not None and folder.is_dir() and any(folder.iterdir())
    ):
        raise AuzolanError("this system has no certificates to check others by", "apt-get install ca-certificates")
    return trust


def _wanted(links: Sequence[Link], names: Sequence[str], catalog: Catalog) -> list[Link]:
    """The links in the entries, files and folders that are named. Raises AuzolanError where one is not there."""
    if not names:
        return list(links)
    root = catalog.settings.root
    ids = {name for name in names if name in catalog.entries or any(link.of == name for link in links)}
    places = [_there(name) for name in names if name not in ids]
    return [link for link in links if link.of in ids or is_in(link.where.path, places, root)]


def _there(name: str) -> Path:
    try:
        return there(Path(name))
    except AuzolanError as problem:
        raise AuzolanError(
            f"there is no entry and no file `{name}`", "name an id (cooperative/mondragon), a file or a folder"
        ) from problem


def _remember(path: Path, known: Mapping[str, Seen], about: Mapping[str, object] | None) -> None:
    """Keeps what is known, of links that are still there where all were looked at. A memory that cannot be written is told."""
    try:
        save_memory(path, {url: one for url, one in known.items() if about is None or url in about})
    except OSError as problem:
        console().print(Text(f"what was found could not be kept in {path}: {problem.strerror}"), style="yellow")


def _write(
    settings: Settings, catalog: Catalog, who: Sequence[tuple[Home, Diagnostic]], seen: Mapping[str, Seen]
) -> list[str]:
    """Writes `record.linked_from` of the entries to which their sites link back; gives their ids. What cannot be done is told."""
    files = {file.where: file for file in written_files(settings, catalog.declarations)}
    done = []
    for home, found in who:
        entry = catalog.entries[home.id]
        if found.code != "U011" or entry.path not in files:
            continue
        before = data_of(files[entry.path].path)
        text = with_linked_from(entry, home.url, seen[home.url.partition("#")[0]].on)
        if text is None or before != entry.source.encode():
            console().print(
                Text(f"{entry.path}: its record is not laid out in lines, so write it by hand"), style="yellow"
            )
            continue
        put_back(files[entry.path], settings.root, before, text.encode())
        done.append(home.id)
    return done


def _counts(
    links: Sequence[Link], asked: int, urls: int, covered: Mapping[str, Exemption], seen: Mapping[str, Seen], written: Sequence[str]
) -> dict[str, Any]:  # fmt: skip
    return {
        "links": len(links),
        "addresses": urls + len(covered),
        "asked": asked,
        "remembered": urls - asked,
        "excepted": len(covered),
        "fine": sum(one.state == "ok" for one in seen.values()),
        "recorded": list(written),
    }


def _tell(findings: Sequence[Diagnostic], settings: Settings, asked: Asked, counts: Mapping[str, Any]) -> None:
    said = (f"{counts['addresses']:,} address{'' if counts['addresses'] == 1 else 'es'} in {counts['links']:,} "
            f"link{'' if counts['links'] == 1 else 's'}: {counts['asked']:,} asked, "
            f"{counts['remembered']:,} known from before, {counts['excepted']:,} excepted; ")  # fmt: skip
    last = f"{said}{summary(findings)}"
    grave = any(one.severity != "note" for one in findings)
    if asked.format_ == "json":
        print_json({"ok": not grave, **counts, "findings": plain(records_of(findings, settings.root))})
    elif asked.format_ == "github":
        records = records_of(findings, settings.root, prefix_of(settings.root))
        sys.stdout.write(FORMATS["github"](records))
        add_to_summary(table(records, last))
    elif asked.format_ == "markdown":
        sys.stdout.write(in_markdown(records_of(findings, settings.root), last, "auzolan links"))
    else:
        show_findings(findings, settings.root, error=False)
    for id_ in counts["recorded"]:
        console().print(Text(f"{id_}: written that its site links here"), style="green")
    console().print(last, style="bold red" if grave else "bold green")
