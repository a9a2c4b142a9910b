"""A program and a folder flow in; Debian's Firefox flows out, driven by WebDriver BiDi over a socket of its own: Playwright's builds of
Firefox are none that people have."""

from __future__ import annotations

import itertools
import json
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from websockets.sync.client import ClientConnection, connect

PATIENCE = 60
"""Seconds after which whatever was asked for will not come."""
# A box in a village hall has a name and no certificate. Automation opens doors that people's browsers keep shut (remote.prefs.recommended): what a file may do must be what it may do for them.
PREFERENCES = """\
user_pref("remote.prefs.recommended", false);
user_pref("datareporting.policy.dataSubmissionEnabled", false);
user_pref("app.normandy.enabled", false);
user_pref("browser.shell.checkDefaultBrowser", false);
user_pref("browser.startup.homepage_override.mstone", "ignore");
user_pref("browser.startup.page", 0);
user_pref("browser.aboutwelcome.enabled", false);
user_pref("network.captive-portal-service.enabled", false);
user_pref("network.connectivity-service.enabled", false);
user_pref("toolkit.telemetry.reportingpolicy.firstRun", false);
user_pref("browser.download.folderList", 2);
user_pref("browser.download.useDownloadDir", true);
user_pref("browser.download.always_ask_before_handling_new_types", false);
user_pref("browser.download.dir", {downloads});
user_pref("network.dns.localDomains", "box.test");
user_pref("dom.security.https_first", false);
"""
_LISTENS = re.compile(r"WebDriver BiDi listening on (ws://127\.0\.0\.1:\d+)")


def program() -> str | None:
    """Where Firefox is; None where there is none."""
    return shutil.which("firefox-esr") or shutil.which("firefox")


