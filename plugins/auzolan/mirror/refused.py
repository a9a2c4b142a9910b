"""Why a copy is not taken: one exception, with the threat that it meets."""

from __future__ import annotations

from auzolan.model.errors import AuzolanError


class Refused(AuzolanError):
    """A copy, or a statement about one, is not what it says. `threat` is one of the first column of the table in
    docs/mirrors.md: a word for programs and for tests."""

    status = 1

    def __init__(self, threat: str, message: str, hint: str = "") -> None:
        super().__init__(message, hint)
        self.threat = threat
