"""Settings: what they name of the directory is there."""

from __future__ import annotations

from collections.abc import Iterator

from auzolan.check.context import Context, Shared
from auzolan.check.near import nearest
from auzolan.model.diagnostics import Location
from auzolan.model.rules import finding


def check_settings(context: Context) -> Iterator[Shared]:
    """S002 of the setting that names an entry which every page tells of."""
    settings = context.catalog.settings
    named = settings.own_entry
    if named and named not in context.ids:
        way_out = (
            nearest(named, context.sorted_ids) or "the id of an entry, such as project/our-commons; or leave it out"
        )
        yield (
            finding(
                "S002", f"AUZOLAN_OWN_ENTRY: there is no entry `{named}`", Location(settings.settings_path), way_out
            ),
            (),
        )
