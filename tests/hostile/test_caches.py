"""What one process keeps between two builds: nobody changes it, and a file that was edited is read anew."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import catalog

from auzolan.check import check
from auzolan.link import link
from auzolan.load import declaration_files
from auzolan.load.declarations import load_declarations
from auzolan.load.shipped import shipped_root
from auzolan.load.yaml_text import read_yaml
from auzolan.model.briefs import briefs_of
from auzolan.model.nodes import Mapping
from auzolan.render.shared import naming

KINDS = "extends: shipped\nlabel: {en: %s}\n"
CATALOGUE = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Kind"\nmsgstr "%s"\n'


def declared(root: Path) -> object:
    return load_declarations(shipped_root() / "directory", root / "directory", root, ("en",))


def test_declarations_that_are_kept_stay_as_they_were_read(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    kept: dict[tuple[str, str], Mapping | None] = {}
    read = declaration_files._read

    def noted(text: str, where: str) -> object:
        found = read(text, where)
        kept[text, where] = found[0]
        return found

    monkeypatch.setattr(declaration_files, "_read", noted)
    kinds = tmp_path / "directory/kinds"
    kinds.mkdir(parents=True)
    (kinds / "tool.yaml").write_text(KINDS % "Implement", "utf-8")
    for _ in range(2):
        declared(tmp_path)
    made = catalog({"tool/a": "name: A\nsummary: B.\ntopics: [commons]\n"})
    check(made)
    link(made, briefs_of(made))
    assert len(kept) > 5
    for (text, where), tree in kept.items():
        assert read_yaml(text, where)[0] == tree


def test_a_kind_that_was_edited_is_read_anew(tmp_path: Path) -> None:
    kinds = tmp_path / "directory/kinds"
    kinds.mkdir(parents=True)
    for word in ("Implement", "Gadget", "Implement"):
        (kinds / "tool.yaml").write_text(KINDS % word, "utf-8")
        assert word in repr(declared(tmp_path))


def test_a_catalogue_that_was_edited_is_read_anew_and_answers_change_no_other(tmp_path: Path) -> None:
    folder = tmp_path / "ca/LC_MESSAGES"
    folder.mkdir(parents=True)
    shipped = shipped_root() / "theme/locales"
    for word in ("Mena", "Tipus", "Mena"):
        (folder / "auzolan.po").write_text(CATALOGUE % word, "utf-8")
        words = naming.translations("ca", [tmp_path, shipped])
        assert words.gettext("Kind") == word
    # The fallback of one is not that of another, which was made of the same bytes.
    assert naming.translations("ca", [shipped]).gettext("Kind") not in ("Kind", "")
    assert naming.translations("ca", [tmp_path]).gettext("Take it with you") == "Take it with you"
