"""Every threat of docs/mirrors.md, from a folder and over http: refused, and the old copy stays, byte for byte."""

from __future__ import annotations

import copy
import datetime
import functools
import os
import shutil
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import cast

import pytest
from tests.mirror.hostile import Answering, Server, dripping, endless, leads_to, serving, silent
from tests.mirror.signed import DAY, FILES, Commons, key, list_path, put, signatures, sums_of, write
from tests.running import tree

from auzolan.mirror.carriers import carrier_of
from auzolan.mirror.carriers.carrier import patience
from auzolan.mirror.carriers.folder import Folder
from auzolan.mirror.names import SUMS
from auzolan.mirror.place import Place
from auzolan.mirror.refused import Refused
from auzolan.mirror.signatures import EDITIONS, LISTS
from auzolan.mirror.statements import EDITION, FRESHNESS, Edition
from auzolan.mirror.syncing import Synced, sync
from auzolan.mirror.verifying import verify
from auzolan.model.parts import Part

NEW = {**FILES, "index.html": b"<h1>Home, again</h1>", "new.html": b"<h1>New</h1>"}


@dataclass
class Begun:
    """How all of these tests begin."""

    root: Path
    commons: Commons
    oldest: dict[str, bytes]
    before: dict[str, str]
    edition: Edition


@functools.cache
def _begun() -> Begun:
    root = Path(tempfile.mkdtemp(prefix="auzolan-threats-"))
    site, place, commons = root / "site", Place(root / "mirror"), Commons()
    commons.copy(site, serial=1)
    oldest = {path: (site / path).read_bytes() for path in tree(site)}
    commons.copy(site, {**FILES, "old.html": b"<h1>Old</h1>"}, serial=2)
    sync(place, Folder(site), DAY)
    assert verify(place.root, Folder(place.root / "site"), DAY, lambda *_: None).is_whole
    before = tree(place.root / "site")
    return Begun(root, commons, oldest, before, commons.copy(site, NEW, serial=3))


class Victim:
    """A mirror that has edition 2, and the place from which it syncs: `site`, which holds edition 3."""

    def __init__(self, root: Path) -> None:
        self.site, self.place = root / "site", Place(root / "mirror")
        self.origin, self.server = str(self.site), cast("Server | None", None)
        begun = _begun()
        self.commons = copy.deepcopy(begun.commons)
        self.edition, self.oldest, self.before = begun.edition, begun.oldest, begun.before
        for folder in ("site", "mirror"):
            shutil.copytree(begun.root / folder, root / folder, symlinks=True)

    def begin(self, origin: str, server: Server | None = None) -> None:
        """Where the mirror syncs from."""
        self.origin, self.server = origin, server

    def sync(self, days: int = 1, pinned: str = "", seconds: float = 60, least: int = 0, window: float = 30) -> Synced:
        """As a timer does it, so many days after DAY."""
        with closing(carrier_of(self.origin, patience(seconds, least, window))) as carrier:
            return sync(self.place, carrier, DAY + datetime.timedelta(days=days), pinned=pinned)

    def served(self) -> dict[str, str]:
        """What readers of the mirror get."""
        state = self.place.state()
        assert state and (self.place.root / "site").resolve() == self.place.current(state).resolve()
        return tree(self.place.root / "site")

    def stays(self) -> None:
        """The old copy is there, whole and authentic, and nothing else."""
        assert self.served() == self.before
        assert len(list(self.place.copies.iterdir())) == 1

    def refuses(self, *threats: str, **more: float) -> Refused:
        """A sync is refused for one of these threats, with a way out, and the old copy stays. What is whole again is taken again."""
        with pytest.raises(Refused) as told:
            self.sync(**more)  # type: ignore[arg-type]
        assert told.value.threat in threats, told.value
        assert told.value.hint
        self.stays()
        return told.value

    def recovers(self) -> None:
        """Once the other side is honest again, the mirror follows."""
        self.commons.copy(self.site, NEW, serial=4)
        if self.server:
            self.server.odd.clear()
        assert self.sync().changed
        assert (self.place.root / "site" / "new.html").read_bytes() == NEW["new.html"]

    def change(self, path: str, change: Callable[[bytes], bytes]) -> None:
        """Changes a file of the site."""
        (self.site / path).write_bytes(change((self.site / path).read_bytes()))


