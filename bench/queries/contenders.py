"""A collection comes in; what we and our peers answer to each of its questions goes out: ids, the best first."""

from __future__ import annotations

import json
import sqlite3
import subprocess
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import closing
from pathlib import Path

from auzolan import index
from auzolan.model.pages import Document
from auzolan.pipeline.search import SEGMENT
from bench.peers import PAGEFIND, node_command, node_packages
from bench.queries.collection import Collection
from bench.queries.questions import Question
from bench.queries.scoring import DEPTH

OURS = "Auzolan"
PEERS = {
    "pagefind": "Pagefind",
    "lunr": "lunr",
    "minisearch": "MiniSearch (stemmed)",
    "minisearch-fuzzy": "MiniSearch+ (stemmed, prefix, fuzzy)",
}
"""As `peers.mjs` calls them → for people."""
PACKAGES = (PAGEFIND, "lunr@2.3.9", "minisearch@7.2.0", "snowball-stemmers@0.6.0")
"""What they need from npm."""
SCRIPT = Path(__file__).with_name("peers.mjs")
Found = dict[str, list[str]]
"""A question's id → ids."""


def ours(collection: Collection) -> Found:
    """By the Python reader over the search files that a build would write: the answers of the browser."""
    found: Found = {}
    for language, questions in _by_page(collection):
        files: dict[str, bytes] = {}
        documents = collection.documents[language]
        with closing(sqlite3.connect(":memory:")) as db:
            runs = (documents[start : start + SEGMENT] for start in range(0, len(documents), SEGMENT))
            segments = (index.segment(run, language) for run in runs)
            for file in index.update(db, language, (), (), segments, fresh=True).files:
                files[file.path] = file.data
        reader = index.open_shards(files.get, language)
        for question in questions:
            found[question.id] = [hit.id for hit in reader.search(question.query, DEPTH).hits]
    return found


def theirs(
    collection: Collection, wanted: Sequence[str], work: Path, install: bool, say: Callable[[str], None]
) -> tuple[dict[str, Found], list[str], list[str]]:
    """Peer (as in PEERS) → what it found; then why peers cannot be had here, and how some failed."""
    if not wanted:
        return {}, [], []
    node, modules = node_command(), work / "npm"
    problem = node_packages(modules, PACKAGES, install, say) if node else "there is no Node on this machine"
    if node is None or problem:
        return {}, [f"{', '.join(PEERS[one] for one in wanted)}: {problem}"], []
    found: dict[str, Found] = {peer: {} for peer in wanted}
    failures: list[str] = []
    for language, questions in _by_page(collection):
        for peer in list(found):
            say(f"{collection.name}, {language}: {PEERS[peer]}")
            place = work / "queries" / collection.name
            told = _asked(node, modules, place, peer, language, collection.documents[language], questions)
            if isinstance(told, str):
                failures.append(f"{PEERS[peer]} failed: {told}")
                del found[peer]
            else:
                found[peer].update(told)
    return found, [], failures


def _by_page(collection: Collection) -> Iterable[tuple[str, list[Question]]]:
    """The languages that are asked, with their questions: no other index is made."""
    groups: dict[str, list[Question]] = {}
    for question in collection.questions:
        groups.setdefault(question.page, []).append(question)
    return groups.items()


def _asked(
    node: Sequence[str],
    modules: Path,
    place: Path,
    peer: str,
    language: str,
    documents: Sequence[Document],
    questions: Sequence[Question],
) -> Found | str:
    """What one peer found in one language, or why it failed."""
    place.mkdir(parents=True, exist_ok=True)
    given, answered = place / "given.json", place / "found.json"
    answered.unlink(missing_ok=True)
    asked = {
        "peer": peer,
        "language": language,
        "depth": DEPTH,
        "documents": [_plain(document) for document in documents],
        "questions": [{"id": one.id, "query": one.query} for one in questions],
    }
    given.write_text(json.dumps(asked), "utf-8")
    try:
        done = subprocess.run(
            [*node, "--max-old-space-size=4096", str(SCRIPT), str(modules), str(given), str(answered)],
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
    except OSError as problem:
        return str(problem)
    if done.returncode or not answered.exists():
        lines = [line for line in done.stderr.splitlines() if line.strip()]
        return next((line for line in lines if "Error" in line), f"status {done.returncode}")
    told: Found = json.loads(answered.read_text("utf-8"))
    return told


def _plain(document: Document) -> Mapping[str, object]:
    return {"id": document.id, "texts": [[weight, text] for weight, text in document.texts]}
