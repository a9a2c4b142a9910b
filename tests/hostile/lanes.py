"""Payloads and lanes: what a stranger may write, by the rows of docs/hostile.md, and each way by which it may come in.

A lane takes a commons, payloads and a good neighbour; it writes them as that lane carries them, and gives the command that
brings them in and the texts of files that it made.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from tests.intake.sent import letter, sent
from tests.intake.test_inbox_mails import attachment, mail, several
from tests.load.sites import commit, git


class Payload(NamedTuple):
    """What somebody sends: values of fields, or (`raw`) the text of an entry's file; `name` is what its file is to be called."""

    values: Mapping[str, str] = {}
    raw: str = ""
    name: str = ""

    def said(self) -> dict[str, str]:
        """Name, summary, website, country and title of the source, each of which the payload may say."""
        return {"name": "A payload", "summary": "It was sent.", "country": "ES", "title": "A page"} | dict(self.values)

    def text(self) -> str:
        """The file of an entry."""
        if self.raw:
            return self.raw
        said = {name: json.dumps(value, ensure_ascii=False) for name, value in self.said().items()}
        more = "".join(f"{name}: {said[name]}\n" for name in ("website", "description") if name in said)
        return (
            f"# yaml-language-server: $schema=../kinds/schemas/cooperative.schema.json\nname: {said['name']}\nwritten_in: en\n"
            f"summary: {said['summary']}\nplaces: [{{country: {said['country']}}}]\n{more}"
            f"record: {{sources: {{page: {{title: {said['title']}}}}}}}\n"
        )


def _each(field: str, *texts: str) -> list[Payload]:
    return [Payload({field: text}) for text in texts]


_TAIL = "summary: It was sent.\nrecord: {sources: {page: {title: A page}}}\n"
ROWS: dict[str, list[Payload]] = {
    "YAML": [
        Payload(raw=f"name: &a [x]\nalso: [*a, *a]\n{_TAIL}"), Payload(raw=f"name: A payload\nname: Another\n{_TAIL}"),
        Payload(raw="name: " + "[" * 20_000 + "\n"), Payload(raw=f"name: !!python/object/apply:os.system [id]\n{_TAIL}"),
        Payload(raw=f"<<: {{name: A payload}}\n{_TAIL}"), Payload(raw=f"name: A payload\n{_TAIL}---\nname: B\n"), Payload(raw="%YAML 9\n"),
        *_each("name", "&a [*a]", "!!python/object:os.system x", "{a: [b, {c: d}]}", "[" * 500, "- - - x", "? x : y", "'\"|>%@`"),
        *_each("country", "NO", "0123", "~", "1e9"),
    ],
    "characters": [
        *_each("name", "Fo\x1b[31mrn", "Fo\u202ern", "For\u200bn", "Fo\x00rn", "e" + "\u0301" * 40, "Аррle Соор", "\ufeffForn", "A\u2028B", "\ud7ff\ufffe"),
        Payload(raw=f'name: "Fo\\u202ern"\n{_TAIL}'),
    ],
    "Markdown": [
        *_each("description", "<script>alert(1)</script>", "[x](javascript:alert(1))", "[" * 3_000, "> " * 400 + "x", "![i](//evil.example/i.png)",
               "&lt;script&gt;", "*" * 4_000, "a\n\n" + "- " * 300 + "x", "[a]: javascript:alert(1)\n\n[a]"),
        *_each("summary", "<img src=x onerror=alert(1)>", "`" * 900),
    ],
    "addresses": _each("website", "javascript:alert(1)", "//evil.example", "https://a@evil.example/", "https:\\\\evil.example", "data:text/html,x",
                       "https://evil.example/\u202e", "file:///etc/passwd", "https://[::1", "http://" + "a" * 3_000),
    "paths": [
        Payload(name=name) for name in ("../../evil", "/etc/evil", "a/../../evil", "..\\evil", "%2e%2e/evil", ".git/config", "evil\nline")
    ] + _each("name", "../../evil", "/etc/passwd", "..", ".git", "C:\\evil"),
    "names of files": [Payload(name=name) for name in ("CON", "con", "index", "X" * 300, "Case", "a.b", "-", "é")]
    + _each("name", "CON", "index", "-", "é" * 300, "。"),
    "templates": _each("summary", "{{ 7*7 }}{% for x in y %}", "${{ github.token }}", "{0.__class__}", "%(name)s %s"),
    "exports": _each("name", "=cmd|' /C calc'!A0", "</script><script>alert(1)</script>", "]]>", "@SUM(1)", '","x'),
    "search": _each("name", "__proto__", "constructor", "toString hasOwnProperty", "x" * 120),
    "tables": _each("name", 'a"b', "a\nb", "a;b\tc,d", "=1+1", '"' * 9),
    "reports": _each("name", "::set-env name=A::b", "x%0A::error::boom", "@all #1 GH-1", "`x`|y", "[a](https://evil.example)"),
}  # fmt: skip
TOGETHER = {
    "YAML": ["YAML"], "characters": ["characters"], "Markdown": ["Markdown"], "addresses": ["addresses"], "names": ["paths", "names of files"],
    "what is only words": ["templates", "exports", "search", "tables", "reports"],
}  # fmt: skip
"""Rows that are sent in one run."""
NEIGHBOUR = Payload(
    {
        "name": "Good Neighbour",
        "summary": "A bakery of its bakers.",
        "website": "https://neighbour.example/",
        "title": "About",
    }
)
SLUG = "good-neighbour"
Lane = Callable[[Path, Sequence[Payload]], list[str]]
"""Gives the command."""


