"""The page of a job: how far it is, and on to the result."""

from datetime import timedelta
from typing import Final

from django.core.exceptions import PermissionDenied
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from hornbook.web.jobs.models import Job, State
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs

_LONG: Final = timedelta(minutes=1)


@needs(Permission.SEE_TOTALS)
def job(request: SchoolRequest, school: School, pk: int) -> HttpResponseBase:
    """How far a job is, for those who may do what it does; when it is done, away."""
    seen = Job.objects.seen_by(request.user).filter(school=school)
    found = get_object_or_404(seen, pk=pk)
    if found.needs not in request.permitted:
        raise PermissionDenied
    if found.state == State.DONE:
        return redirect(found.result)
    context = {
        "job": found,
        "failed": found.state == State.FAILED,
        "waits_long": found.state == State.WAITING
        and timezone.now() - found.made_at > _LONG,
    }
    return render(request, "jobs/job.html", context)
