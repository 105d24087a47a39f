import csv
import io
import re
from collections import Counter

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import Town, person
from tests.web.reporting.school import fill
from tests.web.reporting.test_pages import text

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import Guards, InSchool
from hornbook.reports.across import counted_for
from hornbook.reports.over_time import trends
from hornbook.rulebook.load import years
from hornbook.rulebook.measures import measures
from hornbook.rulebook.national import published
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import Pupil
from hornbook.web.reporting import queries, several
from hornbook.web.reporting.reader import outside
from hornbook.web.results.models import Result
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import Membership, Role, School, Trust

PAGE = "/reports/"
YEAR = 2026


def school(town: Town, name: str, estab: str, pupils: int) -> School:
    """Another school of Tess's trust, with six years of results."""
    made = School.objects.create(name=name, la="926", estab=estab, trust=town.elm.trust)
    fill(made, pupils)
    return made


@pytest.fixture
def trust(reported: Town) -> Town:
    """Elm Road with thirty in a year group, Hill Top with twenty and Mill with four."""
    school(reported, "Hill Top School", "2001", 20)
    school(reported, "Mill School", "2002", 4)
    return reported


@pytest.fixture
def trustee(trust: Town) -> User:
    """A governor of the trust, who sees totals only."""
    made = person("Terry")
    Membership.objects.create(user=made, role=Role.GOVERNOR, trust=trust.elm.trust)
    return made


def rows(client: Client, query: str) -> list[list[str]]:
    """The page's table, a list a row, as it is read."""
    page = client.get(f"{PAGE}?{query}").content.decode()
    table = re.search(
        r'<table class="govuk-table reports-schools">.*?</table>', page, re.DOTALL
    )
    assert table is not None
    return [
        [re.sub(r"\s+", " ", re.sub(r"<[^>]+>", "", cell)).strip() for cell in cells]
        for cells in (
            re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", row, re.DOTALL)
            for row in re.findall(r"<tr.*?</tr>", table[0], re.DOTALL)
        )
    ]


def test_each_school_stands_beside_the_others_and_england(
    trust: Town, signed_in: SignedIn
) -> None:
    found = rows(signed_in(trust.tess), f"measure=phonics-year-1&year={YEAR}")

    assert [row[0] for row in found] == [
        "School",
        "Elm Road Primary School",
        "Hill Top School",
        "Mill School",
        "All pupils of 3 schools",
        "England",
    ]
    assert re.fullmatch(r"\d+ of 30", found[1][2])
    assert "of 54" in found[4][2]
    assert found[0][4:] == ["2022/23", "2023/24", "2024/25"]


def test_the_figure_of_a_school_is_that_of_its_own_report(
    trust: Town, signed_in: SignedIn
) -> None:
    client = signed_in(trust.tess)

    [_, elm, *_] = rows(client, f"measure=ks2-reading&year={YEAR}")

    address = reverse("reporting:report", args=[trust.elm.laestab, "ks2", YEAR])
    assert re.search(rf"{elm[1]} {elm[2]}", text(client, address))


def test_a_trustee_is_told_no_small_school_and_cannot_work_it_out(
    trust: Town, trustee: User, signed_in: SignedIn
) -> None:
    found = rows(signed_in(trustee), f"measure=phonics-year-1&year={YEAR}")

    assert found[3][:3] == ["Mill School", "Not shown", ""]
    assert found[4][0] == "All pupils of 2 schools"
    assert "of 50" in found[4][2]


def test_what_is_taken_away_tells_no_small_school_to_anybody(
    trust: Town, signed_in: SignedIn
) -> None:
    address = reverse("reporting:several_file", args=["phonics-year-1", YEAR, "csv"])

    answer = signed_in(trust.tess).get(address)

    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    mill = next(row for row in table if "Mill School" in row)
    assert "Not shown" in mill
    assert "small-groups-hidden" in answer["Content-Disposition"]


