"""How Auzolan is installed comes in; what makes forges check, show and publish a commons goes out: workflows for three of them.

There is one template of each (`starter/forges/`). The workflows of Auzolan's own repository are made of them too.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from auzolan import __version__
from auzolan.model.pages import File

STARTER = Path(__file__).parent / "starter"
BY_REQUIREMENTS = "python -m pip install --quiet -r requirements.txt"
"""How a commons installs Auzolan: by name and version, or whatever its `requirements.txt` names."""
FROM_HERE = "python -m pip install --quiet -c constraints.txt ."
"""How Auzolan's own repository does: what is checked out is what is run."""
PLACES = {
    "github/check.yml": ".github/workflows/check.yml",
    "github/comment.yml": ".github/workflows/comment.yml",
    "github/publish.yml": ".github/workflows/publish.yml",
    "github/watch.yml": ".github/workflows/watch.yml",
    "github/zizmor.yml": ".github/zizmor.yml",
    "forgejo/check.yml": ".forgejo/workflows/check.yml",
    "forgejo/publish.yml": ".forgejo/workflows/publish.yml",
    "forgejo/watch.yml": ".forgejo/workflows/watch.yml",
    "gitlab/gitlab-ci.yml": ".gitlab-ci.yml",
}
"""Template → where a forge looks for it."""
_GITHUB = {
    "CHECKOUT": "actions/checkout@08c6903cd8c0fde910a37f88322edcfb5dd907a8 # v5.0.0",
    "PYTHON": "actions/setup-python@e797f83bcb11b83ae66e0230d6156d7c80228e7c # v6.0.0",
    "UPLOAD": "actions/upload-artifact@330a01c490aca151604b8cf639adc76d48f6c5d4 # v5.0.0",
    "DOWNLOAD": "actions/download-artifact@018cc2cf5baa6db3ef3c5f8a56943fffe632ef53 # v6.0.0",
    "CONFIGURE": "actions/configure-pages@983d7736d9b0ae728b81ab479565c72886d7745b # v5.0.0",
    "PAGES": "actions/upload-pages-artifact@7b1f4a764d45c48632c6b24a0339c27f5614fb0b # v4.0.0",
    "DEPLOY": "actions/deploy-pages@d6db90164ac5ed86f2b6aed7e0febac5b3c0c03e # v4.0.5",
}
"""Actions by the commit of a version: a tag can be moved to other code."""
_FORGEJO = {
    "CHECKOUT": "actions/checkout@v4 # zizmor: ignore[unpinned-uses]",
    "PYTHON": "actions/setup-python@v5 # zizmor: ignore[unpinned-uses]",
    "UPLOAD": "https://code.forgejo.org/forgejo/upload-artifact@v4 # zizmor: ignore[unpinned-uses]",
}
"""Which commits an instance's own copies of these actions have is up to the instance, so they are named by version."""
_OVERLAY = """\
git rm -r --quiet --ignore-unmatch -- directory content
git ls-tree -z --name-only "$HEAD" directory content | xargs -0 -r git checkout --quiet "$HEAD" --
"""
"""The folders become those of the request, files that it deletes included; all else stays the base's."""
_PLACE = re.compile(r"^( *)(.*)@([A-Z]+)@(.*)$", re.MULTILINE)


def forge_files(install: str = BY_REQUIREMENTS) -> Iterator[File]:
    """The workflows, each where its forge looks for it."""
    folder = STARTER / "forges"
    shared = {"INSTALL": install, "OVERLAY": _OVERLAY, "NEUTRAL": (folder / "neutral.py.txt").read_text("utf-8")}
    for template, path in PLACES.items():
        words = shared | (_FORGEJO if template.startswith("forgejo/") else _GITHUB)
        yield File(path, _filled((folder / template).read_text("utf-8"), words).encode())


def install_files() -> Iterator[File]:
    """What the workflows of a commons read beside them: which Auzolan, and the settings for publishing."""
    wanted = (STARTER / "requirements.txt").read_text("utf-8").format(version=__version__)
    yield File("requirements.txt", wanted.encode())
    yield File("publishconf.py", (STARTER / "publishconf.txt").read_bytes())


def _filled(template: str, words: dict[str, str]) -> str:
    """The template with its places `@NAME@` filled; what has several lines stands as deep as the place."""

    def fill(place: re.Match[str]) -> str:
        indent, before, name, after = place.groups()
        lines = words[name].rstrip("\n").split("\n")
        return "\n".join([f"{indent}{before}{lines[0]}{after}", *(f"{indent}{one}".rstrip() for one in lines[1:])])

    return _PLACE.sub(fill, template)
