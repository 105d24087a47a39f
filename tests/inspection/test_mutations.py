"""Files no system would write: none stops the check, and a second repair adds nothing.

`make nightly` tries a million more.
"""

import random
from itertools import islice

import pytest
from tools.fuzz import CORPUS, hold, mutated, seeds

_AT_ONCE = 250


@pytest.mark.parametrize("name", sorted(path.name for path in CORPUS.iterdir()))
def test_what_once_stopped_it_does_not_any_more(name: str) -> None:
    hold((CORPUS / name).read_bytes())


@pytest.mark.parametrize("seed", range(12))
def test_a_mutated_file_is_checked_and_repaired(seed: int) -> None:
    rng = random.Random(seed)  # noqa: S311 - no secret

    for content in islice(mutated(rng, seeds()), _AT_ONCE):
        hold(content)
