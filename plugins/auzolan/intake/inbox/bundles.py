"""What a contribution bundle says of itself comes in; on which file each of its edits was begun goes out.

A bundle is a folder or a zip of entries, each where it would lie in a commons (`directory/cooperatives/mill.yaml`) or as the form saved
it (`mill.yaml`), and, if somebody can say it, a `bundle.json`:

    {"format": "auzolan-bundle/1", "site": "…", "edition": "…",
     "base": {"directory/cooperatives/mill.yaml": "<sha256 of the file that the edit began with>"}}

`site` and `edition` are for people; `base` decides whether an edit is one of what is there today.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from typing import Any

from auzolan.intake.inbox.pieces import Desk
from auzolan.intake.inbox.targets import Target, target_of

FORMAT = "auzolan-bundle/1"
MANIFEST = "bundle.json"
MAX_MANIFEST = 2_000_000
_SHA256 = re.compile(r"[0-9a-f]{64}\Z")


def bases_in(data: bytes, shown: str, desk: Desk) -> Mapping[Target, str]:
    """Entry → the sha256 of the file that its edit began with. Nothing, and a finding, where the manifest is none."""
    try:
        told: Any = json.loads(data[:MAX_MANIFEST].decode("utf-8-sig")) if len(data) <= MAX_MANIFEST else None
    except (ValueError, RecursionError):
        told = None
    base = told.get("base", {}) if isinstance(told, dict) and told.get("format") == FORMAT else None
    if not isinstance(base, dict):
        desk.say(
            "N001",
            f"this is not what a bundle says of itself ({FORMAT})",
            shown,
            "without it, edits are compared by hand",
        )
        return {}
    found: dict[Target, str] = {}
    for path, digest in base.items():
        target = target_of(path, desk.declarations)
        if target is not None and isinstance(digest, str) and _SHA256.match(digest):
            found[target] = digest
    return found