@pytest.mark.parametrize("form", ["pdf", "xlsx"])
def test_it_can_be_taken_away(form: str, trust: Town, signed_in: SignedIn) -> None:
    address = reverse("reporting:several_file", args=["ks2-combined", YEAR, form])

    answer = signed_in(trust.tess).get(address)

    assert answer.status_code == 200
    assert answer.content[:2] in {b"%P", b"PK"}


def test_schools_are_put_in_the_order_of_their_results(
    trust: Town, signed_in: SignedIn
) -> None:
    query = f"measure=mtc-average&year={YEAR}&sort=result"

    found = rows(signed_in(trust.tess), query)

    figures = [float(row[1]) for row in found[1:4]]
    assert figures == sorted(figures, reverse=True)


def test_a_school_without_results_says_so(trust: Town, signed_in: SignedIn) -> None:
    Result.objects.filter(pupil__school__name="Mill School", year=YEAR).delete()

    found = rows(signed_in(trust.tess), f"measure=gld&year={YEAR}")

    assert found[3][:2] == ["Mill School", "No results"]


def test_whoever_has_one_school_sees_its_reports(
    town: Town, signed_in: SignedIn
) -> None:
    answer = signed_in(town.alice).get(PAGE)

    assert answer["Location"] == reverse("reporting:index", args=[town.elm.laestab])


def test_a_teacher_of_two_schools_is_told_neither(
    trust: Town, signed_in: SignedIn
) -> None:
    mill = School.objects.get(name="Mill School")
    Membership.objects.create(user=trust.bob, role=Role.TEACHER, school=mill)

    assert signed_in(trust.bob).get(PAGE).status_code == 403
    assert "Compare" not in text(signed_in(trust.bob), reverse("schools:list"))


def test_an_invented_school_is_not_counted_beside_real_ones(
    trust: Town, signed_in: SignedIn
) -> None:
    School.objects.filter(name="Mill School").update(demo=True)

    assert "Mill School" not in text(signed_in(trust.tess), PAGE)


def test_the_list_of_schools_leads_there(trust: Town, signed_in: SignedIn) -> None:
    words = text(signed_in(trust.tess), reverse("schools:list"))

    assert "Compare the results of several schools" in words


