"""`pelican -s pelicanconf.py` and `auzolan build` are one build; other plugins see what Pelican reads."""

from __future__ import annotations

from pathlib import Path

import pytest
from tests.running import ROOT, auzolan, built, copied, python, tree, write

OTHER_PLUGIN = '''
"""Another plugin: it counts what Pelican read, gives articles a word of its own, and writes a file of its own."""

from pathlib import Path

from pelican import signals

seen = []


def of_content(content):
    seen.append((type(content).__name__, content.slug, content.metadata.get("title"), content.url))
    content.own_word = "here"


def at_the_end(pelican):
    lines = ["\\t".join(map(str, one)) for one in sorted(seen)]
    Path(pelican.settings["OUTPUT_PATH"], "other.txt").write_text("\\n".join(lines), "utf-8")


def register():
    signals.content_object_init.connect(of_content)
    signals.finalized.connect(at_the_end)
'''


def pelican(*arguments: str, cwd: Path):
    return python("-m", "pelican", *arguments, cwd=cwd)


def test_the_same_bytes(everything: Path, tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    done = pelican("-s", "pelicanconf.py", "-o", "output", cwd=site)
    assert done.returncode == 0, done.stderr
    made, expected = tree(site / "output"), tree(everything / "output")
    assert sorted(made) == sorted(expected)
    assert [path for path in made if made[path] != expected[path]] == []


def test_findings_stop_it_with_nothing_written(tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    write(site, {"directory/tools/broken.yaml": "name: [\n"})
    done = pelican("-s", "pelicanconf.py", cwd=site)
    assert done.returncode == 1
    assert "directory/tools/broken.yaml:" in done.stderr and "Y001" in done.stderr
    assert not (site / "output").exists() or not any((site / "output").iterdir())


def test_a_folder_that_is_missing_is_told_in_a_sentence(tmp_path: Path) -> None:
    write(tmp_path, {"pelicanconf.py": "import auzolan\nSITENAME = 'x'\nPATH = 'content'\nPLUGINS = auzolan.PLUGINS\n"})
    (tmp_path / "content").mkdir()
    done = pelican("-s", "pelicanconf.py", cwd=tmp_path)
    assert done.returncode == 2
    assert "there is no folder `directory/`" in done.stderr


def test_other_plugins_see_articles_and_keep_their_files(everything: Path, tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    write(site, {"plugins/other.py": OTHER_PLUGIN})
    settings = site / "pelicanconf.py"
    settings.write_text(
        settings.read_text("utf-8") + "PLUGIN_PATHS = ['plugins']\nPLUGINS = ['other', *auzolan.PLUGINS]\n", "utf-8"
    )
    built(site)
    built(site)
    told = (site / "output" / "other.txt").read_text("utf-8").splitlines()
    assert "Article\tone-mill\tOne mill & many bakers\tarticles/one-mill.html" in told
    assert "Article\tone-mill\tUn molí i molts forners\tca/articles/one-mill.html" in told
    assert "Article\twhat-pays\tWhat pays\tarticles/what-pays.html" in told
    assert "Page\tabout\tAbout\tpages/about.html" in told
    made, expected = tree(site / "output"), tree(everything / "output")
    changed = {path for path in made if expected.get(path) != made[path]}
    assert changed <= {"other.txt", "data/source.zip", "SHA256SUMS"} | {
        p for p in made if p.endswith("data/index.html")
    }


@pytest.mark.parametrize("link", ["{static}/images/none.png", "{static}/../images/basket.png", "{filename}none.md"])
def test_links_that_lead_nowhere_are_refused(tmp_path: Path, link: str) -> None:
    site = copied("everything", tmp_path / "site")
    article = site / "content/articles/what-pays.md"
    lines = article.read_text("utf-8").splitlines()
    article.write_text("\n".join([*lines, "", f"[one]({link})"]) + "\n", "utf-8")
    done = auzolan("check", cwd=site)
    assert done.returncode == 1
    assert f"content/articles/what-pays.md:{len(lines) + 2}:" in done.stdout


def test_links_to_files_and_pictures_resolve_from_every_language(tmp_path: Path) -> None:
    site = copied("everything", tmp_path / "site")
    article = site / "content/articles/one-mill.ca.md"
    added = (
        "[a]({filename}what-pays.md) [b]({filename}one-mill.md) [c]({filename}/pages/about.md)\n\n"
        "![d]({static}/images/basket.png) ![e]({attach}/images/basket.png)"
    )
    article.write_text(f"{article.read_text('utf-8')}\n{added}\n", "utf-8")
    output = built(site)
    page = (output / "ca/articles/one-mill.html").read_text("utf-8")
    for address in ("articles/what-pays.html", "articles/one-mill.html", "pages/about.html"):
        assert f'href="../../{address}"' in page
    assert page.count('src="../../images/basket.png"') == 2
    assert (output / "images/basket.png").is_file()


@pytest.mark.parametrize("name", ["slug", "save_as", "url", "template"])
def test_what_pelican_would_let_content_decide_is_refused(tmp_path: Path, name: str) -> None:
    site = copied("everything", tmp_path / "site")
    article = site / "content/articles/one-mill.md"
    article.write_text(article.read_text("utf-8").replace("title:", f"{name}: ../../x\ntitle:", 1), "utf-8")
    done = auzolan("build", cwd=site)
    assert done.returncode == 1 and "error S004" in done.stderr and "one-mill.md:2:1" in done.stderr
    assert not (site / "output").exists()


def test_the_clone_builds_by_pelican_too(tmp_path: Path) -> None:
    done = pelican("-s", "pelicanconf.py", "-o", str(tmp_path / "output"), "--print-settings", "PLUGINS", cwd=ROOT)
    assert done.returncode == 0 and "auzolan.site.articles" in done.stdout


def test_a_template_of_the_site_comes_before_the_themes(tmp_path: Path) -> None:
    site = copied("minimal", tmp_path / "site")
    write(
        site,
        {
            "templates/directory/glossary.html": "{% extends 'base.html' %}{% block content %}<h1>ours</h1>{% endblock %}"
        },
    )
    settings = site / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nTHEME_TEMPLATES_OVERRIDES = ['templates']\n", "utf-8")
    output = built(site)
    assert "<h1>ours</h1>" in (output / "by/index.html").read_text("utf-8")


@pytest.mark.parametrize(
    ("template", "said"),
    [("{% block %}", "cannot be read"), ("{{ nothing.of.the.sort }}", "fails on by/index.html")],
)
def test_a_broken_template_is_named(tmp_path: Path, template: str, said: str) -> None:
    site = copied("minimal", tmp_path / "site")
    write(site, {"templates/directory/glossary.html": template})
    settings = site / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + "\nTHEME_TEMPLATES_OVERRIDES = ['templates']\n", "utf-8")
    done = auzolan("build", cwd=site)
    assert done.returncode == 2
    assert "directory/glossary.html" in done.stderr and said in done.stderr
