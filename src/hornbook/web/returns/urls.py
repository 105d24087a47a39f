"""Addresses of the returns app."""

from typing import Final

from django.urls import path

from hornbook.web.returns import file_views, views

app_name = "returns"
_RETURNS: Final = "schools/<laestab>/returns/"
_RETURN: Final = _RETURNS + "<slug:collection>/<int:year>/<slug:recipient>/"
_FILE: Final = "schools/<laestab>/files/<int:pk>/"

urlpatterns = [
    path(_RETURNS, views.index, name="list"),
    path(_RETURN, views.preflight, name="preflight"),
    path(_RETURN + "make/", views.make, name="make"),
    path(_FILE, file_views.file, name="file"),
    path(_FILE + "sent/", file_views.sent, name="sent"),
    path(_FILE + "answered/", file_views.answered, name="answered"),
    path(_FILE + "download/", file_views.download, name="download"),
]
