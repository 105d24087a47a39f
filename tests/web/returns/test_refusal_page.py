"""The page of a refused file: every word that was pasted, and what it means."""

import html
import re

import pytest
from django.test import Client
from tests.web.results.scene import address, enrol, give, make_school
from tests.web.returns.test_ledger import answer, make, page, send

from hornbook.web.pupils.models import FormerUPN, Pupil
from hornbook.web.schools.models import School


@pytest.fixture
def ada(school: School) -> Pupil:
    pupil = enrol(school, "Byrne", "1")
    give(pupil, "phonics.mark", "30")
    return pupil


def refused(lead: Client, school: School, words: str) -> str:
    """The page after a refusal in these words, its tags left out."""
    made = make(lead, school)
    send(lead, made)
    answer(lead, made, "refused", words)
    told = page(lead, made).partition('id="told"')[2].partition("</section>")[0]
    return " ".join(html.unescape(re.sub(r"<[^>]+>", "", told)).split())


def test_the_words_that_led_to_a_rule_stand_beside_it(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = refused(lead, school, "Wrong check letter: Byrne, Ada")

    assert "“wrong check letter” P02 (DfE 1510): The first letter of a UPN" in told
    assert "Byrne, Ada" in told.partition("P02")[2]


def test_what_was_not_understood_is_said_with_what_to_do(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = refused(lead, school, "Dear office,\nHeffalump 17.\nByrne, Ada: UPN missing")

    assert "Dear office, Not understood" in told
    assert "Heffalump 17. Not understood" in told
    assert "Hornbook did not understand 2 of 3 lines." in told
    assert "look for it among all rules, or ask the recipient" in told


def test_where_nothing_was_understood_it_says_so(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = refused(lead, school, "Computer says no")

    assert "Hornbook understood none of these lines. Read it" in told


def test_a_upn_that_is_nobodys_is_said_not_to_be_in_the_file(
    school: School, lead: Client, ada: Pupil
) -> None:
    last = "1" if ada.upn[-1] != "1" else "2"
    mistyped = f"{ada.upn[:-1]}{last}"

    told = refused(lead, school, f"{mistyped}: 1510\nT926299999999 not known")

    assert f"UPN {mistyped} is not in this file, and no pupil of yours has it." in told
    assert "It differs in one character from that of Byrne, Ada: compare" in told
    assert "UPN T926299999999 is not in this file" in told
    assert "Ask the recipient where it has it from." in told


def test_a_pupil_who_is_named_and_not_in_the_file_is_said_so(
    school: School, lead: Client, ada: Pupil
) -> None:
    ben = enrol(school, "Cole", "1", forename="Ben")

    told = refused(lead, school, f"{ben.upn} not in your file\nAda Byrne: no result")

    assert "Cole, Ben \u2013 Phonics mark of Cole, Ben is not in this file" in told
    assert told.count("is not in this file") == 1


def test_a_pupil_whose_upn_has_changed_since_is_found_by_the_old_one(
    school: School, lead: Client, ada: Pupil
) -> None:
    old = ada.upn
    made = make(lead, school)
    send(lead, made)
    FormerUPN.objects.create(pupil=ada, upn=old)
    Pupil.objects.filter(pk=ada.pk).update(upn="X926215599999")

    answer(lead, made, "refused", f"{old.lower()}: not on our list")

    told = page(lead, made)
    assert address("pupils:detail", school, ada.pk) in told
    assert "no pupil of yours" not in told


def test_an_initial_names_a_pupil_perhaps(
    school: School, lead: Client, ada: Pupil
) -> None:
    assert "Perhaps Byrne, Ada" in refused(lead, school, "A. Byrne: no result")


def test_a_surname_by_itself_names_a_pupil_perhaps(
    school: School, lead: Client, ada: Pupil
) -> None:
    assert "Perhaps Byrne, Ada" in refused(lead, school, "Byrne: mark missing")


def test_a_name_that_is_no_pupils_is_said(
    school: School, lead: Client, ada: Pupil
) -> None:
    told = refused(lead, school, "Ada Byrne: A not allowed.\nCarter - mark missing")

    assert "No pupil of yours is found by the name \u201cCarter\u201d." in told
    assert "Byrne, Ada" not in told.partition("Carter")[2]
    assert "As in a line above" not in told


def test_a_name_and_a_upn_of_two_pupils_are_both_shown_and_said_to_differ(
    school: School, lead: Client, ada: Pupil
) -> None:
    enrol(school, "Cole", "1", forename="Ben")

    told = refused(lead, school, f"Pupil Cole, Ben {ada.upn}: name/UPN mismatch")

    says = "The UPN is that of Byrne, Ada, and the name is that of Cole, Ben."
    assert says in told
    assert "holds other details of this pupil" in told


def test_pupils_of_one_name_are_told_apart(
    school: School, lead: Client, ada: Pupil
) -> None:
    twin = enrol(school, "Byrne", "1")
    give(twin, "phonics.mark", "30")

    told = refused(lead, school, "Byrne, Ada")

    for pupil in (ada, twin):
        assert f"{pupil.upn}, born {pupil.dob:%d/%m/%Y}, Year 1" in told


def test_pupils_listed_under_a_complaint_have_its_rule(
    school: School, lead: Client, ada: Pupil
) -> None:
    give(enrol(school, "Cole", "1", forename="Ben"), "phonics.mark", "30")

    told = refused(lead, school, "UPN missing:\n- Byrne, Ada\n- Ben Cole")

    assert told.count("As in a line above: P01 (DfE 1500)") == 2


def test_pasted_html_is_shown_and_never_run(
    school: School, lead: Client, ada: Pupil
) -> None:
    words = "<script>alert(1)</script><b onclick=x>Ada Byrne</b><br>UPN missing"
    made = make(lead, school)
    send(lead, made)

    answer(lead, made, "refused", words)

    told = page(lead, made)
    assert "<script>alert" not in told
    assert "<b onclick" not in told
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in told
    assert address("pupils:detail", school, ada.pk) in told


def test_no_word_is_lost(school: School, lead: Client, ada: Pupil) -> None:
    words = "\n".join(
        [
            "> From: data@council.example.invalid",
            "> 1.  Error 1510; UPN! Ada Byrne? Yes.",
            "\tByrne\tAda\t926/2155\t1500",
            "&amp; “quoted” \u2013 words, 名前",
        ]
    )

    told = refused(lead, school, words)

    for word in words.split():
        assert word in told


def test_a_pupil_of_another_school_is_not_named(
    school: School, lead: Client, ada: Pupil
) -> None:
    other = make_school("Ash Lane", "2156")
    stranger = enrol(other, "Hidden", "1", forename="Hal")
    made = make(lead, school)
    send(lead, made)

    answer(lead, made, "refused", f"Hal Hidden {stranger.upn}: UPN missing")

    told = page(lead, made)
    assert f"/pupils/{stranger.pk}/" not in told
    assert "Hidden, Hal" not in told
    assert "no pupil of yours has it" in told


def test_of_two_of_one_name_the_one_in_the_return_is_meant(
    school: School, lead: Client, ada: Pupil
) -> None:
    elder = enrol(school, "Byrne", "6")
    made = make(lead, school)
    send(lead, made)

    answer(lead, made, "refused", f"Byrne, Ada: no result\n{elder.upn}: no result")

    by_name, by_upn = page(lead, made).partition('id="told"')[2].split("<li>")[1:3]
    detail = address("pupils:detail", school, elder.pk)
    assert address("pupils:detail", school, ada.pk) in by_name
    assert detail not in by_name
    assert detail in by_upn


@pytest.mark.parametrize(
    ("words", "other"),
    [
        ("This file is of 926/2156", True),
        ("Your establishment is 9262156", True),
        ("DfE 926 2156 did not send a file", True),
        ("9262156_PHO_926LLLL_001.xml", True),
        ("Thank you, 926/2155", False),
        ("9262155_PHO_926LLLL_001.xml", False),
        ("Call 926 2156 or quote 9262156", False),
    ],
)
def test_the_number_of_another_school_is_said_however_it_is_written(
    school: School, lead: Client, ada: Pupil, words: str, other: bool
) -> None:
    told = refused(lead, school, words)

    assert ("926/2156 is not this school\u2019s DfE number," in told) == other
