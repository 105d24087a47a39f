"""The pages on which results of earlier years are typed in for one pupil."""

from django.contrib import messages
from django.http import Http404
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone

from hornbook.web.pupils.access import pupil_or_404
from hornbook.web.pupils.models import Pupil
from hornbook.web.results import earlier
from hornbook.web.results.earlier import Sitting
from hornbook.web.results.earlier_forms import EarlierForm
from hornbook.web.results.edits import State
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use
from hornbook.wording import many


def _sittings(pupil: Pupil) -> tuple[Sitting, ...]:
    return earlier.sittings(pupil, year_in_use(timezone.localdate()))


@needs(Permission.ENTER_RESULTS)
def earlier_years(
    request: SchoolRequest, school: School, pupil: int
) -> HttpResponseBase:
    """What the pupil may have taken elsewhere, to choose from."""
    found = pupil_or_404(request, school, pupil)
    context = {"pupil": found, "sittings": _sittings(found)}
    return render(request, "results/earlier.html", context)


@needs(Permission.ENTER_RESULTS)
def enter_earlier(
    request: SchoolRequest, school: School, pupil: int, collection: str, year: int
) -> HttpResponseBase:
    """The results of one sitting."""
    found = pupil_or_404(request, school, pupil)
    sitting = _sitting_or_404(found, collection, year)
    form = EarlierForm(sitting, earlier.member(sitting, found), request.POST or None)
    if form.is_valid():
        verdicts = earlier.save(
            sitting=sitting, pupil=found, edits=form.edits(), by=request.user
        )
        form.refuse(verdicts)
    if not form.is_valid():
        context = {"pupil": found, "sitting": sitting, "form": form}
        return render(request, "results/enter_earlier.html", context)
    saved = sum(verdict.state is State.SAVED for verdict in verdicts)
    words = many(saved, "result", "results")
    messages.success(request, f"{words} saved: {sitting.title}.")
    return redirect("pupils:detail", school.laestab, found.pk)


def _sitting_or_404(pupil: Pupil, collection: str, year: int) -> Sitting:
    for sitting in _sittings(pupil):
        if (sitting.collection.code, sitting.calendar_year) == (collection, year):
            return sitting
    raise Http404
