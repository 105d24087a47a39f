"""The people of a school: who they are, inviting, changing and removing them."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hornbook.identifiers import AcademicYear
from hornbook.web.accounts import actions as accounts
from hornbook.web.accounts.models import User
from hornbook.web.schools import actions, queries
from hornbook.web.schools.forms import InviteForm, PersonForm, initial_of
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.views import show_link


@needs(Permission.MANAGE_PEOPLE)
def people(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Who has which role."""
    year = _year()
    context = {
        "year": year,
        "colleagues": queries.colleagues(school, year),
        "overseers": queries.overseers(school),
    }
    return render(request, "schools/people.html", context)


@needs(Permission.MANAGE_PEOPLE)
def invite(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Somebody new, or somebody of another school who is given a role here too."""
    year = _year()
    form = InviteForm(school, year, request.POST or None)
    if not form.is_valid():
        return render(request, "schools/invite.html", {"form": form})
    with transaction.atomic():
        first, *others = form.chosen_roles
        user, link = actions.invite(
            by=request.user,
            over=school,
            email=form.cleaned_data["email"],
            name=form.cleaned_data["name"],
            role=first,
        )
        for role in others:
            actions.give_role(by=request.user, over=school, user=user, role=role)
        _give_classes(request, school, user, form)
    return show_link(request, school, user, link)


@needs(Permission.MANAGE_PEOPLE)
def person(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A person's roles and classes."""
    user, year = _colleague(school, pk), _year()
    form = PersonForm(
        school, year, request.POST or None, initial_of(user, school, year)
    )
    if form.is_valid():
        try:
            with transaction.atomic():
                actions.change_roles(
                    by=request.user, school=school, user=user, roles=form.chosen_roles
                )
                _give_classes(request, school, user, form)
        except actions.LastAdministrator as fault:
            form.add_error("roles", str(fault))
        else:
            messages.success(request, f"What {user} may do is saved.")
            return redirect("schools:people", school.laestab)
    context = {
        "form": form,
        "person": user,
        "resets": queries.answers_for(by=request.user, user=user),
    }
    return render(request, "schools/person.html", context)


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def link(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A new one-time link."""
    user = _colleague(school, pk)
    if not queries.answers_for(by=request.user, user=user):
        raise PermissionDenied
    return show_link(request, school, user, accounts.reset(by=request.user, user=user))


@require_POST
@needs(Permission.MANAGE_PEOPLE)
def remove(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Take every role of a person at the school away."""
    user = _colleague(school, pk)
    try:
        actions.change_roles(by=request.user, school=school, user=user, roles=())
    except actions.LastAdministrator as fault:
        messages.error(request, str(fault))
        return redirect("schools:person", school.laestab, user.pk)
    messages.success(request, f"{user} has no role at {school} any more.")
    return redirect("schools:people", school.laestab)


def _give_classes(
    request: SchoolRequest, school: School, user: User, form: PersonForm
) -> None:
    """The classes that were ticked, to somebody who teaches."""
    actions.give_classes(
        by=request.user,
        school=school,
        user=user,
        year=_year(),
        classes=form.chosen_classes,
    )


def _colleague(school: School, pk: int) -> User:
    """A person with a role at the school itself; anybody else is 404."""
    return get_object_or_404(
        User.objects.filter(memberships__school=school).distinct(), pk=pk
    )


def _year() -> AcademicYear:
    return queries.year_in_use(timezone.localdate())
