"""Entries with something wrong in them (and some without), for the rules that Python and the form's script share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

Values = dict[str, Any]
GOOD: Values = {
    "name": "Growers of the hill",
    "summary": "They grow vegetables together.",
    "record": {"sources": {"page": {"title": "A page"}}},
}
PLACE = {"country": "ES"}


def _with(**more: Any) -> tuple[str, Values]:
    return "cooperative", {**GOOD, **more}


def _source(**more: Any) -> tuple[str, Values]:
    return _with(record={"sources": {"page": {"title": "A page", **more}}})


URLS = [
    "https://bakery.coop/about", "http://bakery.coop", "bakery.coop", "ftp://bakery.coop", "javascript:alert(1)", "https://a b.coop",
    "https://user@bakery.coop", "https://localhost", "https://bücher.example", "https://cooperativa.ñ", "mailto:info@bakery.coop", "mailto:nobody",
    "tel:+34 900", "tel:+34900000000", "https://example.org/x", "https://www.example.com", "https://bakery.coop:8080/x", "https://bakery.coop:x/",
    "https://bakery.coop/" + "a" * 2000, "https://bakery.coop/<b>", "https://-a.coop", "https://bakery.coop/é", "HTTPS://BAKERY.COOP", "//bakery.coop",
    "https://", "https://münchen.coop/weg",
]  # fmt: skip
PROSE = [
    "A *plain* text with a [link](https://bakery.coop) and `code`.", "<b>bold</b>", "a < b", "\\<b>", "`<b>`", "<https://bakery.coop>", "<ftp://x.coop>",
    "[x](javascript:alert(1))", "[x](&#106;avascript:alert(1))", "[x](//host/x)", "[x](a:b)", "[x](../y.md)", "[x](mailto:a@b.coop)",
    "![x](https://a.coop/x.png)", "![x](x.png)", "![x]({static}/images/x.png)", "![x](../x.png)", "![x][y]\n\n[y]: https://a.coop/y.png",
    "[x][y]\n\n[y]: javascript:x", "&#x202e;", "&#0;", "a" * 4001, "a\n" * 201, ("word " * 50 + "\n\n") * 8, ">" * 11 + " deep", "[" * 9 + "x", "*a " * 13,
    "!" * 21, "-" * 121, "#" * 41, "a" * 8001, "```\n<b>\n```", "    <b>\n", "text\n\n    <script>\n", "- a\n  - b\n    - c", "| a | b |\n|---|---|\n| 1 | 2 |",
    "~~~\nopen <i>", "a `b <i> c` d <u>e</u>", "``a ` <b> ``", "[a](<b c>)", "[a]( https://x.coop )", "[a](https://x.coop \"title\")", "<!-- x -->", "<a@b.coop>",
    "[a](https://user@x.coop)", "[a](http:x)", "[a](%2e%2e/x)", "{filename}", "[a]({filename}../x.md)", "[a]({static}/../x)", "[a]({evil}x)", "_a_ **b** ***c***",
    "snake_case_word and 2*3*4", "\\[a\\](b)", "[a]\\(javascript:x)", "! [a](b.png)", "&amp;#x202e;", "[a](&#x6A;avascript&colon;x)",
]  # fmt: skip
LICENSES = [
    "MIT", "MIT OR Apache-2.0", "(MIT OR ISC) AND CC0-1.0", "GPL-2.0-or-later WITH Classpath-exception-2.0", "MIT OR", "OR MIT", "MIT ISC", "(MIT",
    "MIT/ISC", "mit", "GPL-3.0", "GPL-3.0+", "No-Such-1.0", "MIT AND No-Such", "MIT WITH ISC", "MIT, ISC", "AGPL-3.0-or-later",
]  # fmt: skip


def entries() -> Iterator[tuple[str, Values]]:
    """Kinds and values."""
    yield _with()
    yield "cooperative", {"name": "Growers"}
    yield "cooperative", {**{key: GOOD[key] for key in ("name", "summary")}, "record": {"submitted_by": "itself"}}
    yield "cooperative", {**{key: GOOD[key] for key in ("name", "summary")}, "record": {"submitted_by": "third-party"}}
    yield _with(nonsense="x")
    yield _with(website="", topics=["commons", ""], summary={"en": ""}, contact={})
    yield _with(members={"count": "3", "nonsense": "x"})
    yield _with(summary="x" * 251)
    yield _with(summary="é" * 250)
    yield _with(summary={"en": "x" * 300, "xx-unknown": "y"})
    yield _with(summary={"en": "Fine.", "English": "y"})
    yield _with(name="<name of it>")
    yield _with(name="Example Growers", summary="Neighbours who buy food together from nearby farms.")
    yield _with(name="Hortolans d'Exemple", summary="Veïnes que compren juntes menjar de les hortes properes.")
    yield _with(name="Cооperative")
    yield _with(name="Коoператив", aliases=["αβ abc", "abcα"])
    yield _with(aliases=["a", "a"])
    yield _with(aliases=[f"a{n}" for n in range(21)])
    yield _with(aliases="a")
    yield _with(name=["a", "b"])
    yield _with(name="Two\nlines")
    yield _with(topics=["commons", "no such word"])
    yield _with(topics=["Commons"])
    yield _with(status="activa")
    yield _with(status="active", legal_form="nothing like it")
    yield _with(members={"as_of": "2024"})
    yield _with(members={"count": "many", "source": "nowhere"})
    yield _with(members="120")
    yield _with(members={"count": "1.5", "as_of": "2024-13", "source": "page"})
    for started, ended in (
        ("2010", "2009"),
        ("2010", "2010"),
        ("2010-02-30", "x"),
        ("2010-05", "2010-04"),
        ("0000", "2020"),
        ("2012-02-29", "2012-03"),
    ):
        yield _with(started=started, ended=ended)
    for url in URLS:
        yield _with(website=url)
    for email in ("info@bakery.coop", "ana.garcia@bakery.coop", "nobody", "a@b", "a b@c.coop", "info@bakery.coop."):
        yield _with(contact={"email": email})
    for phone in ("+34 900 000 000", "12", "call me", "(0) 30-123/45"):
        yield _with(contact={"phone": phone})
    for language in ("ca", "zz", "pt-BR", "CA", "ca-", "english", "zh-Hant", "eng"):
        yield _with(languages=[language])
    for place in (
        {"country": "es"}, {"country": "Spain"}, {"country": "ES", "region": "ES-CT"}, {"country": "FR", "region": "ES-CT"}, {"country": "ES", "region": "ES-ZZ"},
        {"locality": "Lleida"}, {**PLACE, "latitude": "41.6"}, {**PLACE, "latitude": "141.6", "longitude": "0.6"}, {**PLACE, "latitude": "41.6", "longitude": "0.6"},
        {**PLACE, "latitude": "41.6", "longitude": "200"}, {**PLACE, "precision": "hidden", "locality": "Lleida", "postcode": "25001"}, {**PLACE, "precision": "hidden"},
        {**PLACE, "latitude": "x", "longitude": "1e5"},
    ):  # fmt: skip
        yield _with(places=[place])
    yield _with(places=[PLACE, PLACE, "x"])
    yield _with(same_as={"wikidata": "Q42", "nowhere": "1", "lei": "has blanks in it"})
    yield _with(same_as="Q42")
    for relation in (
        {"type": "partner-of", "to": {"name": "Somebody"}}, {"type": "no-such", "to": {"name": "Somebody"}}, {"type": "partner-of", "to": "cooperative/mine"},
        {"type": "partner-of", "to": "not an id"}, {"type": "partner-of", "to": {"url": "https://x.coop"}}, {"type": "partner-of", "to": {"name": "A", "url": "nowhere"}},
        {"type": "partner-of", "to": {"name": "A"}, "since": "2014", "until": "2013"}, {"type": "licensed-under", "to": {"name": "A"}}, {"to": {"name": "A"}},
        {"type": "partner-of", "to": {"name": "A"}, "sources": ["page", "other"]}, {"type": "partner-of"}, {"type": "partner-of", "to": {"name": {"en": "A"}, "more": "x"}},
        {"type": "partner-of", "to": {"name": "A"}, "decisions": [{"body": "Assembly", "on": "x", "source": "nowhere"}]},
    ):  # fmt: skip
        yield _with(relations=[relation])
    yield _with(
        principles=[
            {"set": "ussen", "principle": "solidarity"},
            {"set": "ussen", "principle": "no-such"},
            {"set": "ica-1995", "principle": "solidarity"},
        ]
    )
    yield _with(principles=[{"principle": "solidarity"}])
    yield _with(offers=[{"title": "A room", "what": "space", "until": "soon"}, {"title": "x"}])
    yield _source(url="https://bakery.coop", published="yesterday", quote="word " * 41, language="qq-x", by="no id")
    yield _source(quote="word " * 40)
    yield _with(record={"sources": {"page": {"publisher": "Nobody"}}})
    yield _with(record={"sources": {"page": "A page"}, "submitted_by": "somebody"})
    yield _with(former_ids=["cooperative/old", "nonsense", "cooperative/CON", "nokind/x"])
    yield _with(example="true", name="<x>", website="https://example.org")
    yield _with(image={"file": "../x.png", "alt": "A", "license": "MIT", "credit": "B"})
    yield _with(image={"file": "x.png"})
    yield "cooperative", {"status": "withdrawn", "name": "Gone", "withdrawn_because": "request"}
    yield "cooperative", {"status": "withdrawn", "withdrawn_because": "request"}
    for license_ in LICENSES:
        yield "tool", {**GOOD, "license": license_}
    yield "tool", {**GOOD, "self_hosted": "perhaps", "works_offline": "yes", "platforms": ["web", "web"]}
    for prose in PROSE:
        yield _with(description=prose)
    yield "plan", {**GOOD, "goals": "<i>x</i>"}
