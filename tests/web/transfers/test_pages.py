"""The pages on which a file is looked at, approved, thrown away and taken back."""

import re
from dataclasses import replace
from datetime import date
from typing import Protocol

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town, pupil
from tests.web.transfers.conftest import BringIn, Stage, rows
from tests.web.transfers.mis import NAME, Child, ctf, phonics, renamed, school, upn

from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result
from hornbook.web.transfers.models import Transfer


class Page(Protocol):
    """What a browser got."""

    @property
    def content(self) -> bytes:
        """As it was sent."""


ADA = Child(upn(11), results=(phonics("34", "2025"),))
GRACE = Child(upn(12), forename="Grace", dob="2019-12-24")
SAME_NAME = replace(ADA, upn=upn(13), results=())


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    """Olive's browser, and no pupils yet at Elm Road."""
    Enrolment.objects.filter(pupil__school=town.elm).delete()
    Pupil.objects.filter(school=town.elm).delete()
    return signed_in(town.olive)


def list_page(town: Town) -> str:
    return reverse("transfers:list", args=[town.elm.laestab])


def address(transfer: Transfer, what: str = "plan") -> str:
    return reverse(f"transfers:{what}", args=[transfer.school.laestab, transfer.pk])


def text(client: Client, where: str) -> str:
    """What a page says, without its tags."""
    response = client.get(where)
    assert response.status_code == 200
    return plain(response)


def plain(response: Page) -> str:
    content = re.sub(r"<[^>]+>", " ", response.content.decode())
    return re.sub(r"\s+", " ", content)


def digest(client: Client, transfer: Transfer) -> str:
    page = client.get(address(transfer)).content.decode()
    found = re.search(r'name="digest" value="(\w+)"', page)
    assert found is not None
    return found[1]


def approve(
    client: Client, transfer: Transfer, update: str = "both", **answers: object
) -> Page:
    data = {"digest": digest(client, transfer), "update": update, **answers}
    return client.post(address(transfer, "apply"), data, follow=True)


def test_an_upload_leads_to_the_plan(town: Town, office: Client) -> None:
    response = office.post(
        list_page(town),
        {"file": SimpleUploadedFile(NAME, ctf(ADA, GRACE))},
        follow=True,
    )

    said = plain(response)
    assert "What would change" in said
    assert "2 new" in said
    assert "1 new result" in said
    assert "Arbor, CTF 25.0, on 1 May 2026, 09:30" in said
    assert "2 contacts: left out on purpose, never stored" in said
    assert not Pupil.objects.filter(school=town.elm).exists()


