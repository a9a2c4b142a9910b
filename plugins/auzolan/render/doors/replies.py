"""A page's path comes in; what readers said to it goes out, and what the script needs to hand in one more: None where comments
are switched off.
"""

from __future__ import annotations

import json
from typing import Any

from markupsafe import Markup

from auzolan.model.comments import AUTHOR, DATE, LANGUAGE, MOST_NAME, MOST_TEXT, REPLY
from auzolan.model.dates import partial_date
from auzolan.model.entries import Comment
from auzolan.render.desk import Desk
from auzolan.render.files.strings import REPLY_SENTENCES, sentences_of, translated
from auzolan.render.form.sending import sending_view
from auzolan.render.prose.prose import prose
from auzolan.render.shared import addresses

_REL = 'rel="noopener noreferrer"'
HEADING = 4


def replies_of(desk: Desk, page: str, path: str) -> dict[str, Any] | None:
    """`said` ([{id, name, iso, day, answers, html, lang, dir, other, says}], oldest first), `count` in words, `data` for the
    script (where the file goes, how it is sent, the script's words), `mail` and `forge` (whether there is such a way), and how much
    fits. `page` is the path without language and ending, under which comments are kept; `path` is that of this page."""
    settings = desk.context.settings
    if not settings.comments or "articles" not in settings.features:
        return None
    comments = sorted(desk.commons.catalog.comments.get(page, ()), key=_order)
    names = {one.id: one.fields.text(AUTHOR) for one in comments}
    sending = sending_view(settings)
    data = {
        "folder": f"{settings.content.name}/comments/{page}/",
        "subject": f"{settings.site_name}: {path}",
        "language": desk.language,
        "sending": sending,
        "words": translated(sentences_of(desk.context, REPLY_SENTENCES), desk.speaker),
    }
    return {
        "said": [_view(desk, one, names, addresses.root_of(path)) for one in comments],
        "count": desk.speaker.n("%(count)s reply", "%(count)s replies", len(comments)) if comments else "",
        "data": json.dumps(data, ensure_ascii=False, separators=(",", ":"), sort_keys=True),
        "mail": bool(sending["mail"]),
        "forge": bool(sending["forge"]),
        "most": MOST_TEXT,
        "most_name": MOST_NAME,
    }


def _order(one: Comment) -> tuple[str, str]:
    return one.fields.text(DATE), one.id


def _view(desk: Desk, one: Comment, names: dict[str, str], root: str) -> dict[str, Any]:
    speaker, fields = desk.speaker, one.fields
    made = prose(one.body, link=desk.mention(root), heading_level=HEADING, footnotes=False, id_prefix=f"c-{one.id}-")
    other = fields.text(REPLY)
    answered = names.get(other)
    words = speaker._("in reply to %(name)s", name=answered) if answered else speaker._("in reply to this")
    return {
        "id": one.id,
        "name": fields.text(AUTHOR),
        "iso": fields.text(DATE),
        "day": speaker.date(partial_date(fields.text(DATE))),
        "answers": {"id": other, "words": words} if answered is not None else None,
        # Nobody should gain in search engines from what anybody may send in.
        "html": Markup(made.html.replace(_REL, 'rel="nofollow ugc noopener noreferrer"')),
        **speaker.said("", fields.text(LANGUAGE)),
    }
