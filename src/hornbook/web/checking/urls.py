"""Addresses of checking a file."""

from django.urls import path

from hornbook.web.checking import views

app_name = "checking"
urlpatterns = [
    path("check/", views.check, name="check"),
    path("check/compare/", views.compare, name="compare"),
    path("check/list/", views.whole_list, name="list"),
    path("check/repair/", views.repair, name="repair"),
]
