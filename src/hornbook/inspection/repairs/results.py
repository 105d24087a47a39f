"""Repairs of results: R rules."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Final

from hornbook.checks.cases import ORDINARY
from hornbook.ctf.edits import TYPED, Edit
from hornbook.ctf.elements import order_in
from hornbook.ctf.shapes import RESULT
from hornbook.inspection.repairs.offers import Choice, Spot, repair
from hornbook.records import Combination

_LEAVE_OUT: Final = "Leave this result out."
# The parts of a result that its codes stand in; the stage stands above them.
_CODES: Final = ("Subject", "Method", "Component", "ResultQualifier")


def _left_out(spot: Spot, words: str = _LEAVE_OUT) -> Choice:
    """The result taken out."""
    edit = spot.tree.take_out_result(spot.result)
    return Choice(words=words, edits=(edit,), drops=True)


def _put(spot: Spot, part: str, value: str) -> Edit:
    """A value in a part of the result."""
    return spot.tree.put(spot.result, part, value, order_in(RESULT))


@repair("R01")
def write_nearest_codes(spot: Spot) -> Iterator[Choice]:
    """Write the nearest codes that are known, or leave the result out."""
    known = spot.fault.facts["known"]
    if isinstance(known, Combination):
        edits = tuple(_recoded(spot, known))
        # Two codes amiss may be a test of the school's own: not to be guessed at.
        yield Choice(
            words=f"Write the codes {known}: {spot.fault.facts['title']}.",
            edits=edits,
            singly=len(edits) > 1,
        )
    # Whoever asks for the nearest codes has not asked for results to go.
    yield replace(_left_out(spot), singly=True)


def _recoded(spot: Spot, known: Combination) -> Iterator[Edit]:
    """The parts that differ from the codes known."""
    _, *codes = known
    for part, code in zip(_CODES, codes, strict=True):
        there = spot.result.kid(part)
        if there is None or there.text.strip() != code:
            yield _put(spot, part, code)


@repair("R02")
def write_nearest_value(spot: Spot) -> Iterator[Choice]:
    """Write the nearest value, or one that is typed, or leave the result out."""
    close = spot.fault.facts["close"]
    if close:
        yield Choice(
            words=f"Write {spot.fault.facts['nearest']}.",
            edits=(_put(spot, "Result", str(close)),),
        )
    yield Choice(
        words="Write the result that you type.",
        edits=(_put(spot, "Result", TYPED),),
        asks_for="result",
    )
    yield _left_out(spot)


@repair("R04")
def mark_all_or_none(spot: Spot) -> Iterator[Choice]:
    """The code on none, or on every goal: what changes the fewest comes first."""
    code, tree, results = spot.finding.value or "", spot.tree, spot.results
    marked = [results[index] for index in spot.fault.facts["marked"]]
    others = [results[index] for index in spot.fault.facts["unmarked"]]
    on_none = Choice(
        words=f"Leave out the goals with {code}.",
        edits=tuple(map(tree.take_out_result, marked)),
        drops=True,
        singly=not others,
    )
    on_all = Choice(
        words=f"Write {code} on every goal that has a result.",
        edits=tuple(
            tree.put(each, "Result", code, order_in(RESULT)) for each in others
        ),
    )
    yield from (on_none, on_all) if len(marked) <= len(others) else (on_all, on_none)


@repair("R06")
def keep_mark_or_reason(spot: Spot) -> Iterator[Choice]:
    """Keep one of the two."""
    facts = spot.fault.facts
    yield _left_out(
        spot, f"Keep the mark {facts['mark']}; take {spot.finding.value} out."
    )
    yield Choice(
        words=f"Keep {spot.finding.value}; take the mark {facts['mark']} out.",
        edits=tuple(
            spot.tree.take_out_result(spot.results[index]) for index in facts["marks"]
        ),
    )


@repair("R08")
def leave_outcome_out(spot: Spot) -> Iterator[Choice]:
    """Take the outcome out; without a mark beside it only when asked to."""
    choice = _left_out(spot, "Take the outcome out; the mark stays.")
    if not _mark_beside(spot):
        words = "Leave the outcome out, though there is no mark beside it."
        choice = replace(choice, words=words, unasked=False)
    yield choice


def _mark_beside(spot: Spot) -> bool:
    """Whether a mark, or a reason for none, of the same check stands beside it."""
    results = spot.pupil.record.results if spot.pupil else ()
    own = results[spot.index or 0]
    return any(
        other is not own
        and other.year == own.year
        and other.combination.subject == own.combination.subject
        and other.combination.qualifier != own.combination.qualifier
        for other in results
    )


@repair("R09")
def take_outcome_out(spot: Spot) -> Iterator[Choice]:
    """Take the outcome out that the mark does not bear out."""
    yield _left_out(spot, f"Keep the mark; take {spot.finding.value} out.")


@repair("R11")
def take_repeat_out(spot: Spot) -> Iterator[Choice]:
    """Take the second of two out that are alike."""
    yield _left_out(spot, "Take the second one out.")


@repair("R12")
def write_undisputed_code(spot: Spot) -> Iterator[Choice]:
    """Write the code that the DfE's own list has."""
    code = spot.fault.facts["code"]
    if code:
        yield Choice(
            words=f"Write {spot.fault.facts['instead']}.",
            edits=(_put(spot, "Result", str(code)),),
        )


@repair("R13")
def leave_out_test_subject(spot: Spot) -> Iterator[Choice]:
    """Take out the judgement that a test should give."""
    yield _left_out(spot, "Leave it out: the test gives the result.")


@repair("R17")
def write_what_the_test_gives(spot: Spot) -> Iterator[Choice]:
    """Write what the score or the mark gives, or leave it out."""
    for code, title in spot.fault.facts["right"]:
        yield Choice(
            words=f"Write {code}, {title}.", edits=(_put(spot, "Result", code),)
        )
    yield _left_out(spot)


@repair("R20")
def leave_out_other_year(spot: Spot) -> Iterator[Choice]:
    """Leave out a result of another year, or write the year of the file."""
    yield _left_out(spot)
    year = spot.context.year
    if year is not None:
        yield Choice(
            words=f"Write {year.ends}, the year of the file, for the result.",
            edits=(_put(spot, "Year", str(year.ends)),),
        )


@repair("R22")
def write_result_status(spot: Spot) -> Iterator[Choice]:
    """Write that it is a result, or leave it out."""
    status = ORDINARY.status or ""
    yield Choice(
        words=f"Write {status}: it is the pupil's result.",
        edits=(_put(spot, "ResultStatus", status),),
    )
    yield _left_out(spot, "Leave it out: it is a target or an estimate.")


@repair("R23")
def write_country(spot: Spot) -> Iterator[Choice]:
    """Write that the result is of England."""
    country = ORDINARY.locale or ""
    yield Choice(words=f"Write {country}.", edits=(_put(spot, "Locale", country),))


@repair("R27")
def leave_blank_out(spot: Spot) -> Iterator[Choice]:
    """Leave a blank result out, or write the one that is typed."""
    yield _left_out(spot, "Leave the blank result out.")
    yield Choice(
        words="Write the result that you type.",
        edits=(_put(spot, "Result", TYPED),),
        asks_for="result",
    )
