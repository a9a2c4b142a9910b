"""The declarations come in; the form of each kind goes out, in every language. It can be printed and filled in by hand; with
its script it checks, shows and sends what is written."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial

from auzolan.model.commons import Commons
from auzolan.model.kinds import Kind
from auzolan.model.pages import Page, Unit
from auzolan.render.desk import Desk, desk_of
from auzolan.render.doors.home import kinds_in_order
from auzolan.render.form.by_hand import skeleton
from auzolan.render.form.declared import kind_told
from auzolan.render.form.questions import LANGUAGE_OF_THE_TEXT, asks_for_source, first_views, more_groups, still_view
from auzolan.render.form.sending import send_view, sending_view
from auzolan.render.form.texts import scripts_of
from auzolan.render.shared import addresses
from auzolan.render.shared.constants import kind_view
from auzolan.render.shared.context import Context
from auzolan.render.shared.frame import page_of, script_json
from auzolan.render.shared.naming import Speaker, own_name


def units_of(commons: Commons, context: Context) -> Iterator[Unit]:
    """`contribute-<kind>.html` for every kind, in every language."""
    for language, speaker in context.speakers.items():
        desk = desk_of(commons, context, speaker)
        for kind in commons.catalog.declarations.kinds.values():
            yield Unit(f"form {language} {kind.name}", partial(_page, desk, kind))


def folder_of(context: Context, kind: Kind) -> str:
    """Where files of a kind lie in the repository, with a slash at the end: `directory/cooperatives/`."""
    settings = context.settings
    folder = settings.directory.name if settings.directory.parent == settings.root else "directory"
    return f"{folder}/{kind.folder}/"


def _page(desk: Desk, kind: Kind) -> Iterator[Page]:
    context, speaker, language = desk.context, desk.speaker, desk.language
    settings, said = context.settings, desk.commons.catalog.declarations
    shown = kind_view(kind, speaker)
    groups = more_groups(kind, said, speaker)
    folder = folder_of(context, kind)
    data = {
        **kind_told(kind, said, speaker, folder),
        "label": shown["label"],
        "texts": [f"{kind.folder}/texts-", scripts_of(desk.commons, kind)],
        "default": settings.home.default_language,
        "site": settings.home.site_id,
        "search": "search" in settings.features,
        "places": list(context.places),
        "sending": sending_view(settings),
    }
    view = {
        "kinds": [
            {**kind_view(one, speaker), "form": addresses.form(one, language, context.default), "here": one is kind}
            for one in kinds_in_order(desk.commons)
        ],
        "form": {
            "kind": shown,
            "site": settings.home.site_id,
            "questions": first_views(kind, said, speaker),
            "source": asks_for_source(kind),
            "still": still_view(kind, said, speaker),
            "groups": groups,
            "languages": _languages(settings.home.languages, speaker) if LANGUAGE_OF_THE_TEXT in kind.fields else [],
            "written_in": language,
            "data": script_json(data),
            "folder": folder,
            "text": skeleton(kind, speaker, settings.home.default_language),
        },
        "send": send_view(desk),
        "search_path": context.find(language),
        "add": addresses.add(language, context.default),
        "paper": addresses.paper(kind, language, context.default),
    }
    title = speaker._("Add an entry: %(kind)s", kind=shown["label"])
    path = addresses.form(kind, language, context.default)
    yield page_of(context, path, "form.html", language, view, title=title, door="add", index=False)


def _languages(tags: tuple[str, ...], speaker: Speaker) -> list[dict[str, str]]:
    return [{"tag": tag, "name": own_name(tag)} for tag in tags]