@pytest.fixture(params=["folder", "http"])
def victim(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Victim]:
    made = Victim(tmp_path)
    if request.param == "folder":
        made.begin(str(made.site))
        yield made
    else:
        with serving(made.site) as server:
            made.begin(server.address, server)
            yield made


@pytest.fixture
def web(tmp_path: Path) -> Iterator[Victim]:
    made = Victim(tmp_path)
    with serving(made.site) as server:
        made.begin(server.address, server)
        yield made


def flipped(data: bytes) -> bytes:
    """One bit is another, in the middle."""
    at = len(data) // 2
    return data[:at] + bytes([data[at] ^ 1]) + data[at + 1 :]


def odd(victim: Victim) -> dict[str, Callable[[Answering], None]]:
    """What the server does otherwise."""
    assert victim.server
    return victim.server.odd


def test_what_is_honest_is_taken(victim: Victim) -> None:
    told = victim.sync()
    assert (told.changed, told.fetched, told.linked) == (True, 2, 6)
    assert told.fetched_bytes == len(NEW["index.html"]) + len(NEW["new.html"])
    assert not (victim.place.root / "site" / "old.html").exists()
    assert not victim.sync().changed


def test_tampered_file(victim: Victim) -> None:
    victim.change("new.html", flipped)
    assert "`new.html`" in str(victim.refuses("tampered"))
    victim.recovers()


def test_tampered_file_of_another_size(victim: Victim) -> None:
    victim.change("new.html", lambda data: data + b"<script src=//evil.example></script>")
    victim.refuses("tampered")
    victim.change("new.html", lambda data: data[:3])
    victim.refuses("tampered")


def test_missing_file(victim: Victim) -> None:
    (victim.site / "new.html").unlink()
    victim.refuses("missing")
    (victim.site / SUMS).unlink()
    victim.refuses("missing")


def test_tampered_sums(victim: Victim) -> None:
    victim.change(SUMS, flipped)
    victim.refuses("sums")
    victim.recovers()


def test_tampered_edition(victim: Victim) -> None:
    victim.change(EDITION, lambda data: data.replace(b'"serial": 3', b'"serial": 4'))
    victim.refuses("signatures")
    victim.change(EDITION, lambda data: data[:-20])
    victim.refuses("malformed")
    (victim.site / EDITION).unlink()
    victim.refuses("no-edition")
    victim.recovers()


def test_tampered_signature(victim: Victim) -> None:
    victim.change(f"{EDITION}.anna.sig", flipped)
    victim.refuses("signatures")
    victim.recovers()


def test_signature_of_another_statement(victim: Victim) -> None:
    """One over a trust list, or over the edition in another namespace, is none over the edition."""
    put(victim.site, signatures(EDITION, victim.edition.data, LISTS, ["anna"]))
    victim.refuses("signatures")


def test_tampered_trust_list(victim: Victim) -> None:
    victim.change(list_path(1), lambda data: data.replace(b'"threshold": 2', b'"threshold": 1'))
    victim.refuses("trust")
    victim.recovers()


def test_forged_trust_list(victim: Victim) -> None:
    """A next version that those of the one before have not signed."""
    thief = Commons(people=("mallory",), threshold=1)
    thief.change(["mallory"], 1, by=["mallory"])
    put(victim.site, {path: data for path, data in thief.said.items() if path.startswith(list_path(2))})
    victim.refuses("trust")


