"""Takes the pictures of the README from the built site, and those of the contributor's guide from a commons of one example:
`make screenshots`."""

from __future__ import annotations

import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from PIL import Image, ImageOps
from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {
    "home": ("index.html", 1280, 900),
    "entry": ("cooperatives/catalan-integral-cooperative.html", 1280, 900),
    "phone": ("search/index.html?q=housing", 360, 780),
}
ANSWERS = {
    "en": ("Example Bakery", "A bakery that belongs to the people who bake.", "Lleida"),
    "es": ("Panadería Ejemplo", "Una panadería que es de quien amasa.", "Lleida"),
    "ca": ("Forn Exemple", "Un forn que és de qui hi pasta.", "Lleida"),
    "fr": ("Boulangerie Exemple", "Une boulangerie qui est à celles et ceux qui pétrissent.", "Lleida"),
}
"""What is filled in on the pictures of the guide: name, sentence, town."""
SETTINGS = 'AUZOLAN_CONTACT = "hello@example.org"\nAUZOLAN_REPOSITORY = "https://codeberg.org/example/commons"\n'
PHONE = (316, 556)
"""Width and height of a picture of the guide: two of them stand side by side in the column of a text."""


def main() -> None:
    """Writes docs/images/<name>.png and content/images/guide/<name>.<language>.webp."""
    chromium = os.environ.get("AUZOLAN_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed. On Debian and Ubuntu: sudo apt-get install chromium")
    folder = ROOT / "docs" / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        if "guide" not in sys.argv[1:]:
            for name, (page, width, height) in PICTURES.items():
                tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
                tab.goto((ROOT / "output").as_uri() + "/" + page)
                tab.wait_for_load_state("networkidle")
                tab.screenshot(path=folder / f"{name}.png")
                print(f"docs/images/{name}.png")
        with tempfile.TemporaryDirectory() as place:
            _guide(browser, _commons(Path(place)))
        browser.close()


def _commons(place: Path) -> Path:
    """The output of a commons that can be written to in every way."""
    run = [sys.executable, "-m", "auzolan"]
    where = {**os.environ, "PYTHONPATH": str(ROOT / "plugins")}
    subprocess.run([*run, "init", "commons", "--languages", ",".join(ANSWERS)], cwd=place, env=where, check=True)
    for example in (place / "commons").glob("directory/*/example.yaml"):
        example.unlink()  # a name like theirs would be asked about
    with (place / "commons" / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(SETTINGS)
    subprocess.run([*run, "build"], cwd=place / "commons", env=where, check=True)
    return place / "commons" / "output"


def _guide(browser: Any, output: Path) -> None:
    folder = ROOT / "content" / "images" / "guide"
    folder.mkdir(parents=True, exist_ok=True)
    for language, (name, sentence, town) in ANSWERS.items():
        tab = browser.new_page(
            viewport={"width": PHONE[0], "height": PHONE[1]}, color_scheme="light", reduced_motion="reduce"
        )
        tab.goto((output / ("" if language == "en" else language) / "contribute-cooperative.html").as_uri())
        tab.fill("#f-name", name)
        tab.locator("select#f-places-country").wait_for()
        tab.fill("#f-summary", sentence)
        tab.select_option("#f-places-country", "ES")
        tab.fill("#f-places-locality", town)
        tab.locator("input[name=how][value=itself]").evaluate("(one) => one.click()")
        tab.locator("#f-places-locality").evaluate("(one) => one.blur()")
        tab.wait_for_timeout(500)
        for picture, top in (("form", "#f-name-l, label[for=f-name]"), ("send", "#send")):
            tab.locator(top).first.evaluate("(one) => scrollTo(0, one.getBoundingClientRect().top + scrollY - 12)")
            tab.wait_for_timeout(200)
            shot = ImageOps.expand(Image.open(io.BytesIO(tab.screenshot())).convert("RGB"), 2, "#7d7568")
            path = folder / f"{picture}.{language}.webp"
            shot.save(path, "WEBP", quality=70, method=6)
            print(f"{path.relative_to(ROOT)}: {path.stat().st_size:,} bytes")
        tab.close()


if __name__ == "__main__":
    main()
