"""The pupils of a collection beside a list of those expected, and locking by page."""

from datetime import date
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from openpyxl import Workbook
from pytest_django import DjangoAssertNumQueries
from tests.web.results.scene import (
    MARK,
    YEAR,
    address,
    enrol,
    give,
    next_upn,
    person,
    signed_in,
)

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.audit.models import Event
from hornbook.web.pupils.models import FormerUPN, Pupil
from hornbook.web.results.expected import expected
from hornbook.web.results.models import Difference, ExpectedPupil, Lock, Result
from hornbook.web.schools.models import School


def where(school: School, name: str = "results:cohort") -> str:
    return address(name, school, "phonics", YEAR)


def page(client: Client, school: School) -> str:
    return client.get(where(school)).content.decode()


def paste(client: Client, school: School, text: str) -> str:
    address = where(school, "results:take_list")
    return client.post(address, {"text": text}, follow=True).content.decode()


def expects(school: School) -> set[str] | None:
    """The UPNs that a return must have."""
    book = rulebook(AcademicYear(YEAR))
    found = expected(school, book, book.collections["phonics"])
    return None if found is None else {str(one.upn) for one in found}


def test_without_a_list_a_return_is_held_against_none(school: School) -> None:
    enrol(school, "Byrne", "1")

    assert expects(school) is None


