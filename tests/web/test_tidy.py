"""Stored bytes are let go of after the years that the setting says, and no sooner."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.web.conftest import SignedIn
from tests.web.people import YEAR, Town

from hornbook.web import vault
from hornbook.web.audit.models import Event
from hornbook.web.commands.tidy import let_go
from hornbook.web.returns.models import MadeFile
from hornbook.web.transfers.models import Transfer
from hornbook.web.transfers.staging import stage


@pytest.fixture
def office(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.olive)


def keep(town: Town, years: int) -> tuple[MadeFile, Transfer]:
    """A file made and one brought in, that many years ago."""
    then = timezone.now() - timedelta(days=366 * years + 1)
    made = MadeFile.objects.create(
        school=town.elm,
        collection="phonics",
        academic_year=YEAR,
        recipient="la",
        name="9262155_PHO_926LLLL_001.xml",
        sequence=1,
        sha256="0" * 64,
        size=9,
        content=vault.seal(b"<CTfile/>"),
        pupils=1,
        results=1,
        errors=0,
        queries=0,
        made_by_name="Alice",
    )
    transfer = Transfer.objects.create(
        school=town.elm,
        name="CTF.xml",
        sha256="1" * 64,
        size=9,
        academic_year=YEAR,
        staged=stage([]).sealed(),
        original=vault.seal(b"<CTfile/>"),
    )
    MadeFile.objects.update(made_at=then)
    Transfer.objects.update(uploaded_at=then)
    return made, transfer


def test_old_bytes_are_deleted_and_what_is_known_stays(
    town: Town, office: Client, settings: Settings
) -> None:
    settings.HORNBOOK_KEEP_YEARS = 2
    made, transfer = keep(town, 2)

    assert let_go() == 2

    made.refresh_from_db()
    transfer.refresh_from_db()
    assert (made.content, transfer.original) == (b"", b"")
    assert made.sha256 == "0" * 64
    assert Event.objects.filter(action="file let go").count() == 2
    page = office.get(reverse("returns:file", args=[town.elm.laestab, made.pk]))
    assert "Its bytes were deleted" in page.content.decode()
    where = reverse("returns:download", args=[town.elm.laestab, made.pk])
    assert office.get(where).status_code == 404


def test_younger_bytes_stay(town: Town, settings: Settings) -> None:
    settings.HORNBOOK_KEEP_YEARS = 3
    made, transfer = keep(town, 2)

    assert let_go() == 0

    assert MadeFile.objects.get(pk=made.pk).kept
    assert Transfer.objects.get(pk=transfer.pk).original
