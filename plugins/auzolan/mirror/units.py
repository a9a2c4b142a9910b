"""How a mirror is synced comes in; a line for cron and units for systemd go out."""

from __future__ import annotations

import re
import shlex
from collections.abc import Sequence
from dataclasses import dataclass

NAME = "auzolan-mirror"
_PLAIN = re.compile(r"[A-Za-z0-9_./:@=+,-]+\Z")

_SYNC = """\
[Unit]
Description=Bring the mirror in {mirror} up to date
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
User={user}
ExecStart={sync}
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths={path}
"""
_TIMER = """\
[Unit]
Description=Bring the mirror in {mirror} up to date each day

[Timer]
OnCalendar=daily
RandomizedDelaySec=4h
Persistent=true

[Install]
WantedBy=timers.target
"""
_SERVE = """\
[Unit]
Description=Show the mirror in {mirror}
After=network.target

[Service]
User={user}
ExecStart={serve}
Restart=on-failure
NoNewPrivileges=yes
PrivateTmp=yes
ProtectSystem=strict
ProtectHome=read-only
ReadWritePaths=-{path}

[Install]
WantedBy=multi-user.target
"""


@dataclass(frozen=True, slots=True)
class Wanted:
    """The program by its whole path, what it is told to sync, the folder of the mirror by its whole path, who runs it, and on which address
    and port the mirror is shown."""

    program: str
    sync: Sequence[str]
    mirror: str
    user: str
    bind: str
    port: int

    @property
    def commands(self) -> tuple[list[str], list[str]]:
        """How it is synced, and how it is shown."""
        serve = ["mirror", "serve", self.mirror, "--bind", self.bind, "--port", str(self.port)]
        return [self.program, "mirror", "sync", *self.sync], [self.program, *serve]


def cron(wanted: Wanted, minute: int, hour: int) -> str:
    """A line for `crontab -e`. In it a percent sign would be the end of the line."""
    return f"{minute} {hour} * * * {shlex.join(wanted.commands[0])}".replace("%", "\\%") + "\n"


def units(wanted: Wanted) -> dict[str, str]:
    """Units by the names of their files."""
    sync, serve = (" ".join(map(_word, command)) for command in wanted.commands)
    told = {
        "mirror": _percent(wanted.mirror),
        "path": _word(wanted.mirror),
        "user": wanted.user,
        "sync": sync,
        "serve": serve,
    }
    return {
        f"{NAME}.service": _SYNC.format(**told),
        f"{NAME}.timer": _TIMER.format(**told),
        f"{NAME}-serve.service": _SERVE.format(**told),
    }


def _word(text: str) -> str:
    """As systemd reads it back (systemd.syntax, "Quoting"; systemd.service, "Command lines")."""
    if _PLAIN.match(text):
        return text
    return '"' + _percent(text).replace("\\", "\\\\").replace('"', '\\"').replace("$", "$$") + '"'


def _percent(text: str) -> str:
    return text.replace("%", "%%")
