"""A builder's view comes in; a Page goes out, with all that the frame around every page needs to know of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from markupsafe import Markup

from auzolan.model.pages import Page
from auzolan.render.shared.addresses import bare, feed_of, in_language, root_of
from auzolan.render.shared.constants import reply_url
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import direction, own_name


def page_of(
    context: Context,
    path: str,
    template: str,
    language: str,
    view: Mapping[str, Any],
    *,
    title: str,
    description: str = "",
    door: str = "",
    languages: Iterable[str] | None = None,
    canonical: str | None = None,
    feed: bool | str = False,
    body: str = "",
    search_box: bool = True,
    jsonld: Mapping[str, Any] | None = None,
    root: str | None = None,
    index: bool = True,
    elsewhere: str = "index.html",
) -> Page:
    """A page with its frame in `view["page"]`.

    `path` is site-root-relative with its language prefix. `languages` are those in which the same page exists (all
    of the site where left out); `elsewhere` is where (without prefix) a reader is taken who asks for another.
    `canonical` is the site-root-relative path of the page to be cited (this one where left out, "" for none). `feed`
    is True for the Atom file beside the page, or a path. `body` is a class of the body element; `door` one of find,
    map, read, add, take. `root` is the way to the site's root, computed where left out. `index=False` asks search
    engines to leave the page out. Without `search_box` the header has none, for pages that bring their own."""
    site = context.settings
    base = bare(path, language, context.default)
    written = tuple(site.languages if languages is None else languages)
    frame = {
        "path": path,
        "root": root_of(path) if root is None else root,
        "language": language,
        "title": title,
        "description": description,
        "door": door,
        "alternates": [
            {"tag": tag, "path": in_language(base, tag, context.default)} for tag in written if len(written) > 1
        ],
        "switch": [
            {
                "tag": tag,
                "name": own_name(tag),
                "dir": direction(tag),
                "here": tag == language,
                "path": in_language(base if tag in written else elsewhere, tag, context.default),
            }
            for tag in site.languages
        ],
        "canonical": path if canonical is None else canonical,
        "feed": feed_of(path) if feed is True else feed or "",
        "body": body,
        "search_box": search_box,
        "jsonld": script_json(jsonld) if jsonld else "",
        "index": index,
        "reply": reply_url(context, path),
    }
    return Page(path, template, language, {"page": frame, **view})


def script_json(value: object) -> Markup:
    """JSON that may stand inside a script element: what HTML or JavaScript could read otherwise is escaped."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)
