"""How the commands print for people: lines no wider than the terminal."""

import shutil
import textwrap
from typing import Final

_WIDTH: Final = min(shutil.get_terminal_size().columns, 100)


def wrapped(text: str, margin: str) -> list[str]:
    """Text in lines no longer than a terminal is wide."""
    return textwrap.wrap(
        text,
        _WIDTH,
        initial_indent=margin,
        subsequent_indent=" " * len(margin),
        break_long_words=False,
        break_on_hyphens=False,
    )
