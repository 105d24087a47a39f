"""Pages of one-time links, and those that stand where allauth's are closed."""

from allauth.account.utils import perform_login
from allauth.mfa.adapter import get_adapter
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods

from hornbook.web.accounts import actions
from hornbook.web.accounts.forms import JoinForm


def closed(request: HttpRequest) -> HttpResponse:
    """Nobody signs up, and an e-mail address is changed by an administrator."""
    return render(request, "account/closed.html", status=404)


def forgotten(request: HttpRequest) -> HttpResponse:
    """No mail is sent: an administrator makes a link."""
    return render(request, "account/forgotten.html")


@login_required
def account(request: HttpRequest) -> HttpResponse:
    """A person's own page: password, second step, roles."""
    context = {
        "second_factor": get_adapter().is_mfa_enabled(request.user),
    }
    return render(request, "account/account.html", context)


@sensitive_post_parameters()
@never_cache
@require_http_methods(["GET", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponseBase:
    """Set a password by a one-time link, and sign in."""
    try:
        link = actions.open_link(token)
        form = JoinForm(link.user, request.POST or None)
        if not form.is_valid():
            context = {"form": form, "person": link.user}
            return render(request, "account/join.html", context)
        user = actions.join(token=token, password=form.cleaned_data["password"])
    except actions.LinkIsSpent:
        return render(request, "account/spent.html", status=404)
    # By allauth, so that whoever has a second factor is asked for it here too.
    answer: HttpResponseBase = perform_login(request, user, email=user.email)
    return answer
