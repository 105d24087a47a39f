"""The page on which a school moves up into its next year."""

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.views.decorators.http import require_POST

from hornbook.identifiers import AcademicYear
from hornbook.web.pupils import moves_up, queries
from hornbook.web.pupils.models import Enrolment, MoveUp
from hornbook.web.pupils.move_up_forms import MoveUpForm
from hornbook.web.pupils.moving_up import Choices
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use

_STALE = (
    "What is shown now is not what you looked at: something was changed in between. "
    "Look at it again, then move the school up."
)


@needs(Permission.MANAGE_CLASSES)
def move_up(request: SchoolRequest, school: School) -> HttpResponseBase:
    """What moving up would do; it is done where what was looked at is approved."""
    year = AcademicYear(_year_to_leave(request, school))
    form = MoveUpForm(
        year,
        list(queries.classes(school, year.ends)),
        moves_up.on_roll(school, year.ends),
        moves_up.there_already(school, year),
        queries.teachers(school),
        request.POST or None,
    )
    if not form.is_bound:
        return _show(request, school, form, form.as_first_shown())
    if not form.is_valid():
        return _show(request, school, form, None)
    approved = request.POST.get("approved", "")
    if "move" not in request.POST:
        return _show(request, school, form, form.choices())
    try:
        moves_up.move_up(
            school=school,
            year=year,
            choices=form.choices(),
            approved=approved,
            by=request.user,
        )
    except moves_up.PlanIsStale:
        messages.warning(request, _STALE)
        return _show(request, school, form, form.choices())
    into = year.ends + 1
    messages.success(
        request,
        f"The school has moved up into {AcademicYear(into)}. "
        "Under “Move up” it can be taken back.",
    )
    return redirect(f"{reverse('pupils:classes', args=[school.laestab])}?year={into}")


def _year_to_leave(request: SchoolRequest, school: School) -> int:
    """The year asked for, or the one in use, or the newest that has pupils."""
    held = queries.academic_years(school)
    asked = request.GET.get("from", "")
    if asked.isdigit() and int(asked) in held:
        return int(asked)
    in_use = year_in_use(timezone.localdate()).ends
    return in_use if in_use in held or not held else held[0]


def _show(
    request: SchoolRequest, school: School, form: MoveUpForm, choices: Choices | None
) -> HttpResponseBase:
    """The page, with the plan where the choices can be followed."""
    into = AcademicYear(form.year.ends + 1)
    context = {
        "form": form,
        "year": form.year,
        "into": into,
        "years": queries.academic_years(school)[:2],
        "plan": moves_up.preview(school, form.year, choices) if choices else None,
        "past": moves_up.made_of(school),
    }
    return render(request, "pupils/move_up.html", context)


@require_POST
@needs(Permission.MANAGE_CLASSES)
def take_back(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Undo a move into a year."""
    move = get_object_or_404(MoveUp, school=school, pk=pk)
    try:
        corrected = moves_up.undo(move=move, by=request.user)
    except moves_up.CannotUndo as reason:
        messages.error(request, f"This cannot be taken back. {reason}")
    else:
        year = AcademicYear(move.academic_year)
        messages.success(request, f"The move into {year} has been taken back.")
        for each in corrected:
            messages.warning(request, _still_leaves(each))
    return redirect("pupils:move_up", school.laestab)


def _still_leaves(enrolment: Enrolment) -> str:
    """Why a leaver was not put on roll again."""
    day = date_format(enrolment.left_on, "j F Y") if enrolment.left_on else ""
    return (
        f"{enrolment.pupil} still leaves on {day}: that day was corrected after the "
        "move, so it was kept."
    )
