"""Jinja as it comes, set up as the engine's own: what the quicker templates are compared with."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from gettext import NullTranslations

from jinja2 import BaseLoader, DictLoader, Environment, StrictUndefined, Undefined

from auzolan.render.shared.templates import Templates


def plain(loader: BaseLoader, words: NullTranslations, *, strict: bool = True) -> Environment:
    """Nothing of ours in it."""
    made = Environment(
        loader=loader,
        autoescape=True,
        undefined=StrictUndefined if strict else Undefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        extensions=["jinja2.ext.i18n"],
        auto_reload=False,
    )
    made.install_gettext_callables(words.gettext, words.ngettext, newstyle=True)  # type: ignore[attr-defined]
    return made


def quick(files: Mapping[str, str], gettext: Callable[[str], str] = str, *, strict: bool = True) -> Templates:
    """Ours, of templates that are given."""
    made = Templates([], gettext, strict=strict)
    made.loader = DictLoader(dict(files))
    made.install_gettext_callables(  # type: ignore[attr-defined]
        gettext, lambda one, many, n: gettext(one if n == 1 else many), newstyle=True
    )
    return made


class Says(NullTranslations):
    """Translations by a function."""

    def __init__(self, gettext: Callable[[str], str]) -> None:
        super().__init__()
        self._say = gettext

    def gettext(self, message: str) -> str:
        return self._say(message)

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return self._say(msgid1 if n == 1 else msgid2)
