"""Signing in and out, one-time links, and a person's own page."""

from datetime import timedelta
from typing import Final

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings
from tests.web.conftest import SignedIn
from tests.web.people import PASSWORD, Town

from hornbook.web.accounts import actions
from hornbook.web.accounts.models import OneTimeLink, User
from hornbook.web.audit.models import Event

NEW: Final = "slow green teapot"


def sign_in(client: Client, email: str, password: str = PASSWORD) -> str:
    """Try the form; where it leads, or what the page says."""
    response = client.post(
        reverse("account_login"), {"login": email, "password": password}
    )
    return response.headers.get("Location") or response.content.decode()


def test_a_person_signs_in_with_an_email_address_and_comes_home(town: Town) -> None:
    client = Client()

    went = sign_in(client, "Alice@Example.invalid")

    assert went == "/"
    home = client.get("/", follow=True)
    assert home.redirect_chain[-1][0] == "/schools/9262155/"
    assert "Elm Road Primary School" in home.content.decode()
    assert "Successfully" not in home.content.decode()


def test_a_wrong_password_is_refused_in_words(town: Town) -> None:
    page = sign_in(Client(), "alice@example.invalid", "not it")

    assert "There is a problem" in page
    assert "e-mail address and password do not go together" in page


def test_an_unknown_person_is_told_the_same_as_one_with_a_wrong_password(
    town: Town,
) -> None:
    page = sign_in(Client(), "nobody@example.invalid", "not it")

    assert "e-mail address and password do not go together" in page


def test_who_guesses_a_password_again_and_again_is_stopped(town: Town) -> None:
    client = Client()
    for _ in range(5):
        sign_in(client, "alice@example.invalid", "guess")

    page = sign_in(client, "alice@example.invalid")

    assert "Wait five minutes" in page


def test_a_stopped_address_still_lets_others_in(town: Town) -> None:
    for _ in range(5):
        sign_in(Client(), "alice@example.invalid", "guess")

    assert sign_in(Client(), "bob@example.invalid") == "/"


def test_signing_out_ends_the_session(town: Town, signed_in: SignedIn) -> None:
    client = signed_in(town.alice)

    client.post(reverse("account_logout"))

    assert client.get("/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    "address", ["account_signup", "account_set_password", "account_email"]
)
def test_nobody_signs_up_or_changes_an_address(db: None, address: str) -> None:
    response = Client().get(reverse(address))

    assert response.status_code == 404
    assert "People are invited to Hornbook" in response.content.decode()


def test_a_forgotten_password_is_a_matter_for_an_administrator(
    db: None, settings: Settings
) -> None:
    settings.HORNBOOK_SUPPORT = "Pat, 01632 960123"

    page = Client().get(reverse("account_reset_password")).content.decode()

    assert "Hornbook sends no e-mail" in page
    assert "Pat, 01632 960123" in page


def test_a_link_sets_a_password_and_signs_in(town: Town) -> None:
    link = actions.invite(by=town.ada, email="new@example.invalid", name="New Person")
    client = Client()

    asked = client.get(link.path)
    done = client.post(link.path, {"password": NEW, "again": NEW})

    assert "new@example.invalid" in asked.content.decode()
    assert done.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(link.user.pk)
    assert sign_in(Client(), "new@example.invalid", NEW) == "/"


def test_a_link_works_once(town: Town) -> None:
    link = actions.reset(by=town.ada, user=town.bob)
    Client().post(link.path, {"password": NEW, "again": NEW})

    again = Client().post(link.path, {"password": "another long one", "again": "x"})

    assert again.status_code == 404
    assert "This link works no more" in again.content.decode()


def test_a_link_is_dead_after_a_week(town: Town) -> None:
    link = actions.reset(by=town.ada, user=town.bob)
    OneTimeLink.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert Client().get(link.path).status_code == 404


def test_a_later_link_cancels_an_earlier_one(town: Town) -> None:
    first = actions.reset(by=town.ada, user=town.bob)
    second = actions.reset(by=town.ada, user=town.bob)

    assert Client().get(first.path).status_code == 404
    assert Client().get(second.path).status_code == 200


def test_a_link_of_a_closed_account_is_dead(town: Town) -> None:
    link = actions.reset(by=town.ada, user=town.bob)
    User.objects.filter(pk=town.bob.pk).update(is_active=False)

    assert Client().get(link.path).status_code == 404


def test_of_two_who_use_a_link_at_once_one_succeeds(town: Town) -> None:
    link = actions.reset(by=town.ada, user=town.bob)
    actions.join(token=link.token, password=NEW)

    with pytest.raises(actions.LinkIsSpent):
        actions.join(token=link.token, password="another long one")


def test_the_database_holds_no_token(town: Town) -> None:
    link = actions.reset(by=town.ada, user=town.bob)

    kept = OneTimeLink.objects.get()

    assert link.token not in kept.token_hash
    assert not Event.objects.filter(detail__icontains=link.token).exists()


def test_the_password_of_a_link_ends_the_sessions_of_the_old_one(
    town: Town, signed_in: SignedIn
) -> None:
    elsewhere = signed_in(town.bob)
    link = actions.reset(by=town.ada, user=town.bob)

    Client().post(link.path, {"password": NEW, "again": NEW})

    assert elsewhere.get("/").headers["Location"].startswith("/accounts/login/")


