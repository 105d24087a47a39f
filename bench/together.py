"""Thirty people entering at once, by HTTP, against a real `hornbook serve`."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.client import HTTPConnection
from statistics import quantiles
from typing import Final
from urllib.parse import quote

from django.db import connections
from django.test import Client
from tools.postgres import free_port

from bench.files import YEAR
from bench.school import Scene
from bench.timing import seconds, sure, verdict
from hornbook.web.accounts.models import User
from hornbook.web.results.models import Result
from hornbook.web.schools.models import Membership, Role

PEOPLE: Final = 30
HEADING: Final = ("", "requests", "median ms", "p95 ms", "worst ms", "bar ms", "")
_ENTRIES: Final = 20
# A fast typist enters one result a second, and a page asks for news every five.
_PACE: Final = 1.0
_ASKS_EVERY: Final = 5
_BAR: Final = 0.2
_MILLI: Final = 1000


@dataclass(frozen=True, slots=True)
class Entry:
    """One result that a person enters."""

    pupil: int
    item: str
    value: str


@dataclass(frozen=True, slots=True)
class Times:
    """The seconds that the saves of one person took, and those of asking for news."""

    saves: tuple[float, ...]
    asks: tuple[float, ...]


class Person:
    """A browser with one grid open, signed in."""

    def __init__(self, port: int, scene: Scene, user: User, number: int) -> None:
        client = Client()
        client.force_login(user)
        self._session = client.cookies["sessionid"].value
        self._grid = f"/schools/{scene.school.laestab}/grid/eyfsp/{YEAR.ends}/"
        self._to = HTTPConnection("127.0.0.1", port, timeout=60)
        self._token = ""
        self._since = ""
        # Pages were not opened in one second, so they do not ask in one.
        self._asks_at = number % _ASKS_EVERY

    def open(self) -> None:
        """Open the grid: what it gives is needed to save and to ask."""
        self._to.request("GET", self._grid, headers=self._headers())
        response = self._to.getresponse()
        page = response.read().decode()
        sure(response.status == 200, f"The grid was not opened: {response.status}")
        self._token = _between(page, 'name="csrfmiddlewaretoken" value="', '"')
        self._since = _between(page, '"since": "', '"')
        cookie = response.getheader("Set-Cookie") or ""
        self._cookie = _between(cookie, "csrftoken=", ";")

    def enter(self, entries: list[Entry], late: float) -> Times:
        """Type at a person's pace; every answer must be that it is saved."""
        time.sleep(late)
        saves, asks = [], []
        for number, entry in enumerate(entries, 1):
            began = time.perf_counter()
            saves.append(seconds(partial(self._save, entry)))
            if number % _ASKS_EVERY == self._asks_at:
                asks.append(seconds(self._ask))
            time.sleep(max(0, _PACE - (time.perf_counter() - began)))
        return Times(tuple(saves), tuple(asks))

    def _save(self, entry: Entry) -> None:
        edit = {"pupil": entry.pupil, "item": entry.item, "value": entry.value}
        body = json.dumps({"source": "grid", "edits": [edit]})
        self._to.request("POST", f"{self._grid}save/", body, self._headers())
        response = self._to.getresponse()
        answer = response.read().decode()
        sure(response.status == 200, f"{response.status}: {answer[:200]}")
        state = json.loads(answer)["cells"][0]["state"]
        sure(state == "saved", f"A result was {state}.")

    def _ask(self) -> None:
        where = f"{self._grid}changes/?since={quote(self._since)}"
        self._to.request("GET", where, headers=self._headers())
        response = self._to.getresponse()
        answer = response.read()
        sure(response.status == 200, f"No news: {response.status}")
        self._since = json.loads(answer)["since"]

    def _headers(self) -> dict[str, str]:
        cookies = f"sessionid={self._session}"
        if not self._token:
            return {"Cookie": cookies}
        return {
            "Cookie": f"{cookies}; csrftoken={self._cookie}",
            "X-CSRFToken": self._token,
            "Content-Type": "application/json",
        }


def _between(text: str, before: str, after: str) -> str:
    return text.partition(before)[2].partition(after)[0]


def together(scene: Scene) -> list[tuple[str, ...]]:
    """The rows of the table: saves, and asking for what others entered."""
    people = [_colleague(scene, number) for number in range(PEOPLE)]
    shares = _shares(scene)
    with serving() as port:
        browsers = [
            Person(port, scene, user, number) for number, user in enumerate(people)
        ]
        for browser in browsers:
            browser.open()
        connections.close_all()
        with ThreadPoolExecutor(PEOPLE) as pool:
            late = [_PACE * number / PEOPLE for number in range(PEOPLE)]
            times = list(pool.map(Person.enter, browsers, shares, late))
    _nothing_lost(shares)
    saves = [one for each in times for one in each.saves]
    asks = [one for each in times for one in each.asks]
    return [
        _row(f"A save, {PEOPLE} people at once", saves, _BAR),
        _row("What others entered since", asks, None),
    ]


def _colleague(scene: Scene, number: int) -> User:
    user = User.objects.create_user(f"p{number}@example.invalid", f"Person {number}")
    Membership.objects.create(user=user, role=Role.LEAD, school=scene.school)
    return user


def _shares(scene: Scene) -> list[list[Entry]]:
    """Each person's own cells of the one grid."""
    # A row that stands in place of another protects it.
    Result.objects.update(replaces=None)
    Result.objects.all().delete()
    cells = [
        Entry(pupil.pk, f"eyfsp.E{goal:02}", "2")
        for pupil in scene.reception
        for goal in range(1, 6)
    ]
    return [cells[number::PEOPLE][:_ENTRIES] for number in range(PEOPLE)]


@contextmanager
def serving() -> Iterator[int]:
    """The port of a `hornbook serve` on the same database."""
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "-m", "hornbook.main", "serve"],
        env=os.environ | {"PORT": str(port)},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        for line in process.stdout or ():
            if " is at " in line:
                break
        yield port
    finally:
        process.terminate()
        process.wait()


def _nothing_lost(shares: list[list[Entry]]) -> None:
    """Every result that was answered as saved stands."""
    wanted = {(one.pupil, one.item, one.value) for share in shares for one in share}
    held = set(Result.objects.current().values_list("pupil_id", "item", "value"))
    sure(held == wanted, f"{len(wanted - held)} results were lost.")


def _row(what: str, took: list[float], bar: float | None) -> tuple[str, ...]:
    median, p95 = (quantiles(took, n=100)[at - 1] for at in (50, 95))
    return (
        what,
        str(len(took)),
        *(f"{one * _MILLI:,.0f}" for one in (median, p95, max(took))),
        f"{bar * _MILLI:,.0f}" if bar else "",
        verdict(p95, bar),
    )
