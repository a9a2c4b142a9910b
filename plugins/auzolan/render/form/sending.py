"""Settings come in; how something is sent goes out: for the form's script, and in words for the pages."""

from __future__ import annotations

from typing import Any

from auzolan.model.settings import Settings
from auzolan.render.desk import Desk
from auzolan.render.shared.forge import forge_of


def sending_view(settings: Settings) -> dict[str, Any]:
    """`forge` (github, gitlab, gitea, forgejo or ""), `repository`, `branch`, `mail` ("" where the contact is none)."""
    contact = settings.contact.removeprefix("mailto:")
    return {
        "forge": forge_of(settings.repository, settings.forge),
        "repository": settings.repository.rstrip("/").removesuffix(".git"),
        "branch": settings.branch,
        "mail": contact if "@" in contact and "://" not in contact else "",
    }


def send_view(desk: Desk) -> dict[str, Any]:
    """What a page says of those who read proposals: where to, under which licence, who looks, and when."""
    settings, speaker = desk.context.settings, desk.speaker
    contact = settings.contact
    web = contact.startswith(("https://", "http://"))
    days = settings.reply_days
    return {
        "mail": "" if web else contact.removeprefix("mailto:"),
        "web": contact if web else "",
        "repository": settings.repository,
        "license": desk.license(settings.entry_license),
        "readers": speaker.text(settings.reviewers),
        "days": speaker.n("You hear within a day.", "You hear within %(count)s days.", days) if days else "",
    }
