"""Who may look at returns, and the return or file that an address names."""

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone

from hornbook.identifiers import AcademicYear
from hornbook.rulebook.load import years
from hornbook.web.accounts.models import User
from hornbook.web.returns import queries
from hornbook.web.returns.models import MadeFile
from hornbook.web.returns.outgoing import Going
from hornbook.web.schools.models import LocalAuthority, Membership, School
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
    roles_with,
)
from hornbook.web.schools.queries import year_in_use


def year_asked(request: HttpRequest) -> AcademicYear:
    """The year of the address, where it is one that the rulebook holds."""
    known = {str(year.ends): year for year in years()}
    asked = known.get(request.GET.get("year", ""))
    return asked or year_in_use(timezone.localdate())


def authorities_of(user: User) -> QuerySet[LocalAuthority]:
    """The local authorities for which a person makes returns."""
    roles = roles_with(Permission.MAKE_RETURN)
    held = Membership.objects.filter(user=user, role__in=roles)
    return LocalAuthority.objects.filter(pk__in=held.values("authority"))


def going_or_404(school: School, collection: str, year: int, recipient: str) -> Going:
    """The return that an address names; 404 where there is none such."""
    try:
        return queries.going(school, collection, AcademicYear(year), recipient)
    except LookupError as fault:
        raise Http404 from fault


def file_or_404(request: SchoolRequest, school: School, pk: int) -> MadeFile:
    """A file of the school that the person may see; otherwise 404."""
    files = MadeFile.objects.seen_by(request.user).filter(school=school)
    return get_object_or_404(files, pk=pk)
