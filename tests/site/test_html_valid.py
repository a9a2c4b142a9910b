"""The pages are HTML as the standard has it: one page of each sort, in each language, and a share of all others."""

from __future__ import annotations

import json
from pathlib import Path

import hatch_build
import pytest

PROGRAM = Path(__file__).with_name("validate.mjs")
SHARE = 40
"""One page in so many is looked at, beside one of each sort."""


def validated(pages: list[Path], tmp_path: Path) -> list[tuple[str, ...]]:
    hatch_build.build_client()
    listing = tmp_path / "pages.txt"
    listing.write_text("".join(f"{path}\n" for path in pages), "utf-8")
    return json.loads(hatch_build._node(hatch_build.ROOT, str(PROGRAM), str(listing)))


def one_of_each(site: Path) -> list[Path]:
    """The first page of every folder, its listing, and every page that stands alone."""
    folders: dict[tuple[Path, bool], Path] = {}
    alone = []
    for path in sorted(site.rglob("*.html")):
        folder = path.parent
        if folder == site or (folder.parent == site and len(folder.name) == 2):
            alone.append(path)
        if "by" in folder.relative_to(site).parts[:2] and folder.name != "by":
            folder = folder.parent
        folders.setdefault((folder, path.name == "index.html"), path)
    return list(dict.fromkeys([*alone, *folders.values()]))


def test_the_real_site(real_site: Path, tmp_path: Path) -> None:
    pages = sorted(real_site.rglob("*.html"))
    chosen = list(dict.fromkeys([*one_of_each(real_site), *pages[::SHARE]]))
    assert len(chosen) > 120
    assert validated(chosen, tmp_path) == []


def test_the_site_that_uses_everything(everything: Path, tmp_path: Path) -> None:
    pages = [path for path in sorted((everything / "output").rglob("*.html")) if "by" not in path.parts]
    assert validated(pages, tmp_path) == []


@pytest.mark.parametrize(
    ("body", "rule"),
    [
        ('<p id="a"></p><p id="a"></p>', "no-dup-id"),
        ("<p><div></div></p>", "close-order"),
        ("<img>", "element-required"),
    ],
)
def test_what_is_wrong_is_seen(tmp_path: Path, body: str, rule: str) -> None:
    page = tmp_path / "page.html"
    page.write_text(f'<!doctype html><html lang="en"><head><title>x</title></head><body>{body}</body></html>', "utf-8")
    assert any(found[3].startswith(rule) for found in validated([page], tmp_path))
