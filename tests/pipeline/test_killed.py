"""Builds that are killed at any moment: the next one makes the site as if nothing had happened.

AUZOLAN_KILLS kills so many instead of a few.
"""

from __future__ import annotations

import contextlib
import os
import random
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.pipeline.grown import Grown, beginning, differences, leftovers, workshop
from tests.running import environment, own_cache

from auzolan.pipeline.memory import place_of
from auzolan.write.ours import is_unfinished

KILLS = int(os.environ.get("AUZOLAN_KILLS", "4"))
ENTRY = "name: {name}\nsummary: They {verb}.\ndescription: See [[tool/t0]].\nsectors: [food]\n"


def state(number: int) -> dict[str, bytes]:
    """One of four versions of the commons: entries differ, or an article, or a kind on which everything depends."""
    files = beginning() | {"content/pages/about.md": b"---\ntitle: About\nsummary: What.\n---\n\nSee [[tool/t0]].\n"}
    files["content/articles/mill.md"] = (
        b'---\ntitle: A mill\ndate: "2026-06-16"\nsummary: One.\n---\n\nBy [[tool/t0]].\n'
        + (b"More.\n" if number == 2 else b"")
    )
    files["directory/tools/t0.yaml"] = b"name: T\nsummary: A book.\nlicense: MIT\n"
    for n in range(number, 14 + number):
        text = ENTRY.format(name=f"N{n}", verb="sow" if (n + number) % 3 else "reap")
        files[f"directory/cooperatives/n{n}.yaml"] = text.encode()
    if number == 3:
        files["directory/kinds/workshop.yaml"] = workshop("Seats").encode()
    return files


STATES = [state(number) for number in range(4)]


@pytest.fixture(scope="module")
def expected(tmp_path_factory: pytest.TempPathFactory, templates: Path) -> Iterator[list[dict[str, str]]]:
    """What a build from nothing makes of each state."""
    with pytest.MonkeyPatch.context() as patch:
        folder = tmp_path_factory.mktemp("expected")
        patch.setenv("SOURCE_DATE_EPOCH", "1795132800")
        patch.setenv("XDG_CACHE_HOME", str(own_cache(folder, templates)))
        made = []
        for number, files in enumerate(STATES):
            site = Grown(folder / str(number))
            site.become(files)
            assert not site.build().refused
            made.append(site.made())
        yield made


@pytest.fixture
def site(own: Path, tmp_path: Path) -> Grown:
    """The commons in its first state, built, with a file beside it that is somebody else's."""
    made = Grown(tmp_path / "site")
    made.become(STATES[0])
    assert not made.build().refused
    (made.output / "cooperatives/mine.html").write_bytes(b"mine")
    return made


def started(site: Grown, jobs: int) -> int:
    """A process that builds the site, and ends with 0, or 2 where the build says that it could not."""
    sys.stdout.flush()
    pid = os.fork()
    if pid == 0:
        status = 70
        try:
            os.setpgid(0, 0)
            os.dup2(os.open(os.devnull, os.O_WRONLY), 2)
            status = 2 if site.build(jobs).refused else 0
        finally:
            os._exit(status)
    return pid


def ended(pid: int) -> int:
    """Its exit status; negative where a signal ended it."""
    return os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])


def has_ended(pid: int) -> bool:
    """Whether a process of ours is over; its status can still be asked for."""
    return os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None


def holds(site: Grown, expected: dict[str, str], jobs: int = 1) -> None:
    """Builds, and holds that everything is as it should be."""
    told = site.build(jobs)
    assert not told.refused, told.words
    made = site.made()
    assert made.pop("cooperatives/mine.html"), "somebody else's file is gone"
    assert not (found := differences(made, expected)), f"{found}\n({site.why})"
    assert not leftovers(site.root)
    assert not is_left_unfinished(site)
    folders = [path for path in site.output.rglob("*") if path.is_dir() and not any(path.iterdir())]
    assert not folders, "empty folders were left"


def is_left_unfinished(site: Grown) -> bool:
    notes = place_of(site.settings()).notes
    assert notes is not None
    return is_unfinished(notes)


