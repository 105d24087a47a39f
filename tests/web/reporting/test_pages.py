import re
import time
from html import unescape

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries
from tests.web.conftest import SignedIn
from tests.web.people import Town
from tests.web.reporting.school import fill

from hornbook.rulebook.groups import Grouping, groupings
from hornbook.rulebook.measures import reports
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.models import Result

YEAR = 2026
# What a pupil's groups are made of, where it may be unknown.
FACTS_OF = {
    "disadvantaged": ("fsm", "fsm_ever6", "looked_after"),
    "fsm": ("fsm",),
    "ever6": ("fsm_ever6",),
    "sen": ("sen_provision",),
    "eal": ("first_language",),
    "ethnicity": ("ethnicity",),
    "looked-after": ("looked_after",),
}


def text(client: Client, address: str) -> str:
    """The words of a page, as they are read."""
    response = client.get(address)
    assert response.status_code == 200
    main = response.content.decode().partition("<main")[2].partition("</main>")[0]
    return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", main)))


def report(town: Town, code: str, year: int = YEAR) -> str:
    return reverse("reporting:report", args=[town.elm.laestab, code, year])


def index(town: Town) -> str:
    return reverse("reporting:index", args=[town.elm.laestab])


def governors(town: Town, year: int = YEAR) -> str:
    return reverse("reporting:governors", args=[town.elm.laestab, year])


def test_the_headlines_stand_beside_england_with_pupils(
    reported: Town, signed_in: SignedIn
) -> None:
    words = text(signed_in(reported.alice), index(reported))

    assert "Reports 2025/26" in words
    assert re.search(r"Met the phonics standard in Year 1 \d+% \d+ ", words)
    assert "80% in 2024/25" in words
    assert re.search(r"points (above|below): (about \d+|less than one) pupil", words)
    assert "are not held yet" in words


@pytest.mark.parametrize("code", list(reports()))
def test_a_report_explains_each_measure_and_shows_it_by_group_and_over_time(
    code: str, reported: Town, signed_in: SignedIn
) -> None:
    words = text(signed_in(reported.henry), report(reported, code))

    assert "Counted:" in words
    assert "Left out:" in words
    assert "by sex" in words
    assert "Girls" in words
    assert "Over time" in words


def test_a_report_without_results_says_so(reported: Town, signed_in: SignedIn) -> None:
    words = text(signed_in(reported.alice), report(reported, "eyfsp", 2027))

    assert "No results of this year" in words


