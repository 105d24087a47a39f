"""How a local authority wants its files: an officer says it once for all schools."""

from collections.abc import Callable
from dataclasses import replace
from functools import wraps
from typing import Concatenate

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from hornbook.rulebook.profiles import Profile, shipped
from hornbook.web.accounts.models import User
from hornbook.web.returns import profiles, queries
from hornbook.web.returns.access import authorities_of, year_asked
from hornbook.web.returns.profile_files import NoProfile, given, taken
from hornbook.web.returns.recipient_forms import ProfileFileForm, RecipientForm
from hornbook.web.schools.models import LocalAuthority

_View = Callable[Concatenate[HttpRequest, User, LocalAuthority, ...], HttpResponse]


def _of_an_officer(view: _View) -> Callable[..., HttpResponse]:
    """Guard a view of an authority: who makes no returns for it does not see it."""

    @login_required
    @wraps(view)
    def guarded(request: HttpRequest, number: str) -> HttpResponse:
        if not isinstance(request.user, User):
            raise PermissionDenied
        authority = get_object_or_404(authorities_of(request.user), number=number)
        return view(request, request.user, authority)

    return guarded


@require_http_methods(["GET", "POST"])
@_of_an_officer
def recipient(
    request: HttpRequest, user: User, authority: LocalAuthority
) -> HttpResponse:
    """The page of an authority for a year."""
    book = queries.book_of(year_asked(request))
    form = RecipientForm(_profile(authority), book, request.POST or None)
    if form.is_valid():
        profiles.keep_for_all(authority=authority, profile=form.changed, by=user)
        messages.success(request, "It is saved, and holds for the files made from now.")
        return redirect(f"{request.path}?year={book.year.ends}")
    return _page(request, authority, form, ProfileFileForm())


def _page(
    request: HttpRequest,
    authority: LocalAuthority,
    form: RecipientForm,
    file: ProfileFileForm,
) -> HttpResponse:
    file.fields.pop("every", None)
    context = {
        "authority": authority,
        "form": form,
        "file": file,
        "year": form.year,
        "kept": profiles.of_authority(authority),
        "schools": authority.school_set.count(),
        "own_way": profiles.with_own_way(authority),
    }
    status = 400 if file.is_bound else 200
    return render(request, "returns/authority.html", context, status=status)


@require_GET
@_of_an_officer
def give(request: HttpRequest, user: User, authority: LocalAuthority) -> HttpResponse:
    """The profile as a small file, for schools elsewhere to bring in."""
    return given(_profile(authority))


@require_POST
@_of_an_officer
def bring(request: HttpRequest, user: User, authority: LocalAuthority) -> HttpResponse:
    """Take a profile from a file."""
    file = ProfileFileForm(request.POST, request.FILES)
    if file.is_valid():
        try:
            profile = taken(file.content, profiles.AUTHORITY)
        except NoProfile as fault:
            file.add_error("file", str(fault))
        else:
            profiles.keep_for_all(authority=authority, profile=profile, by=user)
            messages.success(request, f"The profile of {profile.name} is taken.")
            return redirect("returns:authority", authority.number)
    book = queries.book_of(year_asked(request))
    return _page(
        request, authority, RecipientForm(_profile(authority), book, None), file
    )


@require_POST
@_of_an_officer
def reset(request: HttpRequest, user: User, authority: LocalAuthority) -> HttpResponse:
    """Go back to what Hornbook comes with."""
    profiles.let_go_for_all(authority=authority, by=user)
    messages.success(request, "What Hornbook says holds again.")
    return redirect("returns:authority", authority.number)


def _profile(authority: LocalAuthority) -> Profile:
    """What the authority has written down, else what Hornbook comes with."""
    kept = profiles.of_authority(authority)
    if kept:
        return kept.profile
    comes_with = shipped(profiles.AUTHORITY)
    return replace(comes_with, name=authority.name, number=authority.number)
