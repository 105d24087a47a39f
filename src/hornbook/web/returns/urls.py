"""Addresses of the returns app."""

from typing import Final

from django.urls import path

from hornbook.web.returns import views

app_name = "returns"
_RETURNS: Final = "schools/<laestab>/returns/"
_RETURN: Final = _RETURNS + "<slug:collection>/<int:year>/<slug:recipient>/"

urlpatterns = [
    path(_RETURNS, views.index, name="list"),
    path(_RETURN, views.preflight, name="preflight"),
    path(_RETURN + "make/", views.make, name="make"),
    path("schools/<laestab>/files/<int:pk>/", views.download, name="download"),
]
