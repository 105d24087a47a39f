"""What a person reads before a file is made."""

from datetime import date

import pytest
import time_machine
from django.test import Client
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import (
    YEAR,
    address,
    enrol,
    give,
    next_upn,
    person,
    profile,
    signed_in,
)

from hornbook.web.audit.actions import record
from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School


def page(
    client: Client, school: School, collection: str, recipient: str, year: int = YEAR
) -> str:
    where = address("returns:preflight", school, collection, year, recipient)
    response = client.get(where)
    assert response.status_code == 200
    return " ".join(response.content.decode().split())


def test_one_sentence_when_all_is_there(school: School, lead: Client) -> None:
    for number in range(3):
        profile(enrol(school, f"Pupil{number}", "R"))

    told = page(lead, school, "eyfsp", "la")

    assert (
        "3 pupils of Reception, all complete. "
        "Nothing is missing and nothing was found wrong." in told
    )
    assert "I know that this return" not in told


def test_it_says_in_words_how_many_are_complete_and_what_was_found(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "6"), enrol(school, "Cole", "6")
    for pupil in (ada, ben):
        give(pupil, "ks2-teacher-assessment.writing", "PK2")
    give(ada, "ks2-teacher-assessment.science", "PK2")

    told = page(lead, school, "ks2-teacher-assessment", "sta")

    assert "2 pupils of Year 6, 1 complete, 1 error, 1 query." in told
    assert "I know that this return has 1 error" in told
    assert "Errors: the recipient would refuse the file" in told
    assert "Queries: may be right" in told


