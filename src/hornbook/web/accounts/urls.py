"""Addresses of signing in: django-allauth's, and the page of a one-time link.

django-allauth looks its own pages up by plain names, so they are in no namespace;
its sign-up and its reset by mail are left out, and our pages stand at their names.
"""

from typing import Final

from allauth.account import views as allauth
from django.urls import include, path

from hornbook.web.accounts import views

_OURS: Final = [
    path("account/", views.account, name="account"),
    path("join/<str:token>/", views.join, name="join"),
]

urlpatterns = [
    path("accounts/login/", allauth.login, name="account_login"),
    path("accounts/logout/", allauth.logout, name="account_logout"),
    path("accounts/inactive/", allauth.account_inactive, name="account_inactive"),
    path("accounts/signup/", views.closed, name="account_signup"),
    path("accounts/password/reset/", views.forgotten, name="account_reset_password"),
    path(
        "accounts/password/change/",
        allauth.password_change,
        name="account_change_password",
    ),
    path("accounts/password/set/", views.closed, name="account_set_password"),
    path(
        "accounts/reauthenticate/",
        allauth.reauthenticate,
        name="account_reauthenticate",
    ),
    path("accounts/email/", views.closed, name="account_email"),
    path("accounts/2fa/", include("allauth.mfa.urls")),
    path("", include((_OURS, "accounts"))),
]
