"""The site's poster colour in; `static/site.css` out, with a readable colour to write on the poster, light and dark.

Contrast is WCAG 2.2's: (lighter + 0.05) / (darker + 0.05) of relative luminances, from 1 to 21.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Unit
from auzolan.render.shared.context import Context

INK = "#1c1a17"
PAPER = "#fffefb"
NIGHT_INK = "#f4efe5"
READABLE = 4.5
STRONG = 7.0
_COLOUR = re.compile(r"#(?:[0-9a-f]{3}|[0-9a-f]{6})\Z", re.IGNORECASE | re.ASCII)

_RULES = """\
/* The poster's colour, from the site's settings. */
:root {{ --poster: {poster}; --on-poster: {on_poster}; }}
:root[data-theme="dark"] {{ --poster: {night}; --on-poster: {on_night}; }}
@media (prefers-color-scheme: dark) {{
  :root:not([data-theme="light"]) {{ --poster: {night}; --on-poster: {on_night}; }}
}}
.hero .say, .hero .hint, .band.k-article .lead, .band.k-article .byline, .band.k-article .crumbs, .slip.solid \
{{ color: var(--on-poster); }}
.hero .ask {{ border-color: var(--on-poster); }}
"""


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`static/site.css`: a comment only where the settings name no colour (or none that can be read)."""
    yield Unit("site.css", lambda: [File("static/site.css", css_of(commons.catalog.settings.poster).encode())])


def css_of(poster: str) -> str:
    """The rules for a poster of this colour (`#rgb` or `#rrggbb`)."""
    colour = full_colour(poster)
    if not colour:
        return "/* The poster keeps the colour of the theme. */\n"
    night = darkened(colour)
    on_night = lightened(colour, night)
    return _RULES.format(poster=colour, on_poster=readable_on(colour), night=night, on_night=on_night)


def full_colour(text: str) -> str:
    """`#rrggbb` in lower case, or "" where `text` is no colour of that form."""
    colour = text.strip().lower()
    if not _COLOUR.match(colour):
        return ""
    return colour if len(colour) == 7 else "#" + "".join(digit * 2 for digit in colour[1:])


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours written `#rrggbb`."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def readable_on(colour: str) -> str:
    """The theme's ink or its paper, whichever is easier to read on `colour`; on middling colours black or white, one of
    which always is."""
    best = max((INK, PAPER), key=lambda text: contrast(text, colour))
    if contrast(best, colour) >= READABLE:
        return best
    return max(("#000000", "#ffffff"), key=lambda text: contrast(text, colour))


def darkened(colour: str) -> str:
    """`colour` mixed with black until the dark theme's ink reads strongly on it."""
    return _mixed_until(colour, "#000000", lambda mixed: contrast(mixed, NIGHT_INK) >= STRONG + 3)


def lightened(colour: str, ground: str) -> str:
    """`colour` mixed with white until it reads strongly on `ground`."""
    return _mixed_until(colour, "#ffffff", lambda mixed: contrast(mixed, ground) >= STRONG)


def _mixed_until(colour: str, other: str, enough: Callable[[str], bool]) -> str:
    for share in range(0, 101, 4):
        mixed = _mixed(colour, other, share / 100)
        if enough(mixed):
            return mixed
    return other


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + (b - a) * share):02x}" for a, b in pairs)


def _channels(colour: str) -> tuple[int, int, int]:
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(channel / 255) for channel in _channels(colour))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4
