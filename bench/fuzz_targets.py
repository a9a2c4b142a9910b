"""Bytes that somebody sent come in, by every way in which they may; nothing goes out but what is raised.

Whatever a stranger can write is read here as the commands read it: an entry is loaded, checked, linked, put in order and made
a page of; a text is checked and rendered; tables and declarations are read and followed. What is refused is refused by
findings, or by an AuzolanError with a way out: anything else that is raised is a mistake of ours.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache
from pathlib import Path

from auzolan.check import check
from auzolan.check.prose_text import prose_problems
from auzolan.intake.formatting import formatted
from auzolan.intake.inbox.arriving import pieces_at
from auzolan.intake.inbox.asked.questions import Sheets
from auzolan.intake.inbox.bases import Bases
from auzolan.intake.inbox.importing import Import
from auzolan.intake.inbox.pieces import Desk
from auzolan.intake.mending import mended
from auzolan.intake.tables.mapping import read_mapping
from auzolan.intake.tables.propose import propose
from auzolan.intake.tables.reading import open_table
from auzolan.intake.tables.values import Words, said_by
from auzolan.intake.written import WrittenFile
from auzolan.link import link
from auzolan.load.articles import load_article
from auzolan.load.catalog import load_frame
from auzolan.load.comments import load_comments
from auzolan.load.declarations import load_declarations
from auzolan.load.entries import load_entry
from auzolan.load.settings import load_settings
from auzolan.model.briefs import briefs_of
from auzolan.model.diagnostics import has_errors
from auzolan.model.entries import Catalog
from auzolan.model.errors import AuzolanError
from auzolan.model.pages import Page
from auzolan.pipeline.outputs import Given, context
from auzolan.render.entry.entries import units_of
from auzolan.render.prose.prose import prose
from auzolan.render.shared.environment import renderer

ROOT = Path(__file__).resolve().parents[1]
CAPS = frozenset({"M002", "M003", "M004", "M005"})
Target = Callable[[bytes, Path], None]
"""Takes what was sent, and a folder to write it into."""
MAPPING = b"""kind: cooperative
from: A list
id: "{id}"
source: {title: A list, url: "https://lists.example/"}
retrieved: "2026-11-22"
fields:
  name: "{name}"
  summary: {first: ["{about}", "Listed as {name}."]}
  places: [{country: "{country}"}]
"""
HEADER = ("id", "name", "about", "country")


@cache
def _site() -> Catalog:
    """The commons of this repository without its entries and articles."""
    catalog, _, _ = load_frame(load_settings(ROOT / "pelicanconf.py")[0])
    return replace(catalog, articles=(), pages=(), images={})


@cache
def _render() -> Callable[[Page], bytes]:
    commons, _ = link(_site(), briefs_of(_site()))
    return renderer(commons, context(commons, Given()))


def entry(data: bytes, folder: Path) -> None:
    """An entry: loaded, checked, and where nothing is wrong with it, linked and made a page of."""
    site = _site()
    path = _written(folder / "directory" / "tools" / "sent.yaml", data)
    made, findings = load_entry(path, site.declarations.kinds["tool"], folder)
    if made is None:
        assert findings, "refused without a word"
        return
    catalog = replace(site, entries={made.id: made})
    if has_errors([*findings, *check(catalog)]):
        return
    commons, _ = link(catalog, briefs_of(catalog))
    for unit in units_of(commons, context(commons, Given())):
        for page in unit.make():
            if isinstance(page, Page):
                _render()(page)


def tidied(data: bytes, folder: Path) -> None:
    """An entry, put in order and mended, twice: the second time changes nothing."""
    kind = _site().declarations.kinds["tool"]
    path = _written(folder / "directory" / "tools" / "sent.yaml", data)
    file = WrittenFile(path, "directory/tools/sent.yaml", kind.fields, False)
    once = formatted(file, data)
    assert formatted(file, once.data).data == once.data, "put in order again, it is another"
    made, findings = load_entry(path, kind, folder)
    if made is not None:
        mended(file, data, [*findings, *check(replace(_site(), entries={made.id: made}))])


def article(data: bytes, folder: Path) -> None:
    """An article: loaded and checked."""
    site = _site()
    path = _written(folder / "content" / "articles" / "sent.md", data)
    made, findings = load_article(path, folder, "articles", "en", ("en", "ca"))
    assert made is not None or findings, "refused without a word"
    if made is not None:
        check(replace(site, articles=(made,)))


def text(data: bytes, folder: Path) -> None:
    """A text in Markdown, as far as the caps take it: checked and rendered."""
    words = data.decode("utf-8", "replace").replace("\0", "")
    if not any(problem[0] in CAPS for problem in prose_problems(words)):
        prose(words, link=lambda id_, said: None)


def table(data: bytes, folder: Path) -> None:
    """A table: read, a mapping proposed for it, and each row followed through one."""
    site = _site()
    try:
        propose(open_table(_written(folder / "sent.csv", data), "sent.csv"), site.declarations, None)
        rows = open_table(_written(folder / "rows.csv", ",".join(HEADER).encode() + b"\n" + data), "rows.csv")
    except AuzolanError:
        return
    made, findings = read_mapping(MAPPING, "mapping.yaml", HEADER, site.declarations)
    assert made is not None, findings
    words = Words(site.declarations)
    for row in rows.rows(lambda told: None) if rows.header == HEADER else ():
        said_by(row, made, words)


def mapping(data: bytes, folder: Path) -> None:
    """A mapping of a table's columns."""
    made, findings = read_mapping(data, "sent.yaml", HEADER, _site().declarations)
    assert made is not None or findings, "refused without a word"