def test_tampered_trust_list_at_the_first_sync(victim: Victim, tmp_path: Path) -> None:
    victim.change(list_path(1), lambda data: data.replace(b'"threshold": 2', b'"threshold": 1'))
    before, victim.place = victim.place, Place(tmp_path / "other")
    with pytest.raises(Refused) as told:
        victim.sync()
    assert told.value.threat == "trust" and victim.place.state() is None
    victim.place = before
    victim.stays()


def test_another_commons_at_the_first_sync(victim: Victim, tmp_path: Path) -> None:
    """Whoever was told the trust list by other ways takes no other, however well it is signed."""
    pinned = victim.commons.trust.digest
    Commons(people=("mallory",), threshold=1).copy(victim.site, NEW, serial=3)
    before, victim.place = victim.place, Place(tmp_path / "other")
    with pytest.raises(Refused) as told:
        victim.sync(pinned=pinned)
    assert told.value.threat == "trust" and victim.place.state() is None
    victim.place = before
    victim.refuses("trust")


def test_rollback(victim: Victim) -> None:
    write(victim.site, victim.oldest)
    victim.refuses("rollback")
    victim.recovers()


def test_freeze_is_warned(victim: Victim) -> None:
    assert victim.sync(days=80).warnings == ()
    told = victim.sync(days=100)
    assert not told.changed and "nobody has said for 100 days" in told.warnings[0]
    victim.commons.fresh(victim.site, victim.edition, days=99)
    told = victim.sync(days=100)
    assert told.changed and not told.warnings and not told.fetched
    # An old statement in its place takes nothing back.
    victim.commons.fresh(victim.site, victim.edition, days=50)
    assert not victim.sync(days=101).changed
    state = victim.place.state()
    assert state and state.newest == DAY + datetime.timedelta(days=99)


@pytest.mark.parametrize("by", [["mallory"], ["box:mallory"], ["anna:mallory"]])
def test_forged_freshness_counts_for_nothing(victim: Victim, by: list[str]) -> None:
    victim.commons.fresh(victim.site, victim.edition, days=99, by=by)
    told = victim.sync(days=100)
    assert told.changed and len(told.warnings) == 2 and "passed over" in told.warnings[0]
    assert not (victim.place.root / "site" / FRESHNESS).exists()


def test_freshness_from_the_future_counts_for_nothing(victim: Victim) -> None:
    victim.commons.fresh(victim.site, victim.edition, days=4_000)
    assert "still to come" in victim.sync(days=10).warnings[0]


def test_freshness_of_another_edition_counts_for_nothing(victim: Victim) -> None:
    victim.commons.fresh(victim.site, victim.edition, days=99, edition="0" * 64)
    assert "another edition" in victim.sync(days=100).warnings[0]


def test_mix_and_match_of_editions(victim: Victim) -> None:
    """Two editions of one number, both signed."""
    victim.sync()
    victim.before = victim.served()
    victim.commons.copy(victim.site, FILES, serial=3)
    victim.refuses("mix-and-match")
    victim.recovers()


def test_mix_and_match_of_sums(victim: Victim) -> None:
    put(victim.site, {SUMS: victim.oldest[SUMS]})
    victim.refuses("sums", "endless")


def test_mix_and_match_of_files(victim: Victim) -> None:
    put(victim.site, {"index.html": victim.oldest["index.html"], "new.html": victim.oldest["404.html"]})
    victim.refuses("tampered", "endless")


@pytest.mark.parametrize("path", [EDITION, f"{EDITION}.anna.sig", list_path(2), SUMS, "new.html"])
def test_endless_data(victim: Victim, path: str) -> None:
    if victim.server:
        victim.server.odd[path] = endless
    else:
        with (victim.site / path).open("ab") as file:
            file.truncate(1 << 40)
    victim.refuses("endless")
    assert sum(one.stat().st_size for one in victim.place.root.rglob("*") if one.is_file()) < 1_000_000


