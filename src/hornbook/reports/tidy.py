"""Results and measures as tidy tables, with a dictionary of their columns."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Final

from hornbook.identifiers import AcademicYear
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.reports.over_time import Cohorts
from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.measures import measures

Row = tuple[str | int | None, ...]


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: what kind of value it has, and what it means."""

    name: str
    kind: str
    meaning: str

    @property
    def is_number(self) -> bool:
        """Whether it holds whole numbers."""
        return self.kind == "number"


@dataclass(frozen=True, slots=True)
class Tidy:
    """A table with a row for one fact, and its columns described."""

    code: str
    title: str
    columns: tuple[Column, ...]
    rows: Callable[[str, Cohorts, Mapping[int, str]], Iterator[Row]]


_PUPIL: Final = (
    Column("dfe_number", "text", "The school: LA number and establishment number."),
    Column("academic_year", "number", "The summer the year ends in: 2026 is 2025/26."),
    Column("upn", "text", "The pupil's unique pupil number. No name is in the table."),
    Column("year_group", "text", "R, or 1 to 6, in that academic year."),
)


def _column_of(grouping: Grouping) -> str:
    return f"group_{grouping.code.replace('-', '_')}"


def _groups() -> tuple[Column, ...]:
    return tuple(
        Column(
            _column_of(grouping),
            "text",
            f"{grouping.title}, as recorded now; blank where not known. "
            + "; ".join(f"{value.code}: {value.title}" for value in grouping.values),
        )
        for grouping in groupings().values()
    )


def _common(
    school: str, year: AcademicYear, pupil: Assessed, upns: Mapping[int, str]
) -> Row:
    groups = (grouping.of(pupil.facts) for grouping in groupings().values())
    return (school, year.ends, upns[pupil.key], pupil.nc_year, *groups)


def _results(school: str, cohorts: Cohorts, upns: Mapping[int, str]) -> Iterator[Row]:
    """A row for each result of the academic year."""
    for year, pupils in sorted(cohorts.items()):
        for pupil in pupils:
            common = _common(school, year, pupil, upns)
            for item in sorted(pupil.results):
                value = pupil.value(item, year.ends)
                if value:
                    number = int(value) if value.isdecimal() else None
                    yield (*common, item, value, number)


def _measures(school: str, cohorts: Cohorts, upns: Mapping[int, str]) -> Iterator[Row]:
    """A row for each pupil and measure of the pupil's year group."""
    for year, pupils in sorted(cohorts.items()):
        common = {each.key: _common(school, year, each, upns) for each in pupils}
        for measure in measures().values():
            found = tally(measure, year, pupils)
            for key, value in found.values.items():
                yield (*common[key], measure.code, value, "")
            for key, reason in found.left_out.items():
                yield (*common[key], measure.code, None, reason)


def tables() -> dict[str, Tidy]:
    """Every tidy table by its code."""
    results = (
        *_PUPIL,
        *_groups(),
        Column("item", "text", "What was assessed, such as phonics.mark."),
        Column("value", "text", "The mark or code as recorded."),
        Column("mark", "number", "The value where it is a whole number."),
    )
    measured = (
        *_PUPIL,
        *_groups(),
        Column("measure", "text", "A measure's code, as in the list of measures."),
        Column("value", "number", "1 met, 0 not; of a mean, what is added up."),
        Column(
            "left_out", "text", "Why the pupil does not count; then value is blank."
        ),
    )
    return {
        "results": Tidy("results", "Results and groups", results, _results),
        "measures": Tidy("measures", "Measures by pupil", measured, _measures),
    }


def items(wanted: Iterable[AcademicYear]) -> frozenset[str]:
    """The full codes of all that may be recorded in some years."""
    return frozenset(
        item.full_code
        for year in wanted
        for collection in rulebook(year).collections.values()
        for item in collection.items
    )


DICTIONARY: Final = ("table", "column", "kind", "code", "meaning")


def dictionary() -> Iterator[tuple[str, ...]]:
    """What each column means, and below it each code that it may hold."""
    for table in tables().values():
        for column in table.columns:
            yield table.code, column.name, column.kind, "", column.meaning
            for code, meaning in _codes(column.name):
                yield table.code, column.name, column.kind, code, meaning


def _codes(column: str) -> Iterator[tuple[str, str]]:
    if column == "item":
        yield from sorted(_items_in_words().items())
    elif column == "measure":
        for measure in measures().values():
            yield measure.code, f"{measure.title}. {measure.counts}"
    else:
        for grouping in groupings().values():
            if column == _column_of(grouping):
                yield from ((value.code, value.title) for value in grouping.values)


def _items_in_words() -> dict[str, str]:
    """Every item, as the latest year that has it says."""
    return {
        item.full_code: f"{collection.title}: {item.title}. {item.allowed_in_words}."
        for year in years()
        for collection in rulebook(year).collections.values()
        for item in collection.items
    }
