"""Addresses of the results app."""

from typing import Final

from django.urls import path

from hornbook.web.results import (
    cohort_views,
    earlier_views,
    event_views,
    history_views,
    saving_views,
    views,
)

app_name = "results"
_GRID: Final = "schools/<laestab>/grid/<slug:collection>/<int:year>/"
_CELL: Final = _GRID + "history/<int:pupil>/<str:item>/"
_EARLIER: Final = "schools/<laestab>/pupils/<int:pupil>/earlier/"
_COHORT: Final = _GRID + "pupils/"

urlpatterns = [
    path("schools/<laestab>/grid/", views.start, name="start"),
    path(_GRID, views.grid, name="grid"),
    path(_GRID + "one/", views.one, name="one"),
    path(_GRID + "paper/blank/", views.paper, {"kind": "blank"}, name="blank"),
    path(_GRID + "paper/filled/", views.paper, {"kind": "filled"}, name="filled"),
    path(_GRID + "save/", saving_views.save, name="save"),
    path(_GRID + "preview/", saving_views.preview, name="preview"),
    path(_GRID + "changes/", saving_views.changes, name="changes"),
    path(_COHORT, cohort_views.cohort, name="cohort"),
    path(_COHORT + "list/", cohort_views.take_list, name="take_list"),
    path(_COHORT + "no-list/", cohort_views.drop_list, name="drop_list"),
    path(_COHORT + "reasons/", cohort_views.explain, name="explain"),
    path(_COHORT + "scaled/", cohort_views.fill_scaled, name="fill_scaled"),
    path(_GRID + "lock/", cohort_views.lock, name="lock"),
    path(_GRID + "unlock/", cohort_views.unlock, name="unlock"),
    path(_CELL, history_views.history, name="history"),
    path(_CELL + "put-back/", history_views.put_back, name="put_back"),
    path(_EARLIER, earlier_views.earlier_years, name="earlier"),
    path(
        _EARLIER + "<slug:collection>/<int:year>/",
        earlier_views.enter_earlier,
        name="enter_earlier",
    ),
    path("schools/<laestab>/history/", event_views.events, name="events"),
]
