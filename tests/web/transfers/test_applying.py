"""A plan that is approved is carried out, all of it or none of it."""

from dataclasses import replace
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.web.people import YEAR, Town, pupil
from tests.web.transfers.conftest import BringIn, Stage, rows
from tests.web.transfers.mis import SECRETS, Child, ctf, phonics, renamed, school, upn

from hornbook.matching import NEW, Update
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, FormerUPN, Pupil
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import School
from hornbook.web.transfers import actions, queries
from hornbook.web.transfers.answers import Answers, Clashes
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.staging import Staged

ADA = Child(upn(11), results=(phonics("34", "2025"),))


@pytest.fixture(autouse=True)
def empty(town: Town) -> None:
    """Elm Road before it has any pupils."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()


def only_pupil(school: School) -> Pupil:
    return Pupil.objects.get(school=school)


def test_a_new_pupil_is_added_enrolled_and_has_the_results(
    town: Town, bring_in: BringIn
) -> None:
    transfer = bring_in(ctf(ADA))

    ada = only_pupil(town.elm)
    assert (ada.upn, ada.surname, ada.dob, ada.sex) == (
        ADA.upn,
        "Byrne",
        date(2019, 11, 6),
        "F",
    )
    assert ada.postcode == "ZZ99 3WZ"
    enrolment = ada.enrolments.get()
    assert (enrolment.academic_year, enrolment.nc_year) == (2026, "1")
    mark = Result.objects.get(pupil=ada)
    assert (mark.item, mark.year, mark.value) == ("phonics.mark", 2025, "34")
    assert (mark.source, mark.transfer_id, mark.by) == (
        Source.TRANSFER,
        transfer.pk,
        town.alice,
    )


def test_the_year_group_is_by_date_of_birth_where_the_file_gives_none(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(replace(ADA, nc_year="")))

    assert only_pupil(town.elm).enrolments.get().nc_year == "1"


def test_the_year_is_by_the_date_of_the_file_where_the_header_has_none(
    stage: Stage,
) -> None:
    assert stage(ctf(ADA, year="")).academic_year == 2026
    assert stage(ctf(ADA, year="", made="some day")).academic_year == YEAR


def test_a_former_upn_and_the_days_at_school_are_kept(
    town: Town, bring_in: BringIn
) -> None:
    days = (
        "<SchoolHistory><School><LEA>926</LEA><Estab>2155</Estab>"
        "<EntryDate>2024-09-04</EntryDate><LeavingDate>2026-04-01</LeavingDate>"
        "</School></SchoolHistory>"
    )
    basic = f"<FormerUPN>{upn(1, 'F')}</FormerUPN>"

    bring_in(ctf(replace(ADA, basic=basic, more=days)))

    ada = only_pupil(town.elm)
    assert ada.former_upns.get().upn == upn(1, "F")
    enrolment = ada.enrolments.get()
    assert enrolment.joined_on == date(2024, 9, 4)
    assert enrolment.left_on == date(2026, 4, 1)


def test_what_changed_is_changed_and_nothing_else(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))
    Pupil.objects.update(fsm_ever6="Y", ethnicity="WBRI")

    bring_in(ctf(renamed(ADA, "Lovell"), made="2026-05-22T09:30:00"))

    ada = only_pupil(town.elm)
    assert (ada.surname, ada.fsm_ever6, ada.ethnicity) == ("Lovell", "Y", "WBRI")


def test_a_permanent_upn_replaces_a_temporary_one_and_keeps_it(
    town: Town, bring_in: BringIn
) -> None:
    temporary = upn(1, "F")
    bring_in(ctf(replace(ADA, upn=temporary)))
    mark = Result.objects.get()

    bring_in(ctf(ADA))

    ada = only_pupil(town.elm)
    assert ada.upn == ADA.upn
    assert [former.upn for former in ada.former_upns.all()] == [temporary]
    assert Result.objects.get() == mark


def test_the_new_school_year_is_a_new_enrolment(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(replace(ADA, nc_year="2"), year="2026", made="2026-09-04T09:00:00"))

    years = Enrolment.objects.order_by("academic_year").filter(pupil__school=town.elm)
    assert list(years.values_list("academic_year", "nc_year")) == [
        (2026, "1"),
        (2027, "2"),
    ]


def test_a_year_group_put_right_in_the_mis_changes_the_enrolment(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(replace(ADA, nc_year="2")))

    assert only_pupil(town.elm).enrolments.get().nc_year == "2"


def test_another_schools_pupil_of_the_same_upn_is_not_touched(
    town: Town, bring_in: BringIn
) -> None:
    Pupil.objects.filter(pk=town.acorn.pk).update(upn=ADA.upn)

    bring_in(ctf(ADA))

    assert Pupil.objects.get(pk=town.acorn.pk).surname == "Acorn"
    assert Pupil.objects.filter(upn=ADA.upn).count() == 2


# --- who is not in the file


def test_nobody_leaves_unless_it_is_ticked(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA, Child(upn(12), forename="Grace")))

    bring_in(ctf(ADA))

    assert not Enrolment.objects.filter(left_on__isnull=False).exists()


def test_who_is_ticked_leaves_on_the_day_of_the_file(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA, Child(upn(12), forename="Grace")))
    grace = Pupil.objects.get(forename="Grace")

    transfer = bring_in(
        ctf(ADA, made="2026-05-22T09:30:00"), leavers=frozenset({grace.pk})
    )

    assert grace.enrolments.get().left_on == date(2026, 5, 22)
    assert transfer.counts["applied"]["left"] == 1


def test_who_left_over_the_summer_left_on_the_last_day_of_that_year(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA, Child(upn(12), forename="Grace", nc_year="6")))
    grace = Pupil.objects.get(forename="Grace")

    bring_in(
        ctf(ADA, year="2026", made="2026-09-04T09:00:00"),
        leavers=frozenset({grace.pk}),
    )

    assert grace.enrolments.get().left_on == date(2026, 8, 31)


def test_a_tick_for_somebody_in_the_file_is_passed_over(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(ADA), leavers=frozenset({only_pupil(town.elm).pk, town.acorn.pk}))

    assert not Enrolment.objects.filter(left_on__isnull=False).exists()


def test_a_file_of_last_year_asks_after_nobody(town: Town, stage: Stage) -> None:
    pupil(town.elm, "Later", 7)

    assert queries.preview(stage(ctf(ADA))).missing == ()


def test_a_partial_file_says_nothing_of_who_is_not_in_it(
    town: Town, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA, Child(upn(12), forename="Grace")))

    assert queries.preview(stage(ctf(ADA, qualifier="partial"))).missing == ()


def test_who_came_back_is_on_roll_again_where_it_is_ticked(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))
    Enrolment.objects.update(left_on=date(2026, 2, 13))
    ada = only_pupil(town.elm)

    bring_in(ctf(ADA))
    assert ada.enrolments.get().left_on == date(2026, 2, 13)

    bring_in(ctf(ADA), returners=frozenset({ada.pk}))
    assert ada.enrolments.get().left_on is None


def prepared(ada: Pupil) -> Enrolment:
    """Ada in the year after, which has not begun."""
    year = ada.enrolments.get().academic_year
    return Enrolment.objects.create(pupil=ada, academic_year=year + 1, nc_year="9")


def test_who_came_back_comes_in_the_year_that_is_prepared_too(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))
    ada = only_pupil(town.elm)
    prepared(ada)
    Enrolment.objects.update(left_on=date(2026, 2, 13))

    bring_in(ctf(ADA), returners=frozenset({ada.pk}))

    assert [each.left_on for each in ada.enrolments.all()] == [None, None]


def test_who_leaves_by_the_file_does_not_come_in_the_year_that_is_prepared(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))
    ada = only_pupil(town.elm)
    prepared(ada)

    school = (
        "<SchoolHistory><School><LEA>926</LEA><Estab>2155</Estab>"
        "<LeavingDate>2026-02-13</LeavingDate></School></SchoolHistory>"
    )
    bring_in(ctf(replace(ADA, more=school)))

    days = {each.left_on for each in ada.enrolments.all()}
    assert days == {date(2026, 2, 13)}


# --- results


def test_ours_stay_where_results_differ(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(replace(ADA, results=(phonics("33", "2025"), phonics("12", "2024")))))

    current = Result.objects.current().order_by("year")
    assert [row.value for row in current] == ["12", "34"]


def test_the_files_stand_where_it_is_said(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))
    first = Result.objects.get()

    bring_in(ctf(replace(ADA, results=(phonics("33", "2025"),))), clashes=Clashes.FILE)

    now = Result.objects.current().get()
    assert (now.value, now.replaces) == ("33", first)


def test_only_those_ticked_are_the_files(town: Town, bring_in: BringIn) -> None:
    grace = Child(upn(12), forename="Grace", results=(phonics("5", "2025"),))
    bring_in(ctf(ADA, grace))
    changed = [
        replace(child, results=(phonics("40", "2025"),)) for child in (ADA, grace)
    ]

    bring_in(
        ctf(*changed),
        clashes=Clashes.TICKED,
        theirs=frozenset({f"{grace.upn}|phonics.mark|2025"}),
    )

    values = Result.objects.current().order_by("pupil__forename")
    assert [row.value for row in values] == ["34", "40"]


def test_a_cleared_result_is_a_gap_that_the_file_fills(
    town: Town, bring_in: BringIn
) -> None:
    bring_in(ctf(ADA))
    Result.objects.update(value="")
    cleared = Result.objects.get()

    bring_in(ctf(ADA))

    now = Result.objects.current().get()
    assert (now.value, now.replaces) == ("34", cleared)


def test_results_alone_add_and_change_nobody(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))
    stranger = Child(upn(12), forename="Grace", results=(phonics("1"),))
    shouted = replace(ADA, surname="LOVELL", results=(phonics("22", "2024"),))

    bring_in(ctf(shouted, stranger), update=Update.ASSESSMENTS)

    assert only_pupil(town.elm).surname == "Byrne"
    assert Result.objects.filter(year=2024).get().value == "22"


def test_a_file_of_the_dfe_brings_in_results_alone(stage: Stage) -> None:
    check = stage(ctf(ADA, qualifier="partial", supplier="Multiplication Tables Check"))

    assert check.choices["update"] == "assessments"


def test_a_partial_file_without_results_brings_in_pupils(stage: Stage) -> None:
    assert stage(ctf(Child(upn(11)), qualifier="partial")).choices["update"] == "both"
    assert stage(ctf(ADA, qualifier="partial")).choices["update"] == "assessments"


# --- approval


def test_only_the_plan_that_was_shown_is_applied(town: Town, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    shown = queries.preview(transfer).digest
    Pupil.objects.create(
        school=town.elm,
        upn=ADA.upn,
        surname="Byrne",
        forename="Ada",
        dob=date(2019, 11, 6),
        sex="F",
    )
    before = rows()

    with pytest.raises(actions.PlanIsStale):
        actions.apply(transfer=transfer, approved=shown, by=town.alice)

    assert rows() == before


def test_a_file_is_applied_once(town: Town, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    shown = queries.preview(transfer).digest
    actions.apply(transfer=transfer, approved=shown, by=town.alice)

    with pytest.raises(actions.PlanIsStale):
        actions.apply(transfer=transfer, approved=shown, by=town.alice)


def test_a_file_thrown_away_meanwhile_is_not_applied(town: Town, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    shown = queries.preview(transfer).digest
    actions.discard(transfer=Transfer.objects.get(), by=town.alice)

    with pytest.raises(actions.PlanIsStale):
        actions.apply(transfer=transfer, approved=shown, by=town.alice)


def test_two_pupils_who_would_have_one_upn_leave_all_as_it_was(
    town: Town, bring_in: BringIn, stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    transfer = stage(ctf(ADA))
    plan = queries.preview(transfer)
    twice = replace(plan, new=plan.new * 2)
    monkeypatch.setattr(queries, "preview", lambda _: twice)
    before = rows()

    with pytest.raises(actions.PlanIsStale):
        actions.apply(transfer=transfer, approved=twice.digest, by=town.alice)

    assert rows() == before


def test_who_is_not_decided_stays_out(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(replace(ADA, upn=upn(12))))

    assert only_pupil(town.elm).upn == ADA.upn


def test_a_decision_is_carried_out(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))

    bring_in(ctf(replace(ADA, upn=upn(12))), decided={upn(12): NEW})

    assert Pupil.objects.filter(school=town.elm).count() == 2


def test_who_did_what_is_written_with_it(town: Town, bring_in: BringIn) -> None:
    bring_in(ctf(ADA))

    event = Event.objects.get(action="transfer applied")
    assert (event.by, event.laestab) == (town.alice, "9262155")
    assert event.detail["new"] == 1


def test_nothing_of_the_file_is_kept_once_it_is_applied(bring_in: BringIn) -> None:
    transfer = bring_in(ctf(ADA))

    transfer.refresh_from_db()
    assert transfer.staged == b""
    assert transfer.choices == {"update": "both"}


def test_what_is_private_is_stored_nowhere(stage: Stage, bring_in: BringIn) -> None:
    private = replace(ADA, basic="<MedicalFlag>SecretMedical</MedicalFlag>")
    waiting = stage(ctf(private))
    kept = str(Staged.unsealed(bytes(waiting.staged)))
    bring_in(ctf(private))

    held = "".join(
        str(list(model.objects.values()))
        for model in (Pupil, Enrolment, FormerUPN, Result, Event, Transfer)
    )
    for secret in SECRETS:
        assert secret not in kept
        assert secret not in held
    assert waiting.counts["left_out"]["contacts"] == 1


def test_the_number_of_queries_does_not_grow_with_the_file(
    town: Town, bring_in: BringIn
) -> None:
    def queries_for(size: int) -> int:
        Result.objects.all().delete()
        Pupil.objects.filter(school=town.elm).delete()
        with CaptureQueriesContext(
            connection,
        ) as first:
            bring_in(ctf(*school(size)))
        with CaptureQueriesContext(connection) as second:
            again = [renamed(child, child.surname + "x") for child in school(size)]
            bring_in(ctf(*again))
        return len(first) + len(second)

    assert queries_for(40) <= queries_for(10) + 4


def test_a_file_nobody_brought_in_is_forgotten_after_a_while(
    town: Town, stage: Stage
) -> None:
    old = stage(ctf(ADA))
    Transfer.objects.update(uploaded_at="2026-01-01T00:00:00Z")

    stage(ctf(ADA))

    assert not Transfer.objects.filter(pk=old.pk).exists()


def test_answers_are_kept_with_the_plan(stage: Stage) -> None:
    transfer = stage(ctf(ADA))

    actions.choose(transfer=transfer, answers=Answers(update=Update.PUPILS))

    transfer.refresh_from_db()
    assert queries.preview(transfer).results_new == ()
