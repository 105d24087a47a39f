"""How a recipient wants a school's files: read, changed, brought in, given away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hornbook.rulebook.profiles import RECIPIENTS, Profile
from hornbook.web.returns import profiles, queries
from hornbook.web.returns.access import year_asked
from hornbook.web.returns.profile_files import NoProfile, given, taken
from hornbook.web.returns.recipient_forms import ProfileFileForm, RecipientForm
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
    needs,
    schools_where,
)
from hornbook.wording import many


@require_http_methods(["GET", "POST"])
@needs(Permission.MAKE_RETURN)
def recipient(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """The recipient's page for a year."""
    profile = _profile(school, code)
    book = queries.book_of(year_asked(request))
    form = RecipientForm(profile, book, request.POST or None)
    if form.is_valid():
        profiles.keep(school=school, profile=form.changed, by=request.user)
        messages.success(request, "It is saved, and holds for the files made from now.")
        return redirect(f"{request.path}?year={book.year.ends}")
    return _page(request, school, form, ProfileFileForm())


def _page(
    request: SchoolRequest, school: School, form: RecipientForm, file: ProfileFileForm
) -> HttpResponse:
    code = form.profile.recipient
    context = {
        "form": form,
        "file": file,
        "code": code,
        "year": form.year,
        "kept": profiles.own(school).get(code),
        "inherited": profiles.inherited(school, code),
    }
    status = 400 if file.is_bound else 200
    return render(request, "returns/recipient.html", context, status=status)


@require_GET
@needs(Permission.MAKE_RETURN)
def give(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """The profile as a small file, for others to bring in."""
    return given(_profile(school, code))


@require_POST
@needs(Permission.MAKE_RETURN)
def bring(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """Take a profile from a file."""
    held = _profile(school, code)
    file = ProfileFileForm(request.POST, request.FILES)
    if file.is_valid():
        try:
            profile = taken(file.content, code)
        except NoProfile as fault:
            file.add_error("file", str(fault))
        else:
            every = file.cleaned_data["every"]
            schools = _like(request, school) if every else [school]
            profiles.keep_all(schools=schools, profile=profile, by=request.user)
            where = many(len(schools), "school", "schools")
            messages.success(
                request, f"The profile of {profile.name} is taken, for {where}."
            )
            return _back(request, school, code)
    form = RecipientForm(held, queries.book_of(year_asked(request)), None)
    return _page(request, school, form, file)


def _like(request: SchoolRequest, school: School) -> list[School]:
    """The schools of the same local authority whose returns the person makes."""
    mine = schools_where(request.user, Permission.MAKE_RETURN)
    return list(mine.filter(la=school.la))


@require_POST
@needs(Permission.MAKE_RETURN)
def reset(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """Go back to what the authority has written down, or Hornbook comes with."""
    _profile(school, code)
    profiles.let_go(school=school, recipient=code, by=request.user)
    above = profiles.inherited(school, code)
    whose = f"What {above.whose} has written down" if above else "What Hornbook says"
    messages.success(request, f"{whose} holds again.")
    return _back(request, school, code)


def _back(request: SchoolRequest, school: School, code: str) -> HttpResponse:
    """To the page of the year that was shown."""
    where = reverse("returns:recipient", args=[school.laestab, code])
    return redirect(f"{where}?year={year_asked(request).ends}")


def _profile(school: School, code: str) -> Profile:
    if code not in RECIPIENTS:
        raise Http404
    return profiles.profiles_of(school)[code]
