"""The picture of the README: the phonics grid of the demonstration, at 1280 pixels.

`python tools/screenshot.py FOLDER ADDRESS...` pictures any pages, at tablet width too.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Page, sync_playwright
from postgres import free_port

ROOT = Path(__file__).parents[1]
PICTURE = ROOT / "docs" / "images" / "grid.png"
GRID = "/schools/9092155/grid/phonics/2026/"
DESK, TABLET = {"width": 1280, "height": 800}, {"width": 820, "height": 1100}


@contextmanager
def server() -> Iterator[str]:
    """The address of a demonstration that lives as long as the block."""
    port = free_port()
    with tempfile.TemporaryDirectory() as home:
        process = subprocess.Popen(
            [sys.executable, "-m", "hornbook.main", "serve", "--demo"],
            env=os.environ | {"HORNBOOK_HOME": home, "PORT": str(port)},
            stdout=subprocess.PIPE,
            text=True,
        )
        try:
            for line in process.stdout or ():
                if " is at " in line:
                    break
            yield f"http://127.0.0.1:{port}"
        finally:
            process.terminate()
            process.wait()


@contextmanager
def browser(address: str) -> Iterator[Page]:
    """A page of Debian's chromium, signed in as the assessment lead."""
    with sync_playwright() as driver:
        chromium = driver.chromium.launch(
            executable_path=shutil.which("chromium"),
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking"],
        )
        page = chromium.new_page()
        page.goto(f"{address}/accounts/login/")
        page.get_by_label("E-mail address").fill("ada@example.invalid")
        page.get_by_label("Password").fill("hornbook-demo")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        yield page
        chromium.close()


def main(arguments: list[str]) -> None:
    """Take the README's picture, or those of the pages named."""
    with server() as address, browser(address) as page:
        if not arguments:
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size(DESK)  # type: ignore[arg-type]
            page.goto(address + GRID)
            page.screenshot(path=PICTURE)
            return
        folder, *pages = arguments
        for number, path in enumerate(pages):
            page.goto(address + path)
            for name, size in (("desk", DESK), ("tablet", TABLET)):
                page.set_viewport_size(size)  # type: ignore[arg-type]
                file = Path(folder) / f"{number}-{name}.png"
                page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
