"""Types: addresses, dates, numbers, flags, codes, telephone numbers and identifiers are what they claim to be."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import cache
from urllib.parse import urlsplit

from auzolan.check.context import Context, at
from auzolan.check.document import Document
from auzolan.check.texts import is_language
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic
from auzolan.model.kinds import Field
from auzolan.model.nodes import Mapping as Tree
from auzolan.model.nodes import Node, Scalar, texts_in
from auzolan.model.values import FLAGS, number

Problem = tuple[str, str, str]
"""(code, message, hint)"""

_EMAIL = re.compile(r"[A-Za-z0-9._%+-]{1,64}@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+\Z", re.ASCII)
_PHONE = re.compile(r"\+?[0-9][0-9 ()./-]{2,28}[0-9]\Z", re.ASCII)
_IDENTIFIER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._:/-]{0,99}\Z", re.ASCII)
_PERSONAL = re.compile(r"[a-z]{2,}\.[a-z]{2,}@", re.ASCII)
_PLAIN = re.compile(
    r"https?://(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})+(?:/[A-Za-z0-9/._~!$&()*+,;=:@%?#-]{0,1000})?\Z", re.ASCII
)
"""Most addresses of web sites; all others are taken apart."""
_HOST = re.compile(r"(?!-)[a-z0-9-]{1,63}(?:\.(?!-)[a-z0-9-]{1,63})*\.?\Z", re.ASCII)
MAX_URL = 2_000
EXAMPLE_HOSTS = ("example.org", "example.com", "example.net")


def check_types(context: Context, document: Document) -> Iterator[Diagnostic]:
    """T001 to T010 for every scalar of entries and front matter, and D007 for addresses of the examples."""
    for type_, leaves in document.leaves.items():
        check = CHECKS.get(type_)
        if check is not None:
            for _, node, _ in leaves:
                if isinstance(node, Scalar) and node.text:
                    for code, message, hint in check(node.text):
                        if code != "D007" or not document.is_example:
                            yield at(code, message, document.path, node, hint, _meant(type_, node.text))
        elif type_ == "identifier":
            for field, node, _ in leaves:
                yield from _identifiers(context, document, field, node)


def url_problems(text: str) -> Iterator[Problem]:
    """Why `text` is no address that a page may link to."""
    if _PLAIN.match(text) and "example." not in text:
        return
    way_out = "a full address that begins with https:// (or http://, mailto:, tel:)"
    if len(text) > MAX_URL:
        yield "T001", f"an address has at most {MAX_URL:,} characters", "leave out what follows the `?`"
        return
    if any(c.isspace() or not c.isprintable() for c in text) or "\\" in text or any(c in text for c in '<>"`{}|^'):
        yield "T001", "an address has no blanks, quotes, brackets or backslashes", way_out
        return
    try:
        parts = urlsplit(text)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        yield "T001", f"`{text}` is not an address", way_out
        return
    if parts.scheme in ("mailto", "tel"):
        if not (_EMAIL.match(parts.path) if parts.scheme == "mailto" else _PHONE.match(parts.path)):
            yield "T001", f"`{text}` leads nowhere", way_out
        return
    if parts.scheme not in ("http", "https") or not host:
        yield "T001", f"`{text}` is not a web address", way_out
    elif parts.username is not None or parts.password is not None:
        yield "T001", "an address with a user's name before @ hides where it leads", "delete the part before the @"
    elif not _HOST.match(_ascii_host(host)) or "." not in host:
        yield "T001", f"`{host}` is not the name of a web site", way_out
    elif host in EXAMPLE_HOSTS or host.endswith(tuple("." + name for name in EXAMPLE_HOSTS)):
        yield "D007", f"`{host}` is the address of an example", "write the real address, or delete the line"


def _ascii_host(host: str) -> str:
    try:
        return host.encode("idna").decode("ascii").lower()
    except UnicodeError:
        return "?"


def _email(text: str) -> Iterator[Problem]:
    if not _EMAIL.match(text):
        yield "T002", f"`{text}` is not an e-mail address", "name@example.coop"
    elif _PERSONAL.match(text.lower()):
        yield "T010", f"`{text}` looks like a person's own address", "use one that belongs to the group: info@, hello@"


def _phone(text: str) -> Iterator[Problem]:
    if not _PHONE.match(text):
        yield "T008", f"`{text}` is not a telephone number", "with the country's code: +34 93 000 00 00"


def _date(text: str) -> Iterator[Problem]:
    if partial_date(text) is None:
        yield "T003", f"`{text}` is not a date", "a year 2010, a month 2010-05 or a day 2010-05-14"


def _number(text: str) -> Iterator[Problem]:
    if number(text) is None:
        yield "T004", f"`{text}` is not a number", "digits, a point before decimals: 1200 or 41.38"


def _flag(text: str) -> Iterator[Problem]:
    if text.lower() not in FLAGS:
        yield "T005", f"`{text}` is neither yes nor no", "write true or false"


def _country(text: str) -> Iterator[Problem]:
    if text not in countries():
        by_name = countries_by_name().get(text.casefold())
        hint = f"did you mean `{by_name}`?" if by_name else "two capital letters of ISO 3166-1: ES, MX, SN"
        if text.upper() in countries():
            hint = f"write it in capitals: {text.upper()}"
        yield "T006", f"`{text}` is not the code of a country", hint


def _region(text: str) -> Iterator[Problem]:
    if text not in regions():
        yield "T007", f"`{text}` is not the code of a region", "ISO 3166-2, with the country: ES-CT, US-OH, MX-CHP"


def _meant(type_: str, text: str) -> str:
    """The code that can only be meant: one in small letters, or the country that is called so."""
    if type_ == "country":
        return text.upper() if text.upper() in countries() else countries_by_name().get(text.casefold(), "")
    return text.upper() if type_ == "region" and text.upper() in regions() else ""


def _language(text: str) -> Iterator[Problem]:
    if not is_language(text):
        yield "D008", f"`{text}` is not the tag of a language", "two or three letters: en, es, ca, fr, eu, pt-BR"


CHECKS: dict[str, Callable[[str], Iterator[Problem]]] = {
    "url": url_problems,
    "email": _email,
    "phone": _phone,
    "date": _date,
    "number": _number,
    "flag": _flag,
    "country": _country,
    "region": _region,
    "language": _language,
}


@cache
def countries() -> frozenset[str]:
    """ISO 3166-1 alpha-2 codes."""
    import pycountry

    return frozenset(country.alpha_2 for country in pycountry.countries)


@cache
def countries_by_name() -> dict[str, str]:
    """English names, without case → codes, for the hint."""
    import pycountry

    return {country.name.casefold(): country.alpha_2 for country in pycountry.countries}


@cache
def regions() -> frozenset[str]:
    """ISO 3166-2 codes."""
    import pycountry

    return frozenset(region.code for region in pycountry.subdivisions)


def _identifiers(context: Context, document: Document, field: Field, node: Node) -> Iterator[Diagnostic]:
    path = document.path
    if not isinstance(node, Tree):
        yield at(
            "D003", f"`{field.name}` takes a register and a number", path, node, f"{field.name}: {{wikidata: Q42}}"
        )
        return
    vocabulary = context.declarations.vocabularies.get(field.vocabulary)
    schemes = list(vocabulary.words) if vocabulary else []
    for scheme, key in node.keys.items():
        if scheme not in schemes:
            yield at(
                "T009",
                f"`{scheme}` is not a register we know",
                path,
                key,
                document.hints.nearest(scheme, schemes) or "known: " + " ".join(schemes),
            )
    for _, text in texts_in(node):
        if text.text and not _IDENTIFIER.match(text.text):
            yield at(
                "T009", f"`{text.text}` is not an identifier", path, text, "the bare number or name, without an address"
            )