def test_endless_freshness_costs_no_edition(victim: Victim) -> None:
    if victim.server:
        victim.server.odd[FRESHNESS] = endless
    else:
        with (victim.site / FRESHNESS).open("ab") as file:
            file.truncate(1 << 40)
    assert victim.sync().changed


def test_more_bytes_than_the_edition_says(victim: Victim) -> None:
    """Signed by those who may, and still not what it says: no more is taken than it told."""
    victim.commons.copy(victim.site, NEW, serial=4, size=victim.edition.size - 1)
    victim.refuses("endless")


@pytest.mark.parametrize("path", [EDITION, SUMS, "new.html"])
@pytest.mark.parametrize("how", [dripping, silent])
def test_slow_retrieval(web: Victim, path: str, how: Callable[[Answering], None]) -> None:
    odd(web)[path] = how
    assert "slower than 200 bytes/s" in str(web.refuses("slow", least=200, window=0.4))
    web.recovers()


def test_slow_retrieval_has_an_end(web: Victim) -> None:
    """However little is asked for at least."""
    odd(web)["new.html"] = dripping
    began = time.monotonic()
    web.refuses("slow", seconds=0.7, least=1)
    assert time.monotonic() - began < 30


def test_slow_retrieval_from_a_folder(tmp_path: Path) -> None:
    """What gives nothing is no file; and the time that all may take counts there too."""
    victim = Victim(tmp_path)
    victim.begin(str(victim.site))
    victim.refuses("slow", seconds=0)
    (victim.site / "new.html").unlink()
    os.mkfifo(victim.site / "new.html")
    victim.refuses("symlink")


def test_one_key_of_three(victim: Victim) -> None:
    (victim.site / f"{EDITION}.berta.sig").unlink()
    victim.refuses("signatures")
    victim.recovers()


def test_the_same_key_twice(victim: Victim) -> None:
    put(victim.site, {f"{EDITION}.berta.sig": (victim.site / f"{EDITION}.anna.sig").read_bytes()})
    victim.refuses("signatures")
    put(victim.site, signatures(EDITION, victim.edition.data, EDITIONS, ["berta:anna"]))
    victim.refuses("signatures")


def test_the_same_key_twice_in_a_trust_list(victim: Victim) -> None:
    """Signed by those who may: still, one person never counts as two."""
    victim.commons.change(["anna", "berta", "carla"])
    text = victim.commons.trust.data.decode()
    keys = [one.key for one in victim.commons.trust.signers]
    data = text.replace(keys[1], keys[0]).encode()
    put(victim.site, {list_path(2): data, **signatures(list_path(2), data, LISTS, ["anna", "berta"])})
    victim.refuses("malformed")


def test_a_strangers_key(victim: Victim) -> None:
    put(victim.site, signatures(EDITION, victim.edition.data, EDITIONS, ["anna:mallory", "mallory"]))
    victim.refuses("signatures")


def test_revoked_key(victim: Victim) -> None:
    """Whoever is no longer on the list counts no more, in an edition or in the next list."""
    victim.commons.change(["anna", "berta", "dolors"])
    victim.commons.copy(victim.site, FILES, serial=4, by=["anna", "berta"])
    victim.sync()
    victim.before = victim.served()
    victim.commons.copy(victim.site, NEW, serial=5, by=["anna", "carla"])
    victim.refuses("signatures")
    victim.commons.change(["anna", "carla"], by=["anna", "carla"])
    victim.commons.copy(victim.site, NEW, serial=5)
    victim.refuses("trust")


