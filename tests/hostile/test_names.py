"""Names that would meet in one page, or lie where no file can, come in; findings, or one page for both, go out."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.helpers import commons, found

from auzolan.load.images import load_images


@pytest.mark.parametrize("slug", ["index", "con", "a" * 200])
def test_a_former_id_takes_the_place_of_no_other_page(slug: str) -> None:
    told = found(f"former_ids: [cooperative/{slug}]\n")
    assert {one.code for one in told} == {"I003"}


def test_one_language_has_one_page_however_it_is_written() -> None:
    made = commons({"cooperative/one": "languages: [pt-BR]\n", "cooperative/two": "languages: [pt-br]\n"})
    assert [value.id for value in made.facets["languages"].values] == ["pt-BR"]


def test_one_licence_has_one_page_however_it_is_written() -> None:
    made = commons({"tool/one": "license: GPL-2.0+\n", "tool/two": "license: GPL-2.0-or-later\n"})
    assert [value.id for value in made.facets["license"].values] == ["GPL-2.0-or-later"]


def test_a_licence_is_known_by_the_file_that_is_named_by_it() -> None:
    others = {"license/a": "spdx_id: LicenseRef-a\n", "license/other": "spdx_id: LicenseRef-A\nexample: yes\n"}
    told = found("license: LicenseRef-A\n", "tool/mine", others=others)
    assert "L002" in {one.code for one in told}


@pytest.mark.parametrize(
    "name",
    [b"\x1b[31m.jpg", b"\xff.jpg", b"a:b.jpg", b"a\\b.jpg", b"con.jpg", b"a#b?.jpg", b"-rf.jpg", b"x" * 120 + b".jpg"],
)
def test_a_picture_has_a_name_that_every_system_and_page_can_hold(tmp_path: Path, name: bytes) -> None:
    from PIL import Image

    folder = tmp_path / "content" / "images"
    folder.mkdir(parents=True)
    Image.new("RGB", (8, 8)).save(folder / "good.jpg")
    (folder / "good.jpg").rename(folder / name.decode("utf-8", "surrogateescape"))
    images, told = load_images(tmp_path / "content", tmp_path)
    assert not images and [one.code for one in told] == ["F001"]
    assert told[0].message.isprintable() and told[0].location.path.isprintable()
