"""The names under which schools look for lists of pupils."""

from functools import cache
from pathlib import Path
from typing import Final

from hornbook.rulebook.load import read_toml

LISTS: Final = Path(__file__).with_name("lists.toml")


@cache
def list_title(collection: str) -> str:
    """What the list of a collection's pupils with their results is called."""
    return str(read_toml(LISTS)[collection])
