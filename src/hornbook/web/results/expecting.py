"""Taking a list of those expected, and saying why it differs from the pupils here."""

from collections.abc import Mapping
from datetime import date
from io import BytesIO
from typing import IO, Final

from django.db import transaction
from django.db.models import QuerySet

from hornbook.identifiers import is_upn
from hornbook.sheets.people import People, Person, read_people
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.results.actions import Sheet
from hornbook.web.results.models import Difference, ExpectedList, ExpectedPupil
from hornbook.web.results.reasons import reasons
from hornbook.web.schools.models import School

PASTED: Final = "Pasted list"
_MOST_FAULTS: Final = 5
_LONGEST_NAME: Final = 255
_LONGEST_OF_A_PUPIL: Final = 128


class NotAList(Exception):
    """The list names nobody, or has lines that cannot be read."""


def read_pasted(text: str) -> People:
    """A list that was pasted: with headings, or of UPNs only."""
    lines = [line for line in text.splitlines() if line.strip()]
    if lines and all(is_upn("".join(line.split()).upper()) for line in lines):
        lines.insert(0, "UPN")
    return read_people(BytesIO("\n".join(lines).encode()), "list.csv")


def read_list(stream: IO[bytes], name: str) -> People:
    """A list that was uploaded."""
    return read_people(stream, name)


@transaction.atomic
def take_list(*, sheet: Sheet, people: People, name: str, by: User) -> int:
    """Keep a list in place of the one before; how many pupils are on it."""
    if people.faults:
        shown = " ".join(fault.message for fault in people.faults[:_MOST_FAULTS])
        raise NotAList(f"Nothing was taken from the list. {shown}")
    if not people.persons:
        raise NotAList("There is no pupil on the list.")
    School.objects.select_for_update().get(pk=sheet.school.pk)
    _of(sheet).delete()
    made = ExpectedList.objects.create(
        **_named(sheet), name=name[:_LONGEST_NAME], by_name=str(by)
    )
    ExpectedPupil.objects.bulk_create(_row(made, one) for one in people.persons)
    detail = {"list": name, "pupils": len(people.persons)}
    _record(sheet, "expected list taken", detail, by)
    return len(people.persons)


@transaction.atomic
def drop_list(*, sheet: Sheet, by: User) -> None:
    """Do without a list; the reasons given stay, should it come again."""
    deleted, _ = _of(sheet).delete()
    if deleted:
        _record(sheet, "expected list dropped", {}, by)


@transaction.atomic
def explain(*, sheet: Sheet, given: Mapping[str, str], by: User) -> int:
    """Keep a reason for each difference, by its key; how many changed.

    A blank one takes the reason back.
    """
    School.objects.select_for_update().get(pk=sheet.school.pk)
    known = {one.code for one in (*reasons().absent, *reasons().unlisted)}
    here = Difference.objects.filter(**_named(sheet), key__in=given)
    before = dict(here.values_list("key", "reason"))
    changed = {
        key: code
        for key, code in given.items()
        if before.get(key, "") != code and (not code or code in known)
    }
    here.filter(key__in=changed).delete()
    Difference.objects.bulk_create(
        Difference(**_named(sheet), key=key, reason=code, by_name=str(by))
        for key, code in changed.items()
        if code
    )
    if changed:
        told = [[before.get(key, ""), code] for key, code in changed.items()]
        _record(sheet, "differences explained", {"reasons": told}, by)
    return len(changed)


def _of(sheet: Sheet) -> QuerySet[ExpectedList]:
    return ExpectedList.objects.filter(**_named(sheet))


def _named(sheet: Sheet) -> dict[str, object]:
    return {
        "school": sheet.school,
        "collection": sheet.collection.code,
        "year": sheet.year,
    }


def _row(source: ExpectedList, one: Person) -> ExpectedPupil:
    pupil = one.pupil
    return ExpectedPupil(
        expected_list=source,
        upn=pupil.upn or "",
        surname=(pupil.surname or "")[:_LONGEST_OF_A_PUPIL],
        forename=(pupil.forename or "")[:_LONGEST_OF_A_PUPIL],
        dob=date.fromisoformat(pupil.dob) if pupil.dob else None,
        nc_year=pupil.nc_year or "",
    )


def _record(sheet: Sheet, action: str, detail: Mapping[str, object], by: User) -> None:
    where = {"collection": sheet.collection.code, "year": sheet.year}
    record(
        by=by,
        school=sheet.school,
        action=action,
        subject=f"{sheet.collection.title}, {sheet.book.year}",
        detail={**where, **detail},
    )
