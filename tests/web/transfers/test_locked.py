"""A grid that is locked: no file changes its results, and no undo takes them away."""

import pytest
from django.test import Client
from tests.web.people import Town
from tests.web.transfers.conftest import BringIn, Stage
from tests.web.transfers.mis import Child, ctf, phonics, upn
from tests.web.transfers.test_pages import address, plain

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import rulebook
from hornbook.web.results.actions import Sheet
from hornbook.web.results.locking import Part, lock, unlock
from hornbook.web.results.models import Result
from hornbook.web.transfers import queries
from hornbook.web.transfers.undo import CannotUndo, undo

ADA = Child(upn(11), results=(phonics("34", "2025"),))
BEN = Child(
    upn(12), surname="Cole", results=(phonics("3", "2025"), phonics("30", "2026"))
)


def part(town: Town) -> Part:
    book = rulebook(AcademicYear(2025))
    return Part(
        Sheet(school=town.elm, book=book, collection=book.collections["phonics"]), None
    )


def test_results_of_a_locked_grid_are_left_out_of_a_plan_and_the_rest_is_not(
    town: Town, stage: Stage
) -> None:
    lock(part=part(town), by=town.alice)

    plan = queries.preview(stage(ctf(ADA, BEN)))

    assert [entry.key for entry in plan.results_new] == [("phonics.mark", 2026)]
    assert len(plan.new) == 2


def test_the_plan_says_what_is_left_out_and_why(
    town: Town, stage: Stage, client: Client
) -> None:
    lock(part=part(town), by=town.alice)
    client.force_login(town.alice)

    said = plain(client.get(address(stage(ctf(ADA, BEN)))))

    assert (
        "Phonics screening check, 2024/25 is locked: 2 results of this file are left "
        "out. An assessment lead can unlock it."
    ) in said


def test_a_file_brought_in_is_not_taken_back_while_its_grid_is_locked(
    town: Town, bring_in: BringIn
) -> None:
    transfer = bring_in(ctf(ADA, BEN))
    lock(part=part(town), by=town.alice)

    with pytest.raises(CannotUndo, match="is locked; an assessment lead can unlock it"):
        undo(transfer=transfer, by=town.alice)

    assert Result.objects.count() == 3
    unlock(part=part(town), by=town.alice)
    undo(transfer=transfer, by=town.alice)
    assert not Result.objects.exists()
