"""What axe finds wrong with a page as it is drawn now."""

from pathlib import Path
from typing import Final

from playwright.sync_api import Page

AXE: Final = Path(__file__).parent / "vendor" / "axe-core" / "axe.min.js"


def faults(page: Page) -> list[tuple[str, str]]:
    """Each rule that is broken, with the first element that breaks it.

    The words of a page can be read before its style sheets have come, and colours
    half styled are a fault that nobody sees.
    """
    page.wait_for_load_state("load")
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found = page.evaluate("axe.run()")["violations"]
    return [(fault["id"], fault["nodes"][0]["html"]) for fault in found]
