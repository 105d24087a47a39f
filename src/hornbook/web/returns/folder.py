"""Everything of a year in one zip, for the cupboard: files, proofs and decisions."""

import zipfile
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Final

from django.db import transaction
from django.utils import timezone

from hornbook.ctf.read import open_ctf
from hornbook.identifiers import AcademicYear
from hornbook.rulebook.model import Rulebook
from hornbook.sheets.lists import Cell, List, as_csv
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.results.queries import Sight
from hornbook.web.returns import queries
from hornbook.web.returns.actions import content_of
from hornbook.web.returns.known import unsealed
from hornbook.web.returns.ledger import state
from hornbook.web.returns.lists import report, report_as_list
from hornbook.web.returns.models import AcceptedQuery, Choice, MadeFile, SignOff
from hornbook.web.returns.sending import words_of

_MIS: Final = "mis"
_ABOUT: Final = """\
Returns of {school} ({number}), school year {year}
Taken from Hornbook on {day}.

files/         every file made, byte for byte as it was sent, and beside each a list
               of its pupils with their results as they stood in it
receipts.csv   when each was made, sent and answered, by whom, and its SHA-256
answers/       what recipients wrote
known.csv      errors and queries that were known to be there when a file was made
accepted.csv   queries that were accepted, why and by whom
chosen.csv     pupils put into a return or left out, why and by whom
signed.csv     returns that the headteacher signed off
pupils/        every pupil's results by collection as they stand on the day this was
               taken, which may be other than what was sent

This folder names children. Keep it as safe as the register.
"""
_RECEIPTS: Final = {
    "Collection": 24,
    "Recipient": 12,
    "File": 32,
    "Made": 18,
    "By": 20,
    "Pupils": 8,
    "Results": 8,
    "Errors": 8,
    "Queries": 8,
    "Signed off by": 20,
    "Sent": 12,
    "Receipt": 24,
    "State": 12,
    "Answered": 12,
    "SHA-256": 66,
}


@transaction.atomic
def year_folder(*, sight: Sight, book: Rulebook, by: User) -> bytes:
    """The zip; that it was taken is written down."""
    files = list(
        queries.ledger([sight.school], book.year.ends).defer(None).order_by("pk")
    )
    held = BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in _entries(sight, book, files):
            archive.writestr(name, content)
    record(
        by=by,
        school=sight.school,
        action="year's folder taken",
        subject=str(book.year),
        detail={"files": len(files)},
    )
    return held.getvalue()


def _entries(
    sight: Sight, book: Rulebook, files: Iterable[MadeFile]
) -> Iterator[tuple[str, bytes]]:
    yield "README.txt", _about(sight, book).encode()
    for made in files:
        if made.kept:
            content = content_of(made)
            yield f"files/{made.name}", content
            yield f"files/{Path(made.name).stem}.csv", as_csv(_as_made(made, content))
        if words_of(made):
            yield f"answers/{made.name}.txt", words_of(made).encode()
    yield "receipts.csv", as_csv(_receipts(files))
    yield "known.csv", as_csv(_known(files))
    yield "accepted.csv", as_csv(_accepted(sight, book))
    yield "chosen.csv", as_csv(_chosen(sight, book))
    yield "signed.csv", as_csv(_signed(sight, book))
    for code in book.returns:
        going = queries.going(sight.school, code, book.year, _MIS)
        made_of = report(sight, going)
        if made_of.lines:
            pupils = report_as_list(made_of, made_of.lines)
            yield f"pupils/{code}.csv", as_csv(pupils)


def _as_made(made: MadeFile, content: bytes) -> List:
    """The pupils of a file with their results, as it states them."""
    book = queries.book_of(AcademicYear(made.academic_year))
    items = book.returns[made.collection].items
    rows = []
    for each in open_ctf(BytesIO(content)).pupils():
        pupil, held = each.record, {}
        for result in pupil.results:
            placed = book.find(result.combination)
            if placed:
                held[placed.item.code] = result.value
        values = (held.get(item.code, "") for item in items)
        rows.append((pupil.surname, pupil.forename, pupil.upn, pupil.nc_year, *values))
    columns = {"Surname": 20, "Forename": 18, "UPN": 16, "Year group": 12}
    return List(
        title=made.name,
        columns=columns | {item.title: 12 for item in items},
        rows=rows,
    )


def _about(sight: Sight, book: Rulebook) -> str:
    school = sight.school
    return _ABOUT.format(
        school=school.name,
        number=school.laestab,
        year=book.year,
        day=f"{timezone.localdate():%d/%m/%Y}",
    )


def _receipts(files: Iterable[MadeFile]) -> List:
    today = timezone.localdate()
    rows: list[tuple[Cell, ...]] = [
        (
            made.collection, made.recipient, made.name,
            f"{timezone.localtime(made.made_at):%d/%m/%Y %H:%M}", made.made_by_name,
            made.pupils, made.results, made.errors, made.queries, made.signed_by_name,
            f"{made.sent_on:%d/%m/%Y}" if made.sent_on else "", made.receipt,
            state(made, today).word,
            f"{made.answered_on:%d/%m/%Y}" if made.answered_on else "", made.sha256,
        )
        for made in files
    ]  # fmt: skip
    return List(title="Receipts", columns=_RECEIPTS, rows=rows)


def _known(files: Iterable[MadeFile]) -> List:
    """What was known to be wrong with each file, and sent all the same."""
    rows = [
        (made.collection, made.name, one.severity, one.code, one.name, one.message)
        for made in files
        for one in unsealed(bytes(made.known))
    ]
    return List(
        title="Known",
        columns={"Collection": 24, "File": 32, "Kind": 8, "Rule": 6, "Pupil": 24,
                 "What": 60},
        rows=rows,
    )  # fmt: skip


def _accepted(sight: Sight, book: Rulebook) -> List:
    rows = AcceptedQuery.objects.filter(
        school=sight.school, academic_year=book.year.ends
    ).select_related("pupil")
    return List(
        title="Accepted",
        columns={"Collection": 24, "Rule": 6, "Pupil": 24, "Query": 60, "Why": 40,
                 "By": 20, "On": 12},
        rows=[
            (one.collection, one.code, str(one.pupil or ""), one.message, one.note,
             one.by_name, f"{timezone.localdate(one.at):%d/%m/%Y}")
            for one in rows
        ],
    )  # fmt: skip


def _chosen(sight: Sight, book: Rulebook) -> List:
    rows = Choice.objects.filter(
        pupil__school=sight.school, academic_year=book.year.ends
    ).select_related("pupil")
    return List(
        title="Chosen",
        columns={"Collection": 24, "Pupil": 24, "Choice": 10, "Why": 40, "By": 20},
        rows=[
            (one.collection, str(one.pupil), "Put in" if one.included else "Left out",
             one.reason, one.by_name)
            for one in rows
        ],
    )  # fmt: skip


def _signed(sight: Sight, book: Rulebook) -> List:
    rows = SignOff.objects.filter(school=sight.school, academic_year=book.year.ends)
    return List(
        title="Signed",
        columns={"Collection": 24, "Recipient": 10, "By": 20, "On": 18},
        rows=[
            (one.collection, one.recipient, one.by_name,
             f"{timezone.localtime(one.at):%d/%m/%Y %H:%M}")
            for one in rows
        ],
    )  # fmt: skip
