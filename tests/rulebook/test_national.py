import tomllib
from decimal import Decimal
from pathlib import Path
from typing import Final

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.groups import NOT_KNOWN, groupings
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.measures import measures, report_of, reports
from hornbook.rulebook.national import national, published

Y2024, Y2026 = AcademicYear(2024), AcademicYear(2026)


@pytest.mark.parametrize(
    ("ends", "measure", "value"),
    [
        (2025, "gld", "68.3"),
        (2022, "phonics-year-1", "75"),
        (2024, "phonics-year-2", "89"),
        (2024, "mtc-average", "20.6"),
        (2025, "mtc-full-marks", "37"),
        (2023, "ks2-combined", "60"),
        (2025, "ks2-combined", "62"),
        (2025, "ks2-science", "82"),
        (2022, "ks1-writing", "58"),
    ],
)
def test_a_national_figure_is_as_published(ends: int, measure: str, value: str) -> None:
    assert national()[ends, measure, ""].value == Decimal(value)


TYPED: Final = tomllib.loads(
    (Path(__file__).parent / "national.toml").read_text(encoding="utf-8")
)


@pytest.mark.parametrize(
    ("group", "measure"),
    [(group, measure) for group, held in TYPED.items() for measure in held],
)
def test_national_figures_are_those_of_the_releases(group: str, measure: str) -> None:
    known = "" if group == "all" else group
    for ends, typed in zip(range(2022, 2026), TYPED[group][measure], strict=True):
        figure = national().get((ends, measure, known))
        if not typed:
            assert figure is None, ends
        else:
            assert figure is not None, ends
            assert figure.value == Decimal(typed.rstrip("?")), ends
            # A figure typed as not confirmed never stands as confirmed.
            assert not (typed.endswith("?") and figure.confirmed), ends


def test_no_figure_of_2026_is_held_and_every_headline_is_said_to_lack_one() -> None:
    assert not [key for key in national() if key[0] == Y2026.ends]
    missing = {one.code for one in published().missing(Y2026)}
    assert {one.code for one in measures().values() if one.headline} - missing <= {
        "ks1-reading",
        "ks1-writing",
        "ks1-maths",
    }


def test_every_national_figure_is_of_a_measure_and_a_group_and_says_its_source() -> (
    None
):
    for (_, measure, group), figure in national().items():
        grouping, _, value = group.partition(":")
        assert measure in measures()
        assert figure.release
        assert figure.source
        if group:
            assert value in {each.code for each in groupings()[grouping].values}


def test_what_comes_from_memory_is_not_called_certain() -> None:
    assert not national()[2022, "all-goals", ""].confirmed
    assert "not confirmed" in national()[2022, "all-goals", ""].cited
    assert national()[2024, "gld", ""].confirmed


def test_a_year_without_a_figure_takes_the_latest_before_it_and_says_so() -> None:
    found = published().latest(measures()["gld"], Y2026)

    assert found is not None
    assert found.year == AcademicYear(2025)
    assert found.release == "2024/25"


def test_a_measure_without_any_national_figure_has_none() -> None:
    assert published().latest(measures()["phonics-average"], Y2026) is None


def test_a_year_says_which_national_figures_it_lacks() -> None:
    assert measures()["gld"] in published().missing(Y2026)
    assert measures()["gld"] not in published().missing(Y2024)
    assert measures()["ks1-reading"] in published().missing(Y2024)


def test_every_code_that_a_measure_reads_is_one_of_its_items_in_some_year() -> None:
    for measure in measures().values():
        codes = {
            outcome.code
            for year in years()
            for item in map(rulebook(year).item, measure.full_items)
            for outcome in item.outcomes
        }
        assert {*measure.met, *measure.not_met} <= codes, measure.code


def test_every_measure_explains_itself() -> None:
    for measure in measures().values():
        words = (measure.counts, measure.out_of, measure.left_out, measure.why)
        assert all(word.endswith(".") for word in words), measure.code
        assert measure.source


def test_key_stage_2_is_one_report_of_two_collections() -> None:
    assert report_of(measures()["ks2-writing"]) is reports()["ks2"]
    assert report_of(measures()["ks2-combined"]) is reports()["ks2"]


@pytest.mark.parametrize(
    ("grouping", "facts", "group"),
    [
        ("sex", {"sex": "F"}, "F"),
        ("sex", {}, NOT_KNOWN),
        ("disadvantaged", {"fsm": "N", "fsm_ever6": "Y"}, "Y"),
        ("disadvantaged", {"fsm": "N", "looked_after": "N"}, "N"),
        ("disadvantaged", {}, NOT_KNOWN),
        ("sen", {"sen_provision": "S"}, "E"),
        ("eal", {"first_language": "ENB"}, "1"),
        ("eal", {"first_language": "URD"}, "2"),
        ("eal", {"first_language": "REF"}, NOT_KNOWN),
        ("ethnicity", {"ethnicity": "APKN"}, "A"),
        ("ethnicity", {"ethnicity": "OARA"}, "O"),
        ("ethnicity", {"ethnicity": "NOBT"}, NOT_KNOWN),
        ("term", {"dob": "2019-12-31"}, "autumn"),
        ("term", {"dob": "2020-01-01"}, "spring"),
        ("term", {"dob": "2020-04-01"}, "summer"),
        ("class", {"class_name": "Elm"}, "Elm"),
        ("class", {"class_name": ""}, NOT_KNOWN),
    ],
)
def test_which_group_a_pupil_is_in(
    grouping: str, facts: dict[str, str], group: str
) -> None:
    assert groupings()[grouping].of(facts) == group


def test_groups_come_in_their_own_order_and_not_known_comes_last() -> None:
    sen = groupings()["sen"]

    assert sorted(["", "E", "N", "K"], key=sen.place) == ["N", "K", "E", ""]
    assert sen.title_of("K") == "SEN support"
    assert sen.title_of("") == "Not known"
    assert groupings()["class"].title_of("Elm") == "Elm"