def test_fast_forward(victim: Victim) -> None:
    """One stolen key pushes no number up; where enough were stolen, a new list begins again below."""
    victim.commons.copy(victim.site, NEW, serial=2**53 - 1, by=["carla"])
    victim.refuses("signatures")
    victim.commons.copy(victim.site, NEW, serial=2**53 - 1, by=["carla", "berta"])
    assert victim.sync().changed
    victim.before = victim.served()
    victim.commons.copy(victim.site, FILES, serial=4)
    victim.refuses("rollback")
    victim.commons.change(["anna", "berta", "dolors"], serial=4, by=["anna", "berta"])
    victim.commons.copy(victim.site, FILES, serial=3)
    victim.refuses("rollback")
    victim.commons.copy(victim.site, FILES, serial=4)
    assert victim.sync().changed
    assert not (victim.place.root / "site" / "new.html").exists()


@pytest.mark.parametrize(
    "path",
    ["../out.html", "a/../../out.html", "/tmp/out.html", "..", "a\\..\\..\\out.html", "C:/out.html", ".ssh/authorized_keys",
     "a//b.html", "a/./b.html", "con.html", "edition.json.html", "trust/page.html", "\u202elmth.html", "x" * 300],
)  # fmt: skip
def test_path_escape(victim: Victim, path: str) -> None:
    """Names that lead out, or hide, or are devices; signed by those who may."""
    victim.commons.copy(victim.site, NEW, serial=4)
    files = {**NEW, path: b"<h1>Out</h1>"}
    edition = victim.commons.edition(files, 5)
    put(victim.site, {SUMS: sums_of(files), **victim.commons.statements(edition)})
    victim.refuses("path", "malformed")
    assert not [one for one in victim.place.root.parent.rglob("out.html") if one.exists()]


@pytest.mark.parametrize(
    "pair",
    [("Page.html", "page.html"), ("a/x.html", "A/y.html"), ("caf\u00e9.html", "cafe\u0301.html"), ("a", "a/b.html")],
)
def test_case_collision(victim: Victim, pair: tuple[str, str]) -> None:
    files = {**NEW, pair[0]: b"1", pair[1]: b"2"}
    edition = victim.commons.edition(files, 5)
    put(victim.site, {SUMS: sums_of(files), **victim.commons.statements(edition)})
    victim.refuses("case")


def test_symlink_in_the_mirror(victim: Victim, tmp_path: Path) -> None:
    """Of a folder none is followed; what a web server makes of one is judged by its bytes."""
    put(tmp_path, {"secret/new.html": b"root:x:0:0"})
    (victim.site / "new.html").unlink()
    (victim.site / "new.html").symlink_to(tmp_path / "secret" / "new.html")
    victim.refuses("tampered" if victim.server else "symlink")
    assert b"root:x" not in b"".join(one.read_bytes() for one in victim.place.root.rglob("*") if one.is_file())


def test_symlink_to_what_should_be_there(tmp_path: Path) -> None:
    """Not even then."""
    victim = Victim(tmp_path)
    victim.begin(str(victim.site))
    for path in ("new.html", EDITION, SUMS):
        (victim.site / path).rename(tmp_path / "elsewhere")
        (victim.site / path).symlink_to(tmp_path / "elsewhere")
        victim.refuses("symlink")
        (victim.site / path).unlink()
        (tmp_path / "elsewhere").rename(victim.site / path)


def test_symlinked_folder_in_the_mirror(victim: Victim, tmp_path: Path) -> None:
    victim.commons.copy(victim.site, {**NEW, "deep/er/page.html": b"<h1>Deep</h1>"}, serial=4)
    (victim.site / "deep").rename(tmp_path / "deep")
    (victim.site / "deep").symlink_to(tmp_path / "deep", target_is_directory=True)
    put(tmp_path, {"deep/er/page.html": b"<h1>Elsewhere</h1>"})
    victim.refuses("tampered" if victim.server else "symlink")


def test_wrong_site(victim: Victim) -> None:
    """The same people may sign for two commons: one never stands in for the other."""
    Commons(site="example:other").copy(victim.site, NEW, serial=5)
    victim.refuses("wrong-site")
    victim.recovers()


def test_wrong_site_in_the_edition(victim: Victim) -> None:
    victim.commons.copy(victim.site, NEW, serial=5, site="example:other")
    victim.refuses("wrong-site")


