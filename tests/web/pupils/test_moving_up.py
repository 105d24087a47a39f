"""A new school year: everybody a year group up, shown first, done at once, undone."""

import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town, pupil, school_class
from tests.web.pupils.scene import NAMES, THIS_YEAR, choices, moved_up, plan_of
from tests.web.transfers.conftest import rows
from tests.web.transfers.test_pages import plain

from hornbook.identifiers import AcademicYear
from hornbook.web.audit.models import Event
from hornbook.web.pupils import actions, moves_up, queries
from hornbook.web.pupils.models import Enrolment, MoveUp, Pupil, SchoolClass
from hornbook.web.pupils.moving_up import (
    Choices,
    Going,
    Teacher,
    next_group,
    suggested_name,
    suggested_names,
)
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.queries import year_in_use
from hornbook.web.transfers import queries as transfer_queries

NEXT = YEAR + 1


def group(child: Pupil, nc_year: str) -> Pupil:
    child.enrolments.update(nc_year=nc_year)
    return child


def place(child: Pupil, year: int = NEXT) -> tuple[str, str]:
    """Year group and class of a pupil in a year."""
    held = child.enrolments.get(academic_year=year)
    return held.nc_year, held.school_class.name if held.school_class else ""


def old_year() -> list[Any]:
    return list(Enrolment.objects.filter(academic_year=YEAR).order_by("pk").values())


@pytest.mark.parametrize(
    ("before", "after"),
    [("N2", "R"), ("R", "1"), ("1", "2"), ("6", "7"), ("14", "X"), ("X", "X")],
)
def test_the_year_group_after(before: str, after: str) -> None:
    assert next_group(before) == after


@pytest.mark.parametrize(
    ("name", "after"),
    [
        ("1H", "2H"),
        ("RH", "1H"),
        ("R Hazel", "1 Hazel"),
        ("Robins", "Robins"),
        ("R/1 Oak", "1/2 Oak"),
        ("Year 3", "Year 4"),
        ("Hazel", "Hazel"),
    ],
)
def test_a_class_named_for_its_year_group_is_offered_the_next(
    name: str, after: str
) -> None:
    assert suggested_name(name) == after


def test_a_class_whose_pupils_all_leave_is_offered_no_name(town: Town) -> None:
    group(town.robin, "6")
    old = moves_up.on_roll(town.elm, YEAR)

    names = suggested_names(["Robins", "Wrens", "Empty"], old, "6")

    assert names == {"Robins": "", "Wrens": "Wrens", "Empty": "Empty"}


def test_a_number_that_is_no_year_group_of_the_pupils_stays_in_the_name(
    town: Town,
) -> None:
    group(town.robin, "1")
    SchoolClass.objects.filter(pk=town.robins.pk).update(name="15 Elm Street")
    old = moves_up.on_roll(town.elm, YEAR)

    names = suggested_names(["15 Elm Street", "1H"], old, "6")

    assert names == {"15 Elm Street": "15 Elm Street", "1H": "2H"}


def test_everybody_moves_up_with_their_class_and_the_teachers_chosen(
    town: Town,
) -> None:
    before = old_year()
    decided = choices({"Wrens": "Herons", "Robins": "Robins"})
    bob = Teacher(town.bob.pk, str(town.bob))

    moved_up(town, replace(decided, teachers={"Wrens": (bob,)}))

    assert place(town.wren) == ("2", "Herons")
    assert place(town.robin) == ("2", "Robins")
    herons = SchoolClass.objects.get(name="Herons", academic_year=NEXT)
    assert [*herons.teachers.all()] == [town.bob]
    assert not SchoolClass.objects.get(
        name="Robins", academic_year=NEXT
    ).teachers.exists()
    assert old_year() == before
    assert not town.acorn.enrolments.filter(academic_year=NEXT).exists()


def test_the_last_year_group_leaves_and_its_year_stays_as_it_was(town: Town) -> None:
    oldest = group(pupil(town.elm, "Oldest", 9, town.robins), "6")

    moved_up(town)

    left = oldest.enrolments.get()
    assert (left.academic_year, left.left_on) == (YEAR, THIS_YEAR.last_day)
    sizes = {each.name: vars(each)["size"] for each in queries.classes(town.elm, YEAR)}
    assert sizes == {"Robins": 2, "Wrens": 1}
    wanted = queries.Wanted(academic_year=YEAR, nc_year="6")
    assert [*queries.enrolments(town.alice, town.elm, wanted)] == [left]


def test_who_has_left_before_neither_moves_nor_leaves_again(town: Town) -> None:
    town.wren.enrolments.update(left_on=date(YEAR, 1, 9))

    moved_up(town)

    assert town.wren.enrolments.get().left_on == date(YEAR, 1, 9)


