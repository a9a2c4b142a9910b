"""Settings come in; what the site is made of goes out as signatures: the program, the settings, the history, every file."""

from __future__ import annotations

import dataclasses
import os
import time
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from auzolan.ledger.engine import engine
from auzolan.ledger.scan import Stat, look
from auzolan.load.git import history_mark
from auzolan.load.images import FOLDER as PICTURES
from auzolan.load.shipped import shipped_root
from auzolan.model.comments import FOLDER
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.roots import source_roots
from auzolan.model.settings import Settings

HISTORY = "the history"
"""Of what a survey's key tells, that which may be another while most of the site stays as it is."""
RECORDED = "history.json"


@dataclass(frozen=True, slots=True)
class Survey:
    """`key`: what everything depends on, by what a person would call it; `files`: every file that may be read."""

    key: Mapping[str, str]
    files: Mapping[str, Stat]


def survey(settings: Settings, told: Iterable[Diagnostic]) -> Survey:
    """The site as it lies there now. Nothing is read but names, sizes and times."""
    key = {
        "Auzolan": engine(),
        "the settings": repr((_plain(settings), list(told))),
        HISTORY: repr((os.environ.get("SOURCE_DATE_EPOCH"), history_mark(settings.root))),
    }
    followed = (settings.theme, *settings.overrides)
    return Survey(key, look(_roots(settings, followed), time.time_ns(), followed))


def _plain(settings: Settings) -> list[object]:
    values = ((field.name, getattr(settings, field.name)) for field in dataclasses.fields(settings))
    return [(name, sorted(value) if isinstance(value, frozenset) else value) for name, value in values]


def _roots(settings: Settings, followed: Collection[Path]) -> list[Path]:
    shipped = shipped_root()
    roots = {
        *source_roots(settings),
        *settings.overrides,
        settings.directory,
        settings.content,
        settings.theme,
        settings.root / settings.settings_path,
        # What the settings may import; they tell Pelican more than what is kept of them here.
        *settings.root.glob("*.py"),
        settings.root / RECORDED,
        shipped / "theme",
        shipped / "directory" / "kinds",
        shipped / "directory" / "vocabularies",
    }
    # A folder inside another is looked at with it, unless it is looked at otherwise, or hidden there.
    return sorted(
        root
        for root in roots
        if root in followed or not any(other in root.parents and not _is_hidden(root, other) for other in roots)
    )


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def is_entry(path: str, settings: Settings, folders: Iterable[str]) -> bool:
    """Whether a file of this path is an entry: `directory/<folder of a kind>/<name>.yaml`."""
    parts = _inside(path, settings.directory)
    return len(parts) == 2 and parts[0] in folders and parts[1].endswith(".yaml")


def is_article(path: str, settings: Settings) -> bool:
    """Whether a file of this path is an article."""
    parts = _inside(path, settings.content)
    return len(parts) > 1 and parts[0] == "articles" and path.endswith(".md")


def is_comment(path: str, settings: Settings) -> bool:
    """Whether a file of this path is what a reader said to a page."""
    return settings.comments and _inside(path, settings.content)[:1] == (FOLDER,) and path.endswith(".md")


def is_picture(path: str, settings: Settings) -> bool:
    """Whether a file of this path may be a picture."""
    return "articles" in settings.features and _inside(path, settings.content)[:1] == (PICTURES,)


def is_recorded(path: str, settings: Settings) -> bool:
    """Whether a file of this path tells when the others came and changed, as a copy does that has no git."""
    return Path(path) == settings.root / RECORDED


def is_paper(path: str, settings: Settings) -> bool:
    """Whether a file of this path is one of the papers beside the site's folders, which are only handed on."""
    place = Path(path)
    others = (settings.directory, settings.content, settings.theme, *settings.overrides)
    return (
        place.is_relative_to(settings.root)
        and place.relative_to(settings.root).as_posix() not in (settings.settings_path, RECORDED)
        and place.suffix != ".py"
        and not any(place.is_relative_to(folder) for folder in others)
    )


def _inside(path: str, folder: Path) -> tuple[str, ...]:
    try:
        return Path(path).relative_to(folder).parts
    except ValueError:
        return ()
