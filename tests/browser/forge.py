"""Nothing comes in; a stand-in for a forge, with the editor that each of four forges opens at its own addresses, goes out."""

from __future__ import annotations

import html
import http.server
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

NEW = {
    "github": re.compile(r"/commons/directory/new/main\Z"),
    "gitlab": re.compile(r"/commons/directory/-/new/main\Z"),
    "gitea": re.compile(r"/commons/directory/_new/main/(?P<folder>.+)\Z"),
    "forgejo": re.compile(r"/commons/directory/_new/main/(?P<folder>.+)\Z"),
}
EDIT = {
    "github": re.compile(r"/commons/directory/edit/main/(?P<file>.+)\Z"),
    "gitlab": re.compile(r"/commons/directory/-/edit/main/(?P<file>.+)\Z"),
    "gitea": re.compile(r"/commons/directory/_edit/main/(?P<file>.+)\Z"),
    "forgejo": re.compile(r"/commons/directory/_edit/main/(?P<file>.+)\Z"),
}
"""Where the editor is, as docs of the forges say: the branch is `main`, the repository `commons/directory`."""


class Forge:
    """One forge: `root` is what is checked out of its repository, `commits` the paths that were committed in its editor."""

    def __init__(self, name: str, root: Path) -> None:
        self.name, self.root, self.commits = name, root, list[str]()
        self.address = ""

    def editor(self, path: str, query: str) -> str | None:
        """The page of the editor that opens at an address; None where this forge has none there."""
        asked = {key: values[0] for key, values in parse_qs(query).items()}
        if found := EDIT[self.name].match(unquote(path)):
            return self._page(found["file"], (self.root / found["file"]).read_text("utf-8"))
        found = NEW[self.name].match(unquote(path))
        if found is None:
            return None
        if self.name == "gitlab":  # it knows of a name alone
            return self._page(asked["file_name"], "")
        folder = f"{found['folder']}/" if "folder" in found.groupdict() else ""
        return self._page(folder + asked["filename"], asked.get("value", ""))

    def commit(self, path: str, text: str) -> None:
        """Takes what was written in the editor."""
        place = (self.root / path).resolve()
        assert place.is_relative_to(self.root.resolve())
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_bytes(text.replace("\r\n", "\n").encode())
        self.commits.append(path)

    def _page(self, path: str, text: str) -> str:
        # A line break that follows the tag is none of the text's.
        return (
            "<!doctype html><title>Edit</title><form method=post action=/commit>"
            f'<input name=path value="{html.escape(path)}"><textarea name=text>\n{html.escape(text)}</textarea><button>Commit</button></form>'
        )


@contextmanager
def forge(name: str, root: Path) -> Iterator[Forge]:
    """A forge at an address of its own."""
    made = Forge(name, root)

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            self._answer(made.editor(parts.path, parts.query))

        def do_POST(self) -> None:
            sent = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode(), keep_blank_values=True)
            made.commit(sent["path"][0], sent["text"][0])
            self._answer("<!doctype html><title>Committed</title>Committed")

        def _answer(self, page: str | None) -> None:
            data = (page or "not here").encode()
            self.send_response(200 if page else 404)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *arguments: object) -> None:
            """Says nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    made.address = f"http://127.0.0.1:{server.server_address[1]}/commons/directory"
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
