"""A repository's address and a file's path come in; the forge's pages for reading, editing and adding it go out."""

from __future__ import annotations

from urllib.parse import quote, urlsplit


def forge_of(repository: str) -> str:
    """`github`, `gitlab`, or `gitea` (Gitea, Forgejo and Codeberg share their addresses); "" without a repository."""
    host = (urlsplit(repository).hostname or "").lower()
    if not host:
        return ""
    if host == "github.com" or host.endswith(".github.com"):
        return "github"
    return "gitlab" if "gitlab" in host or host == "framagit.org" else "gitea"


def _base(repository: str) -> str:
    return repository.rstrip("/").removesuffix(".git")


def view_url(repository: str, branch: str, path: str) -> str:
    """Where a file can be read; "" without a repository."""
    middle = {"github": "blob/", "gitlab": "-/blob/", "gitea": "src/branch/"}.get(forge_of(repository))
    return f"{_base(repository)}/{middle}{quote(branch)}/{quote(path)}" if middle else ""


def edit_url(repository: str, branch: str, path: str) -> str:
    """Where the forge's editor opens the file; "" without a repository."""
    middle = {"github": "edit/", "gitlab": "-/edit/", "gitea": "_edit/"}.get(forge_of(repository))
    return f"{_base(repository)}/{middle}{quote(branch)}/{quote(path)}" if middle else ""


def issue_url(repository: str) -> str:
    """Where somebody may say that something is wrong; "" without a repository."""
    middle = {"github": "issues/new", "gitlab": "-/issues/new", "gitea": "issues/new"}.get(forge_of(repository))
    return f"{_base(repository)}/{middle}" if middle else ""


LONGEST = 6000
"""Characters of an address that every forge and browser takes; GitHub answers 414 above 8,191 bytes."""


def new_url(repository: str, branch: str, path: str, text: str = "") -> str:
    """Where the forge's editor opens a new file `path` that holds `text`, or an empty one where GitLab would leave the
    text out or the address would grow too long; "" without a repository."""
    forge = forge_of(repository)
    folder, _, name = path.rpartition("/")
    start = {
        "github": f"new/{quote(branch)}?filename={quote(path)}",
        "gitlab": f"-/new/{quote(branch)}?file_name={quote(path, safe='')}",
        "gitea": f"_new/{quote(branch)}/{quote(folder)}?filename={quote(name)}",
    }.get(forge)
    if not start:
        return ""
    short = f"{_base(repository)}/{start}"
    full = f"{short}&value={quote(text, safe='')}"
    return full if text and forge != "gitlab" and len(full) <= LONGEST else short
