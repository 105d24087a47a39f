"""Files made at the same moment never share a number."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

from django.db import connections
from tests.web.results.scene import YEAR, enrol, make_school, profile

from hornbook.identifiers import AcademicYear
from hornbook.web.results.queries import Sight
from hornbook.web.returns import actions, queries
from hornbook.web.returns.outgoing import Going

PEOPLE = 3


def test_files_made_together_have_one_number_each(shared_database: None) -> None:
    school = make_school()
    profile(enrol(school, "Byrne", "R"))
    book = queries.book_of(AcademicYear(YEAR))
    collection = book.collections["eyfsp"]
    going = Going(
        school=school,
        book=book,
        collection=collection,
        recipient=collection.recipient("la"),
    )
    barrier = Barrier(PEOPLE)

    def make(_: int) -> str:
        barrier.wait()
        try:
            sight = Sight.whole(school)
            (made,) = actions.make(sight=sight, going=going, by=None, known_errors=0)
            return made.name
        finally:
            connections.close_all()

    with ThreadPoolExecutor(PEOPLE) as pool:
        names = list(pool.map(make, range(PEOPLE)))

    assert sorted(names) == [
        f"9262155_FSP_926LLLL_{number:03}.xml" for number in range(1, PEOPLE + 1)
    ]
