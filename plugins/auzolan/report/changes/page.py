"""Sections come in; one page of HTML goes out, which needs nothing else: no script, no other file, no network."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Sequence
from html import escape

from auzolan.report.changes.said import Words
from auzolan.report.changes.sections import Item, Section

STYLE = """
:root { color-scheme: light dark; }
body { max-width: 46rem; margin: 0 auto; padding: 1rem; font: 1rem/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
h1 { font-size: 1.6rem; line-height: 1.2; } h2 { font-size: 1.15rem; margin: 2rem 0 .5rem; border-top: 1px solid; padding-top: .5rem; }
ul { padding-inline-start: 1.2rem; } li { margin: .3rem 0; }
bdi { padding: 0 .2em; border-radius: .2em; background: color-mix(in srgb, currentColor 9%, transparent); }
"""


def page(title: str, short: str, sections: Sequence[Section], language: str, direction: str) -> str:
    """The report as a page in `language`. All items are on it."""
    allowed = base64.b64encode(hashlib.sha256(STYLE.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{allowed}'; base-uri 'none'; form-action 'none'"
    body = "\n".join(_section(section) for section in sections)
    return f"""<!doctype html>
<html lang="{escape(language)}" dir="{direction}">
<head>
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<title>{escape(title)}</title>
<style>{STYLE}</style>
</head>
<body>
<main>
<h1>{escape(title)}</h1>
<p>{escape(short)}</p>
{body}
</main>
</body>
</html>
"""


def _section(section: Section) -> str:
    note = f"<p>{escape(section.note)}</p>\n" if section.note else ""
    items = "\n".join(_item(item) for item in section.items)
    return f"""<section>
<h2>{escape(section.title)} ({len(section.items)})</h2>
{note}<ul>
{items}
</ul>
</section>"""


def _item(item: Item) -> str:
    under = "".join(f"<li>{_line(words)}</li>" for words in item.under)
    return f"<li>{_line(item.words)}{f'<ul>{under}</ul>' if under else ''}</li>"


def _line(words: Words) -> str:
    return "".join(f"<bdi>{escape(one.text)}</bdi>" if one.written else escape(one.text) for one in words)
