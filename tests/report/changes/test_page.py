"""The report as a page: whole by itself, with no script, and nothing of a value acts in it."""

from __future__ import annotations

import base64
import hashlib
import re

from lxml import html
from tests.report.changes.sides import difference, told

TRICK = '<script>alert(1)</script><img src=x onerror=alert(1)>" onload=x'
NEW = {"cooperative/a": f"name: '{TRICK}'\nwritten_in: en\nsummary: '{TRICK}'\n"}


def test_values_are_text() -> None:
    page = html.fromstring(told(difference({}, NEW), "html"))
    assert {one.tag for one in page.iter() if isinstance(one.tag, str)} <= {
        "html", "head", "meta", "title", "style", "body", "main", "h1", "h2", "p", "section", "ul", "li", "bdi",
    }  # fmt: skip
    assert TRICK in [one.text for one in page.iter("bdi")]
    assert {name for one in page.iter() for name in one.attrib} <= {
        "lang",
        "dir",
        "http-equiv",
        "content",
        "charset",
        "name",
    }


def test_its_policy_allows_its_own_style_and_nothing_else() -> None:
    text = told(difference({}, NEW), "html")
    style = re.search(r"<style>(.*?)</style>", text, re.DOTALL)
    policy = re.search(r'Content-Security-Policy" content="([^"]*)"', text)
    assert style and policy
    digest = base64.b64encode(hashlib.sha256(style[1].encode()).digest()).decode()
    assert policy[1] == f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    assert text.index("Content-Security-Policy") < text.index("<title>")


def test_it_speaks_the_readers_language() -> None:
    text = told(difference({}, NEW), "html", "ca")
    assert '<html lang="ca" dir="ltr">' in text and "<h1>Què canvia</h1>" in text and "1 afegida" in text
