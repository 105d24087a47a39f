"""The page of who is in a collection: the list of those expected, and locking."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from hornbook.rulebook.own_scales import tables_of
from hornbook.web.pupils.models import SchoolClass
from hornbook.web.results import actions, expecting, locking, queries
from hornbook.web.results.actions import Sheet
from hornbook.web.results.cohort import progress
from hornbook.web.results.cohort_page import again, by_class
from hornbook.web.results.edits import State
from hornbook.web.results.expected import beside, elsewhere, list_of, why_unneeded
from hornbook.web.results.expected import expecting as list_expected
from hornbook.web.results.forms import ExpectedForm
from hornbook.web.results.locking import Part
from hornbook.web.results.locks import past, standing
from hornbook.web.results.on_sheet import on_sheet
from hornbook.web.results.queries import Sight
from hornbook.web.results.reasons import reasons
from hornbook.web.results.scaled import by_the_table, has_table
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
    needs,
)
from hornbook.wording import many

_REASON = "reason:"
# The reason of all of one kind of difference who have none of their own.
_REST = "rest:"


@require_GET
@needs(Permission.VIEW_PUPILS)
@on_sheet
def cohort(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Who is in a collection, as far as the person sees the pupils."""
    return _page(request, sheet, ExpectedForm())


def _page(request: SchoolRequest, sheet: Sheet, form: ExpectedForm) -> HttpResponseBase:
    locks = standing(sheet.school, sheet.year)
    members = queries.cohort(Sight.asked(request), sheet.book, sheet.collection, locks)
    # The list names pupils of the whole school, and some of no school here.
    whole = Permission.SEE_EVERY_PUPIL in request.permitted
    source = list_of(sheet.school, sheet.book, sheet.collection) if whole else None
    found = beside(source, sheet.collection, members) if source else None
    context = {
        "collection": sheet.collection,
        "year": sheet.book.year,
        "progress": progress(sheet.collection, members),
        "classes": by_class(sheet.collection, members),
        "leavers": [member for member in members if member.left_on],
        "again": again(sheet.collection, members),
        "begins": sheet.book.season_begins(sheet.collection),
        "locks": locks.of(sheet.collection.code),
        "reopened": locks.reopened(sheet.collection.code),
        "past": past(sheet.school, sheet.collection.code, sheet.year),
        "whole": whole,
        "expecting": found,
        "elsewhere": elsewhere(sheet.school, sheet.book, found.compared)
        if found
        else {},
        "unneeded": why_unneeded(sheet.collection, found.compared) if found else {},
        "reasons": reasons(),
        "scaled": by_the_table(sheet.collection, members)
        if has_table(sheet.collection)
        else None,
        "tables": list(tables_of(sheet.collection)),
        "form": form,
    }
    return render(request, "results/cohort.html", context)


@require_POST
@needs(Permission.MAKE_RETURN)
@on_sheet
def take_list(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Take a list that was pasted or uploaded, in place of the one before."""
    form = ExpectedForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, sheet, form)
    number = expecting.take_list(
        sheet=sheet, people=form.people, name=form.name, by=request.user
    )
    messages.success(request, f"The list has {many(number, 'pupil')}.")
    return _back(sheet)


@require_POST
@needs(Permission.MAKE_RETURN)
@on_sheet
def drop_list(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Do without a list."""
    expecting.drop_list(sheet=sheet, by=request.user)
    messages.success(request, "The list is thrown away. No pupil was changed.")
    return _back(sheet)


@require_POST
@needs(Permission.MAKE_RETURN)
@on_sheet
def explain(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Keep the reasons chosen for the differences."""
    found = list_expected(sheet.school, sheet.book, sheet.collection)
    if found is None:
        raise Http404
    given = {
        one.key: request.POST[_REASON + one.key] or request.POST.get(_REST + kind, "")
        for kind, kept in found.differing.items()
        for one in kept
        if _REASON + one.key in request.POST
    }
    expecting.explain(sheet=sheet, given=given, by=request.user)
    messages.success(request, "The reasons are saved.")
    return _back(sheet)


@require_POST
@needs(Permission.ENTER_RESULTS)
@on_sheet
def fill_scaled(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Enter the scaled scores that the year's table gives."""
    verdicts = actions.fill_scaled(
        sheet=sheet, sight=Sight.asked(request), by=request.user
    )
    filled = sum(verdict.state is State.SAVED for verdict in verdicts)
    refused = next((verdict.reason for verdict in verdicts if verdict.reason), "")
    if filled:
        said = many(filled, "score is", "scores are")
        messages.success(request, f"{said} filled in from the table. {refused}")
    else:
        messages.error(request, f"Nothing was filled in. {refused}")
    return _back(sheet)


@require_POST
@needs(Permission.LOCK_GRIDS)
@on_sheet
def lock(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Lock the grid, or one class of it."""
    part = _part(request, sheet)
    locking.lock(part=part, by=request.user)
    messages.success(request, f"{part.in_words} is locked.")
    return _back_from(request, sheet)


@require_POST
@needs(Permission.LOCK_GRIDS)
@on_sheet
def unlock(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """Unlock the grid, or one class of it."""
    part = _part(request, sheet)
    locking.unlock(part=part, by=request.user)
    messages.success(request, f"{part.in_words} is unlocked. That is written down.")
    return _back_from(request, sheet)


def _part(request: SchoolRequest, sheet: Sheet) -> Part:
    """The whole grid, or the class that is named."""
    name = request.POST.get("class", "")
    if not name:
        return Part(sheet, None)
    classes = SchoolClass.objects.filter(school=sheet.school, academic_year=sheet.year)
    found = classes.filter(name=name).first()
    if found is None:
        raise Http404
    return Part(sheet, found)


def _back_from(request: SchoolRequest, sheet: Sheet) -> HttpResponseBase:
    """To the grid, where it was locked or unlocked there."""
    if "on_grid" not in request.POST:
        return _back(sheet)
    code, year = sheet.collection.code, sheet.year
    return redirect("results:grid", sheet.school.laestab, code, year)


def _back(sheet: Sheet) -> HttpResponseBase:
    return redirect(
        "results:cohort", sheet.school.laestab, sheet.collection.code, sheet.year
    )
