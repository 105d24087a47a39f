"""What a person should know before a file is brought in, in words."""

from collections.abc import Iterator, Mapping
from typing import Final, TypeAlias

from django.utils.formats import date_format
from django.utils.timezone import localtime

from hornbook.findings import Finding, Subject
from hornbook.identifiers import AcademicYear
from hornbook.inspection.held import check_beside, check_tests
from hornbook.matching import Offer, Plan, ResultKey
from hornbook.rulebook.own_scales import OwnScales
from hornbook.web.results.scales import own_scales
from hornbook.web.transfers import queries
from hornbook.web.transfers.models import Transfer
from hornbook.wording import are, many

Results: TypeAlias = Mapping[ResultKey, str]
_OF_THE_FILE: Final = ("pupil of the file is", "pupils of the file are")


def cautions(transfer: Transfer, plan: Plan) -> Iterator[str]:
    """Each caution, one sentence or two."""
    yield from _same_bytes(transfer)
    yield from _newer_file(transfer)
    yield from _later_year(transfer)
    if queries.looks_wrong(transfer, plan):
        yield few_known(plan)
    yield from queries.locked_out(transfer)
    yield from by_name(plan)
    yield from _presumed(transfer)
    yield from _at_odds(plan, own_scales(transfer.school))
    yield from _beside_tests(plan)
    if plan.strangers:
        yield (
            f"{many(len(plan.strangers), *_OF_THE_FILE)} not known here, "
            "and nobody is added."
        )


def few_known(plan: Plan) -> str:
    """How few pupils of the file are known here."""
    known, every = plan.known, many(plan.known + plan.unknown, "pupil")
    return (
        f"Only {known} of the {every} in this file {are(known)} "
        "known here. Look twice whether it is the right file of the right school."
    )


def _same_bytes(transfer: Transfer) -> Iterator[str]:
    same = queries.same_bytes(transfer)
    if same is not None and same.applied_at is not None:
        on = date_format(localtime(same.applied_at), "j F Y")
        other = f", under the name {same.name}" if same.name != transfer.name else ""
        yield f"This very file was brought in on {on}{other}."


def _newer_file(transfer: Transfer) -> Iterator[str]:
    newer = queries.newer_file(transfer)
    if newer is not None:
        yield (
            f"A file made later than this one, {newer.name}, has been brought in "
            "already. This one may put older details back."
        )


def _later_year(transfer: Transfer) -> Iterator[str]:
    later = queries.later_year(transfer)
    if later is not None and transfer.whole_school:
        year = AcademicYear(transfer.academic_year)
        yield (
            f"This file is for {year}, and pupils here are in {later} already: "
            "an old file may put old details back."
        )


def by_name(plan: Plan) -> Iterator[str]:
    """That somebody must look at those whom nothing but a name tells."""
    if plan.by_name:
        yield (
            f"{many(len(plan.by_name), *_OF_THE_FILE)} known by name alone. Look at "
            "whom each name means before this is brought in."
        )


def _presumed(transfer: Transfer) -> Iterator[str]:
    """What codes that the DfE does not publish were taken for."""
    presumed = transfer.counts.get("presumed")
    if presumed:
        said = "; ".join(f"{codes} as {title}" for codes, title in presumed.items())
        yield (
            "The DfE does not publish the codes of test results, so these are taken by "
            f"what they seem to say: {said}. Compare a few pupils with the portal."
        )


def _at_odds(plan: Plan, own: OwnScales) -> Iterator[str]:
    """Pupils whose results of a test, as the file has them, do not agree."""
    matches = (*plan.changed, *plan.unchanged)
    found = [
        finding
        for offer in (*plan.new, *(match.offer for match in matches))
        for finding in check_tests(offer.values, Subject(pupil=offer.record.name), own)[
            :1
        ]
    ]
    if found:
        first = found[0]
        yield (
            f"Of {many(len(found), 'pupil')} the mark, scaled score and outcome of a "
            f"test do not agree. {first.pupil}: {first.message}"
        )


def _beside_tests(plan: Plan) -> Iterator[str]:
    """Pupils whom the file would give a teacher assessment that a test speaks against.

    What is recorded and what the file says are taken together.
    """
    found = [new for offer, held in _joined(plan) if (new := _new(offer, held))]
    if found:
        first = found[0][0]
        yield (
            f"{many(len(found), 'pupil')} would have a teacher assessment beside a "
            f"test that speaks against it. {first.pupil}: {first.message}"
        )


def _joined(plan: Plan) -> Iterator[tuple[Offer, Results]]:
    """Each pupil of the file, with what is recorded of them."""
    for offer in plan.new:
        yield offer, {}
    for match in (*plan.changed, *plan.unchanged):
        yield match.offer, match.held.values


def _new(offer: Offer, held: Results) -> list[Finding]:
    """What would be at odds and is not yet."""
    subject = Subject(pupil=offer.record.name)
    before = check_beside(held, subject)
    after = check_beside({**held, **offer.values}, subject)
    return [finding for finding in after if finding not in before]
