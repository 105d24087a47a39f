"""A school that moves up into its next year, as tests do it."""

from collections.abc import Mapping

from tests.web.people import YEAR, Town

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils import moves_up
from hornbook.web.pupils.models import MoveUp
from hornbook.web.pupils.moving_up import Choices, Plan

THIS_YEAR = AcademicYear(YEAR)
NAMES = {"Wrens": "Wrens", "Robins": "Robins"}


def choices(names: Mapping[str, str] = NAMES, last_group: str = "6") -> Choices:
    """What somebody decides before the school moves up."""
    return Choices(last_group, THIS_YEAR.last_day, names)


def plan_of(town: Town, decided: Choices) -> Plan:
    """What moving Elm Road up would do now."""
    return moves_up.preview(town.elm, THIS_YEAR, decided)


def moved_up(town: Town, decided: Choices | None = None) -> MoveUp:
    """Elm Road, moved up by Alice."""
    decided = decided or choices()
    return moves_up.move_up(
        school=town.elm,
        year=THIS_YEAR,
        choices=decided,
        approved=plan_of(town, decided).digest,
        by=town.alice,
    )
