"""The list of schools, adding one, and a school's settings."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render

from hornbook.web.accounts.actions import Link
from hornbook.web.accounts.models import User
from hornbook.web.schools import actions, queries
from hornbook.web.schools.forms import (
    AddSchoolForm,
    OverseenSchoolForm,
    SchoolForm,
    SettingsForm,
)
from hornbook.web.schools.models import Role, School
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
    needs,
    schools_compared,
    schools_where,
    signed_in,
)


@login_required
def schools(request: HttpRequest) -> HttpResponse:
    """Every school the person sees, and those of the installation by name."""
    seen = set(School.objects.seen_by(request.user).values_list("pk", flat=True))
    context = {
        "schools": queries.listed(request.user).select_related("trust", "authority"),
        "seen": seen,
        "compares": len(schools_compared(signed_in(request))) > 1,
        "makes_several": _makes_several(signed_in(request)),
        "may_add": queries.may_add_schools(request.user),
        "decides_codes": queries.answers_for_all(request.user),
    }
    return render(request, "schools/list.html", context)


def _makes_several(person: User) -> bool:
    """Whether a person makes the returns of more than one school."""
    return schools_where(person, Permission.MAKE_RETURN).count() > 1


@login_required
def add(request: HttpRequest) -> HttpResponse:
    """A school of the installation, a trust or a local authority."""
    by = signed_in(request)
    if not queries.may_add_schools(by):
        raise PermissionDenied
    over = queries.administers(by)
    data = request.POST or None
    form = AddSchoolForm(data) if by.is_staff else OverseenSchoolForm(over, data)
    if not form.is_valid():
        return render(request, "schools/add.html", {"form": form})
    school = actions.add_school(by=by, new=_new(form))
    user, link = actions.invite(
        by=by,
        over=school,
        email=form.cleaned_data["admin_email"],
        name=form.cleaned_data["admin_name"],
        role=Role.ADMINISTRATOR,
    )
    return show_link(request, school, user, link)


@login_required
def set_up(request: HttpRequest) -> HttpResponse:
    """From the demonstration to a real school."""
    by = signed_in(request)
    if not queries.may_set_up(by):
        raise PermissionDenied
    form = AddSchoolForm(request.POST or None)
    if not form.is_valid():
        return render(request, "schools/set_up.html", {"form": form})
    school, user, link = actions.set_up(
        by=by,
        new=_new(form),
        email=form.cleaned_data["admin_email"],
        name=form.cleaned_data["admin_name"],
    )
    return show_link(request, school, user, link)


@needs(Permission.MANAGE_SCHOOL)
def settings(request: SchoolRequest, school: School) -> HttpResponseBase:
    """The school's name and numbers."""
    form = SettingsForm(request.POST or None, school)
    if not form.is_valid():
        context = {
            "form": form,
            "decides_codes": queries.answers_for_all(request.user),
        }
        return render(request, "schools/settings.html", context)
    actions.change_school(by=request.user, school=school, details=form.cleaned_data)
    messages.success(request, "The school's details are saved.")
    return redirect("schools:settings", school.laestab)


def _new(form: SchoolForm) -> actions.NewSchool:
    """The school that a form describes."""
    return actions.NewSchool(
        number=form.number,
        name=form.cleaned_data["name"],
        urn=form.cleaned_data["urn"],
        over=form.over,
    )


def show_link(
    request: HttpRequest, school: School, user: User, link: Link | None
) -> HttpResponse:
    """The one-time link, shown once, to be copied and handed over."""
    context = {
        "of": school,
        "person": user,
        "link": request.build_absolute_uri(link.path) if link else None,
    }
    return render(request, "schools/link.html", context)
