"""Pictures as SVG: every figure stands in them, and what is written stays text."""

from decimal import Decimal
from xml.etree import ElementTree

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.measures.conversions import matrix
from hornbook.measures.disclosure import InSchool
from hornbook.measures.people import Assessed
from hornbook.measures.tally import tally
from hornbook.reports import charts
from hornbook.reports.over_time import trends
from hornbook.rulebook.load import rulebook
from hornbook.rulebook.measures import conversions, measures
from hornbook.rulebook.national import published
from hornbook.web.reporting.drawing.render import svg
from hornbook.web.reporting.drawing.shapes import cut

SVG = "{http://www.w3.org/2000/svg}"
YEAR = AcademicYear(2026)


def pupils(*marks: str, ends: int = 2026) -> list[Assessed]:
    return [
        Assessed(key=key, nc_year="1", results={"phonics.mark": {ends: mark}})
        for key, mark in enumerate(marks)
    ]


def bars() -> charts.Chart:
    bar = charts.Bar(
        "Reading & <b>maths</b>", Decimal(50), "50%", "1 of 2", Decimal(61), "61%"
    )
    return charts.Bars("Shares", (bar,))


def distribution() -> charts.Chart:
    found = tally(measures()["phonics-average"], YEAR, pupils("31", "5", "5"))
    return charts.distribution(found)


def lines() -> charts.Chart:
    years = {AcademicYear(ends): pupils("32", "10", ends=ends) for ends in (2024, 2025)}
    [found] = trends([measures()["phonics-year-1"]], years, InSchool, published())
    return charts.Lines("Over time", found)


def heat() -> charts.Chart:
    items = rulebook(YEAR).collections["eyfsp"].items[:3]
    values = {"eyfsp.E01": {2026: "1"}, "eyfsp.E02": {2026: "A"}}
    child = Assessed(key=1, nc_year="R", results=values)
    return charts.heat("Goals", 2026, items, [child], {1: "Byrne, <Ada>"})


def grid() -> charts.Chart:
    child = Assessed(key=1, nc_year="1", results={"phonics.mark": {2026: "35"}})
    found = matrix(conversions()["eyfsp-to-phonics"], YEAR, [child])
    return charts.Grid("Then and now", found)


def drawn(chart: charts.Chart) -> ElementTree.Element:
    return ElementTree.fromstring(svg(chart))


def words(picture: ElementTree.Element) -> list[str]:
    return [text.text or "" for text in picture.iter(f"{SVG}text")]


@pytest.mark.parametrize("make", [bars, distribution, lines, heat, grid])
def test_a_picture_is_sound_and_says_in_words_what_it_shows(make) -> None:  # type: ignore[no-untyped-def]
    chart = make()

    picture = drawn(chart)

    assert picture.get("role") == "img"
    assert picture.get("aria-label") == chart.words
    assert "style" not in svg(chart)
    width, height = (float(picture.get(side, "")) for side in ("width", "height"))
    for text in picture.iter(f"{SVG}text"):
        assert 0 <= float(text.get("x", "")) <= width
        assert 0 <= float(text.get("y", "")) <= height


def test_a_bar_is_as_long_as_its_share_and_england_has_a_marker() -> None:
    picture = drawn(bars())

    [bar] = [one for one in picture.findall(f"{SVG}rect") if one.get("fill") != "none"]
    assert float(bar.get("width", "")) == (780 - 290 - 190) / 2
    assert "Reading & <b>maths</b>" in words(picture)
    assert "◆ England" in words(picture)


@pytest.mark.parametrize("make", [bars, distribution, lines, heat, grid])
def test_behind_every_picture_is_a_table_with_a_heading_above_each_column(make) -> None:  # type: ignore[no-untyped-def]
    table = make().table()

    assert table.rows
    assert all(table.headings)
    assert {len(row) for row in table.rows} == {len(table.headings)}


