"""A003, A004, M008, S004, G003, G004: articles, mentions, links to files, pictures."""

from __future__ import annotations

from dataclasses import replace

import pytest
from tests.helpers import article, catalog, clean, finds, one_of

from auzolan.check import check

HEAD = "---\ntitle: A mill\ndate: 2026-11-01\nsummary: Two groups share a mill.\n---\n"


def told_of(body: str, code: str, line: int, column: int, **more: object) -> object:
    return finds("", code, line, column, articles={"mill.md": HEAD + body}, **more)


def test_two_articles_in_one_language() -> None:
    made = catalog(articles={"mill.md": HEAD})
    twin = replace(article("mill.md", HEAD), path="content/articles/old/mill.md")
    told = check(replace(made, articles=(*made.articles, twin)))
    one_of(told, "A003", 0, 0)
    clean("", articles={"mill.md": HEAD, "mill.ca.md": HEAD})


def test_a_page_and_an_article_may_have_one_name() -> None:
    clean("", articles={"mill.md": HEAD}, pages={"mill.md": "---\ntitle: T\n---\n"})


@pytest.mark.parametrize("name", ["save_as", "url", "slug", "template", "lang", "status"])
def test_settings_of_pelican_in_an_article(name: str) -> None:
    text = HEAD.replace("title:", f"{name}: ../x\ntitle:")
    finds("", "S004", 2, 1, articles={"mill.md": text}, only=False)


def test_mentions() -> None:
    told_of("See [[cooperative/growers]].\nAnd [[tool/sow]].\n", "M008", 7, 5)
    clean(
        "",
        articles={"mill.md": HEAD + "See [[cooperative/growers|them]], not `[[tool/none]]`, and [[article/mill]].\n"},
    )


def test_mentions_in_entries() -> None:
    clean("description: See [[cooperative/growers]].\n")
    told = finds(
        "description: |-\n  Words.\n\n  See [[tool/sow]].\n", "M008", 4, 5, others={"tool/saw": ""}, only=False
    )
    assert told.hint == "did you mean `tool/saw`?"
    finds("description: See [[tool/none]].\n", "M008", 1, 18)


def test_links_to_files() -> None:
    told_of("[x]({filename}lost.md)\n", "A004", 6, 5)
    told_of("[x]({filename}../pages/lost.md)\n", "A004", 6, 5, only=False)
    clean("", articles={"mill.md": HEAD + "[x]({filename}mill.md) [y]({filename}/pages/about.md)\n"},
          pages={"about.md": "---\ntitle: T\n---\n"})  # fmt: skip


def test_pictures_in_articles() -> None:
    told_of("![a]({static}/images/lost.jpg)\n", "G003", 6, 6)
    clean("", articles={"mill.md": HEAD + "![a]({static}/images/mill.jpg)\n"}, images=["mill.jpg"])


PICTURE = "image:\n  file: {}\n  alt: A garden\n  license: CC0-1.0\n  credit: Growers\n"


def test_the_picture_of_an_entry() -> None:
    clean(PICTURE.format("garden.jpg"), images=["garden.jpg"])
    clean(PICTURE.format("images/garden.jpg"), images=["garden.jpg"])
    finds(PICTURE.format("lost.jpg"), "G003", 2, 9)


@pytest.mark.parametrize("file", ["../garden.jpg", "/etc/x.jpg", "sub/garden.jpg", "'..\\x.jpg'", ".hidden.jpg"])
def test_a_picture_outside_the_folder(file: str) -> None:
    finds(PICTURE.format(file), "G004", 2, 9, images=["garden.jpg"])


def test_the_nearest_id_in_a_large_commons() -> None:
    others = {f"tool/t{n:04}": "" for n in range(600)}
    told = finds("description: See [[tool/t0300x]].\n", "M008", 1, 18, others=others)
    assert told.hint == "did you mean `tool/t0300`?"


def test_a_text_full_of_wrong_mentions_is_told_whole() -> None:
    body = "".join(f"[[tool/t{n}]]\n\n" for n in range(200))
    told = check(catalog({"tool/t": ""}, articles={"mill.md": HEAD + body}))
    assert [one.code for one in told] == ["M008"] * 200
    assert told[0].hint.startswith("did you mean") and told[-1].hint.startswith("write its entry first")