def test_killed_at_any_moment(site: Grown, expected: list[dict[str, str]]) -> None:
    chance = random.Random(KILLS)
    began = time.perf_counter()
    site.build()
    ended(started(site, 2))
    site.become(STATES[3])
    assert ended(started(site, 2)) == 0
    whole = time.perf_counter() - began
    for number in range(KILLS):
        for _ in range(chance.choice((1, 1, 2, 3))):
            site.become(STATES[chance.randrange(4)])
            pid = started(site, chance.choice((1, 2)))
            time.sleep(chance.uniform(0, whole))
            if chance.random() < 0.5:
                os.killpg(pid, signal.SIGKILL)  # all of it
            else:
                os.kill(pid, signal.SIGKILL)  # those that it forked go on, until they see that nobody listens
            ended(pid)
        now = chance.randrange(4)
        site.become(STATES[now])
        try:
            holds(site, expected[now], chance.choice((1, 2)))
        except AssertionError as problem:
            raise AssertionError(f"after {number} kills: {problem}") from problem


def children(pid: int) -> list[int]:
    """The processes that a process forked, and theirs."""
    try:
        found = [int(word) for word in Path(f"/proc/{pid}/task/{pid}/children").read_text().split()]
    except OSError:
        return []
    return [*found, *(one for child in found for one in children(child))]


@pytest.mark.skipif(not Path("/proc/self/task").is_dir(), reason="processes are found in /proc")
def test_workers_killed_one_by_one(site: Grown, expected: list[dict[str, str]]) -> None:
    chance = random.Random(KILLS)
    killed = 0
    for number in range(KILLS // 4):
        now = (number + 3) % 4  # first the one for which everything is made
        site.become(STATES[now])
        pid = started(site, 3)
        if number:  # the first one is met as soon as it is there, however slow the machine
            time.sleep(chance.uniform(0.0, 0.4))
        while not (found := children(pid)) and not has_ended(pid):
            time.sleep(0.002)
        if found:
            killed += 1
            with contextlib.suppress(ProcessLookupError):
                os.kill(chance.choice(found), signal.SIGKILL)
        status = ended(pid)
        assert status in (0, 2)
        if status == 0:
            made = site.made()
            made.pop("cooperatives/mine.html")
            assert not (found_ := differences(made, expected[now])), found_
        holds(site, expected[now], 3)
    assert killed


def test_a_file_of_ours_that_was_edited_by_hand_stays(site: Grown, expected: list[dict[str, str]]) -> None:
    edited = site.output / "cooperatives/n0.html"  # which is no part of the site in the second state
    edited.write_bytes(b"by hand")
    site.become(STATES[1])
    pid = started(site, 1)
    time.sleep(0.1)
    os.killpg(pid, signal.SIGKILL)
    ended(pid)
    assert not site.build().refused
    made = site.made()
    assert edited.read_bytes() == b"by hand"
    assert sorted(made.keys() - expected[1].keys()) == ["cooperatives/mine.html", "cooperatives/n0.html"]


def command(site: Grown, *arguments: str) -> subprocess.Popen[str]:
    """`auzolan build`, begun."""
    return subprocess.Popen(
        [sys.executable, "-m", "auzolan", "build", *arguments],
        cwd=site.root, env=environment(SOURCE_DATE_EPOCH="1795132800"), stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", start_new_session=True,
    )  # fmt: skip


@pytest.mark.parametrize("delay", [0.3, 0.6, 0.9, 1.2])
def test_the_command_is_killed(site: Grown, expected: list[dict[str, str]], delay: float) -> None:
    site.become(STATES[3])
    running = command(site)
    time.sleep(delay)
    os.killpg(running.pid, signal.SIGKILL)
    running.communicate()
    unfinished = is_left_unfinished(site)
    again = command(site)
    told = again.communicate()[1]
    assert again.returncode == 0, told
    assert "everything was made anew: the last build did not finish" in told or not unfinished
    made = site.made()
    made.pop("cooperatives/mine.html")
    assert not (found := differences(made, expected[3])), found


def test_two_at_once(site: Grown, expected: list[dict[str, str]]) -> None:
    site.become(STATES[3])
    both = [command(site), command(site)]
    told = [one.communicate()[1] for one in both]
    assert [one.returncode for one in both] == [0, 0], told
    assert sum("nothing changed" in one for one in told) == 1, told
    holds(site, expected[3])
    assert site.why == "nothing changed"


def test_interrupted_from_the_keyboard(site: Grown, expected: list[dict[str, str]]) -> None:
    site.become(STATES[3])
    running = command(site, "--jobs", "2")
    while not is_left_unfinished(site) and running.poll() is None:
        time.sleep(0.005)
    os.killpg(running.pid, signal.SIGINT)
    told = running.communicate()[1]
    assert running.returncode in (0, 130)
    assert "Traceback" not in told
    holds(site, expected[3])
