"""The parts of a pocket edition come in; the one HTML file goes out, with the policy that allows just its own scripts and styles."""

from __future__ import annotations

import base64
import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from auzolan.model.pages import Page
from auzolan.render.desk import Desk
from auzolan.render.doors.search_page import sign_classes
from auzolan.render.files.site_css import css_of
from auzolan.render.files.strings import SEARCH_SENTENCES, SENTENCES, sentences_of, translated
from auzolan.render.form.sending import send_view
from auzolan.render.pocket.pages import Rendered
from auzolan.render.pocket.scripts import AT_ONCE, POCKET_STYLE, REST, STYLE, file_of
from auzolan.render.shared.constants import constants
from auzolan.render.shared.frame import script_json

POCKET_SENTENCES = "pocket_strings.json"
MARK = "<!-- auzolan-pocket/1 -->"
"""Stands in the second line of each: so it is known which files may be written anew."""
_MOST_MARK = 20_000
"""Bytes of a site's own mark that are carried along."""
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Made:
    """What the file is made of. `about` is what it says of itself (view of the template), `kinds` the list, `held` the packed
    lines, `told` what the script needs to know, `later` are scripts and styles that are packed and run later."""

    title: str
    about: Mapping[str, Any]
    kinds: Iterable[Mapping[str, Any]]
    held: str
    told: Mapping[str, Any]
    later_scripts: Iterable[str]
    later_styles: Iterable[str]


def styles_of(desk: Desk) -> tuple[str, str]:
    """The theme's style, and that of the site's poster, in two: what the list needs, and what needs a script."""
    first, mark, rest = file_of(desk.context, STYLE).partition(REST)
    own = file_of(desk.context, POCKET_STYLE)
    return plain_style(first + own), plain_style(mark + rest + css_of(desk.context.settings.poster))


def plain_style(text: str) -> str:
    """A style without comments, and with nothing that could end its element."""
    return _COMMENT.sub("", text).replace("</", "<\\/").strip()


def plain_script(text: str) -> str:
    """A script that nothing in it ends before its end: in what esbuild writes, such signs stand in texts alone."""
    return re.sub(r"<(?=/script|!--)", r"\\x3c", text, flags=re.IGNORECASE).strip()


def words_told(desk: Desk) -> dict[str, Any]:
    """What the script says, in the language of the file, and the signs of kinds."""
    listed = [
        one for name in (SENTENCES, SEARCH_SENTENCES, POCKET_SENTENCES) for one in sentences_of(desk.context, name)
    ]
    return {"words": translated(listed, desk.speaker), "signs": sign_classes(desk.commons, desk.speaker)}


def file_made(made: Made, desk: Desk, render: Rendered) -> bytes:
    """The bytes of the file."""
    style, script = styles_of(desk)[0], plain_script(file_of(desk.context, AT_ONCE))
    site = constants(desk.commons, desk.context, desk.language)["site"]
    view = {
        "site": {**site, "mark": ""},
        "page": {"root": "#/", "path": "", "title": made.title, "language": desk.language},
        "pocket": {
            "about": made.about,
            "kinds": list(made.kinds),
            "csp": _policy([script, *made.later_scripts], [style, *made.later_styles]),
            "style": Markup(style),
            "script": Markup(script),
            "held": Markup(made.held),
            "told": script_json({**made.told, **words_told(desk)}),
            "mark": _mark_of(desk),
            "marked": Markup(MARK),
        },
        "send": send_view(desk),
    }
    return render(Page("", "pocket.html", desk.language, view))


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Nothing but what stands here: scripts and styles by their digests; pictures that are part of the file; no form goes anywhere."""
    return (
        f"default-src 'none'; script-src {_digests(scripts)}; style-src {_digests(styles)}; img-src data:; "
        "base-uri 'none'; form-action 'none'"
    )


def _digests(texts: Iterable[str]) -> str:
    return " ".join(
        f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode('ascii')}'" for text in texts
    )


def _mark_of(desk: Desk) -> str:
    """The site's own mark as an address that holds it; "" where there is none."""
    name = desk.context.settings.mark
    found = next((path for theme in desk.context.themes if (path := theme / "static" / name).is_file()), None)
    if not name or found is None or found.stat().st_size > _MOST_MARK:
        return ""
    return f"data:image/svg+xml;base64,{base64.b64encode(found.read_bytes()).decode('ascii')}"
