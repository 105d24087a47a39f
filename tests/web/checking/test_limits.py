"""How much may be sent, and how often."""

import io
import zipfile

import pytest
from django.core.cache import cache
from django.test import Client, RequestFactory
from django.urls import reverse
from pytest_django import Settings
from tests.inspection.files import sound
from tests.web.checking.conftest import Send
from tests.web.conftest import SignedIn
from tests.web.people import Town

from hornbook.web.checking import access

pytestmark = pytest.mark.django_db


def crowd(count: int, size: int = 0) -> bytes:
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(count):
            archive.writestr(f"{number}.xml", b" " * size)
    return held.getvalue()


def test_a_file_larger_than_the_limit_is_refused_by_name(
    settings: Settings, send: Send
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024
    page = send(("large.xml", b"x" * 2000)).content.decode()

    assert "large.xml is too large. It must be no more than 1 KB." in page


def test_a_request_larger_than_the_limit_gets_the_page_of_that(
    settings: Settings, send: Send
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024 * 1024
    response = send(b"x" * 1_200_000)

    assert response.status_code == 413
    assert "no larger than 1 MB" in response.content.decode()


def test_more_files_than_can_be_read_at_once_are_refused(send: Send) -> None:
    page = send(*[sound()] * 21).content.decode()

    assert "These are 21 files. Choose at most 20 at a time." in page


def test_a_zip_of_more_files_than_are_looked_at_is_refused(send: Send) -> None:
    page = send(("crowd.zip", crowd(51))).content.decode()

    assert "There are 51 files in all. Choose at most 50." in page


def test_a_zip_that_unpacks_to_too_much_is_refused(
    settings: Settings, send: Send
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024 * 1024
    page = send(("crowd.zip", crowd(5, 1024 * 1024))).content.decode()

    assert "The files unpack to 5 MB in all" in page


def test_an_address_may_send_so_often_in_an_hour(
    settings: Settings, town: Town, signed_in: SignedIn, send: Send
) -> None:
    settings.HORNBOOK_CHECK_RATE = 2
    answers = [send(sound()).status_code for _ in range(3)]
    refused = send(sound())

    assert answers == [200, 200, 429]
    assert "2 times within an hour" in refused.content.decode()
    assert refused.headers["Cache-Control"] == "no-store, private"
    assert Client().get(reverse("checking:check")).status_code == 200
    assert send(sound(), client=signed_in(town.gwen)).status_code == 200
    elsewhere = Client(REMOTE_ADDR="192.0.2.7")
    assert send(sound(), client=elsewhere).status_code == 200


def test_the_addresses_of_a_household_count_together(settings: Settings) -> None:
    settings.HORNBOOK_CHECK_RATE = 1
    first = RequestFactory().post("/", REMOTE_ADDR="2001:db8::1")
    other = RequestFactory().post("/", REMOTE_ADDR="2001:db8::2")

    assert access.may_go_on(first)
    assert not access.may_go_on(other)


def test_a_server_without_addresses_counts_all_together(settings: Settings) -> None:
    settings.HORNBOOK_CHECK_RATE = 1
    request = RequestFactory().post("/", REMOTE_ADDR="")

    assert access.may_go_on(request)
    assert not access.may_go_on(request)


def test_an_hour_that_ends_at_that_moment_is_no_fault(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(cache, "add", lambda *_: True)

    assert access.may_go_on(RequestFactory().post("/"))
