"""A file in which an administrator writes down the codes the DfE does not publish.

The codes of key stage 1 and 2 tests are not known. Whoever has seen them in a file from
the DfE's portal can write them down, and then they are read and written like others.
"""

from collections.abc import Iterator
from typing import Final

from hornbook.rulebook.items import Item
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Rulebook

_KEYS: Final = ("stage", "subject", "method", "component", "qualifier")
_HEADING: Final = """\
# The codes under which results travel that the DfE does not publish.
#
# Write the five codes of a result as a file from the DfE's portal has them, between
# the quotation marks, and take the # away from its six lines. A result whose lines are
# left as they are is never put into a file. Where a result's codes carry its outcome
# and not its mark, add the line: carries = "outcome". Where more codes than one stand
# for a result, repeat its lines, each time under two brackets: [[ks2-tests.gps-mark]].
"""


def mapping_template() -> str:
    """An empty mapping file that says how to fill it in."""
    return "\n".join([_HEADING, *map(_entry, _unmapped(rulebook(years()[-1])))])


def _unmapped(book: Rulebook) -> Iterator[Item]:
    """The items whose codes are not known."""
    for collection in book.collections.values():
        yield from (item for item in collection.items if not item.ctf)


def _entry(item: Item) -> str:
    keys = [f'# {key} = ""' for key in _KEYS]
    return "\n".join([f"# {item.title}", f"# [{item.full_code}]", *keys, ""])
