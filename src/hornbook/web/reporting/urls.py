"""Addresses of the reporting app."""

from typing import Final

from django.urls import path

from hornbook.web.reporting import (
    commentary_views,
    data_views,
    figure_views,
    file_views,
    keeping_views,
    letter_views,
    scale_views,
    several_views,
    views,
)

app_name = "reporting"
_REPORTS: Final = "schools/<laestab>/reports/"

urlpatterns = [
    path("reports/", several_views.compare, name="several"),
    path(
        "reports/data/<slug:table>/<slug:form>/",
        several_views.take_out,
        name="take_out_several",
    ),
    path(
        "reports/<slug:measure>/<int:year>/<slug:form>/",
        several_views.compare_file,
        name="several_file",
    ),
    path(_REPORTS, views.index, name="index"),
    path(_REPORTS + "national/<int:year>/", figure_views.figures, name="figures"),
    path(
        _REPORTS + "national/<int:year>/drop/",
        figure_views.drop,
        name="drop_figures",
    ),
    path(_REPORTS + "scaled/<int:year>/", scale_views.scales, name="scales"),
    path(
        _REPORTS + "scaled/<int:year>/<str:item>/drop/",
        scale_views.drop_scale,
        name="drop_scale",
    ),
    path(_REPORTS + "data/", data_views.data, name="data"),
    path(
        _REPORTS + "data/dictionary/",
        data_views.dictionary_file,
        name="dictionary",
    ),
    path(
        _REPORTS + "data/<slug:table>/<slug:form>/",
        data_views.take_out,
        name="take_out",
    ),
    path(_REPORTS + "kept/<int:pk>/forget/", keeping_views.forget, name="forget"),
    path(
        _REPORTS + "headlines/<int:year>/<slug:form>/",
        file_views.headlines_file,
        name="headlines_file",
    ),
    path(_REPORTS + "governors/<int:year>/", views.governors, name="governors"),
    path(
        _REPORTS + "governors/<int:year>/<slug:form>/",
        file_views.governors_file,
        name="governors_file",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/file/<slug:form>/",
        file_views.report_file,
        name="report_file",
    ),
    path(_REPORTS + "conversions/<slug:code>/<int:year>/", views.cell, name="cell"),
    path(
        _REPORTS + "conversions/<slug:code>/<int:year>/<slug:form>/",
        file_views.cell_file,
        name="cell_file",
    ),
    path(
        _REPORTS + "pupils/<slug:code>/<int:year>/<slug:which>/",
        views.pupil_list,
        name="pupils",
    ),
    path(
        _REPORTS + "pupils/<slug:code>/<int:year>/<slug:which>/<slug:form>/",
        file_views.pupils_file,
        name="pupils_file",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/letters/",
        letter_views.letter_page,
        name="letters",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/letters/progress/",
        commentary_views.commentary_page,
        name="commentary",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/letters/progress/list/",
        commentary_views.comments_page,
        name="comments",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/letters/progress/sheet/",
        commentary_views.comments_sheet,
        name="comments_sheet",
    ),
    path(
        _REPORTS + "<slug:code>/<int:year>/letters/pdf/",
        letter_views.letter_file,
        name="letter_file",
    ),
    path(_REPORTS + "<slug:code>/<int:year>/", views.report, name="report"),
]
