"""The F rules: a file's name and form, before anything in it is believed."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from itertools import pairwise
from typing import Final

from hornbook.ctf.elements import inside, order_in
from hornbook.ctf.header import Header
from hornbook.ctf.names import NameReading
from hornbook.ctf.places import Place
from hornbook.ctf.producers import GIAP
from hornbook.ctf.read import Reading
from hornbook.ctf.shapes import HEADER, ROOT, Shapes, repeated
from hornbook.findings import Faults, Repair, Severity, fault, file_rule
from hornbook.identifiers import AcademicYear
from hornbook.wording import how_often

ERROR, QUERY, NOTE = Severity.ERROR, Severity.QUERY, Severity.NOTE
_GIAP_NAME: Final = "ctf.xml"


@dataclass(frozen=True, slots=True, kw_only=True)
class FileFacts:
    """What is known of a file as a whole, once its pupils have gone by.

    newest is the academic year of the newest result; contains the collections found.
    """

    name: str
    parsed: NameReading
    reading: Reading
    shapes: Shapes
    producer: str
    purpose: str
    now: datetime
    newest: AcademicYear | None = None
    contains: tuple[str, ...] = field(default=())

    @property
    def header(self) -> Header:
        """The header as stated."""
        return self.reading.header


def _met(file: FileFacts, code: str) -> Iterator[tuple[str, Place | None]]:
    """What the reader noted under a code."""
    for each in file.reading.faults:
        if each.code == code:
            yield each.words, each.place


@file_rule("F01", "This is {words}", severity=ERROR)
def not_xml(file: FileFacts) -> Faults:
    """The file is not well-formed XML, is cut short, is empty, or is no XML at all.

    Why it matters: no system can read it, and what was read may not be all.
    How to fix: download or export the file again. An Excel, CSV or PDF file must be
    made into a Common Transfer File by the system that it came from.
    """
    for words, place in _met(file, "F01"):
        yield fault(words=words, place=place)


@file_rule(
    "F02",
    "This is XML, but not a Common Transfer File: it begins with {value}.",
    severity=ERROR,
)
def not_a_ctf(file: FileFacts) -> Faults:
    """The file is XML of another kind.

    Why it matters: the recipient refuses it.
    How to fix: choose the file whose first element is CTfile.
    """
    for root, place in _met(file, "F02"):
        yield fault(element=root, value=root, place=place)


@file_rule(
    "F03",
    "The file is named {value}. It must be named like 9092155_PHO_909LLLL_001.xml.",
    severity=ERROR,
    elsewhere=QUERY,
    repair=Repair.SAFE,
)
def name_not_of_the_pattern(file: FileFacts) -> Faults:
    """The file's name does not follow the DfE's pattern.

    Why it matters: the name is the address, and many systems look at nothing else.
    How to fix: save the file under the name that Hornbook proposes, and do not rename
    it again.
    """
    is_giaps = file.producer == GIAP and file.name.casefold() == _GIAP_NAME
    if not file.parsed.strict and not is_giaps:
        yield fault(value=file.name)


@file_rule(
    "F04",
    "The file is named {value}: a browser added to the name when it was downloaded "
    "a second time.",
    severity=ERROR,
    elsewhere=QUERY,
    repair=Repair.SAFE,
)
def browser_suffix(file: FileFacts) -> Faults:
    """The name ends like a second download, such as (1).

    Why it matters: some systems refuse a name with anything added.
    How to fix: take what the browser added out of the name.
    """
    if file.parsed.browser_copy:
        yield fault(value=file.name)


@file_rule(
    "F05",
    "The name says that the file {direction} {named}, the header says {value}.",
    severity=ERROR,
    repair=Repair.ASK,
)
def name_and_header_disagree(file: FileFacts) -> Faults:
    """The source or the destination in the name is not that of the header.

    Why it matters: the file may be sent to, or loaded into, the wrong school.
    How to fix: decide which is right, then correct the name or the header.
    """
    name = file.parsed.name
    if name is None:
        return
    for path, named, direction in (
        ("SourceSchool", name.source, "comes from"),
        ("DestSchool", name.destination, "goes to"),
    ):
        la = file.header.get(f"{path}/LEA") or ""
        estab = file.header.get(f"{path}/Estab") or ""
        stated = (la + estab).upper()
        if la and estab and stated != named and la != "XXX":
            yield fault(
                element=path,
                value=stated,
                named=named,
                direction=direction,
                place=file.header.place(f"{path}/LEA"),
            )


@file_rule(
    "F06",
    "The file holds a document type declaration. It was refused and not read further.",
    severity=ERROR,
)
def document_type(file: FileFacts) -> Faults:
    """The file declares a document type or entities.

    Why it matters: no Common Transfer File has one, and they can be used to attack.
    How to fix: ask the sender for a file made by a management system.
    """
    for _, place in _met(file, "F06"):
        yield fault(element="DOCTYPE", place=place)


@file_rule(
    "F07",
    "The file says that its characters are {value}, but some of its bytes are not.",
    severity=ERROR,
    repair=Repair.ASK,
)
def wrong_encoding(file: FileFacts) -> Faults:
    """The bytes do not match the encoding that the file declares.

    Why it matters: names with accents arrive damaged, or the file is refused.
    How to fix: look at the names with accents; Hornbook can write the file as UTF-8.
    """
    for declared, place in _met(file, "F07"):
        yield fault(value=declared, place=place)


@file_rule(
    "F08",
    "The file has {value}, which some systems do not expect.",
    severity=NOTE,
    repair=Repair.SAFE,
)
def unusual_habit(file: FileFacts) -> Faults:
    """The file has a byte order mark or a namespace.

    Why it matters: strict readers trip over it, though it breaks no rule.
    How to fix: nothing need be done unless the recipient refuses the file.
    """
    if file.reading.marked:
        yield fault(value="a byte order mark at its beginning")
    if file.reading.namespace:
        yield fault(value="a namespace", element=file.reading.root)


@file_rule(
    "F09",
    "{element} is not an element that Hornbook knows. It stands {times} and was not "
    "checked.",
    severity=NOTE,
)
def unknown_element(file: FileFacts) -> Faults:
    """An element is not in the specification, as far as it is known.

    Why it matters: what is in it is kept but was not checked.
    How to fix: nothing need be done unless the recipient refuses the file.
    """
    for path, count in file.reading.unknown.items():
        yield fault(
            element=path,
            times=how_often(count),
            place=file.reading.unknown_places.get(path),
        )


@file_rule(
    "F10",
    "In {container}, {element} stands after {value}; it must stand before it{times}.",
    severity=ERROR,
    repair=Repair.SAFE,
)
def out_of_order(file: FileFacts) -> Faults:
    """Elements are not in the order of the specification.

    Why it matters: strict readers refuse the file.
    How to fix: let Hornbook put the elements in order; no value changes.
    """
    for container, names, times, place in _shapes(file):
        order = order_in(container)
        known = [name for name in names if name in order]
        for before, after in pairwise(known):
            if order.index(after) < order.index(before):
                yield fault(
                    element=after,
                    value=before,
                    container=_short(container),
                    times=times,
                    place=place,
                    shape=(container, names),
                )
                break


@file_rule("F11", "{element} is missing in {container}{times}.", severity=ERROR)
def element_missing(file: FileFacts) -> Faults:
    """An element that must stand is not there.

    Why it matters: the recipient refuses the file.
    How to fix: look at the record in the system that made the file, and export again.
    """
    if file.reading.sound and not file.header.elements:
        yield fault(element=HEADER, container=ROOT, times="")
    elif file.reading.sound and not file.reading.holds_pupils:
        place = file.header.place("")
        yield fault(element="CTFpupilData", container=ROOT, times="", place=place)
    for container, names, times, place in _shapes(file):
        for element in inside(container):
            if element.required and element.name not in names:
                yield fault(
                    element=element.name,
                    container=_short(container),
                    times=times,
                    place=place,
                )


@file_rule(
    "F12",
    "{element} stands {value} times in one {container}; it may stand once{times}.",
    severity=ERROR,
    repair=Repair.ASK,
)
def element_twice(file: FileFacts) -> Faults:
    """An element that may stand once stands twice.

    Why it matters: nobody can tell which of the values the recipient will take.
    How to fix: choose the right value and take the other out.
    """
    headers = file.header.count
    if headers > 1:
        yield fault(
            element=HEADER,
            value=str(headers),
            container=ROOT,
            times="",
            place=file.header.place(""),
            shape=(ROOT, ()),
        )
    for container, names, times, place in _shapes(file):
        for name, count in repeated(container, names).items():
            yield fault(
                element=name,
                value=str(count),
                container=_short(container),
                times=times,
                place=place,
                shape=(container, names),
            )


@file_rule("F13", "The file has {words} than any sound file has.", severity=ERROR)
def too_large(file: FileFacts) -> Faults:
    """The file is larger or deeper than the limits set.

    Why it matters: it may have been made to stop the computer that reads it.
    How to fix: ask the sender for a file made by a management system.
    """
    for words, place in _met(file, "F13"):
        yield fault(words=words, place=place)


def _short(container: str) -> str:
    return container.rpartition("/")[2]


def _shapes(
    file: FileFacts,
) -> Iterator[tuple[str, tuple[str, ...], str, Place | None]]:
    """Each shape met: its container, its names, how often in words, and first where."""
    for (container, names), count in file.shapes.count.items():
        times = "" if count == 1 else f" ({count} times)"
        yield container, names, times, file.shapes.first[container, names]