def test_marks_whose_standard_is_not_published_yet_are_no_missing_results(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    why = "The mark that meets the standard in 2026/27 is not published yet."

    of_phonics = text(client, report(reported, "phonics", 2027))
    of_all = text(
        client, reverse("reporting:index", args=[reported.elm.laestab]) + "?year=2027"
    )

    assert f"Nothing to count yet {why}" in of_phonics
    assert f"Phonics screening check: {why}" in of_all
    assert "Data out" in of_all


@pytest.mark.parametrize("left", [0, 1, 3])
def test_a_school_of_a_few_pupils_has_its_reports_and_governors_are_told_nothing(
    left: int, reported: Town, signed_in: SignedIn
) -> None:
    year_1 = Enrolment.objects.filter(academic_year=YEAR, nc_year="1")
    kept = list(year_1.values_list("pk", flat=True)[:left])
    Enrolment.objects.exclude(pk__in=kept).delete()
    client = signed_in(reported.alice)

    words = text(client, report(reported, "phonics"))

    said = "Average phonics mark" if left else "No results of this year"
    assert said in words
    told = text(signed_in(reported.gwen), governors(reported))
    assert not re.search(r"\d+ of \d+|about \d", told)
    assert ("Met the phonics standard in Year 1 Not shown" in told) is bool(left)
    for form in ("pdf", "csv", "xlsx"):
        where = [reported.elm.laestab, "phonics", YEAR, form]
        assert client.get(reverse("reporting:report_file", args=where)).content


def test_every_number_leads_to_its_pupils(reported: Town, signed_in: SignedIn) -> None:
    client = signed_in(reported.alice)
    page = client.get(report(reported, "phonics") + "?by=fsm").content.decode()

    links = set(re.findall(r'href="([^"]*/reports/pupils/[^"]*)"', page))

    assert any("by=fsm" in link for link in links)
    for link in links:
        listed = client.get(unescape(link))
        said = re.search(rf'href="{re.escape(link)}"[^>]*>(\d+)', page)
        assert said
        assert len(listed.context["list"].rows) == int(said[1])


def test_a_cell_of_a_conversion_leads_to_its_pupils(
    reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)
    page = client.get(report(reported, "phonics")).content.decode()

    [(link, count), *_] = re.findall(r'href="([^"]*/conversions/[^"]*)">(\d+)', page)

    assert len(client.get(unescape(link)).context["list"].rows) == int(count)


def test_what_if_says_how_many_more_pupils(reported: Town, signed_in: SignedIn) -> None:
    address = report(reported, "ks2")

    words = text(signed_in(reported.alice), address + "?measure=ks2-reading&target=100")

    assert "For 100%" in words
    assert re.search(r"\d+ pupils? more", words)


def test_what_if_is_asked_of_the_whole_year_group(
    reported: Town, signed_in: SignedIn
) -> None:
    query = "?measure=phonics-year-1&by=&together=&target=100"

    words = text(signed_in(reported.alice), report(reported, "phonics") + query)

    groups = words.partition("By group")[2].partition("Marks")[0]
    assert "The whole year group" in groups
    assert "For 100%" in groups
    assert re.search(r"Met the phonics standard in Year 1 \d+% .* more ", groups)


def test_a_percentage_above_a_hundred_is_refused_and_the_rest_stays_chosen(
    reported: Town, signed_in: SignedIn
) -> None:
    query = "?measure=phonics-took&by=sen&target=175"

    words = text(signed_in(reported.alice), report(reported, "phonics") + query)

    assert "Write a whole number from 1 to 100." in words
    assert "Took the phonics check in Year 1, by SEN" in words


@pytest.mark.parametrize("chosen", ["by=sen&target=75", "by=&target=75"])
def test_another_year_keeps_what_was_chosen(
    chosen: str, reported: Town, signed_in: SignedIn
) -> None:
    query = f"measure=phonics-took&{chosen}"
    client = signed_in(reported.alice)

    page = client.get(f"{report(reported, 'phonics')}?{query}").content.decode()

    assert f'href="{report(reported, "phonics", 2025)}?{query}"' in unescape(page)


def test_two_groups_together(reported: Town, signed_in: SignedIn) -> None:
    query = "?measure=phonics-year-1&by=sex&together=fsm"

    words = text(signed_in(reported.alice), report(reported, "phonics") + query)

    assert "Girls, No free school meals" in words
    assert "by sex and free school meals" in words


@pytest.mark.parametrize("grouping", groupings().values(), ids=lambda one: one.code)
def test_every_group_is_shown_with_the_pupils_of_whom_it_is_not_known(
    grouping: Grouping, reported: Town, signed_in: SignedIn
) -> None:
    year_1 = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )
    facts = dict.fromkeys(FACTS_OF.get(grouping.code, ()), "")
    some = list(year_1.values_list("pk", flat=True)[:4])
    if facts:
        Pupil.objects.filter(pk__in=some).update(**facts)
    Enrolment.objects.filter(pupil__in=some).update(school_class=None)
    query = f"?measure=phonics-took&by={grouping.code}"
    client = signed_in(reported.alice)

    words = text(client, report(reported, "phonics") + query)

    assert "Took the phonics check in Year 1, by" in words
    [table] = (
        client.get(report(reported, "phonics") + query).context["page"].section.tables
    )
    titles = [line.title for line in table.lines]
    assert all(title in words for title in titles)
    assert sum(line.shown.tally.pupils for line in table.lines) == 30
    known = grouping.code in {"sex", "term"}
    assert (f"{grouping.title} not known" in words) is not known


def test_an_address_that_asks_for_nothing_known_shows_what_the_report_opens_on(
    reported: Town, signed_in: SignedIn
) -> None:
    query = "?measure=nothing&by=shoes&target=900"

    words = text(signed_in(reported.alice), report(reported, "phonics") + query)

    assert "Met the phonics standard in Year 1, by sex" in words


@pytest.mark.parametrize(("code", "which"), [("nothing", "met"), ("gld", "nothing")])
def test_there_is_no_list_of_nothing(
    code: str, which: str, reported: Town, signed_in: SignedIn
) -> None:
    address = f"/schools/{reported.elm.laestab}/reports/pupils/{code}/{YEAR}/{which}/"

    assert signed_in(reported.alice).get(address).status_code == 404