def test_as_many_queries_for_many_schools_as_for_three(
    trust: Town,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(trust.tess)
    for number in range(12):
        school(trust, f"School {number}", f"21{number:02}", 2)

    with django_assert_max_num_queries(12):
        client.get(f"{PAGE}?measure=gld&year={YEAR}")


@pytest.mark.parametrize("guards", [InSchool, outside])
def test_every_headline_is_told_as_each_school_s_own_report_tells_it(
    guards: Guards, trust: Town
) -> None:
    """Counted alone or with few others, as in the report that counts them all."""
    schools = tuple(School.objects.filter(trust=trust.elm.trust))
    # Twenty have writing and nineteen all three: that tells of one child's reading.
    last = Pupil.objects.filter(school=schools[1], enrolments__nc_year="6").last()
    Result.objects.filter(pupil=last, item__startswith="ks2-tests.reading").delete()
    wanted = tuple(one for one in years() if one.ends <= YEAR)[-4:]
    own = {one.pk: queries.cohorts(Sight.whole(one), wanted) for one in schools}

    for facts, headlines in several.headlines():
        reports = {
            pk: trends(headlines, cohorts, guards, published())
            for pk, cohorts in own.items()
        }
        for number, measure in enumerate(headlines):
            found = several.side_by_side(
                schools, measure, AcademicYear(YEAR), lambda _: guards
            )

            told = {row.address: [*row.before, row.line.shown] for row in found.rows}
            for school in schools:
                points = reports[school.pk][number].points
                shown = [one for one in told[school.laestab] if one.tally.values]
                assert shown == [one.shown for one in points], (facts.code, measure)
                assert shown


def test_only_what_is_asked_is_read(trust: Town) -> None:
    schools, asked = tuple(School.objects.all()), measures()["ks2-maths"]

    with CaptureQueriesContext(connection) as counted:
        several.side_by_side(schools, asked, AcademicYear(YEAR), lambda _: InSchool)

    read = " ".join(one["sql"] for one in counted)
    assert "ks2-tests.maths-score" in read
    assert "ks2-tests.reading-score" not in read


def test_outside_a_headline_is_counted_with_those_told_before_it() -> None:
    asked = measures()["mtc-full-marks"]

    assert [one.code for one in counted_for(asked, InSchool)] == ["mtc-full-marks"]
    assert [one.code for one in counted_for(asked, outside)] == [
        "mtc-average",
        "mtc-full-marks",
    ]


def test_another_trust_is_out_of_sight(trust: Town, signed_in: SignedIn) -> None:
    other = Trust.objects.create(name="Another Trust")
    School.objects.filter(name="Mill School").update(trust=other)

    assert "Mill School" not in text(signed_in(trust.tess), PAGE)


@pytest.mark.parametrize(
    "asked", ["year=nonsense", "measure=nonsense", "sort=nonsense"]
)
def test_an_address_that_names_nothing_shows_what_there_is(
    asked: str, trust: Town, signed_in: SignedIn
) -> None:
    assert "Elm Road Primary School" in text(signed_in(trust.tess), f"{PAGE}?{asked}")


@pytest.mark.parametrize(
    "parts", [["nonsense", YEAR, "csv"], ["gld", 1999, "csv"], ["gld", YEAR, "exe"]]
)
def test_a_file_that_is_none_is_not_found(
    parts: list[object], trust: Town, signed_in: SignedIn
) -> None:
    address = reverse("reporting:several_file", args=parts)

    assert signed_in(trust.tess).get(address).status_code == 404


def test_a_picture_of_many_schools_is_drawn_in_parts_that_fit_a_page(
    trust: Town,
) -> None:
    schools = tuple(School.objects.all()) * 10
    found = several.side_by_side(
        schools, measures()["gld"], AcademicYear(YEAR), several.as_it_may_leave
    )

    charts = found.as_part().charts

    assert [chart.title.rpartition(", ")[2] for chart in charts] == ["1 of 2", "2 of 2"]
    assert sum(len(chart.table().rows) for chart in charts) == len(found.bars.bars)


def taken_out(client: Client, year: str = "2026") -> list[dict[str, str]]:
    where = reverse("reporting:take_out_several", args=["results", "csv"])
    content = client.post(where, {"year": year}).content.decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_data_of_all_schools_comes_out_in_one_file_and_is_written_down_in_each(
    trust: Town, signed_in: SignedIn
) -> None:
    client = signed_in(trust.tess)

    found = taken_out(client)

    marks = Counter(row["dfe_number"] for row in found if row["item"] == "mtc.mark")
    assert marks == {trust.elm.laestab: 30, "9262001": 20, "9262002": 4}
    assert {row["academic_year"] for row in found} == {"2026"}
    assert not any("Surname" in cell for row in found for cell in row.values())
    events = Event.objects.filter(action="data taken out", by=trust.tess)
    assert sorted(event.laestab for event in events) == sorted(marks)
    assert "of 3 schools in one file" in text(client, PAGE)


def test_nobody_takes_data_out_of_a_school_where_they_may_not(
    trust: Town, trustee: User, signed_in: SignedIn
) -> None:
    Membership.objects.create(
        user=trustee, role=Role.LEAD, school=School.objects.get(estab="2002")
    )
    client = signed_in(trustee)

    assert {row["dfe_number"] for row in taken_out(client)} == {"9262002"}
    assert "schools in one file" not in text(client, PAGE)


def test_taking_out_asks_as_many_queries_for_two_schools_as_for_three(
    trust: Town,
    signed_in: SignedIn,
) -> None:
    client = signed_in(trust.tess)
    asked = []
    for _ in range(2):
        with CaptureQueriesContext(
            connection,
        ) as found:
            taken_out(client)
        asked.append(sum("SELECT" in one["sql"] for one in found))
        School.objects.filter(estab="2002").update(trust=None)

    assert asked[0] == asked[1]
