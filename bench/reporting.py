"""Reports of a school of 630 over six years, and the letters of a year group."""

from collections.abc import Callable, Iterator
from typing import Final

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.web.reporting.school import fill

from bench.school import empty
from bench.timing import TIMES, Row, Taken, seconds, sure
from hornbook.web.accounts.models import User
from hornbook.web.schools.models import Membership, Role

_YEAR_GROUP: Final = 90
_YEAR: Final = 2026
_PAGE: Final = 0.3
_LETTERS: Final = 3.0
_PAGES: Final = (
    ("The headlines", "reporting:index", ()),
    ("EYFSP: the page", "reporting:report", ("eyfsp", _YEAR)),
    ("Key stage 2: the page", "reporting:report", ("ks2", _YEAR)),
    ("For governors: the page", "reporting:governors", (_YEAR,)),
)
_PDFS: Final = (
    ("For governors: PDF", "reporting:governors_file", (_YEAR, "pdf")),
    ("90 letters: PDF", "reporting:letter_file", ("ks2", _YEAR)),
)


def reporting() -> Iterator[Row]:
    """Pages and PDFs as the head's browser asks for them."""
    school = empty("2003")
    fill(school, _YEAR_GROUP, _YEAR)
    head = User.objects.create_user("head@example.invalid", "Bench Head")
    Membership.objects.create(user=head, role=Role.HEAD, school=school)
    client = Client(SERVER_NAME="localhost")
    client.force_login(head, "allauth.account.auth_backends.AuthenticationBackend")
    for bar, asked in ((_PAGE, _PAGES), (_LETTERS, _PDFS)):
        for what, name, args in asked:
            address = reverse(name, args=[school.laestab, *args])
            yield _row(what, bar, _getting(client, address))


def _getting(client: Client, address: str) -> Callable[[], None]:
    def get() -> None:
        sure(client.get(address).status_code == 200, f"{address} did not open.")

    return get


def _row(what: str, bar: float, call: Callable[[], None]) -> Row:
    call()
    took = Taken(tuple(seconds(call) for _ in range(TIMES)))
    with CaptureQueriesContext(connection) as captured:
        call()
    return Row(what=what, took=took, queries=str(len(captured)), bar=bar)
