import re
import time

import pytest
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.school import fill
from tests.web.reporting.test_pages import YEAR, text

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.reporting.models import Letterhead
from hornbook.web.results.models import Result


def page(town: Town, code: str = "phonics", year: int = YEAR) -> str:
    return reverse("reporting:letters", args=[town.elm.laestab, code, year])


def test_the_page_says_who_gets_a_letter_and_who_none(
    reported: Town, signed_in: SignedIn
) -> None:
    enrolled = Enrolment.objects.filter(academic_year=YEAR, nc_year="1").first()
    assert enrolled is not None
    Result.objects.filter(pupil=enrolled.pupil, year=YEAR).delete()

    words = text(signed_in(reported.alice), page(reported))

    assert "59 letters, one pupil a page" in words
    assert "No letter for 1 pupil" in words
    assert enrolled.pupil.surname in words


def test_all_letters_come_as_one_tagged_pdf(
    reported: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(reported.alice).get(page(reported, "ks2") + "pdf/")

    assert answer["Content-Type"] == "application/pdf"
    assert "letters-ks2-2025-26.pdf" in answer["Content-Disposition"]
    assert b"StructTreeRoot" in answer.content
    assert pages_of(answer.content) == 30


def pages_of(pdf: bytes) -> int:
    """How many pages a PDF says it has."""
    [count] = (
        re.findall(rb"/Type\s*/Pages\s*/Count\s+(\d+)", pdf)
        or re.findall(rb"/Count\s+(\d+)", pdf)[:1]
    )
    return int(count)


def test_one_class_and_one_pupil_have_theirs_alone(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )[0]
    file = page(reported) + "pdf/"

    assert pages_of(client.get(file + "?class=Class 1").content) == 30
    assert pages_of(client.get(f"{file}?pupil={pupil.pk}").content) == 1
    assert client.get(file + "?class=Nobody").status_code == 404


def test_a_teacher_makes_letters_of_their_own_class_only(
    reported: Town, signed_in: SignedIn
) -> None:
    within = reported.elm.classes.get(academic_year=YEAR, name="Class 1")
    within.teachers.add(reported.bob)
    other = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="2"
    )[0]
    bob = signed_in(reported.bob)

    assert "30 letters" in text(bob, page(reported))
    answer = bob.get(f"{page(reported)}pdf/?pupil={other.pk}")
    assert answer.status_code == 404


def test_a_teacher_of_no_class_is_not_told_that_nothing_is_recorded(
    reported: Town, signed_in: SignedIn
) -> None:
    words = text(signed_in(reported.bob), page(reported))

    assert "There is no letter to make yet" in words
    assert "whom you may see" in words
    assert "othing is recorded" not in words


def test_namesakes_are_told_apart_by_their_dates_of_birth(
    reported: Town, signed_in: SignedIn
) -> None:
    one, other, alone = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )[:3]
    Pupil.objects.filter(pk__in=[one.pk, other.pk]).update(
        surname="Abara", forename="Ravi"
    )

    answer = signed_in(reported.alice).get(page(reported))

    words = answer.content.decode()
    post = answer.context["post"]
    assert f"{one.dob:%B %Y}" in words
    assert f"of Abara, Ravi, born {other.dob.day} {other.dob:%B %Y}" in words
    assert post.names[one.pk].born == f"{one.dob.day} {one.dob:%B %Y}"
    assert post.names[alone.pk].born == ""


def test_a_missing_figure_of_england_is_named_to_those_who_may_write_it_down(
    reported: Town, signed_in: SignedIn
) -> None:
    words = text(signed_in(reported.alice), page(reported, "ks1", 2023))

    assert "figure is not held for KS1 science" in words
    assert "figure for KS1 maths is not confirmed." in words


