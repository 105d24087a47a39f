"""The file in which an administrator writes down the codes the DfE does not publish.

The codes of key stage 1 and 2 tests are not known. Whoever has seen them in a file from
the DfE's portal can say what they stand for, on the page of codes or by hand, and then
they are read and written like others.
"""

import json
import os
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Final

from hornbook.records import Combination
from hornbook.rulebook.items import Item, Travel
from hornbook.rulebook.load import LEFT_OUT, WrittenDown, rulebook, written_down, years
from hornbook.rulebook.model import Rulebook

# Where it is, in the data folder.
MAPPING_FILE: Final = "ctf-mapping.toml"
_WRITTEN: Final = """\
# The codes under which results travel that the DfE does not publish, as the page of
# codes wrote them. It writes the file anew, without notes made by hand.
"""


def unmapped(book: Rulebook) -> Iterator[Item]:
    """The items whose codes are not known."""
    for collection in book.collections.values():
        yield from (item for item in collection.items if not item.ctf)


def held(path: Path) -> WrittenDown:
    """What the file says; nothing where there is none."""
    return written_down(path) if path.exists() else WrittenDown({}, frozenset())


def meanings(found: WrittenDown) -> dict[Combination, str]:
    """What each of the codes stands for: the item's full code, or LEFT_OUT."""
    items = {
        travel.combination: code
        for code, travels in found.items.items()
        for travel in travels
    }
    return items | dict.fromkeys(found.left_out, LEFT_OUT)


def decided(found: WrittenDown, decisions: Mapping[Combination, str]) -> WrittenDown:
    """With what was decided: an item's full code, LEFT_OUT, or nothing.

    What stands already stays as it is written.
    """
    before = meanings(found)
    changed = {
        combination: code
        for combination, code in decisions.items()
        if before.get(combination, "") != code
    }
    items = {
        code: tuple(one for one in travels if one.combination not in changed)
        for code, travels in found.items.items()
    }
    left_out = {one for one in found.left_out if one not in changed}
    for combination, code in changed.items():
        if code == LEFT_OUT:
            left_out.add(combination)
        elif code:
            items[code] = (*items.get(code, ()), _travel(code, combination))
    return WrittenDown(items, frozenset(left_out))


def _travel(full_code: str, combination: Combination) -> Travel:
    carries = rulebook(years()[-1]).item(full_code).carries
    return Travel(carries=carries, **combination._asdict())


def write(path: Path, found: WrittenDown) -> None:
    """Put the file in the place of the one before, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    beside = path.with_name(f"{path.name}.{os.getpid()}")
    beside.write_text(_text(found), encoding="utf-8", newline="\n")
    beside.replace(path)


def _text(found: WrittenDown) -> str:
    tables = [_WRITTEN]
    for code, travels in sorted(found.items.items()):
        for travel in travels:
            carries = f"carries = {json.dumps(travel.carries)}\n"
            tables.append(_table(code, travel.combination) + carries)
    tables += [_table(LEFT_OUT, combination) for combination in sorted(found.left_out)]
    return "\n".join(tables)


def _table(heading: str, combination: Combination) -> str:
    # What JSON writes between quotation marks, TOML reads.
    lines = [
        f"{key} = {json.dumps(code)}" for key, code in combination._asdict().items()
    ]
    return "\n".join([f"[[{heading}]]", *lines, ""])