def test_where_all_or_nearly_all_met_it_no_bar_tells_how_many() -> None:
    nearly = charts.Bar("GLD", None, "All or nearly all", "30 pupils", None, "")
    chart = charts.Bars("Shares", (nearly,))

    picture = drawn(chart)

    assert not picture.findall(f"{SVG}rect")
    assert "All or nearly all" in words(picture)
    assert chart.words == "Shares. GLD: All or nearly all (30 pupils)."


def test_marks_below_the_standard_are_hatched() -> None:
    columns = drawn(distribution()).findall(f"{SVG}rect")

    fills = [column.get("fill", "") for column in columns]
    assert sum(fill.startswith("url(#") for fill in fills) == 1
    assert fills.count("#1d4f7c") == 1
    assert "Meets the standard from 31" in words(drawn(distribution()))


def test_the_school_has_dots_and_england_a_dashed_line() -> None:
    picture = drawn(lines())

    assert len(picture.findall(f"{SVG}circle")) == 2
    dashed = [one for one in picture.iter() if one.get("stroke-dasharray")]
    assert len(dashed) == 1
    assert {"2023/24", "2024/25", "50%"} <= set(words(picture))


def test_figures_of_school_and_england_stand_on_either_side_of_their_marks() -> None:
    chart = lines()
    assert isinstance(chart, charts.Lines)
    picture, [first, *_] = drawn(chart), chart.trend.points
    assert first.national is not None

    places = {
        text.text: float(text.get("y", "")) for text in picture.iter(f"{SVG}text")
    }

    assert places[first.national.text] < places[first.shown.figure]
    assert places[first.shown.figure] - places[first.national.text] > 28


def test_england_is_not_joined_where_its_years_may_not_be_compared() -> None:
    years = {
        AcademicYear(ends): [
            Assessed(key=1, nc_year="2", results={"phonics.mark": {ends: "40"}})
        ]
        for ends in (2022, 2023, 2024, 2025)
    }
    [found] = trends([measures()["phonics-year-2"]], years, InSchool, published())
    chart = charts.Lines("Phonics", found)

    dashed = [one for one in drawn(chart).iter() if one.get("stroke-dasharray")]

    assert len(dashed) == 2
    assert "may not be compared" in chart.words
    assert "may not be compared" in found.as_report().notes[0]


def test_a_figure_at_nought_does_not_stand_on_the_year_below_it() -> None:
    cohorts = {AcademicYear(ends): pupils("5", ends=ends) for ends in (2024, 2025)}
    [found] = trends([measures()["phonics-year-1"]], cohorts, InSchool, published())

    root = ElementTree.fromstring(svg(charts.Lines("Phonics", found)))

    heights = {
        one.text: float(one.attrib["y"]) for one in root.iter(f"{SVG}text") if one.text
    }
    assert heights["2024/25"] - heights["0%"] >= 14


def test_a_long_label_of_a_bar_stands_in_two_lines() -> None:
    label = "At the expected level in communication, language and literacy"
    chart = charts.Bars("Goals", (charts.Bar(label, None, "50%", "1 of 2", None, ""),))

    said = words(drawn(chart))

    assert " ".join(said[-3:-1]) == label


def test_a_heat_map_writes_the_value_into_every_cell() -> None:
    said = words(drawn(heat()))

    assert "Byrne, <Ada>" in said
    assert {"1", "A", "-"} <= set(said)


def test_a_matrix_writes_the_number_into_every_cell() -> None:
    picture = drawn(grid())

    assert words(picture).count("-") == 8
    assert "1" in words(picture)


def test_a_trend_of_a_mean_is_drawn_about_its_figures() -> None:
    years = {
        AcademicYear(ends): [
            Assessed(key=1, nc_year="4", results={"mtc.mark": {ends: "20"}})
        ]
        for ends in (2024, 2025)
    }
    [found] = trends([measures()["mtc-average"]], years, InSchool, published())

    assert "18" in words(drawn(charts.Lines("Tables", found)))


def test_a_long_label_is_cut_where_it_must_be() -> None:
    assert cut("Reading", 10) == "Reading"
    assert cut("Reading and writing", 10) == "Reading a…"
