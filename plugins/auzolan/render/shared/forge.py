"""A repository's address and a file's path come in; the forge's pages for reading, editing and adding it go out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def forge_of(repository: str, said: str = "") -> str:
    """`github`, `gitlab`, `forgejo` or `gitea` (the last two share their addresses; in the last a reader gets a fork by
    herself); "" without a repository. `said` is what the settings say, where they do."""
    host = (urlsplit(repository).hostname or "").lower()
    if not host:
        return ""
    if said:
        return said
    if host == "codeberg.org":
        return "forgejo"
    if host == "github.com" or host.endswith(".github.com"):
        return "github"
    return "gitlab" if "gitlab" in host or host == "framagit.org" else "gitea"


def _base(repository: str) -> str:
    return repository.rstrip("/").removesuffix(".git")


def view_url(repository: str, branch: str, path: str, forge: str = "") -> str:
    """Where a file can be read; "" without a repository."""
    middle = {"github": "blob/", "gitlab": "-/blob/", "gitea": "src/branch/", "forgejo": "src/branch/"}.get(
        forge_of(repository, forge)
    )
    return f"{_base(repository)}/{middle}{quote(branch)}/{quote(path)}" if middle else ""


def edit_url(repository: str, branch: str, path: str, forge: str = "") -> str:
    """Where the forge's editor opens the file; "" without a repository."""
    middle = {"github": "edit/", "gitlab": "-/edit/", "gitea": "_edit/", "forgejo": "_edit/"}.get(
        forge_of(repository, forge)
    )
    return f"{_base(repository)}/{middle}{quote(branch)}/{quote(path)}" if middle else ""


def issue_url(repository: str, forge: str = "") -> str:
    """Where somebody may say that something is wrong; "" without a repository."""
    middle = {"github": "issues/new", "gitlab": "-/issues/new", "gitea": "issues/new", "forgejo": "issues/new"}.get(
        forge_of(repository, forge)
    )
    return f"{_base(repository)}/{middle}" if middle else ""


LONGEST = 6000
"""Characters of an address that every forge and browser takes; GitHub answers 414 above 8,191 bytes."""


def new_url(repository: str, branch: str, path: str, text: str = "", said: str = "") -> str:
    """Where the forge's editor opens a new file `path` that holds `text`, or an empty one where GitLab would leave the
    text out or the address would grow too long; "" without a repository."""
    forge = forge_of(repository, said)
    folder, _, name = path.rpartition("/")
    start = {
        "github": f"new/{quote(branch)}?filename={quote(path)}",
        "gitlab": f"-/new/{quote(branch)}?file_name={quote(path, safe='')}",
        "gitea": f"_new/{quote(branch)}/{quote(folder)}?filename={quote(name)}",
        "forgejo": f"_new/{quote(branch)}/{quote(folder)}?filename={quote(name)}",
    }.get(forge)
    if not start:
        return ""
    short = f"{_base(repository)}/{start}"
    full = f"{short}&value={quote(text, safe='')}"
    return full if text and forge != "gitlab" and len(full) <= LONGEST else short
