"""Folders of small sites, for the tests of load/."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from tests.helpers import settings

from auzolan.load.catalog import load_catalog
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.entries import Catalog

GOOD = "name: Growers\nsummary: They grow.\nrecord: {sources: {page: {title: T}}}\n"


def site(root: Path, files: dict[str, str | bytes]) -> Path:
    """Writes `files` (path → text or bytes) into `root`; gives `root`."""
    for folder in ("directory", "content"):
        (root / folder).mkdir(parents=True, exist_ok=True)
    for path, data in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(data if isinstance(data, bytes) else data.encode())
    return root


def load(root: Path) -> tuple[Catalog, list[Diagnostic]]:
    """The catalog of a site, and what was found but for the dates that no history gives."""
    catalog, findings = load_catalog(settings(root))
    return catalog, [one for one in findings if one.code != "S005"]


def codes(findings: list[Diagnostic]) -> list[tuple[str, str]]:
    """Codes and paths, each once."""
    return list(dict.fromkeys((one.code, one.location.path) for one in findings))


def git(root: Path, *arguments: str, day: str = "2026-01-01") -> None:
    """Runs git in `root` as nobody in particular, on `day`."""
    stamp = f"{day}T12:00:00Z"
    environment = {
        **os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_SYSTEM": os.devnull, "GIT_AUTHOR_NAME": "n",
        "GIT_AUTHOR_EMAIL": "n@n", "GIT_COMMITTER_NAME": "n", "GIT_COMMITTER_EMAIL": "n@n",
        "GIT_AUTHOR_DATE": stamp, "GIT_COMMITTER_DATE": stamp,
    }  # fmt: skip
    subprocess.run(["git", *arguments], cwd=root, env=environment, check=True, capture_output=True)


def commit(root: Path, day: str, message: str = "words") -> None:
    """Commits all that lies in `root`, on `day`."""
    git(root, "add", "-A")
    git(root, "commit", "-q", "-m", message, day=day)
