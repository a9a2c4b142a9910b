"""`auzolan links`, against a server on this machine: findings, formats, exit status, memory, identity; and that nobody else asks."""

from __future__ import annotations

import ast
import json
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.links.misbehaving import Server, answer, serving
from tests.running import ROOT, auzolan, environment, write

PACKAGE = ROOT / "plugins" / "auzolan"
QUICK = ("--pause", "0", "--timeout", "5", "--allow-private")
SITE = {
    "pelicanconf.py": "import auzolan\nSITENAME = 'Ours ünd yours'\nSITEURL = 'https://commons.example'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
    "history.json": '{"format": "auzolan-history/1", "date": "2026-11-22", "created": {}, "changed": {}}',
}


def site(folder: Path, server: Server, *paths: str, more: str = "") -> Path:
    """A commons whose entries link to these paths."""
    for n, path in enumerate(paths):
        text = f'name: T{n}\nsummary: S\nwebsite: "{server.url(path)}"\nrecord: {{sources: {{s: {{title: Seen}}}}}}\n'
        write(folder, {f"directory/tools/t{n}.yaml": text})
    return write(folder, SITE | ({"links.yaml": more} if more else {}) | ({} if paths else {"directory/.keep": ""}))


@pytest.fixture
def server() -> Iterator[Server]:
    with serving() as running:
        yield running


def test_all_is_fine(tmp_path: Path, server: Server) -> None:
    done = auzolan("links", *QUICK, cwd=site(tmp_path, server, "/here", "/head-405"))
    assert (done.returncode, done.stdout) == (0, "")
    assert "2 addresses in 2 links: 2 asked, 0 known from before, 0 excepted; nothing wrong" in done.stderr
    agent = server.asked[-1].headers["user-agent"]
    assert agent.startswith("auzolan-links/") and "(+https://commons.example; Ours ?nd yours)" in agent


def test_findings_have_their_place(tmp_path: Path, server: Server) -> None:
    done = auzolan("links", *QUICK, cwd=site(tmp_path, server, "/moved", "/gone", "/gone-for-good"))
    assert done.returncode == 1
    told = [line for line in done.stdout.splitlines() if line.startswith("directory/")]
    assert [line.split(": ")[:2] for line in told] == [
        ["directory/tools/t0.yaml:3:10", "warning U003"],
        ["directory/tools/t1.yaml:3:10", "note U002"],
        ["directory/tools/t2.yaml:3:10", "error U001"],
    ]
    assert f"write {server.url('/here')}" in done.stdout


def test_what_was_seen_once_is_a_note_and_exit_status_0(tmp_path: Path, server: Server) -> None:
    done = auzolan("links", *QUICK, cwd=site(tmp_path, server, "/gone", "/login"))
    assert done.returncode == 0 and "2 notes" in done.stderr


