"""Pages of classes: made, filled and given teachers in Hornbook."""

from textwrap import shorten
from typing import Final

from django.contrib import messages
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from hornbook.identifiers import NC_YEARS
from hornbook.web.pupils import actions, queries
from hornbook.web.pupils.forms import ClassForm, FillForm
from hornbook.web.pupils.models import Enrolment, SchoolClass
from hornbook.web.pupils.views import asked_year
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.wording import many

_MOST_SAID: Final = 20
_LONGEST: Final = 80
# With those whom a line may mean.
_LONGER = 300


@needs(Permission.MANAGE_CLASSES)
def classes(request: SchoolRequest, school: School) -> HttpResponseBase:
    """The classes of a year, and a new one."""
    year = asked_year(request)
    form = ClassForm(school, year, request.POST or None)
    if form.is_valid():
        made = actions.add_class(
            school=school,
            academic_year=year,
            name=form.cleaned_data["name"],
            teachers=form.cleaned_data["teachers"],
            by=request.user,
        )
        return redirect("pupils:class", school.laestab, made.pk)
    on_roll = Enrolment.objects.filter(pupil__school=school, academic_year=year)
    context = {
        "year": year,
        "years": sorted({year, *queries.academic_years(school)}, reverse=True),
        "classes": queries.classes(school, year),
        "without": on_roll.filter(queries.stayed(year), school_class=None).count(),
        "groups": queries.groups_by_class(school, year),
        "moves": queries.moves(school, year),
        "form": form,
    }
    return render(request, "pupils/classes.html", context)


def _class(school: School, pk: int) -> SchoolClass:
    return get_object_or_404(SchoolClass, school=school, pk=pk)


def _on_roll(school: School, year: int) -> list[Enrolment]:
    """Everybody on roll, by year group and name."""
    found = Enrolment.objects.filter(
        queries.stayed(year), pupil__school=school, academic_year=year
    ).select_related("pupil", "school_class")
    return sorted(
        found,
        key=lambda each: (
            NC_YEARS.index(each.nc_year) if each.nc_year in NC_YEARS else 0,
            each.pupil.surname,
            each.pupil.forename,
        ),
    )


@needs(Permission.MANAGE_CLASSES)
def one_class(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A class: its pupils, ticked or pasted."""
    school_class = _class(school, pk)
    year = school_class.academic_year
    on_roll = _on_roll(school, year)
    if request.method == "POST":
        return _fill(request, school, school_class, on_roll)
    context = {
        "school_class": school_class,
        "year": year,
        "on_roll": on_roll,
        "fill": FillForm(),
        "form": ClassForm(school, year, None, school_class),
    }
    return render(request, "pupils/class.html", context)


def _fill(
    request: SchoolRequest,
    school: School,
    school_class: SchoolClass,
    on_roll: list[Enrolment],
) -> HttpResponseBase:
    """Put in whoever was ticked or pasted, and take out whoever was unticked.

    Only what the person changed: somebody else may have moved others since.
    """
    ticked, shown = _keys(request, "pupils"), _keys(request, "inside")
    year = school_class.academic_year
    named = queries.pasted(school, year, request.POST.get("names", ""))
    wanted = ticked - shown | {each.pk for each in named.found}
    unwanted = shown - ticked - wanted
    inside = {each.pk for each in on_roll if each.school_class_id == school_class.pk}
    actions.fill_class(
        school_class=school_class,
        joining=[each for each in on_roll if each.pk in wanted - inside],
        leaving=[each for each in on_roll if each.pk in unwanted & inside],
        by=request.user,
    )
    known = {each.pk for each in on_roll}
    _say(request, school_class, len(inside - unwanted | wanted & known), named)
    return redirect("pupils:class", school.laestab, school_class.pk)


def _keys(request: SchoolRequest, name: str) -> set[int]:
    """The numbers that were sent under a name."""
    return {int(pk) for pk in request.POST.getlist(name) if pk.isdigit()}


def _say(
    request: SchoolRequest, school_class: SchoolClass, size: int, named: queries.Pasted
) -> None:
    """How many are in the class now, and which lines could not be followed."""
    messages.success(request, f"{school_class} has {many(size, 'pupil')}.")
    if named.nobody:
        messages.warning(
            request,
            f"Nobody on roll is meant by: {_some(named.nobody)}. "
            "Correct the name, or paste the UPN.",
        )
    if named.several:
        messages.warning(
            request,
            f"More than one pupil is meant by: {_some(named.several, _LONGER)}. "
            "Tick the right one, or paste the UPN.",
        )


def _some(lines: tuple[str, ...], longest: int = _LONGEST) -> str:
    """The first of the lines, each shortened, and how many more."""
    shown = [shorten(line, longest, placeholder=" ...") for line in lines[:_MOST_SAID]]
    more = len(lines) - _MOST_SAID
    return "; ".join([*shown, *([f"and {more:,} more"] if more > 0 else [])])


@require_POST
@needs(Permission.MANAGE_CLASSES)
def change_class(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """A class's name and teachers."""
    school_class = _class(school, pk)
    form = ClassForm(school, school_class.academic_year, request.POST, school_class)
    if form.is_valid():
        actions.change_class(
            school_class=school_class,
            name=form.cleaned_data["name"],
            teachers=form.cleaned_data["teachers"],
            by=request.user,
        )
        messages.success(request, "The class is saved.")
    for words in form.errors.values():
        messages.error(request, " ".join(map(str, words)))
    return redirect("pupils:class", school.laestab, pk)


@require_POST
@needs(Permission.MANAGE_CLASSES)
def delete_class(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Take a class away; its pupils stay on roll."""
    school_class = _class(school, pk)
    year = school_class.academic_year
    try:
        actions.delete_class(school_class=school_class, by=request.user)
    except actions.ClassStays:
        messages.error(
            request,
            f"{school_class} stays: results were locked for it, and that is on record. "
            "Take its pupils out instead.",
        )
    else:
        messages.success(request, f"{school_class} is gone; its pupils stay on roll.")
    return redirect(f"{reverse('pupils:classes', args=[school.laestab])}?year={year}")
