"""Several people who decide at one moment: nobody's decision is lost."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from tests.web.people import make_town
from tests.web.results.conftest import shared_database as shared_database

from hornbook.records import Combination, Result
from hornbook.rulebook.load import LEFT_OUT
from hornbook.rulebook.mapping import held, meanings
from hornbook.web.codes.actions import decide, note_met
from hornbook.web.codes.queries import mapping_file

PEOPLE = 8


def test_decisions_made_together_are_all_kept(shared_database: None) -> None:
    town = make_town()
    codes = [
        Combination("KS2", "MAT", "TT", "MAT", f"Q{number}") for number in range(PEOPLE)
    ]
    note_met(school=town.elm, results=[Result(one, "2026", "104") for one in codes])
    barrier = Barrier(PEOPLE)

    def choose(combination: Combination) -> None:
        barrier.wait()
        try:
            decide(decisions={combination: LEFT_OUT}, by=town.ivy)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        list(pool.map(choose, codes))

    assert meanings(held(mapping_file())) == dict.fromkeys(codes, LEFT_OUT)
