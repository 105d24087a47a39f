"""Addresses of the reporting app."""

from typing import Final

from django.urls import path

from hornbook.web.reporting import views

app_name = "reporting"
_REPORTS: Final = "schools/<laestab>/reports/"

urlpatterns = [
    path(_REPORTS, views.index, name="index"),
    path(_REPORTS + "governors/<int:year>/", views.governors, name="governors"),
    path(_REPORTS + "conversions/<slug:code>/<int:year>/", views.cell, name="cell"),
    path(
        _REPORTS + "pupils/<slug:code>/<int:year>/<slug:which>/",
        views.pupil_list,
        name="pupils",
    ),
    path(_REPORTS + "<slug:code>/<int:year>/", views.report, name="report"),
]