def test_a_list_of_upns_shows_who_is_on_it_only_and_who_is_here_only(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    stranger = next_upn()

    told = paste(lead, school, f"{ada.upn}\n{stranger}\n")

    assert "The list has 2 pupils." in told
    assert "1 on the list and here, 1 on the list only, 1 here only." in told
    assert "2 differences without a reason." in told
    assert expects(school) == {ada.upn, stranger}
    assert ben.upn in told


def test_an_uploaded_list_finds_a_pupil_by_a_former_upn_and_by_name_and_birthday(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Côle", "1")
    old = next_upn()
    FormerUPN.objects.create(pupil=ada, upn=old)
    rows = f"UPN,Surname,Forename,DOB\n{old},,,\n,cole,ADA,{ben.dob:%d/%m/%Y}\n"
    file = SimpleUploadedFile("Year 1 list.csv", rows.encode())

    told = lead.post(
        where(school, "results:take_list"), {"file": file}, follow=True
    ).content.decode()

    assert "Year 1 list.csv" in told
    assert "The list and the pupils agree." in told
    assert expects(school) == {ada.upn, ben.upn}


def test_a_reason_settles_a_difference_for_the_return_and_can_be_taken_back(
    school: School, lead: Client
) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    gone = next_upn()
    paste(lead, school, f"{ada.upn}\n{gone}")
    explain = where(school, "results:explain")

    lead.post(explain, {f"reason:{gone}": "left", f"reason:{ben.upn}": "joined"})

    assert expects(school) == {ada.upn, ben.upn}
    assert "Every difference has a reason." in page(lead, school)

    lead.post(explain, {f"reason:{gone}": "to-be-added", f"reason:{ben.upn}": ""})

    assert expects(school) == {ada.upn, gone}
    assert dict(Difference.objects.values_list("key", "reason")) == {
        gone: "to-be-added"
    }


def test_a_reason_that_is_none_of_ours_is_not_kept(
    school: School, lead: Client
) -> None:
    gone = next_upn()
    paste(lead, school, gone)

    lead.post(
        where(school, "results:explain"),
        {f"reason:{gone}": "made up", "reason:nobody": "left"},
    )

    assert not Difference.objects.exists()


def test_without_a_list_there_is_nothing_to_explain(
    school: School, lead: Client
) -> None:
    response = lead.post(where(school, "results:explain"), {"reason:x": "left"})

    assert response.status_code == 404


def test_a_name_that_is_too_long_to_keep_is_cut_and_not_refused(
    school: School, lead: Client
) -> None:
    paste(lead, school, f"UPN,Surname\n{next_upn()},{'Long' * 50}")

    assert len(ExpectedPupil.objects.get().surname) == 128


def test_a_pasted_column_may_be_empty_where_a_line_begins(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    told = paste(
        lead, school, f"UPN\tSurname\tForename\tDOB\n\tByrne\tAda\t{ada.dob:%d/%m/%Y}"
    )

    assert "The list and the pupils agree." in told


def test_a_list_of_one_year_group_says_nothing_of_the_others(
    school: School, lead: Client
) -> None:
    one, two = enrol(school, "Byrne", "1"), enrol(school, "Cole", "2")

    told = paste(lead, school, two.upn)

    assert "The list and the pupils agree." in told
    assert expects(school) == {one.upn, two.upn}


def test_a_pupil_on_the_list_who_met_the_standard_need_not_be_in_the_return(
    school: School, lead: Client
) -> None:
    met = enrol(school, "Cole", "2")
    give(met, MARK, "38", YEAR - 1)

    paste(lead, school, met.upn)

    assert expects(school) == set()


def test_a_list_that_cannot_be_read_changes_nothing_and_says_why(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    paste(lead, school, ada.upn)

    told = paste(lead, school, "UPN\nA123")

    assert "Nothing was taken. Row 2: The UPN is A123." in told
    assert [one.upn for one in ExpectedPupil.objects.all()] == [ada.upn]


def test_what_is_no_upn_in_a_list_of_upns_is_named_with_its_line(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    told = paste(lead, school, f"{ada.upn}\nB000\n\n{next_upn()}\nAda Byrne")

    assert "begins with a UPN, and these lines are none: B000; Ada Byrne." in told
    assert not ExpectedPupil.objects.exists()


def test_neither_of_two_ways_to_give_a_list_is_called_optional(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")

    assert "(optional)" not in page(lead, school)


def test_a_leaver_who_is_counted_for_a_result_says_so(
    school: School, lead: Client
) -> None:
    early = enrol(school, "Byrne", "1", left_on=date(YEAR, 3, 1))
    Result.objects.create(
        pupil=early, item="phonics.mark", year=YEAR, value="34", by_name="Lee"
    )
    enrol(school, "Cole", "1", left_on=date(YEAR, 7, 1))

    told = " ".join(page(lead, school).split())

    assert f"left 1 March {YEAR}, has a result<" in told
    assert f"left 1 July {YEAR}<" in told


def test_nothing_chosen_is_said(school: School, lead: Client) -> None:
    assert "Choose a file, or paste the list." in paste(lead, school, " ")


def test_a_list_can_be_done_without_again(school: School, lead: Client) -> None:
    paste(lead, school, enrol(school, "Byrne", "1").upn)

    lead.post(where(school, "results:drop_list"))

    assert expects(school) is None
    actions = Event.objects.order_by("pk").values_list("action", flat=True)
    assert list(actions) == ["expected list taken", "expected list dropped"]


def test_a_teacher_is_not_shown_the_list_of_the_whole_school(
    school: School, lead: Client
) -> None:
    paste(lead, school, "UPN,Surname,Forename\n" + f"{next_upn()},Secret,Sam")
    teacher = signed_in(person("teacher", school, "Tess Teacher"))

    assert "Secret" in page(lead, school)
    assert "Secret" not in page(teacher, school)


def test_a_return_says_who_is_expected_and_is_not_here(
    school: School, lead: Client
) -> None:
    give(enrol(school, "Byrne", "1"), MARK, "30")
    upn = next_upn()
    byrne = Pupil.objects.get()
    paste(lead, school, f"UPN\tSurname\tForename\n{upn}\tQuill\tQuin\n{byrne.upn}\t\t")

    told = lead.get(address("returns:preflight", school, "phonics", YEAR, "la"))

    assert "is expected and is not here" in told.content.decode()


def test_the_page_says_who_left_in_time_and_who_is_checked_again(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", left_on=date(YEAR, 7, 1))
    low, met = enrol(school, "Cole", "2"), enrol(school, "Dale", "2")
    enrol(school, "Eyre", "2")
    give(low, MARK, "12", YEAR - 1)
    give(met, MARK, "38", YEAR - 1)

    told = page(lead, school)

    assert f"left 1 July {YEAR}" in told
    assert "12 last year" in told
    assert "no result last year" in told
    assert "2 pupils who did not meet the standard, or have no result" in told
    assert "Dale" not in told


def test_a_lead_locks_and_unlocks_a_class_and_the_grid_by_its_page(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1", class_name="Hazel")

    locked = lead.post(where(school, "results:lock"), {"class": "Hazel"}, follow=True)
    lead.post(where(school, "results:lock"))
    unlocked = lead.post(
        where(school, "results:unlock"), {"class": "Hazel"}, follow=True
    )

    assert "Hazel is locked." in locked.content.decode()
    assert "is unlocked. That is written down." in unlocked.content.decode()
    assert Lock.objects.get(ended_at=None).school_class is None


def test_a_class_that_is_not_there_cannot_be_locked(
    school: School, lead: Client
) -> None:
    response = lead.post(where(school, "results:lock"), {"class": "Oak"})

    assert response.status_code == 404


@pytest.mark.parametrize("size", [1, 30])
def test_the_page_takes_the_same_queries_whatever_its_size(
    school: School,
    lead: Client,
    size: int,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    upns = [
        enrol(school, f"P{one}", "1", class_name="Hazel").upn for one in range(size)
    ]
    paste(lead, school, "\n".join([*upns, next_upn()]))

    with django_assert_num_queries(15):
        page(lead, school)


# --- the authority's list, as it really comes


def row(pupil: Pupil, upn: str | None = None) -> list[str]:
    """A line of the authority's list, in its own order."""
    born = f"{pupil.dob:%d %B %Y}"
    return [born, pupil.forename, pupil.surname.upper(), upn or pupil.upn, "Maybe"]


def as_csv(*rows: list[str]) -> str:
    headings = ["Date of birth", "Legal Forename", "Legal Surname", "UPN", "Gender"]
    return "\n".join("\t".join(line) for line in (headings, *rows))


def test_columns_in_another_order_and_one_that_cannot_be_read_do_no_harm(
    school: School, lead: Client
) -> None:
    line = row(enrol(school, "O'Brien-Łuczak", "1"))
    line[2] = "OBRIEN LUCZAK"

    told = paste(lead, school, as_csv(line))

    assert "The list and the pupils agree." in told
    assert "the name or birthday of another" not in told


def test_an_excel_list_is_read_with_its_title_above_the_headings(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Year 1 pupils", None, None])
    sheet.append([])
    sheet.append(["Surname", "DOB", "Forename"])
    sheet.append(["Byrne", ada.dob, "Ada"])
    content = BytesIO()
    book.save(content)
    file = SimpleUploadedFile("Y1.xlsx", content.getvalue())

    told = lead.post(
        where(school, "results:take_list"), {"file": file}, follow=True
    ).content.decode()

    assert "The list and the pupils agree." in told


def test_a_upn_that_cannot_be_one_is_passed_over_where_the_name_tells_the_pupil(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    told = paste(lead, school, as_csv(row(ada, "To follow")))

    assert "The list and the pupils agree." in told


def test_two_of_one_name_and_birthday_are_both_found_without_upns(
    school: School, lead: Client
) -> None:
    one, two = enrol(school, "Byrne", "1"), enrol(school, "Byrne", "1")
    lines = [row(one, " "), row(two, " ")]

    assert "The list and the pupils agree." in paste(lead, school, as_csv(*lines))
    assert expects(school) == {one.upn, two.upn}


def test_of_two_who_are_alike_one_line_means_nobody_for_certain(
    school: School, lead: Client
) -> None:
    one, _ = enrol(school, "Byrne", "1"), enrol(school, "Byrne", "1")
    known = enrol(school, "Cole", "1")

    told = paste(lead, school, as_csv(row(one, " "), row(known)))

    assert "1 on the list only, 2 here only" in told


def test_the_upn_of_another_pupil_is_pointed_out(school: School, lead: Client) -> None:
    ada, ben = enrol(school, "Byrne", "1"), enrol(school, "Cole", "1")
    line = row(ada, ben.upn)
    line[0], line[1] = "1 May 2015", "Zoe"

    told = paste(lead, school, as_csv(line, row(ada)))

    assert f"{ben.upn}</span> is Cole, Ada here, and BYRNE, Zoe on the list" in told


def test_who_stands_on_the_list_twice_is_expected_once(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")

    told = paste(lead, school, f"{ada.upn}\n{ada.upn}")

    assert "The list has 1 pupil." in told
    assert ExpectedPupil.objects.count() == 1


def test_who_is_in_another_year_group_or_has_left_is_said_beside_the_difference(
    school: School, lead: Client
) -> None:
    enrol(school, "Byrne", "1")
    older = enrol(school, "Cole", "5")
    gone = enrol(school, "Dale", "1", left_on=date(YEAR, 1, 9))

    told = paste(lead, school, f"{older.upn}\n{gone.upn}")

    assert "Here in Year 5" in told
    assert f"Here until 9 January {YEAR}, in Year 1" in told


def test_who_is_in_another_year_group_is_found_by_name_and_birthday_too(
    school: School, lead: Client
) -> None:
    older = enrol(school, "Cole", "5")

    told = paste(lead, school, as_csv(row(older, " ")))

    assert "Here in Year 5" in told


def test_a_upn_that_is_somebody_elses_in_another_year_group_says_whose(
    school: School, lead: Client
) -> None:
    older = enrol(school, "Cole", "5")
    line = row(older)
    line[1], line[2] = "Zoe", "Quill"

    told = paste(lead, school, as_csv(line))

    assert "Here as Cole, Ada, in Year 5" in told


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("UPN\n" + "A" * 1_000_000, "Line 2 is 1,000,000 characters long."),
        ("x\n" * 100_000, "The list has 100,000 lines."),
        ('UPN,Surname\n"A,Byrne\nB,Cole', "Nothing was taken. Row 2: The UPN is "),
        ("\x00UPN\x00\nA\x00", "Nothing was taken. Row 2: The UPN is A."),
        ("\x00\x00", "Choose a file, or paste the list."),
        ("=cmd|calc!A0", "There are no rows under the headings"),
    ],
)
def test_a_hostile_paste_is_refused_in_words(
    school: School, lead: Client, text: str, words: str
) -> None:
    told = paste(lead, school, text)

    assert words in told
    assert not ExpectedPupil.objects.exists()


def test_a_pupil_on_the_list_who_met_the_standard_last_year_has_to_be_explained(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "2")
    give(ada, MARK, "40", year=YEAR - 1)

    told = paste(lead, school, ada.upn)

    assert "1 on the list and here, of whom 1 needs no result." in told
    assert "1 difference without a reason." in told
    assert "On the list, and needs no result" in told
    assert "40" in told
    lead.post(
        where(school, "results:explain"), {f"reason:{ada.upn}": "list-out-of-date"}
    )
    assert "Every difference has a reason." in page(lead, school)
    assert expects(school) == set()


def test_one_reason_is_given_to_all_who_have_none_and_changes_no_other(
    school: School, lead: Client
) -> None:
    here = [enrol(school, name, "1") for name in ("Byrne", "Cole", "Dale", "Ellis")]
    listed = enrol(school, "Fox", "1")
    gone = next_upn()
    told = paste(lead, school, f"{listed.upn}\n{gone}")
    assert "Here only: whoever has no reason yet" in told
    assert "On the list only: whoever" not in told

    sent = {f"reason:{one.upn}": "" for one in here} | {f"reason:{gone}": ""}
    sent |= {"rest:unlisted": "joined", f"reason:{here[0].upn}": "forgotten"}
    lead.post(where(school, "results:explain"), sent)

    kept = dict(Difference.objects.values_list("key", "reason"))
    assert kept == {one.upn: "joined" for one in here} | {here[0].upn: "forgotten"}


def test_a_pupil_of_the_same_name_is_pointed_out_and_not_taken(
    school: School, lead: Client
) -> None:
    ada = enrol(school, "Byrne", "1")
    rows = f"Surname,Forename,DOB\nBYRNE,{ada.forename},03/02/2019"

    told = " ".join(paste(lead, school, rows).split())

    assert "0 on the list and here, 1 on the list only" in told
    assert "Here is a pupil of this name: Year 1, born" in told
    assert ada.upn in told
