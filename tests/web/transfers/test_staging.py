"""What is kept of a file until it is brought in, and what is left out and counted."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytest_django import Settings

from hornbook.records import Combination, Pupil, Result
from hornbook.web.transfers.staging import Staged, stage

PHONICS = Combination("KS1", "PHO", "TT", "CHK", "NM")
OUTCOME = Combination("KS1", "PHO", "TT", "CHK", "NY")
MARK = Result(PHONICS, "2026", "34")


def staged(*results: Result) -> Staged:
    return stage([Pupil(upn="X926215500001", results=results)])


def values(*results: Result) -> dict[tuple[str, int], str]:
    (offer,) = staged(*results).offers
    return dict(offer.values)


def test_a_known_result_is_taken_under_its_item_and_year() -> None:
    assert values(MARK) == {("phonics.mark", 2026): "34"}


def test_a_mark_is_a_number_however_it_is_written() -> None:
    assert values(replace(MARK, value=" 07 ")) == {("phonics.mark", 2026): "7"}


def test_a_code_is_taken_as_the_dfe_writes_it() -> None:
    assert values(Result(OUTCOME, "2026", "a")) == {("phonics.mark", 2026): "A"}


def test_an_outcome_that_follows_from_the_mark_is_left_out() -> None:
    both = staged(MARK, Result(OUTCOME, "2026", "Wa"))

    assert dict(both.offers[0].values) == {("phonics.mark", 2026): "34"}
    assert both.not_taken == {"outcomes that follow from the mark": 1}


@pytest.mark.parametrize(
    ("result", "words"),
    [
        (replace(MARK, status="T"), "targets, estimates and provisional results"),
        (replace(MARK, value=" "), "blank results"),
        (replace(MARK, year=""), "results without a year"),
        (replace(MARK, year="20xx"), "results without a year"),
        (replace(MARK, year="2019"), "results of 2018/19, a year this version"),
        (replace(MARK, value="41"), "values that Phonics mark cannot have"),
        (
            replace(MARK, combination=PHONICS._replace(subject="XXX")),
            "codes that are not known (KS1 XXX TT CHK NM)",
        ),
    ],
)
def test_what_cannot_be_recorded_is_counted(result: Result, words: str) -> None:
    found = staged(result)

    assert found.offers[0].values == {}
    ((said, number),) = found.not_taken.items()
    assert words in said
    assert number == 1


def test_a_status_that_is_not_stated_is_final() -> None:
    assert values(replace(MARK, status=None)) == {("phonics.mark", 2026): "34"}


def test_two_values_of_one_result_are_both_left_out() -> None:
    found = staged(MARK, replace(MARK, value="35"))

    assert found.offers[0].values == {}
    assert found.not_taken == {"results of which the file states two values": 1}


def test_the_same_result_twice_is_one() -> None:
    assert values(MARK, MARK) == {("phonics.mark", 2026): "34"}


def test_a_check_of_the_autumn_before_the_first_rulebook_is_that_years() -> None:
    autumn = replace(MARK, year="2021", date="2021-11-12")

    assert values(autumn) == {("phonics.mark", 2021): "34"}
    assert values(replace(autumn, date="2021-06-12")) == {}
    assert values(replace(autumn, date="June")) == {}


def test_codes_that_an_administrator_wrote_down_are_known(settings: Settings) -> None:
    tests = Result(Combination("KS2", "XYZ", "TT", "READ", "QQ"), "2026", "33")
    assert values(tests) == {}
    Path(settings.HORNBOOK_HOME).mkdir()
    (Path(settings.HORNBOOK_HOME) / "ctf-mapping.toml").write_text(
        "[ks2-tests.reading-mark]\n"
        'stage = "KS2"\nsubject = "XYZ"\nmethod = "TT"\n'
        'component = "READ"\nqualifier = "QQ"\n'
    )

    assert values(tests) == {("ks2-tests.reading-mark", 2026): "33"}


def test_a_value_too_long_to_be_what_it_says_is_left_out() -> None:
    found = stage([Pupil(upn="X926215500001", surname="A" * 129, sex="Male")])

    assert found.offers[0].record == Pupil(upn="X926215500001")
    assert found.not_taken == {"values too long to be kept": 2}


def test_what_is_sealed_comes_back_the_same_and_cannot_be_read() -> None:
    found = stage([Pupil(upn="X926215500001", surname="Byrne", results=(MARK,))])

    sealed = found.sealed()

    assert b"Byrne" not in sealed
    assert Staged.unsealed(sealed) == found
