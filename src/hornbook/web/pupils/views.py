"""Pages of pupils and classes."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from hornbook.identifiers import AcademicYear, nc_year_of
from hornbook.web.pupils import actions, queries, results, wording
from hornbook.web.pupils.access import pupil_or_404
from hornbook.web.pupils.forms import LeavingForm, PupilForm, YearGroupForm
from hornbook.web.pupils.models import Enrolment, Pupil
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use

_A_PAGE = 60


def asked_year(request: SchoolRequest) -> int:
    """The school year asked for, or the one in use."""
    asked = request.GET.get("year", "")
    if asked.isdigit() and len(asked) == 4:
        return int(asked)
    return year_in_use(timezone.localdate()).ends


@needs(Permission.VIEW_PUPILS)
def pupils(request: SchoolRequest, school: School) -> HttpResponseBase:
    """Pupils on roll or leavers, by year group, class and name."""
    year = asked_year(request)
    chosen = request.GET.get("class", "")
    wanted = queries.Wanted(
        academic_year=year,
        nc_year=request.GET.get("group", ""),
        class_pk=int(chosen) if chosen.isdigit() else None,
        words=request.GET.get("find", "").strip(),
        leavers=request.GET.get("leavers", ""),
    )
    found = queries.enrolments(request.user, school, wanted)
    page = Paginator(found, _A_PAGE).get_page(request.GET.get("page"))
    years = queries.academic_years(school)
    terms = request.GET.copy()
    terms.pop("page", None)
    context = {
        "year": year,
        "years": sorted({year, *years}, reverse=True),
        "to_move_up": year - 1 in years,
        "groups": queries.year_groups(request.user, school, year),
        "classes": queries.classes(school, year),
        "wanted": wanted,
        "page": page,
        "terms": terms.urlencode(),
    }
    return render(request, "pupils/list.html", context)


@needs(Permission.VIEW_PUPILS)
def detail(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A pupil's whole record."""
    pupil = pupil_or_404(request, school, pk)
    return _show(request, pupil, _enrolments(pupil), None)


def _enrolments(pupil: Pupil) -> list[Enrolment]:
    """The pupil's school years, newest first."""
    held = pupil.enrolments.select_related("school_class").prefetch_related("moves")
    return list(held.order_by("-academic_year"))


def _newest(enrolments: list[Enrolment]) -> Enrolment | None:
    """The newest of the years that have begun, or of all."""
    now = AcademicYear.of(timezone.localdate()).ends
    begun = (each for each in enrolments if each.academic_year <= now)
    return next(begun, enrolments[0] if enrolments else None)


def _show(
    request: SchoolRequest,
    pupil: Pupil,
    enrolments: list[Enrolment],
    form: LeavingForm | None,
) -> HttpResponseBase:
    """The record; a form is one that was sent and not understood."""
    newest = _newest(enrolments)
    if newest and form is None:
        form = LeavingForm(AcademicYear(newest.academic_year), None)
    context = {
        "pupil": pupil,
        "former": pupil.former_upns.all(),
        "enrolments": enrolments,
        "groups": wording.groups(pupil),
        "results": results.of(pupil),
        "form": form,
        "newest": newest,
    }
    return render(request, "pupils/detail.html", context)


@needs(Permission.EDIT_PUPILS)
def add(request: SchoolRequest, school: School) -> HttpResponseBase:
    """A pupil by hand."""
    year = asked_year(request)
    data = request.POST or None
    form, group = PupilForm(school, data, None), YearGroupForm(school, year, data)
    if not (form.is_valid() and group.is_valid()):
        context = {"form": form, "group": group, "year": year}
        return render(request, "pupils/edit.html", context)
    pupil = actions.add_pupil(
        school=school,
        details=form.cleaned_data,
        academic_year=year,
        nc_year=group.cleaned_data["nc_year"],
        school_class=group.cleaned_data["school_class"],
        by=request.user,
    )
    _age_note(request, pupil, year, group.cleaned_data["nc_year"])
    return redirect("pupils:detail", school.laestab, pupil.pk)


def _age_note(request: SchoolRequest, pupil: Pupil, year: int, nc_year: str) -> None:
    """Say so when the year group is not the usual one for the age."""
    usual = nc_year_of(pupil.dob, AcademicYear(year))
    messages.success(request, f"{pupil} is on roll.")
    if usual != nc_year:
        messages.warning(
            request, "The year group is not the usual one for the date of birth."
        )


@needs(Permission.EDIT_PUPILS)
def edit(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Change a pupil's details."""
    pupil = pupil_or_404(request, school, pk)
    form = PupilForm(school, request.POST or None, pupil)
    if not form.is_valid():
        pupil.refresh_from_db()
        return render(request, "pupils/edit.html", {"form": form, "pupil": pupil})
    actions.change_pupil(pupil=pupil, details=form.cleaned_data, by=request.user)
    messages.success(request, "The details are saved.")
    return redirect("pupils:detail", school.laestab, pupil.pk)


@require_POST
@needs(Permission.EDIT_PUPILS)
def leaving(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Mark a pupil as leaving, or as on roll after all."""
    pupil = pupil_or_404(request, school, pk)
    enrolments = _enrolments(pupil)
    newest = _newest(enrolments)
    if newest is None:
        raise Http404
    if "back" in request.POST:
        actions.mark_leaving(enrolment=newest, left_on=None, by=request.user)
        messages.success(request, f"{pupil} is on roll.")
        return redirect("pupils:detail", school.laestab, pk)
    form = LeavingForm(AcademicYear(newest.academic_year), request.POST)
    if not form.is_valid():
        return _show(request, pupil, enrolments, form)
    actions.mark_leaving(
        enrolment=newest, left_on=form.cleaned_data["left_on"], by=request.user
    )
    messages.success(request, f"{pupil} is marked as leaving.")
    return redirect("pupils:detail", school.laestab, pk)
