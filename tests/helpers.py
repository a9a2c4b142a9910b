"""A few lines of YAML come in; a catalog of them under the shipped declarations, and what is found in it, go out."""

from __future__ import annotations

import datetime
import hashlib
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path

from auzolan.check import check
from auzolan.link import link
from auzolan.load.articles import front_matter
from auzolan.load.declarations import load_declarations
from auzolan.load.shipped import shipped_root
from auzolan.load.yaml_text import read_yaml
from auzolan.model.briefs import briefs_of
from auzolan.model.commons import Commons
from auzolan.model.diagnostics import Diagnostic, in_order
from auzolan.model.entries import Article, Catalog, Entry, History, Image
from auzolan.model.kinds import Declarations
from auzolan.model.settings import Settings

TODAY = datetime.date(2026, 11, 20)
"""The declared date of every build here."""
MINE = "cooperative/growers"
"""The id of the entry that a test writes, unless it says another."""
_NEEDED = {
    "name": "name: Growers of the hill",
    "summary": "summary: They grow vegetables together.",
    "written_in": "written_in: en",
    "record": "record: {sources: {page: {title: A page about them}}}",
}


@cache
def declarations() -> Declarations:
    """The shipped kinds and vocabularies."""
    shipped = shipped_root() / "directory"
    made, findings = load_declarations(shipped, shipped, shipped_root(), ("en", "ca"))
    assert not findings
    return made


def settings(root: Path = Path("/site"), languages: tuple[str, ...] = ("en", "ca")) -> Settings:
    """Settings of a site that lies in `root`."""
    return Settings(
        root,
        root / "directory",
        root / "content",
        root / "output",
        root / "theme",
        "Our commons",
        "",
        "ours",
        languages,
    )


def entry(id_: str, yaml: str, *, bare: bool = False) -> Entry:
    """The entry that `yaml` writes. What an entry needs and `yaml` does not say stands after it: lines stay."""
    kind, slug = id_.split("/")
    folder = declarations().kinds[kind].folder
    text = yaml if not yaml or yaml.endswith("\n") else yaml + "\n"
    if not bare:
        said = {line.split(":")[0] for line in text.split("\n")}
        more = _NEEDED | ({"spdx_id": f"spdx_id: LicenseRef-{slug}"} if kind == "license" else {})
        text += "".join(line + "\n" for key, line in more.items() if key not in said)
    path = f"directory/{folder}/{slug}.yaml"
    tree, findings = read_yaml(text, path)
    assert tree is not None and not findings, findings
    return Entry(id_, kind, slug, path, tree, hashlib.sha256(text.encode()).hexdigest(), text)


def article(name: str, text: str, area: str = "articles") -> Article:
    """The article in a file called `name`: `pooling.ca.md`. Front matter and body as in the file."""
    slug, _, language = name.removesuffix(".md").partition(".")
    path = f"content/{area}/{name}"
    fields, body, line, findings = front_matter(text, path)
    assert fields is not None and not findings, findings
    return Article(slug, language or "en", area, path, fields, body, line, hashlib.sha256(text.encode()).hexdigest())


def catalog(
    entries: Mapping[str, str] | None = None, *, articles: Mapping[str, str] | None = None,
    pages: Mapping[str, str] | None = None, images: Iterable[str] = (), today: datetime.date | None = TODAY,
    bare: Iterable[str] = (),
) -> Catalog:  # fmt: skip
    """A catalog of `entries` (id → YAML), `articles` and `pages` (file name → text) and `images` (names)."""
    bare = set(bare)
    made = (entry(id_, text, bare=id_ in bare) for id_, text in sorted((entries or {}).items()))
    return Catalog(
        settings=settings(),
        declarations=declarations(),
        entries={one.id: one for one in made},
        articles=tuple(article(name, text) for name, text in sorted((articles or {}).items())),
        pages=tuple(article(name, text, "pages") for name, text in sorted((pages or {}).items())),
        images={name: Image(f"content/images/{name}", 1, 1, 1, "JPEG") for name in images},
        history=History(build_date=today),
    )


def commons(entries: Mapping[str, str], **more: object) -> Commons:
    """The commons of a catalog in which nothing is wrong."""
    made = catalog(entries, **more)  # type: ignore[arg-type]
    wrong = [one for one in check(made) if one.severity == "error"]
    assert not wrong, wrong
    return linked(made)


def linked(made: Catalog) -> Commons:
    """The commons of a whole catalog."""
    return link(made, briefs_of(made))[0]


def found(
    yaml: str, id_: str = MINE, *, others: Mapping[str, str] | None = None, bare: bool = False, **more: object
) -> tuple[Diagnostic, ...]:
    """Every finding about a catalog of one entry that says `yaml`, and of `others`."""
    made = catalog({**(others or {}), id_: yaml}, bare=[id_] if bare else [], **more)  # type: ignore[arg-type]
    return in_order(check(made))


def clean(yaml: str, id_: str = MINE, **more: object) -> None:
    """Holds that nothing is found."""
    told = found(yaml, id_, **more)  # type: ignore[arg-type]
    assert not told, told


def finds(
    yaml: str, code: str, line: int, column: int, id_: str = MINE, *, only: bool = True, **more: object
) -> Diagnostic:
    """Holds that rule `code` is found at this place, and with `only` that no other is; gives the finding."""
    return one_of(found(yaml, id_, **more), code, line, column, only=only)  # type: ignore[arg-type]


def one_of(told: Iterable[Diagnostic], code: str, line: int, column: int, *, only: bool = True) -> Diagnostic:
    """Holds that `told` has a finding of `code` at this place, and gives it."""
    told = list(told)
    here = [one for one in told if (one.code, one.location.line, one.location.column) == (code, line, column)]
    assert here, f"no {code} at {line}:{column} in {told}"
    if only:
        assert {one.code for one in told} == {code}, told
    return here[0]
