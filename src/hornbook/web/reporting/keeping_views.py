"""What a person keeps of reports: under a name, changed, and kept no longer."""

from collections.abc import Mapping

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect
from django.views.decorators.http import require_POST

from hornbook.rulebook.measures import ReportFacts
from hornbook.web.reporting import actions
from hornbook.web.reporting.models import KeptReport
from hornbook.web.reporting.reader import Reader, reader
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


def kept_here(person: Reader) -> QuerySet[KeptReport]:
    """The reports that a person has kept at the school."""
    return KeptReport.objects.seen_by(person.user).filter(school=person.school)


@require_POST
@needs(Permission.SEE_TOTALS)
def forget(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """Keep a report's choices no longer."""
    kept = get_object_or_404(kept_here(reader(request)), pk=pk)
    actions.forget_report(kept=kept, by=request.user)
    messages.success(request, f"{kept.name} is kept no longer.")
    return redirect("reporting:index", school.laestab)


def opened_by(person: Reader, asked: str) -> KeptReport | None:
    """The kept report that an address opened, if it is one of the person's."""
    return kept_here(person).filter(pk=asked).first() if asked.isdecimal() else None


def keep(
    request: SchoolRequest, facts: ReportFacts, said: Mapping[str, str]
) -> HttpResponseBase:
    """Keep the choices, and say what they took the place of."""
    before = kept_here(reader(request)).filter(name=said["name"]).exists()
    kept = actions.keep_report(
        school=request.school,
        report=facts,
        name=said["name"],
        choices=said["choices"],
        by=request.user,
    )
    place = ", in place of what was kept under this name" if before else ""
    messages.success(request, f"Kept as {kept.name}{place}.")
    return redirect(f"{request.path}?{kept.choices}&kept={kept.pk}")
