"""What home and about show."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from importlib.metadata import PackageNotFoundError, metadata
from itertools import groupby
from typing import Final

from hornbook.catalogue import ordered
from hornbook.findings import Repair, Rule, Severity
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.model import Collection, Rulebook
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment
from hornbook.web.results.queries import Sight
from hornbook.web.returns.queries import book_of
from hornbook.web.returns.standing import Standing
from hornbook.web.returns.standings import entered, standings
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission

# What Hornbook is made of, beside Python: the packages of pyproject.toml.
_PACKAGES: Final = (
    "Django",
    "django-allauth",
    "cryptography",
    "whitenoise",
    "waitress",
    "typer",
    "rich",
    "platformdirs",
    "psycopg",
)
_FRONT_END: Final = ("GOV.UK Frontend", "MIT")

_REPAIRS: Final[Mapping[Repair, str]] = {
    Repair.SAFE: "Hornbook repairs this in a file without asking.",
    Repair.ASK: "Hornbook offers a repair of a file, and asks.",
    Repair.NO: "A person must decide.",
}
COLOURS: Final[Mapping[Severity, str]] = {
    Severity.ERROR: "red",
    Severity.QUERY: "yellow",
    Severity.NOTE: "grey",
}


def duties(
    school: School,
    year: AcademicYear,
    person: User,
    allowed: frozenset[Permission],
    today: date,
) -> tuple[Standing, ...]:
    """Every collection of the year, by a few queries whatever the cohort."""
    book = book_of(year)
    if Permission.VIEW_PUPILS in allowed and Permission.SEE_EVERY_PUPIL not in allowed:
        return entered(Sight.of(person, school, allowed), book, today)
    # Who sees totals only is shown how many are complete, and nobody's name.
    return standings(school, book, today)


@dataclass(frozen=True, slots=True)
class Coming:
    """What is known of a collection in the year after: days, or that none is known."""

    collection: Collection
    days: tuple[tuple[str, date, bool], ...]


def coming(year: AcademicYear) -> tuple[AcademicYear, tuple[Coming, ...]]:
    """The year after, with its days as far as the rulebook has them."""
    after = AcademicYear(year.ends + 1)
    if after not in years():
        return after, ()
    collections = rulebook(after).collections.values()
    return after, tuple(Coming(one, tuple(_days(one))) for one in collections)


def _days(collection: Collection) -> Iterator[tuple[str, date, bool]]:
    """What happens on which day, and whether that is certain."""
    for window in collection.dates:
        day = window.opens or window.closes
        if day:
            yield window.title, day, window.confirmed
    if collection.deadline:
        yield "Deadline", collection.deadline, collection.deadline_confirmed


def has_pupils(school: School, year: AcademicYear) -> bool:
    """Whether any pupil is enrolled in the year."""
    return Enrolment.objects.filter(
        pupil__school=school, academic_year=year.ends
    ).exists()


@dataclass(frozen=True, slots=True)
class YearKnown:
    """A year of the rulebook, when it was checked, and what is not certain in it."""

    year: AcademicYear
    checked_on: date
    ctf: str
    unconfirmed: tuple[str, ...]


def year_known(book: Rulebook) -> YearKnown:
    """What the rulebook says of itself, by the collection checked longest ago."""
    collections = book.collections.values()
    unsure = [one.short_title for one in collections if not _certain(one)]
    if not book.ctf.confirmed:
        unsure.append("version of the Common Transfer File")
    return YearKnown(
        book.year,
        min(one.source.checked_on for one in collections),
        book.ctf.version,
        tuple(unsure),
    )


def _certain(collection: Collection) -> bool:
    """Whether every part of a collection is confirmed."""
    return all(
        (
            collection.source.confirmed,
            collection.deadline_confirmed or collection.deadline is None,
            *(item.confirmed for item in collection.items),
            *(window.confirmed for window in collection.dates),
            *(recipient.confirmed for recipient in collection.recipients),
        )
    )


def licences() -> list[tuple[str, str, str]]:
    """Name, version and licence of what Hornbook is made of."""
    found = []
    for name in _PACKAGES:
        try:
            described = metadata(name).json
        except PackageNotFoundError:
            continue
        licence = described.get("license_expression") or _classified(
            described.get("classifier", [])
        )
        found.append((name, str(described["version"]), str(licence)))
    return [*found, (_FRONT_END[0], "", _FRONT_END[1])]


def _classified(classifiers: str | list[str]) -> str:
    """The licence that a package's classifiers name."""
    named = [text for text in classifiers if text.startswith("License ::")]
    return named[0].rpartition(" :: ")[2] if named else ""


_BLOCKS: Final[Mapping[str, str]] = {
    "F": "The file",
    "H": "Its head",
    "P": "A pupil",
    "R": "A result",
    "C": "The whole cohort",
}


def grouped() -> list[tuple[str, list[tuple[Rule, str]]]]:
    """Every rule with the colour of its tag, under what it looks at."""
    return [
        (title, [(rule, COLOURS[rule.severity]) for rule in rules])
        for block, rules in groupby(ordered(), lambda rule: rule.code[0])
        for title in (_BLOCKS[block],)
    ]


def facts(rule: Rule) -> list[tuple[str, str]]:
    """What else is to be said of a rule."""
    told = [("Repair", _REPAIRS[rule.repair])]
    if rule.dfe:
        told.append(("The DfE's own number", rule.dfe))
    if rule.collections:
        told.append(("Only for", ", ".join(rule.collections)))
    if rule.returns_only:
        told.append(("Only in", "files that are returned"))
    if rule.elsewhere:
        told.append(("Outside a return", f"{rule.elsewhere.capitalize()}"))
    return told
