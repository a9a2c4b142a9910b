"""Mails as several programs write them come in; the entry in each goes out as it was sent, and nothing of who sent it."""

from __future__ import annotations

import base64
import quopri
from email.message import EmailMessage
from pathlib import Path

import pytest
from tests.intake.sent import BAKERY, PATH, brought, codes, commons, letter, sent, whats
from tests.running import tree

from auzolan.intake.inbox.mail.letters import letters_in

HEAD = (
    "Return-Path: <remei.vila@example.net>\r\nReceived: from [192.0.2.77] by mx.example.net; Sun, 29 Nov 2026 10:00:00 +0100\r\n"
    "From: Remei Vila <remei.vila@example.net>\r\nTo: hello@commons.coop\r\nSubject: Cooperative: Forn Nou\r\n"
    "Message-ID: <3f9a77@secret.example.net>\r\nX-Mailer: SecretMailer 9\r\nMIME-Version: 1.0\r\n"
)
PRIVATE = (
    "remei",
    "Vila",
    "example.net",
    "192.0.2.77",
    "3f9a77",
    "SecretMailer",
    "600 111 222",
    "hello@commons",
    "Salutacions",
)
BYE = "\n-- \nRemei Vila\n+34 600 111 222\n"
NEW = [("new", "cooperative/forn-nou")]


def mail(body: str | bytes, type_: str = "text/plain; charset=utf-8", encoding: str = "8bit") -> bytes:
    """A mail of one part, its lines as they go over the wire."""
    data = body.encode() if isinstance(body, str) else body
    data = data.replace(b"\r\n", b"\n").replace(b"\n", b"\r\n")
    return f"{HEAD}Content-Type: {type_}\r\nContent-Transfer-Encoding: {encoding}\r\n\r\n".encode() + data


def flowed(text: str, width: int = 66) -> str:
    """A text as format=flowed breaks and stuffs it."""
    lines: list[str] = []
    for line in text.split("\n"):
        while len(line) > width and " " in line[1:width]:
            cut = line.rindex(" ", 1, width) + 1
            lines.append(line[:cut])
            line = line[cut:]
        lines.append(line)
    return "\n".join(f" {line}" if line.startswith((" ", ">", "From ")) else line for line in lines)


def wrapped(text: str, width: int = 72) -> str:
    """A text as programs break it that leave no trace of it."""
    lines: list[str] = []
    for line in text.split("\n"):
        while len(line) > width and " " in line.strip()[:width]:
            cut = line.rindex(" ", 1, width)
            lines.append(line[:cut])
            line = line[cut + 1 :]
        lines.append(line)
    return "\n".join(lines)


def web(text: str) -> str:
    """A letter as a web mail writes it in HTML."""
    lines = [line.replace("&", "&amp;").replace("<", "&lt;").replace("  ", "&nbsp; ") for line in text.split("\n")]
    rows = "".join(f"<div>{line or '<br>'}</div>" for line in lines)
    return f"<html><head><style>p{{color:red}}</style></head><body><p>Salutacions</p>{rows}<!-- <b> --></body></html>"


def outlook(text: str) -> str:
    """A letter as Outlook writes it: one paragraph a line, no-break spaces for the indent."""
    rows = "".join(
        f"<p class=MsoNormal><span lang=CA>{'&nbsp;' * (len(line) - len(line.lstrip()))}{line.lstrip()}<o:p></o:p></span></p>\r\n"
        for line in text.split("\n")
    )
    return f"<html xmlns:o='urn:x'><body lang=CA><div class=WordSection1>{rows}</div></body></html>"


def several(*parts: str) -> bytes:
    """A mail of several parts, each with its own head."""
    body = "".join(f"--=_bound\r\n{part}\r\n" for part in parts)
    return f'{HEAD}Content-Type: multipart/mixed; boundary="=_bound"\r\n\r\n{body}--=_bound--\r\n'.encode()


def attachment(name: str, data: bytes, type_: str = "application/octet-stream") -> str:
    return (
        f'Content-Type: {type_}; name="{name}"\r\nContent-Disposition: attachment; filename="{name}"\r\n'
        f"Content-Transfer-Encoding: base64\r\n\r\n{base64.encodebytes(data).decode()}"
    )


