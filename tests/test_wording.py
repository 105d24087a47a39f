"""Numbers and lists in sentences."""

import pytest

from hornbook.wording import listed, many


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
