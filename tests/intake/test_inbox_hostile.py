"""Whatever is sent, nothing is written outside an entry's place, nobody waits long, and no error of a library reaches anybody."""

from __future__ import annotations

import io
import json
import struct
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from tests.intake.sent import BAKERY, MILL, PATH, brought, codes, commons, letter, sent, whats
from tests.intake.test_inbox_import import MILL_PATH, committed
from tests.intake.test_inbox_mails import HEAD, attachment, mail, several
from tests.running import tree

from auzolan.intake.inbox import arriving
from auzolan.intake.inbox.mail.lines import values_of
from auzolan.model.errors import AuzolanError

PATHS = [
    "../../etc/passwd.yaml", "directory/../pelicanconf.yaml", "/etc/cron.d/x.yaml", "directory/cooperatives/../../x.yaml",
    "directory/kinds/cooperative.yaml", "directory/vocabularies/topics.yaml", "directory/cooperatives/x.yml",
    "directory/cooperatives/.x.yaml", "directory/cooperatives/X.yaml", "directory/cooperatives/con.yaml",
    "directory/cooperatives/index.yaml", "directory/cooperatives/a/b.yaml", "directory\\cooperatives\\x.yaml",
    "directory/cooperatives/x.yaml/.", "content/articles/x.md", ".github/workflows/x.yaml", "directory//x.yaml",
    "C:/directory/x.yaml", "directory/cooperatives/x\u202e.yaml", "directory/cooperatives/" + "x" * 65 + ".yaml",
    "pelicanconf.py/x.yaml", "directory/directory/cooperatives/x.yaml", "directory/cooperatives/%2e%2e.yaml",
]  # fmt: skip


@pytest.fixture
def site(tmp_path: Path) -> Path:
    return commons(tmp_path)


def untouched(site: Path, files: dict[str, str | bytes]) -> list[str]:
    """What is told of files of which none may be written; the codes."""
    sent(site, files)
    before = tree(site)
    outcome = brought(site)
    assert tree(site) == before
    assert not {what for what, _ in whats(outcome)} & {"new", "changed"}
    return codes(outcome)


@pytest.mark.parametrize("path", PATHS)
def test_no_path_leads_anywhere_else(path: str, site: Path) -> None:
    assert untouched(site, {"m.eml": mail(letter(path=path)), "t.txt": letter(path=path)}) == ["N003", "N003"]


@pytest.mark.parametrize("path", PATHS)
def test_no_name_in_a_bundle_or_of_an_attachment_does_either(path: str, site: Path) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr(path, BAKERY)
    sent(
        site,
        {
            "b.zip": packed.getvalue(),
            "m.eml": several(attachment(path.encode("ascii", "ignore").decode(), BAKERY.encode())),
        },
    )
    before = {name for name in tree(site) if not name.startswith("sent/")}
    brought(site, hold=0)
    added = {name for name in tree(site) if not name.startswith("sent/")} - before
    assert all(name.startswith("directory/") and name.count("/") == 2 and name.endswith(".yaml") for name in added)
    assert not any(name.startswith(("directory/kinds", "directory/vocabularies")) for name in added)


def bomb() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("x.yaml", b"a" * 40_000_000)
    return packed.getvalue()


def linking() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        link = zipfile.ZipInfo("directory/cooperatives/x.yaml")
        link.external_attr = 0o120777 << 16
        out.writestr(link, "/etc/passwd")
    return packed.getvalue()


def lying() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as out:
        out.writestr("x.yaml", b"a" * 5_000_000)
    data = packed.getvalue()
    return data.replace(struct.pack("<L", 5_000_000), struct.pack("<L", 100))


def crowded() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        for number in range(2_001):
            out.writestr(f"{number}.yaml", "")
    return packed.getvalue()


def nested_zip() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("inner.zip", lying())
    return packed.getvalue()


def nameless() -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w") as out:
        out.writestr("QQQQ", BAKERY)
        none = zipfile.ZipInfo("none")
        none.filename = ""
        with out.open(none, "w") as file:
            file.write(b"x")
    return packed.getvalue().replace(b"QQQQ", b"\0QQQ")


def nested(depth: int) -> bytes:
    head = HEAD.encode()
    for number in range(depth):
        head += f'Content-Type: multipart/mixed; boundary="b{number}"\r\n\r\n--b{number}\r\n'.encode()
    return head + b"Content-Type: text/plain\r\n\r\n" + letter().encode()


