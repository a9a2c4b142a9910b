"""What a build touches: no more than may have changed, whatever the number of processes."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest
from tests.pipeline.grown import Grown, beginning, differences

from auzolan import work
from auzolan.model.pages import Unit
from auzolan.pipeline import again, make
from auzolan.pipeline.units import UnitMade, Workbench

TEXT = "name: N{n}\nsummary: They grow.\nsectors: [food]\ndescription: {said}\n"


@pytest.fixture
def site(own: Path, tmp_path: Path) -> Grown:
    """A small commons of a dozen entries, not built yet."""
    made = Grown(tmp_path / "site")
    made.become(beginning())
    made.write("content/pages/about.md", "---\ntitle: About\nsummary: What.\n---\n\nSee [[tool/t0]].\n")
    made.write(
        "content/articles/mill.md", '---\ntitle: A mill\ndate: "2026-06-16"\nsummary: One.\n---\n\nBy [[tool/t0]].\n'
    )
    made.write("directory/tools/t0.yaml", "name: T\nsummary: A book.\nlicense: MIT\n")
    for n in range(12):
        made.write(
            f"directory/cooperatives/n{n}.yaml", TEXT.format(n=n, said="See [[tool/t0]]." if n == 3 else "Plain.")
        )
    return made


def times(site: Grown) -> dict[str, tuple[int, int]]:
    """When each file of the output was written, and its number: another one is another file."""
    found = ((path, path.stat()) for path in site.output.rglob("*") if path.is_file())
    return {path.relative_to(site.output).as_posix(): (told.st_mtime_ns, told.st_ino) for path, told in found}


def touched(site: Grown) -> set[str]:
    """What a build writes, or removes."""
    before = times(site)
    assert not site.build().refused
    after = times(site)
    return {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}


def errors(site: Grown) -> list[str]:
    """The codes of what is in the way of a build."""
    return [one.code for one in site.build().findings if one.severity == "error"]


def test_nothing_where_nothing_changed(site: Grown) -> None:
    site.build()
    assert touched(site) == set()
    site.write("directory/cooperatives/n3.yaml", site.files["directory/cooperatives/n3.yaml"])
    assert touched(site) == set()
    site.write("README.md", site.files["README.md"])
    assert touched(site) == set() and site.why == "nothing changed"


def test_a_description_is_on_the_entrys_own_pages_and_in_the_files_of_everything(site: Grown) -> None:
    site.build()
    site.write("directory/cooperatives/n5.yaml", TEXT.format(n=5, said="Something **else**."))
    found = touched(site)
    assert {"cooperatives/n5.html", "ca/cooperatives/n5.html", "SHA256SUMS", "data/source.zip"} <= found
    others = {path for path in found if not path.startswith(("data/", "ca/data/", "search/"))}
    assert others == {"cooperatives/n5.html", "ca/cooperatives/n5.html", "cooperatives/texts-0.js", "SHA256SUMS"}


def test_a_comment_is_in_the_source_and_in_the_text_that_the_form_opens(site: Grown) -> None:
    site.build()
    site.write("directory/cooperatives/n5.yaml", TEXT.format(n=5, said="Plain.") + "# a word to whoever reads this\n")
    source = {"SHA256SUMS", "data/source.zip", "data/index.html", "ca/data/index.html"}
    assert touched(site) == {*source, "cooperatives/texts-0.js"}


def test_a_picture_is_a_file_of_its_own(site: Grown) -> None:
    site.build()
    more = "image: {file: other.png, alt: A basket, license: CC0-1.0, credit: Us}\n"
    site.write("directory/cooperatives/n5.yaml", TEXT.format(n=5, said="Plain.") + more)
    assert errors(site) == ["G003"]
    site.write("content/images/other.png", site.files["content/images/basket.png"])
    found = touched(site)
    assert site.why == "" and {"images/other.png", "cooperatives/n5.html"} <= found
    site.write("content/images/other.png", b"no picture")
    assert errors(site) == ["G001", "G003"]
    site.write("content/images/other.png", site.files["content/images/basket.png"] + b"and more")
    source = {"SHA256SUMS", "data/source.zip", "data/index.html", "ca/data/index.html"}
    assert touched(site) == source and site.why == ""
    site.delete("content/images/other.png")
    assert errors(site) == ["G003"]


def test_a_file_that_is_missing_and_no_other(site: Grown) -> None:
    site.build()
    (site.output / "cooperatives/n5.html").unlink()
    assert touched(site) == {"cooperatives/n5.html"}
    (site.output / "data/everything.json").write_text("by hand")
    assert touched(site) == {"data/everything.json"}
    (site.output / "search/en/header.js").unlink()
    assert touched(site) == {"search/en/header.js"}
    assert touched(site) == set()


def test_a_file_that_was_edited_and_looks_as_it_did_is_seen_where_all_is_read(site: Grown) -> None:
    site.build()
    page = site.output / "cooperatives/n5.html"
    told, data = page.stat(), page.read_bytes()
    page.write_bytes(data.replace(b"Plain", b"PLAIN"))
    os.utime(page, ns=(told.st_atime_ns, told.st_mtime_ns))
    assert touched(site) == set()
    site.build(verify=True)
    assert page.read_bytes() == data


def test_where_most_entries_changed_everything_is_made(site: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(again, "MANY", 7)
    site.build()
    for count, why in ((6, ""), (7, again.MOST)):  # of thirteen
        for n in range(count):
            site.write(f"directory/cooperatives/n{n}.yaml", TEXT.format(n=n, said=f"One of {count}."))
        assert not site.build().refused and site.why == why
    history = {"format": "auzolan-history/1", "changed": {}, "created": {
        f"directory/cooperatives/n{n}.yaml": "2026-01-01" for n in range(12)}}  # fmt: skip
    site.write("history.json", json.dumps(history | {"created": {}}))
    site.build()
    site.write("history.json", json.dumps(history))
    assert not site.build().refused and site.why == again.MOST
    assert not (found := differences(site.made(), site.fresh()[1])), found


@pytest.mark.parametrize("few", [False, True])
def test_the_number_of_processes_is_no_matter(site: Grown, monkeypatch: pytest.MonkeyPatch, few: bool) -> None:
    if few:  # so that several processes make what has changed, too
        monkeypatch.setattr(make, "MANY", 2)
    made = {}
    for jobs in (1, 2, 3):
        other = Grown(site.root.with_name(f"site{jobs}"))
        other.become(site.files)
        assert not other.build(jobs).refused
        other.write("directory/cooperatives/n5.yaml", "name: Zz\nsummary: They sow.\ntopics: [commons]\n")
        other.delete("directory/cooperatives/n7.yaml")
        assert not other.build(jobs).refused and other.why == ""
        made[jobs] = other.made()
    expected = other.fresh()[1]
    for jobs, found in made.items():
        assert not (differing := differences(found, expected)), f"{jobs} processes: {differing}"


@pytest.mark.parametrize("many", [1, 1_000])
@pytest.mark.parametrize("jobs", [1, 2])
def test_what_comes_out_the_same_is_worked_out_and_those_who_read_it_are_not_made(
    site: Grown, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, many: int, jobs: int
) -> None:
    noted = tmp_path / "noted"
    unit = Workbench.unit

    def told(bench: Workbench, one: Unit) -> UnitMade:
        with noted.open("a") as file:  # by several processes
            file.write(f"{one.name}\n")
        return unit(bench, one)

    monkeypatch.setattr(make, "MANY", many)
    monkeypatch.setattr(Workbench, "unit", told)
    site.build(jobs)
    everything = len(noted.read_text().splitlines())
    noted.unlink()
    site.write("directory/cooperatives/zz.yaml", TEXT.format(n=99, said="Plain."))
    site.build(jobs)
    made = noted.read_text().splitlines()
    assert "entry en cooperative/zz" in made and len(made) == len(set(made)) < everything / 2
    # Their neighbours in the list are others now, or they are near the new one; nothing of these is another one.
    assert not {"entry en tool/t0", "entry ca tool/t0"} & set(made)
    assert not (found := differences(site.made(), site.fresh()[1])), found


@pytest.mark.parametrize("missing", ["fork", "lock"])
def test_where_there_is_no_fork_and_no_lock(site: Grown, monkeypatch: pytest.MonkeyPatch, missing: str) -> None:
    if missing == "fork":
        monkeypatch.delattr(os, "fork")
        assert not work.can_fork()
    else:
        monkeypatch.setitem(__import__("sys").modules, "fcntl", None)
    assert not site.build(jobs=2).refused
    site.write("directory/cooperatives/n5.yaml", "name: Zz\nsummary: They sow.\n")
    assert not site.build(jobs=2).refused and site.why == ""
    assert not (found := differences(site.made(), site.fresh()[1])), found


def test_a_site_whose_history_is_in_git(site: Grown, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.load.sites import commit, git

    monkeypatch.delenv("SOURCE_DATE_EPOCH")
    git(site.root, "init", "-q")
    (site.root / ".gitignore").write_text("output\n.cache\n")
    commit(site.root, "2026-01-01")
    site.build()
    site.write("directory/cooperatives/n5.yaml", TEXT.format(n=5, said="Else."))
    site.build()
    assert site.why == ""
    commit(site.root, "2026-02-01")
    found = touched(site)
    assert site.why == "" and {"cooperatives/n5.html", "ca/cooperatives/n5.html", "new.html"} <= found
    entries = {path.rpartition("/")[2] for path in found if re.search(r"/n\d+\.html$", path)}
    assert entries == {"n5.html"}, "pages of entries that nobody committed"
    assert touched(site) == set() and site.why == "nothing changed"
    site.write("README.md", "More.\n")
    commit(site.root, "2027-01-01")
    site.build()
    assert site.why == "the history changed", "in another year, all knowledge is older"
