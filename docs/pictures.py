"""Photograph the bulletin for the README again, after a change of the data or of the look.

Run with `.venv/bin/python docs/pictures.py`, where there is Chromium.
"""

import shutil
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

import demine_analysis as da

IMAGES = Path(__file__).parent / "images"


def bulletin(path: Path) -> None:
    """Photograph the first screen of the bulletin."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        page = da.render("bulletin", output=Path(folder) / "bulletin.html")
        browser = playwright.chromium.launch(
            executable_path=shutil.which("chromium"), args=["--no-sandbox"]
        )
        sheet = browser.new_page(viewport={"width": 1000, "height": 640})
        sheet.goto(page.as_uri())
        sheet.screenshot(path=path)
        browser.close()


if __name__ == "__main__":
    bulletin(IMAGES / "bulletin.png")
