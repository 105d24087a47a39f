"""Pupils and classes, as a school office goes through them."""

import re

import pytest
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town

from hornbook.identifiers import check_letter
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Enrolment, Pupil, SchoolClass

DETAILS = {
    "surname": "McKay",
    "forename": "Isla",
    "dob": "19/04/2020",
    "sex": "F",
    "nc_year": "2",
}


def sound_upn(body: str = "909215524077") -> str:
    return check_letter(body) + body


def address(town: Town, tail: str = "") -> str:
    return f"/schools/{town.elm.laestab}/pupils/{tail}"


def text_of(content: bytes) -> str:
    plain = re.sub(r"<[^>]+>", " ", content.decode())
    return " ".join(plain.replace("&#x27;", "'").split())


def test_the_list_shows_who_is_on_roll(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.olive).get(address(town, f"?year={YEAR}"))

    assert town.wren.upn in text_of(page.content)
    assert town.acorn.upn not in text_of(page.content)


def test_a_teacher_sees_only_the_classes_given(town: Town, signed_in: SignedIn) -> None:
    page = text_of(signed_in(town.bob).get(address(town, f"?year={YEAR}")).content)

    assert town.wren.upn in page
    assert town.robin.upn not in page


@pytest.mark.parametrize("words", ["{surname}", "{upn}", "{forename} {surname}"])
def test_a_pupil_is_found_by_name_or_upn(
    town: Town, signed_in: SignedIn, words: str
) -> None:
    wren = town.wren
    sought = words.format(surname=wren.surname, forename=wren.forename, upn=wren.upn)

    page = signed_in(town.olive).get(
        address(town), {"year": str(YEAR), "find": sought.lower()}
    )

    assert wren.upn in text_of(page.content)


def test_nobody_like_that_is_said_in_words(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.olive).get(address(town), {"year": str(YEAR), "find": "zzz"})

    assert "No pupil is like that" in text_of(page.content)


def test_a_school_without_pupils_is_told_how_to_begin(
    town: Town, signed_in: SignedIn
) -> None:
    page = signed_in(town.olive).get(address(town, "?year=2031"))

    assert "Bring in a CTF" in text_of(page.content)


def test_a_pupil_is_added_by_hand(town: Town, signed_in: SignedIn) -> None:
    form = DETAILS | {"upn": f" {sound_upn().lower()} "}

    answer = signed_in(town.olive).post(address(town, f"add/?year={YEAR}"), form)

    pupil = Pupil.objects.get(upn=sound_upn())
    assert answer.status_code == 302
    assert pupil.dob.isoformat() == "2020-04-19"
    assert pupil.enrolments.get().nc_year == "2"
    assert Event.objects.filter(action="pupil added", by=town.olive).exists()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"upn": ""}, "Enter the UPN."),
        ({"upn": "A909215524077"}, "leaves"),
        ({"upn": "12345"}, "A UPN is a letter, then 12 digits"),
        ({"dob": "31/02/2020"}, "Write the date of birth like 19/04/2020."),
        ({"dob": "01/01/2090"}, "must be in the past"),
        ({"sex": ""}, "Choose the sex."),
        ({"surname": ""}, "Enter the surname."),
    ],
)
def test_what_cannot_be_is_refused_in_words(
    town: Town, signed_in: SignedIn, change: dict[str, str], words: str
) -> None:
    before = Pupil.objects.count()

    page = signed_in(town.olive).post(
        address(town, f"add/?year={YEAR}"), DETAILS | {"upn": sound_upn()} | change
    )

    assert words in text_of(page.content)
    assert Pupil.objects.count() == before


def test_a_upn_that_is_taken_names_whose_it_is(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.olive).post(
        address(town, f"add/?year={YEAR}"), DETAILS | {"upn": town.wren.upn}
    )

    words = text_of(page.content)
    assert f"This UPN belongs to another pupil, {town.wren} in {town.wrens}." in words


def test_another_schools_upn_is_no_matter(town: Town, signed_in: SignedIn) -> None:
    answer = signed_in(town.olive).post(
        address(town, f"add/?year={YEAR}"), DETAILS | {"upn": town.acorn.upn}
    )

    assert answer.status_code == 302
    assert Pupil.objects.filter(upn=town.acorn.upn).count() == 2


