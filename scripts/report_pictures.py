"""Make the pictures of docs/report.md from the real report: `.venv/bin/python scripts/report_pictures.py`.

Needs poppler's pdftoppm, and Chromium for the web page.
"""

import shutil
import subprocess
import tempfile
from datetime import date
from pathlib import Path

from playwright.sync_api import sync_playwright

from kmtui import open_monitor
from kmtui.pages.view import View
from kmtui.render.html import html
from kmtui.render.pdf import pdf
from kmtui.report.compose import report
from kmtui.wording import Wording

IMAGES = Path(__file__).resolve().parents[1] / "docs" / "images"
PAGES = {
    "report-pdf-corps": "\nKennemerland\nBron",
    "report-pdf-matrix": "\nAlle scores\n",
    "report-pdf-figures": "Tabel 5: Aantal controles en misstanden 2010-2012\nBron",
}
"""Picture: a text that only the page to show has, in the order of the text."""
PLACES = {"report-web-front": "top", "report-web-corps": "corps-kennemerland", "report-web-matrix": "matrix"}
"""Picture: the anchor that it starts at."""


def main() -> None:
    """Write the report, and pictures of three pages of each form."""
    monitor = open_monitor()
    view = View(monitor, monitor.edition("2012"), Wording("nl"))
    publication = report(view, day=date(2013, 5, 1))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        (folder / "report.html").write_text(html(publication), "utf-8")
        (folder / "report.pdf").write_bytes(pdf(publication))
        of_pdf(folder / "report.pdf")
        of_web(folder / "report.html")


def of_pdf(file: Path) -> None:
    """Pictures of pages, found by their text."""
    text = subprocess.run(["pdftotext", "-raw", file, "-"], capture_output=True, encoding="utf-8", check=True).stdout
    pages = [f"\n{page}" for page in text.split("\f")]
    for name, wanted in PAGES.items():
        number = max(at for at, page in enumerate(pages, 1) if wanted in page and "....." not in page.replace(" ", ""))
        command = ["pdftoppm", "-r", "80", "-png", "-singlefile", "-f", str(number), file, IMAGES / name]
        subprocess.run(command, check=True, stderr=subprocess.DEVNULL)


def of_web(file: Path) -> None:
    """Pictures of what a browser shows."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 1100, "height": 1000})
        for name, anchor in PLACES.items():
            page.goto(f"{file.as_uri()}#{anchor}")
            page.screenshot(path=IMAGES / f"{name}.png")
        browser.close()


if __name__ == "__main__":
    main()