class Firefox:
    """A headless Firefox with one tab. `wrong` lists errors of scripts and of the console, what failed, and what was asked for elsewhere than at
    `home`; what is saved lies in `downloads`."""

    def __init__(self, socket: ClientConnection, downloads: Path) -> None:
        self.downloads = downloads
        self.wrong: list[str] = []
        self._socket = socket
        self._numbers = itertools.count(1)
        self._ask("session.new", capabilities={})
        self.home = ""
        events = ["log.entryAdded", "network.beforeRequestSent", "network.responseCompleted", "network.fetchError"]
        self._ask("session.subscribe", events=events)
        self._tab = self._ask("browsingContext.getTree")["contexts"][0]["context"]

    def width(self, width: int) -> None:
        self._ask("browsingContext.setViewport", context=self._tab, viewport={"width": width, "height": 800})

    def goto(self, address: str) -> None:
        self._ask("browsingContext.navigate", context=self._tab, url=address, wait="complete")

    def evaluate(self, script: str) -> Any:
        """What an expression (or a promise of it) gives, by way of JSON."""
        told = self._ask(
            "script.evaluate", expression=f"(async () => JSON.stringify(await ({script})) ?? 'null')()",
            target={"context": self._tab}, awaitPromise=True, userActivation=True,
        )  # fmt: skip
        assert told["type"] == "success", told
        return json.loads(told["result"]["value"])

    def shown(self, condition: str) -> None:
        """Waits for a condition."""
        end = time.monotonic() + PATIENCE
        while not self.evaluate(f"!!({condition})"):
            assert time.monotonic() < end, condition
            time.sleep(0.05)

    def awaited(self, file: Path) -> None:
        """Waits until a download lies there, whole."""
        end = time.monotonic() + PATIENCE
        while not file.is_file() or not file.stat().st_size or list(self.downloads.glob("*.part")):
            assert time.monotonic() < end, list(self.downloads.iterdir())
            time.sleep(0.05)

    def tap(self, selector: str) -> None:
        """Presses the middle of an element, as a finger does."""
        at = self.evaluate(
            f"(() => {{ const part = document.querySelector({json.dumps(selector)}); part.scrollIntoView({{block: 'center', behavior: 'instant'}}); "
            "const box = part.getClientRects()[0]; return [box.x + box.width / 2, box.y + box.height / 2].map(Math.floor); })()"
        )
        press = [
            {"type": "pointerMove", "x": at[0], "y": at[1]},
            {"type": "pointerDown", "button": 0},
            {"type": "pointerUp", "button": 0},
        ]
        self._perform({"type": "pointer", "id": "finger", "parameters": {"pointerType": "mouse"}, "actions": press})

    def type(self, text: str) -> None:
        keys = [{"type": kind, "value": sign} for sign in text.replace("\n", "\ue007") for kind in ("keyDown", "keyUp")]
        self._perform({"type": "key", "id": "keys", "actions": keys})

    def press_with_control(self, key: str) -> None:
        control = "\ue009"
        keys = [("keyDown", control), ("keyDown", key), ("keyUp", key), ("keyUp", control)]
        self._perform({"type": "key", "id": "keys", "actions": [{"type": kind, "value": sign} for kind, sign in keys]})

    def before(self, script: str) -> None:
        """Has a script run in each page to come, before its own."""
        self._ask("script.addPreloadScript", functionDeclaration=f"() => {{{script}}}")

    def back(self) -> None:
        self._ask("browsingContext.traverseHistory", context=self._tab, delta=-1)

    def _perform(self, actions: dict[str, Any]) -> None:
        self._ask("input.performActions", context=self._tab, actions=[actions])

    def _ask(self, method: str, **parameters: Any) -> Any:
        number = next(self._numbers)
        self._socket.send(json.dumps({"id": number, "method": method, "params": parameters}))
        while True:
            told = json.loads(self._socket.recv(timeout=PATIENCE))
            if told.get("type") == "event":
                self._note(told["method"], told["params"])
            elif told.get("id") == number:
                assert told["type"] == "success", told
                return told["result"]

    def _note(self, event: str, told: dict[str, Any]) -> None:
        if event == "log.entryAdded" and told["level"] == "error":
            self.wrong.append(str(told.get("text")))
        url = str(told["request"]["url"]) if event.startswith("network.") else ""
        home = ("file:", "data:", "blob:", "about:", self.home or "file:")
        if event == "network.beforeRequestSent" and not url.startswith(home):
            self.wrong.append(f"asked for: {url}")
        # A page that is left before its icon came has not failed.
        if event == "network.fetchError" and told.get("errorText") not in (
            "NS_BINDING_ABORTED",
            "NS_BINDING_RETARGETED",
        ):
            self.wrong.append(f"failed: {url} {told.get('errorText')}")
        if event == "network.responseCompleted" and told["response"]["status"] >= 400:
            self.wrong.append(f"{told['response']['status']} {url}")


@contextmanager
def firefox(folder: Path) -> Iterator[Firefox]:
    """A fresh Firefox, whose profile and downloads are in `folder`. There is a `program`."""
    profile, downloads = folder / "profile", folder / "downloads"
    profile.mkdir()
    downloads.mkdir()
    (profile / "user.js").write_text(PREFERENCES.replace("{downloads}", json.dumps(str(downloads))), "utf-8")
    # A pipe that nobody reads would make it wait.
    said = folder / "said"
    with said.open("wb") as out:
        command = [
            str(program()),
            "--headless",
            "--no-remote",
            "--remote-debugging-port=0",
            "--profile",
            str(profile),
            "about:blank",
        ]
        process = subprocess.Popen(command, stdout=out, stderr=subprocess.STDOUT)
    try:
        end = time.monotonic() + PATIENCE
        while not (listens := _LISTENS.search(said.read_text("utf-8", "replace"))):
            assert process.poll() is None and time.monotonic() < end, said.read_text("utf-8", "replace")
            time.sleep(0.1)
        with connect(f"{listens[1]}/session", max_size=None) as socket:
            yield Firefox(socket, downloads)
    finally:
        process.terminate()
        process.wait(PATIENCE)
