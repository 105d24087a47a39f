"""Home: where each collection has come to, by when it is wanted, what to do next."""

from datetime import date

import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
    person,
    profile,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.accounts.models import User
from hornbook.web.pupils.models import Enrolment, SchoolClass
from hornbook.web.results.models import Lock, Result
from hornbook.web.returns.models import AuthorityProfile, Choice, MadeFile
from hornbook.web.returns.standing import Stage, Standing
from hornbook.web.returns.standings import standings_by_school
from hornbook.web.schools.models import LocalAuthority, RecipientProfile, School


def home(client: Client, school: School, year: int = YEAR) -> str:
    response = client.get(address("schools:home", school), {"year": year})
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def standing(client: Client, school: School, collection: str) -> Standing:
    response = client.get(address("schools:home", school), {"year": YEAR})
    found: Standing = next(
        one for one in response.context["duties"] if one.collection.code == collection
    )
    return found


def make(client: Client, school: School, collection: str, to: str = "la") -> MadeFile:
    client.post(
        address("returns:make", school, collection, YEAR, to), {"known_errors": "99"}
    )
    return MadeFile.objects.latest("pk")


def send(client: Client, made: MadeFile) -> None:
    client.post(
        address("returns:sent", made.school, made.pk),
        {"sent_on": "24/06/2026", "receipt": ""},
    )


def answer(client: Client, made: MadeFile, said: str) -> None:
    client.post(
        address("returns:answered", made.school, made.pk),
        {"answer": said, "answered_on": "24/06/2026", "words": "Thank you"},
    )


def test_a_return_goes_from_not_started_to_accepted(
    school: School, lead: Client
) -> None:
    def seen() -> tuple[Stage, str]:
        one = standing(lead, school, "phonics")
        return one.stage, one.step.text

    assert seen() == (Stage.NO_PUPILS, "Bring pupils in")
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    assert seen() == (Stage.NOT_STARTED, "Enter the results")
    give(ada, "phonics.mark", "30")
    assert seen() == (Stage.ENTERING, "1 pupil lacks something: finish")
    give(ben, "phonics.mark", "31")
    assert seen() == (Stage.READY, "Check it and make the file")
    make(lead, school, "phonics", "mis")
    assert seen()[0] is Stage.READY
    made = make(lead, school, "phonics")
    assert seen() == (Stage.MADE, "Send it and write down the receipt")
    send(lead, made)
    assert seen() == (Stage.SENT, "Write down whether it was accepted")
    answer(lead, made, "refused")
    assert seen() == (Stage.REFUSED, "Put it right and make a new file")
    made = make(lead, school, "phonics")
    send(lead, made)
    answer(lead, made, "accepted")
    assert seen() == (Stage.ACCEPTED, "Nothing is left to do")


