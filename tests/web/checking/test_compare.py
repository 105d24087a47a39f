"""Two files held against each other on the page, and nothing kept of them."""

import re
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries, Settings
from tests.inspection.files import ctf, pupil, second

pytestmark = pytest.mark.django_db


def compared(old: bytes, new: bytes) -> str:
    response: Any = Client().post(
        reverse("checking:compare"),
        {
            "old": SimpleUploadedFile("old.xml", old),
            "new": SimpleUploadedFile("new.xml", new),
        },
    )
    assert response.status_code == 200
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.content.decode()))


def test_what_differs_is_shown_pupil_by_pupil() -> None:
    old = ctf([pupil("34"), second("20")])
    new = ctf([pupil("35")])

    said = compared(old, new)

    assert "0 added, 1 gone, 1 changed; 1 results" in said
    assert "Phonics mark, 2026 34 35" in said
    assert "2 pupils in the first, 1 in the second." in said


def test_the_same_file_twice_differs_in_nothing() -> None:
    same = ctf([pupil("34")])

    assert "Nothing differs in what was compared." in compared(same, same)


@pytest.mark.parametrize("junk", [b"", b"<Register/>", b"PK\x03\x04", b"%PDF-1.7"])
def test_a_file_that_cannot_be_read_is_said(junk: bytes) -> None:
    said = compared(ctf([pupil("34")]), junk)

    assert "These files cannot be compared." in said


def test_both_files_are_asked_for() -> None:
    response = Client().post(reverse("checking:compare"))

    assert response.content.decode().count("Choose a file.") >= 2


def test_a_file_over_the_limit_is_refused(settings: Settings) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024 * 1024

    said = compared(ctf([pupil("34")]), ctf([pupil("34")]) + b" " * 1024 * 1024)

    assert "new.xml is too large. It must be no more than 1 MB." in said


def test_the_database_is_neither_read_nor_written(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    with django_assert_num_queries(0):
        compared(ctf([pupil("34")]), ctf([pupil("35")]))
