"""How a recipient wants its files: read, changed, brought in and given away."""

from typing import Final

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hornbook.rulebook.load import RulebookError
from hornbook.rulebook.profiles import RECIPIENTS, Profile, parse, printed
from hornbook.web.returns import queries
from hornbook.web.returns.access import year_asked
from hornbook.web.returns.recipient_forms import ProfileFileForm, RecipientForm
from hornbook.web.schools import profiles
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import (
    Permission,
    SchoolRequest,
    needs,
    schools_where,
)
from hornbook.wording import many

_LARGEST: Final = 20_000


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
        "kept": profiles.kept(school).get(code),
    }
    status = 400 if file.is_bound else 200
    return render(request, "returns/recipient.html", context, status=status)


@require_GET
@needs(Permission.MAKE_RETURN)
def give(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """The profile as a small file, for others to bring in."""
    profile = _profile(school, code)
    name = "".join(letter for letter in profile.name.lower() if letter.isalnum())
    return HttpResponse(
        printed(profile),
        content_type="application/toml; charset=utf-8",
        headers={
            "Content-Disposition": f'attachment; filename="{_plain(name) or code}.toml"'
        },
    )


def _plain(name: str) -> str:
    return name.encode("ascii", "ignore").decode()[:40]


@require_POST
@needs(Permission.MAKE_RETURN)
def bring(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """Take a profile from a file."""
    file = ProfileFileForm(request.POST, request.FILES)
    if file.is_valid():
        content = file.cleaned_data["file"].read(_LARGEST + 1)
        try:
            profile = _read(content, code)
        except (RulebookError, UnicodeDecodeError) as fault:
            file.add_error("file", _in_words(fault))
        else:
            every = file.cleaned_data["every"]
            schools = _like(request, school) if every else [school]
            profiles.keep_all(schools=schools, profile=profile, by=request.user)
            where = many(len(schools), "school", "schools")
            messages.success(
                request, f"The profile of {profile.name} is taken, for {where}."
            )
            return redirect("returns:recipient", school.laestab, code)
    book = queries.book_of(year_asked(request))
    form = RecipientForm(_profile(school, code), book, None)
    return _page(request, school, form, file)


def _like(request: SchoolRequest, school: School) -> list[School]:
    """The schools of the same local authority whose returns the person makes."""
    mine = schools_where(request.user, Permission.MAKE_RETURN)
    return list(mine.filter(la=school.la))


def _read(content: bytes, code: str) -> Profile:
    """The profile in a file, which must be of this kind of recipient."""
    profile = parse(content.decode("utf-8-sig"))
    if profile.recipient != code:
        raise RulebookError(
            f"This profile is of {profile.name} ({profile.recipient}). This page is "
            f"about {code}."
        )
    return profile


def _in_words(fault: Exception) -> str:
    return (
        "This is no text file." if isinstance(fault, UnicodeDecodeError) else str(fault)
    )


@require_POST
@needs(Permission.MAKE_RETURN)
def reset(request: SchoolRequest, school: School, code: str) -> HttpResponseBase:
    """Go back to what Hornbook comes with."""
    _profile(school, code)
    profiles.let_go(school=school, recipient=code, by=request.user)
    messages.success(request, "The profile that Hornbook comes with holds again.")
    return redirect("returns:recipient", school.laestab, code)


def _profile(school: School, code: str) -> Profile:
    if code not in RECIPIENTS:
        raise Http404
    return profiles.profiles_of(school)[code]