def kind(data: bytes, folder: Path) -> None:
    """A kind that a commons declares."""
    _written(folder / "directory" / "kinds" / "sent.yaml", data)
    load_declarations(folder / "none", folder / "directory", folder, ("en", "ca"))


def vocabulary(data: bytes, folder: Path) -> None:
    """A vocabulary that a commons declares."""
    _written(folder / "directory" / "vocabularies" / "sent.yaml", data)
    load_declarations(folder / "none", folder / "directory", folder, ("en", "ca"))


@cache
def _open_to_comments() -> Catalog:
    """This repository's commons with its articles, as one that takes comments."""
    site = _site()
    catalog, _, _ = load_frame(replace(site.settings, comments=True))
    return replace(catalog, images={})


def comment(data: bytes, folder: Path) -> None:
    """A reader's comment: loaded and checked."""
    _written(folder / "content" / "comments" / "articles" / "sent" / "one.md", data)
    made, findings = load_comments(folder / "content", folder)
    assert made or findings, "refused without a word"
    check(replace(_site(), comments=made))


def mail(data: bytes, folder: Path) -> None:
    """A mail that was sent, and the same bytes as the text of one."""
    _sent(["sent.eml", "sent.txt"], data, folder)


def answers(data: bytes, folder: Path) -> None:
    """The answers of a form, as a forge has them in an issue and as somebody typed them from paper."""
    _sent(["sent.md", "sent.txt"], data, folder)


def bundle(data: bytes, folder: Path) -> None:
    """A zip of entries, and its manifest by itself."""
    _sent(["sent.zip"], data, folder)
    _sent(["bundle.json"], data, folder)


@cache
def _sheets() -> Sheets:
    site = _open_to_comments()
    return Sheets(site.settings, site.declarations)


def _sent(names: list[str], data: bytes, folder: Path) -> None:
    """What somebody sent in files of these names: opened, settled and checked; nothing is written."""
    site = _open_to_comments()
    sent = [_written(folder / name / name, data) for name in names]
    work = Import(site, Bases(folder))
    work.run(pieces_at(sent, Desk(site.declarations, None, _sheets(), work.told, "articles/none")), dry=True)


TARGETS: Mapping[str, Target] = {
    "entry": entry, "tidied": tidied, "article": article, "text": text, "table": table, "mapping": mapping, "kind": kind,
    "vocabulary": vocabulary, "comment": comment, "mail": mail, "answers": answers, "bundle": bundle,
}  # fmt: skip
SENT = "directory/tools/sent.yaml"


def seeds(target: str) -> Iterable[bytes]:
    """What a target is given first: what this repository has of that sort."""
    patterns = {
        "entry": "directory/tools/*.yaml", "tidied": "directory/tools/*.yaml", "article": "content/articles/*.md",
        "text": "content/articles/*.md", "kind": "directory/kinds/*.yaml", "vocabulary": "directory/vocabularies/*.yaml",
        "mapping": "bench/mappings/*.yaml",
    }  # fmt: skip
    for path in sorted(ROOT.glob(patterns[target])) if target in patterns else ():
        yield path.read_bytes()
    if target == "answers":
        yield b"### Name\n\nA\n\n### Summary\n\nThey bake.\n\n### Country\n\n_No response_\n"
        yield b"Kind: Tools\nName: A\nSummary: They bake.\nSources: a book\n"
    if target == "bundle":
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as out:
            out.writestr(SENT, "name: A\nsummary: B\n")
        yield packed.getvalue()
        yield b'{"format": "auzolan-bundle/1", "entries": {"tool/a": "00"}}'
    if target == "comment":
        yield b"---\nname: A\ndate: 2026-05-03\nlanguage: en\n---\nWe know *them*.\n"
    if target == "table":
        yield b'id,name,about,country\n1,A,They bake.,ES\n2,B,"They\nsew; too",Kenya\n'
        yield "id\tname\n1\tÀ\n".encode("utf-16")
    if target == "mail":
        yield from _letters()


def _letters() -> Iterable[bytes]:
    """Mails with an entry, a comment and both; to be read as they are, broken and attached."""
    entry_ = (ROOT / "directory" / "tools" / "nextcloud.yaml").read_text("utf-8")
    said = '---\nname: Ana\ndate: "2026-05-03"\nlanguage: ca\nin_reply_to: "2026-05-01-a"\n---\n\nPa, [[tool/nextcloud]].\n'
    looked = "Still correct: tool/nextcloud\non: 2026-11-20\nhow: website\n"
    letters = [f"----- directory/tools/sent.yaml -----\n{entry_}----- end -----\n",
               f"----- content/comments/articles/none/2026-05-03-a.md -----\n{said}----- end -----\n"]  # fmt: skip
    head = "From: a@b.example\r\nMIME-Version: 1.0\r\nContent-Type: "
    for body in (*letters, "".join(letters), said, looked):
        yield f"{head}text/plain; charset=utf-8\r\n\r\n{body}".encode()
        yield f"{head}text/plain; format=flowed\r\n\r\n{body}".encode()
    part = "--b\r\nContent-Type: text/markdown; name=a.md\r\nContent-Disposition: attachment\r\n\r\n"
    yield f"{head}multipart/mixed; boundary=b\r\n\r\n{part}{said}\r\n--b--\r\n".encode()


def _written(path: Path, data: bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path
