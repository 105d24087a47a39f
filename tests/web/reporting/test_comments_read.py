"""Lists of comments as people copy them: whom each line names, and what of."""

import pytest

from hornbook.identifiers import check_letter
from hornbook.web.pupils.lists import NotAList
from hornbook.web.reporting.commentary_reading import read_text
from hornbook.web.reporting.commentary_typed import Line

BODY = "926215521001"
UPN = check_letter(BODY) + BODY
PEOPLE = {"ada wren", "wren ada", "ben robin"}


def is_name(words: str) -> bool:
    return " ".join(words.replace(",", " ").casefold().split()) in PEOPLE


def read(text: str) -> list[Line]:
    return read_text(text, is_name)


@pytest.mark.parametrize(
    "line",
    [
        "Ada Wren\tReads well, and far.",
        "ada wren, Reads well, and far.",
        "Wren, Ada, Reads well, and far.",
        "Ada Wren: Reads well, and far.",
        '"Wren, Ada","Reads well, and far."',
        'Ada Wren\t"Reads well,\nand far."',
        "6 Oak\tAda Wren\tF\tReads well, and far.",
        "Wren\tAda\t12/03/2015\tReads  well, and far.  ",
        "Name\tComment\nAda Wren\tReads well, and far.",
        "Name,Comment\nAda Wren,Reads well, and far.",
        'Name;Comment\nAda Wren;"Reads well, and far."',
        "KS2 comments\n\nForename\tSurname\tProgress\nAda\tWren\tReads well, and far.",
        "Comment\tName\nReads well, and far.\tAda Wren",
    ],
)
def test_a_name_and_a_text_in_any_usual_way(line: str) -> None:
    (found,) = read(line)

    assert (found.upn, found.text) == ("", "Reads well, and far.")
    assert list(map(is_name, found.names)) == [True]


@pytest.mark.parametrize(
    "line",
    [
        f"{UPN}\tReads.",
        f"{UPN.lower()}, Reads.",
        f"UPN\tComment\n{UPN}\tReads.",
        f"UPN,Comment\n{UPN},Reads.",
        f"{UPN}\t6 Oak\tReads.",
    ],
)
def test_a_upn_and_a_text(line: str) -> None:
    (found,) = read(line)

    assert (found.upn, found.names, found.text) == (UPN, (), "Reads.")


def test_a_upn_keeps_the_name_beside_it() -> None:
    (tabs,) = read(f"{UPN}\tWren\tAda\tReads.")
    (commas,) = read(f"{UPN}, Wren, Ada, Reads.")

    assert (tabs.upn, tabs.names) == (UPN, ("Wren Ada",))
    assert (commas.upn, commas.names, commas.text) == (UPN, ("Wren Ada",), "Reads.")


def test_a_quotation_mark_that_is_never_closed_takes_no_other_line_with_it() -> None:
    found = read('Ada Wren\t"Bravo, she says\nBen Robin\tIs a "star".')

    assert [line.text for line in found] == ['"Bravo, she says', 'Is a "star".']


def test_a_line_that_ends_before_the_column_of_the_texts_has_no_text() -> None:
    ada, ben = read("Wren\tAda\t\nRobin\tBen\tCounts well.")

    assert (ada.names, ada.text) == (("Wren Ada",), "")
    assert ben.text == "Counts well."


def test_a_text_that_a_csv_marks_as_text_loses_the_mark() -> None:
    (found,) = read("Ada Wren\t'-- reads.")

    assert found.text == "-- reads."


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n\t\n", "There is no pupil on the list with a comment."),
        ("Name\tClass\nAda Wren\t6 Oak", "There is no heading for the comments."),
        ("Class\tComment\n6 Oak\tReads.", "There is no heading for who is meant"),
        (
            "Name\tReading comment\tMaths comment\nAda Wren\tReads.\tCounts.",
            "in several columns: Reading comment and Maths comment.",
        ),
        (
            "Name\tComment\nAda Wren\tReads.\tAnd counts.",
            "In row 2 the comment runs on",
        ),
        ("Ada Wren\tReads.\n" * 5_001, "The list has 5,001 lines."),
    ],
)
def test_a_list_that_cannot_be_followed_says_why(text: str, words: str) -> None:
    with pytest.raises(NotAList, match=words):
        read(text)
