"""How a school's recipients want its files: what is kept, or else what is shipped."""

from collections.abc import Iterable, Mapping

from django.db import transaction

from hornbook.rulebook.profiles import RECIPIENTS, Profile, parse, printed, shipped
from hornbook.web.accounts.models import User
from hornbook.web.audit.actions import record
from hornbook.web.schools.models import RecipientProfile, School


def profiles_of(school: School) -> Mapping[str, Profile]:
    """Every recipient's profile, by its code: one query."""
    kept = school.profiles.values_list("recipient", "text")
    return {code: shipped(code) for code in RECIPIENTS} | {
        code: parse(text) for code, text in kept
    }


def kept(school: School) -> Mapping[str, RecipientProfile]:
    """The profiles that somebody changed, with when and by whom."""
    return {profile.recipient: profile for profile in school.profiles.all()}


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
    """Go back to the profile that Hornbook comes with."""
    for profile in school.profiles.filter(recipient=recipient):
        record(
            by=by,
            school=school,
            action="recipient reset",
            subject=parse(profile.text).name,
            detail={"before": profile.text},
        )
        profile.delete()
