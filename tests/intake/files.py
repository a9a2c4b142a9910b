"""A file's name and text come in; what `intake/` knows of such a file goes out."""

from __future__ import annotations

from pathlib import Path

from tests.helpers import declarations

from auzolan.intake.written import WrittenFile
from auzolan.model.kinds import Field

TOOL = "directory/tools/oven.yaml"


def file_of(where: str = TOOL, root: Path = Path("/site")) -> WrittenFile:
    """The file at `where`, an entry or an article, in a commons with the shipped kinds."""
    folder = where.split("/")[1]
    if where.endswith(".md"):
        article = declarations().article
        assert article is not None
        return WrittenFile(root / where, where, article.fields, True)
    kind = declarations().kind_of_folder(folder)
    assert kind is not None
    return WrittenFile(root / where, where, kind.fields, False)


def fields_of(where: str) -> dict[str, Field]:
    """What such a file may say."""
    return dict(file_of(where).fields)
