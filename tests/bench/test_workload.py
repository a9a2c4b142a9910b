"""A seed comes in; the same workload, in every contender's format, goes out."""

from __future__ import annotations

import io
import statistics
from collections.abc import Callable, Iterable

import pytest
from bench.edits import EDITS
from bench.pictures import picture
from bench.workload import COUNTRIES, KINDS, Workload, directory, magazine
from PIL import Image

from bench import site_auzolan, site_hugo, site_pelican

WRITERS: list[Callable[[Workload], Iterable[tuple[str, str]]]] = [
    site_auzolan.files,
    site_hugo.files,
    site_pelican.files,
]


@pytest.mark.parametrize("files", WRITERS, ids=lambda files: files.__module__)
def test_the_same_seed_writes_the_same_files_and_another_one_does_not(
    files: Callable[[Workload], Iterable[tuple[str, str]]],
) -> None:
    first, again, other = (dict(files(directory(30, seed=seed))) for seed in (1, 1, 2))
    assert first == again
    assert first != other


def test_an_entry_has_the_size_that_is_told() -> None:
    texts = [site_auzolan.entry(item) for item in directory(400).items]
    assert 44 <= statistics.mean(text.count("\n") for text in texts) <= 54
    assert 1300 <= statistics.mean(map(len, texts)) <= 1700
    words = statistics.mean(len(item.description.split()) for item in directory(400).items)
    assert 115 <= words <= 135


def test_every_kind_country_sector_and_tag_is_used() -> None:
    made = directory(800)
    assert {item.kind for item in made.items} == set(KINDS)
    assert {item.country for item in made.items} == set(COUNTRIES)
    assert len(COUNTRIES) == 120
    assert {word for item in made.items for word in item.sectors} == set(made.sectors)
    assert {word for item in made.items for word in item.topics} == set(made.topics)
    assert (len(made.sectors), len(made.topics)) == (40, 400)


def test_relations_lead_to_entries_that_are_there() -> None:
    ids = {item.id for item in directory(200).items}
    assert all(target in ids for item in directory(200).items for _, target in item.relations)
    assert any(item.relations for item in directory(200).items)


@pytest.mark.parametrize("name", EDITS)
def test_an_edit_changes_every_site_and_leaves_relations_whole(name: str) -> None:
    before = directory(40)
    after = EDITS[name](before, 1)
    assert after != before
    for files in WRITERS:
        assert dict(files(after)) != dict(files(before)), files.__module__
    ids = {item.id for item in after.items}
    assert all(target in ids for item in after.items for _, target in item.relations)


def test_edits_touch_as_many_entries_as_they_say() -> None:
    before = directory(40)
    assert len(EDITS["a new entry"](before, 3).items) == 41
    assert len(EDITS["a deleted entry"](before, 3).items) == 39
    one, other = (EDITS["a word in a summary"](before, number) for number in (1, 2))
    assert one != other
    changed = [item for item, old in zip(one.items, before.items, strict=True) if item != old]
    assert len(changed) == 1


def test_a_magazine_has_all_its_pictures_once() -> None:
    made = magazine(articles=9, images=30)
    names = [name for article in made.articles for name in article.images]
    assert names == [f"picture-{number}.png" for number in range(30)]
    for files in WRITERS:
        text = "".join(text for _, text in files(made))
        assert all(f"/images/{name})" in text for name in names)


def test_a_picture_is_a_picture_and_always_the_same() -> None:
    assert picture(7) == picture(7)
    assert picture(7) != picture(8)
    with Image.open(io.BytesIO(picture(7))) as opened:
        opened.load()
        assert (opened.format, opened.size) == ("PNG", (240, 160))