def mails_in_mails(depth: int) -> bytes:
    return HEAD.encode() + b"Content-Type: message/rfc822\r\n\r\n" * depth + mail(letter())


HOSTILE: dict[str, tuple[str, bytes, str]] = {
    "a zip bomb": ("b.zip", bomb(), "N001"),
    "a zip with a link": ("b.zip", linking(), "N001"),
    "a zip that lies": ("b.zip", lying(), "N001"),
    "a zip of many files": ("b.zip", crowded(), "N001"),
    "a zip in a zip": ("b.zip", nested_zip(), "N001"),
    "a zip of files without names": ("b.zip", nameless(), "N001"),
    "no zip": ("b.zip", b"PK\x03\x04" + b"\0" * 200, "N001"),
    "the end of a zip alone": ("b.zip", b"PK\x05\x06" + b"\xff" * 18, "N001"),
    "a huge mail": ("m.eml", HEAD.encode() + b"\r\n" + b"x" * 12_000_001, "N001"),
    "a mail of many lines": ("m.eml", HEAD.encode() + b"\r\n" + b"\n" * 500_000, "N001"),
    "parts in parts": ("m.eml", nested(2_000), "N001"),
    "mails in mails": ("m.eml", mails_in_mails(3_000), "N001"),
    "many parts": ("m.eml", several(*["Content-Type: text/plain\r\n\r\nx"] * 5_000), "N001"),
    "a boundary without end": ("m.eml", HEAD.encode() + b'Content-Type: multipart/mixed; boundary="' + b";a=b" * 50_000, "N001"),
    "a type of many parameters": ("m.eml", HEAD.encode() + b"Content-Type: text/plain" + b';\r\n x="\\"' * 50_000 + b"\r\n\r\nx", "N001"),
    "a head without end": ("m.eml", HEAD.encode() * 5_000, "N001"),
    "base64 that is none": ("m.eml", mail("=?=?=" * 1_000, encoding="base64"), "N002"),
    "a charset that is no encoding of texts": ("m.eml", mail("Zm9v\xff" * 50, "text/plain; charset=punycode"), "N002"),
    "uuencode": ("m.eml", mail("begin 644 x\n" + "M" * 2_000, encoding="x-uuencode"), "N002"),
    "html of unclosed tags": ("m.eml", mail("<div><!--" * 30_000, "text/html"), "N002"),
    "html of brackets": ("m.eml", mail("<" * 290_000, "text/html"), "N002"),
    "html of entities": ("m.eml", mail("&#x110000;&amp" * 17_000, "text/html"), "N002"),
    "dashes": ("m.eml", mail("-" * 300_000), "N002"),
    "lines of dashes": ("m.eml", mail("----- a/b -----\n" * 16_000), "N003"),
    "quotes": ("m.eml", mail("> " * 150_000), "N002"),
    "a huge entry": ("m.eml", mail(letter("name: " + "x" * 200_000 + "\n")), "Y006"),
    "control characters": ("m.eml", mail(letter(BAKERY.replace("Forn", "Fo\x1b[31mrn"))), "Y009"),
    "letters that turn around": ("m.eml", mail(letter(BAKERY.replace("Forn", "Fo\u202ern"))), "Y009"),
    "aliases": ("m.eml", mail(letter("a: &a [x]\nb: [*a, *a]\n")), "Y003"),
    "brackets": ("m.eml", mail(letter("a: " + "[" * 50_000 + "\n")), "Y005"),
    "a tag": ("m.eml", mail(letter("name: !!python/object:os.system x\n")), "Y004"),
    "a script": ("m.eml", mail(letter(BAKERY + 'description: "<script>alert(1)</script>"\n')), "M001"),
    "an address that acts": ("m.eml", mail(letter(BAKERY + "website: javascript:alert(1)\n")), "T001"),
    "a program": ("x.exe", b"MZ\x90\0" * 100, "N002"),
    "a text of zeros": ("x.txt", b"\0" * 10_000, "N001"),
    "a huge text": ("x.txt", b"Name: x\n" * 100_000, "N001"),
    "a sheet of colons": ("x.txt", b"Name:" * 40_000, "N002"),
    "json of brackets": ("x.json", b"[" * 1_000_000, "N001"),
    "json of numbers": ("x.json", b"1" * 100_000, "N001"),
    "an outlook mail": ("x.msg", b"\xd0\xcf\x11\xe0", "N002"),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_things_are_refused_with_a_finding(name: str, site: Path) -> None:
    file, data, code = HOSTILE[name]
    assert code in untouched(site, {file: data})


def test_a_big_issue_body_is_not_read(site: Path) -> None:
    assert untouched(site, {"x.json": json.dumps([{"body": "### Name\n\nx\n" * 50_000}])}) == []


def test_links_are_not_followed(site: Path, tmp_path: Path) -> None:
    outside = tmp_path / "outside.txt"
    outside.write_text(letter(), "utf-8")
    folder = sent(site, {"a.txt": "hello"})
    (folder / "link.txt").symlink_to(outside)
    (folder / "loop").symlink_to(folder)
    assert untouched(site, {"b.txt": "hello"}) == ["F003", "F003", "N002", "N002"]


def test_a_folder_of_a_kind_that_is_a_link_is_not_written_through(site: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (site / "directory/tools").symlink_to(tmp_path / "elsewhere")
    sent(site, {"a.txt": "Tool\nName: Oven\nIn one sentence: It is hot.\nSources: seen\n"})
    with pytest.raises(AuzolanError, match="outside"):
        brought(site)
    assert not list((tmp_path / "elsewhere").iterdir())


def test_a_file_that_cannot_be_read_is_told(site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path, most: int) -> bytes:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(arriving, "_read", refuse)
    assert untouched(site, {"a.txt": letter(), "bundle.json": "{}"}) == ["F007", "F007"]


FRAGMENTS = st.sampled_from(
    [
        letter(), letter()[:90], "----- ", " -----\n", "----- end -----\n", PATH, "> ", "\r\n", "\n\n", "\t", "name: x\n", "### Name\n\n",
        "_No response_", "- [X] ", "Name: ", "Country: ES\n", "In one sentence: y\n", "Cooperative\n", "Content-Type: text/plain\n",
        "Content-Type: multipart/mixed; boundary=x\n", "\n--x\n", "--x--\n", "MIME-Version: 1.0\n", "=3D", "=\n", "<p>", "</p>", "<!--",
        "&nbsp;", "\u202e", "\0", "é", "{", "[", "*a", "From x\n", "Content-Transfer-Encoding: base64\n", "charset=utf-16", "; format=flowed",
        "PK\x03\x04", "PK\x05\x06", '{"body": "', "-- \n", "\ufeff", "begin 644 x\n", "Subject: =?utf-8?b?////?=\n",
    ]
)  # fmt: skip
NAMES = ("x.eml", "x.mbox", "x.txt", "x.md", "x.yaml", "x.json", "x.zip", "x", "bundle.json")


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return commons(tmp_path_factory.mktemp("fuzzed"))


@hypothesis_settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.lists(FRAGMENTS | st.text(max_size=8), max_size=14).map("".join), min_size=len(NAMES), max_size=len(NAMES)
    ),
    st.binary(max_size=60),
)
def test_whatever_is_sent_ends_in_findings(fuzzed: Path, texts: list[str], tail: bytes) -> None:
    for name, text in zip(NAMES, texts, strict=True):
        sent(fuzzed, {name: text.encode("utf-8", "surrogatepass") + tail})
    before = {name for name in tree(fuzzed) if not name.startswith("sent/")}
    brought(fuzzed, dry=True)
    assert {name for name in tree(fuzzed) if not name.startswith("sent/")} == before