def test_changes_are_shown_field_by_field(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    changed = replace(
        renamed(ADA, "Lovell"),
        nc_year="2",
        basic="<Ethnicity>WBRI</Ethnicity><ServiceChild>Y</ServiceChild>",
    )

    said = text(office, address(stage(ctf(changed))))

    assert "Surname Byrne Lovell" in said
    assert "Year group Year 1 Year 2" in said
    assert re.search(r"Ethnicity nothing [^(]*\(WBRI\)", said)
    assert "Service child nothing Yes" in said


def test_approving_brings_the_file_in(town: Town, office: Client, stage: Stage) -> None:
    transfer = stage(ctf(ADA))

    said = plain(approve(office, transfer))

    assert "Brought in: 1 new pupil, 0 changed pupils, 1 new result." in said
    assert Pupil.objects.filter(school=town.elm).count() == 1


def test_a_stale_plan_is_refused(town: Town, office: Client, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    shown = digest(office, transfer)
    pupil(town.elm, "Meanwhile", 9)

    answer = {"digest": shown, "update": "both"}
    Pupil.objects.filter(surname="Meanwhile").update(upn=ADA.upn)
    response = office.post(address(transfer, "apply"), answer)

    assert response.status_code == 409
    assert "Nothing was written." in plain(response)
    assert not Result.objects.exists()


def test_a_plan_is_applied_once(office: Client, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    shown = digest(office, transfer)
    answer = {"digest": shown, "update": "both"}
    office.post(address(transfer, "apply"), answer)

    response = office.post(address(transfer, "apply"), answer)

    assert response.status_code == 409


def test_another_purpose_makes_another_plan_before_anything_is_written(
    town: Town, office: Client, stage: Stage
) -> None:
    transfer = stage(ctf(ADA))

    said = plain(approve(office, transfer, update="pupils"))

    assert "Nothing is written yet" in said
    assert "0 new results" in said
    assert not Pupil.objects.filter(school=town.elm).exists()
    assert "Brought in: 1 new pupil" in plain(
        approve(office, transfer, update="pupils")
    )
    assert not Result.objects.exists()


def test_the_unsure_are_asked_and_the_answer_is_followed(
    town: Town, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(SAME_NAME))

    said = text(office, address(transfer))
    assert "Unsure: who is this?" in said
    assert "A pupil here has this name and date of birth under another UPN." in said
    assert (
        f"The same pupil as Ada Byrne, Year 1, born 6 November 2019, {ADA.upn}" in said
    )

    ada = Pupil.objects.get(upn=ADA.upn)
    asked = office.post(
        address(transfer), {"update": "both", "unsure-0": str(ada.pk)}, follow=True
    )
    assert f"UPN {ADA.upn} {SAME_NAME.upn}" in plain(asked)
    approve(office, transfer)
    ada.refresh_from_db()
    assert ada.upn == SAME_NAME.upn


def test_an_answer_given_with_the_last_button_is_not_lost(
    town: Town, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(SAME_NAME))

    said = plain(approve(office, transfer, **{"unsure-0": "new"}))

    assert "with your answers the plan is this" in said
    assert "1 new " in said
    assert Pupil.objects.filter(school=town.elm).count() == 1


def test_who_is_left_out_is_named(
    town: Town, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(SAME_NAME))

    office.post(address(transfer), {"update": "both", "unsure-0": "leave out"})

    assert f"Ada Byrne, {SAME_NAME.upn}: left out, as you chose" in text(
        office, address(transfer)
    )


def test_leavers_are_ticked(
    town: Town, office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA, GRACE))
    grace = Pupil.objects.get(forename="Grace")
    transfer = stage(ctf(ADA, made="2026-05-22T09:30:00"))
    said = text(office, address(transfer))
    assert "Year 1 in 2025/26 1 Tick all of Year 1 in 2025/26 Byrne, Grace" in said

    approve(office, transfer, leavers=[str(grace.pk)])

    assert grace.enrolments.get().left_on == date(2026, 5, 22)


def test_ticks_are_kept_when_the_plan_is_shown_again(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA, GRACE))
    grace = Pupil.objects.get(forename="Grace")
    transfer = stage(ctf(ADA))

    office.post(address(transfer), {"update": "both", "leavers": [str(grace.pk)]})

    page = office.get(address(transfer)).content.decode()
    assert re.search(rf'value="{grace.pk}" id="left-{grace.pk}" checked', page)


def test_who_came_back_is_asked(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    Enrolment.objects.filter(pupil__upn=ADA.upn).update(left_on=date(2026, 2, 13))
    transfer = stage(ctf(ADA))
    assert "In the file, but marked here as left" in text(office, address(transfer))

    approve(office, transfer, returners=[str(Pupil.objects.get(upn=ADA.upn).pk)])

    assert Enrolment.objects.get(pupil__upn=ADA.upn).left_on is None


def test_results_that_differ_are_ours_until_it_is_said(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(replace(ADA, results=(phonics("40", "2025"),))))
    said = text(office, address(transfer))
    assert "Phonics mark, 2024/25 34" in said
    assert "Phonics screening check 2024/25 0 0 1" in said

    approve(office, transfer, clashes="file")

    assert Result.objects.current().get().value == "40"


def test_the_same_file_again_is_recognised(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))

    said = text(office, address(stage(ctf(ADA))))

    assert "This very file was brought in on" in said
    assert "There is nothing to bring in: apart from what is left out, all" in said
    assert "Keep it among the files brought in" in said
    assert "Bring this in" not in said
    assert "0 new" not in said


def test_the_same_file_under_another_name_is_recognised(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))

    again = stage(ctf(ADA), "another name.xml")

    assert f"under the name {NAME}" in text(office, address(again))


