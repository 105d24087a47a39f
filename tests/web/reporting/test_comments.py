"""A list of comments into the letters: shown before it is kept, and nobody mistaken."""

import io

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_commentary import two_of_year_6
from tests.web.reporting.test_pages import YEAR
from tests.web.transfers.test_pages import plain

from hornbook.identifiers import check_letter
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import FormerUPN, Pupil
from hornbook.web.reporting.models import Commentary
from hornbook.web.results.models import Result


@pytest.fixture
def lead(reported: Town, signed_in: SignedIn) -> Client:
    return signed_in(reported.alice)


def page(town: Town, code: str = "ks2", what: str = "comments") -> str:
    return reverse(f"reporting:{what}", args=[town.elm.laestab, code, YEAR])


def look(client: Client, town: Town, text: str) -> str:
    return plain(client.post(page(town), {"text": text}))


def approve(client: Client, town: Town, text: str, **more: str) -> str:
    found = client.post(page(town), {"text": text}).context["found"]
    sent = {"text": found.text, "approved": found.digest, **more}
    return plain(client.post(page(town), sent, follow=True))


def held() -> dict[Pupil, str]:
    return {one.pupil: one.text for one in Commentary.objects.all()}


def write(pupil: Pupil, text: str) -> None:
    Commentary.objects.create(
        pupil=pupil, academic_year=YEAR, letter="ks2", text=text, by_name="Bob"
    )