def test_two_classes_of_one_name_become_a_mixed_one(town: Town) -> None:
    group(town.robin, "3")
    owls = {"Wrens": "Owls", "Robins": "Owls"}

    (owl_class,) = plan_of(town, choices(owls)).classes
    moved_up(town, choices(owls))

    assert owl_class.groups == (("2", 1), ("4", 1))
    assert (place(town.wren), place(town.robin)) == (("2", "Owls"), ("4", "Owls"))


def test_a_class_without_a_name_is_not_carried_on(town: Town) -> None:
    moved_up(town, choices({"Wrens": "", "Robins": "Robins"}))

    assert place(town.wren) == ("2", "")
    assert not SchoolClass.objects.filter(name="Wrens", academic_year=NEXT).exists()


def test_who_is_in_the_new_year_already_stays_there_and_gets_the_class(
    town: Town,
) -> None:
    Enrolment.objects.create(pupil=town.wren, academic_year=NEXT, nc_year="3")
    robins = SchoolClass.objects.create(
        school=town.elm, academic_year=NEXT, name="Robins"
    )

    moved_up(town)

    assert place(town.wren) == ("3", "Wrens")
    assert town.robin.enrolments.get(academic_year=NEXT).school_class == robins


def test_what_was_not_approved_is_not_done(town: Town) -> None:
    approved = plan_of(town, choices()).digest
    pupil(town.elm, "Joined", 9, town.wrens)

    with pytest.raises(moves_up.PlanIsStale):
        moves_up.move_up(
            school=town.elm,
            year=THIS_YEAR,
            choices=choices(),
            approved=approved,
            by=town.alice,
        )

    assert not Enrolment.objects.filter(academic_year=NEXT).exists()


def test_one_undo_takes_it_all_back(town: Town) -> None:
    group(pupil(town.elm, "Oldest", 9, town.robins), "6")
    Enrolment.objects.create(pupil=town.wren, academic_year=NEXT, nc_year="3")
    before = rows()
    move = moved_up(town)
    assert rows() != before

    moves_up.undo(move=move, by=town.alice)

    assert rows() == before
    done = Event.objects.order_by("pk").values_list("action", flat=True)
    assert [*done] == ["school moved up", "moving up taken back"]
    with pytest.raises(moves_up.CannotUndo, match="taken back already"):
        moves_up.undo(move=move, by=town.alice)


def _enters_a_result(town: Town) -> None:
    Result.objects.create(
        pupil=town.wren, item="phonics.mark", year=NEXT, value="3", source=Source.GRID
    )


def _changes_class(town: Town) -> None:
    town.wren.enrolments.filter(academic_year=NEXT).update(school_class=None)


def _joins_the_class(town: Town) -> None:
    wrens = SchoolClass.objects.get(name="Wrens", academic_year=NEXT)
    newcomer = pupil(town.elm, "Newcomer", 9)
    newcomer.enrolments.update(academic_year=NEXT, school_class=wrens)


@pytest.mark.parametrize(
    ("newer", "words"),
    [
        (_enters_a_result, "Ada Wren has results of 2027/28."),
        (_changes_class, "Ada Wren has been changed in the new year since."),
        (_joins_the_class, "Ada Newcomer has been put into Wrens since."),
    ],
)
def test_what_is_newer_stands_in_the_way_of_an_undo(
    town: Town, newer: object, words: str
) -> None:
    move = moved_up(town)
    assert callable(newer)
    newer(town)
    before = rows()

    with pytest.raises(moves_up.CannotUndo, match=re.escape(words)):
        moves_up.undo(move=move, by=town.alice)

    assert rows() == before


def test_the_page_shows_what_it_would_do_and_does_what_is_approved(
    town: Town, signed_in: SignedIn
) -> None:
    office = signed_in(town.olive)
    where = reverse("pupils:move_up", args=[town.elm.laestab])
    first = office.get(where)
    names = {f"class-{each.pk}": "Owls" for each in (town.wrens, town.robins)}
    sent = {"last_group": "nobody", "last_day": "22/07/2027"} | names

    looked = office.post(where, sent)
    shown = plain(looked)
    approved = looked.context["plan"].digest
    done = office.post(where, sent | {"approved": approved, "move": "1"}, follow=True)

    assert "2 leave" in plain(first)
    assert "Owls New Robins, Wrens 2 in Year 2 Nobody yet" in shown
    assert "The school has moved up into 2027/28." in plain(done)
    assert place(town.wren) == ("2", "Owls")


