"""One undo takes a whole import back, row for row, or says what stands in the way."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from tests.web.people import Town
from tests.web.transfers.conftest import BringIn, rows
from tests.web.transfers.mis import Child, ctf, phonics, renamed, school, upn

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil, SchoolClass
from hornbook.web.results.models import Result, Source
from hornbook.web.transfers.answers import Clashes
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.undo import CannotUndo, undo

ADA = Child(upn(11), results=(phonics("34", "2025"),))
GRACE = Child(upn(12), forename="Grace", nc_year="2")
NEWCOMER = Child(
    upn(13), forename="Dot", dob="2020-01-02", results=(phonics("3", "2025"),)
)


@pytest.fixture
def second(town: Town, bring_in: BringIn) -> Callable[[], Transfer]:
    """A file that renames, renumbers, adds, marks as left and replaces a result."""
    temporary = replace(ADA, upn=upn(1, "F"))
    bring_in(ctf(temporary, GRACE, *school(20)))

    def brought() -> Transfer:
        grace = Pupil.objects.get(forename="Grace")
        changed = replace(
            renamed(ADA, "Lovell"), nc_year="2", results=(phonics("40", "2025"),)
        )
        return bring_in(
            ctf(changed, NEWCOMER, *school(20), made="2026-05-22T09:30:00"),
            leavers=frozenset({grace.pk}),
            clashes=Clashes.FILE,
        )

    return brought


def test_everything_is_as_it_was_row_for_row(
    town: Town, second: Callable[[], Transfer]
) -> None:
    before = rows()
    transfer = second()
    assert rows() != before

    undo(transfer=transfer, by=town.alice)

    assert rows() == before
    assert Event.objects.filter(action="transfer undone").count() == 1


def test_the_first_file_can_be_taken_back_after_the_second(
    town: Town, bring_in: BringIn
) -> None:
    before = rows()
    first = bring_in(ctf(*school(10)))
    second = bring_in(ctf(*(renamed(child, "Changed") for child in school(10))))

    with pytest.raises(CannotUndo, match="Changed was changed since"):
        undo(transfer=first, by=town.alice)
    undo(transfer=second, by=town.alice)
    undo(transfer=first, by=town.alice)

    assert rows() == before


def test_an_import_is_taken_back_once(
    town: Town, second: Callable[[], Transfer]
) -> None:
    transfer = second()
    undo(transfer=transfer, by=town.alice)

    with pytest.raises(CannotUndo, match="nothing to undo"):
        undo(transfer=transfer, by=town.alice)


def test_a_returner_has_left_again(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))
    Enrolment.objects.filter(pupil__upn=ADA.upn).update(left_on=date(2026, 2, 13))
    ada = Pupil.objects.get(upn=ADA.upn)
    before = rows()

    transfer = bring_in(ctf(replace(ADA, nc_year="2")), returners=frozenset({ada.pk}))
    assert ada.enrolments.get().left_on is None
    undo(transfer=transfer, by=town.alice)

    assert rows() == before


def enter(pupil: Pupil) -> None:
    Result.objects.create(
        pupil=pupil,
        item="phonics.mark",
        year=2026,
        value="30",
        by_name="Bob Example",
        source=Source.GRID,
    )


def replace_result(pupil: Pupil) -> None:
    old = Result.objects.get(pupil=pupil, current=True, year=2025)
    Result.objects.filter(pk=old.pk).update(current=False)
    Result.objects.create(
        pupil=pupil,
        item=old.item,
        year=old.year,
        value="31",
        replaces=old,
        by_name="Bob Example",
        source=Source.GRID,
    )


def put_into_a_class(pupil: Pupil) -> None:
    made = SchoolClass.objects.create(
        school=pupil.school, academic_year=2026, name="Owls"
    )
    pupil.enrolments.update(school_class=made)


def mark_as_left(pupil: Pupil) -> None:
    pupil.enrolments.update(left_on=date(2026, 6, 1))


def enrol_again(pupil: Pupil) -> None:
    Enrolment.objects.create(pupil=pupil, academic_year=2027, nc_year="2")


def rename(pupil: Pupil) -> None:
    Pupil.objects.filter(pk=pupil.pk).update(surname="Otherwise")


def renumber(pupil: Pupil) -> None:
    FormerUPN.objects.create(pupil=pupil, upn=upn(99))


def unenrol(pupil: Pupil) -> None:
    pupil.enrolments.all().delete()


@pytest.mark.parametrize(
    ("deed", "words"),
    [
        (enter, "Phonics mark, 2025/26 of Dot Byrne was entered by Bob Example since."),
        (replace_result, "of Dot Byrne was entered by Bob Example since."),
        (put_into_a_class, "Dot Byrne has been put into a class"),
        (mark_as_left, "has been marked as leaving since."),
        (enrol_again, "Dot Byrne was enrolled in another school year since."),
        (rename, "Dot Otherwise was changed since."),
        (renumber, "Dot Byrne was given another UPN since."),
        (unenrol, "Something that this file brought in has been taken away since."),
    ],
)
def test_what_is_newer_stands_in_the_way_and_is_named(
    town: Town,
    second: Callable[[], Transfer],
    deed: Callable[[Pupil], None],
    words: str,
) -> None:
    transfer = second()
    deed(Pupil.objects.get(forename="Dot"))
    before = rows()

    with pytest.raises(CannotUndo) as refusal:
        undo(transfer=transfer, by=town.alice)

    assert words in str(refusal.value)
    assert rows() == before


def test_many_reasons_are_told_shortly(town: Town, bring_in: BringIn) -> None:
    transfer = bring_in(ctf(*school(9)))
    for number, pupil in enumerate(Pupil.objects.filter(surname__startswith="Child")):
        Pupil.objects.filter(pk=pupil.pk).update(forename=f"Other{number}")

    with pytest.raises(CannotUndo, match="And 4 more"):
        undo(transfer=transfer, by=town.alice)


def test_a_result_entered_for_somebody_of_before_does_not_stand_in_the_way(
    town: Town, second: Callable[[], Transfer]
) -> None:
    transfer = second()
    enter(Pupil.objects.get(surname="Child-0003"))

    undo(transfer=transfer, by=town.alice)

    assert Result.objects.filter(by_name="Bob Example", current=True).exists()
