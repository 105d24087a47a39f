"""Elm Road with results of six years, and what everybody sees of it."""

import pytest
from tests.web.people import Town
from tests.web.reporting.school import fill


@pytest.fixture
def reported(town: Town) -> Town:
    """Thirty pupils in each year group, 2020/21 to 2025/26."""
    fill(town.elm, 30)
    return town
