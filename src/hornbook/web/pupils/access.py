"""The pupil whom an address names."""

from django.shortcuts import get_object_or_404

from hornbook.web.pupils.models import Pupil
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import SchoolRequest


def pupil_or_404(request: SchoolRequest, school: School, pk: int) -> Pupil:
    """A pupil of the school whom the person may see; otherwise 404."""
    seen = Pupil.objects.seen_by(request.user).filter(school=school)
    pupil = get_object_or_404(seen, pk=pk)
    # The school is known already: nobody need ask for it again.
    pupil.school = school
    return pupil
