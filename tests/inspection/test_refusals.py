"""From what a recipient wrote to the rule and the pupil."""

import tomllib
from pathlib import Path

import pytest

from hornbook.inspection.naming import Known
from hornbook.inspection.refusals import understood

ADA = Known(1, "A926215500001", "Byrne", "Ada")
BEN = Known(2, "B926215500002", "O'Neill-Smith", "Ben")
OTHER_ADA = Known(3, "C926215500003", "Byrne", "Ada")
ZOE = Known(4, "D926215500004", "Núñez", "Zoë Ann")
PEOPLE = [ADA, BEN, ZOE]


@pytest.mark.parametrize(
    ("words", "codes"),
    [
        ("Rule R02 failed for one pupil", ["R02"]),
        ("Validation error 1510", ["P02"]),
        ("CTF is not an expected version. Some data may not import.", ["H01"]),
        ("The <Gender> element is not permitted", ["P10"]),
        ("Your filename does not meet our naming convention", ["F03"]),
        ("9262155_FSP_926LLLL_001 (1).xml was rejected", ["F04"]),
        ("There is no teacher assessment data in this file", ["R14"]),
        ("UPN missing", ["P01"]),
        ("The UPN check letter is wrong", ["P02"]),
        ("Duplicate UPN found", ["P03"]),
        ("EXF is not a valid result for writing", ["R02"]),
        ("Writing missing", ["R15"]),
        ("2 pupils were not included", ["C02"]),
        ("Thank you for your file.", []),
    ],
)
def test_a_line_is_brought_to_its_rule(words: str, codes: list[str]) -> None:
    (line,) = understood(words, PEOPLE)

    assert [rule.code for rule in line.rules] == codes


@pytest.mark.parametrize(
    ("words", "pupils"),
    [
        ("A926215500001 has no result", (1,)),
        ("a9262155ooo01 has no result", (1,)),
        ("Byrne, Ada: writing missing", (1,)),
        ("ADA BYRNE writing missing", (1,)),
        ("Ben O\u2019Neill Smith and Zoe Ann Nunez", (2, 4)),
        ("Adam Byrneson", ()),
        ("Byrne: mark missing", (1,)),
        ("Mrs Byrne, Data Team", ()),
        ("Mary Byrne - mark missing", ()),
        ("O'NEILL-SMITH: MARK MISSING", (2,)),
    ],
)
def test_pupils_are_found_by_upn_and_by_whole_name(
    words: str, pupils: tuple[int, ...]
) -> None:
    (line,) = understood(words, PEOPLE)

    assert line.pupils == pupils


def test_a_surname_alone_is_nobodys_where_two_have_it_or_the_file_has_not() -> None:
    other = Known(6, "F926215500006", "Cole", "Ben", in_file=False)
    people = [ADA, OTHER_ADA, other]

    lines = understood("Byrne: no mark\nCole: no mark\nNo mark", people)

    assert [line.pupils for line in lines] == [(), (), ()]
    assert [line.nobody for line in lines] == ["Byrne", "Cole", ""]


def test_a_name_that_is_also_what_is_wrong_is_nobodys() -> None:
    mark = Known(6, "F926215500006", "Mark", "Ben")

    (line,) = understood("Mark missing", [ADA, mark])

    assert (line.pupils, line.nobody) == ((), "")


def test_a_line_about_somebody_else_is_not_of_the_pupil_in_the_line_above() -> None:
    words = "Ada Byrne: result A not allowed.\nCarter - mark missing"

    ada, nobody = understood(words, PEOPLE)

    assert (ada.pupils, nobody.pupils) == ((1,), ())
    assert (nobody.above, nobody.nobody) == (False, "Carter")


def test_a_line_about_somebody_else_is_not_of_a_pupil_named_above_it() -> None:
    ada, nobody = understood("Ada Byrne\nCarter - mark missing", PEOPLE)

    assert (ada.pupils, nobody.pupils) == ((1,), ())


def test_a_pupil_with_words_of_their_own_has_not_the_rule_of_the_line_above() -> None:
    words = "No mark:\nByrne Ada has a wrong thing\nBen O'Neill-Smith"

    _, ada, ben = understood(words, PEOPLE)

    assert (ada.pupils, ada.rules, ada.above) == ((1,), (), False)
    assert (ben.pupils, ben.rules) == ((2,), ())


@pytest.mark.parametrize(
    "words",
    [
        "Pupil Nunez, Zo\u00eb Ann UPN A926215500001 mismatch of name and UPN",
        "Zoe Ann Nunez no result; a926215500001 bad",
    ],
)
def test_a_name_beside_the_upn_of_another_means_both(words: str) -> None:
    (line,) = understood(words, PEOPLE)

    assert line.pupils == (1, 4)
    assert (line.named.by_upn, line.named.at_odds) == ((1,), (4,))


def test_two_pupils_of_one_line_are_not_at_odds_where_one_is_without_upn() -> None:
    (line,) = understood("Ada Byrne A926215500001 and Zoe Ann Nunez", PEOPLE)

    assert line.pupils == (1, 4)
    assert not line.named.at_odds


def test_two_of_one_name_are_both_shown_unless_a_upn_says_which() -> None:
    by_name, by_upn = understood(
        "Ada Byrne: no result\nAda Byrne C926215500003: no result", [ADA, OTHER_ADA]
    )

    assert by_name.pupils == (1, 3)
    assert by_upn.pupils == (3,)


def test_blank_lines_are_passed_over_and_words_kept_as_they_are() -> None:
    lines = understood("  Dear office,\n\n\n  1520 Ada Byrne \n", PEOPLE)

    assert [line.text for line in lines] == ["Dear office,", "1520 Ada Byrne"]
    assert [rule.code for rule in lines[1].rules] == ["P03"]


def test_several_complaints_in_one_line_are_told_apart() -> None:
    words = (
        "Error 1510: the UPN A926215500001 is not valid. Pupil: Ada Byrne. "
        "UPN missing: Ben O'Neill-Smith. Please send again."
    )

    first, second = understood(words, PEOPLE)

    assert [rule.code for rule in (*first.rules, *second.rules)] == ["P02", "P01"]
    assert (first.pupils, second.pupils) == ((1,), (2,))
    assert second.text.endswith("Please send again.")


WEI = Known(5, "E926215500005", "Strong", "Wei")
SAID = tomllib.loads(Path(__file__).with_name("refusals.toml").read_text("utf-8"))


@pytest.mark.parametrize(
    "case", SAID["said"], ids=lambda case: f"{case['by']}: {case['words'][:50]}"
)
def test_what_recipients_say_is_understood(case: dict[str, object]) -> None:
    people = {one.key: one.forename for one in (ADA, BEN, ZOE, WEI)}

    lines = understood(str(case["words"]), [ADA, BEN, ZOE, WEI])

    rules = [rule.code for line in lines for rule in line.rules]
    pupils = [people[key] for line in lines for key in line.pupils]
    advice = "".join(sense.advice for line in lines for sense in line.senses)
    assert rules == case.get("rules", [])
    assert pupils == case.get("pupils", [])
    assert str(case.get("advice", "")) in advice
    assert bool(advice) == ("advice" in case)
