"""What is known of the files made: where each has come to, and what was said of it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from io import BytesIO

from django.db.models import Prefetch, Q
from django.utils import timezone

from hornbook.ctf.read import open_ctf
from hornbook.inspection.naming import Known
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.results.queries import Sight
from hornbook.web.results.wording import group
from hornbook.web.returns import queries
from hornbook.web.returns.actions import content_of
from hornbook.web.returns.answers import InFile, Person, Told
from hornbook.web.returns.answers import told as understood
from hornbook.web.returns.models import Answer, MadeFile
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.preflight import Preflight
from hornbook.web.returns.sending import words_of
from hornbook.web.returns.since import Stated, same
from hornbook.web.returns.terms import cohort
from hornbook.wording import many


@dataclass(frozen=True, slots=True)
class State:
    """Where a file has come to: a word, the colour of its tag, and a sentence."""

    word: str
    colour: str
    sentence: str


def state(made: MadeFile, today: date) -> State:
    """Made, sent, accepted or refused, and what is still to be done about it."""
    if made.recipient == "mis":
        return State("Made", "grey", "For your own MIS: nobody answers it.")
    if made.answer == Answer.ACCEPTED:
        return State("Accepted", "green", "The recipient has accepted it.")
    if made.answer == Answer.REFUSED:
        return State("Refused", "red", "See what to put right, and make a new file.")
    if made.sent_on:
        return State("Sent", "blue", _waiting(made, made.sent_on, today))
    made_on = timezone.localdate(made.made_at)
    return State(
        "Made", "yellow", f"Made {_ago(made_on, today)}, and no receipt is recorded."
    )


def with_states(
    files: Iterable[MadeFile], today: date
) -> tuple[tuple[MadeFile, State], ...]:
    """Files, newest first, each with where it has come to."""
    found, newer = [], set()
    for made in files:
        which = made.collection, made.recipient, made.nc_years
        found.append(
            (
                made,
                _replaced(made)
                if which in newer and made.recipient != "mis"
                else state(made, today),
            )
        )
        newer.add(which)
    return tuple(found)


def _replaced(made: MadeFile) -> State:
    """Where a file has come to that a newer one took the place of."""
    newer = "A newer file of this return was made."
    if made.answer:
        colour = "green" if made.answer == Answer.ACCEPTED else "grey"
        return State(made.get_answer_display(), colour, newer)
    return State("Sent" if made.sent_on else "Not sent", "grey", newer)


def _waiting(made: MadeFile, sent_on: date, today: date) -> str:
    when = f"Sent {_ago(sent_on, today)}"
    if not made.receipt:
        return f"{when}. No receipt is recorded: ask the recipient for it."
    return f"{when}. The recipient has not said yet whether it is accepted."


def _ago(day: date, today: date) -> str:
    days = (today - day).days
    if days <= 0:
        return "today"
    return "yesterday" if days == 1 else f"{many(days, 'day', 'days')} ago"


def going_of(made: MadeFile) -> Going:
    """The return that a file was made of."""
    return queries.going_of(made)


def later(made: MadeFile) -> MadeFile | None:
    """The newest file of the same return, where it is not this one."""
    newer = MadeFile.objects.filter(
        school=made.school,
        academic_year=made.academic_year,
        collection=made.collection,
        recipient=made.recipient,
        nc_years=made.nc_years,
        pk__gt=made.pk,
    )
    return newer.defer("content", "words", "known", "stated").order_by("-pk").first()


def unchanged(ready: Preflight) -> tuple[MadeFile, ...]:
    """The files sent last, where all of a return made now would say the same."""
    parts = [(groups, ready.only(groups)) for groups in ready.going.parts]
    sent = [_sent_last(groups, part) for groups, part in parts if part.sending]
    had = tuple(one for one in sent if one)
    return had if len(had) == len(sent) else ()


def _sent_last(groups: tuple[str, ...], part: Preflight) -> MadeFile | None:
    """What was sent last of a part and not refused, where it says the same."""
    going = part.going
    whole = groups == going.collection.nc_years
    last = (
        MadeFile.objects.filter(
            school=going.school,
            academic_year=going.year.ends,
            collection=going.collection.code,
            recipient=going.recipient.code,
            nc_years="" if whole else " ".join(groups),
            sent_on__isnull=False,
        )
        .defer("content", "words", "known", "stated")
        .first()
    )
    if last is None or last.answer == Answer.REFUSED:
        return None
    return last if same(last, part.digest) else None


def told(sight: Sight, made: MadeFile) -> tuple[Told, ...]:
    """The recipient's words, line by line, with the rules and pupils they mean."""
    words = words_of(made)
    if not words:
        return ()
    going = going_of(made)
    members = cohort(sight, going.book, going.collection)
    in_file = _in_file(made)
    people = _people(sight, made, in_file)
    own = made.school.laestab
    return understood(words, people, going.collection, members, in_file, own)


def _in_file(made: MadeFile) -> InFile:
    """Who is in a file; without its bytes, by what was kept of them."""
    pupils = Stated.unsealed(bytes(made.stated)).pupils
    read = open_ctf(BytesIO(content_of(made))).pupils() if made.kept else ()
    upns = frozenset(one.record.upn for one in read if one.record.upn)
    return InFile(frozenset(pupils), upns)


def _people(sight: Sight, made: MadeFile, in_file: InFile) -> list[Person]:
    """Everybody on roll in the year, and whoever is in the file."""
    on_roll = Q(enrolments__academic_year=made.academic_year)
    in_year = Enrolment.objects.filter(academic_year=made.academic_year)
    enrolled = in_year.select_related("school_class")
    rows = (
        Pupil.objects.filter(pk__in=sight.pupils)
        .filter(on_roll | Q(pk__in=in_file.pupils))
        .distinct()
        .prefetch_related("former_upns", Prefetch("enrolments", enrolled))
    )
    return [_person(one, in_file) for one in rows]


def _person(pupil: Pupil, in_file: InFile) -> Person:
    known = Known(
        pupil.pk,
        pupil.upn,
        pupil.surname,
        pupil.forename,
        tuple(former.upn for former in pupil.former_upns.all()),
        in_file=pupil.pk in in_file.pupils or pupil.upn in in_file.upns,
    )
    return Person(known, _details(pupil))


def _details(pupil: Pupil) -> str:
    """What tells a pupil from another of the same name."""
    places = [
        f", {group(one.nc_year)}{f', {one.school_class}' if one.school_class else ''}"
        for one in pupil.enrolments.all()
    ]
    return f"{pupil.upn}, born {pupil.dob:%d/%m/%Y}{''.join(places)}"
