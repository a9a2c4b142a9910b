"""Two states of a commons come in; what differs between them, for whoever decides on it, goes out: in words or as data.

`compare` finds, `sections` says it in a reader's language, `markdown`, `page` and `data` write it down.
"""

from __future__ import annotations

from auzolan.report.changes.compare import compare
from auzolan.report.changes.data import data
from auzolan.report.changes.difference import Difference, Side
from auzolan.report.changes.markdown import markdown
from auzolan.report.changes.page import page
from auzolan.report.changes.said import Reader
from auzolan.report.changes.sections import sections_of, told_in_short

__all__ = ["Difference", "Reader", "Side", "compare", "data", "written"]


def written(difference: Difference, reader: Reader, own_words: bool, format_: str) -> str:
    """The report as `markdown` or `html`. `own_words` is false where the kinds of the new side could not be used."""
    sections = sections_of(difference, reader, own_words)
    title, short = reader._("What this changes"), told_in_short(difference, reader)
    if format_ == "html":
        return page(title, short, sections, reader.speaker.language, reader.speaker.dir)
    return markdown(title, short, sections, reader._("… and %(count)s more"))