def test_a_pupil_behind_a_finding_is_linked_to_the_cell_to_fill(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    told = page(lead, school, "phonics", "la")

    grid = address("results:grid", school, "phonics", YEAR)
    assert f'href="{grid}#c-{ada.pk}-phonics-mark"' in told
    assert "Byrne, Ada" in told
    assert "/rules/C01/" in told


def test_a_finding_of_the_pupils_own_details_is_linked_to_the_pupil(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "R")
    profile(ada)
    ada.upn = ("B" if ada.upn.startswith("A") else "A") + ada.upn[1:]
    ada.save()

    told = page(lead, school, "eyfsp", "la")

    assert f'href="{address("pupils:detail", school, ada.pk)}"' in told


def test_both_years_of_phonics_are_counted_and_those_who_met_it_are_set_aside(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "34")
    missed, met = enrol(school, "Cole", "2"), enrol(school, "Dale", "2")
    give(missed, "phonics.mark", "10", YEAR - 1)
    give(missed, "phonics.mark", "33")
    give(met, "phonics.mark", "34", YEAR - 1)

    told = page(lead, school, "phonics", "la")

    assert "1 pupil of Year 1 and 1 of Year 2, all complete." in told
    assert (
        "Not in the return: 1 pupil of Year 2 (the standard was met the year before)."
        in told
    )


def test_a_year_2_pupil_who_is_not_checked_again_is_an_error(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "34")
    missed = enrol(school, "Cole", "2")
    give(missed, "phonics.mark", "10", YEAR - 1)

    told = page(lead, school, "phonics", "la")

    assert "1 pupil of Year 1 and 1 of Year 2, 1 complete, 1 error, 1 query." in told
    assert "/rules/C05/" in told
    assert f"#c-{missed.pk}-phonics-mark" in told


def test_leavers_in_and_out_are_named(school: School, lead: Client) -> None:
    enrol(school, "Gone", "1", forename="Gia", left_on=date(2026, 2, 1))
    left = enrol(school, "Left", "1", forename="Leo", left_on=date(2026, 6, 12))
    give(left, "phonics.mark", "30")

    told = page(lead, school, "phonics", "la")

    assert (
        "Leavers who are included, as they left on or after 8 June 2026: "
        "Leo Left (12 June 2026)." in told
    )
    assert (
        "Leavers who are not included, as they left before 8 June 2026: "
        "Gia Gone (1 February 2026)." in told
    )


def test_whose_home_postcode_is_missing_is_said_where_it_is_wanted(
    school: School, lead: Client
) -> None:
    for name in ("Byrne", "Cole", "Dove"):
        profile(enrol(school, name, "R"))
    assert "home postcode, which" not in page(lead, school, "eyfsp", "la")

    Pupil.objects.filter(surname__in=["Cole", "Dove"]).update(postcode="")

    told = page(lead, school, "eyfsp", "la")
    assert "3 pupils of Reception, 3 complete, 2 queries." in told
    assert "These pupils have no home postcode, which the recipient wants." in told
    assert "Cole, Ada" in told
    assert "Dove, Ada" in told
    assert "Byrne, Ada" not in told
    assert "home postcode, which" not in page(lead, school, "eyfsp", "mis")


def test_whose_home_postcode_is_missing_leads_to_the_pupil(
    school: School, lead: Client
) -> None:
    pupil = enrol(school, "Cole", "R")
    profile(pupil)
    Pupil.objects.filter(pk=pupil.pk).update(postcode="")

    told = page(lead, school, "eyfsp", "la")

    assert f'href="{address("pupils:detail", school, pupil.pk)}"' in told


def test_it_says_when_pupils_were_last_brought_in(school: School, lead: Client) -> None:
    before = page(lead, school, "eyfsp", "la")
    office = person("office", school, "Ollie Office")
    for number, name in enumerate(("first.xml", "second.xml"), 1):
        record(
            by=office,
            school=school,
            action="transfer applied",
            subject=name,
            detail={"transfer": number, "kind": "whole-school"},
        )

    after = page(lead, school, "eyfsp", "la")

    assert "Pupils have not been brought in from your MIS yet." in before
    assert "Pupils were last brought up to date on 24 June 2026 at 11:00" in after
    assert "by Ollie Office, from second.xml." in after


def test_a_file_that_was_taken_back_does_not_count_as_brought_in(
    school: School, lead: Client
) -> None:
    for number, action in (
        (1, "transfer applied"),
        (2, "transfer applied"),
        (2, "transfer undone"),
    ):
        record(
            by=None,
            school=school,
            action=action,
            subject=f"file {number}",
            detail={"transfer": number, "kind": "whole-school"},
        )

    assert "from file 1." in page(lead, school, "eyfsp", "la")


def test_a_file_of_results_alone_brings_no_pupils_up_to_date(
    school: School, lead: Client
) -> None:
    for kind, changed in (("whole-school", 0), ("result-sheet", 0)):
        detail = {"transfer": kind, "kind": kind, "new": 0, "changed": changed}
        record(
            by=None,
            school=school,
            action="transfer applied",
            subject=kind,
            detail=detail,
        )

    assert "from whole-school." in page(lead, school, "eyfsp", "la")


def test_a_file_of_results_that_changed_a_pupil_does(
    school: School, lead: Client
) -> None:
    detail = {"transfer": 1, "kind": "result-sheet", "new": 0, "changed": 1}
    record(
        by=None,
        school=school,
        action="transfer applied",
        subject="results.csv",
        detail=detail,
    )

    assert "from results.csv." in page(lead, school, "eyfsp", "la")


def test_an_assessment_that_is_still_to_come_is_said_to_be(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", year=2027)

    told = page(lead, school, "phonics", "la", 2027)

    assert "Still to come: check week, from 14 June 2027." in told


def test_key_stage_2_tests_are_counted_but_not_judged(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "6")
    for subject in ("reading", "gps", "maths"):
        give(ada, f"ks2-tests.{subject}-outcome", "AS")

    told = page(lead, school, "ks2-tests", "mis")

    assert "1 pupil of Year 6, all complete.</p>" in told
    assert "so Hornbook makes no file of them rather than guess" in told
    assert "Make the file" not in told


def test_it_says_what_the_file_will_be(school: School, lead: Client) -> None:
    profile(enrol(school, "Byrne", "R"))

    told = page(lead, school, "eyfsp", "la")

    assert "9262155_FSP_926LLLL_001.xml" in told
    assert "Norfolk (926/LLLL)" in told
    assert "1 pupil, 17 results" in told
    assert "Common Transfer File 25.0, partial" in told


@pytest.mark.parametrize(
    ("recipient", "to"),
    [
        ("sta", "Standards and Testing Agency, NCA Portal (NAA/LLLL)"),
        ("mis", "Elm Road Primary School, your own school (926/2155)"),
    ],
)
def test_the_destination_is_said_in_words(
    school: School, lead: Client, recipient: str, to: str
) -> None:
    ada = enrol(school, "Byrne", "6")
    give(ada, "ks2-teacher-assessment.writing", "EXS")

    told = page(lead, school, "ks2-teacher-assessment", recipient)

    assert to in told
    assert ("not confirmed" in told) is (recipient == "sta")


def test_pupils_without_a_result_are_named_as_not_in_the_file(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "4"), "mtc.mark", "20")
    enrol(school, "Cole", "4", forename="Ben")

    told = page(lead, school, "mtc", "mis")

    assert (
        "1 pupil of Year 4 without a result will not be in the file: Ben Cole." in told
    )


def test_columns_that_cannot_travel_are_named(school: School, lead: Client) -> None:
    give(enrol(school, "Byrne", "2"), "ks1.reading", "EXS")

    told = page(lead, school, "ks1", "mis")

    assert "Kept in Hornbook, and not in the file as their codes are not known" in told
    assert "Reading scaled score" in told


def test_an_optional_collection_without_results_says_so(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "2")

    told = page(lead, school, "ks1", "la")

    assert "No pupil of Year 2 has a result. This collection is optional." in told
    assert "There is no result to send yet." in told


def test_a_return_that_nobody_has_to_be_in_says_so(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Met", "2"), "phonics.mark", "34", YEAR - 1)

    told = page(lead, school, "phonics", "la")

    assert "No pupil of Year 1 or Year 2 has to be in this return." in told


def test_a_year_without_pupils_says_so(school: School, lead: Client) -> None:
    told = page(lead, school, "phonics", "la", 2027)

    assert "No pupil of Year 1 or Year 2 is on the list for 2026/27." in told


@pytest.mark.parametrize(
    ("collection", "recipient", "year"),
    [("eyfsp", "sta", YEAR), ("sats", "la", YEAR), ("eyfsp", "la", 2015)],
)
def test_a_return_that_does_not_exist_is_not_found(
    school: School, lead: Client, collection: str, recipient: str, year: int
) -> None:
    where = address("returns:preflight", school, collection, year, recipient)

    assert lead.get(where).status_code == 404


def test_the_list_says_how_far_each_collection_has_come(
    school: School, lead: Client
) -> None:
    profile(enrol(school, "Byrne", "R"))
    enrol(school, "Cole", "R")

    response = lead.get(address("returns:list", school), {"year": "2026"})

    told = " ".join(response.content.decode().split())
    assert "1 of 2 pupils" in told
    assert "30 June 2026" in told
    assert "No file has been made for 2025/26 yet." in told
    assert address("returns:preflight", school, "eyfsp", YEAR, "la") in told


def test_the_list_shows_the_files_made_with_who_and_when(
    school: School, lead: Client
) -> None:
    profile(enrol(school, "Byrne", "R"))
    made = lead.post(address("returns:make", school, "eyfsp", YEAR, "la"), follow=True)

    told = lead.get(address("returns:list", school), {"year": "2026"}).content.decode()

    assert "is made" in made.content.decode()
    assert "9262155_FSP_926LLLL_001.xml" in told
    assert "Lee Lead" in told
    assert "SHA-256" in told


@pytest.mark.parametrize("asked", ["", "x", "1999", "20266"])
def test_the_list_opens_on_the_year_in_use_when_none_is_known(
    school: School, lead: Client, asked: str
) -> None:
    response = lead.get(address("returns:list", school), {"year": asked})

    assert response.status_code == 200


@pytest.mark.parametrize("pupils", [2, 40])
def test_the_pages_take_the_same_queries_whatever_the_size(
    school: School,
    lead: Client,
    pupils: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    for number in range(pupils):
        profile(enrol(school, f"Pupil{number}", "R"))
    lead.post(address("returns:make", school, "eyfsp", YEAR, "la"), follow=True)

    with django_assert_num_queries(11):
        lead.get(address("returns:list", school), {"year": "2026"})
    with django_assert_num_queries(14):
        page(lead, school, "eyfsp", "la")


def test_what_several_pupils_lack_is_said_of_several(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")
    assert "check: this pupil has no result." in page(lead, school, "phonics", "la")

    enrol(school, "Cole", "1")

    told = page(lead, school, "phonics", "la")
    assert "<h3>Phonics screening check: these pupils have no result." in told
    assert "this pupil has no result" not in told


def test_the_links_to_lists_say_what_they_give(school: School, lead: Client) -> None:
    enrol(school, "Byrne", "1")

    told = page(lead, school, "phonics", "la")

    assert "To read and print: <a" in told
    assert "Phonics Names</a>, or take it away as <a" in told
    assert "More details: what each of the 1 lacks" not in told
    assert "More details: what the 1 pupil lacks" in told


def test_two_pupils_of_one_name_are_told_apart_wherever_they_are_listed(
    school: School, lead: Client
) -> None:
    one, other = enrol(school, "Abara", "1"), enrol(school, "Abara", "1")
    alone = enrol(school, "Byrne", "1")
    return_of = ("phonics", YEAR)

    pages = [
        page(lead, school, "phonics", "la"),
        lead.get(address("returns:choose", school, *return_of, "la")).content.decode(),
        lead.get(address("returns:report", school, *return_of)).content.decode(),
    ]

    for told in pages:
        assert f'returns-upn">{one.upn}</small>' in told
        assert f'returns-upn">{other.upn}</small>' in told
        assert alone.upn not in told


def test_a_score_that_its_outcome_speaks_against_is_found_though_it_travels_nowhere(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "6")
    give(ada, "ks2-tests.reading-score", "105")
    give(ada, "ks2-tests.reading-outcome", "U")

    told = page(lead, school, "ks2-tests", "mis")

    grid = address("results:grid", school, "ks2-tests", YEAR)
    assert "1 error" in told
    assert (
        "Reading scaled score is 105, but Reading outcome is U. With U, Could not "
        "access the test, there must be no scaled score." in told
    )
    assert f'href="{grid}#c-{ada.pk}-ks2-tests-reading-score"' in told


def test_a_pupil_of_two_findings_of_one_rule_is_one_pupil(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "6")
    for subject in ("reading", "maths"):
        give(ada, f"ks2-tests.{subject}-outcome", "B")
    give(ada, "ks2-teacher-assessment.writing", "PK2")
    give(ada, "ks2-teacher-assessment.science", "HNM")

    told = page(lead, school, "ks2-teacher-assessment", "sta")

    assert "1 pupil of Year 6, none complete, 2 queries about 1 pupil." in told
    assert told.count("Byrne, Ada</a>") == 1
    assert "Reading teacher assessment is missing." in told
    assert "Maths teacher assessment is missing." in told


def test_a_query_about_no_pupil_is_not_counted_among_those_of_a_pupil(
    school: School, time_machine: time_machine.TimeMachineFixture
) -> None:
    time_machine.move_to("2026-10-01T10:00:00Z")
    ada = enrol(school, "Byrne", "6")
    for subject in ("reading", "maths"):
        give(ada, f"ks2-tests.{subject}-outcome", "B")
    give(ada, "ks2-teacher-assessment.writing", "PK2")
    give(ada, "ks2-teacher-assessment.science", "HNM")
    lead = signed_in(person("lead", school, "Lou Lead"))

    told = page(lead, school, "ks2-teacher-assessment", "sta")

    assert "3 queries, 2 of them about 1 pupil." in told


def test_pupils_who_are_expected_and_are_not_here_are_counted(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), "phonics.mark", "30")
    absent = [next_upn() for _ in range(13)]
    lead.post(
        address("results:take_list", school, "phonics", YEAR),
        {"text": "\n".join([Pupil.objects.get().upn, *absent])},
    )

    told = page(lead, school, "phonics", "la")

    assert "<summary>13 pupils</summary>" in told
