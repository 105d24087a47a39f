"""Who may have a file checked, how often, and that no cache keeps the answer."""

from collections.abc import Callable
from functools import wraps
from ipaddress import ip_address, ip_network
from pathlib import Path
from typing import Final

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.shortcuts import render

from hornbook.web.codes.queries import mapping_file

View = Callable[[HttpRequest], HttpResponseBase]
_HOUR: Final = 60 * 60
_SIX: Final = 6
_HOUSEHOLD: Final = 64


def for_anybody(view: View) -> View:
    """Anybody where HORNBOOK_OPEN_CHECK allows it, else whoever is signed in."""

    @wraps(view)
    def answer(request: HttpRequest) -> HttpResponseBase:
        stranger = not request.user.is_authenticated
        if stranger and not settings.HORNBOOK_OPEN_CHECK:
            return redirect_to_login(request.get_full_path())
        if stranger and request.method == "POST" and not may_go_on(request):
            response: HttpResponseBase = _wait(request)
        else:
            response = view(request)
        response.headers["Cache-Control"] = "no-store, private"
        return response

    return answer


def mapping_for(request: HttpRequest) -> Path | None:
    """The codes of tests that were written down here, for whoever is signed in.

    A stranger's file is held against the rulebook alone, as it is anywhere else.
    """
    return mapping_file() if request.user.is_authenticated else None


def may_go_on(request: HttpRequest) -> bool:
    """Whether the address has any of its checks of the hour left."""
    key = f"checks:{_address(request)}"
    cache.add(key, 0, _HOUR)
    try:
        return cache.incr(key) <= settings.HORNBOOK_CHECK_RATE
    except ValueError:
        # The hour ended between the two: the next one begins.
        return True


def _address(request: HttpRequest) -> str:
    """The address, or the network of a household where it is one of IPv6."""
    stated = request.META.get("REMOTE_ADDR", "")
    try:
        address = ip_address(stated)
    except ValueError:
        return str(stated)
    if address.version == _SIX:
        return str(ip_network((address, _HOUSEHOLD), strict=False))
    return str(address)


def _wait(request: HttpRequest) -> HttpResponseBase:
    """The page that says how many an hour, and what has no limit."""
    context = {"most": settings.HORNBOOK_CHECK_RATE}
    return render(request, "checking/wait.html", context, status=429)
