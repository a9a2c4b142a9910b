"""`auzolan mirror`: what it says, and by which status it ends."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path

import pytest
from tests.mirror.signed import FILES, Commons
from tests.running import auzolan

from auzolan.model.text import in_groups


@pytest.fixture
def site(tmp_path: Path) -> Commons:
    commons = Commons()
    commons.copy(tmp_path / "site", fresh_days=36_500)
    return commons


def test_a_first_sync_tells_whom_it_trusts_and_the_next_says_nothing(tmp_path: Path, site: Commons) -> None:
    done = auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    assert done.returncode == 0 and not done.stderr
    assert " ".join(in_groups(site.trust.digest)) in done.stdout
    assert f"edition 1 of Our commons, 2026-05-01: {len(FILES)} files fetched" in done.stdout
    done = auzolan(
        "mirror", "sync", "site", "ours", "--trust", " ".join(in_groups(site.trust.digest)).upper(), cwd=tmp_path
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    done = auzolan("mirror", "sync", "site", "ours", "-v", cwd=tmp_path)
    assert "has edition 1 of Our commons already" in done.stdout
    told = json.loads(auzolan("mirror", "sync", "site", "ours", "--json", cwd=tmp_path).stdout)
    assert (told["ok"], told["changed"], told["authentic"], told["fresh"]) == (True, False, True, True)
    assert told["trust"] == {"version": 1, "sha256": site.trust.digest}


def test_a_refusal_says_why_and_what_stays(tmp_path: Path, site: Commons) -> None:
    auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    site.copy(tmp_path / "site", serial=2, by=["anna"])
    done = auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    assert done.returncode == 1 and not done.stdout
    assert "refused (signatures): the edition must be signed by 2 of anna, berta, carla: only anna did" in done.stderr
    assert "The mirror stays at edition 1." in done.stderr
    told = json.loads(auzolan("mirror", "sync", "site", "ours", "--json", cwd=tmp_path).stdout)
    assert told["refused"]["threat"] == "signatures" and told["ok"] is False


def test_a_stale_edition_is_warned_of(tmp_path: Path, site: Commons) -> None:
    site.copy(tmp_path / "site", serial=2, fresh_days=1, days=-3_000)
    done = auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    assert done.returncode == 0 and "warning: it is authentic, but nobody has said for" in done.stderr
    done = auzolan("mirror", "status", "ours", cwd=tmp_path)
    assert done.returncode == 0 and "stale: it was last said to be the newest on" in done.stdout


def test_verify_names_what_is_wrong_and_repair_mends_it(tmp_path: Path, site: Commons) -> None:
    auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    shown = tmp_path / "ours" / "site"
    (shown / "index.html").write_text("<h1>Spoilt</h1>")
    (shown / "empty.txt").unlink()
    (shown / "evil.html").write_text("<h1>Foreign</h1>")
    done = auzolan("mirror", "verify", "ours", cwd=tmp_path)
    assert done.returncode == 1
    assert [line for line in done.stdout.splitlines() if line.startswith(("damaged", "missing", "foreign"))] == [
        "damaged: index.html", "missing: empty.txt", "foreign: evil.html",
    ]  # fmt: skip
    done = auzolan("mirror", "repair", "ours", "--from", "site", cwd=tmp_path)
    assert done.returncode == 1 and "2 files mended" in done.stderr
    done = auzolan("mirror", "repair", "--from", "../site", "--remove-foreign", cwd=tmp_path / "ours")
    assert done.returncode == 0 and "as they were signed" in done.stdout
    told = json.loads(auzolan("mirror", "verify", "ours", "--json", cwd=tmp_path).stdout)
    assert told["ok"] and told["files"] == len(FILES) and not told["by_itself"]


def test_a_zip_is_a_copy_too(tmp_path: Path, site: Commons) -> None:
    for top in ("", "commons/"):
        with zipfile.ZipFile(tmp_path / "copy.zip", "w", zipfile.ZIP_DEFLATED) as packed:
            for path in sorted((tmp_path / "site").rglob("*")):
                packed.write(path, top + path.relative_to(tmp_path / "site").as_posix())
        done = auzolan("mirror", "verify", "copy.zip", cwd=tmp_path)
        assert done.returncode == 0, done.stdout
        assert (
            "Who may sign says the copy itself" in done.stdout and " ".join(in_groups(site.trust.digest)) in done.stdout
        )
        done = auzolan("mirror", "verify", "copy.zip", "--trust", site.trust.digest, cwd=tmp_path)
        assert done.returncode == 0 and "Who may sign" not in done.stdout
        assert auzolan("mirror", "verify", "copy.zip", "--trust", "0" * 64, cwd=tmp_path).returncode == 1
    done = auzolan("mirror", "sync", "copy.zip", cwd=tmp_path)
    assert done.returncode == 0 and (tmp_path / "mirror" / "site" / "pages" / "café & co.html").exists()
    done = auzolan("mirror", "status", cwd=tmp_path)
    assert done.returncode == 0 and "authentic, signed by anna, berta" in done.stdout and "from copy.zip" in done.stdout


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["sync", "nowhere", "ours"], "there is no copy at nowhere"),
        (["sync", "site", "ours", "--time", "soon"], "is no time"),
        (["sync", "site", "ours", "--trust", "abc"], "is no sha256"),
        (["verify", "nowhere"], "there is no copy at nowhere"),
        (["repair", "site"], "say from which copy"),
        (["repair", "a.zip", "--from", "site"], "is no folder"),
        (["status", "site"], "is no mirror yet"),
        (["sync", "http://127.0.0.1:9/", "ours"], "does not answer as it should"),
    ],
)
def test_what_cannot_be_done(tmp_path: Path, site: Commons, arguments: list[str], said: str) -> None:
    done = auzolan("mirror", *arguments, cwd=tmp_path)
    assert done.returncode == 2 and said in done.stderr


def test_a_mirror_is_held_to_any_list_that_it_has_walked_through(tmp_path: Path, site: Commons) -> None:
    first = site.trust.digest
    auzolan("mirror", "sync", "site", "ours", cwd=tmp_path)
    site.change(["anna", "berta", "dolors"])
    site.copy(tmp_path / "site", serial=2)
    assert auzolan("mirror", "sync", "site", "ours", cwd=tmp_path).returncode == 0
    for digest in (first, site.trust.digest):
        done = auzolan("mirror", "verify", "ours", "--trust", digest, cwd=tmp_path)
        assert done.returncode == 0 and " ".join(in_groups(site.trust.digest)) in done.stdout
    done = auzolan("mirror", "verify", "ours", "--trust", "0" * 64, cwd=tmp_path)
    assert done.returncode == 1 and "is not the one that was asked for" in done.stdout
