"""render/shared/template_cache.py: compiled templates are used again as long as nothing that they depend on differs."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from auzolan.render.shared.environment import environment
from auzolan.render.shared.templates import Templates

PO = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\nmsgid "Find"\nmsgstr "{}"\n'


@pytest.fixture
def theme(tmp_path: Path) -> Path:
    folder = tmp_path / "theme"
    (folder / "templates").mkdir(parents=True)
    (folder / "templates" / "a.html").write_text("{{ _('Find') }} {{ x }}")
    return folder


def catalogue(theme: Path, said: str) -> None:
    path = theme / "locales" / "ca" / "LC_MESSAGES" / "auzolan.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(PO.format(said), "utf-8")


def rendered(theme: Path, language: str = "ca") -> tuple[str, int]:
    """A page in a new environment, and how many templates had to be compiled for it."""
    compiled: list[Any] = []
    made = environment(language, [theme], kept=theme.parent / "site" / ".cache")
    compile_ = made.compile
    made.compile = lambda *given: (compiled.append(given), compile_(*given))[1]  # type: ignore[method-assign]
    return made.get_template("a.html").render(x="<1>"), len(compiled)


def test_what_was_compiled_once_is_not_compiled_again(theme: Path) -> None:
    assert rendered(theme) == ("Find &lt;1&gt;", 1)
    assert rendered(theme) == ("Find &lt;1&gt;", 0)


def test_a_template_that_changed_is_compiled(theme: Path) -> None:
    rendered(theme)
    (theme / "templates" / "a.html").write_text("{{ x }}!")
    assert rendered(theme) == ("&lt;1&gt;!", 1)
    assert rendered(theme) == ("&lt;1&gt;!", 0)


def test_words_are_part_of_the_code(theme: Path) -> None:
    rendered(theme)
    catalogue(theme, "Troba")
    assert rendered(theme) == ("Troba &lt;1&gt;", 1)
    assert rendered(theme, "en") == ("Find &lt;1&gt;", 1)
    assert rendered(theme) == ("Troba &lt;1&gt;", 0)
    catalogue(theme, "Cerca")
    assert rendered(theme) == ("Cerca &lt;1&gt;", 1)


@pytest.mark.parametrize("damage", [b"", b"x" * 500, None])
def test_a_damaged_file_is_no_harm(theme: Path, damage: bytes | None) -> None:
    rendered(theme)
    (file,) = (theme.parent / "site" / ".cache").iterdir()
    file.write_bytes(file.read_bytes()[:40] if damage is None else damage)
    assert rendered(theme) == ("Find &lt;1&gt;", 1)
    assert rendered(theme) == ("Find &lt;1&gt;", 0)


def test_a_folder_that_cannot_be_written_is_no_harm(theme: Path) -> None:
    (theme.parent / "site").write_text("a file where the folder would be")
    assert rendered(theme) == rendered(theme) == ("Find &lt;1&gt;", 1)


def test_sites_share_what_is_the_same_and_do_not_mix_what_is_not(theme: Path, tmp_path: Path) -> None:
    other = tmp_path / "other"
    (other / "templates").mkdir(parents=True)
    (other / "templates" / "b.html").write_text("b")
    (other / "templates" / "a.html").write_text("another")
    assert rendered(theme)[1] == 1
    made = environment("ca", [other], kept=tmp_path / "site" / ".cache")
    assert made.get_template("a.html").render() == "another"
    assert made.get_template("a.html").filename == str(other / "templates" / "a.html")
    assert rendered(theme) == ("Find &lt;1&gt;", 1)


def test_without_a_folder_nothing_is_kept(theme: Path) -> None:
    assert isinstance(environment("ca", [theme]), Templates)
    assert environment("ca", [theme]).bytecode_cache is None
