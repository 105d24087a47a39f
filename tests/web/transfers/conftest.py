"""Bringing files into Elm Road, and its rows as they stand."""

from collections.abc import Callable
from io import BytesIO
from typing import Any, TypeAlias

import pytest
from django.apps import apps
from tests.web.people import Town
from tests.web.results.conftest import shared_database as shared_database
from tests.web.transfers.mis import NAME

from hornbook.web.transfers import actions, arriving, queries
from hornbook.web.transfers.answers import Answers
from hornbook.web.transfers.models import Transfer

Stage: TypeAlias = Callable[..., Transfer]
BringIn: TypeAlias = Callable[..., Transfer]
Rows: TypeAlias = dict[str, list[dict[str, Any]]]


@pytest.fixture
def stage(town: Town) -> Stage:
    """Reads a file for Elm Road."""

    def staged(content: bytes, name: str = NAME) -> Transfer:
        made, _ = arriving.stage_all(
            school=town.elm, stream=BytesIO(content), name=name, by=town.alice
        )
        return made[0]

    return staged


@pytest.fixture
def bring_in(town: Town, stage: Stage) -> BringIn:
    """Reads a file, and approves its plan as it is."""

    def brought(content: bytes, **answered: Any) -> Transfer:
        transfer = stage(content)
        answers = Answers(**{"sure": True} | answered)
        if answered:
            actions.choose(transfer=transfer, answers=answers)
        plan = queries.preview(transfer)
        actions.apply(
            transfer=transfer, approved=plan.digest, answers=answers, by=town.alice
        )
        return transfer

    return brought


def rows() -> Rows:
    """Every row about pupils and results, column by column."""
    return {
        model: list(apps.get_model(model).objects.order_by("pk").values())
        for model in (
            "pupils.Pupil",
            "pupils.Enrolment",
            "pupils.FormerUPN",
            "pupils.SchoolClass",
            "results.Result",
        )
    }
