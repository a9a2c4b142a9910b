"""A kind of which entries were written comes in; its JSON Schema lies beside them: the first line of each leads editors there, and
words and fields of the site's own must be in it."""

from __future__ import annotations

from pathlib import Path

from auzolan import export
from auzolan.model.kinds import Declarations


def keep_schema(declarations: Declarations, kind: str, directory: Path) -> None:
    """Writes the schema of `kind` as the declarations have it today."""
    for schema in export.schema_files(declarations):
        if schema.path.endswith(f"/{kind}.schema.json"):
            target = directory / "kinds" / "schemas" / f"{kind}.schema.json"
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(schema.data)
