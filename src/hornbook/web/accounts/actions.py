"""Inviting people, and the one-time links by which they set a password."""

import hashlib
import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from allauth.mfa.models import Authenticator
from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from hornbook.web.accounts.models import OneTimeLink, User
from hornbook.web.audit.actions import record

LINK_LASTS: Final = timedelta(days=7)


class LinkIsSpent(LookupError):
    """The link was used, replaced by a later one, or is too old."""


class UnknownPerson(LookupError):
    """Nobody signs in with that e-mail address."""


@dataclass(frozen=True, slots=True)
class Link:
    """A one-time link, known only now: the database keeps a hash of its token."""

    user: User
    token: str

    @property
    def path(self) -> str:
        """The address of the page, below the server's own."""
        return reverse("accounts:join", args=[self.token])


@transaction.atomic
def invite(*, by: User | None, email: str, name: str) -> Link:
    """Make a person who does not exist yet, and their one-time link."""
    user = User.objects.create_user(email.strip(), name.strip())
    record(by=by, action="person added", subject=user.email)
    return _link(user, by)


@transaction.atomic
def reset(*, by: User | None, user: User) -> Link:
    """A link by which a person sets a new password; earlier links are cancelled."""
    record(by=by, action="one-time link made", subject=user.email)
    return _link(user, by)


def person(email: str) -> User:
    """Whoever signs in with that address; raises UnknownPerson."""
    try:
        return User.objects.get(email=email.strip().lower())
    except User.DoesNotExist:
        raise UnknownPerson(f"Nobody signs in with {email.strip()}.") from None


def open_link(token: str) -> OneTimeLink:
    """The link of a token; raises LinkIsSpent."""
    link = (
        OneTimeLink.objects.select_related("user")
        .filter(
            token_hash=_hash(token),
            used_at=None,
            expires_at__gt=timezone.now(),
            user__is_active=True,
        )
        .first()
    )
    if link is None:
        raise LinkIsSpent("The link has been used, replaced by a later one, or is old.")
    return link


@transaction.atomic
def join(*, token: str, password: str) -> User:
    """Set the password and spend the link; raises LinkIsSpent."""
    link = open_link(token)
    unspent = OneTimeLink.objects.filter(pk=link.pk, used_at=None)
    # Of two that come at the same moment, one changes the row and the other does not.
    if not unspent.update(used_at=timezone.now()):
        raise LinkIsSpent("The link has been used.")
    link.user.set_password(password)
    link.user.save(update_fields=["password"])
    record(by=link.user, action="password set by link", subject=link.user.email)
    return link.user


@transaction.atomic
def forget_second_factor(*, by: User | None, user: User) -> None:
    """For a person whose telephone is lost: the password alone signs in again."""
    Authenticator.objects.filter(user=user).delete()
    record(by=by, action="second factor removed", subject=user.email)


def _link(user: User, by: User | None) -> Link:
    """A new link, the only one that works."""
    OneTimeLink.objects.filter(user=user, used_at=None).delete()
    token = secrets.token_urlsafe(32)
    OneTimeLink.objects.create(
        user=user,
        token_hash=_hash(token),
        made_by=by,
        expires_at=timezone.now() + LINK_LASTS,
    )
    return Link(user, token)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()