@pytest.mark.parametrize("began", ["first", "second", "third", "forged", "none", "another file's"])
def test_whatever_checksum_is_told_only_real_versions_are_merged(site: Path, began: str) -> None:
    """Somebody edits the second version of three, and says whatever: each field is as it lies there, or as it was sent."""
    first = MILL
    second = first.replace("Solsona", "Cardona")
    third = second.replace("The Mill of the Valley", "The Mill of the River")
    for text in (first, second, third):
        (site / MILL_PATH).write_text(text, "utf-8")
        committed(site)
    said = second.replace("thirty farms", "forty farms")
    told = {"first": first, "second": second, "third": third, "none": None, "another file's": BAKERY}
    mail = (
        letter(said, MILL_PATH, told[began])
        if began in told
        else letter(said, MILL_PATH).replace(".yaml", ".yaml #00000000")
    )
    sent(site, {"a.txt": mail})
    brought(site)
    written, now, sent_ = (values_of(text) for text in ((site / MILL_PATH).read_text("utf-8"), third, said))
    assert written and set(written) == set(now)
    assert all(written[name] in (now[name], sent_[name]) for name in written)
    # Who says that the edit began with what lies there takes its name back, and says so; nobody else does.
    assert (written["name"] == now["name"]) == (began != "third")
