"""Debian's chromium on the real server and database, with one small school in it."""

import json
import os
import shutil
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest
from django.conf import settings
from django.core.signals import request_finished, request_started
from django.test import Client
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Request,
    expect,
    sync_playwright,
)
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer
from tests.browser.hand import Hand
from tests.browser.school import YEAR, make_person, make_school

from hornbook.web.accounts.models import User
from hornbook.web.results.models import Result, Source
from hornbook.web.schools.models import School

CLIPBOARD = ["clipboard-read", "clipboard-write"]
QUIET = (
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PATIENCE = 10_000


@pytest.fixture(scope="session", autouse=True)
def _django_beside_playwright() -> None:
    # Playwright's loop runs in this thread, where Django would refuse its database.
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"


@pytest.fixture(autouse=True)
def own_folder(settings: Settings, tmp_path: Path) -> None:
    """No test touches a real data folder, or spends its time on hashing passwords."""
    settings.HORNBOOK_HOME = tmp_path / "home"
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    settings.HORNBOOK_KEY = ""


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    path = shutil.which("chromium")
    assert path, "These tests need Debian's chromium: apt-get install chromium"
    root = ("--no-sandbox",) if os.geteuid() == 0 else ()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(
            executable_path=path, headless=True, args=[*QUIET, *root]
        )
        yield browser
        browser.close()


@dataclass(frozen=True)
class Desk:
    """Who is at work, where, and in what browser."""

    school: School
    person: User
    address: str
    context: BrowserContext

    def open(self, collection: str) -> Hand:
        """Open a grid, and wait until it can be used."""
        page = self.context.pages[0]
        page.goto(
            f"{self.address}/schools/{self.school.laestab}/grid/{collection}/{YEAR}/"
        )
        page.wait_for_selector("#grid[data-ready]")
        return Hand(page)


@pytest.fixture
def school(transactional_db: None) -> School:
    return make_school()


@pytest.fixture
def finger() -> dict[str, Any]:
    """What the context of the browser has; overridden where there is a touch screen."""
    return {}


class Answering:
    """Counts the requests that have begun and not ended.

    A page that is closed may still send what was being typed, so the server counts as
    idle only after a few looks in a row.
    """

    LOOKS: Final = 4
    APART: Final = 0.05

    def __init__(self) -> None:
        self._open = 0
        self._lock = threading.Lock()

    def begin(self, **_: object) -> None:
        """A request has begun."""
        with self._lock:
            self._open += 1

    def end(self, **_: object) -> None:
        """A request has ended."""
        with self._lock:
            self._open -= 1

    def wait_until_idle(self) -> None:
        """Return once nothing has been answered for a while; fail after ten seconds."""
        until = time.monotonic() + 10
        idle = 0
        while idle < self.LOOKS:
            assert time.monotonic() < until, f"{self._open} requests are still open"
            threading.Event().wait(self.APART)
            idle = idle + 1 if self._open == 0 else 0


@pytest.fixture
def answering() -> Iterator[Answering]:
    """What the server is at, so that no database is emptied under a request."""
    counter = Answering()
    request_started.connect(counter.begin)
    request_finished.connect(counter.end)
    yield counter
    request_started.disconnect(counter.begin)
    request_finished.disconnect(counter.end)


@pytest.fixture
def desk(
    chromium: Browser,
    live_server: LiveServer,
    school: School,
    finger: dict[str, Any],
    answering: Answering,
) -> Iterator[Desk]:
    lead = make_person(school, "Lee Lead")
    context = chromium.new_context(
        viewport={"width": 1280, "height": 800}, permissions=CLIPBOARD, **finger
    )
    context.set_default_timeout(PATIENCE)
    # The first page of all also waits for the server to get up.
    context.set_default_navigation_timeout(3 * PATIENCE)
    sign_in(context, lead, live_server.url)
    faults: list[str] = []
    page = context.new_page()
    page.on("pageerror", lambda fault: faults.append(str(fault)))
    yield Desk(school, lead, live_server.url, context)
    wait_for_saves(context)
    context.close()
    answering.wait_until_idle()
    assert faults == []


def wait_for_saves(context: BrowserContext) -> None:
    """Let the server finish before the database is emptied."""
    for page in context.pages:
        expect(page.locator("#grid-saved[data-state=saving]")).to_have_count(0)


def sign_in(context: BrowserContext, person: User, address: str) -> None:
    """Give a browser the cookie of somebody who has signed in."""
    client = Client()
    client.force_login(person)
    name = settings.SESSION_COOKIE_NAME
    value = client.cookies[name].value
    context.add_cookies([{"name": name, "value": value, "url": address}])


@pytest.fixture
def eyfsp(desk: Desk) -> Hand:
    """Reception: six pupils by seventeen goals, none closed."""
    return desk.open("eyfsp")


@pytest.fixture
def phonics(desk: Desk) -> Hand:
    """Years 1 and 2: six marks, of which the third is closed."""
    return desk.open("phonics")


@pytest.fixture
def writing(desk: Desk) -> Hand:
    """Year 6: six pupils by the teacher assessments."""
    return desk.open("ks2-teacher-assessment")


def _cell(hand: Hand, row: int, column: int) -> tuple[int, str]:
    cell = hand.cell(row, column)
    return int(cell.get_attribute("data-pupil") or 0), cell.get_attribute(
        "data-item"
    ) or ""


class Held:
    """What the database holds for a cell."""

    def __call__(self, hand: Hand, row: int, column: int) -> str:
        pupil, item = _cell(hand, row, column)
        stands = Result.objects.current().filter(pupil=pupil, item=item, year=YEAR)
        return "".join(stands.values_list("value", flat=True))


@dataclass(frozen=True)
class Other:
    """Somebody else at the school, who enters values meanwhile."""

    person: User

    def __call__(self, hand: Hand, row: int, column: int, value: str) -> None:
        pupil, item = _cell(hand, row, column)
        before = Result.objects.filter(pupil=pupil, item=item, year=YEAR, current=True)
        replaces = before.first()
        before.update(current=False)
        Result.objects.create(
            pupil_id=pupil,
            item=item,
            year=YEAR,
            value=value,
            replaces=replaces,
            by=self.person,
            by_name=str(self.person),
            source=Source.GRID,
        )


@dataclass
class Requests:
    """The saves that the page has sent, in order."""

    sent: list[Any] = field(default_factory=list)

    def note(self, request: Request) -> None:
        if request.method == "POST" and request.url.endswith("/save/"):
            self.sent.append(json.loads(request.post_data or "{}"))

    def __iter__(self) -> Iterator[Any]:
        return iter(self.sent)


@pytest.fixture
def held() -> Held:
    return Held()


@pytest.fixture
def other(school: School) -> Other:
    return Other(make_person(school, "Sam Lee"))


@pytest.fixture
def requests(desk: Desk) -> Requests:
    watched = Requests()
    desk.context.on("request", watched.note)
    return watched
