"""Two people who move a school up, or fill its classes, at the same moment."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest
from django.db import connections
from tests.web.people import YEAR, Town, make_town
from tests.web.pupils.scene import THIS_YEAR, choices, plan_of
from tests.web.results.conftest import shared_database as shared_database

from hornbook.web.pupils import actions, moves_up
from hornbook.web.pupils.models import ClassMove, Enrolment, MoveUp, SchoolClass
from hornbook.web.pupils.placing import Wanted, read_text

_AT_ONCE = 3


@pytest.fixture
def town(shared_database: None) -> Town:
    return make_town()


def at_once(deed: Callable[[], object], refused: type[Exception]) -> list[str]:
    """Do it several times at one moment, each on a connection of its own."""
    barrier = Barrier(_AT_ONCE)

    def do(_number: int) -> str:
        barrier.wait()
        try:
            deed()
        except refused:
            return "refused"
        finally:
            connections.close_all()
        return "done"

    with ThreadPoolExecutor(_AT_ONCE) as pool:
        return sorted(pool.map(do, range(_AT_ONCE)))


def test_a_school_is_moved_up_once_and_the_others_look_again(town: Town) -> None:
    approved = plan_of(town, choices()).digest

    said = at_once(
        lambda: moves_up.move_up(
            school=town.elm,
            year=THIS_YEAR,
            choices=choices(),
            approved=approved,
            by=town.alice,
        ),
        moves_up.PlanIsStale,
    )

    assert said == ["done", "refused", "refused"]
    assert Enrolment.objects.filter(academic_year=YEAR + 1).count() == 2
    assert MoveUp.objects.count() == 1


def test_a_list_is_followed_once_and_its_new_class_made_once(town: Town) -> None:
    wanted = Wanted(tuple(read_text(f"{town.wren.upn}\tOwls")), date(2027, 1, 5))
    approved = wanted.placings(town.elm, YEAR).digest

    said = at_once(
        lambda: actions.place_pupils(
            school=town.elm,
            academic_year=YEAR,
            wanted=wanted,
            approved=approved,
            by=town.alice,
        ),
        actions.PlacingsAreStale,
    )

    assert said == ["done", "refused", "refused"]
    assert SchoolClass.objects.filter(name="Owls").count() == 1
    assert ClassMove.objects.count() == 1
