"""A folder comes in; a small commons in it, that a test changes file by file, and what a build of it told and wrote, go out."""

from __future__ import annotations

import io
import os
import shutil
from collections.abc import Iterable
from contextlib import redirect_stderr, suppress
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from unittest.mock import patch

import yaml
from tests.running import ROOT, SITES, tree

from auzolan.cli.build import build_site
from auzolan.load.settings import load_settings
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.errors import AuzolanError
from auzolan.model.settings import Settings
from auzolan.pipeline.build import Options

SETTINGS = '''"""A commons that grows."""

import auzolan

SITENAME = {name!r}
SITEURL = {url!r}
DEFAULT_LANG = "en"
TIMEZONE = "UTC"
PATH = "content"
PLUGINS = auzolan.PLUGINS
THEME = "theme"
THEME_TEMPLATES_OVERRIDES = ["templates"]
AUZOLAN_LANGUAGES = ["en", "ca"]
AUZOLAN_SITE_ID = "grown.example,2026:commons"
AUZOLAN_FEATURED = {featured!r}
AUZOLAN_COMMENTS = True
AUZOLAN_CONTACT = "grown@grown.example"
AUZOLAN_ENTRY_LICENSE = {license!r}
'''
MACHINES = {
    "lathe": "  lathe:\n    label: {en: Lathe, ca: Torn}\n    definition: {en: It turns a piece., ca: Fa girar.}\n",
    "loom": "  loom:\n    label: {en: Loom, ca: Teler}\n    definition: {en: It holds threads., ca: Aguanta fils.}\n",
    "press": "  press:\n    label: {en: Press}\n    definition: {en: It presses.}\n",
}


def settings_file(
    name: str = "Grown", url: str = "", featured: Iterable[str] = (), license: str = "CC0-1.0"
) -> str:  # fmt: skip
    """A settings file."""
    return SETTINGS.format(name=name, url=url, featured=list(featured), license=license)


def machines(words: Iterable[str]) -> str:
    """A vocabulary."""
    head = (
        "label: {en: Machines, ca: Màquines}\ndescribes: {en: What stands in a workshop., ca: El que hi ha.}\nwords:\n"
    )
    return head + "".join(MACHINES[word] for word in words)


def workshop(label: str = "Benches", more: str = "") -> str:
    """A kind of the site's own."""
    return (
        "folder: workshops\nuse: [every, organisation-like]\ntraits: [organisation-like]\n"
        "label: {en: Workshop, ca: Taller}\nlabel_plural: {en: Workshops, ca: Tallers}\n"
        "describes: {en: A workshop., ca: Un taller.}\nsign: disc\nhue: other\nfields:\n"
        "  machines: {type: word, vocabulary: machines, many: true, facet: true, show: facts,\n"
        "    label: {en: Machines, ca: Màquines}, help: {en: What one can work with.}, example: lathe}\n"
        f"  benches: {{type: number, show: facts, label: {label}, help: {{en: How many.}}, example: \"12\"}}\n{more}"
    )  # fmt: skip


FEW = {
    "legal-forms": ["cooperative-society"],
    "license-categories": ["permissive"],
    "license-conditions": ["disclose-source"],
    "license-families": ["mit-and-isc"],
    "license-limitations": ["warranty"],
    "license-permissions": ["distribution"],
    "link-kinds": ["forum"],
    "membership-base": ["producers"],
    "offer-how": ["lend"],
    "offer-what": ["space"],
    "plan-types": ["plan"],
    "platforms": ["paper", "web"],
    "registries": ["isni", "wikidata"],
    "sectors": ["agriculture", "food"],
    "structures": ["cooperative", "worker-cooperative"],
    "tool-categories": ["messaging"],
    "topics": ["commons", "food-sovereignty"],
}
"""Words that are left of those that come with Auzolan: each has a page in each language, which would be most of what is made."""


@cache
def few_words() -> dict[str, str]:
    """Files of vocabularies, by path."""
    files = {}
    for name, words in FEW.items():
        path = f"directory/vocabularies/{name}.yaml"
        shipped = yaml.load((ROOT / path).read_text("utf-8"), yaml.CSafeLoader)
        left = {word: shipped["words"][word] for word in words}
        files[path] = yaml.safe_dump({**shipped, "words": left}, allow_unicode=True, sort_keys=False)
    return files


