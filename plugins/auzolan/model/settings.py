"""The site's settings, as plain values."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from auzolan.model.parts import Part

if TYPE_CHECKING:
    from auzolan.model.kinds import Texts


@dataclass(frozen=True, slots=True)
class Settings:
    """What `pelicanconf.py` says. Paths are absolute; `languages` begins with the default one;
    `site_url` has no trailing slash and may be ""; `overrides` are folders of
    templates that come before the theme's; `features` are the plugins that are switched on
    (`directory`, `articles`, `search`, `data`), `others` those that are not ours; where none of ours is
    (`is_plugged_in`), Pelican makes no site, and the check looks at everything. `reviewers` are words by language on
    who reads proposals; `own_entry` is the id of the entry that is about this commons itself, or ""; within `reply_days` somebody
    answers (0: not said). With `comments`, what readers said is shown beneath articles and entries. `part` says what of the commons is made,
    None for all of it; the pages of a part have settings of their own, and those of the commons are its `whole`."""

    root: Path
    directory: Path
    content: Path
    output: Path
    theme: Path
    site_name: str
    site_url: str
    site_id: str
    languages: tuple[str, ...]
    tagline: Texts = field(default_factory=dict)
    introduction: Texts = field(default_factory=dict)
    region: str = ""
    poster: str = ""
    mark: str = ""
    featured: tuple[str, ...] = ()
    own_entry: str = ""
    repository: str = ""
    branch: str = "main"
    contact: str = ""
    forge: str = ""
    reviewers: Texts = field(default_factory=dict)
    reply_days: int = 0
    comments: bool = False
    entry_license: str = "CC0-1.0"
    article_license: str = "CC-BY-SA-4.0"
    features: frozenset[str] = frozenset({"directory", "articles", "search", "data"})
    others: tuple[str, ...] = ()
    is_plugged_in: bool = True
    settings_path: str = "pelicanconf.py"
    overrides: tuple[Path, ...] = ()
    part: Part | None = None
    whole: Settings | None = None

    @property
    def default_language(self) -> str:
        """The language whose pages have bare addresses."""
        return self.languages[0]

    @property
    def home(self) -> Settings:
        """Those of the commons itself, of whose part this may be the site: what people write is for it, and is read as it reads."""
        return self.whole or self