@pytest.mark.parametrize(
    "address", ["reports/maths/2026/", "reports/eyfsp/1999/", "reports/governors/2040/"]
)
def test_there_is_no_report_of_what_is_not_known(
    address: str, reported: Town, signed_in: SignedIn
) -> None:
    client = signed_in(reported.alice)

    answer = client.get(f"/schools/{reported.elm.laestab}/{address}")

    assert answer.status_code == 404


def test_a_governor_sees_no_childs_name_anywhere(
    reported: Town, signed_in: SignedIn
) -> None:
    gwen = signed_in(reported.gwen)
    addresses = [report(reported, code) for code in reports()]
    for address in [index(reported), governors(reported), *addresses]:
        page = gwen.get(address).content.decode()

        assert "Surname" not in page
        assert "Forename" not in page
        assert "/reports/pupils/" not in page
        assert "/conversions/" not in page


def test_a_governor_is_not_told_of_a_small_group(
    reported: Town, signed_in: SignedIn
) -> None:
    year_1 = Pupil.objects.filter(
        enrolments__academic_year=YEAR, enrolments__nc_year="1"
    )
    year_1.update(fsm="N")
    few = list(year_1.values_list("pk", flat=True)[:5])
    Pupil.objects.filter(pk__in=few).update(fsm="Y")

    words = text(signed_in(reported.gwen), governors(reported))

    phonics = words.partition("Met the phonics standard in Year 1, by group")[2]
    assert "Met the phonics standard in Year 1, by disadvantaged" in words
    assert "Disadvantaged" not in phonics.partition("by group")[0].replace("by dis", "")


def test_the_head_sees_the_governors_report_as_governors_do(
    reported: Town, signed_in: SignedIn
) -> None:
    heads = text(signed_in(reported.henry), governors(reported))

    assert heads == text(signed_in(reported.gwen), governors(reported))


def test_a_teacher_is_told_that_only_their_classes_count(
    reported: Town, signed_in: SignedIn
) -> None:
    within = Enrolment.objects.filter(academic_year=YEAR, nc_year="1").first()
    assert within is not None
    assert within.school_class is not None
    within.school_class.teachers.add(reported.bob)

    words = text(signed_in(reported.bob), report(reported, "phonics"))

    assert "your own classes" in words
    assert "No result" in words or "Met the phonics standard" in words


def test_a_pupil_who_left_in_autumn_without_a_result_is_left_out_and_said(
    reported: Town, signed_in: SignedIn
) -> None:
    enrolled = Enrolment.objects.filter(academic_year=YEAR, nc_year="1").first()
    assert enrolled is not None
    Result.objects.filter(pupil=enrolled.pupil, item="phonics.mark").delete()
    enrolled.left_on = f"{YEAR - 1}-10-10"
    enrolled.save()
    where = ["phonics-year-1", YEAR, "left-out"]

    words = text(
        signed_in(reported.alice),
        reverse("reporting:pupils", args=[reported.elm.laestab, *where]),
    )

    assert enrolled.pupil.surname in words
    assert "Left the school" in words


@pytest.mark.parametrize("person", ["alice", "gwen", "bob"])
def test_pages_ask_a_fixed_number_of_queries(
    person: str,
    town: Town,
    signed_in: SignedIn,
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    client = signed_in(town.people[person])
    for size in (2, 12):
        Result.objects.all().delete()
        Enrolment.objects.filter(pupil__school=town.elm).delete()
        Pupil.objects.filter(school=town.elm).delete()
        town.elm.classes.all().delete()
        fill(town.elm, size)
        for address in (index(town), report(town, "ks2"), governors(town)):
            with django_assert_max_num_queries(11):
                client.get(address)


def test_a_report_of_630_pupils_and_six_years_comes_at_once(
    town: Town, signed_in: SignedIn
) -> None:
    fill(town.elm, 90)
    client = signed_in(town.alice)
    for address in (index(town), report(town, "eyfsp"), governors(town)):
        client.get(address)
        took = []
        for _ in range(3):
            begun = time.process_time()
            client.get(address)
            took.append(time.process_time() - begun)

        assert min(took) < 0.3, (address, took)
