"""What parents are told, in the words they read."""

import re
from datetime import date
from decimal import Decimal

import pytest

from hornbook.identifiers import AcademicYear
from hornbook.measures.disclosure import InSchool, Told
from hornbook.measures.people import Assessed
from hornbook.reports.compared import compared
from hornbook.reports.letters import Letter, Letters, letters_for
from hornbook.rulebook.letters import letters
from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.national import BY_SCHOOL, National, published


def letter(code: str, year: int, nc_year: str, **values: str) -> Letter:
    """The letter of one pupil, Ada, with these values."""
    [made] = sent(code, year, nc_year, values).letters
    return made


def sent(
    code: str,
    year: int,
    nc_year: str,
    values: dict[str, str],
    left_on: date | None = None,
) -> Letters:
    facts = letters()[code]
    results = {item.replace("__", "."): {year: v} for item, v in values.items()}
    ada = Assessed(key=1, nc_year=nc_year, results=results, left_on=left_on)
    return letters_for(facts, AcademicYear(year), [ada], {1: "Ada"})


def results(made: Letter) -> dict[str, str]:
    return dict(made.results)


@pytest.mark.parametrize(
    ("year", "value", "words"),
    [
        (2026, "31", "Ada read 31 of 40 words. The standard is 31 words: Ada met it."),
        (
            2025,
            "31",
            (
                "Ada read 31 of 40 words. "
                "The standard is 32 words: Ada has not met it yet."
            ),
        ),
        (
            2027,
            "40",
            (
                "Ada read 40 of 40 words. "
                "The mark that meets the standard is not published yet."
            ),
        ),
        (2026, "A", "Ada was absent and could not take the check."),
        (
            2026,
            "D",
            (
                "Ada did not take part, because the check was not right for Ada at "
                "this time."
            ),
        ),
        (2026, "Q", "The result was annulled."),
    ],
)
def test_phonics_tells_the_mark_or_why_there_is_none(
    year: int, value: str, words: str
) -> None:
    made = letter("phonics", year, "1", phonics__mark=value)

    assert results(made) == {"Phonics": words}


@pytest.mark.parametrize(
    ("value", "words"),
    [
        ("25", "Ada answered 25 of 25 questions correctly."),
        ("X", "Ada did not take the check, or did not finish it."),
        ("NAA", "The school could not give the check."),
    ],
)
def test_the_tables_check_tells_the_mark_and_no_pass(value: str, words: str) -> None:
    made = letter("mtc", 2025, "4", mtc__mark=value)

    assert results(made) == {"Times tables": words}
    assert "no pass mark" in made.opening


def test_the_profile_tells_all_seventeen_goals_and_who_to_talk_to() -> None:
    goals = {f"eyfsp.E{n:02}": "21A"[n % 3] for n in range(1, 18)}
    [made] = sent("eyfsp", 2026, "R", goals).letters

    assert len(made.results) == 17
    assert set(results(made).values()) == {
        "Expected",
        "Emerging",
        "Not assessed: an exemption was granted",
    }
    assert "talk to Ada's teacher" in made.closing[0]


def test_key_stage_2_tells_score_and_standard_and_why_a_test_was_not_taken() -> None:
    values = {
        "ks2-tests.reading-score": "104",
        "ks2-tests.reading-outcome": "AS",
        "ks2-tests.maths-score": "N",
        "ks2-tests.maths-outcome": "NS",
        "ks2-tests.gps-outcome": "U",
        "ks2-teacher-assessment.writing": "PK3",
        "ks2-teacher-assessment.science": "HNM",
    }
    [made] = sent("ks2", 2025, "6", values).letters

    assert results(made) == {
        "Reading test": "Scaled score 104. Ada met the expected standard.",
        "Maths test": "Too few marks for a scaled score. "
        "Ada did not meet the expected standard.",
        "Grammar, punctuation and spelling test": "Ada could not take the test, even "
        "with help to do so.",
        "Writing, judged by the teacher": "Pre-key stage standard 3",
        "Science, judged by the teacher": "Has not met the expected standard",
    }
    assert made.missing == ()


def test_a_score_without_an_outcome_is_held_against_the_standard() -> None:
    values = {"ks2-tests.reading-score": "99"}
    [made] = sent("ks2", 2025, "6", values).letters

    expected = "Scaled score 99. Ada did not meet the expected standard."
    assert results(made)["Reading test"] == expected
    assert results(made)["Maths test"] == "No result is recorded yet."
    assert "Maths test" in made.missing
    assert "Reading, judged by the teacher" not in results(made)