BODY = f"Salutacions!\n\n{letter()}{BYE}"
SHAPES = {
    "plain": mail(BODY),
    "quoted-printable": mail(quopri.encodestring(BODY.encode()), encoding="quoted-printable"),
    "base64": mail(base64.encodebytes(BODY.encode()), encoding="base64"),
    "flowed": mail(flowed(BODY), "text/plain; charset=UTF-8; format=flowed"),
    "flowed, delsp": mail(
        flowed(BODY).replace(" \n", "  \n"), "text/plain; charset=UTF-8; format=flowed; delsp=yes"
    ),
    "flowed in name only": mail(BODY, "text/plain; charset=UTF-8; format=flowed"),
    "utf-16": mail(base64.encodebytes(BODY.encode("utf-16")), "text/plain; charset=utf-16", "base64"),
    "utf-8 that says it is ascii": mail(BODY, "text/plain; charset=us-ascii"),
    "no charset": mail(BODY, "text/plain"),
    "a charset that nobody knows": mail(BODY, "text/plain; charset=klingon-1"),
    "dashes made prettier": mail(BODY.replace("-----", "——")),
    "forwarded": mail("".join(f"> {line}\n" for line in letter().splitlines())),
    "forwarded twice": mail("".join(f">> {line}\n" for line in letter().splitlines())),
    "signed": mail(f"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\n{'- ' + letter().replace('----- end', '- ----- end')}"),
    "html": mail(web(letter()), "text/html; charset=utf-8"),
    "html of outlook": mail(outlook(letter()), "text/html; charset=utf-8"),
    "attached": several(
        "Content-Type: text/plain\r\n\r\nSalutacions\r\n", attachment("forn-nou.yaml", BAKERY.encode(), "text/yaml")
    ),
    "attached in utf-16": several(attachment("forn-nou.yaml", BAKERY.encode("utf-16"))),
    "attached by a share sheet": several(attachment("forn-nou.txt", BAKERY.encode(), "text/plain")),
    "attached, named by a second save": several(attachment("forn-nou (1).yaml", BAKERY.encode())),
    "a mail in a mail": several(f"Content-Type: message/rfc822\r\n\r\n{mail(BODY).decode()}"),
    "a mail that is attached as a file": several(attachment("fwd.eml", mail(BODY))),
}  # fmt: skip


@pytest.mark.parametrize("shape", SHAPES)
def test_every_shape_gives_the_same_file_and_nothing_of_the_sender(shape: str, tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"m.eml": SHAPES[shape]})
    outcome = brought(site)
    assert whats(outcome) == NEW and not codes(outcome), outcome.findings
    assert (site / PATH).read_text("utf-8") == BAKERY
    written = (site / PATH).read_text("utf-8") + repr(outcome.fates) + repr(outcome.findings)
    assert not [word for word in PRIVATE if word.lower() in written.lower()]


def test_lines_that_were_broken_without_a_trace_are_joined_and_told(tmp_path: Path) -> None:
    site = commons(tmp_path)
    for width in (64, 72, 76):
        sent(site, {"m.eml": mail(wrapped(BODY, width))})
        outcome = brought(site, dry=True)
        assert whats(outcome) == NEW and outcome.fates[0].text == BAKERY
        # What only looks untidy is not told.
        assert codes(outcome) == (["N009"] if width == 64 else [])


def test_a_line_that_tells_the_beginning_of_an_edit_may_be_broken() -> None:
    mark, path = "1f2e3d4c", "directory/cooperatives/forn-nou.yaml"
    for first in (f"----- {path} #{mark} -----", f"-----\n{path} #{mark} -----", f"----- {path} #{mark}\n-----",
                  f"----- {path}\n#{mark} -----", f"----- {path} #{mark.upper()} -----"):  # fmt: skip
        (read,) = letters_in(f"{first}\nname: Forn Nou\n----- end -----\n")
        assert (read.path, read.began, read.text) == (path, mark, "name: Forn Nou\n"), first
    (plain,) = letters_in(f"----- {path} #{mark}5 -----\nname: Forn Nou\n----- end -----\n")
    assert plain.began == "" and plain.path != path


def test_both_alternatives_are_one_entry(tmp_path: Path) -> None:
    made = EmailMessage()
    made["From"] = "remei.vila@example.net"
    made.set_content(BODY)
    made.add_alternative(web(letter()), subtype="html")
    site = commons(tmp_path)
    sent(site, {"m.eml": made.as_bytes()})
    assert whats(brought(site)) == NEW


def test_a_text_that_is_not_what_it_says_is_told(tmp_path: Path) -> None:
    site = commons(tmp_path)
    accents = letter(BAKERY.replace("A bakery", "Una fleca més"))
    sent(site, {"m.eml": mail(accents.encode("cp1252"), "text/plain; charset=utf-8")})
    outcome = brought(site)
    assert codes(outcome) == ["N009"] and "Una fleca més" in (site / PATH).read_text("utf-8")


