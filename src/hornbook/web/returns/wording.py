"""The sentences of a return, in a school's words. Pure."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.utils import timezone

from hornbook.rulebook.load import codeset
from hornbook.web.results.cohort import Member, counted
from hornbook.web.results.wording import group, named, pupils_by_group
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.preflight import Preflight
from hornbook.wording import few, listed, many

_MOST_NAMED: Final = 6
_CLEAN: Final = " Nothing is missing and nothing was found wrong."
_LA: Final = "local authority"


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """Everything that the page says of a return."""

    kind: str
    summary: str
    aside: tuple[str, ...]
    destination: str
    no_file: str
    in_file: str
    not_in_file: tuple[str, ...]
    not_signed: str
    also_known_as: tuple[str, ...]


def all_of_it(ready: Preflight, today: date) -> Words:
    """Every sentence; those with nothing to say are left out."""
    going = ready.going
    return Words(
        kind=kind(going),
        summary=summary(ready),
        aside=_said(
            not_yet(going, today),
            not_needed(ready),
            leavers(ready),
            gone(ready),
            *chosen(ready),
        ),
        destination=destination(going),
        no_file=no_file(going),
        in_file=in_file(ready),
        not_in_file=_said(left_out(ready), staying(going)),
        not_signed=not_signed(ready),
        also_known_as=also_known_as(going),
    )


def _said(*sentences: str) -> tuple[str, ...]:
    return tuple(filter(None, sentences))


def in_file(ready: Preflight) -> str:
    """How much goes into the file."""
    pupils = many(len(ready.sending), "pupil", "pupils")
    return f"{pupils}, {many(ready.results, 'result', 'results')}"


def summary(ready: Preflight) -> str:
    """The one sentence to read: how many, how complete, what was found."""
    progress = ready.progress
    if not ready.needed:
        return _nobody(ready)
    who = pupils_by_group(ready.needed)
    if not (progress.incomplete or ready.errors or ready.queries):
        accepted = _accepted(ready)
        clean = f" {accepted.capitalize()}." if accepted else _CLEAN
        return f"{who}, all complete.{clean if ready.going.travels else ''}"
    found = [
        many(ready.errors, "error", "errors") if ready.errors else "",
        _queries(ready),
        _accepted(ready),
    ]
    complete = f"{progress.complete or 'none'} complete"
    return ", ".join(filter(None, [who, complete, *found])) + "."


def _queries(ready: Preflight) -> str:
    """How many queries, and of how many pupils where some have more than one."""
    if not ready.queries:
        return ""
    queries = many(ready.queries, "query", "queries")
    about, pupils = len(ready.queried), len(set(ready.queried))
    if pupils == about:
        return queries
    some = "" if about == ready.queries else f", {about} of them"
    return f"{queries}{some} about {many(pupils, 'pupil')}"


def _accepted(ready: Preflight) -> str:
    """How many queries were accepted; blank if none."""
    accepted = len(ready.accepted_here)
    return f"{many(accepted, 'query', 'queries')} accepted" if accepted else ""


def _nobody(ready: Preflight) -> str:
    """Why there is no pupil in the return."""
    collection = ready.going.collection
    groups = listed([group(year) for year in collection.nc_years], "or")
    if not ready.members:
        return f"No pupil of {groups} is on the list for {ready.going.year}."
    if collection.statutory:
        return f"No pupil of {groups} has to be in this return."
    return f"No pupil of {groups} has a result. This collection is optional."


def not_yet(going: Going, today: date) -> str:
    """That the assessment is still to come, and when; blank once it has begun."""
    opening = [(w.opens, w.title) for w in going.collection.dates if w.opens]
    if not opening or min(opening)[0] <= today:
        return ""
    day, title = min(opening)
    return f"Still to come: {title[:1].lower()}{title[1:]}, from {_day(day)}."


def not_needed(ready: Preflight) -> str:
    """Who is in the grid and not in the return, and why; blank if nobody."""
    collection = ready.going.collection
    aside = [m for m in ready.members if not counted(collection, m)]
    if not aside or len(aside) == len(ready.members):
        return ""
    why = "the standard was met the year before" if collection.recheck else "no result"
    return f"Not in the return: {pupils_by_group(aside)} ({why})."


def leavers(ready: Preflight) -> str:
    """Which leavers are counted all the same; blank if none."""
    begins = ready.begins
    late = [m for m in ready.leavers if _left_since(m, begins)]
    assessed = [m for m in ready.leavers if not _left_since(m, begins)]
    since = f" on or after {_day(begins)}" if begins else ""
    said = [
        f"Leavers who are included, as they {why}: {_left(those)}."
        for why, those in ((f"left{since}", late), ("have a result", assessed))
        if those
    ]
    return " ".join(said)


def _left_since(member: Member, begins: date | None) -> bool:
    """Whether a leaver left once the season had begun."""
    return not begins or (member.left_on is not None and member.left_on >= begins)


def gone(ready: Preflight) -> str:
    """Which leavers are not counted; blank if none."""
    if not ready.gone:
        return ""
    before = f" before {_day(ready.begins)}" if ready.begins else ""
    return f"Leavers who are not included, as they left{before}: {_left(ready.gone)}."


def chosen(ready: Preflight) -> Iterator[str]:
    """Whom a person put in or left out, with the reason, a sentence each."""
    for member in (*ready.out, *ready.members):
        choice = ready.chosen.get(member.pupil)
        if choice:
            how = "Put in" if choice.included else "Left out"
            name = f"{member.forename} {member.surname}"
            yield f"{how} by {choice.by}: {name}, {choice.reason}."


def left_out(ready: Preflight) -> str:
    """Who should be in the file and has nothing to send; blank if nobody."""
    if not ready.left_out or not ready.sending:
        return ""
    who = pupils_by_group(ready.left_out)
    return f"{who} without a result will not be in the file: " + (
        named(ready.left_out, _MOST_NAMED) + "."
    )


def _left(members: Sequence[Member]) -> str:
    """Names with the day each left."""
    names = [f"{one.forename} {one.surname} ({_day(one.left_on)})" for one in members]
    return few(names, _MOST_NAMED)


def _day(day: date | None) -> str:
    """3 June 2026, without Windows' or Linux' own ways with a leading nought."""
    return f"{day:%d %B %Y}".lstrip("0") if day else ""


def kind(going: Going) -> str:
    """What the return is called, by whom it is for."""
    if going.recipient.estab is None:
        return "Data for MIS"
    return f"Return to the {going.recipient.title if going.recipient.la else _LA}"


def destination(going: Going) -> str:
    """The recipient in words, with the address that stands in the file."""
    to = going.destination
    if going.recipient.estab is None:
        return f"{going.school.name}, your own school ({to.la}/{to.estab})"
    council = "" if going.recipient.la else codeset("la_numbers").get(to.la or "", "")
    return f"{council or going.recipient.title} ({to.la}/{to.estab})"


def also_known_as(going: Going) -> tuple[str, ...]:
    """Other names of the recipient, where nothing else on the page says them."""
    said = f"{going.recipient.title} {going.way.text if going.way else ''}"
    return tuple(one for one in going.recipient.also_known_as if one not in said)


def no_file(going: Going) -> str:
    """Why no file can be made at all; blank where one can."""
    if going.travels:
        return ""
    return (
        f"The codes under which {going.collection.title[:1].lower()}"
        f"{going.collection.title[1:]} travel in a Common Transfer File are not "
        "published, so Hornbook makes no file of them rather than guess. The results "
        "stay in Hornbook. Once the codes are known, whoever looks after this "
        "installation can write them down: Schools, Codes of test results."
    )


def not_signed(ready: Preflight) -> str:
    """That the headteacher has to sign it off, and what came of a signature before."""
    before = ready.signature
    if before is None:
        return "The headteacher has not signed this return off yet."
    return (
        f"{before.by} signed this return off on {_day(timezone.localdate(before.at))}, "
        "and it has changed since. It must be signed off again."
    )


def staying(going: Going) -> str:
    """Which columns of the grid are in no file; blank where all travel."""
    if not going.travels or not going.stays:
        return ""
    titles = listed([item.title for item in going.stays])
    return (
        f"Kept in Hornbook, and not in the file as their codes are not known: {titles}."
    )