def _slug(number: int) -> str:
    return f"sent-{number}"


def _is_file_name(name: str) -> bool:
    return "/" not in name and "\0" not in name and len(name.encode()) < 200


def lies_there(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """Files in directory/, checked."""
    for number, one in enumerate(payloads):
        name = one.name if one.name and _is_file_name(one.name) else _slug(number)
        (site / f"directory/cooperatives/{name}.yaml").write_bytes(one.text().encode("utf-8", "surrogatepass"))
    (site / f"directory/cooperatives/{SLUG}.yaml").write_text(NEIGHBOUR.text(), "utf-8")
    return ["check"]


def proposed(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """A branch that brings such files."""
    git(site, "init", "-q", "-b", "main")
    commit(site, "2026-01-01")
    git(site, "checkout", "-q", "-b", "theirs")
    lies_there(site, payloads)
    commit(site, "2026-01-02")
    git(site, "checkout", "-q", "main")
    return ["diff", "main..theirs"]


def _letters(payloads: Sequence[Payload]) -> list[tuple[str, str]]:
    """(name of the file that carries it, what the form makes of it)"""
    wanted = [(one.name or _slug(number), one.text()) for number, one in enumerate(payloads)]
    return [
        (f"{number}", letter(text, f"directory/cooperatives/{name}.yaml"))
        for number, (name, text) in enumerate([*wanted, (SLUG, NEIGHBOUR.text())])
    ]


def mailed(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """A mail each."""
    sent(site, {f"{name}.eml": mail(text.encode("utf-8", "surrogatepass")) for name, text in _letters(payloads)})
    return ["inbox", "import", "sent", "--hold", "0"]


def attached(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """A saved form in a mail."""
    wanted = [
        *((one.name or _slug(number), one.text()) for number, one in enumerate(payloads)),
        (SLUG, NEIGHBOUR.text()),
    ]
    safe = {"\n": "\\n", '"': "'"}
    files = {
        f"{number}.eml": several(
            attachment("".join(safe.get(sign, sign) for sign in name) + ".yaml", text.encode("utf-8", "surrogatepass"))
        )
        for number, (name, text) in enumerate(wanted)
    }
    sent(site, dict(files))
    return ["inbox", "import", "sent", "--hold", "0", "--kind", "cooperative"]


def saved(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """Files that the form saved."""
    files = {
        f"{one.name if one.name and _is_file_name(one.name) else _slug(number)}.yaml": one.text().encode(
            "utf-8", "surrogatepass"
        )
        for number, one in enumerate(payloads)
    }
    sent(site, {**files, f"{SLUG}.yaml": NEIGHBOUR.text()})
    return ["inbox", "import", "sent", "--hold", "0", "--kind", "cooperative"]


def bundled(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """A zip each: who packs a name that may not be unpacked has the whole zip refused."""
    for number, one in enumerate([*payloads, NEIGHBOUR]):
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as out:
            name = SLUG if one is NEIGHBOUR else one.name or _slug(number)
            out.writestr(f"directory/cooperatives/{name}.yaml", one.text().encode("utf-8", "surrogatepass"))
            out.writestr("bundle.json", json.dumps({"format": "auzolan-bundle/1", "base": {name: name, "../x": 1}}))
        sent(site, {f"{number}.zip": packed.getvalue()})
    return ["inbox", "import", "sent", "--hold", "0"]


def asked(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """Issues of a forge."""
    bodies = []
    for one in [*payloads, NEIGHBOUR]:
        said = one.said()
        answers = {
            "Name": one.raw or said["name"], "In one sentence": said["summary"], "Country": said["country"], "Website": said.get("website", ""),
            "Description": said.get("description", ""), "Sources": said["title"], "Works in": "Agriculture",
        }  # fmt: skip
        body = "".join(f"### {label}\n\n{answer or '_No response_'}\n\n" for label, answer in answers.items())
        bodies.append({"number": len(bodies) + 1, "title": one.name or "x", "body": body})
    sent(site, {"issues.json": json.dumps(bodies)})
    return ["inbox", "import", "sent", "--hold", "0", "--kind", "cooperative"]


def typed(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """Typed paper forms."""
    for number, one in enumerate([*payloads, NEIGHBOUR]):
        said = one.said()
        lines = ["Cooperative", f"Name: {one.raw or said['name']}", f"In one sentence: {said['summary']}", f"Country: {said['country']}",
                 f"Website: {said.get('website', '')}", f"Description: {said.get('description', '')}", f"Sources: {said['title']}"]  # fmt: skip
        sent(site, {f"{number}.txt": ("\n".join(lines) + "\n").encode("utf-8", "surrogatepass")})
    return ["inbox", "import", "sent", "--hold", "0"]


MAPPING = """\
kind: cooperative
from: A list
id: "{id}"
retrieved: "2026-11-22"
source: {title: "{title}"}
fields:
  name: "{name}"
  written_in: en
  summary: "{summary}"
  website: "{website}"
  description: "{description}"
  places: {country: "{country}"}
"""


def rows(site: Path, payloads: Sequence[Payload]) -> list[str]:
    """Rows of a table."""
    columns = ("id", "title", "name", "summary", "website", "description", "country")
    table = io.StringIO()
    out = csv.DictWriter(table, columns, restval="")
    out.writeheader()
    for number, one in enumerate([*payloads, NEIGHBOUR]):
        said = one.said() | ({"name": one.raw} if one.raw else {})
        out.writerow({"id": one.name or _slug(number)} | said)
    (site / "t.csv").write_bytes(table.getvalue().encode("utf-8", "surrogatepass"))
    (site / "m.yaml").write_text(MAPPING, "utf-8")
    return ["import", "csv", "t.csv", "--mapping", "m.yaml"]


LANES: dict[str, Lane] = {
    "a file": lies_there, "a branch": proposed, "a mail": mailed, "an attachment": attached, "a saved form": saved, "a bundle": bundled,
    "an issue": asked, "a typed form": typed, "a row": rows,
}  # fmt: skip
