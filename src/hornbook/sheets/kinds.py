"""What kind of sheet a file is: pupils, results, both, or neither; in words."""

from dataclasses import dataclass
from enum import Enum
from typing import Final

from hornbook.sheets.people import lacking
from hornbook.sheets.person import NAMES_ALONE
from hornbook.sheets.result_columns import (
    NO_MAP,
    HeadingMap,
    ResultColumns,
    result_columns,
)
from hornbook.sheets.subjects import collection_of, collections
from hornbook.sheets.table import Table
from hornbook.wording import many

# What says who a pupil is; more than this is kept of pupils for its own sake.
_TELLING: Final = frozenset(
    ("upn", "name", "surname", "forename", "dob", "class_name", "nc_year")
)
# Markbooks often have these beside a name: they make no list of pupils of a sheet.
_BESIDE: Final = frozenset(("sex",))


class Kind(Enum):
    """What a sheet is for."""

    PUPILS = "a list of pupils"
    RESULTS = "results"
    MOSTLY_RESULTS = "results, with a detail of pupils beside them"
    BOTH = "pupils' details and results together"
    NEITHER = "neither pupils nor results"


@dataclass(frozen=True, slots=True, kw_only=True)
class SheetKind:
    """A sheet, what kind it is, and a sentence that says so."""

    kind: Kind
    sentence: str
    table: Table


def kind_of(table: Table, mapping: HeadingMap = NO_MAP) -> SheetKind:
    """What kind of sheet a table is."""
    if table.fault:
        return SheetKind(kind=Kind.NEITHER, sentence=table.fault, table=table)
    found = result_columns(table, mapping)
    if words := _says_nothing(found):
        return SheetKind(kind=Kind.NEITHER, sentence=words, table=table)
    kind = _with_results(frozenset(found.fields)) if found.of_results else Kind.PUPILS
    return SheetKind(kind=kind, sentence=_sentence(kind, table, found), table=table)


def _says_nothing(found: ResultColumns) -> str:
    """Why nothing can be made of a sheet, in words; of a list of names nothing is."""
    if words := lacking(found.fields, NAMES_ALONE):
        return words
    if found.of_results or not lacking(found.fields) or set(found.fields) - _TELLING:
        return ""
    return "The sheet names pupils, and none of its headings is known to be a result."


def _with_results(fields: frozenset[str]) -> Kind:
    """What a sheet is that has results, by what else it says of pupils."""
    if fields <= _TELLING:
        return Kind.RESULTS
    return Kind.MOSTLY_RESULTS if fields <= _TELLING | _BESIDE else Kind.BOTH


def _sentence(kind: Kind, table: Table, found: ResultColumns) -> str:
    """For example: This is a sheet of results (Phonics), with 30 rows."""
    named = _collections(found) if kind is not Kind.PUPILS else ""
    rows = many(len(table.rows), "row")
    return f"This is a sheet of {_WORDS[kind]}{named}, with {rows}."


_WORDS: Final = {
    Kind.PUPILS: "pupils",
    Kind.RESULTS: "results",
    Kind.MOSTLY_RESULTS: "results",
    Kind.BOTH: "pupils' details and results",
}


def _collections(found: ResultColumns) -> str:
    held = {collection_of(i) for c in found.columns for i in c.items} or found.in_play
    titles = [each.short_title for code, each in collections().items() if code in held]
    return f" ({', '.join(titles)})" if titles else ""
