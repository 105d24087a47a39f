"""How a recipient wants its files: a small text that authorities can publish.

What a year's rulebook says of a recipient holds for all schools; a profile says what
one authority does otherwise: the kind in the file's name, a day of its own, the
postcode, one phonics file or two, and how to send it.
"""

import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from functools import cache
from pathlib import Path
from typing import Final
from urllib.parse import urlsplit

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import COLLECTIONS, RulebookError, build
from hornbook.rulebook.model import Recipient

PROFILES: Final = Path(__file__).with_name("profiles")
KINDS: Final = ("CTF", "FSP", "PHO", "KS1", "KS2", "MTC")
RECIPIENTS: Final = ("la", "sta")
_LARGEST: Final = 20_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Wishes:
    """What a recipient wants of one collection, where the rulebook says otherwise.

    file_names are the kinds that it takes in a file's name, the first of which is
    written. files is two where it wants a file for each year group.
    """

    collection: str
    file_names: tuple[str, ...] = ()
    postcode: bool | None = None
    files: int = 1

    def __post_init__(self) -> None:
        _known_collection(self.collection)
        for kind in self.file_names:
            if kind not in KINDS:
                raise ValueError(
                    f"{kind} is no kind of file. It must be {', '.join(KINDS)}."
                )
        if self.files not in {1, 2}:
            raise ValueError(f"There are one or two files, not {self.files}.")


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadline:
    """The day by which the recipient wants a collection; the day says of which year."""

    collection: str
    day: date
    note: str = ""

    def __post_init__(self) -> None:
        _known_collection(self.collection)

    @property
    def year(self) -> AcademicYear:
        """The academic year."""
        return AcademicYear.of(self.day)


@dataclass(frozen=True, slots=True, kw_only=True)
class How:
    """How to send a file, in which years."""

    text: str = ""
    link: str = ""
    since: int | None = None
    until: int | None = None
    confirmed: bool = True

    def __post_init__(self) -> None:
        if self.link and urlsplit(self.link).scheme not in {"https", "http"}:
            raise ValueError("The link must begin with https://.")

    def holds(self, year: AcademicYear) -> bool:
        """Whether it was so in a year."""
        begun = self.since is None or self.since <= year.ends
        return begun and (self.until is None or year.ends <= self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """One recipient, whole."""

    recipient: str
    name: str
    number: str = ""
    contact: str = ""
    how: tuple[How, ...] = ()
    wishes: tuple[Wishes, ...] = ()
    deadlines: tuple[Deadline, ...] = ()

    def __post_init__(self) -> None:
        if self.recipient not in RECIPIENTS:
            raise ValueError(f"{self.recipient} is no recipient. It must be la or sta.")
        if not self.name.strip():
            raise ValueError("The recipient needs a name.")

    def of(self, collection: str) -> Wishes:
        """What it wants of a collection."""
        for wishes in self.wishes:
            if wishes.collection == collection:
                return wishes
        return Wishes(collection=collection)

    def deadline(self, collection: str, year: AcademicYear) -> Deadline | None:
        """Its own day for a collection in a year, where it has one."""
        for deadline in self.deadlines:
            if (deadline.collection, deadline.year) == (collection, year):
                return deadline
        return None

    def way(self, year: AcademicYear) -> How | None:
        """How a file is sent in a year."""
        return next((how for how in self.how if how.holds(year)), None)

    def applied(self, recipient: Recipient, collection: str) -> Recipient:
        """The rulebook's recipient, as this one wants it."""
        wishes = self.of(collection)
        postcode = wishes.postcode
        return replace(
            recipient,
            infix=(wishes.file_names or (recipient.infix,))[0],
            wants_postcode=recipient.wants_postcode if postcode is None else postcode,
        )


def _known_collection(code: str) -> None:
    if code not in COLLECTIONS:
        raise ValueError(f"There is no collection {code}.")


@cache
def shipped(recipient: str) -> Profile:
    """The profile that Hornbook comes with."""
    return parse((PROFILES / f"{recipient}.toml").read_text(encoding="utf-8"))


def parse(text: str) -> Profile:
    """A profile from its text; RulebookError says in words what is wrong with it."""
    if len(text) > _LARGEST:
        raise RulebookError("This is too long for a profile.")
    try:
        table = tomllib.loads(text)
    except tomllib.TOMLDecodeError as fault:
        raise RulebookError(f"This is no profile: {fault}.") from fault
    return build(Profile, table, "The profile")


def printed(profile: Profile) -> str:
    """The text of a profile, as it is published."""
    return "\n".join(_lines(profile)) + "\n"


def _lines(profile: Profile) -> Iterator[str]:
    yield "# How this recipient wants its files, for Hornbook."
    yield ""
    yield from _entries(
        ("recipient", profile.recipient),
        ("name", profile.name),
        ("number", profile.number),
        ("contact", profile.contact),
    )
    for how in profile.how:
        yield from ("", "[[how]]")
        yield from _entries(
            ("since", how.since),
            ("until", how.until),
            ("text", how.text),
            ("link", how.link),
            ("confirmed", how.confirmed),
        )
    for wishes in profile.wishes:
        yield from ("", "[[wishes]]")
        yield from _entries(
            ("collection", wishes.collection),
            ("file_names", wishes.file_names),
            ("postcode", wishes.postcode),
            ("files", wishes.files),
        )
    for deadline in profile.deadlines:
        yield from ("", "[[deadlines]]")
        yield from _entries(
            ("collection", deadline.collection),
            ("day", deadline.day),
            ("note", deadline.note),
        )


def _entries(*pairs: tuple[str, object]) -> Iterable[str]:
    """A line an entry; what says nothing is left out."""
    return (f"{key} = {_toml(value)}" for key, value in pairs if value not in _SILENT)


_SILENT: Final = (None, "", ())


def _toml(value: object) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, tuple):
        return f"[{', '.join(map(_toml, value))}]"
    return _quoted(value) if isinstance(value, str) else str(value)


def _quoted(text: str) -> str:
    """A string of TOML; what it cannot hold as it stands is escaped."""
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return '"' + "".join(map(_escaped, escaped)) + '"'


def _escaped(letter: str) -> str:
    control = ord(letter) < 32 or ord(letter) == 127
    return f"\\u{ord(letter):04x}" if control else letter
