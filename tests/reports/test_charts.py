"""What a chart says in figures, in words and as a table."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.measures.cohorts import cohorts

from hornbook.identifiers import AcademicYear
from hornbook.measures.conversions import NONE, matrix
from hornbook.measures.disclosure import InSchool, Told
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.reports import charts
from hornbook.reports.document import part_of
from hornbook.reports.over_time import trends
from hornbook.reports.section import section
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import conversions, measures, reports
from hornbook.rulebook.national import published

Y2025, Y2026 = AcademicYear(2025), AcademicYear(2026)


def marked(*marks: str, nc_year: str = "1", ends: int = 2026) -> list[Assessed]:
    """Pupils with these phonics marks, girls and boys in turn."""
    return [
        Assessed(
            key=key,
            nc_year=nc_year,
            facts={"sex": "FM"[key % 2]},
            results={"phonics.mark": {ends: mark}},
        )
        for key, mark in enumerate(marks)
    ]


def test_bars_stand_beside_england_and_say_so_in_words() -> None:
    found = section(
        reports()["phonics"], Y2026, marked("31", "30"), InSchool, published()
    )

    chart = found.bars

    bar = chart.bars[0]
    assert (bar.label, bar.value) == ("Met the phonics standard in Year 1", Decimal(50))
    assert bar.england == Decimal(80)
    assert "50% (1 of 2), England 80% in 2024/25" in chart.words
    assert chart.table().rows[0][1:] == ("50% (1 of 2)", "80% in 2024/25")


def test_a_distribution_counts_each_mark_and_says_who_met_the_standard() -> None:
    found = tally(
        measures()["phonics-average"], Y2026, marked("31", "31", "12", "40", "A")
    )

    chart = charts.distribution(found)

    assert len(chart.columns) == 41
    assert dict(chart.columns)[31] == 2
    assert chart.threshold == 31
    assert "4 pupils with marks from 12 to 40; 3 have 31 or more" in chart.words
    assert chart.table().rows == ((12, 1), (31, 2), (40, 1))
    assert chart.in_bands().rows == (
        ("0 to 7", 0, "0%"),
        ("8 to 15", 1, "25%"),
        ("16 to 23", 0, "0%"),
        ("24 to 30", 0, "0%"),
        ("31 to 40", 3, "75%"),
    )


@given(st.lists(st.integers(0, 25), min_size=1, max_size=60))
def test_bands_hold_every_pupil_once(marks: list[int]) -> None:
    pupils = [
        Assessed(key=key, nc_year="4", results={"mtc.mark": {2025: str(mark)}})
        for key, mark in enumerate(marks)
    ]
    chart = charts.distribution(tally(measures()["mtc-average"], Y2025, pupils))

    counts = [int(str(row[1])) for row in chart.in_bands().rows]
    assert sum(counts) == len(marks)
    assert chart.threshold is None
    assert chart.in_bands().rows[-1][0] == "25"


def test_a_distribution_before_the_standard_is_known_names_none() -> None:
    pupils = marked("31", ends=2027)
    found = tally(measures()["phonics-average"], AcademicYear(2027), pupils)

    assert charts.distribution(found).words == (
        "Phonics mark, 2026/27: 1 pupils with marks from 31 to 31."
    )


def test_a_trend_leaves_out_years_without_results_and_says_so() -> None:
    years = {
        AcademicYear(2023): [],
        AcademicYear(2024): marked("32", "20", ends=2024),
        AcademicYear(2025): marked("32", "32", ends=2025),
    }

    [found] = trends([measures()["phonics-year-1"]], years, InSchool, published())
    chart = charts.Lines("Phonics", found)

    assert [str(point.year) for point in found.points] == ["2023/24", "2024/25"]
    assert "2022/23: left out" in found.note
    assert "2023/24: 50% (1 of 2), England 80%" in chart.words
    assert chart.table().rows[1] == ("2024/25", "100%", "2 of 2", "80%")


def test_a_trend_of_a_small_year_group_is_not_told_outside() -> None:
    years = {
        Y2025: marked(*["32"] * 5, ends=2025),
        Y2026: marked(*["32", "9", "32"] * 3),
    }

    [found] = trends(
        [measures()["phonics-year-1"]], years, lambda: Told(6), published()
    )

    assert [one.shown.text for one in found.points] == ["Not shown", "67% (6 of 9)"]


def test_a_matrix_sorts_by_the_standard_of_each_year() -> None:
    conversion = conversions()["phonics-1-to-2"]
    marks = [("31", "31"), ("32", ""), ("20", "20"), ("", "35"), ("A", "")]
    pupils = [
        Assessed(
            key=key,
            nc_year="2",
            results={
                "phonics.mark": {
                    ends: mark
                    for ends, mark in zip((2025, 2026), pair, strict=True)
                    if mark
                }
            },
        )
        for key, pair in enumerate(marks)
    ]

    found = matrix(conversion, Y2026, pupils)
    chart = charts.Grid("Phonics", found)

    assert found.keys("Did not meet", "Met") == (0,)
    assert found.keys("Met", "Met") == (1,)
    assert found.keys("Did not meet", "Did not meet") == (2, 4)
    assert found.keys(NONE, "Met") == (3,)
    assert found.known == 4
    assert "Did not meet to Did not meet: 2" in chart.words
    assert chart.table().rows[1] == ("Did not meet", 1, 2, 0)
    assert charts.Grid("None", matrix(conversion, Y2026, [])).words.endswith("none.")


def test_a_matrix_from_before_the_first_year_knows_nothing() -> None:
    pupils = [Assessed(key=1, nc_year="6")]

    found = matrix(conversions()["ks1-to-ks2-reading"], Y2025, pupils)

    assert found.known == 0
    assert found.keys(NONE, NONE) == (1,)


@given(cohorts(2025, "1", ("phonics",)))
def test_a_matrix_and_a_breakdown_hold_every_pupil_once(cohort: list[Assessed]) -> None:
    found = matrix(conversions()["eyfsp-to-phonics"], Y2025, cohort)
    measure = measures()["phonics-year-1"]
    groups = [(measure, [groupings()[code]]) for code in groupings()]
    told = section(reports()["phonics"], Y2025, cohort, InSchool, published(), groups)

    assert sum(map(len, found.cells.values())) == len(cohort)
    for table in told.tables:
        whole = table.guarded.breakdown.whole
        parts = [part.tally for part in table.guarded.breakdown.parts]
        assert sum(part.pupils for part in parts) == whole.pupils
        assert sum(part.total for part in parts) == whole.total


def test_a_heat_map_has_the_pupils_with_a_value_by_name() -> None:
    items = rulebook(Y2025).collections["eyfsp"].items[:3]
    pupils = [
        Assessed(key=1, nc_year="R", results={"eyfsp.E01": {2025: "1"}}),
        Assessed(key=2, nc_year="R", results={"eyfsp.E02": {2025: "2"}}),
        Assessed(key=3, nc_year="R"),
    ]

    chart = charts.heat("Goals", 2025, items, pupils, {1: "B", 2: "A", 3: "C"})

    assert chart.rows == (("A", ("", "2", "")), ("B", ("1", "", "")))
    assert chart.words == (
        "Goals: 2 pupils by 3 goals. "
        "A: 2 in E02, else no result; B: 1 in E01, else no result."
    )
    assert chart.table().headings[1] == "Listening, attention and understanding"


def test_a_heat_map_of_many_pupils_is_told_on_several_pages() -> None:
    rows = tuple((f"Pupil {n}", ("2",)) for n in range(90))
    chart = charts.Heat("Goals", (("E01", "Listening"),), rows, (("2", "Expected"),))

    parts = chart.on_pages()

    assert [part.title for part in parts] == [
        "Goals, 1 of 3",
        "Goals, 2 of 3",
        "Goals, 3 of 3",
    ]
    assert tuple(row for part in parts for row in part.rows) == rows
    assert "Pupil 0: 2 in all" in parts[0].words


def test_a_part_names_what_it_may_not_tell() -> None:
    measure = measures()["phonics-year-1"]
    groups = [(measure, [groupings()["sex"]])]
    found = section(
        reports()["phonics"],
        Y2026,
        marked(*["32", "12"] * 4),
        lambda: Told(6),
        published(),
        groups,
    )

    part = part_of(found, ())

    [note] = part.notes
    assert note.startswith("Not shown, so that nobody's result is given away: Met the")
    assert note.endswith("by sex.")


def test_who_is_left_out_is_counted_by_reason() -> None:
    pupils = marked("L", "31", "")
    found = section(reports()["phonics"], Y2026, pupils, InSchool, published())

    line, other = found.line("phonics-year-1"), found.line("phonics-year-2")

    assert line is not None
    assert line.left_out == (
        "2 pupils left out: Left the school before the check (1); "
        "No result recorded (1)"
    )
    assert other is not None
    assert other.left_out == ""


@pytest.mark.parametrize(
    ("percent", "words"),
    [(50, "reached"), (75, "1 pupil more"), (100, "2 pupils more")],
)
def test_a_line_says_how_many_more_pupils_a_percentage_takes(
    percent: int, words: str
) -> None:
    pupils = marked("31", "31", "1", "1")
    found = section(reports()["phonics"], Y2026, pupils, InSchool, published())

    line = found.line("phonics-year-1")

    assert line is not None
    assert line.needed(percent) == words
    mean = found.line("phonics-average")
    assert mean is not None
    assert mean.needed(percent) == ""
    assert found.line("gld") is None


@given(cohorts(2025, "4", ("mtc",)))
def test_over_time_tells_no_more_of_a_year_than_its_report(
    cohort: list[Assessed],
) -> None:
    facts = reports()["mtc"]
    headlines = [one for one in measures().values() if one.collection == "mtc"]
    headlines = [one for one in headlines if one.headline]
    told = section(facts, Y2025, cohort, lambda: Told(6), published())

    found = trends(headlines, {Y2025: cohort}, lambda: Told(6), published())

    for each in found:
        line = told.line(each.measure.code)
        assert line is not None
        assert [point.shown.text for point in each.points] == (
            [line.shown.text] if line.shown.tally.values else []
        )