@pytest.mark.parametrize(
    ("score", "outcome", "clashing"),
    [
        ("105", "NS", ("Reading test",)),
        ("99", "AS", ("Reading test",)),
        ("105", "AS", ()),
        ("99", "NS", ()),
        ("N", "NS", ()),
        ("105", "Q", ("Reading test",)),
        ("105", "U", ("Reading test",)),
        ("109", "L", ("Reading test",)),
        ("N", "A", ()),
        ("105", "P", ()),
    ],
)
def test_a_score_and_an_outcome_that_say_different_things_are_named(
    score: str, outcome: str, clashing: tuple[str, ...]
) -> None:
    values = {
        "ks2-tests.reading-score": score,
        "ks2-tests.reading-outcome": outcome,
    }

    [made] = sent("ks2", 2025, "6", values).letters

    assert made.clashing == clashing


@pytest.mark.parametrize(
    ("score", "outcome", "words"),
    [
        ("105", "U", "Ada could not take the test, even with help to do so."),
        ("105", "NS", "Ada did not meet the expected standard."),
        ("N", "AS", "Ada met the expected standard."),
        ("105", "AS", "Scaled score 105. Ada met the expected standard."),
    ],
)
def test_of_a_score_and_an_outcome_that_cannot_both_be_so_the_outcome_is_told(
    score: str, outcome: str, words: str
) -> None:
    values = {"ks2-tests.reading-score": score, "ks2-tests.reading-outcome": outcome}

    [made] = sent("ks2", 2025, "6", values).letters

    assert results(made)["Reading test"] == words


def test_a_judgement_below_the_tests_is_told_too() -> None:
    values = {"ks2-tests.maths-outcome": "B", "ks2-teacher-assessment.maths": "EM"}
    [made] = sent("ks2", 2025, "6", values).letters

    assert "working below" in results(made)["Maths test"]
    assert "engagement model" in results(made)["Maths, judged by the teacher"]


def test_the_engagement_model_is_told_in_words_of_the_schools_own() -> None:
    older = letter("ks1", 2023, "2", ks1__reading="EM")
    usual = letter("ks1", 2023, "2", ks1__reading="EXS")
    [last] = sent("ks2", 2025, "6", {"ks2-teacher-assessment.writing": "EM"}).letters

    assert older.to_write == "How Ada takes part in learning:"
    assert usual.to_write == ""
    assert last.to_write.startswith("How Ada takes part in learning, and what")


def test_who_reached_no_standard_is_not_told_of_standards_reached() -> None:
    absent = dict.fromkeys(
        (f"ks2-tests.{test}-outcome" for test in ("reading", "maths", "gps")), "A"
    )
    judged = absent | {"ks2-teacher-assessment.writing": "WTS"}
    [none], [some] = (sent("ks2", 2025, "6", one).letters for one in (absent, judged))

    assert none.closing == ("You are welcome to talk to Ada's teacher about this.",)
    assert none.to_write == "Ada's progress:"
    assert "These standards were reached" in some.closing[0]
    assert some.to_write == "What these results show of Ada's progress:"


def test_key_stage_1_says_why_a_test_was_not_taken_and_never_its_mark() -> None:
    made = letter(
        "ks1",
        2023,
        "2",
        **{
            "ks1.reading": "WTS",
            "ks1.reading-test-mark": "B",
            "ks1.maths-test-mark": "31",
        },
    )

    assert "working below" in results(made)["Reading test"]
    assert "Maths test" not in results(made)
    assert "Maths test" not in made.missing


def test_a_year_that_is_not_collected_says_so_and_has_no_england_beside_it() -> None:
    chosen, collected = (
        letter("ks1", year, "2", ks1__reading="EXS") for year in (2025, 2023)
    )
    year = AcademicYear(2025)

    assert "Schools choose whether" in chosen.closing[0]
    assert not any("Schools choose" in words for words in collected.closing)
    assert compared(letters()["ks1"], year, [], InSchool, published()) is None


def test_parents_read_a_figure_and_the_school_that_it_is_not_confirmed() -> None:
    year = AcademicYear(2023)
    own = National(
        year=year,
        measure="ks1-science",
        value=Decimal(79),
        release="first release",
        source=BY_SCHOOL,
        confirmed=False,
    )

    table = compared(letters()["ks1"], year, [], InSchool, published().with_own([own]))

    assert table is not None
    assert ("KS1 maths", "No pupils", "70%") in table.rows
    assert ("KS1 science", "No pupils", "79% in 2022/23 (first release)") in table.rows
    assert table.notes == (
        "England's figure for KS1 maths and KS1 science is not confirmed.",
    )


def test_a_pupil_who_left_since_has_a_letter_and_one_without_a_result_none() -> None:
    gone = date(2026, 7, 1)

    told = sent("phonics", 2026, "1", {"phonics.mark": "35"}, left_on=gone)
    untold = sent("phonics", 2026, "1", {}, left_on=gone)
    waiting = sent("phonics", 2026, "1", {})

    assert len(told.letters) == 1
    assert (untold.letters, untold.without) == ((), ())
    assert (waiting.letters, waiting.without) == ((), (1,))


