"""Middleware: what browsers may run and keep, and how large a request may be."""

from collections.abc import Callable
from typing import Final

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render

Answer = Callable[[HttpRequest], HttpResponseBase]

POLICY: Final = "; ".join(
    (
        "default-src 'self'",
        "img-src 'self' data:",
        "object-src 'none'",
        "base-uri 'none'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
)
# What a form adds to the file it carries.
_FORM_ITSELF: Final = 64 * 1024


class ContentSecurityPolicy:
    """Only Hornbook's own scripts and styles run, and none that stand in a page."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Add the policy to the answer."""
        response = self.answer(request)
        response.headers.setdefault("Content-Security-Policy", POLICY)
        return response


class KeptPrivate:
    """A page of a person who is signed in is kept by no cache."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Mark the answer as private."""
        response = self.answer(request)
        if request.user.is_authenticated:
            response.headers.setdefault("Cache-Control", "no-store, private")
        return response


class UploadLimit:
    """A request larger than HORNBOOK_MAX_UPLOAD is refused before it is read."""

    def __init__(self, answer: Answer) -> None:
        self.answer = answer

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        """Refuse by the length that is stated."""
        if _length(request) > settings.HORNBOOK_MAX_UPLOAD + _FORM_ITSELF:
            return too_large(request)
        return self.answer(request)


def _length(request: HttpRequest) -> int:
    """The length that the browser states."""
    stated = request.META.get("CONTENT_LENGTH") or "0"
    return int(stated) if str(stated).isdigit() else 0


def too_large(request: HttpRequest) -> HttpResponse:
    """The page that says how large a file may be."""
    megabytes = settings.HORNBOOK_MAX_UPLOAD // (1024 * 1024)
    return render(request, "413.html", {"megabytes": megabytes}, status=413)
