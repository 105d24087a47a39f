"""What people decide about a return: pupils in or out, queries accepted."""

from collections.abc import Collection

from django.db import transaction

from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.results.cohort import Member
from hornbook.web.returns.models import AcceptedQuery, Choice, SignOff
from hornbook.web.returns.outgoing import Going
from hornbook.web.returns.preflight import Affected, Preflight
from hornbook.web.schools.models import School


class NoReason(Exception):
    """Nobody is put in or left out without a reason."""


class NothingAccepted(Exception):
    """Nothing was ticked, or no note was written."""


@transaction.atomic
def accept(*, ready: Preflight, tokens: Collection[str], note: str, by: User) -> int:
    """Accept the queries ticked, with a note; how many there were."""
    going = ready.going
    School.objects.select_for_update().get(pk=going.school.pk)
    found = [
        (group.code, one)
        for group in ready.query_groups
        for one in group.open
        if one.token in tokens
    ]
    if not found or not note.strip():
        raise NothingAccepted("Tick the queries that are right, and write why.")
    # What a second click, or a second person, accepted meanwhile stands once.
    known = _accepted(going)
    AcceptedQuery.objects.bulk_create(
        AcceptedQuery(
            school=going.school,
            academic_year=going.year.ends,
            collection=going.collection.code,
            code=code,
            pupil_id=_about(one),
            message=one.message[:500],
            note=note.strip(),
            by_name=str(by),
        )
        for code, one in found
        if (code, _about(one), one.message[:500]) not in known
    )
    codes = sorted({code for code, _ in found})
    detail: dict[str, object] = {
        "codes": codes,
        "queries": len(found),
        "note": note.strip(),
    }
    _record(going, by, "queries accepted", detail)
    return len(found)


def _accepted(going: Going) -> set[tuple[str, int | None, str]]:
    """What is accepted already: the rule, whose query it was, and its words."""
    rows = AcceptedQuery.objects.filter(
        school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
    )
    return set(rows.values_list("code", "pupil_id", "message"))


def _about(one: Affected) -> int | None:
    """The pupil a query is about; None where it is about them all."""
    return one.member.pupil if one.member else None


class NothingToSign(Exception):
    """There is nothing in the return, or nobody signs returns at this school."""


@transaction.atomic
def sign_off(*, ready: Preflight, digest: str, by: User) -> None:
    """Sign a return off as it stood on the page, which digest says."""
    going = ready.going
    if not ready.to_be_signed or not ready.sending:
        raise NothingToSign("There is nothing to sign off.")
    if ready.digest != digest:
        raise NothingToSign("The return has changed while you looked. Look again.")
    SignOff.objects.create(
        school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
        recipient=going.recipient.code,
        digest=digest,
        by=by,
        by_name=str(by),
    )
    detail: dict[str, object] = {"recipient": going.recipient.code, "digest": digest}
    _record(going, by, "return signed off", detail)


@transaction.atomic
def take_back(*, going: Going, pk: int, by: User) -> None:
    """Ask a query again that was accepted."""
    held = AcceptedQuery.objects.filter(
        pk=pk,
        school=going.school,
        academic_year=going.year.ends,
        collection=going.collection.code,
    )
    for one in held:
        detail: dict[str, object] = {
            "code": one.code,
            "note": one.note,
            "by": one.by_name,
        }
        _record(going, by, "query asked again", detail)
        one.delete()


@transaction.atomic
def choose(*, ready: Preflight, wanted: Collection[int], reason: str, by: User) -> int:
    """Put exactly these pupils into the return; how many that changed.

    Whoever goes back to where the rules put them needs no reason; everybody else does.
    """
    going, before = ready.going, ready.chosen
    inside = {one.pupil for one in ready.needed}
    changed = [
        one
        for one in candidates(ready)
        if (one.pupil in wanted) != (one.pupil in inside)
    ]
    # Whoever a person chose against the rules before goes back to where they put them.
    against = [one for one in changed if one.pupil not in before]
    if against and not reason.strip():
        raise NoReason("Write why these pupils are put in or left out.")
    Choice.objects.filter(
        pupil__in=[one.pupil for one in changed],
        academic_year=going.year.ends,
        collection=going.collection.code,
    ).delete()
    Choice.objects.bulk_create(
        Choice(
            pupil_id=one.pupil,
            academic_year=going.year.ends,
            collection=going.collection.code,
            included=one.pupil in wanted,
            reason=reason.strip(),
            by_name=str(by),
        )
        for one in against
    )
    if changed:
        detail: dict[str, object] = {
            "in": [one.pupil for one in changed if one.pupil in wanted],
            "out": [one.pupil for one in changed if one.pupil not in wanted],
            "reason": reason.strip(),
            "before": len(before),
        }
        _record(going, by, "pupils chosen", detail)
    return len(changed)


def candidates(ready: Preflight) -> tuple[Member, ...]:
    """Everybody who may be put in or left out, in the order of the grid."""
    people = (*ready.needed, *ready.out, *ready.gone)
    return tuple(sorted(people, key=lambda member: member.place))


def _record(going: Going, by: User, action: str, detail: dict[str, object]) -> None:
    record(
        by=by,
        school=going.school,
        action=action,
        subject=f"{going.collection.short_title} {going.year}",
        detail=detail,
    )
