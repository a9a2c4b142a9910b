"""Markdown files with front matter come in; articles and pages, one a language version, and findings go out."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from pathlib import Path

from auzolan.load import files
from auzolan.load.decoding import MAX_BYTES, decode
from auzolan.load.yaml_text import read_yaml
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Article
from auzolan.model.nodes import Mapping, Node, Scalar, Sequence
from auzolan.model.rules import finding
from auzolan.model.text import is_slug

AREAS = ("articles", "pages")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*\Z", re.ASCII)
_FLAT = re.compile(r"([A-Za-z][A-Za-z_-]*):[ \t]*(.*)\Z", re.ASCII)
_ITEM = re.compile(r"[^,\s](?:[^,]*[^,\s])?")
_LISTS = frozenset({"topics", "tags"})
_RENAMED = {"tags": "topics"}


def load_articles(
    content: Path, root: Path, default_language: str, languages: tuple[str, ...]
) -> tuple[tuple[Article, ...], list[Diagnostic]]:
    """Every article and page under `content`, sorted by area, slug and language."""
    findings: list[Diagnostic] = []
    articles: list[Article] = []
    for area in AREAS:
        folder = content / area
        if not folder.is_dir():
            continue
        for path in files.walk(folder, root, findings.append):
            if path.suffix != ".md":
                where = Location(files.relative(path, root))
                findings.append(
                    finding(
                        "F002",
                        f"`{files.printable(path.name)}` is no `.md` file; it is not read",
                        where,
                        "pictures go into `content/images/`",
                    )
                )
                continue
            article, told = load_article(path, root, area, default_language, languages)
            findings += told
            if article is not None:
                articles.append(article)
    return tuple(sorted(articles, key=lambda one: (one.area, one.slug, one.language))), findings


def load_article(
    path: Path, root: Path, area: str, default_language: str, languages: tuple[str, ...]
) -> tuple[Article | None, list[Diagnostic]]:
    """The article in the file at `path`: `<slug>.md` in the default language, `<slug>.<language>.md` in others."""
    where = files.relative(path, root)
    data, findings = files.read(path, root, MAX_BYTES)
    if findings:
        return None, findings
    text, findings = decode(data, where)
    if findings:
        return None, findings
    slug, language, told = _named(path.stem, where, default_language, languages)
    fields, body, body_line, problems = front_matter(text, where)
    findings = [*told, *problems]
    if fields is None or told:
        return None, findings
    digest = hashlib.sha256(data).hexdigest()
    return Article(slug, language, area, where, fields, body, body_line, digest), findings


def _named(stem: str, where: str, default: str, languages: tuple[str, ...]) -> tuple[str, str, list[Diagnostic]]:
    slug, dot, tag = stem.rpartition(".")
    if dot and tag in languages:
        language = tag
    elif dot and _LANGUAGE.match(tag) and len(tag) <= 3:
        return "", "", [
            finding("A002", f"`{tag}` is not one of the site's languages", Location(where),
                    "name it <slug>.<language>.md with one of: " + " ".join(languages))
        ]  # fmt: skip
    else:
        slug, language = stem, default
    if not is_slug(slug):
        return "", "", [
            finding("F001", f"`{files.printable(slug)}` is not a usable name for an article", Location(where),
                    "lower-case letters a to z, digits and hyphens: `two-partners.md`, `two-partners.ca.md`")
        ]  # fmt: skip
    return slug, language, []


def front_matter(text: str, where: str) -> tuple[Mapping | None, str, int, list[Diagnostic]]:
    """The fields, the Markdown body, the line on which the body begins (1-based), and findings. Front matter is YAML
    between two lines `---`; Pelican's flat `Key: value` header is read too."""
    text = unicodedata.normalize("NFC", text)
    lines = text.split("\n")
    if lines[0].rstrip() == "---":
        for number, line in enumerate(lines[1:], start=1):
            if line.rstrip() == "---":
                fields, findings = read_yaml("\n".join(lines[1:number]) + "\n", where, first_line=2)
                return fields, "\n".join(lines[number + 1 :]), number + 2, findings
        return None, "", 1, [
            finding("A001", "the front matter that begins here has no end", Location(where, 1, 1, 3),
                    "write a line `---` after the last field")
        ]  # fmt: skip
    told: list[Diagnostic] = []
    fields, body_line = _flat(lines, where, told)
    if fields is None:
        return None, "", 1, [
            finding("A001", "the file does not begin with front matter", Location(where, 1, 1),
                    "begin with a line `---`, fields such as `title: …`, and a line `---`")
        ]  # fmt: skip
    return fields, "\n".join(lines[body_line - 1 :]), body_line, told


def _flat(lines: list[str], where: str, told: list[Diagnostic]) -> tuple[Mapping | None, int]:
    """The fields of a flat header, and the 1-based line after it; a field that stands twice is told."""
    items: dict[str, Node] = {}
    keys: dict[str, Scalar] = {}
    number = 1
    for number, line in enumerate([*lines, ""], start=1):
        found = _FLAT.match(line)
        if not found:
            break
        name = _RENAMED.get(found[1].lower(), found[1].lower().replace("-", "_"))
        if name in items:
            told.append(
                finding(
                    "Y002",
                    f"`{found[1]}` stands here a second time; the first is in line {keys[name].line}",
                    Location(where, number, 1, len(found[1])),
                    "keep one of the two",
                )
            )
            continue
        column = found.start(2) + 1
        value: Node = Scalar(found[2].strip(), number, column, max(1, len(found[2].strip())))
        if found[1].lower() in _LISTS:
            parts = [(one[0], column + one.start()) for one in _ITEM.finditer(found[2])]
            value = Sequence(tuple(Scalar(part, number, at, len(part)) for part, at in parts), number, column)
        items[name], keys[name] = value, Scalar(name, number, 1, len(found[1]))
    return (Mapping(items, keys, 1, 1) if items else None), number