def test_a_part_in_the_place_of_the_whole(victim: Victim) -> None:
    """The same people sign parts of the commons, by numbers of their own: none stands in for the whole."""
    part = Part(victim.commons.site, {"country": ("ES",)}, False, 1, 3)
    victim.commons.copy(victim.site, {"index.html": b"<h1>Less</h1>"}, serial=9, site=part.site, part=part)
    assert "a part of the commons (country ES, without pictures)" in str(victim.refuses("wrong-site"))
    victim.recovers()


def test_the_whole_in_the_place_of_a_part(victim: Victim) -> None:
    part, other = (Part(victim.commons.site, {"country": (code,)}, True, 1, 3) for code in ("ES", "PT"))
    victim.place = Place(victim.place.root.with_name("mirror-of-a-part"))
    victim.commons.copy(victim.site, serial=2, site=part.site, part=part)
    victim.sync()
    victim.before = victim.served()
    victim.commons.copy(victim.site, NEW, serial=9)
    assert "the whole commons" in str(victim.refuses("wrong-site"))
    victim.commons.copy(victim.site, NEW, serial=9, site=other.site, part=other)
    victim.refuses("wrong-site")
    victim.commons.copy(victim.site, NEW, serial=1, site=part.site, part=part)
    victim.refuses("rollback")
    victim.commons.copy(victim.site, NEW, serial=3, site=part.site, part=part)
    assert victim.sync().changed


def test_a_machines_key_signs_no_edition(victim: Victim) -> None:
    put(victim.site, signatures(EDITION, victim.edition.data, EDITIONS, ["box", "anna:box"]))
    (victim.site / f"{EDITION}.berta.sig").unlink()
    victim.refuses("signatures")


def test_a_machines_key_signs_no_trust_list(victim: Victim) -> None:
    victim.commons.change(["anna", "mallory"], 1, by=["anna", "box"])
    victim.commons.copy(victim.site, NEW, serial=5)
    victim.refuses("trust")


@pytest.mark.parametrize(
    "location",
    ["http://127.0.0.1:1/{path}", "http://localhost/{path}", "https://evil.example/{path}", "file:///etc/passwd", "ftp://127.0.0.1/x",
     "//evil.example/{path}", "http://user:password@127.0.0.1/{path}", "/new\u00e9", "http://[::1/x", ""],
)  # fmt: skip
def test_redirects_that_lead_elsewhere(web: Victim, location: str) -> None:
    path = "new.html"
    odd(web)[path] = leads_to(location.format(path=path).encode().decode("latin-1"))
    web.refuses("redirect")
    odd(web)[EDITION] = odd(web)[path]
    web.refuses("redirect")


def test_redirects_in_circles(web: Victim) -> None:
    odd(web)["new.html"] = leads_to("/new.html")
    web.refuses("redirect")


def test_redirects_within_the_site_are_followed(web: Victim) -> None:
    put(web.site, {"moved/new.html": NEW["new.html"]})
    odd(web)["new.html"] = leads_to("/moved/new.html")
    assert web.sync().changed


def test_compression_bomb(web: Victim) -> None:
    """Nobody asked for anything packed, and nothing is unpacked."""
    odd(web)["new.html"] = lambda one: one.answer(200, b"\x1f\x8b" + b"0" * 50, Content_Encoding="gzip")
    web.refuses("endless")
    assert web.server
    assert {one.get("Accept-Encoding") for one in web.server.headers} == {"identity"}


def test_nothing_is_told_about_whoever_asks(web: Victim) -> None:
    web.sync()
    assert web.server
    names = {name for one in web.server.headers for name in one}
    assert names == {"Host", "Accept", "Accept-Encoding", "User-Agent"}


def test_keys_are_somebodys() -> None:
    """The keys of these tests differ."""
    assert key("anna") != key("mallory")
