"""The one family of exceptions: for broken machines, never for broken content."""

from __future__ import annotations


class AuzolanError(Exception):
    """Something outside the content is broken; `str()` is a sentence for a person, `hint` a way out. A command that ends with
    it has exit status `status`: 2 where it could not do what was asked, 1 where what it found is the answer."""

    status = 2

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


class MissingFolder(AuzolanError):
    """A folder that the settings name is not there or cannot be read."""


class UnreadableSettings(AuzolanError):
    """The settings file is missing or fails when it is read."""


class ContentRefused(AuzolanError):
    """Findings of severity error exist; they have been printed, and nothing was written."""


class BrokenTemplate(AuzolanError):
    """A template of the theme, or of the site's own, fails."""