def test_what_is_not_there_on_another_day_is_dead(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/gone")
    assert auzolan("links", *QUICK, cwd=here).returncode == 0
    memory = here / ".cache/auzolan/links.json"
    known = json.loads(memory.read_text())
    known["links"][server.url("/gone")] |= {"on": "2026-01-01", "since": "2026-01-01"}
    memory.write_text(json.dumps(known))
    done = auzolan("links", *QUICK, cwd=here)
    assert done.returncode == 1 and "error U001" in done.stdout and "since 2026-01-01, seen on 2 days" in done.stdout


def test_what_is_known_is_not_asked_again_unless_all_is(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/here", "/moved")
    first = auzolan("links", *QUICK, "--cache", "kept.json", cwd=here)
    asked = len(server.asked)
    second = auzolan("links", *QUICK, "--cache", "kept.json", cwd=here)
    assert second.stdout == first.stdout and second.returncode == 1
    assert len(server.asked) == asked and "0 asked, 2 known from before" in second.stderr
    auzolan("links", *QUICK, "--cache", "kept.json", "--all", cwd=here)
    assert len(server.asked) > asked
    assert not (here / ".cache/auzolan/links.json").exists()


def test_a_damaged_memory_is_left_aside_and_written_anew(tmp_path: Path, server: Server) -> None:
    here = write(site(tmp_path, server, "/here"), {"kept.json": '{"format": '})
    done = auzolan("links", *QUICK, "--cache", "kept.json", cwd=here)
    assert done.returncode == 0 and "kept.json is not used: it is damaged" in done.stderr
    assert json.loads((here / "kept.json").read_text())["format"] == "auzolan-links/1"


def test_a_memory_that_cannot_be_written_is_told(tmp_path: Path, server: Server) -> None:
    done = auzolan("links", *QUICK, "--cache", "pelicanconf.py/x.json", cwd=site(tmp_path, server, "/here"))
    assert done.returncode == 0 and "could not be kept" in done.stderr


def test_links_that_are_gone_from_the_files_are_forgotten(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/here", "/")
    auzolan("links", *QUICK, cwd=here)
    (here / "directory/tools/t1.yaml").unlink()
    auzolan("links", *QUICK, "tool/t0", cwd=here)
    memory = here / ".cache/auzolan/links.json"
    assert len(json.loads(memory.read_text())["links"]) == 2, "only some were looked at"
    auzolan("links", *QUICK, cwd=here)
    assert list(json.loads(memory.read_text())["links"]) == [server.url("/here")]


def test_exceptions_are_not_asked_and_need_their_reason(tmp_path: Path, server: Server) -> None:
    why = f'exceptions:\n  - {{url: "{server.url("/")}*", why: Read by hand.}}\n'
    done = auzolan("links", *QUICK, cwd=site(tmp_path, server, "/gone-for-good", more=why))
    assert done.returncode == 0 and server.asked == [] and "1 excepted" in done.stderr
    without = auzolan(
        "links", *QUICK, cwd=site(tmp_path, server, "/here", more=why.replace(", why: Read by hand.", ""))
    )
    assert without.returncode == 1 and "links.yaml:2:5: error U010" in without.stdout
    idle = auzolan(
        "links",
        *QUICK,
        cwd=site(tmp_path, server, "/here", more='exceptions:\n  - {url: "https://x.example/", why: W}\n'),
    )
    assert idle.returncode == 1 and "nothing here links to https://x.example/ any more" in idle.stdout


def test_only_some_entries(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/here", "/gone-for-good", "/moved")
    assert auzolan("links", *QUICK, "tool/t0", cwd=here).returncode == 0
    assert "U001" in auzolan("links", *QUICK, "directory/tools/t1.yaml", cwd=here).stdout
    done = auzolan("links", *QUICK, "tool/t9", cwd=here)
    assert done.returncode == 2 and "there is no entry and no file `tool/t9`" in done.stderr


def test_json_markdown_and_github(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/gone-for-good", "/here")
    told = json.loads(auzolan("links", *QUICK, "--format", "json", cwd=here).stdout)
    assert (told["ok"], told["links"], told["asked"], told["fine"]) == (False, 2, 2, 1)
    assert [(one["code"], one["path"], one["line"]) for one in told["findings"]] == [
        ("U001", "directory/tools/t0.yaml", 3)
    ]
    markdown = auzolan("links", *QUICK, "--format", "markdown", cwd=here)
    assert markdown.returncode == 1
    assert (
        markdown.stdout.startswith("## 2 addresses in 2 links: 0 asked, 2 known")
        and "### A link is dead (U001, 1)" in markdown.stdout
    )
    page = tmp_path / "summary.md"
    page.write_text("before\n")
    github = auzolan("links", *QUICK, "--format", "github", cwd=here, GITHUB_STEP_SUMMARY=str(page)).stdout
    assert github.startswith("::error file=directory/tools/t0.yaml,line=3,")
    assert page.read_text("utf-8").startswith("before\n### 2 addresses in 2 links: 0 asked")
    assert "| error U001 |" in page.read_text("utf-8") and r"directory\/tools\/t0\.yaml" in page.read_text("utf-8")
    nowhere = auzolan("links", *QUICK, "--format", "github", cwd=here, GITHUB_STEP_SUMMARY=str(tmp_path))
    assert nowhere.returncode == 1 and "the summary was not written" in nowhere.stderr


def test_what_a_server_says_cannot_act_on_the_report(tmp_path: Path) -> None:
    location = "Location: /x|y](http://evil.example/)<b>"
    with serving(pages={"/a": answer("301 Moved Permanently", location, body=b"")}) as server:
        done = auzolan("links", *QUICK, "--format", "markdown", cwd=site(tmp_path, server, "/a"))
    assert "](http" not in done.stdout and "<b>" not in done.stdout


def test_private_addresses_are_refused_by_default(tmp_path: Path, server: Server) -> None:
    done = auzolan("links", "--pause", "0", cwd=site(tmp_path, server, "/here"))
    assert (
        done.returncode == 1
        and "error U005" in done.stdout
        and "leads into a private network (127.0.0.1)" in done.stdout
    )
    assert server.asked == []


def test_where_there_is_no_network_nobody_could_look(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:
        port = listening.getsockname()[1]
    for host in ("127.0.0.1", "127.0.0.2", "127.0.0.3"):
        text = f'name: T\nsummary: S\nwebsite: "http://{host}:{port}/"\nrecord: {{sources: {{s: {{title: Seen}}}}}}\n'
        write(tmp_path, SITE | {f"directory/tools/t{host}.yaml": text})
    done = auzolan("links", *QUICK, cwd=tmp_path)
    assert done.returncode == 2 and "is there a network?" in done.stderr


def test_without_links_there_is_nothing_to_do(tmp_path: Path, server: Server) -> None:
    write(tmp_path, SITE | {"directory/tools/t.yaml": "name: T\nsummary: S\n"})
    assert auzolan("links", cwd=tmp_path).returncode == 0


@pytest.mark.parametrize("arguments", [("--jobs", "0"), ("--timeout", "0"), ("--format", "xml"), ("-s", "other.py")])
def test_what_cannot_be_run_is_exit_status_2(tmp_path: Path, server: Server, arguments: tuple[str, str]) -> None:
    done = auzolan("links", *arguments, cwd=site(tmp_path, server, "/here"))
    assert done.returncode == 2 and server.asked == []


GROUP = """\
# The bakers themselves.
name: Bakers
summary: They bake.
website: "{url}"
record:
  # They wrote it.
  submitted_by: itself
"""
BACK = '<a rel="me" href="https://commons.example/cooperatives/bakers.html">We are in the commons</a>'


def test_a_site_that_links_back_declares_the_entry_once_it_is_recorded(tmp_path: Path) -> None:
    pages = {"/": answer("200 OK", "Content-Type: text/html", body=BACK.encode())}
    with serving(pages=pages) as server:
        path = tmp_path / "directory/cooperatives/bakers.yaml"
        before = GROUP.format(url=server.url("/"))
        write(tmp_path, SITE | {"directory/cooperatives/bakers.yaml": before})
        done = auzolan("links", *QUICK, cwd=tmp_path)
        assert done.returncode == 0 and "note U011" in done.stdout and path.read_text() == before
        done = auzolan("links", *QUICK, "--record", cwd=tmp_path)
        assert done.returncode == 0 and "cooperative/bakers: written that its site links here" in done.stderr
        line = f'record:\n  linked_from: {{url: "{server.url("/")}", on: "20'
        assert line in path.read_text() and "# They wrote it." in path.read_text()
        assert auzolan("check", cwd=tmp_path, SOURCE_DATE_EPOCH="4102444800").returncode == 0
        done = auzolan("links", *QUICK, cwd=tmp_path)
        assert (done.returncode, done.stdout) == (0, "")
        output = tmp_path / "output"
        assert auzolan("build", cwd=tmp_path, SOURCE_DATE_EPOCH="4102444800").returncode == 0
        assert "declared by itself" in (output / "cooperatives/bakers.html").read_text("utf-8")
        server.pages["/"] = answer("200 OK", body=f"<!-- {BACK} -->".encode())
        done = auzolan("links", *QUICK, "--all", cwd=tmp_path)
        assert done.returncode == 1 and "warning U012" in done.stdout


def test_without_an_address_nobody_can_link_back(tmp_path: Path, server: Server) -> None:
    here = site(tmp_path, server, "/here")
    write(here, {"pelicanconf.py": SITE["pelicanconf.py"].replace("https://commons.example", "")})
    assert "SITEURL is empty here" in auzolan("links", *QUICK, cwd=here).stderr


def test_only_the_command_knows_the_room_that_asks_the_web() -> None:
    for path in PACKAGE.rglob("*.py"):
        if path.is_relative_to(PACKAGE / "links") or path == PACKAGE / "cli" / "links.py":
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom):
                names = [f"{node.module}.{alias.name}" for alias in node.names]
            assert not [name for name in names if name.startswith(("auzolan.links", "auzolan.cli.links"))] or (
                path == PACKAGE / "cli" / "examining.py"
            ), path


ALONE = """
import socket, sys
def refuse(*_, **__): raise AssertionError("the network was asked")
socket.getaddrinfo = socket.create_connection = socket.socket.connect = refuse
from auzolan.cli import main
sys.argv = ["auzolan", *sys.argv[1:]]
try:
    main()
finally:
    assert not [name for name in sys.modules if name.startswith("auzolan.links")], "the room was entered"
"""


@pytest.mark.parametrize("command", [["check"], ["build", "--jobs", "1"], ["stale"], ["duplicates"], ["--help"]])
def test_no_check_and_no_build_asks_the_web(tmp_path: Path, server: Server, command: list[str]) -> None:
    here = site(tmp_path, server, "/gone-for-good")
    done = subprocess.run(
        [sys.executable, "-c", ALONE, *command],
        cwd=here,
        env=environment(),
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0 or command == ["stale"], done.stderr
    assert "the network was asked" not in done.stderr and "the room was entered" not in done.stderr
    assert server.asked == []
