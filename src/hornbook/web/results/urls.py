"""Addresses of the results app."""

from typing import Final

from django.urls import path

from hornbook.web.results import views

app_name = "results"
_GRID: Final = "schools/<laestab>/grid/<slug:collection>/<int:year>/"

urlpatterns = [
    path("schools/<laestab>/grid/", views.start, name="start"),
    path(_GRID, views.grid, name="grid"),
    path(_GRID + "save/", views.save, name="save"),
    path(_GRID + "changes/", views.changes, name="changes"),
    path(_GRID + "history/<int:pupil>/<str:item>/", views.history, name="history"),
]