def test_a_list_is_shown_and_kept_only_once_it_is_approved(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    text = f"{ada.upn}\tReads well.\n{ben}\tCounts, and more.\nNobody Known\tIs lost."

    shown = look(lead, reported, text)

    assert "2 letters get a text" in shown
    assert "Nobody who has a letter that you may see is meant by: Nobody Known" in shown
    assert held() == {}

    said = approve(lead, reported, text)

    assert "Kept for 2 pupils." in said
    assert held() == {ada: "Reads well.", ben: "Counts, and more."}
    event = Event.objects.get(action="commentaries taken from a list")
    assert event.detail == {
        ada.upn: ["", "Reads well."],
        ben.upn: ["", "Counts, and more."],
    }


def test_a_text_that_is_there_is_written_over_only_where_that_is_asked(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    write(ada, "Reads.")
    text = f"{ada.upn}\tReads far more.\n{ben.upn}\tCounts."

    shown = look(lead, reported, text)
    assert "1 has another text already" in shown
    assert "Reads. Reads far more." in shown

    approve(lead, reported, text)
    assert held() == {ada: "Reads.", ben: "Counts."}

    approve(lead, reported, text, write_over="1")
    assert held() == {ada: "Reads far more.", ben: "Counts."}
    assert Commentary.objects.get(pupil=ada).by_name == "Alice Example"


def test_a_namesake_is_never_chosen(reported: Town, lead: Client) -> None:
    ada, ben = two_of_year_6()
    Pupil.objects.filter(pk=ben.pk).update(forename=ada.forename, surname=ada.surname)

    shown = look(lead, reported, f"{ada}\tReads well.")

    assert f"Write the UPN instead of the name: {ada}: Reads well." in shown
    assert "There is nothing to keep." in shown


def test_a_namesake_whom_a_teacher_does_not_see_is_one_too(
    reported: Town, signed_in: SignedIn
) -> None:
    ada, ben = two_of_year_6()
    own = reported.elm.classes.create(academic_year=YEAR, name="6 Oak")
    own.teachers.add(reported.bob)
    ada.enrolments.filter(academic_year=YEAR).update(school_class=own)
    Pupil.objects.filter(pk=ben.pk).update(forename=ada.forename, surname=ada.surname)
    bob = signed_in(reported.bob)

    assert "Write the UPN instead" in look(bob, reported, f"{ada}\tReads well.")
    assert "1 letter gets a text" in look(bob, reported, f"{ada.upn}\tReads well.")


def test_a_pupil_out_of_sight_is_nobody(reported: Town, signed_in: SignedIn) -> None:
    ada, ben = two_of_year_6()
    own = reported.elm.classes.create(academic_year=YEAR, name="6 Oak")
    own.teachers.add(reported.bob)
    ada.enrolments.filter(academic_year=YEAR).update(school_class=own)

    text = f"{ada.upn}\tReads.\n{ben.upn}\tCounts."
    shown = approve(signed_in(reported.bob), reported, text)

    assert "Kept for 1 pupil." in shown
    assert held() == {ada: "Reads."}


def test_a_upn_and_a_name_of_two_pupils_are_followed_by_neither(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()

    shown = look(lead, reported, f"{ada.upn}\t{ben}\tReads well.")

    assert "The line names two different pupils:" in shown
    assert "There is nothing to keep." in shown


def test_a_upn_that_nobody_has_is_not_made_good_by_a_name(
    reported: Town, lead: Client
) -> None:
    ada, _ = two_of_year_6()
    body = "999999921001"

    shown = look(lead, reported, f"{check_letter(body)}{body}\t{ada}\tReads well.")

    assert "Nobody who has a letter" in shown
    assert "There is nothing to keep." in shown


def test_a_former_upn_means_the_pupil(reported: Town, lead: Client) -> None:
    ada, _ = two_of_year_6()
    body = "92621552100A"
    FormerUPN.objects.create(pupil=ada, upn=check_letter(body) + body)

    approve(lead, reported, f"{check_letter(body)}{body}\tReads well.")

    assert held() == {ada: "Reads well."}


def test_a_pupil_with_two_texts_gets_neither_and_with_one_twice_gets_it(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    text = f"{ada}\tReads.\n{ada.upn}\tWrites.\n{ben}\tCounts.\n{ben.upn}\tCounts."

    shown = approve(lead, reported, text)

    assert "Kept for 1 pupil." in shown
    assert held() == {ben: "Counts."}
    assert "with another text too, and gets neither" in look(lead, reported, text)


def test_what_is_too_long_is_named_with_its_length_and_left_out(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    text = f"{ada}\t{'a' * 601}\n{ben}\t{'b' * 600}"

    shown = look(lead, reported, text)
    approve(lead, reported, text)

    told = f"{ada.surname}, {ada.forename}: 601 characters"
    assert f"Longer than 600 characters, so not to be kept. Shorten: {told}" in shown
    assert held() == {ben: "b" * 600}


def test_a_line_without_a_text_takes_nothing_out(reported: Town, lead: Client) -> None:
    ada, ben = two_of_year_6()
    write(ada, "Reads.")

    shown = look(lead, reported, f"{ada}\t\n{ben}\tCounts.")
    approve(lead, reported, f"{ada}\t\n{ben}\tCounts.", write_over="1")

    assert "There is no text in the line" in shown
    assert held() == {ada: "Reads.", ben: "Counts."}


def test_a_pupil_without_a_result_has_no_letter_to_say_it_in(
    reported: Town, lead: Client
) -> None:
    ada, _ = two_of_year_6()
    Result.objects.filter(pupil=ada).delete()

    shown = look(lead, reported, f"{ada}\tReads.")

    assert "The pupil has no letter yet in which to say it:" in shown


def test_what_changed_since_the_look_is_shown_again_and_nothing_is_kept(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    text = f"{ada}\tReads.\n{ben}\tCounts."
    found = lead.post(page(reported), {"text": text}).context["found"]
    write(ada, "Somebody else's.")

    sent = {"text": found.text, "approved": found.digest, "write_over": "1"}
    said = plain(lead.post(page(reported), sent, follow=True))

    assert "The texts have changed since you looked." in said
    assert held() == {ada: "Somebody else's."}


@pytest.mark.parametrize("text", ['"Bravo", she says.', '"All of it quoted."', "= 2"])
def test_a_text_is_kept_as_it_was_shown(
    reported: Town, lead: Client, text: str
) -> None:
    ada, _ = two_of_year_6()
    doubled = text.replace('"', '""')

    approve(lead, reported, f'{ada}\t"{doubled}"')

    assert held() == {ada: text}


def test_the_sheet_to_write_in_comes_back_with_what_was_written(
    reported: Town, lead: Client
) -> None:
    ada, ben = two_of_year_6()
    write(ben, "Counts.")
    answer = lead.get(page(reported, what="comments_sheet"))
    book = openpyxl.load_workbook(io.BytesIO(answer.content))
    sheet = book.active
    assert sheet is not None
    rows = {str(row[0].value): row for row in sheet.iter_rows(min_row=2)}
    assert (len(rows), rows[ben.upn][4].value) == (30, "Counts.")
    rows[ada.upn][4].value = "Reads well, and far.\nMore to come."
    back = io.BytesIO()
    book.save(back)

    file = SimpleUploadedFile("comments.xlsx", back.getvalue())
    found = lead.post(page(reported), {"file": file}).context["found"]

    assert [(one.key, one.after) for one in found.new] == [
        (ada.pk, "Reads well, and far. More to come.")
    ]
    assert (found.same, found.written) == (1, ())
    assert Event.objects.filter(action="data taken out").count() == 1


def test_a_letter_that_needs_no_commentary_has_no_list(
    reported: Town, lead: Client
) -> None:
    assert lead.get(page(reported, "mtc")).status_code == 404
    assert lead.get(page(reported, "mtc", "comments_sheet")).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_keeping_a_list_asks_a_fixed_number_of_queries(
    size: int,
    reported: Town,
    lead: Client,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    some = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    )[:size]
    text = "\n".join(f"{one.upn}\tReads." for one in some)
    found = lead.post(page(reported), {"text": text}).context["found"]
    sent = {"text": found.text, "approved": found.digest}

    with django_assert_max_num_queries(30):
        lead.post(page(reported), sent)

    assert len(held()) == size
