"""How a school's recipients want their files: its own words, its authority's, ours.

What a school has written down holds for it; else what its local authority has, for all
its schools; else what Hornbook comes with.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from django.db import transaction

from hornbook.rulebook.profiles import RECIPIENTS, Profile, parse, printed, shipped
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.returns.models import AuthorityProfile
from hornbook.web.schools.models import LocalAuthority, RecipientProfile, School

AUTHORITY: Final = "la"


@dataclass(frozen=True, slots=True)
class Kept:
    """A profile that somebody wrote down: whose it is, who changed it and when."""

    profile: Profile
    whose: str
    by: str
    at: datetime

    @classmethod
    def of(cls, row: RecipientProfile | AuthorityProfile, whose: str) -> "Kept":
        """From its row."""
        return cls(parse(row.text), whose, row.by_name, row.at)


def profiles_of(school: School) -> Mapping[str, Profile]:
    """Every recipient's profile that holds for a school, by its code."""
    return profiles_by_school([school])[school.pk]


def profiles_by_school(
    schools: Sequence[School],
) -> Mapping[int, Mapping[str, Profile]]:
    """The same for several schools: two queries, whatever their number."""
    whose = {school.authority_id for school in schools if school.authority_id}
    of_authorities = {
        row.authority_id: {AUTHORITY: parse(row.text)}
        for row in AuthorityProfile.objects.filter(authority__in=whose)
    }
    kept: dict[int, dict[str, Profile]] = defaultdict(dict)
    for row in RecipientProfile.objects.filter(school__in=schools):
        kept[row.school_id][row.recipient] = parse(row.text)
    return {
        school.pk: {code: shipped(code) for code in RECIPIENTS}
        | of_authorities.get(school.authority_id or 0, {})
        | kept[school.pk]
        for school in schools
    }


def own(school: School) -> dict[str, Kept]:
    """The profiles that the school itself has written down."""
    return {one.recipient: Kept.of(one, school.name) for one in school.profiles.all()}


def _of_authority(school: School) -> dict[str, Kept]:
    """What the school's local authority has written down for all its schools."""
    if school.authority_id is None:
        return {}
    rows = AuthorityProfile.objects.filter(authority=school.authority_id)
    row = rows.select_related("authority").first()
    return {AUTHORITY: Kept.of(row, row.authority.name)} if row else {}


def inherited(school: School, recipient: str) -> Kept | None:
    """What would hold if the school had none of its own; None is what is shipped."""
    return _of_authority(school).get(recipient)


@transaction.atomic
def keep(*, school: School, profile: Profile, by: User) -> None:
    """Keep a recipient's profile for a school; it holds for the files made from now."""
    before = school.profiles.filter(recipient=profile.recipient).first()
    RecipientProfile.objects.update_or_create(
        school=school,
        recipient=profile.recipient,
        defaults={"text": printed(profile), "by_name": str(by)},
    )
    record(
        by=by,
        school=school,
        action="recipient changed",
        subject=profile.name,
        detail={"before": before.text if before else "", "after": printed(profile)},
    )


@transaction.atomic
def keep_all(*, schools: Iterable[School], profile: Profile, by: User) -> None:
    """Keep a recipient's profile for several schools, or for none of them."""
    for school in schools:
        keep(school=school, profile=profile, by=by)


@transaction.atomic
def let_go(*, school: School, recipient: str, by: User) -> None:
    """Go back to what holds without a profile of the school's own."""
    for profile in school.profiles.filter(recipient=recipient):
        record(
            by=by,
            school=school,
            action="recipient reset",
            subject=parse(profile.text).name,
            detail={"before": profile.text},
        )
        profile.delete()


@transaction.atomic
def keep_for_all(*, authority: LocalAuthority, profile: Profile, by: User) -> None:
    """Keep how an authority wants its files, for every school that has no own way."""
    before = AuthorityProfile.objects.filter(authority=authority).first()
    AuthorityProfile.objects.update_or_create(
        authority=authority, defaults={"text": printed(profile), "by_name": str(by)}
    )
    after = printed(profile)
    _tell_schools(authority, by, before.text if before else "", after)


@transaction.atomic
def let_go_for_all(*, authority: LocalAuthority, by: User) -> None:
    """Go back to what Hornbook comes with, for every school that has no own way."""
    for row in AuthorityProfile.objects.filter(authority=authority):
        _tell_schools(authority, by, row.text, "")
        row.delete()


def _tell_schools(authority: LocalAuthority, by: User, before: str, after: str) -> None:
    """Write it down at every school, as it is their files that change."""
    for school in School.objects.filter(authority=authority):
        record(
            by=by,
            school=school,
            action="authority's wishes changed",
            subject=authority.name,
            detail={"before": before, "after": after},
        )


def with_own_way(authority: LocalAuthority) -> list[School]:
    """The schools for which the authority's profile does not hold."""
    rows = RecipientProfile.objects.filter(
        school__authority=authority, recipient=AUTHORITY
    )
    return [row.school for row in rows.select_related("school").order_by("school")]


def of_authority(authority: LocalAuthority) -> Kept | None:
    """What an authority has written down; None where it has nothing."""
    row = AuthorityProfile.objects.filter(authority=authority).first()
    return Kept.of(row, authority.name) if row else None