def test_an_older_file_is_warned_of(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA, made="2026-05-22T09:30:00"))

    assert "A file made later than this one" in text(
        office, address(stage(ctf(renamed(ADA, "Older"))))
    )


def test_a_file_of_last_year_is_warned_of(
    town: Town, office: Client, stage: Stage
) -> None:
    pupil(town.elm, "Later", 9)

    assert "pupils here are in 2026/27 already" in text(
        office, address(stage(ctf(ADA)))
    )


def test_a_file_in_which_hardly_anybody_is_known_is_warned_of(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(*school(12)))
    others = [
        replace(child, upn=upn(int(child.upn[-4:]) + 1000), dob="2020-02-02")
        for child in school(12)
    ]

    said = text(office, address(stage(ctf(*others))))

    assert "Only 0 of the 12 pupils in this file are known here." in said


def test_a_first_file_is_not_warned_of(office: Client, stage: Stage) -> None:
    assert "Look twice" not in text(office, address(stage(ctf(*school(12)))))


def test_strangers_in_a_file_of_results_are_named(
    office: Client, bring_in: BringIn, stage: Stage
) -> None:
    bring_in(ctf(ADA))
    transfer = stage(ctf(ADA, GRACE, qualifier="partial"))

    said = text(office, address(transfer))

    assert "1 pupil of the file is not known here." in said
    assert "Grace Byrne." in said


def test_a_file_can_be_thrown_away(town: Town, office: Client, stage: Stage) -> None:
    transfer = stage(ctf(ADA))
    assert NAME in text(office, list_page(town))

    said = plain(office.post(address(transfer, "discard"), follow=True))

    assert "is thrown away. Nothing was changed by it." in said
    assert not Transfer.objects.exists()


def test_what_was_brought_in_is_not_thrown_away(
    office: Client, bring_in: BringIn
) -> None:
    transfer = bring_in(ctf(ADA))

    office.post(address(transfer, "discard"))

    assert Transfer.objects.count() == 1


def test_past_files_are_listed_and_taken_back(
    town: Town, office: Client, bring_in: BringIn
) -> None:
    before = rows()
    transfer = bring_in(ctf(ADA))
    listed = text(office, list_page(town))
    assert "1 new, 0 changed, 1 result" in listed
    assert "Alice Example" in listed

    said = plain(office.post(address(transfer, "undo"), follow=True))

    assert "Everything is as it was before." in said
    assert "Taken back" in said
    assert rows() == before


def test_what_stands_in_the_way_of_taking_back_is_said(
    office: Client, bring_in: BringIn
) -> None:
    transfer = bring_in(ctf(ADA))
    Pupil.objects.filter(upn=ADA.upn).update(surname="Otherwise")

    said = plain(office.post(address(transfer, "undo"), follow=True))

    assert "cannot be taken back. Ada Otherwise was changed since." in said


def test_a_file_that_was_brought_in_has_a_page(
    office: Client, bring_in: BringIn
) -> None:
    transfer = bring_in(ctf(ADA))

    said = text(office, address(transfer))

    assert transfer.sha256 in said
    assert "1 new, 0 changed, 0 unchanged" in said


def test_hostile_names_are_shown_as_text(
    town: Town, office: Client, stage: Stage
) -> None:
    transfer = stage(ctf(replace(ADA, surname="<script>alert(1)</script>")))

    page = office.get(address(transfer)).content.decode()

    assert "<script>alert" not in page
    assert "&lt;script&gt;alert" in page


def test_the_number_of_queries_of_the_plan_is_fixed(
    office: Client,
    stage: Stage,
    django_assert_max_num_queries: object,
) -> None:
    small, large = stage(ctf(*school(5))), stage(ctf(*school(60)))

    for transfer in (small, large):
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            office.get(address(transfer))
