"""Comments come in; what is wrong with them goes out: each belongs to a page, says when and in which language, and holds words
and links alone.

They are few and short, and whether the page is there depends on other files: each check looks at all of them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from auzolan.check.context import Context, Shared, at
from auzolan.check.prose_text import prose_problems
from auzolan.check.texts import is_language
from auzolan.model.comments import AUTHOR, DATE, FIELDS, LANGUAGE, MOST_NAME, MOST_TEXT, REPLY
from auzolan.model.dates import partial_date
from auzolan.model.diagnostics import Diagnostic, Location
from auzolan.model.entries import Comment
from auzolan.model.nodes import Scalar
from auzolan.model.rules import finding
from auzolan.model.thanks import is_address

MOST = 200
"""Comments to one page, so that an old phone can open it."""


def check_comments(context: Context) -> Iterator[Shared]:
    """W001 to W006, C003, and the rules of prose."""
    catalog = context.catalog
    folders = {kind.folder: kind.name for kind in context.declarations.kinds.values()}
    pages = {f"articles/{one.slug}" for one in catalog.articles}
    for page, comments in catalog.comments.items():
        folder, _, slug = page.partition("/")
        brief = context.briefs.get(f"{folders.get(folder, '')}/{slug}")
        # Of what was withdrawn nothing stays, what others said of it neither.
        is_there = page in pages or (brief is not None and not brief.withdrawn)
        first = {one.id: one for one in comments[:MOST]}
        for number, comment in enumerate(comments):
            here: list[Diagnostic] = []
            if not is_there:
                here.append(finding("W001", f"there is no page `{page}`", Location(comment.path),
                                    "put it beside the other comments of its page, or delete it"))  # fmt: skip
            elif number >= MOST:
                here.append(finding("W006", f"this page has more than {MOST} comments", Location(comment.path),
                                    "gather what was said in an article, and delete old ones"))  # fmt: skip
            if number < MOST:
                here += [*_said(context, comment), *_answers(comment, first), *_text(comment)]
            yield from ((told, ()) for told in here)


def _said(context: Context, comment: Comment) -> Iterator[Diagnostic]:
    tree, latest = comment.fields, context.latest
    for name, node in tree.items.items():
        if name not in FIELDS:
            yield at("W002", f"`{name}` is nothing that a comment says", comment.path, tree.keys[name],
                     "known: " + " ".join(FIELDS))  # fmt: skip
        elif not isinstance(node, Scalar) or not node.text:
            yield at("W002", f"`{name}` takes one text", comment.path, tree.keys[name])
    day = partial_date(tree.text(DATE))
    where = tree.get(DATE) or tree
    if day is None or not day.day:
        yield at("W002", "a comment says on which day it was written", comment.path, where, 'date: "2026-05-03"')
    elif latest is not None and day.last_day > latest:
        yield at(
            "C003",
            f"`{tree.text(DATE)}` lies in the future",
            comment.path,
            where,
            "what happened has a date in the past",
        )
    if not is_language(tree.text(LANGUAGE)):
        yield at("W002", "a comment says in which language it is written", comment.path, tree.get(LANGUAGE) or tree,
                 "language: ca")  # fmt: skip
    name = tree.text(AUTHOR)
    if is_address(name):
        yield at("W004", "a name is no mail or web address", comment.path, tree.get(AUTHOR) or tree,
                 "any name will do, or none")  # fmt: skip
    elif len(name) > MOST_NAME:
        yield at(
            "W002",
            f"the name has {len(name)} characters; at most {MOST_NAME} fit",
            comment.path,
            tree.get(AUTHOR) or tree,
        )


def _answers(comment: Comment, others: Mapping[str, Comment]) -> Iterator[Diagnostic]:
    other = comment.fields.text(REPLY)
    if other and (other not in others or _in_a_circle(comment, others)):
        yield at("W003", f"`{other}` is no comment to this page that could be answered", comment.path,
                 comment.fields.get(REPLY) or comment.fields, "the name of its file, without .md")  # fmt: skip


def _in_a_circle(comment: Comment, others: Mapping[str, Comment]) -> bool:
    seen = {comment.id}
    here: Comment | None = others.get(comment.fields.text(REPLY))
    while here is not None and here.id not in seen:
        seen.add(here.id)
        here = others.get(here.fields.text(REPLY))
    return here is not None


def _text(comment: Comment) -> Iterator[Diagnostic]:
    if not comment.body.strip():
        yield finding(
            "W002",
            "the comment says nothing",
            Location(comment.path, comment.body_line, 1),
            "write below the line `---`",
        )
    for code, line, column, message, hint in prose_problems(comment.body, MOST_TEXT):
        yield finding(code, message, Location(comment.path, comment.body_line + line - 1, column), hint)
    for number, text in enumerate(comment.body.split("\n")):
        sign = next((sign for sign in ("![", "#", "---", "===", "|", "[^") if text.lstrip(" >").startswith(sign)), "")
        if sign or "![" in text:
            yield finding("W005", f"`{sign or '!['}` is not read in comments", Location(comment.path, comment.body_line + number, 1),
                          "words, lists, quotations and links; no pictures, headings, tables or notes")  # fmt: skip
