"""PDFs from data: tagged for screen readers, without a browser."""

import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

import typst

_DOCUMENTS: Final = Path(__file__).parent / "typst"


@cache
def _fonts() -> typst.Fonts:
    """The fonts that come with typst: the same on every machine."""
    return typst.Fonts(include_system_fonts=False)


def pdf(name: str, data: Mapping[str, object]) -> bytes:
    """A document filled with data, which is never read as part of its source."""
    made = typst.Compiler(
        str(_DOCUMENTS / f"{name}.typ"),
        root=str(_DOCUMENTS),
        font_paths=_fonts(),
        sys_inputs={"data": json.dumps(data)},
    ).compile(format="pdf", pdf_standards="ua-1")
    if not isinstance(made, bytes):
        raise TypeError("A PDF is one file.")
    return made
