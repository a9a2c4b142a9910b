"""I006 is about two files: it comes and goes with either of them, also where only the other one has changed."""

from __future__ import annotations

from pathlib import Path

from tests.running import auzolan, write

END = "summary: They grow.\nrecord: {sources: {s: {title: Seen}}}\n"
ONE = 'name: Growers\nwebsite: "https://growers.coop"\n' + END
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
    "directory/cooperatives/a.yaml": ONE,
    "directory/cooperatives/b.yaml": ONE,
    "directory/cooperatives/c.yaml": "name: Mill\n" + END,
}


def told(site: Path, **changed: str) -> bool:
    write(site, {f"directory/cooperatives/{name}.yaml": text for name, text in changed.items()})
    done = auzolan("build", cwd=site, XDG_CACHE_HOME=str(site.parent / "cache"))
    assert done.returncode == 0, done.stderr
    checked = auzolan("check", cwd=site, XDG_CACHE_HOME=str(site.parent / "cache"))
    assert ("I006" in done.stderr) == ("b.yaml" in checked.stdout), done.stderr + checked.stdout
    return "b.yaml:1:7: warning I006" in done.stderr


def test_it_comes_and_goes_with_either_file(tmp_path: Path) -> None:
    site = write(tmp_path / "site", SITE)
    assert told(site)
    assert told(site, c="name: Another mill\n" + END)
    assert not told(site, a=ONE.replace("growers.coop", "sowers.coop"))
    assert told(site, a=ONE)
    assert not told(site, a=ONE + "not_same_as: [{entry: cooperative/b, why: Another village.}]\n")
    assert told(site, a=ONE)
    assert not told(site, b="name: Sowers\n" + END)
