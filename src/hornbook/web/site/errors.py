"""The pages for what went wrong."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def expired(request: HttpRequest, reason: str = "") -> HttpResponse:
    """The page stood open too long, or came from elsewhere: nothing was changed."""
    return render(request, "csrf.html", status=403)