@pytest.mark.parametrize(
    ("password", "again", "said"),
    [
        ("", "", "Choose a password."),
        ("short", "short", "at least 10 characters"),
        ("password123", "password123", "too common"),
        ("bob@example.invalid", "bob@example.invalid", "too similar"),
        (NEW, "slow green teapots", "The two passwords are not the same."),
        (NEW, "", "Type the password a second time."),
    ],
)
def test_a_password_that_will_not_do_is_refused_and_the_link_still_works(
    town: Town, password: str, again: str, said: str
) -> None:
    link = actions.reset(by=town.ada, user=town.bob)

    page = Client().post(link.path, {"password": password, "again": again})

    assert said in page.content.decode()
    assert Client().get(link.path).status_code == 200


def test_inviting_and_joining_are_written_down(town: Town) -> None:
    link = actions.invite(by=town.ada, email="new@example.invalid", name="New Person")
    actions.join(token=link.token, password=NEW)

    events = Event.objects.order_by("pk").values_list("by_name", "action", "subject")

    assert list(events) == [
        ("Ada Example", "person added", "new@example.invalid"),
        ("New Person", "password set by link", "new@example.invalid"),
    ]


def test_a_person_changes_their_password(town: Town, signed_in: SignedIn) -> None:
    client = signed_in(town.alice)

    client.post(
        reverse("account_change_password"),
        {"oldpassword": PASSWORD, "password1": NEW, "password2": NEW},
    )

    assert sign_in(Client(), "alice@example.invalid", NEW) == "/"


def test_what_protects_the_account_asks_for_the_password_again(
    town: Town, signed_in: SignedIn
) -> None:
    client = signed_in(town.bob)

    asked = client.get(reverse("mfa_activate_totp"), follow=True).content.decode()

    assert "Your password again" in asked


def test_a_persons_own_page_names_their_roles(town: Town, signed_in: SignedIn) -> None:
    alice = signed_in(town.alice).get(reverse("accounts:account")).content.decode()
    tess = signed_in(town.tess).get(reverse("accounts:account")).content.decode()
    ivy = signed_in(town.ivy).get(reverse("accounts:account")).content.decode()

    assert "Assessment lead, Elm Road Primary School" in alice
    assert "Assessment lead, Harbour Trust" in tess
    assert "No role yet" in ivy


def turn_on_second_step(client: Client) -> str:
    """Set up the app; its secret."""
    page = client.get(reverse("mfa_activate_totp"))
    secret: str = page.context["form"].secret
    client.post(reverse("mfa_activate_totp"), {"code": code_of(secret)})
    return secret


def code_of(secret: str) -> str:
    """What the app shows now."""
    value = totp.hotp_value(secret, next(iter(totp.yield_hotp_counters_from_time())))
    return str(totp.format_hotp_value(value))


def signed_in_by_form(email: str) -> Client:
    """A browser that has given the password just now."""
    client = Client()
    sign_in(client, email)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    return client


def test_with_the_second_step_the_password_alone_does_not_sign_in(town: Town) -> None:
    secret = turn_on_second_step(signed_in_by_form("bob@example.invalid"))
    cache.clear()
    client = Client()

    went = sign_in(client, "bob@example.invalid")
    wrong = client.post(went, {"code": "000000"}).content.decode()
    right = client.post(went, {"code": code_of(secret)})

    assert went == reverse("mfa_authenticate")
    assert "That is not the code the app shows now" in wrong
    assert right.headers["Location"] == "/"


def test_a_one_time_link_asks_for_the_second_step_too(town: Town) -> None:
    turn_on_second_step(signed_in_by_form("bob@example.invalid"))
    link = actions.reset(by=town.ada, user=town.bob)
    client = Client()

    done = client.post(link.path, {"password": NEW, "again": NEW})

    assert done.headers["Location"] == reverse("mfa_authenticate")
    assert "_auth_user_id" not in client.session


def test_the_pages_of_the_second_step_speak_plainly(town: Town) -> None:
    client = signed_in_by_form("bob@example.invalid")
    before = client.get(reverse("mfa_index")).content.decode()
    turn_on_second_step(client)

    assert "Turn it on" in before
    assert "It is on." in client.get(reverse("mfa_index")).content.decode()
    codes = client.get(reverse("mfa_view_recovery_codes")).content.decode()
    assert "10 of 10 are unused" in codes
    assert "will not work any more" in (
        client.get(reverse("mfa_generate_recovery_codes")).content.decode()
    )
    assert "Turn off the second step" in (
        client.get(reverse("mfa_deactivate_totp")).content.decode()
    )


def test_the_secret_of_the_second_step_is_encrypted(town: Town) -> None:
    secret = turn_on_second_step(signed_in_by_form("bob@example.invalid"))

    kept = Authenticator.objects.get(type="totp").data

    assert secret not in str(kept)


def test_who_lost_telephone_and_codes_is_let_in_by_the_password_again(
    town: Town,
) -> None:
    turn_on_second_step(signed_in_by_form("bob@example.invalid"))
    actions.forget_second_factor(by=None, user=town.bob)
    cache.clear()

    assert sign_in(Client(), "bob@example.invalid") == "/"
