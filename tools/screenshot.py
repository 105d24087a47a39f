"""The picture of the README: the phonics grid of the demonstration, at 1280 pixels.

`python -m tools.screenshot FOLDER ADDRESS...` pictures any pages, at tablet width too.
"""

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final

from playwright.sync_api import Page, ViewportSize, sync_playwright

from tools.commands import ROOT
from tools.debian import chromium
from tools.postgres import free_port

PICTURE: Final = ROOT / "docs" / "images" / "grid.png"
GRID: Final = "/schools/9092155/grid/phonics/2026/"
DESK: Final = ViewportSize(width=1280, height=800)
TABLET: Final = ViewportSize(width=820, height=1100)
_QUIET: Final = ("--disable-gpu", "--disable-background-networking", "--no-first-run")


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
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as driver:
        opened = driver.chromium.launch(
            executable_path=chromium(), args=[*_QUIET, *root]
        )
        page = opened.new_page()
        page.goto(f"{address}/accounts/login/")
        page.get_by_label("E-mail address").fill("ada@example.invalid")
        page.get_by_label("Password").fill("hornbook-demo")
        page.get_by_role("button", name="Sign in").click()
        page.wait_for_load_state()
        yield page
        opened.close()


def main(arguments: list[str]) -> None:
    """Take the README's picture, or those of the pages named."""
    with server() as address, browser(address) as page:
        if not arguments:
            PICTURE.parent.mkdir(parents=True, exist_ok=True)
            page.set_viewport_size(DESK)
            page.goto(address + GRID)
            page.screenshot(path=PICTURE)
            return
        folder, *pages = arguments
        for number, path in enumerate(pages):
            page.goto(address + path)
            for name, size in (("desk", DESK), ("tablet", TABLET)):
                page.set_viewport_size(size)
                file = Path(folder) / f"{number}-{name}.png"
                page.screenshot(path=file, full_page=True)


if __name__ == "__main__":
    main(sys.argv[1:])