def test_a_changed_upn_is_kept_as_a_former_one(town: Town, signed_in: SignedIn) -> None:
    old = town.wren.upn
    form = DETAILS | {"upn": sound_upn()}

    signed_in(town.olive).post(address(town, f"{town.wren.pk}/edit/"), form)

    town.wren.refresh_from_db()
    assert town.wren.upn == sound_upn()
    assert [each.upn for each in town.wren.former_upns.all()] == [old]
    page = signed_in(town.olive).get(address(town, f"{town.wren.pk}/"))
    assert f"formerly {old}" in text_of(page.content)


def test_a_pupil_leaves_and_is_on_roll_again(town: Town, signed_in: SignedIn) -> None:
    office = signed_in(town.olive)
    leaving = address(town, f"{town.wren.pk}/leaving/?year={YEAR}")

    office.post(leaving, {"left_on": "22/05/2027"})
    gone = Enrolment.objects.get(pupil=town.wren, academic_year=YEAR).left_on
    listed = text_of(office.get(address(town, f"?year={YEAR}&leavers=only")).content)
    office.post(leaving, {"back": "1"})

    assert gone is not None
    assert town.wren.upn in listed
    again = Enrolment.objects.get(pupil=town.wren, academic_year=YEAR)
    assert again.left_on is None


def test_a_leaving_day_must_be_one(town: Town, signed_in: SignedIn) -> None:
    office = signed_in(town.olive)

    page = office.post(
        address(town, f"{town.wren.pk}/leaving/?year={YEAR}"),
        {"left_on": "soon"},
        follow=True,
    )

    assert "Write the day like 22/05/2026." in text_of(page.content)


def test_a_class_is_made_filled_by_pasting_and_given_a_teacher(
    town: Town, signed_in: SignedIn
) -> None:
    office = signed_in(town.olive)
    robin, wren = town.robin, town.wren
    office.post(address(town, f"classes/?year={YEAR}"), {"name": "Larks"})
    larks = SchoolClass.objects.get(name="Larks")
    page = address(town, f"classes/{larks.pk}/")
    names = f"{robin.upn}\n{wren.surname.upper()}, {wren.forename}\nNobody Here\n"

    answer = office.post(page, {"names": names}, follow=True)
    office.post(f"{page}change/", {"name": "Skylarks", "teachers": [town.bob.pk]})

    larks.refresh_from_db()
    assert {each.pupil for each in larks.enrolments.all()} == {robin, wren}
    assert "No one pupil on roll was found for: Nobody Here" in text_of(answer.content)
    assert larks.name == "Skylarks"
    assert list(larks.teachers.all()) == [town.bob]


def test_unticking_takes_a_pupil_out_of_the_class(
    town: Town, signed_in: SignedIn
) -> None:
    signed_in(town.olive).post(
        address(town, f"classes/{town.wrens.pk}/"), {"pupils": []}
    )

    assert town.wrens.enrolments.count() == 0
    assert Enrolment.objects.filter(pupil=town.wren, academic_year=YEAR).exists()


def test_two_classes_cannot_have_one_name(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.olive).post(
        address(town, f"classes/?year={YEAR}"), {"name": town.wrens.name.upper()}
    )

    assert "in this year already" in text_of(page.content)


def test_a_class_is_taken_away_and_its_pupils_stay(
    town: Town, signed_in: SignedIn
) -> None:
    signed_in(town.olive).post(address(town, f"classes/{town.wrens.pk}/delete/"))

    assert not SchoolClass.objects.filter(pk=town.wrens.pk).exists()
    assert Enrolment.objects.get(pupil=town.wren, academic_year=YEAR).left_on is None


@pytest.mark.parametrize("tail", ["", "{pk}/", "{pk}/edit/", "classes/"])
def test_another_school_finds_nothing(
    town: Town, signed_in: SignedIn, tail: str
) -> None:
    page = signed_in(town.charlie).get(address(town, tail.format(pk=town.wren.pk)))

    assert page.status_code == 404


def test_a_page_asks_no_more_for_more_pupils(
    town: Town, signed_in: SignedIn, django_assert_max_num_queries: object
) -> None:
    office = signed_in(town.olive)
    for number in range(40):
        pupil = Pupil.objects.create(
            school=town.elm,
            upn=sound_upn(f"909215524{100 + number}"),
            surname=f"Pupil{number}",
            forename="A",
            dob="2019-10-01",
            sex="F",
        )
        Enrolment.objects.create(pupil=pupil, academic_year=YEAR, nc_year="2")

    with django_assert_max_num_queries(16):  # type: ignore[operator]
        page = office.get(address(town, f"?year={YEAR}"))

    assert "Pupil39" in text_of(page.content)
