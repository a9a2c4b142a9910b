"""The folder of a commons, tables of reference data, or a research collection comes in; `Collection`s go out: documents by
language, and the questions that are asked of them."""

from __future__ import annotations

import hashlib
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from auzolan.index.fold import fold
from auzolan.index.stops import stop_words
from auzolan.load.settings import load_settings
from auzolan.model.pages import Document
from auzolan.pipeline.outputs import Given, context
from auzolan.pipeline.read import read
from auzolan.render.documents import documents
from bench.about import ROOT
from bench.queries.questions import Question, Unsound, read_questions

HERE = Path(__file__).parent
TABLES = ("cooperatives", "tools")
LANGUAGES = ("en", "es", "ca", "fr")
"""Of the commons that is made of the tables."""
_FIELD = re.compile(r"^\.([A-Z])\b", re.M)


@dataclass(frozen=True, slots=True)
class Collection:
    """`documents`: language of the page → what can be found there, with the ids that `questions` expect."""

    name: str
    title: str
    documents: Mapping[str, Sequence[Document]]
    questions: Sequence[Question]


def shipped() -> Collection:
    """The commons of this repository. Raises Unsound."""
    return _of_commons("shipped", "The commons of this repository", ROOT, HERE / "shipped.tsv", by_origin=False)


def reference(data: Path, work: Path, say: Callable[[str], None]) -> Collection:
    """The commons that is made of the tables in `data`; made once and kept in `work`. Raises Unsound."""
    folder, made_of = work / "reference", _digest(data)
    mark = folder / ".made-of"
    if not folder.exists():
        _make(data, folder, say)
        mark.write_text(made_of, "ascii")
    elif not mark.is_file() or mark.read_text("ascii") != made_of:
        raise Unsound(f"{folder} was made of other tables, or was never finished: delete it, or choose another --work")
    title = "A commons made of tables of cooperatives and tools"
    return _of_commons("reference", title, folder, HERE / "reference.tsv", by_origin=True)


def cisi(folder: Path) -> list[Collection]:
    """CISI: each question whole, and its three rarest words. Title and abstract are one text of one weight, as in the
    figures that others publish. Raises Unsound."""
    try:
        texts, asked, judged = (
            (folder / "cisi" / name).read_text("utf-8", "replace") for name in ("CISI.ALL", "CISI.QRY", "CISI.REL")
        )
    except OSError as problem:
        raise Unsound(f"{folder}: no collection is here: {problem}") from problem
    right: dict[str, dict[str, int]] = {}
    for number, id_, *_ in (line.split() for line in judged.splitlines() if line.count("\t") > 1):
        right.setdefault(number, {})[id_] = 2
    found = [
        Document(id_, "text", "en", f"{id_}.html", title, "", "", ((1.0, f"{title}\n{body}"),))
        for id_, title, body in (
            (id_, " ".join(of.get("T", "").split()), of.get("W", "")) for id_, of in _records(texts)
        )
    ]
    common = Counter(word for one in found for word in set(_words(" ".join(text for _, text in one.texts))))
    long = [
        Question(f"q{number}", "en", "en", "long", " ".join(of.get("W", "").split()), right[number])
        for number, of in _records(asked)
        if number in right
    ]
    short = [replace(one, type="short", query=" ".join(_rarest(one.query, common))) for one in long]
    return [
        Collection(f"cisi-{kind}", f"CISI, {told}", {"en": found}, questions)
        for kind, told, questions in (("long", "whole questions", long), ("short", "three rarest words", short))
    ]


def _of_commons(name: str, title: str, folder: Path, file: Path, by_origin: bool) -> Collection:
    questions = read_questions(file)
    settings, told = load_settings(folder / "pelicanconf.py")
    commons = read(settings, told).commons
    if commons is None:
        raise Unsound(f"{folder}: the commons has errors: auzolan check tells them")
    shared = context(commons, Given())
    ids: dict[str, str] = {}
    if by_origin:
        for id_, entry in commons.catalog.entries.items():
            if origin := entry.fields.text("record", "origin", "id"):
                ids[str(id_)] = f"{entry.kind}/{origin}"
    found = {
        language: [replace(one, id=ids.get(one.id, one.id)) for one in documents(commons, shared, language)]
        for language in shared.speakers
    }
    _answerable(file, questions, found)
    return Collection(name, title, found, questions)


def _answerable(file: Path, questions: Iterable[Question], found: Mapping[str, Sequence[Document]]) -> None:
    known = {one.id for one in next(iter(found.values()))}
    for question in questions:
        if question.page not in found:
            raise Unsound(f"{file}: {question.id}: the site has no pages in `{question.page}`")
        if missing := sorted(set(question.expected) - known):
            raise Unsound(f"{file}: {question.id}: {missing[0]} is expected and is not there")


def _digest(data: Path) -> str:
    """Of the tables and of what is made of them."""
    told = hashlib.sha256()
    for table in TABLES:
        for path in (data / f"{table}.csv", ROOT / "bench" / "mappings" / f"{table}.yaml"):
            try:
                told.update(path.read_bytes())
            except OSError as problem:
                raise Unsound(str(problem)) from problem
    return told.hexdigest()


def _make(data: Path, folder: Path, say: Callable[[str], None]) -> None:
    folder.parent.mkdir(parents=True, exist_ok=True)
    auzolan = [sys.executable, "-m", "auzolan"]
    commands = [[*auzolan, "init", folder.name, "--languages", ",".join(LANGUAGES)]]
    for table in TABLES:
        # An import keeps a file beside its mapping: copies, so that each time is a first time.
        mapping = folder.parent / f"{folder.name}-{table}.yaml"
        mapping.write_text((ROOT / "bench" / "mappings" / f"{table}.yaml").read_text("utf-8"), "utf-8")
        mapping.with_suffix(".imported.jsonl").unlink(missing_ok=True)
        commands.append([*auzolan, "import", "csv", str((data / f"{table}.csv").resolve()), "--mapping", str(mapping)])
    for number, command in enumerate(commands):
        say(f"making the commons of the tables: {' '.join(command[3:5])}")
        done = subprocess.run(
            command, cwd=folder if number else folder.parent, capture_output=True, text=True, check=False
        )
        if done.returncode == 2 or not folder.is_dir():
            raise Unsound(f"{' '.join(command)}: {done.stderr.strip() or f'status {done.returncode}'}")


def _records(text: str) -> Iterator[tuple[str, dict[str, str]]]:
    """SMART's format: a record begins with `.I 7`, its fields with `.T`, `.W`."""
    for record in re.split(r"^\.I ", text, flags=re.M)[1:]:
        number, _, rest = record.partition("\n")
        parts = _FIELD.split(rest)
        yield number.strip(), dict(zip(parts[1::2], parts[2::2], strict=True))


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z]{2,}", text.lower())


def _rarest(query: str, common: Mapping[str, int]) -> list[str]:
    """The three words of `query` that fewest documents have, in its order. Stop words and words of no document do not
    count."""
    words = [word for word in dict.fromkeys(_words(query)) if common[word] and fold(word) not in stop_words("en")]
    kept = sorted(words, key=lambda word: (common[word], word))[:3]
    return [word for word in words if word in kept]
