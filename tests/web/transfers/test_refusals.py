"""What cannot be brought in ends in a plain message and changes nothing."""

import gzip
import io
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from pytest_django import Settings
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.transfers.conftest import rows
from tests.web.transfers.mis import GIAP, OAK, Child, ctf, phonics, upn

from hornbook.web.audit.models import Event
from hornbook.web.transfers.models import Transfer

ADA = Child(upn(11), results=(phonics("34"),))
GOOD = ctf(ADA)


def zipped(content: bytes) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("ctf.xml", content)
    return packed.getvalue()


def with_type(declared: str, inside: str) -> bytes:
    """A file that declares a document type with entities."""
    text = GOOD.decode().replace("<CTfile>", f"<!DOCTYPE CTfile [{declared}]><CTfile>")
    return text.replace("Byrne", inside).encode()


LAUGHS = "".join(
    f'<!ENTITY l{number} "{f"&l{number - 1};" * 10 if number else "ha"}">'
    for number in range(9)
)

CASES = {
    "empty": (b"", "empty"),
    "not a CTF": (b"<html><body>Sign in</body></html>", "a web page"),
    "another kind of XML": (b"<?xml version='1.0'?><Register/>", "Register"),
    "a picture": (b"\x89PNG\r\n\x1a\n" + bytes(100), "a picture"),
    "cut short": (GOOD[: len(GOOD) // 2], "cut short"),
    "a zip bomb": (zipped(b"<CTfile>" + bytes(30_000_000)), "zip"),
    "a gzip bomb": (gzip.compress(bytes(30_000_000)), "gzip"),
    "an entity attack": (with_type(LAUGHS, "&l8;"), "document type declaration"),
    "a file from outside": (
        with_type('<!ENTITY x SYSTEM "file:///etc/passwd">', "&x;"),
        "document type declaration",
    ),
    "no UPN": (ctf(ADA, Child("", forename="Grace")), "Grace Byrne"),
    "one UPN twice": (ctf(ADA, replace(ADA, forename="Grace")), "Grace Byrne"),
    "another school's": (ctf(ADA, source=OAK, to=OAK), "of another school"),
    "nobody": (ctf(), "no pupil"),
}


def send(client: Client, town: Town, content: bytes, name: str = "mis.xml") -> str:
    page = client.post(
        reverse("transfers:list", args=[town.elm.laestab]),
        {"file": SimpleUploadedFile(name, content, "text/xml")},
    )
    assert page.status_code == 200
    return page.content.decode()


@pytest.mark.parametrize("case", CASES)
def test_it_is_said_and_nothing_is_changed(
    case: str, town: Town, signed_in: SignedIn
) -> None:
    content, words = CASES[case]
    before, events = rows(), Event.objects.count()

    page = send(signed_in(town.olive), town, content)

    assert "There is a problem" in page
    summary = page.split("There is a problem")[1].split("<form")[0]
    assert words in summary
    assert "root:" not in page
    assert rows() == before
    assert (Transfer.objects.count(), Event.objects.count()) == (0, events)


def test_no_file_at_all_is_asked_for(town: Town, signed_in: SignedIn) -> None:
    page = signed_in(town.olive).post(
        reverse("transfers:list", args=[town.elm.laestab])
    )

    assert "Choose a file." in page.content.decode()


def test_a_file_over_the_limit_is_refused(
    town: Town, signed_in: SignedIn, settings: Settings
) -> None:
    settings.HORNBOOK_MAX_UPLOAD = 1024 * 1024
    big = GOOD + b" " * 1024 * 1024

    response = signed_in(town.olive).post(
        reverse("transfers:list", args=[town.elm.laestab]),
        {"file": SimpleUploadedFile("mis.xml", big, "text/xml")},
    )

    assert "1 MB" in response.content.decode()
    assert not Transfer.objects.exists()


def test_a_school_that_is_not_yours_is_not_there(
    town: Town, signed_in: SignedIn
) -> None:
    response = signed_in(town.charlie).post(
        reverse("transfers:list", args=[town.elm.laestab]),
        {"file": SimpleUploadedFile("mis.xml", GOOD, "text/xml")},
    )

    assert response.status_code == 404
    assert not Transfer.objects.exists()


@pytest.mark.parametrize(
    ("source", "to"),
    [(OAK, "<LEA>926</LEA><Estab>2155</Estab>"), (GIAP, GIAP)],
)
def test_a_file_for_the_school_or_of_the_dfe_is_taken(
    source: str, to: str, town: Town, signed_in: SignedIn
) -> None:
    response = signed_in(town.olive).post(
        reverse("transfers:list", args=[town.elm.laestab]),
        {"file": SimpleUploadedFile("CTF.xml", ctf(ADA, source=source, to=to))},
    )

    assert response.status_code == 302
    assert Transfer.objects.count() == 1


def test_codes_written_down_wrongly_are_told(
    town: Town, signed_in: SignedIn, settings: Settings
) -> None:
    Path(settings.HORNBOOK_HOME).mkdir(exist_ok=True)
    (Path(settings.HORNBOOK_HOME) / "ctf-mapping.toml").write_text("[nothing\n")

    page = send(signed_in(town.olive), town, GOOD)

    assert "ctf-mapping.toml" in page
    assert not Transfer.objects.exists()


def test_many_faults_of_one_kind_are_told_shortly(
    town: Town, signed_in: SignedIn
) -> None:
    nobody = [Child("", forename=f"Nobody{number}") for number in range(7)]

    page = send(signed_in(town.olive), town, ctf(ADA, *nobody))

    assert "And 4 more like this." in page