def test_changed_choices_are_shown_again_before_anything_is_done(
    town: Town, signed_in: SignedIn
) -> None:
    office = signed_in(town.olive)
    where = reverse("pupils:move_up", args=[town.elm.laestab])
    approved = office.get(where).context["plan"].digest
    sent = {"last_group": "1", "last_day": "22/07/2027", "move": "1"}

    said = plain(office.post(where, sent | {"approved": approved}))

    assert "What is shown now is not what you looked at" in said
    assert not MoveUp.objects.exists()


def test_a_last_day_of_another_year_is_refused_in_words(
    town: Town, signed_in: SignedIn
) -> None:
    where = reverse("pupils:move_up", args=[town.elm.laestab])

    said = plain(signed_in(town.olive).post(where, {"last_day": "22/07/2025"}))

    assert said.count("There is a problem") == 1
    assert "The last day on roll must be in 2026/27." in said


def test_the_page_takes_a_move_back(town: Town, signed_in: SignedIn) -> None:
    move = moved_up(town)

    said = signed_in(town.olive).post(
        reverse("pupils:take_back", args=[town.elm.laestab, move.pk]), follow=True
    )

    assert "The move into 2027/28 has been taken back." in plain(said)
    assert not Enrolment.objects.filter(academic_year=NEXT).exists()