def test_the_schools_own_words_are_kept_and_written_down(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    words = {
        "heading": "Elm Road, a place to grow",
        "opening": "It was a good year.",
        "closing": "Come on Tuesday.\n\nTea is served.",
        "signed": "Henry Example, Headteacher",
    }

    answer = client.post(page(reported), words)

    assert answer.status_code == 302
    held = Letterhead.objects.get(school=reported.elm, letter="phonics")
    assert held.opening == "It was a good year."
    assert Event.objects.filter(action="letter worded").count() == 1
    assert "Come on Tuesday" in client.get(page(reported)).content.decode()


def test_a_child_is_called_by_the_name_they_are_known_by(
    reported: Town, signed_in: SignedIn
) -> None:
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )[0]
    Pupil.objects.filter(pk=pupil.pk).update(preferred_forename="Bee")

    answer = signed_in(reported.alice).get(page(reported))

    [letter] = [
        each for named, each in answer.context["post"].rows if named.key == pupil.pk
    ]
    assert letter.opening.startswith("The phonics screening check")
    assert "Bee was asked to read" in letter.opening


def test_each_letter_that_needs_two_pages_has_two_of_its_own(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    pupils = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    )
    words = "We are glad of all that was done in the year, and of each child. " * 30
    closing = "\n\n".join([words[:1900], "Come in."])
    client.post(page(reported, "ks2"), {"closing": closing, "signed": "Henry Example"})

    made = client.get(page(reported, "ks2") + "pdf/").content

    assert pages_of(made) == 2 * len(pupils)


def test_words_that_nearly_fit_a_page_are_set_smaller_to_fit_it(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    words = "We are glad of all that was done in the year, and of each child. " * 14
    client.post(page(reported, "ks2"), {"opening": words, "signed": "Henry Example"})

    made = client.get(page(reported, "ks2") + "pdf/").content

    assert pages_of(made) == 30


def test_a_surname_that_a_child_is_known_by_stands_on_the_letter(
    reported: Town, signed_in: SignedIn
) -> None:
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )[0]
    Pupil.objects.filter(pk=pupil.pk).update(
        preferred_forename="Bee", preferred_surname="Lark"
    )

    answer = signed_in(reported.alice).get(page(reported))

    names = {named.key: named for named, _ in answer.context["post"].rows}
    assert names[pupil.pk].on_a_letter == "Bee Lark"


@pytest.mark.parametrize(
    ("code", "group", "item", "value", "told"),
    [
        (
            "ks2",
            "6",
            "ks2-teacher-assessment.reading",
            "PK3",
            ("Reading, judged by the teacher", "Pre-key stage standard 3"),
        ),
        (
            "ks1",
            "2",
            "ks1.maths-test-mark",
            "U",
            ("Maths test", "could not take the test, even with help to do so."),
        ),
    ],
)
def test_what_no_measure_counts_is_told_all_the_same(
    code: str,
    group: str,
    item: str,
    value: str,
    told: tuple[str, str],
    reported: Town,
    signed_in: SignedIn,
) -> None:
    pupil = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year=group
    )[0]
    Result.objects.filter(pupil=pupil, item=item, year=YEAR).delete()
    Result.objects.create(pupil=pupil, item=item, year=YEAR, value=value)

    answer = signed_in(reported.alice).get(page(reported, code))

    [letter] = [
        each for named, each in answer.context["post"].rows if named.key == pupil.pk
    ]
    [said] = [words for title, words in letter.results if title == told[0]]
    assert said.endswith(told[1])


def test_a_head_reads_letters_but_does_not_word_them(
    reported: Town, signed_in: SignedIn
) -> None:
    henry = signed_in(reported.henry)

    assert henry.post(page(reported), {"heading": "Mine"}).status_code == 403
    assert "Your school's own words" not in text(henry, page(reported))


@pytest.mark.parametrize("code", ["gps", "ks9"])
def test_there_is_no_letter_of_what_parents_are_not_told(
    code: str, reported: Town, signed_in: SignedIn
) -> None:
    assert signed_in(reported.alice).get(page(reported, code)).status_code == 404


def test_ninety_letters_are_made_within_three_seconds(
    town: Town, signed_in: SignedIn
) -> None:
    fill(town.elm, 90)
    client = signed_in(town.alice)
    begun = time.process_time()

    answer = client.get(page(town, "ks2") + "pdf/")

    assert time.process_time() - begun < 3
    assert pages_of(answer.content) == 90
