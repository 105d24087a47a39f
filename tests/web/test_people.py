"""The people of a school: inviting, roles, classes, links, and removing."""

import pytest
from django.test import Client
from django.urls import reverse
from tests.web.conftest import SignedIn
from tests.web.people import Town

from hornbook.web.accounts import actions as accounts
from hornbook.web.accounts.models import User
from hornbook.web.audit.models import Event
from hornbook.web.schools.models import Membership, Role
from hornbook.web.schools.permissions import ALLOWED, IN_WORDS


@pytest.fixture
def ada(town: Town, signed_in: SignedIn) -> Client:
    return signed_in(town.ada)


def page_of(name: str, town: Town, *parts: int) -> str:
    return reverse(f"schools:{name}", args=[town.elm.laestab, *parts])


def roles_of(user: User) -> set[str]:
    return set(user.memberships.values_list("role", flat=True))


def test_every_role_has_its_permissions_and_its_words() -> None:
    assert set(ALLOWED) == set(Role) == set(IN_WORDS)


def test_the_page_lists_people_with_their_roles_and_classes(
    town: Town, ada: Client
) -> None:
    page = ada.get(page_of("people", town))

    found = {one.user.name: one.classes for one in page.context["colleagues"]}
    assert found["Bob Example"] == ("Wrens",)
    assert "Charlie Example" not in found
    assert "Tess Example, assessment lead, Harbour Trust" in page.content.decode()


def test_a_new_teacher_is_invited_with_a_class(town: Town, ada: Client) -> None:
    done = ada.post(
        page_of("invite", town),
        {
            "name": "New Person",
            "email": "New@Example.invalid",
            "roles": ["teacher", "office"],
            "classes": [str(town.robins.pk)],
        },
    )

    new = User.objects.get(email="new@example.invalid")
    assert "Hand this link to New Person" in done.content.decode()
    assert roles_of(new) == {"teacher", "office"}
    assert list(new.classes.all()) == [town.robins]
    assert not new.has_usable_password()


def test_somebody_of_another_school_is_given_a_role_and_no_link(
    town: Town, ada: Client
) -> None:
    done = ada.post(
        page_of("invite", town),
        {"name": "C", "email": "charlie@example.invalid", "roles": ["head"]},
    )

    assert "can sign in already" in done.content.decode()
    assert "/join/" not in done.content.decode()
    assert roles_of(town.charlie) == {"lead", "head"}


def test_a_link_into_another_school_cannot_be_had(town: Town, ada: Client) -> None:
    Membership.objects.create(user=town.charlie, role=Role.HEAD, school=town.elm)

    page = ada.get(page_of("person", town, town.charlie.pk)).content.decode()
    tried = ada.post(page_of("link", town, town.charlie.pk))

    assert "has a role elsewhere too" in page
    assert tried.status_code == 403


def test_an_invitation_that_was_never_used_is_no_way_into_another_school(
    town: Town, ada: Client
) -> None:
    link = accounts.invite(by=town.ivy, email="new@example.invalid", name="New")
    Membership.objects.create(user=link.user, role=Role.HEAD, school=town.oak)

    done = ada.post(
        page_of("invite", town),
        {"name": "New", "email": "new@example.invalid", "roles": ["head"]},
    )

    assert "/join/" not in done.content.decode()
    assert Client().get(link.path).status_code == 200


def test_a_new_link_is_made_for_who_forgot(town: Town, ada: Client) -> None:
    done = ada.post(page_of("link", town, town.bob.pk))

    assert "/join/" in done.content.decode()
    assert Event.objects.get().action == "one-time link made"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"name": ""}, "Enter a name."),
        ({"email": ""}, "Enter an e-mail address."),
        ({"email": "new"}, "An e-mail address looks like"),
        ({"roles": []}, "Choose at least one role."),
    ],
)
def test_what_is_wrong_with_an_invitation_is_said(
    town: Town, ada: Client, sent: dict[str, object], said: str
) -> None:
    sound = {"name": "New", "email": "new@example.invalid", "roles": ["head"]}

    page = ada.post(page_of("invite", town), sound | sent)

    assert said in page.content.decode()
    assert User.objects.filter(email="new@example.invalid").count() == 0


def test_roles_and_classes_are_changed_together(town: Town, ada: Client) -> None:
    ada.post(
        page_of("person", town, town.bob.pk),
        {"roles": ["teacher", "lead"], "classes": [str(town.robins.pk)]},
    )

    assert roles_of(town.bob) == {"teacher", "lead"}
    assert list(town.bob.classes.all()) == [town.robins]
    actions = list(Event.objects.order_by("pk").values_list("action", flat=True))
    assert actions == ["role given", "classes given"]


def test_who_teaches_no_more_loses_the_classes(town: Town, ada: Client) -> None:
    ada.post(page_of("person", town, town.bob.pk), {"roles": ["office"]})

    assert roles_of(town.bob) == {"office"}
    assert not town.bob.classes.exists()


def test_the_last_administrator_stays(town: Town, ada: Client) -> None:
    changed = ada.post(page_of("person", town, town.ada.pk), {"roles": ["head"]})
    removed = ada.post(page_of("remove", town, town.ada.pk), follow=True)

    said = "is the only administrator of Elm Road Primary School"
    assert said in changed.content.decode()
    assert said in removed.content.decode()
    assert roles_of(town.ada) == {"administrator"}


def test_one_of_two_administrators_may_go(town: Town, ada: Client) -> None:
    Membership.objects.create(user=town.alice, role=Role.ADMINISTRATOR, school=town.elm)

    ada.post(page_of("remove", town, town.alice.pk))

    assert roles_of(town.alice) == set()


def test_who_is_removed_sees_nothing_of_the_school(
    town: Town, ada: Client, signed_in: SignedIn
) -> None:
    bob = signed_in(town.bob)

    ada.post(page_of("remove", town, town.bob.pk))

    assert bob.get(reverse("schools:home", args=[town.elm.laestab])).status_code == 404
    assert not town.bob.classes.exists()


def test_somebody_of_elsewhere_is_no_colleague(town: Town, ada: Client) -> None:
    for name in ("person", "link", "remove"):
        assert ada.post(page_of(name, town, town.charlie.pk)).status_code == 404
