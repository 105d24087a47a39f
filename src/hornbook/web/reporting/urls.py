"""Addresses of the reporting app."""

from typing import Final

from django.urls import path, re_path

from hornbook.web.reporting import views

app_name = "reporting"
_REPORTS: Final = "schools/<laestab>/reports/"
_WHICH: Final = "(?P<which>met|not-met|counted|left-out)"

urlpatterns = [
    path(_REPORTS, views.index, name="index"),
    path(_REPORTS + "governors/<int:year>/", views.governors, name="governors"),
    path(
        _REPORTS + "conversions/<slug:code>/<int:year>/", views.cell, name="cell"
    ),
    re_path(
        r"^schools/(?P<laestab>[^/]+)/reports/pupils/(?P<code>[a-z0-9-]+)/"
        rf"(?P<year>\d+)/{_WHICH}/$",
        views.pupil_list,
        name="pupils",
    ),
    path(_REPORTS + "<slug:code>/<int:year>/", views.report, name="report"),
]
