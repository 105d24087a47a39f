"""Numbers and lists in sentences."""

import pytest

from hornbook.wording import are, few, how_often, listed, many, sentences


@pytest.mark.parametrize(
    ("number", "said"), [(0, "0 pupils"), (1, "1 pupil"), (3402, "3,402 pupils")]
)
def test_a_number_has_the_noun_that_goes_with_it(number: int, said: str) -> None:
    assert many(number, "pupil") == said


def test_a_noun_may_have_a_plural_of_its_own() -> None:
    assert (many(1, "query", "queries"), many(2, "query", "queries")) == (
        "1 query",
        "2 queries",
    )


@pytest.mark.parametrize(
    ("parts", "said"),
    [
        ([], ""),
        (["one"], "one"),
        (["one", "two"], "one and two"),
        (["one", "two", "three"], "one, two and three"),
    ],
)
def test_a_list_reads_as_in_a_sentence(parts: list[str], said: str) -> None:
    assert listed(parts) == said


@pytest.mark.parametrize(
    ("most", "said"), [(3, "one, two and three"), (2, "one, two and 1 more")]
)
def test_a_long_list_ends_with_how_many_more_there_are(most: int, said: str) -> None:
    assert few(["one", "two", "three"], most) == said


@pytest.mark.parametrize(
    ("most", "said"), [(3, "One. Two. Three."), (1, "One. And 2 more.")]
)
def test_of_many_sentences_the_first_are_said(most: int, said: str) -> None:
    assert sentences(["One.", "Two.", "Three."], most) == said


def test_a_number_has_its_verb_and_once_is_said_of_one() -> None:
    assert [are(number) for number in range(3)] == ["are", "is", "are"]
    assert [how_often(number) for number in (1, 2)] == ["once", "2 times"]