@pytest.mark.parametrize("pupils", [2, 30])
def test_the_page_takes_the_same_queries_whatever_the_size_of_the_school(
    town: Town,
    client: Client,
    pupils: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(pupils):
        held = school_class(town.elm, f"Class {number}", town.bob)
        pupil(town.elm, f"Pupil{number}", 10 + number, held)
    client.force_login(town.alice)

    with django_assert_num_queries(15):
        client.get(reverse("pupils:move_up", args=[town.elm.laestab]))


def pending(town: Town) -> int:
    """A year in preparation: Elm Road, moved up into one that has not begun."""
    now = max(YEAR, AcademicYear.of(timezone.localdate()).ends)
    Enrolment.objects.filter(pupil__school=town.elm).update(academic_year=now)
    SchoolClass.objects.filter(school=town.elm).update(academic_year=now)
    decided = Choices("6", AcademicYear(now).last_day, {"Wrens": "Wrens"})
    plan = moves_up.preview(town.elm, AcademicYear(now), decided)
    moves_up.move_up(
        school=town.elm,
        year=AcademicYear(now),
        choices=decided,
        approved=plan.digest,
        by=town.alice,
    )
    return now


def test_who_leaves_before_the_year_in_preparation_begins_is_not_in_it(
    town: Town, signed_in: SignedIn
) -> None:
    now = pending(town)
    day = AcademicYear(now).first_day
    where = reverse("pupils:leaving", args=[town.elm.laestab, town.wren.pk])
    office = signed_in(town.olive)

    office.post(where, {"left_on": f"{day:%d/%m/%Y}"})
    next_year = queries.Wanted(academic_year=now + 1)
    there = [each.pupil for each in queries.enrolments(town.alice, town.elm, next_year)]
    office.post(where, {"back": "1"})

    assert there == [town.robin]
    assert queries.enrolments(town.alice, town.elm, next_year).count() == 2


def test_a_year_in_preparation_is_taken_back_although_somebody_left_before_it(
    town: Town,
) -> None:
    now = pending(town)
    this_year = town.wren.enrolments.get(academic_year=now)
    actions.mark_leaving(
        enrolment=this_year, left_on=AcademicYear(now).first_day, by=town.alice
    )

    moves_up.undo(move=MoveUp.objects.get(), by=town.alice)

    assert not Enrolment.objects.filter(academic_year=now + 1).exists()


def test_a_year_in_preparation_changes_nothing_in_what_a_file_of_this_year_says(
    town: Town,
) -> None:
    now = AcademicYear(pending(town))

    held = transfer_queries.held(town.elm, now)

    assert [each.on_roll for each in held] == [True, True]
    assert {each.seen for each in held} == {(now, "1")}


def test_the_page_opens_on_the_year_in_use_while_the_next_is_prepared(
    town: Town, signed_in: SignedIn
) -> None:
    moved_up(town)
    page = signed_in(town.olive).get(reverse("pupils:move_up", args=[town.elm.laestab]))

    held = {YEAR, NEXT}
    in_use = year_in_use(timezone.localdate()).ends
    assert page.context["year"].ends == (in_use if in_use in held else NEXT)


def apart(**going: Going) -> Choices:
    """The usual choices, but for the pupils who are named."""
    keys = {who: Pupil.objects.get(surname=who).pk for who in going}
    return replace(choices(), apart={keys[who]: to for who, to in going.items()})


def test_a_pupil_is_kept_in_the_year_group_and_is_with_its_new_class(
    town: Town,
) -> None:
    pupil(town.elm, "Stayer", 9, town.wrens)
    pupil(town.elm, "Young", 10, town.robins)
    for child in town.elm.pupils.filter(surname__in=["Robin", "Young"]):
        group(child, "R")

    moved_up(town, apart(Stayer=Going.STAYS))

    stayer = town.elm.pupils.get(surname="Stayer")
    assert place(stayer) == ("1", "Robins")
    assert place(town.wren) == ("2", "Wrens")


def test_who_is_kept_where_two_classes_fit_has_no_class_yet(town: Town) -> None:
    decided = apart(Wren=Going.STAYS)
    for number, name in enumerate(("Larks", "Owls")):
        held = school_class(town.elm, name, town.bob)
        group(pupil(town.elm, f"Young{number}", 9 + number, held), "R")
    decided = replace(decided, names={**NAMES, "Larks": "Larks", "Owls": "Owls"})

    plan = plan_of(town, decided)

    assert [move.name for move in plan.stay] == ["Wren, Ada"]
    assert plan.stay[0] in plan.without_class


def test_who_is_kept_in_a_mixed_class_stays_with_it(town: Town) -> None:
    group(pupil(town.elm, "Young", 9, town.wrens), "R")

    moved_up(town, apart(Wren=Going.STAYS))

    assert place(town.wren) == ("1", "Wrens")


def test_who_is_kept_in_the_last_year_group_does_not_leave(town: Town) -> None:
    group(town.wren, "6")

    moved_up(town, apart(Wren=Going.STAYS))

    assert place(town.wren) == ("6", "")
    assert town.wren.enrolments.get(academic_year=YEAR).left_on is None


def test_a_pupil_goes_up_two_year_groups(town: Town) -> None:
    moved_up(town, apart(Wren=Going.SKIPS))

    assert place(town.wren) == ("3", "")


def test_who_would_go_past_the_last_year_group_leaves(town: Town) -> None:
    group(town.wren, "5")

    plan = plan_of(town, apart(Wren=Going.SKIPS))

    assert [each.name for each in plan.leavers] == ["Wren, Ada"]


def test_who_went_apart_is_written_down_and_taken_back(town: Town) -> None:
    before = rows()
    move = moved_up(town, apart(Wren=Going.STAYS))
    (done,) = Event.objects.all()

    moves_up.undo(move=move, by=town.alice)

    assert done.detail[town.wren.upn] == ["Year 1", "Year 1"]
    assert rows() == before


def test_the_page_keeps_a_pupil_back(town: Town, signed_in: SignedIn) -> None:
    office = signed_in(town.olive)
    where = reverse("pupils:move_up", args=[town.elm.laestab])
    names = {f"class-{each.pk}": each.name for each in (town.wrens, town.robins)}
    sent = {"last_group": "nobody", "last_day": "22/07/2027"} | names
    sent |= {f"apart-{town.wren.pk}": "stays", f"apart-{town.acorn.pk}": "stays"}

    looked = office.post(where, sent)
    approved = looked.context["plan"].digest
    office.post(where, sent | {"approved": approved, "move": "1"})

    assert "Wren, Ada stays in Year 1, without a class yet" in plain(looked)
    assert "Year 1: 1 of 2 apart" in plain(looked)
    assert place(town.wren) == ("1", "")
    assert place(town.robin) == ("2", "Robins")


def test_a_word_that_is_no_choice_moves_the_pupil_with_the_rest(
    town: Town, signed_in: SignedIn
) -> None:
    where = reverse("pupils:move_up", args=[town.elm.laestab])
    sent = {"last_group": "nobody", "last_day": "22/07/2027"}

    page = signed_in(town.olive).post(where, sent | {f"apart-{town.wren.pk}": "13"})

    assert not page.context["plan"].stay
    assert "Year 1: 2 pupils" in plain(page)


def test_a_last_day_that_was_corrected_is_kept_when_a_move_is_taken_back(
    town: Town, signed_in: SignedIn
) -> None:
    leaver = group(town.wren, "6")
    other = group(town.robin, "6")
    move = moved_up(town)
    leaver.enrolments.update(left_on=date(YEAR, 7, 9))

    said = signed_in(town.olive).post(
        reverse("pupils:take_back", args=[town.elm.laestab, move.pk]), follow=True
    )

    assert leaver.enrolments.get().left_on == date(YEAR, 7, 9)
    assert other.enrolments.get().left_on is None
    assert "Ada Wren still leaves on 9 July 2027" in plain(said)
