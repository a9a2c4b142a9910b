"""A ZIM file comes in; what the newest libzim that pip finds says of it goes out: its own check, every item's bytes, what it finds.

Auzolan writes ZIM files by an older libzim, since Debian's zimcheck refuses the newer one's. Two of them do not fit into one
environment, so the newest is put into one of its own; that asks the network.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

_ASKED = """
import hashlib, json, sys
from pathlib import Path
from libzim.reader import Archive
from libzim.search import Query, Searcher
from libzim.suggestion import SuggestionSearcher
from libzim.version import get_libzim_version
import importlib.metadata

archive, site, word = Archive(Path(sys.argv[1])), Path(sys.argv[2]), sys.argv[3]
paths = [path for path in sorted(site.rglob("*")) if path.is_file()]
wrong = []
for path in paths:
    name = path.relative_to(site).as_posix()
    entry = archive.get_entry_by_path(name)
    while entry.is_redirect:
        entry = entry.get_redirect_entry()
        name = None
    if name and bytes(entry.get_item().content) != path.read_bytes():
        wrong.append(name)
print(json.dumps({
    "version": f"{importlib.metadata.version('libzim')} (C++ {get_libzim_version()})",
    "check": archive.check(), "checksum": archive.has_checksum, "items": len(paths), "wrong": wrong,
    "found": Searcher(archive).search(Query().set_query(word)).getEstimatedMatches(),
    "suggested": SuggestionSearcher(archive).suggest(word).getEstimatedMatches(),
}))
"""


class NotToBeHad(Exception):
    """pip finds no libzim for this Python, or no network."""


def asked(zim: Path, site: Path, word: str, work: Path) -> str:
    """A sentence about the file, and whether all is well with it is its first word. `site` is what it was made of, `word` something
    that is looked for. Raises NotToBeHad."""
    python = work / "newest" / "bin" / "python"
    try:
        subprocess.run([sys.executable, "-m", "venv", str(work / "newest")], check=True, capture_output=True)
        command = [
            str(python),
            "-m",
            "pip",
            "install",
            "--quiet",
            "--disable-pip-version-check",
            "--only-binary=:all:",
            "libzim",
        ]
        subprocess.run(command, check=True, capture_output=True)
    except (subprocess.CalledProcessError, OSError) as problem:
        raise NotToBeHad(str(problem)) from problem
    done = subprocess.run(
        [str(python), "-c", _ASKED, str(zim), str(site), word], capture_output=True, text=True, check=False
    )
    if done.returncode:
        return f"refused by the newest libzim: {done.stderr.strip()[-300:]}"
    return sentence(json.loads(done.stdout))


def sentence(told: dict[str, object]) -> str:
    """What it said, in words."""
    wrong = told["wrong"]
    assert isinstance(wrong, list)
    good = told["check"] and told["checksum"] and not wrong
    return (
        f"{'Accepted' if good else 'Refused'} by libzim {told['version']}, the newest that pip finds: check() {told['check']}, checksum "
        f"{told['checksum']}, {len(wrong)} of {told['items']:,} items differ; its search finds {told['found']}, its suggestions "
        f"{told['suggested']}."
    )
