"""Takes the pictures of the README from the built site: `make screenshots`."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from playwright.sync_api import sync_playwright

ROOT = Path(__file__).resolve().parents[1]
PICTURES = {
    "home": ("index.html", 1280, 900),
    "entry": ("cooperatives/catalan-integral-cooperative.html", 1280, 900),
    "phone": ("search/index.html?q=housing", 360, 780),
}


def main() -> None:
    """Writes docs/images/<name>.png."""
    chromium = os.environ.get("AUZOLAN_CHROMIUM") or shutil.which("chromium")
    if chromium is None:
        raise SystemExit("Chromium is needed. On Debian and Ubuntu: sudo apt-get install chromium")
    folder = ROOT / "docs" / "images"
    folder.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        for name, (page, width, height) in PICTURES.items():
            tab = browser.new_page(viewport={"width": width, "height": height}, color_scheme="light")
            tab.goto((ROOT / "output").as_uri() + "/" + page)
            tab.wait_for_load_state("networkidle")
            tab.screenshot(path=folder / f"{name}.png")
            print(f"docs/images/{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
