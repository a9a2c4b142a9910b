"""Settings and declarations come in; the constants that every template of one language may read go out."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.text import license_slug
from auzolan.render.shared import addresses
from auzolan.render.shared.context import Context
from auzolan.render.shared.elsewhere import at_the_foot
from auzolan.render.shared.forge import forge_of, issue_url
from auzolan.render.shared.naming import Speaker, direction, own_name
from auzolan.render.shared.parts import part_view

FLIPPED = frozenset({"pennant", "steps", "lines"})
"""Signs that have a direction, and so are mirrored in a right-to-left page."""
SIGNS = ("ring", "squares", "pennant", "nut", "lozenge", "steps", "lines", "disc")
HUES = ("cooperative", "organization", "project", "tool", "license", "plan", "article", "other")


def content_security_policy() -> str:
    """The policy that every page carries and that holds from `file://` too: our own scripts, styles and pictures."""
    return "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'"


def kind_view(kind: Kind, speaker: Speaker) -> dict[str, Any]:
    """A kind as templates see it: `name`, `label`, `plural`, `sign`, `hue`, `flip`, `path` of its list."""
    return {
        "name": kind.name,
        "label": speaker.plain(kind.label) or kind.name,
        "plural": speaker.plain(kind.label_plural) or speaker.plain(kind.label) or kind.name,
        "describes": speaker.plain(kind.describes),
        "sign": kind.sign if kind.sign in SIGNS else "disc",
        "hue": kind.hue if kind.hue in HUES else "other",
        "flip": kind.sign in FLIPPED,
        "path": addresses.kind_index(kind, speaker.language, speaker.default),
    }


def license_view(commons: Commons, speaker: Speaker, spdx_id: str) -> dict[str, str]:
    """A licence's name and where it is explained: its entry where there is one, else the SPDX list."""
    profile = commons.profiles.get(f"license/{license_slug(spdx_id)}")
    if profile is None or profile.withdrawn:
        return license_link(spdx_id, "")
    kind = commons.catalog.declarations.kinds[profile.kind]
    return license_link(spdx_id, addresses.entry_page(kind, profile.slug, speaker.language, speaker.default))


def license_link(spdx_id: str, path: str) -> dict[str, str]:
    """The same where the page of the licence's entry is known, "" where it has none."""
    listed = not path and not spdx_id.startswith("LicenseRef-")
    return {"id": spdx_id, "path": path, "url": f"https://spdx.org/licenses/{spdx_id}.html" if listed else ""}


def constants(commons: Commons, context: Context, language: str) -> dict[str, Any]:
    """`{"site": …}`: everything that does not change from page to page of one language."""
    site, speaker = context.settings, context.speakers[language]
    declarations = commons.catalog.declarations
    tagline = speaker.text(site.tagline)
    return {
        "site": {
            "name": site.site_name,
            "url": site.site_url,
            "framed": not context.variables,
            "official": site.site_name == "Auzolan",
            "mark": site.mark,
            "tagline": tagline["text"],
            "language": language,
            "dir": speaker.dir,
            "languages": [{"tag": tag, "name": own_name(tag), "dir": direction(tag)} for tag in site.languages],
            "csp": content_security_policy(),
            "kinds": {name: kind_view(kind, speaker) for name, kind in declarations.kinds.items()},
            "home": addresses.home(language, context.default),
            "find": context.find(language),
            "open_search": addresses.open_search(language, context.default) if is_open_search(context) else "",
            "add": addresses.add(language, context.default),
            "glossary": addresses.glossary(language, context.default),
            "doors": _doors(context, speaker),
            "about": _about(commons, context, speaker),
            "thanks": addresses.thanks(language, context.default) if "articles" in site.features else "",
            "wrong": wrong_url(context),
            "entry_license": license_view(commons, speaker, site.entry_license),
            "article_license": license_view(commons, speaker, site.article_license),
            "engine_license": license_view(commons, speaker, "AGPL-3.0-or-later"),
            "repository": site.repository,
            "part": part_view(site, speaker),
            "elsewhere": at_the_foot(commons, addresses.take(language, context.default))
            if "data" in site.features
            else {},
            "has_search": "search" in site.features,
            "has_data": "data" in site.features,
            "has_articles": "articles" in site.features,
        }
    }


def is_open_search(context: Context) -> bool:
    """Whether the site tells browsers how to search it: addresses in such a description must be absolute."""
    return "search" in context.settings.features and bool(context.settings.site_url)


def wrong_url(context: Context) -> str:
    """Where to say that something is wrong: the contact, else the forge; "" where there is neither."""
    contact = context.settings.contact
    if contact.startswith(("https://", "http://", "mailto:")):
        return contact
    return f"mailto:{contact}" if "@" in contact else issue_url(context.settings.repository, context.settings.forge)


def reply_url(context: Context, path: str) -> str:
    """The same for one page, whose path (and address, where the site has one) the mail or the issue names."""
    url, settings = wrong_url(context), context.settings
    about = f"{settings.site_name}: {path}"
    if url.startswith("mailto:"):
        written = f"{settings.site_url}/{path}\r\n\r\n" if settings.site_url else f"{about}\r\n\r\n"
        mark = "&" if "?" in url else "?"
        return f"{url}{mark}subject={quote(about, safe='')}&body={quote(written, safe='')}"
    if not url or url == settings.contact:
        return url
    name = "issue[title]" if forge_of(settings.repository, settings.forge) == "gitlab" else "title"
    return f"{url}?{quote(name, safe='')}={quote(about, safe='')}"


def _doors(context: Context, speaker: Speaker) -> list[dict[str, str]]:
    """The five doors, those of them whose plugin is switched on."""
    tag, default, features = speaker.language, context.default, context.settings.features
    doors = (
        ("find", "directory", speaker._("Find"), context.find(tag)),
        ("map", "directory", speaker._("Map"), addresses.map_page(tag, default)),
        ("read", "articles", speaker._("Read"), addresses.articles_index(tag, default)),
        ("add", "directory", speaker._("Add"), addresses.add(tag, default)),
        ("take", "data", speaker._("Take it with you"), addresses.take(tag, default)),
    )
    return [{"id": id_, "label": label, "path": path} for id_, part, label, path in doors if part in features]


def _about(commons: Commons, context: Context, speaker: Speaker) -> list[dict[str, str]]:
    """The site's own pages, in the order of their addresses; each exists in every language, its text where written."""
    if "articles" not in context.settings.features:
        return []
    found = []
    for slug in sorted(commons.pages):
        story = commons.pages[slug]
        versions = story.versions
        own = speaker.language if speaker.language in versions else context.default
        language = own if own in versions else min(versions)
        found.append(
            {
                "title": speaker.plain(story.values.get(language, {}).get("title") or {}, language) or slug,
                "lang": language,
                "path": addresses.plain_page(slug, speaker.language, context.default),
            }
        )
    return found
