"""A blog as `pelican-quickstart` makes it, with our plugin switched on: the directory stands beside it, in its theme."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from tests.running import environment, python, tree, write

ANSWERS = {
    "Where do you want to create": ".",
    "What will be the title": "A blog",
    "Who will be the author": "A. Writer",
    "What will be the default language": "en",
    "Do you want to specify a URL prefix": "n",
    "Do you want to enable article pagination": "n",
    "What is your time zone": "Europe/Madrid",
    "Do you want to generate a tasks.py": "n",
}
HOSTILE = "<script>alert(1)</script>"
ENTRIES = {
    "directory/cooperatives/bakery.yaml": f'name: "{HOSTILE}"\nsummary: "{HOSTILE} & <img src=x onerror=alert(1)>"\n'
    "places: [{country: ES, region: ES-CT}]\nmembership_base: workers\ntopics: [commons]\n"
    'description: "Bread **and** `<b>`."\nrecord: {sources: {s: {title: "' + HOSTILE + '"}}}\n',
    "directory/tools/oven.yaml": "name: Oven\nsummary: It is hot.\ncategory: farming\n",
    "content/first.md": "Title: First\nDate: 2026-01-02\nCategory: News\nTags: bread\n\nHello *there*.\n",
    "content/pages/about.md": "Title: About\n\nWe bake.\n",
}


@pytest.fixture(scope="module")
def quickstart(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("quickstart")
    program = "from pelican.tools.pelican_quickstart import main; main()"
    done = subprocess.run(
        [sys.executable, "-c", program],
        cwd=folder,
        env=environment(),
        input="\n".join(ANSWERS.values()) + "\n",
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    for question in ANSWERS:
        assert question in done.stdout
    return write(folder, ENTRIES)


def blog(quickstart: Path, folder: Path, theme: str, plugins: str) -> Path:
    import shutil

    shutil.copytree(quickstart, folder)
    settings = folder / "pelicanconf.py"
    added = f"\nPLUGINS = {plugins}\n" + (f"THEME = {theme!r}\n" if theme else "")
    settings.write_text(settings.read_text("utf-8") + added, "utf-8")
    done = python("-m", "pelican", "-s", "pelicanconf.py", cwd=folder)
    assert done.returncode == 0, done.stderr
    return folder / "output"


@pytest.fixture(scope="module", params=["", "simple"], ids=["notmyidea", "simple"])
def outputs(
    request: pytest.FixtureRequest, quickstart: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[Path, Path]:
    """The blog with our plugin, and without it."""
    base = tmp_path_factory.mktemp("blogs")
    theme: str = request.param
    ours = blog(quickstart, base / "with", theme, '["auzolan.site.directory"]')
    return ours, blog(quickstart, base / "without", theme, "[]")


def test_the_blogs_own_pages_are_untouched(outputs: tuple[Path, Path]) -> None:
    ours, plain = tree(outputs[0]), tree(outputs[1])
    assert "first.html" in plain and "index.html" in plain
    assert {path: ours.get(path) for path in plain} == plain


def test_the_directory_is_there(outputs: tuple[Path, Path]) -> None:
    output, plain = outputs
    added = set(tree(output)) - set(tree(plain))
    expected = {"cooperatives/bakery.html", "cooperatives/index.html", "tools/oven.html", "by/topics/commons.html"}
    assert expected | {"by/country/es.html", "SHA256SUMS"} <= added
    assert not {path for path in added if path.startswith(("articles/", "search/", "data/", "static/"))}


def test_it_stands_in_the_blogs_theme(outputs: tuple[Path, Path]) -> None:
    output, _ = outputs
    page = (output / "cooperatives/bakery.html").read_text("utf-8")
    post = (output / "first.html").read_text("utf-8")
    for name in ('id="banner"', "<footer", "A blog"):
        assert (name in page) == (name in post), name
    assert "A blog" in page and "<strong>and</strong>" in page and "Workers" in page


def test_it_is_escaped(outputs: tuple[Path, Path]) -> None:
    output, plain = outputs
    pages = [path for path in output.rglob("*") if path.is_file() and not (plain / path.relative_to(output)).exists()]
    assert len(pages) > 20
    for path in pages:
        text = path.read_text("utf-8")
        assert HOSTILE not in text and "<img src=x" not in text, path
    page = (output / "cooperatives/bakery.html").read_text("utf-8")
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_its_links_lead_to_pages(outputs: tuple[Path, Path]) -> None:
    from tests.site.pages import read_pages

    output, plain = outputs
    files = set(tree(output))
    pages = read_pages(output)
    # What the theme itself links to by the blog's address is the blog's.
    foreign = {link.written for path, page in pages.items() if (plain / path).exists() for link in page.links()}
    broken = {
        (path, link.written)
        for path, page in pages.items()
        if not (plain / path).exists()
        for link in page.links()
        if not link.external and link.path not in files and link.written not in foreign
    }
    assert sorted(broken)[:10] == []


def test_a_second_run_keeps_it(quickstart: Path, tmp_path: Path) -> None:
    output = blog(quickstart, tmp_path / "blog", "simple", '["auzolan.site.directory"]')
    before = tree(output)
    done = python("-m", "pelican", "-s", "pelicanconf.py", cwd=tmp_path / "blog")
    assert done.returncode == 0
    after = tree(output)
    assert [path for path in before if before[path] != after.get(path)] == []


def test_a_broken_entry_stops_the_blog_with_its_place(quickstart: Path, tmp_path: Path) -> None:
    output = blog(quickstart, tmp_path / "blog", "simple", '["auzolan.site.directory"]')
    before = tree(output)
    write(tmp_path / "blog", {"directory/tools/oven.yaml": "name: Oven\ncategory: nothing\n"})
    done = python("-m", "pelican", "-s", "pelicanconf.py", cwd=tmp_path / "blog")
    assert done.returncode == 1
    assert "directory/tools/oven.yaml:2:11: error V001" in done.stderr
    assert tree(output) == before
