"""Sections and documents as headings and rows, and the tidy tables."""

from decimal import Decimal

from hornbook.identifiers import AcademicYear
from hornbook.measures.describe import measures_page
from hornbook.measures.disclosure import InSchool, Shown, Told
from hornbook.measures.people import Assessed
from hornbook.measures.tally import Tally
from hornbook.reports.charts import Lines
from hornbook.reports.document import Document, part_of
from hornbook.reports.lines import Line
from hornbook.reports.over_time import trends
from hornbook.reports.section import Section, section
from hornbook.reports.tidy import tables
from hornbook.rulebook.groups import groupings
from hornbook.rulebook.measures import measures, reports
from hornbook.rulebook.national import National, published

YEAR = AcademicYear(2026)
COHORT = [
    Assessed(
        key=key,
        nc_year="1",
        facts={"sex": "FM"[key % 2], "sen_provision": "K" if key < 3 else "N"},
        results={"phonics.mark": {2026: mark, 2025: "1"}},
    )
    for key, mark in enumerate(["31", "30", "40", "A", "L", "12", "33"])
]
PHONICS = measures()["phonics-year-1"]


def found(*codes: str) -> Section:
    groups = [(PHONICS, [groupings()[code] for code in codes])]
    return section(reports()["phonics"], YEAR, COHORT, InSchool, published(), groups)


def test_a_section_is_headings_and_rows_with_its_sources() -> None:
    table = found("sex").as_report()

    assert table.title == "Phonics screening check, 2025/26"
    assert table.headings == ("Measure", "School", "Pupils", "England", "Difference")
    assert table.rows[0] == (
        "Met the phonics standard in Year 1",
        "50%",
        "3 of 6",
        "80% in 2024/25",
        "30.0 points below: about 2 pupils",
    )
    [source] = [note for note in table.notes if "Year 1" in note]
    assert source.startswith("England, 2024/25")
    assert "For: Met the phonics standard in Year 1" in source


def test_what_is_not_certain_of_a_figure_goes_with_it_into_every_row() -> None:
    measure = next(one for one in measures().values() if not one.confirmed)
    unsure = National(
        year=AcademicYear(2025),
        measure=measure.code,
        value=Decimal(61),
        release="2024/25",
        source="from memory",
        confirmed=False,
    )
    counted = Shown(Tally(measure=measure, year=YEAR, values={1: 1}), whole=True)

    row = Line(measure.title, counted, unsure).row()

    assert row[0] == f"{measure.title} (definition not certain)"
    assert row[3].endswith("in 2024/25 (not confirmed)")


def test_a_table_by_group_tells_its_groups_and_notes() -> None:
    [table] = found("sex", "sen").tables

    report = table.as_report()

    assert report.headings[0] == "Sex and SEN"
    assert [row[0] for row in report.rows] == [
        "Girls, No SEN",
        "Girls, SEN support",
        "Boys, No SEN",
        "Boys, SEN support",
    ]
    assert "statement" in report.notes[0]
    assert table.lines[0].query == "?by=sex&by=sen&group=F&group=N"
    assert table.bars.bars[0].label == "Girls, No SEN"


def test_a_pupil_of_whom_a_group_is_not_known_is_in_one_of_its_own() -> None:
    [table] = found("fsm").tables

    assert [line.title for line in table.lines] == ["Free school meals not known"]


def test_a_document_holds_every_table_of_its_parts() -> None:
    whole = found("sex")
    document = Document(
        title="Report", school="Elm Road", notes=(), parts=(part_of(whole, ()),)
    )

    titles = [table.title for table in document.tables]

    assert titles == [
        "Phonics screening check, 2025/26",
        "Met the phonics standard in Year 1, by sex",
    ]
    assert whole.by_measure == ((PHONICS, whole.tables),)
    assert not whole.empty
    assert whole.headlines[0].measure is PHONICS


def test_what_is_told_says_who_may_see_it() -> None:
    assert "in school only" in InSchool().note
    assert InSchool().suffix == "in-school-only"
    assert "fewer than 6" in Told(6).note
    assert Told(6).suffix == "small-groups-hidden"


def test_the_page_of_measures_explains_every_one() -> None:
    page = measures_page()

    for measure in measures().values():
        assert f"`{measure.code}`" in page
        assert measure.counts in page
    for grouping in groupings().values():
        assert f"**{grouping.title}**" in page


def test_results_are_a_row_each_with_the_groups_of_the_pupil() -> None:
    table = tables()["results"]
    names = [column.name for column in table.columns]

    rows = list(table.rows("9262155", {YEAR: COHORT}, {n: f"U{n}" for n in range(7)}))

    assert len(rows) == 7
    first = dict(zip(names, rows[0], strict=True))
    assert first["upn"] == "U0"
    assert (first["academic_year"], first["year_group"]) == (2026, "1")
    assert (first["group_sex"], first["group_sen"], first["group_fsm"]) == (
        "F",
        "K",
        "",
    )
    assert (first["item"], first["value"], first["mark"]) == ("phonics.mark", "31", 31)
    assert dict(zip(names, rows[3], strict=True))["mark"] is None


def test_measures_are_a_row_a_pupil_with_why_one_is_left_out() -> None:
    table = tables()["measures"]
    names = [column.name for column in table.columns]

    rows = [
        dict(zip(names, row, strict=True))
        for row in table.rows("9262155", {YEAR: COHORT}, {n: f"U{n}" for n in range(7)})
    ]

    phonics = [row for row in rows if row["measure"] == PHONICS.code]
    assert [row["value"] for row in phonics] == [1, 0, 1, 0, 0, 1, None]
    assert phonics[-1]["left_out"] == "Left the school before the check"


def year_2(ends: int, code: str) -> list[Assessed]:
    """Sixty pupils of Year 2, all with the same judgement in reading."""
    results = {"ks1.reading": {ends: code}}
    return [Assessed(key=key, nc_year="2", results=results) for key in range(60)]


def test_of_a_year_that_is_not_collected_a_report_says_so() -> None:
    told = {
        ends: section(
            reports()["ks1"],
            AcademicYear(ends),
            year_2(ends, "EXS"),
            InSchool,
            published(),
        )
        for ends in (2023, 2025)
    }

    assert told[2023].notes == ()
    [note] = part_of(told[2025], ()).notes
    assert "In 2024/25 the school itself chose" in note


def test_a_trend_with_nothing_of_the_schools_to_draw_is_a_table_only() -> None:
    cohorts = {AcademicYear(ends): year_2(ends, "EXS") for ends in (2022, 2023)}
    year = max(cohorts)
    inside, outside = (
        part_of(
            section(reports()["ks1"], year, cohorts[year], guard, published()),
            [
                Lines("Over time", one)
                for one in trends(
                    [measures()["ks1-reading"]], cohorts, guard, published()
                )
            ],
        )
        for guard in (InSchool, lambda: Told(6))
    )

    over_time = "Key stage 1 reading at the expected standard, over time"
    assert any(isinstance(one, Lines) for one in inside.charts)
    assert not any(isinstance(one, Lines) for one in outside.charts)
    assert over_time in {one.title for one in inside.tables}
    assert over_time in {one.title for one in outside.tables}
