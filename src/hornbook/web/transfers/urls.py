"""Addresses of bringing files in."""

from typing import Final

from django.urls import path

from hornbook.web.transfers import sheet_views, template_views, views

app_name = "transfers"
_BRING_IN: Final = "schools/<str:laestab>/bring-in/"

urlpatterns = [
    path(_BRING_IN, views.transfers, name="list"),
    path(_BRING_IN + "<int:pk>/", views.plan, name="plan"),
    path(_BRING_IN + "<int:pk>/apply/", views.apply, name="apply"),
    path(_BRING_IN + "<int:pk>/discard/", views.discard, name="discard"),
    path(_BRING_IN + "<int:pk>/undo/", views.take_back, name="undo"),
    path(
        _BRING_IN + "<int:pk>/plan.csv",
        views.download_plan,
        {"form": "csv"},
        name="plan_csv",
    ),
    path(
        _BRING_IN + "<int:pk>/plan.xlsx",
        views.download_plan,
        {"form": "xlsx"},
        name="plan_xlsx",
    ),
    path(_BRING_IN + "<int:pk>/columns/", sheet_views.columns, name="columns"),
    path(
        _BRING_IN + "<int:pk>/corrections/",
        sheet_views.corrections,
        name="corrections",
    ),
    path(_BRING_IN + "<int:pk>/original/", views.download_original, name="original"),
    path(
        _BRING_IN + "template/<slug:collection>/<int:year>/",
        template_views.download,
        name="template",
    ),
]
