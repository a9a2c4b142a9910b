"""Whatever ends a command, its user reads a sentence, or nothing, and never a traceback."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from auzolan import cli
from auzolan.cli import app
from auzolan.model.errors import AuzolanError


def interrupted() -> None:
    raise KeyboardInterrupt


def interrupted_in_a_class() -> None:
    """Where a class is being made, Python 3.11 makes another exception of it."""

    class Named:
        def __set_name__(self, owner: type, name: str) -> None:
            raise KeyboardInterrupt

    type("Owner", (), {"named": Named()})


def nobody_listens() -> None:
    raise BrokenPipeError


def refused() -> None:
    raise AuzolanError("the folder is not there", "make it")


def faulty() -> None:
    raise ValueError("seven")


@pytest.mark.parametrize(
    ("how", "status", "said"),
    [
        (interrupted, 130, ""),
        (interrupted_in_a_class, 130, ""),
        (nobody_listens, 0, ""),
        (refused, 2, "auzolan: the folder is not there\n    make it"),
        (faulty, 70, "auzolan: this is a fault in Auzolan, not in your files: ValueError: seven\n    please report"),
    ],
)
def test_how_it_ends(
    how: Callable[[], None], status: int, said: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(app, "only", lambda name: how)
    monkeypatch.delenv("AUZOLAN_DEBUG", raising=False)
    with pytest.raises(SystemExit) as ended:
        cli.main()
    assert ended.value.code == status
    told = capsys.readouterr().err.strip()
    assert told.startswith(said) and bool(told) == bool(said)
