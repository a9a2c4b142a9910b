"""`auzolan init`: a commons of one's own that builds and passes its own check at once, in any language, or grown from a copy."""

from __future__ import annotations

import json
import re
import stat
import zipfile
from pathlib import Path

import pytest
from tests.running import ROOT, auzolan, built, tree, write

from auzolan.intake.forges import forge_files, install_files

KINDS = ("cooperatives", "organizations", "projects", "tools", "licenses", "plans")
REMINDERS = {"I005", "S005"}
"""What a commons that has just begun is reminded of: its examples, and that it has no history yet."""


@pytest.fixture(scope="module")
def casa(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("init")
    done = auzolan("init", "casa", "--languages", "ca,es", "--region", "ES-CT", "--poster", "#8fd3c8", cwd=folder)
    assert done.returncode == 0, done.stderr
    assert "cd casa" in done.stderr and "auzolan serve" in done.stderr
    built(folder / "casa")
    return folder / "casa"


def test_it_passes_its_own_check_but_for_reminders(casa: Path) -> None:
    done = auzolan("check", "--json", cwd=casa)
    told = json.loads(done.stdout)
    assert done.returncode == 0 and told["ok"] is True
    assert {one["code"] for one in told["findings"]} == REMINDERS
    assert sum(one["code"] == "I005" for one in told["findings"]) == len(KINDS)


def test_there_is_one_example_of_each_kind_and_nothing_of_ours(casa: Path) -> None:
    entries = {path.relative_to(casa / "directory").as_posix() for path in casa.glob("directory/*/*.yaml")}
    assert entries == {f"{kind}/example.yaml" for kind in KINDS}
    ours = {path.stem for folder in KINDS for path in (ROOT / "directory" / folder).glob("*.yaml")}
    text = " ".join(path.read_text("utf-8") for path in casa.rglob("*.yaml"))
    assert not [slug for slug in ours if f"/{slug}" in text]
    assert "Auzolan contributors" not in text


def test_forges_know_what_to_do_with_it_and_with_a_copy(casa: Path, tmp_path: Path) -> None:
    made = {file.path: file.data for file in (*forge_files(), *install_files())}
    assert len(made) == 11
    assert {path: (casa / path).read_bytes() for path in made} == made
    done = auzolan("init", "grown", "--from", str(casa / "output"), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert {path: (tmp_path / "grown" / path).read_bytes() for path in made} == made


def test_settings_for_publishing_that_a_copy_brings_are_its_own(casa: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(casa, tmp_path / "casa", ignore=shutil.ignore_patterns("output", ".cache"))
    (tmp_path / "casa/publishconf.py").write_text("from pelicanconf import *\nSITEURL = 'https://casa.example'\n")
    built(tmp_path / "casa")
    auzolan("init", "grown", "--from", str(tmp_path / "casa/output"), cwd=tmp_path)
    assert "casa.example" in (tmp_path / "grown/publishconf.py").read_text()


def test_it_speaks_its_language(casa: Path) -> None:
    home = (casa / "output/index.html").read_text("utf-8")
    assert '<html lang="ca" dir="ltr"' in home and "<title>Casa" in home
    assert (casa / "output/es/index.html").is_file() and not (casa / "output/ca").exists()
    assert "un exemple" in (casa / "output/cooperatives/example.html").read_text("utf-8")
    readme = (casa / "README.md").read_text("utf-8")
    assert readme.startswith("# Casa") and "auzolan serve" in readme
    assert "Catalunya" in (casa / "output/cooperatives/example.html").read_text("utf-8")


def test_it_has_the_contributors_guide_in_its_languages_with_pictures(casa: Path) -> None:
    pages = {path.name for path in (casa / "content/pages").iterdir()}
    assert pages == {"about.md", "guide.md", "guide.es.md"}
    pictures = {path.name for path in (casa / "content/images/guide").iterdir()}
    assert pictures == {f"{name}.{language}.webp" for name in ("form", "send") for language in ("ca", "es")}
    guide = (casa / "output/pages/guide.html").read_text("utf-8")
    assert "Com afegir o corregir" in guide and 'src="../images/guide/form.ca.webp"' in guide
    assert "Cómo añadir o corregir" in (casa / "output/es/pages/guide.html").read_text("utf-8")
    assert 'href="pages/guide.html"' in (casa / "output/contribute.html").read_text("utf-8")


def test_where_the_guide_is_not_translated_it_is_there_in_english(tmp_path: Path) -> None:
    assert auzolan("init", "etxea", "--languages", "eu,fr", cwd=tmp_path).returncode == 0
    pages = tmp_path / "etxea/content/pages"
    assert "How to add or correct" in (pages / "guide.md").read_text("utf-8")
    assert "Comment ajouter" in (pages / "guide.fr.md").read_text("utf-8")


def test_editors_find_the_schemas(casa: Path) -> None:
    told = json.loads((casa / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert all((casa / path).is_file() for path in told)
    assert sorted(told.values()) == sorted(f"directory/{kind}/*.yaml" for kind in KINDS)
    for kind in KINDS:
        first = (casa / "directory" / kind / "example.yaml").read_text("utf-8").splitlines()[0]
        assert first.startswith("# yaml-language-server: $schema=../kinds/schemas/")


def test_name_and_colour_are_settings(casa: Path) -> None:
    settings = (casa / "pelicanconf.py").read_text("utf-8")
    for line in ("SITENAME = 'Casa'", "DEFAULT_LANG = 'ca'", "AUZOLAN_POSTER = '#8fd3c8'", "AUZOLAN_REGION = 'ES-CT'"):
        assert line in settings
    assert "#8fd3c8" in (casa / "output/static/site.css").read_text("utf-8")
    assert str(ROOT) not in settings


def test_when_the_examples_are_gone_it_still_builds(casa: Path, tmp_path: Path) -> None:
    import shutil

    shutil.copytree(casa, tmp_path / "casa", ignore=shutil.ignore_patterns("output"))
    for path in (tmp_path / "casa").glob("directory/*/example.yaml"):
        path.unlink()
    output = built(tmp_path / "casa")
    assert (output / "index.html").is_file()
    codes = {one["code"] for one in json.loads(auzolan("check", "--json", cwd=tmp_path / "casa").stdout)["findings"]}
    assert codes == {"S005"}


@pytest.mark.parametrize("language", ["fr", "ar", "zh-Hant"])
def test_any_language_can_be_the_default(language: str, tmp_path: Path) -> None:
    assert auzolan("init", "commons", "--languages", language, cwd=tmp_path).returncode == 0
    output = built(tmp_path / "commons")
    direction = "rtl" if language == "ar" else "ltr"
    assert f'<html lang="{language}" dir="{direction}"' in (output / "index.html").read_text("utf-8")
    assert not (output / language).exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["x", "--languages", "klingon"], "`klingon` is not a language tag"),
        (["x", "--languages", "../../etc"], "is not a language tag"),
        (["x", "--languages", ","], "at least one language"),
        (["x", "--region", "Catalonia"], "`Catalonia` is not a country or region"),
        (["x", "--poster", "#000000"], "cannot be read well"),
        (["x", "--poster", "url(x)"], "AUZOLAN_POSTER"),
        (["x", "--name", "two\nlines"], "cannot be the name"),
        (["x", "--name", "n" * 81], "cannot be the name"),
        (["x", "--name", " "], "cannot be the name"),
        (["x", "--from", "nowhere.zip"], "there is no copy at nowhere.zip"),
        (["x", "--from", "nowhere.zip", "--languages", "ca"], "a copy brings its own"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_left(arguments: list[str], said: str, tmp_path: Path) -> None:
    done = auzolan("init", *arguments, cwd=tmp_path)
    assert done.returncode == 2
    assert said in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ['it\'s "a" {name} name', "Ñandú & <b>", "\\N{BULLET} %s {}", "日本"])
def test_any_name_is_only_a_name(name: str, tmp_path: Path) -> None:
    assert auzolan("init", "x", "--name", name, cwd=tmp_path).returncode == 0
    told = auzolan("check", "--json", cwd=tmp_path / "x")
    assert told.returncode == 0, told.stdout
    namespace: dict[str, object] = {}
    source = (tmp_path / "x/pelicanconf.py").read_text("utf-8")
    exec(compile(source, "pelicanconf.py", "exec"), namespace)
    assert namespace["SITENAME"] == name
    assert (tmp_path / "x/README.md").read_text("utf-8").startswith(f"# {name}\n")
    assert re.fullmatch(r"[a-z0-9-]+,\d{4}-\d\d-\d\d:commons", str(namespace["AUZOLAN_SITE_ID"]))


def test_a_folder_in_use_stays_as_it_is(tmp_path: Path) -> None:
    write(tmp_path, {"used/mine.txt": "mine", "file": "mine"})
    for name in ("used", "file"):
        done = auzolan("init", name, cwd=tmp_path)
        assert done.returncode == 2 and "is there already" in done.stderr
    assert {path.name for path in tmp_path.rglob("*") if path.is_file()} == {"mine.txt", "file"}
    (tmp_path / "empty").mkdir()
    assert auzolan("init", "empty", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("copy", ["data/source.zip", "."])
def test_a_copy_grows_on(copy: str, everything: Path, tmp_path: Path) -> None:
    done = auzolan("init", "mine", "--from", str(everything / "output" / copy), cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert "pelicanconf.py is a program that came with the copy" in done.stderr
    assert (tmp_path / "mine/directory/makerspaces/warsha.yaml").is_file()
    if copy == ".":
        return  # a folder holds the same source.zip
    made, given = tree(built(tmp_path / "mine")), tree(everything / "output")
    left_out = {path for path in given if made.get(path) != given[path]} | (made.keys() - given.keys())
    # Of a withdrawn entry the copy knows no more than that; the source of the copy is then its own.
    assert {path for path in left_out if not path.endswith(("data/index.html", "source.zip", "SHA256SUMS"))} == set()


GOOD = {"pelicanconf.py": "SITENAME = 'x'\n", "directory/tools/oven.yaml": "name: Oven\n"}


def zipped(path: Path, files: dict[str, str | bytes], mode: int = 0) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = (mode or 0o644) << 16 if name not in GOOD else 0o644 << 16
            archive.writestr(info, data)
    return path


@pytest.mark.parametrize(
    "name",
    [
        "../outside.txt",
        "directory/../../outside.txt",
        "/etc/outside.txt",
        "C:/outside.txt",
        "directory\\..\\outside.txt",
        ".git/hooks/post-checkout",
        "directory/.git/config",
        "directory/\x1b[2Jx",
        "PELICANCONF.py",
    ],
)
def test_a_hostile_zip_is_refused_whole(name: str, tmp_path: Path) -> None:
    copy = zipped(tmp_path / "copy.zip", GOOD | {name: "evil"})
    done = auzolan("init", "mine", "--from", str(copy), cwd=tmp_path)
    assert done.returncode == 2
    assert "\x1b" not in done.stderr
    assert {path.name for path in tmp_path.iterdir()} == {"copy.zip"}


def test_links_in_a_zip_are_refused(tmp_path: Path) -> None:
    copy = zipped(tmp_path / "copy.zip", GOOD | {"content": "/etc"}, stat.S_IFLNK | 0o777)
    done = auzolan("init", "mine", "--from", str(copy), cwd=tmp_path)
    assert done.returncode == 2 and "`content`, which may not be unpacked" in done.stderr
    assert not (tmp_path / "mine").exists()


@pytest.mark.parametrize(
    ("data", "said"),
    [(b"no zip at all", "cannot be read"), (b"", "cannot be read")],
)
def test_what_is_no_zip_is_told(data: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "copy.zip").write_bytes(data)
    done = auzolan("init", "mine", "--from", "copy.zip", cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr and not (tmp_path / "mine").exists()


def test_a_zip_of_something_else_is_told(tmp_path: Path) -> None:
    zipped(tmp_path / "copy.zip", {"photo.jpg": b"x"})
    done = auzolan("init", "mine", "--from", "copy.zip", cwd=tmp_path)
    assert done.returncode == 2 and "is not the source of a commons" in done.stderr