def test_a_result_changed_after_sending_is_said_with_the_number_of_pupils(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    give(ada, "phonics.mark", "30")
    made = make(lead, school, "phonics")
    send(lead, made)
    assert "Changed since sent" not in home(lead, school)

    Result.objects.update(value="31")

    told = home(lead, school)
    assert "Changed since sent: 1 pupil" in told
    assert "1 pupil changed since it was sent: look" in told
    assert f"{address('returns:file', school, made.pk)}#since" in told

    Result.objects.update(value="30")
    assert "Changed since sent" not in home(lead, school)


def test_a_result_changed_before_sending_is_said_and_leads_to_a_new_file(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    make(lead, school, "phonics")

    Result.objects.update(value="31")

    told = home(lead, school)
    assert "Changed since it was made: 1 pupil" in told
    assert "1 pupil changed since it was made: make it again" in told
    again = address("returns:preflight", school, "phonics", YEAR, "la")
    assert f'href="{again}">1 pupil changed' in told

    make(lead, school, "phonics")
    assert "Changed since" not in home(lead, school)


def test_what_was_refused_is_put_right_before_what_changed(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school, "phonics")
    send(lead, made)
    answer(lead, made, "refused")

    Result.objects.update(value="31")

    one = standing(lead, school, "phonics")
    assert one.step.text == "Put it right and make a new file"
    assert one.changed == "Changed since sent: 1 pupil"


def test_a_file_made_again_unchanged_leaves_the_return_accepted(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    made = make(lead, school, "phonics")
    send(lead, made)
    answer(lead, made, "accepted")

    make(lead, school, "phonics")
    assert standing(lead, school, "phonics").stage is Stage.ACCEPTED

    Result.objects.update(value="31")
    assert standing(lead, school, "phonics").step.text == (
        "1 pupil changed since it was sent: look"
    )
    make(lead, school, "phonics")
    assert standing(lead, school, "phonics").stage is Stage.MADE


def test_what_comes_from_the_dfe_is_complete_and_returned_to_nobody(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "4")
    assert standing(lead, school, "mtc").step.text == (
        "Bring the results in, or enter them"
    )

    give(ada, "mtc.mark", "25")

    one = standing(lead, school, "mtc")
    assert (one.stage, one.step.text) == (Stage.COMPLETE, "Nothing is left to do")


def test_the_day_of_the_tables_check_counts_as_the_school_declares_by_it(
    school: School, lead: Client, time_machine: time_machine.TimeMachineFixture
) -> None:
    def seen(day: str) -> tuple[bool, bool]:
        time_machine.move_to(f"{day}T10:00:00Z")
        lead.force_login(User.objects.get())
        told = home(lead, school).partition("Multiplication tables check")[2]
        return told.partition("</tr>")[0].count("3 days") > 0, ">Late<" in told

    ada = enrol(school, "Byrne", "4")

    assert seen("2026-06-16") == (True, False)
    # The results come on 22 June: nobody is behind before.
    assert seen("2026-06-21") == (False, False)
    assert seen("2026-06-22") == (True, True)
    give(ada, "mtc.mark", "25")
    assert seen("2026-06-22") == (False, False)


def test_an_optional_collection_says_so_and_is_never_late(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "2")

    one = standing(lead, school, "ks1")

    assert one.stage is Stage.NOTHING
    assert not one.late
    assert "Optional" in home(lead, school)


def test_days_are_counted_to_the_deadline(
    school: School, lead: Client, time_machine: time_machine.TimeMachineFixture
) -> None:
    enrol(school, "Byrne", "R")
    assert "6 days left" in home(lead, school)

    time_machine.move_to("2026-07-02T10:00:00Z")
    lead.force_login(User.objects.get())

    told = home(lead, school)
    assert "2 days ago" in told
    assert standing(lead, school, "eyfsp").late
    assert ">Late<" in told


def test_the_recipients_own_day_stands_before_the_nations(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "R")
    RecipientProfile.objects.create(
        school=school,
        recipient="la",
        text='recipient = "la"\nname = "Elmshire"\n'
        '[[deadlines]]\ncollection = "eyfsp"\nday = 2026-06-26\nnote = "by noon"\n',
        by_name="Lee Lead",
    )

    one = standing(lead, school, "eyfsp")

    assert [(due.day, due.whose) for due in one.dues] == [
        (date(2026, 6, 26), "Elmshire"),
        (date(2026, 6, 30), "national"),
    ]
    told = home(lead, school)
    assert "Elmshire: by noon, 2 days left" in told
    assert "National, 6 days left" in told


def test_before_the_window_it_says_when_it_comes(
    school: School, lead: Client, time_machine: time_machine.TimeMachineFixture
) -> None:
    time_machine.move_to("2026-03-02T10:00:00Z")
    enrol(school, "Byrne", "1")
    lead.force_login(User.objects.get())

    assert (
        standing(lead, school, "phonics").step.text == "Comes on 8 June: see the grid"
    )


def test_the_next_years_dates_are_shown_and_say_what_is_expected_only(
    school: School, lead: Client
) -> None:
    told = home(lead, school).partition("Dates of 2026/27")[2]
    assert "Check week: 14 June 2027" in told
    assert "Expected" in told

    assert "Not published yet. They are expected" in home(lead, school, 2027)


def test_a_teacher_sees_how_complete_their_class_is_and_no_file(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1", class_name="Wrens")
    enrol(school, "Cole", "1", class_name="Robins")
    give(ada, "phonics.mark", "30")
    make(lead, school, "phonics")
    teacher = person("teacher", school, "Tess Teacher")
    SchoolClass.objects.get(name="Wrens").teachers.add(teacher)

    one = standing(signed_in(teacher), school, "phonics")
    told = home(signed_in(teacher), school)
    assert address("returns:preflight", school, "phonics", YEAR, "la") not in told

    assert (one.stage, one.progress.pupils, one.made) == (Stage.COMPLETE, 1, None)


def test_what_a_teacher_may_not_see_is_not_called_missing_or_late(
    school: School, time_machine: time_machine.TimeMachineFixture
) -> None:
    give(enrol(school, "Byrne", "1", class_name="Wrens"), "phonics.mark", "30")
    profile(enrol(school, "Cole", "R", class_name="Robins"))
    teacher = person("teacher", school, "Tess Teacher")
    SchoolClass.objects.get(name="Wrens").teachers.add(teacher)
    time_machine.move_to("2026-07-02T10:00:00Z")

    one = standing(signed_in(teacher), school, "eyfsp")
    told = home(signed_in(teacher), school)

    assert (one.stage.word, one.late) == ("None of yours", False)
    assert "No pupil of your classes" in told
    assert "No pupils" not in told
    assert "Bring pupils in" not in told


def test_home_asks_the_database_no_more_for_more_pupils(
    school: School, lead: Client
) -> None:
    def asked_for(count: int) -> int:
        for number in range(count):
            profile(enrol(school, f"Pupil{number}", "R"))
        send(lead, make(lead, school, "eyfsp"))
        home(lead, school)
        with CaptureQueriesContext(connection) as counted:
            home(lead, school)
        return len(counted)

    assert asked_for(1) == asked_for(40)


def test_what_a_year_that_is_over_lacks_waits_behind_its_grid(
    school: School,
) -> None:
    user = person("lead", school, "Lena Lead")
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    give(ada, "phonics.mark", "30")
    Enrolment.objects.create(pupil=ben, academic_year=YEAR + 1, nc_year="2")

    with time_machine.travel(date(YEAR, 10, 5)):
        lead = signed_in(user)
        one = standing(lead, school, "phonics")
        assert one.step.text == "1 pupil lacks something: the grid is closed"
        assert standing(lead, school, "eyfsp").step.text == "Bring pupils in"

        lead.post(address("results:unlock", school, "phonics", YEAR))

        one = standing(lead, school, "phonics")
        assert one.step.text == "1 pupil lacks something: finish"


def test_each_of_several_schools_stands_by_what_is_known_of_it_alone(
    school: School, lead: Client
) -> None:
    elmshire = LocalAuthority.objects.create(number="926", name="Elmshire")
    shut, own, inherits, over = (
        make_school(f"School {number}", f"230{number}") for number in range(4)
    )
    schools = [school, shut, own, inherits, over]
    first, *_ = pupils = [enrol(one, "Byrne", "1") for one in schools]
    out = enrol(school, "Cole", "1")
    give(first, "phonics.mark", "30")
    Choice.objects.create(
        pupil=out, academic_year=YEAR, collection="phonics", included=False
    )
    make(lead, school, "phonics")
    Lock.objects.create(school=shut, collection="phonics", year=YEAR)
    own.profiles.create(recipient="la", text=_wanted_on(12, "Ours"))
    AuthorityProfile.objects.create(authority=elmshire, text=_wanted_on(13, "Theirs"))
    School.objects.filter(pk__in=[own.pk, inherits.pk]).update(authority=elmshire)
    Enrolment.objects.create(pupil=pupils[-1], academic_year=YEAR + 1, nc_year="2")

    with time_machine.travel(date(YEAR, 10, 5)):
        found = standings_by_school(
            list(School.objects.all()), rulebook(AcademicYear(YEAR)), date(YEAR, 10, 5)
        )
    phonics = [
        next(one for one in found[each.pk] if one.collection.code == "phonics")
        for each in schools
    ]

    assert [one.stage for one in phonics] == [Stage.MADE, *[Stage.NOT_STARTED] * 4]
    assert [one.progress.pupils for one in phonics] == [1] * 5
    assert [one.closed for one in phonics] == [False, True, False, False, True]
    assert [one.own and one.own.day.day for one in phonics] == [
        None,
        None,
        12,
        13,
        None,
    ]


def _wanted_on(day: int, name: str) -> str:
    return (
        f'recipient = "la"\nname = "{name}"\n'
        f'[[deadlines]]\ncollection = "phonics"\nday = 2026-06-{day}\nnote = ""\n'
    )
