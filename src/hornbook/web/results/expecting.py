"""Taking a list of those expected, and saying why it differs from the pupils here."""

from collections.abc import Mapping, Sequence
from typing import IO, Final

from django.db import transaction
from django.db.models import QuerySet

from hornbook.identifiers import NC_YEARS, is_upn
from hornbook.sheets.people import People, Person
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.pupils import lists
from hornbook.web.results.actions import Sheet
from hornbook.web.results.models import Difference, ExpectedList, ExpectedPupil
from hornbook.web.results.reasons import reasons
from hornbook.web.schools.models import School

_LONGEST_NAME: Final = 255
_LONGEST_OF_A_PUPIL: Final = 128


def read_pasted(text: str) -> People:
    """A list that was pasted: with headings, or of UPNs only; raises NotAList."""
    lines = lists.lines_of(text)
    if lines and _is_upn(lines[0]):
        _refuse_what_is_no_upn(lines)
        lines.insert(0, "UPN")
    return _sound(lists.as_file(lines))


def _is_upn(line: str) -> bool:
    return is_upn("".join(line.split()).upper())


def _refuse_what_is_no_upn(lines: Sequence[str]) -> None:
    """Name the lines of a list of UPNs that are none; raises NotAList."""
    wrong = [line for line in lines if not _is_upn(line)]
    if wrong:
        raise lists.NotAList(
            "Nothing was taken. The list begins with a UPN, and these lines are none: "
            f"{lists.some(wrong)}. Correct them, or paste columns with their headings."
        )


def read_file(stream: IO[bytes], name: str) -> People:
    """A list that was uploaded; raises NotAList."""
    return _sound(lists.read_file(stream, name))


def _sound(people: People) -> People:
    """The list, where every row says who is meant."""
    lists.refuse_unknown(people)
    return people


@transaction.atomic
def take_list(*, sheet: Sheet, people: People, name: str, by: User) -> int:
    """Keep a list in place of the one before; how many pupils are on it."""
    School.objects.select_for_update().get(pk=sheet.school.pk)
    _of(sheet).delete()
    made = ExpectedList.objects.create(
        **_named(sheet), name=name[:_LONGEST_NAME], by_name=str(by)
    )
    rows = [_row(made, one) for one in people.persons]
    without = [row for row in rows if not row.upn]
    # A pupil who stands on the list twice with one UPN is expected once.
    kept = [*{row.upn: row for row in rows if row.upn}.values(), *without]
    ExpectedPupil.objects.bulk_create(kept)
    _record(sheet, "expected list taken", {"list": name, "pupils": len(kept)}, by)
    return len(kept)


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
    known = reasons().codes
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
    upn = pupil.upn or ""
    return ExpectedPupil(
        expected_list=source,
        upn=upn if is_upn(upn) else "",
        surname=(pupil.surname or "")[:_LONGEST_OF_A_PUPIL],
        forename=(pupil.forename or "")[:_LONGEST_OF_A_PUPIL],
        dob=lists.born(one),
        nc_year=pupil.nc_year if pupil.nc_year in NC_YEARS else "",
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
