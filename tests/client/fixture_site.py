"""Documents flow in; a folder with a search page and another page flows out, as the theme's templates write them."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from pathlib import Path

from hatch_build import ROOT, build_client

from auzolan.index import build
from auzolan.model.pages import Document, FacetNames

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'self'"
)
SIGNS = {
    "cooperative": {"class": "k-cooperative", "symbol": "s-ring", "flip": False, "label": "Cooperativa"},
    "plan": {"class": "k-plan", "symbol": "s-steps", "flip": True, "label": "Pla"},
}
STRINGS = {
    "{count} result.|one": "{count} resultat.",
    "{count} results.|other": "{count} resultats.",
    "No text here has {words}.": "Cap text no té {words}.",
}


def page(language: str, root: str, body: str, scripts: Sequence[str] = ()) -> str:
    """One page of HTML, with the scripts of every page and `scripts`."""
    all_scripts = [f"static/strings.{language}.js", "static/built/base.js", *scripts]
    return (
        f'<!doctype html><html data-root="{root}" lang="{language}" data-lang="{language}"><head><meta charset="utf-8">'
        f'<meta http-equiv="Content-Security-Policy" content="{CSP}"><title>Cerca</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="stylesheet" href="{root}static/style.css">'
        + "".join(f'<script src="{root}{path}" defer></script>' for path in all_scripts)
        + '</head><body><svg width="0" height="0"><symbol id="s-ring" viewBox="0 0 9 9"><path d="M0 0h9z"/></symbol>'
        '</svg><details class="langs"><summary>Català</summary><a href="#">English</a></details>'
        f'<main><form class="ask" role="search" action="{root}search/index.html"><input type="search" name="q" id="q">'
        f"<button>Cerca</button></form>{body}</main></body></html>"
    )


def write_site(folder: Path, documents: Sequence[Document], language: str, names: FacetNames | None = None) -> Path:
    """Writes the site and gives the address of its search page."""
    build_client()
    files = {file.path: file.data for file in build(documents, language, names or FacetNames())}
    search = page(
        language,
        "../",
        '<div id="hits" class="hits" aria-live="off"><p id="search-status" role="status"></p></div>'
        '<section id="browse"><a href="../a.html">A to Z</a></section>',
        [f"search/{language}/header.js", f"static/search.{language}.js", "static/built/search.js"],
    )
    files["search/index.html"] = search.encode()
    files["index.html"] = page(language, "./", "<p>Benvinguts</p>").encode()
    browse = (
        '<div id="browse" data-facet="kind" data-value="cooperative"><p data-wish hidden><button>Acota</button></p>'
        + "<p>Un forn.</p>" * 40
        + '<a href="../by/country/es.html" data-narrow="country=ES">Espanya</a></div>'
    )
    files["cooperatives/index.html"] = page(language, "../", browse, ["static/built/browse.js"]).encode()
    files["cooperatives/a.html"] = page(language, "../", "<p>Cooperativa Integral</p>").encode()
    guard = "self.AUZOLAN_STRINGS=self.AUZOLAN_STRINGS||function(words){AUZOLAN_STRINGS.words=words};\n"
    files[f"static/strings.{language}.js"] = f"{guard}AUZOLAN_STRINGS({{}});\n".encode()
    named = {"topics": {"housing": {"en": ["Housing"], "ca": ["Habitatge"], "es": ["Vivienda", "Alojamiento"]}}}
    files["static/named.js"] = f"(self.AUZOLAN_NAMED=self.AUZOLAN_NAMED||[]).push({json.dumps(named)});\n".encode()
    words = json.dumps({"words": STRINGS, "signs": SIGNS, "named": [""]}, ensure_ascii=True)
    files[f"static/search.{language}.js"] = f"self.AUZOLAN_FOUND={words};\n".encode()
    for path, data in files.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_bytes(data)
    shutil.copytree(ROOT / "theme" / "static" / "built", folder / "static" / "built")
    shutil.copy(ROOT / "theme" / "static" / "style.css", folder / "static" / "style.css")
    return folder / "search" / "index.html"
