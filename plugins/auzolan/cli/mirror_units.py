"""`auzolan mirror units`: an address and a folder come in; a line for cron and units for systemd go out."""

from __future__ import annotations

import getpass
import hashlib
import shutil
import sys
from pathlib import Path

from auzolan.cli.console import console
from auzolan.cli.mirror import digest_of, mirror_asked
from auzolan.mirror.units import NAME, Wanted, cron, units
from auzolan.model.errors import AuzolanError


def run(origin: str, mirror: Path | None, trust: str, write: Path | None, bind: str, port: int) -> None:
    """Raises AuzolanError where they cannot be written."""
    where = mirror_asked(mirror).absolute()
    if Path(origin).exists():
        origin = str(Path(origin).absolute())
    for text in (origin, str(where)):
        if not text.isprintable():
            raise AuzolanError(
                f"`{text.encode('unicode_escape').decode()}` cannot stand in a unit", "name it otherwise"
            )
    pinned = ["--trust", digest_of(trust)] if trust else []
    program = shutil.which("auzolan") or str(Path(sys.argv[0]).absolute())
    wanted = Wanted(program, [origin, str(where), *pinned], str(where), _user(), bind, port)
    # Not all mirrors of a commons at the same minute.
    chance = int(hashlib.sha256(str(where).encode("utf-8", "replace")).hexdigest()[:8], 16)
    line = cron(wanted, chance % 60, chance // 60 % 6)
    if write is None:
        sys.stdout.write(f"# crontab -e\n{line}")
        for name, text in units(wanted).items():
            sys.stdout.write(f"\n# /etc/systemd/system/{name}\n{text}")
        return
    try:
        write.mkdir(parents=True, exist_ok=True)
        for name, text in units(wanted).items():
            (write / name).write_text(text, "utf-8")
    except OSError as problem:
        raise AuzolanError(f"{write} cannot be written: {problem.strerror}") from problem
    console().print(f"written to {write}. Then: systemctl daemon-reload && systemctl enable --now {NAME}.timer {NAME}-serve.service",
                    markup=False)  # fmt: skip


def _user() -> str:
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return "nobody"
