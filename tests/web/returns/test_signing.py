"""The headteacher's signature, where the school wants one."""

from typing import Any

import pytest
from django.test import Client
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    make_school,
    person,
    signed_in,
)

from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.results.models import Result
from hornbook.web.returns.models import MadeFile, SignOff
from hornbook.web.schools.models import School


@pytest.fixture
def school(db: None) -> School:
    school = make_school()
    School.objects.update(head_signs=True)
    school.refresh_from_db()
    return school


@pytest.fixture
def head(school: School) -> Client:
    return signed_in(person("head", school, "Hal Head"))


@pytest.fixture
def ada(school: School) -> Pupil:
    pupil = enrol(school, "Byrne", "1")
    give(pupil, "phonics.mark", "30")
    return pupil


def page(client: Client, school: School, recipient: str = "la") -> Any:
    where = address("returns:preflight", school, "phonics", YEAR, recipient)
    return client.get(where)


def sign(client: Client, school: School, digest: str = "") -> str:
    digest = digest or page(client, school).context["ready"].digest
    where = address("returns:sign", school, "phonics", YEAR, "la")
    response = client.post(where, {"digest": digest}, follow=True)
    return " ".join(response.content.decode().split())


def make(client: Client, school: School, recipient: str = "la") -> int:
    where = address("returns:make", school, "phonics", YEAR, recipient)
    return client.post(where, {"known_errors": "9"}).status_code


def test_no_file_is_made_before_the_head_signed(
    school: School, lead: Client, head: Client, ada: Pupil
) -> None:
    told = page(lead, school).content.decode()
    assert "The headteacher has not signed this return off yet." in told
    assert "Make the file" not in told
    assert make(lead, school) == 409

    assert "You have signed this return off." in sign(head, school)

    assert "by Hal Head on 24 June 2026" in page(lead, school).content.decode()
    assert make(lead, school) == 302
    made = MadeFile.objects.get()
    assert made.signed_by_name == "Hal Head"
    told = lead.get(address("returns:file", school, made.pk)).content.decode()
    assert "Hal Head" in told
    assert Event.objects.filter(action="return signed off").exists()


def test_a_change_after_the_signature_is_to_be_signed_again(
    school: School, lead: Client, head: Client, ada: Pupil
) -> None:
    sign(head, school)

    Result.objects.update(value="31")

    told = page(lead, school).content.decode()
    assert "Hal Head signed this return off on 24 June 2026" in told
    assert "it has changed since. It must be signed off again." in told
    assert make(lead, school) == 409


def test_what_changed_while_the_head_looked_is_not_signed(
    school: School, head: Client, ada: Pupil
) -> None:
    seen = page(head, school).context["ready"].digest
    Result.objects.update(value="31")

    told = sign(head, school, seen)

    assert "The return has changed while you looked. Look again." in told
    assert not SignOff.objects.exists()


def test_nothing_is_signed_where_nobody_wants_it(school: School, head: Client) -> None:
    School.objects.update(head_signs=False)

    assert "There is nothing to sign off." in sign(head, school, "0" * 64)


def test_data_for_the_own_mis_needs_no_signature(
    school: School, lead: Client, ada: Pupil
) -> None:
    assert make(lead, school, "mis") == 302


def test_where_the_school_wants_none_nothing_is_said_of_it(
    school: School, lead: Client, ada: Pupil
) -> None:
    School.objects.update(head_signs=False)

    assert "signed" not in page(lead, school).content.decode()
    assert make(lead, school) == 302
    assert MadeFile.objects.get().signed_by_name == ""


def test_it_is_turned_on_and_off_in_the_settings(school: School) -> None:
    admin = signed_in(person("administrator", school))
    details = {"name": school.name, "la": "926", "estab": "2155", "urn": "123456"}

    assert "checked" in admin.get(address("schools:settings", school)).content.decode()
    admin.post(address("schools:settings", school), details)

    school.refresh_from_db()
    assert school.head_signs is False
    event = Event.objects.get(action="school changed")
    assert event.detail == {"head_signs": [True, False]}