def test_who_met_phonics_in_year_1_is_not_waited_for_in_year_2() -> None:
    pupils = [
        Assessed(
            key=key, nc_year="2", results={"phonics.mark": {2025: mark} if mark else {}}
        )
        for key, mark in enumerate(["32", "31", "A", ""])
    ]

    made = letters_for(
        letters()["phonics"],
        AcademicYear(2026),
        pupils,
        dict.fromkeys(range(4), "Ada"),
    )

    assert made.without == (1, 2, 3)


@pytest.mark.parametrize("value", ["A", "D", "L", "Q"])
def test_who_has_no_mark_is_not_told_of_words_they_read(value: str) -> None:
    made = letter("phonics", 2026, "1", phonics__mark=value)

    assert "40 words" not in made.opening
    assert "Ada has no mark in it" in made.opening


def test_who_was_checked_in_year_2_is_not_told_to_wait_for_year_2() -> None:
    first = letter("phonics", 2026, "1", phonics__mark="20")
    again = letter("phonics", 2026, "2", phonics__mark="20")

    assert "again in Year 2" in " ".join(first.closing)
    assert "again in Year 2" not in " ".join(again.closing)
    assert "did not meet the standard in Year 1" in " ".join(again.closing)


def test_who_is_exempt_from_the_profile_is_told_so_once() -> None:
    goals = {f"eyfsp.E{n:02}": "A" for n in range(1, 18)}
    [made] = sent("eyfsp", 2026, "R", goals).letters

    assert made.results == (
        ("Early learning goals", "Not assessed: an exemption was granted"),
    )
    assert "Ada was not assessed" in made.opening


def test_key_stage_2_names_exemptions_and_leaves_room_for_progress() -> None:
    values = {
        "ks2-teacher-assessment.writing": "D",
        "ks2-teacher-assessment.science": "EXS",
    }
    [made] = sent("ks2", 2025, "6", values).letters
    [other] = sent("ks2", 2025, "6", {"ks2-tests.maths-score": "100"}).letters

    exempt = "Ada is exempt from, and so has no result in: Writing, judged by the"
    assert made.closing[0].startswith(exempt)
    assert "Ada's progress" in made.to_write
    assert not any("exempt" in words for words in other.closing)


@pytest.mark.parametrize("code", list(letters()))
def test_every_letter_offers_a_talk_with_the_teacher(code: str) -> None:
    [year] = [y for y in years() if y.ends == 2023]
    first = letters()[code].results[0]
    book = rulebook(year).collections[first.collection or letters()[code].collection]
    item = book.items[0] if first.every else book.item(first.items[0])
    value = "100" if item.code.endswith("score") else item.outcomes[0].code

    [made] = sent(
        code, 2023, letters()[code].nc_years[0], {item.full_code: value}
    ).letters

    assert "talk to Ada's teacher" in " ".join(made.closing)


def test_a_figure_of_england_that_is_not_held_is_said_to_be_missing() -> None:
    year = AcademicYear(2023)

    table = compared(letters()["ks1"], year, [], InSchool, published())

    assert table is not None
    assert ("KS1 science", "No pupils", "Not available") in table.rows


def test_nobody_is_waited_for_where_nothing_is_collected() -> None:
    assert sent("ks1", 2025, "2", {}).without == ()
    assert sent("ks1", 2023, "2", {}).without == (1,)


def test_school_and_england_stand_beside_where_they_must() -> None:
    year = AcademicYear(2025)
    cohort = [
        Assessed(
            key=key,
            nc_year="6",
            results={"ks2-tests.reading-outcome": {2025: "AS" if key % 2 else "NS"}},
        )
        for key in range(10)
    ]

    table = compared(letters()["ks2"], year, cohort, InSchool, published())
    few = compared(letters()["ks2"], year, cohort[:4], lambda: Told(6), published())

    assert table is not None
    assert ("Reading", "50%", "75%") in table.rows
    assert few is not None
    assert few.rows[0][1] == "Not shown"
    assert compared(letters()["mtc"], year, cohort, InSchool, published()) is None


@pytest.mark.parametrize("code", list(letters()))
def test_every_code_of_every_year_has_words_and_no_gap_in_them(code: str) -> None:
    facts = letters()[code]
    for year in years():
        for result in facts.results:
            book = rulebook(year).collections[result.collection or facts.collection]
            for item in book.items:
                if result.every or item.code in result.items:
                    for outcome in item.outcomes:
                        full = {item.full_code: outcome.code}
                        [made] = sent(code, year.ends, facts.nc_years[0], full).letters
                        said = " ".join(text for _, text in made.results)
                        assert not re.search(r"[{}]", said + made.opening)
                        assert outcome.code not in said.split()
