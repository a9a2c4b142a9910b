"""Settings come in; `search/opensearch.xml` of each language goes out, by which a browser offers the site among its search
engines (OpenSearch 1.1). Its addresses must be absolute, so that a site without an address has none."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.pages import File, Unit
from auzolan.render.files.atom import attribute, content
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.naming import Speaker

_OPEN_SEARCH = "http://a9.com/-/spec/opensearch/1.1/"
_SHORT = 16
"""Letters of a short name, by the specification."""
TYPE = "application/opensearchdescription+xml"


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """One description a language; nothing without an address of the site."""
    for speaker in context.speakers.values():
        if context.settings.site_url:
            yield Unit(f"open search {speaker.language}", partial(_file, context, speaker))


def engine_name(site_name: str, language: str, default: str) -> str:
    """What a browser calls the site's search: its name in at most 16 letters, with the language where that is not the site's own;
    without its variants where those leave no room for the name."""
    known = language if len(language) <= _SHORT // 2 else language.split("-")[0][: _SHORT // 2]
    tag = "" if language == default else f" {known}"
    return site_name[: _SHORT - len(tag)].strip() + tag


def _file(context: Context, speaker: Speaker) -> Iterator[File]:
    language, default = speaker.language, context.default
    # Braces hold what a browser fills in; an address that holds some itself says them in another way.
    site = context.settings.site_url.replace("{", "%7B").replace("}", "%7D")
    name = context.settings.site_name
    path = addresses.open_search(language, default)
    template = f"{site}/{addresses.find(language, default)}?q={{searchTerms}}"
    lines = (
        "<?xml version='1.0' encoding='utf-8'?>",
        f'<OpenSearchDescription xmlns="{_OPEN_SEARCH}">',
        f" <ShortName>{content(engine_name(name, language, default))}</ShortName>",
        f" <Description>{content(speaker._('Search in %(site)s', site=name[:900]))}</Description>",
        f' <Url type="text/html" template="{attribute(template)}" />',
        f' <Url type="{TYPE}" rel="self" template="{attribute(f"{site}/{path}")}" />',
        f' <Image width="16" height="16" type="image/svg+xml">{content(site)}/static/favicon.svg</Image>',
        f" <Language>{content(language)}</Language>",
        " <InputEncoding>UTF-8</InputEncoding>",
        " <OutputEncoding>UTF-8</OutputEncoding>",
        "</OpenSearchDescription>",
    )
    yield File(path, "".join(f"{line}\n" for line in lines).encode())