def test_what_is_quoted_counts_only_where_nothing_else_is_there(tmp_path: Path) -> None:
    site = commons(tmp_path)
    quoted = "".join(f"> {line}\n" for line in letter(BAKERY.replace("Lleida", "Balaguer")).splitlines())
    sent(site, {"m.eml": mail(f"{letter()}\nOn Sunday somebody wrote:\n{quoted}")})
    assert whats(brought(site)) == NEW
    assert "Lleida" in (site / PATH).read_text("utf-8")


def test_one_mail_may_hold_several_entries(tmp_path: Path) -> None:
    site = commons(tmp_path)
    other = letter(BAKERY.replace("Forn Nou", "Hort Comú"), "directory/organizations/hort-comu.yaml")
    sent(site, {"m.eml": mail(f"{letter()}\n\n{other}")})
    assert whats(brought(site)) == [*NEW, ("new", "organization/hort-comu")]


def test_a_mailbox_in_one_file_is_read_mail_by_mail(tmp_path: Path) -> None:
    site = commons(tmp_path)
    second = mail("From the hill\n\n" + letter(BAKERY.replace("Forn Nou", "Hort"), "directory/cooperatives/hort.yaml"))
    box = b"".join(
        b"From x Sun Nov 29 10:00:00 2026\n"
        + one.replace(b"\r\n", b"\n").replace(b"\nFrom the", b"\n>From the")
        + b"\n\n"
        for one in (mail(BODY), mail("Hello"), second)
    )
    sent(site, {"inbox.mbox": box})
    outcome = brought(site)
    assert whats(outcome) == [*NEW, ("new", "cooperative/hort")] and codes(outcome) == ["N002"]
    assert outcome.fates[1].shown.endswith("inbox.mbox#3 [cooperative/hort]")


def test_a_text_that_only_begins_like_a_mailbox_is_none(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"a.txt": "From Barcelona\n" + letter(), "b": b"From x Sun Nov 29 10:00:00 2026\n" + mail("Hello")})
    outcome = brought(site)
    assert whats(outcome) == NEW and codes(outcome) == ["N002"]


def test_a_maildir_is_a_folder_of_mails(tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"cur/1700000000.M1P2.host:2,S": mail(BODY)})
    assert whats(brought(site)) == NEW


def test_a_typed_form_in_a_mail_ends_before_the_signature(tmp_path: Path) -> None:
    site = commons(tmp_path)
    text = (
        "Cooperative\n\nName: Forn Nou\nIn one sentence: A bakery that belongs\nto its bakers.\nCountry: Spain\nTown: Lleida\n"
        "How do you know? https://fornnou.coop/about\n\nSalutacions,\nRemei Vila\n600 111 222\n"
    )
    sent(site, {"m.eml": mail(text)})
    outcome = brought(site)
    assert whats(outcome) == NEW and codes(outcome) == ["N009"]
    made = (site / PATH).read_text("utf-8")
    assert "summary: A bakery that belongs to its bakers.\n" in made
    assert not [word for word in PRIVATE if word.lower() in (made + repr(outcome.findings)).lower()]


@pytest.mark.parametrize(
    ("data", "code", "said"),
    [
        (mail("Hello, what a nice site!\n"), "N002", "no entry in this mail"),
        (mail(letter().replace("----- end -----\n", "")), "N001", "no end"),
        (mail("x" * 300_001), "N001", "more than 300,000 bytes"),
        (several(attachment("photo.jpg", b"\xff\xd8\xff", "image/jpeg")), "N002", "nothing that an entry can be in"),
        (several(attachment("entry.docx", b"PK")), "N002", "nothing that an entry can be in"),
        (several(attachment("winmail.dat", b"\x78\x9f\x3e\x22", "application/ms-tnef")), "N002", "winmail.dat"),
        (mail("AAAA", "application/pkcs7-mime", "base64"), "N001", "encrypted"),
        (mail(base64.encodebytes(letter().encode()[:-1] + b"\x81\x8d"), "text/plain; charset=utf-8", "base64"), "N001", "encoding"),
    ],
)  # fmt: skip
def test_what_holds_no_entry_is_told_with_a_way_out(data: bytes, code: str, said: str, tmp_path: Path) -> None:
    site = commons(tmp_path)
    sent(site, {"m.eml": data})
    before = tree(site)
    outcome = brought(site)
    assert [one.code for one in outcome.findings][:1] == [code], outcome.findings
    assert said in outcome.findings[0].message and outcome.findings[0].hint
    assert tree(site) == before
