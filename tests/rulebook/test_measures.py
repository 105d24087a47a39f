from collections.abc import Callable

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.letters import called
from hornbook.rulebook.measures import Measure, measures

WORDS = dict.fromkeys(("counts", "out_of", "left_out", "why", "source"), "Words.")


def made(**facts: object) -> Callable[[], Measure]:
    plain = {
        "code": "x",
        "title": "X",
        "short_title": "X",
        "collection": "mtc",
        "nc_year": "4",
        "formula": "every",
    }
    return lambda: Measure(**{**plain, **WORDS, **facts})  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("measure", "words"),
    [
        (made(formula="median"), "median is no formula"),
        (made(each="pupil"), "for each pupil"),
        (made(formula="average"), "a mean of what"),
        (made(unit="marks"), "a mean of what"),
    ],
)
def test_a_measure_that_says_nothing_sound_is_refused(
    measure: Callable[[], Measure], words: str
) -> None:
    with pytest.raises(ValueError, match=words):
        measure()


def test_a_measure_knows_its_item_as_the_year_has_it() -> None:
    measure = measures()["mtc-average"]

    assert measure.full_items == ("mtc.mark",)
    assert measure.item(AcademicYear(2025)).title == "Tables check mark"
    assert measures()["goal-e01"].title == "Listening, attention and understanding"
    assert measures()["area-literacy"].items == ("E08", "E09", "E10")


def test_a_code_without_a_word_of_its_own_has_none() -> None:
    assert called("goals", "2") == "Expected"
    assert called("goals", "7") == ""
