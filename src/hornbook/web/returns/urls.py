"""Addresses of the returns app."""

from typing import Final

from django.urls import path

from hornbook.web.returns import (
    authority_views,
    batch_views,
    deciding_views,
    file_views,
    overview_views,
    recipient_views,
    views,
)

app_name = "returns"
_RETURNS: Final = "schools/<laestab>/returns/"
_RETURN: Final = _RETURNS + "<slug:collection>/<int:year>/<slug:recipient>/"
_REPORT: Final = _RETURNS + "reports/<slug:collection>/<int:year>/"
_RECIPIENT: Final = "schools/<laestab>/recipients/<slug:code>/"
_AUTHORITY: Final = "authorities/<number>/recipient/"
_FILE: Final = "schools/<laestab>/files/<int:pk>/"

urlpatterns = [
    path(_RETURNS, views.index, name="list"),
    path(_RETURN, views.preflight, name="preflight"),
    path(_RETURN + "make/", views.make, name="make"),
    path(_RETURN + "accept/", deciding_views.accept, name="accept"),
    path(_RETURN + "accept/<int:pk>/ask/", deciding_views.ask_again, name="ask_again"),
    path(_RETURN + "sign/", deciding_views.sign, name="sign"),
    path(_RETURN + "pupils/", deciding_views.choose, name="choose"),
    path(_RETURN + "findings/", deciding_views.findings, name="findings"),
    path(_REPORT, deciding_views.report, name="report"),
    path("returns/", batch_views.several, name="several"),
    path("returns/state/", overview_views.overview, name="overview"),
    path("returns/<int:pk>/", batch_views.batch, name="batch"),
    path("returns/<int:pk>/stop/", batch_views.stop, name="batch_stop"),
    path("returns/<int:pk>/zip/", batch_views.batch_zip, name="batch_zip"),
    path(_RETURNS + "<int:year>/folder/", views.folder, name="folder"),
    path(_RECIPIENT, recipient_views.recipient, name="recipient"),
    path(_RECIPIENT + "profile/", recipient_views.give, name="profile"),
    path(_RECIPIENT + "bring/", recipient_views.bring, name="bring_profile"),
    path(_RECIPIENT + "reset/", recipient_views.reset, name="reset_profile"),
    path(_AUTHORITY, authority_views.recipient, name="authority"),
    path(_AUTHORITY + "profile/", authority_views.give, name="authority_profile"),
    path(_AUTHORITY + "bring/", authority_views.bring, name="bring_authority"),
    path(_AUTHORITY + "reset/", authority_views.reset, name="reset_authority"),
    path(_FILE, file_views.file, name="file"),
    path(_FILE + "sent/", file_views.sent, name="sent"),
    path(_FILE + "answered/", file_views.answered, name="answered"),
    path(_FILE + "download/", file_views.download, name="download"),
]
