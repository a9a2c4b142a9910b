"""`pelicanconf.py` comes in; `Settings` and findings go out. Pelican itself is not imported."""

from __future__ import annotations

import re
import runpy
from collections.abc import Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import TYPE_CHECKING

from auzolan.load.shipped import shipped_root
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.errors import MissingFolder, UnreadableSettings
from auzolan.model.rules import finding
from auzolan.model.settings import Settings

if TYPE_CHECKING:
    from auzolan.model.kinds import Texts

KNOWN: dict[str, str] = {
    "AUZOLAN_LANGUAGES": "languages of the pages, the default one first: ['ca', 'es']",
    "AUZOLAN_SITE_ID": "a name that never changes, for feeds and editions: 'example.org,2026:commons'",
    "AUZOLAN_TAGLINE": "the large words on the home page, by language",
    "AUZOLAN_INTRODUCTION": "up to three sentences on the home page, by language",
    "AUZOLAN_REGION": "the region the commons is about, ISO 3166-1 or 3166-2: 'ES-CT'",
    "AUZOLAN_POSTER": "the colour of the home page's poster: '#ffcb2d'",
    "AUZOLAN_MARK": "an SVG file in the theme's static folder, shown before the name",
    "AUZOLAN_FEATURED": "ids of the entries on the home page",
    "AUZOLAN_OWN_ENTRY": "id of the entry that is about this commons, for the addresses of its mirrors: 'project/our-commons'",
    "AUZOLAN_REPOSITORY": "the web address of the repository, for 'improve this entry'",
    "AUZOLAN_BRANCH": "the branch that contributions go to: 'main'",
    "AUZOLAN_CONTACT": "a mail address (or web address) of the people who look after the commons",
    "AUZOLAN_FORGE": "what runs the repository, where its address does not tell: 'github', 'gitlab', 'gitea' or 'forgejo'",
    "AUZOLAN_REVIEWERS": "who reads proposals, and when, by language: {'en': 'Two members read them every Monday.'}",
    "AUZOLAN_REPLY_DAYS": "within how many days somebody answers: 14",
    "AUZOLAN_COMMENTS": "whether comments (content/comments/) are shown beneath articles and entries: True",
    "AUZOLAN_ENTRY_LICENSE": "SPDX id of the licence of entries: 'CC0-1.0'",
    "AUZOLAN_ARTICLE_LICENSE": "SPDX id of the licence of articles: 'CC-BY-SA-4.0'",
    "AUZOLAN_DIRECTORY": "the folder of entries: 'directory'",
}
FORGES = ("github", "gitlab", "gitea", "forgejo")
_OURS = "AUZOLAN_"
_PLUGINS = {f"auzolan.site.{name}": name for name in ("directory", "articles", "search", "data")}
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[A-Z][a-z]{3})?(?:-[A-Z]{2})?\Z", re.ASCII)
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}\Z", re.ASCII)


def read_settings(path: Path) -> dict[str, object]:
    """The names that the settings file binds. Raises UnreadableSettings where it is missing or fails."""
    if not path.is_file():
        raise UnreadableSettings(
            f"there is no {path.name} in {path.parent}",
            "go to the folder of your commons, or begin one: auzolan init my-commons",
        )
    try:
        return {key: value for key, value in runpy.run_path(str(path)).items() if key.isupper()}
    except (Exception, SystemExit) as problem:
        raise UnreadableSettings(
            f"{path.name} fails: {type(problem).__name__}: {problem}", "mend it, then try again"
        ) from problem


def load_settings(path: Path) -> tuple[Settings, list[Diagnostic]]:
    """The settings of the site whose settings file is `path`."""
    path = path.resolve()
    return settings_of(read_settings(path), path.parent, path.name)


