"""What the letters say of progress, typed a pupil at a time."""

import pytest
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.test_letters import pages_of
from tests.web.reporting.test_pages import YEAR, text

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.reporting.models import Commentary


def page(town: Town, code: str = "ks2") -> str:
    return reverse("reporting:commentary", args=[town.elm.laestab, code, YEAR])


def letters(town: Town) -> str:
    return reverse("reporting:letters", args=[town.elm.laestab, "ks2", YEAR])


def two_of_year_6() -> tuple[Pupil, Pupil]:
    first, second = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    )[:2]
    return first, second


def test_what_is_typed_stands_in_the_letter_and_is_written_down(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    ada, _ = two_of_year_6()

    answer = client.post(
        page(reported), {f"was-{ada.pk}": "", f"text-{ada.pk}": " Reads far\r\nmore. "}
    )

    held = Commentary.objects.get()
    event = Event.objects.get(action="commentary written")
    assert answer.status_code == 302
    assert (held.pupil, held.text) == (ada, "Reads far more.")
    assert event.by == reported.alice
    assert "29 letters say nothing of progress yet" in text(client, letters(reported))
    assert pages_of(client.get(letters(reported) + "pdf/").content) == 30


def test_the_field_of_a_namesake_says_when_the_child_was_born(
    reported: Town, signed_in: SignedIn
) -> None:
    two = two_of_year_6()
    Pupil.objects.filter(pk__in=[one.pk for one in two]).update(
        surname="Abara", forename="Ravi"
    )

    words = text(signed_in(reported.alice), page(reported))

    for one in two:
        assert f"Abara, Ravi, born {one.dob.day} {one.dob:%B %Y}" in words


def test_a_text_that_is_taken_out_is_gone(reported: Town, signed_in: SignedIn) -> None:
    client = signed_in(reported.alice)
    ada, _ = two_of_year_6()
    key = ada.pk
    client.post(page(reported), {f"was-{key}": "", f"text-{key}": "Reads more."})

    client.post(page(reported), {f"was-{key}": "Reads more.", f"text-{key}": ""})

    assert not Commentary.objects.exists()
    assert Event.objects.filter(action="commentary taken out").count() == 1


def test_what_is_too_long_is_named_and_stays_to_be_cut_and_the_rest_is_kept(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    ada, ben = two_of_year_6()
    long = "a" * 601

    answer = client.post(
        page(reported),
        {
            f"was-{ada.pk}": "",
            f"text-{ada.pk}": long,
            f"was-{ben.pk}": "",
            f"text-{ben.pk}": "Counts well.",
        },
    )

    told = answer.content.decode()
    assert "601 characters. It must be 600 at most." in told
    assert long in told
    assert Commentary.objects.get().pupil == ben


def test_what_somebody_else_wrote_meanwhile_is_not_written_over(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    ada, _ = two_of_year_6()
    key = ada.pk
    client.post(page(reported), {f"was-{key}": "", f"text-{key}": "Reads more."})

    answer = client.post(page(reported), {f"was-{key}": "", f"text-{key}": "Writes."})

    told = answer.content.decode()
    assert "Somebody wrote meanwhile: Reads more." in told
    assert ">Writes.</textarea>" in told
    assert Commentary.objects.get().text == "Reads more."


def test_no_pupil_out_of_sight_is_written_of(
    reported: Town, signed_in: SignedIn
) -> None:
    ada, _ = two_of_year_6()

    signed_in(reported.bob).post(
        page(reported), {f"was-{ada.pk}": "", f"text-{ada.pk}": "Reads more."}
    )

    assert not Commentary.objects.exists()


def test_a_letter_that_needs_no_commentary_has_no_page(
    reported: Town, signed_in: SignedIn
) -> None:
    assert signed_in(reported.alice).get(page(reported, "mtc")).status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_asks_a_fixed_number_of_queries(
    size: int,
    reported: Town,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(reported.alice)
    some = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="6"
    )[:size]
    Commentary.objects.bulk_create(
        Commentary(pupil=one, academic_year=YEAR, letter="ks2", text="Reads.")
        for one in some
    )

    with django_assert_max_num_queries(20):
        assert client.get(page(reported)).status_code == 200
