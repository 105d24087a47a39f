"""What a file is, what it can be brought in for and which parts it has, in words."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Final

from django.utils.formats import date_format

from hornbook.identifiers import AcademicYear
from hornbook.inspection.kinds import Kind
from hornbook.matching import NEW_PUPILS, Update
from hornbook.rulebook.load import nearest, rulebook, years
from hornbook.web.transfers.models import Transfer
from hornbook.wording import many

_PARTS: Final = {
    NEW_PUPILS: "Pupils who are not here yet",
    "names": "Names",
    "identity": "UPNs, dates of birth and sex",
    "year group": "Year groups, and days of joining and leaving",
    "groups": "Groups: meals, needs, ethnicity, language, care, service families",
    "postcode": "Home postcodes",
}
_UPDATES: Final = {
    Update.BOTH: "Update pupils and assessments",
    Update.PUPILS: "Update pupils: details, joiners and leavers, no result",
    Update.ASSESSMENTS: "Update assessments: no pupil is added or changed",
}


def file_facts(transfer: Transfer) -> list[tuple[str, str]]:
    """What the file is: title and value."""
    counts = transfer.counts
    version = f", CTF {counts['version']}" if counts.get("version") else ""
    holds = [many(counts.get(each + "s", 0), each) for each in ("pupil", "result")]
    titles = [_title(code) for code in counts.get("contains", ())]
    made_by = f"{transfer.producer}{version}{_made_on(transfer)}"
    facts = [
        ("File", transfer.name),
        ("What it is", what_it_is(transfer) if transfer.kind else ""),
        ("Made by", made_by),
        ("School year", _years(transfer)),
        ("Holds", " and ".join(holds) + _listed(titles)),
        ("Checked", _checked(counts) if transfer.producer else ""),
        ("Not read beside it", ", ".join(counts.get("not_read", ()))),
    ]
    return [(title, value) for title, value in facts if value]


def _years(transfer: Transfer) -> str:
    """The year of the file; of a sheet of results that says so itself, theirs."""
    stated = transfer.counts.get("result_years") or [transfer.academic_year]
    return ", ".join(str(AcademicYear(year)) for year in stated)


def what_it_is(transfer: Transfer) -> str:
    """The kind of file, in one phrase."""
    return Kind.of_code(transfer.kind).in_words(
        maker=transfer.producer, school=transfer.counts.get("source", "")
    )


def updates_of(transfer: Transfer) -> dict[str, str]:
    """What the file can be brought in for, in words, the likeliest first."""
    codes = transfer.counts.get("updates") or list(Update)
    return {code: _UPDATES[Update(code)] for code in codes}


def parts_of(transfer: Transfer) -> dict[str, str]:
    """The parts of the file that can be put aside, in words."""
    parts = transfer.counts.get("parts", [])
    if Update.PUPILS in updates_of(transfer):
        parts = [NEW_PUPILS, *parts]
    else:
        parts = [part for part in parts if part not in _PARTS]
    return {part: _part(part) for part in parts}


def _part(part: str) -> str:
    if part in _PARTS:
        return _PARTS[part]
    code, _, year = part.rpartition(" ")
    ends = AcademicYear(int(year))
    collection = nearest(ends).collections.get(code)
    if collection is None:
        return f"{code}, {ends}"
    return f"{collection.short_title}, {collection.when(int(year))}"


def _title(code: str) -> str:
    collection = rulebook(years()[-1]).collections.get(code)
    return collection.short_title if collection else ""


def _listed(titles: Iterable[str]) -> str:
    named = [title for title in titles if title]
    return f": {', '.join(named)}" if named else ""


def _made_on(transfer: Transfer) -> str:
    try:
        made = datetime.fromisoformat(transfer.counts.get("made", ""))
    except ValueError:
        return ""
    return f", on {date_format(made, 'j F Y, H:i')}"


def _checked(counts: Mapping[str, int]) -> str:
    """How the check of the file went, in one line."""
    errors, queries = counts.get("errors", 0), counts.get("queries", 0)
    if not errors and not queries:
        return "No errors found"
    said = f"{many(errors, 'error')}, {many(queries, 'query', 'queries')}"
    return f"{said}. They do not stop it; look at them in the return."
