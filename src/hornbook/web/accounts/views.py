"""Pages of one-time links, and those that stand where allauth's are closed."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up, and an e-mail address is changed by an administrator."""
    return render(request, "account/closed.html", status=404)


def forgotten(request: HttpRequest) -> HttpResponse:
    """No mail is sent: an administrator makes a link."""
    return render(request, "account/forgotten.html")


def join(request: HttpRequest, token: str) -> HttpResponse:  # noqa: ARG001
    """Set a password by a one-time link."""
    return render(request, "account/closed.html", status=404)