def settings_of(values: Mapping[str, object], root: Path, name: str) -> tuple[Settings, list[Diagnostic]]:
    """Settings out of Pelican's names and ours. Raises MissingFolder where a folder it names is not there."""
    told = _Told(values, name)
    told.unknown()
    default = told.text("DEFAULT_LANG", "en")
    languages = tuple(dict.fromkeys([default, *told.words("AUZOLAN_LANGUAGES")]))
    theme = _theme(root, told.text("THEME"))
    for language in languages:
        if not _LANGUAGE.match(language):
            told.tell("S002", f"`{language}` is not a language tag", "two letters, such as `ca`, or `zh-Hant`")
        elif not _has_words(theme, language):
            told.tell("S003", f"the words of the interface are not there in `{language}`; they will be English",
                      f"write {_catalogue(Path('theme'), language).as_posix()}")  # fmt: skip
    poster = told.text("AUZOLAN_POSTER")
    if poster and not (_COLOUR.match(poster) and _readable(poster)):
        told.tell("S002", f"AUZOLAN_POSTER: black words cannot be read well on `{poster}`",
                  "take a light colour, written #rrggbb: #ffcb2d, #8fd3c8, #f5a9a0")  # fmt: skip
        poster = ""
    site_url = told.text("SITEURL").rstrip("/")
    if site_url and not re.match(r"https?://[^/\s]+", site_url):
        told.tell("S002", f"SITEURL: `{site_url}` is not a web address", "https://example.org, or leave it empty")
        site_url = ""
    site_name = told.text("SITENAME", "A commons")
    directory = root / told.text("AUZOLAN_DIRECTORY", "directory")
    if not directory.is_dir():
        raise MissingFolder(f"there is no folder `{directory.name}/` beside {name}", "auzolan init shows how one looks")
    plugins = values.get("PLUGINS")
    # Pelican takes modules too.
    names = [str(getattr(one, "__name__", one)) for one in plugins] if isinstance(plugins, list | tuple) else []
    settings = Settings(
        root=root,
        directory=directory,
        content=root / told.text("PATH", "content"),
        output=root / told.text("OUTPUT_PATH", "output"),
        theme=theme,
        site_name=site_name,
        site_url=site_url,
        site_id=told.text("AUZOLAN_SITE_ID") or re.sub(r"^https?://", "", site_url) or site_name,
        languages=languages,
        tagline=told.texts("AUZOLAN_TAGLINE", default),
        introduction=told.texts("AUZOLAN_INTRODUCTION", default),
        region=told.text("AUZOLAN_REGION"),
        poster=poster,
        mark=told.text("AUZOLAN_MARK"),
        featured=tuple(told.words("AUZOLAN_FEATURED")),
        own_entry=told.text("AUZOLAN_OWN_ENTRY"),
        repository=told.text("AUZOLAN_REPOSITORY").rstrip("/"),
        branch=told.text("AUZOLAN_BRANCH", "main"),
        contact=told.text("AUZOLAN_CONTACT"),
        forge=told.one_of("AUZOLAN_FORGE", FORGES),
        reviewers=told.texts("AUZOLAN_REVIEWERS", default),
        reply_days=told.number("AUZOLAN_REPLY_DAYS", 366),
        comments=told.flag("AUZOLAN_COMMENTS"),
        entry_license=told.text("AUZOLAN_ENTRY_LICENSE", "CC0-1.0"),
        article_license=told.text("AUZOLAN_ARTICLE_LICENSE", "CC-BY-SA-4.0"),
        features=frozenset(_PLUGINS[plugin] for plugin in names if plugin in _PLUGINS) or frozenset(_PLUGINS.values()),
        others=tuple(name for name in names if name not in _PLUGINS),
        is_plugged_in=any(name in _PLUGINS for name in names),
        overrides=tuple(root / folder for folder in told.words("THEME_TEMPLATES_OVERRIDES")),
        settings_path=name,
    )
    return settings, told.findings


def _theme(root: Path, name: str) -> Path:
    return root / name if name and (root / name).is_dir() else shipped_root() / "theme"


def _has_words(theme: Path, language: str) -> bool:
    """Whether the theme, or the shipped one, has a catalogue of the language; its own words are English."""
    return language == "en" or any(
        _catalogue(folder, language).is_file() for folder in (theme, shipped_root() / "theme")
    )


def _catalogue(theme: Path, language: str) -> Path:
    return theme / "locales" / language.replace("-", "_") / "LC_MESSAGES" / "auzolan.po"


def _readable(colour: str) -> bool:
    """Whether ink (#1c1a17) on `colour` has the contrast of 4.5 to 1 that WCAG 2.2 asks for."""

    def light(hexadecimal: str) -> float:
        channels = [int(hexadecimal[at : at + 2], 16) / 255 for at in (1, 3, 5)]
        linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
        return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]

    return (light(colour) + 0.05) / (light("#1c1a17") + 0.05) >= 4.5


class _Told:
    """Reads values out of the settings and keeps a finding for each that is not usable."""

    def __init__(self, values: Mapping[str, object], name: str) -> None:
        self.values = values
        self.name = name
        self.findings: list[Diagnostic] = []

    def tell(self, code: str, message: str, hint: str) -> None:
        self.findings.append(finding(code, message, Location(self.name), hint))

    def unknown(self) -> None:
        for key in sorted(self.values):
            if key.startswith(_OURS) and key not in KNOWN:
                # What all names begin with makes none of them near.
                near = get_close_matches(key.removeprefix(_OURS), [name.removeprefix(_OURS) for name in KNOWN], 1)
                way_out = f"did you mean {_OURS}{near[0]}?" if near else ", ".join(KNOWN)
                self.tell("S001", f"`{key}` is not a setting", way_out)

    def text(self, key: str, default: str = "") -> str:
        value = self.values.get(key)
        if value is None or value == "":
            return default
        if isinstance(value, str):
            return value
        self.tell("S002", f"{key} should be a text", KNOWN.get(key, ""))
        return default

    def one_of(self, key: str, known: tuple[str, ...]) -> str:
        value = self.text(key)
        if value and value not in known:
            self.tell("S002", f"{key}: `{value}` is not known", "one of: " + ", ".join(known))
            return ""
        return value

    def number(self, key: str, most: int) -> int:
        value = self.values.get(key) or 0
        if isinstance(value, int) and not isinstance(value, bool) and 0 <= value <= most:
            return value
        self.tell("S002", f"{key} should be a whole number up to {most}", KNOWN.get(key, ""))
        return 0

    def flag(self, key: str) -> bool:
        value = self.values.get(key) or False
        if isinstance(value, bool):
            return value
        self.tell("S002", f"{key} should be True or False", KNOWN.get(key, ""))
        return False

    def words(self, key: str) -> list[str]:
        value = self.values.get(key) or []
        if isinstance(value, list | tuple) and all(isinstance(item, str) for item in value):
            return list(value)
        self.tell("S002", f"{key} should be a list of texts", KNOWN.get(key, ""))
        return []

    def texts(self, key: str, default_language: str) -> Texts:
        value = self.values.get(key) or {}
        if isinstance(value, str):
            return {default_language: value}
        if isinstance(value, dict) and all(isinstance(item, str) for pair in value.items() for item in pair):
            return dict(value)
        self.tell("S002", f"{key} should be a text, or texts by language", KNOWN.get(key, ""))
        return {}
