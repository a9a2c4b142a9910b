"""Settings: what is not known, what cannot be used, and files that fail."""

from __future__ import annotations

from pathlib import Path

import pytest

from auzolan.load.settings import KNOWN, load_settings, read_settings
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.errors import MissingFolder, UnreadableSettings
from auzolan.model.settings import Settings


def load(root: Path, text: str = "") -> tuple[Settings, list[Diagnostic]]:
    (root / "directory").mkdir(exist_ok=True)
    conf = root / "pelicanconf.py"
    conf.write_text(text)
    return load_settings(conf)


def told(root: Path, text: str) -> list[str]:
    return [one.code for one in load(root, text)[1]]


def test_a_site_that_says_nothing(tmp_path: Path) -> None:
    settings, findings = load(tmp_path)
    assert not findings
    assert (settings.languages, settings.site_url, settings.root) == (("en",), "", tmp_path)
    assert settings.features == {"directory", "articles", "search", "data"}
    assert (settings.theme / "templates").is_dir()


def test_what_a_site_may_say(tmp_path: Path) -> None:
    settings, findings = load(
        tmp_path,
        "SITENAME = 'Ours'\nSITEURL = 'https://a.coop/'\nDEFAULT_LANG = 'en'\nAUZOLAN_TAGLINE = 'Words'\n"
        "AUZOLAN_POSTER = '#ffcb2d'\nPLUGINS = ['auzolan.site.directory', 'sitemap']\n",
    )
    assert not findings
    assert (settings.site_name, settings.site_url, settings.site_id) == ("Ours", "https://a.coop", "a.coop")
    assert settings.tagline == {"en": "Words"} and settings.features == {"directory"}
    assert settings.is_plugged_in and settings.others == ("sitemap",)


def test_plugins_may_be_modules(tmp_path: Path) -> None:
    settings, _ = load(tmp_path, "import string\nimport auzolan.site.search as ours\nPLUGINS = [string, ours]\n")
    assert (settings.features, settings.others, settings.is_plugged_in) == ({"search"}, ("string",), True)
    settings, _ = load(tmp_path, "PLUGINS = ['sitemap']\n")
    assert not settings.is_plugged_in and settings.features == {"directory", "articles", "search", "data"}


def test_who_looks_when_and_where_is_said(tmp_path: Path) -> None:
    settings, findings = load(
        tmp_path, "AUZOLAN_FORGE = 'forgejo'\nAUZOLAN_REVIEWERS = {'en': 'Two of us.'}\nAUZOLAN_REPLY_DAYS = 14\n"
    )
    assert not findings
    assert (settings.forge, settings.reviewers, settings.reply_days) == ("forgejo", {"en": "Two of us."}, 14)


def test_a_setting_that_is_not_known(tmp_path: Path) -> None:
    findings = load(tmp_path, "AUZOLAN_LANGUAGE = ['ca']\n")[1]
    assert [(one.code, one.location.path, one.hint) for one in findings] == [
        ("S001", "pelicanconf.py", "did you mean AUZOLAN_LANGUAGES?")
    ]


@pytest.mark.parametrize(
    "text",
    [
        "AUZOLAN_LANGUAGES = 'en'",
        "AUZOLAN_LANGUAGES = [1]",
        "AUZOLAN_LANGUAGES = ['english']",
        "DEFAULT_LANG = '../x'",
        "AUZOLAN_POSTER = 'red'",
        "AUZOLAN_POSTER = '#000000'",
        "AUZOLAN_POSTER = 1",
        "AUZOLAN_TAGLINE = ['x']",
        "AUZOLAN_TAGLINE = {'en': 1}",
        "SITEURL = 'a.coop'",
        "SITEURL = 'javascript:alert(1)'",
        "AUZOLAN_FEATURED = {'a': 1}",
        "AUZOLAN_OWN_ENTRY = ['project/ours']",
        "SITENAME = 3",
        "AUZOLAN_REGION = ['ES']",
        "AUZOLAN_FORGE = 'sourceforge'",
        "AUZOLAN_FORGE = ['github']",
        "AUZOLAN_REVIEWERS = ['us']",
        "AUZOLAN_REPLY_DAYS = '14'",
        "AUZOLAN_REPLY_DAYS = -1",
        "AUZOLAN_REPLY_DAYS = True",
    ],
)
def test_values_that_cannot_be_used(tmp_path: Path, text: str) -> None:
    assert told(tmp_path, text) == ["S002"]


def test_a_language_that_the_theme_does_not_speak(tmp_path: Path) -> None:
    findings = load(tmp_path, "AUZOLAN_LANGUAGES = ['en', 'eo']")[1]
    assert [(one.code, one.severity) for one in findings] == [("S003", "warning")]


def test_a_language_that_the_sites_own_theme_speaks(tmp_path: Path) -> None:
    catalogue = tmp_path / "ours" / "locales" / "pt_BR" / "LC_MESSAGES" / "auzolan.po"
    catalogue.parent.mkdir(parents=True)
    catalogue.write_text("")
    settings, findings = load(tmp_path, "THEME = 'ours'\nAUZOLAN_LANGUAGES = ['pt-BR']")
    assert not findings and settings.languages == ("en", "pt-BR")


@pytest.mark.parametrize(
    "text", ["1 / 0", "import nothing_of_that_name", "x = (", "raise SystemExit(0)", "import sys; sys.exit()", "\0"]
)
def test_a_file_that_fails(tmp_path: Path, text: str) -> None:
    with pytest.raises(UnreadableSettings) as raised:
        load(tmp_path, text)
    assert "pelicanconf.py fails" in str(raised.value)


def test_a_file_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(UnreadableSettings) as raised:
        read_settings(tmp_path / "pelicanconf.py")
    assert "auzolan init" in raised.value.hint


def test_a_folder_that_is_missing(tmp_path: Path) -> None:
    with pytest.raises(MissingFolder):
        load(tmp_path, "AUZOLAN_DIRECTORY = 'entries'")


def test_only_names_in_capitals_are_settings(tmp_path: Path) -> None:
    conf = tmp_path / "conf.py"
    conf.write_text("import os\nPATH = os.sep\nlower = 1\nAUZOLAN_REGION = 'ES'\n")
    assert set(read_settings(conf)) == {"PATH", "AUZOLAN_REGION"}


def test_pelican_is_not_imported_to_read_settings() -> None:
    import subprocess
    import sys

    code = "import sys, auzolan.load.settings, auzolan.check, auzolan.link; sys.exit('pelican' in sys.modules)"
    plugins = Path(__file__).resolve().parents[2] / "plugins"
    assert subprocess.run([sys.executable, "-c", code], cwd=plugins, check=False).returncode == 0


def test_every_setting_says_what_it_is() -> None:
    assert all(name.startswith("AUZOLAN_") and text for name, text in KNOWN.items())