def beginning() -> dict[str, bytes]:
    """The files of a small commons, by path."""
    basket = (SITES / "everything" / "content" / "images" / "basket.png").read_bytes()
    texts = {
        "pelicanconf.py": settings_file(),
        "directory/kinds/workshop.yaml": workshop(),
        "directory/vocabularies/machines.yaml": machines(["lathe", "loom"]),
        "content/pages/about.md": "---\ntitle: About\nsummary: What this is.\n---\n\nSee [[cooperative/aa]].\n",
        "content/articles/mill.md": '---\ntitle: A mill\ndate: "2026-06-16"\nsummary: One.\n---\n\nBy [[tool/aa]].\n',
        "theme/locales/ca/LC_MESSAGES/auzolan.po": 'msgid "Find"\nmsgstr "Busca"\n',
        "templates/not_found.html": "It is not here.",
        "README.md": "A commons.\n",
        **few_words(),
    }
    return {"content/images/basket.png": basket} | {name: text.encode() for name, text in texts.items()}


_FRESH: dict[object, tuple[Told, dict[str, str]]] = {}
"""What builds from nothing told and made, by what they were made of."""


@dataclass(frozen=True)
class Told:
    """What a build told: its findings, its exit status (1: of the findings some are errors; 2: something else is broken),
    and what it printed."""

    findings: tuple[Diagnostic, ...]
    status: int = 0
    words: str = field(default="", compare=False)

    @property
    def refused(self) -> bool:
        """Whether there is no site, or the old one."""
        return self.status != 0


@dataclass
class Grown:
    """A commons in a folder: `files` are those that its people wrote. `large` tells that numbers of the program were changed, so that
    it is built as a large one is."""

    root: Path
    files: dict[str, bytes] = field(default_factory=dict)
    why: str = ""
    large: bool = False

    @property
    def output(self) -> Path:
        """Where it is built."""
        return self.root / "output"

    def settings(self) -> Settings:
        """The settings that its settings file says."""
        return load_settings(self.root / "pelicanconf.py")[0]

    def write(self, path: str, data: bytes | str) -> None:
        """Writes a file."""
        data = data.encode() if isinstance(data, str) else data
        self.files[path] = data
        place = self.root / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(data)

    def delete(self, path: str) -> None:
        """Deletes a file, and the folders that are empty then."""
        del self.files[path]
        place = self.root / path
        place.unlink()
        with suppress(OSError):
            for folder in place.parents:
                folder.rmdir()

    def become(self, files: dict[str, bytes]) -> None:
        """Makes the files be those."""
        for path in self.files.keys() - files.keys():
            self.delete(path)
        for path, data in files.items():
            if self.files.get(path) != data:
                self.write(path, data)

    def build(self, jobs: int = 1, *, verify: bool = False) -> Told:
        """Builds it in this process."""
        told: list[Diagnostic] = []
        self.why = ""
        said = io.StringIO()
        with patch("auzolan.cli.build.show_findings", lambda found, root: told.extend(found)), redirect_stderr(said):
            try:
                build, _ = build_site(
                    self.root / "pelicanconf.py", None, Options(jobs=jobs, verify=verify), lambda stage: None
                )
            except AuzolanError as problem:
                return Told(tuple(told), 2, str(problem))
            except SystemExit as problem:
                return Told(tuple(told), int(problem.code or 0), said.getvalue())
        self.why = build.reading.why if build.reading else "nothing changed"
        # Pelican never lets go of its settings, in which the build is: many builds in one process need much memory.
        build.reading, build.last, build.files, build.was, build.lying = None, None, {}, {}, {}
        return Told(tuple(told))

    def fresh(self, jobs: int = 1) -> tuple[Told, dict[str, str]]:
        """What a build of these files into an empty folder tells and makes. The same files are built once: that they give the same
        bytes is tests/site/test_reproducible's."""
        key = (jobs, self.large, os.environ.get("SOURCE_DATE_EPOCH"), tuple(sorted(self.files.items())))
        if key not in _FRESH:
            other = Grown(self.root.with_name("fresh"))
            shutil.rmtree(other.root, ignore_errors=True)
            for path, data in self.files.items():
                other.write(path, data)
            _FRESH[key] = (other.build(jobs), other.made())
        return _FRESH[key]

    def made(self) -> dict[str, str]:
        """Every file of the output folder: path → sha256."""
        return tree(self.output) if self.output.exists() else {}


def differences(made: dict[str, str], expected: dict[str, str]) -> str:
    """Which files differ, in words; "" where none does."""
    lines = [f"missing: {path}" for path in sorted(expected.keys() - made.keys())]
    lines += [f"too many: {path}" for path in sorted(made.keys() - expected.keys())]
    lines += [f"other: {path}" for path in sorted(made.keys() & expected.keys()) if made[path] != expected[path]]
    return "\n".join(lines)


def leftovers(folder: Path) -> list[str]:
    """Files that a build began and did not end."""
    return [str(path) for path in folder.rglob(".auzolan-*")]


def aged(path: Path, seconds: int) -> None:
    """Lets a file be written some time ago."""
    told = path.stat()
    os.utime(path, ns=(told.st_atime_ns, told.st_mtime_ns - seconds * 1_000_000_000))
