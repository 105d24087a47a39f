"""Addresses of schools, their people and their settings."""

from typing import Final

from django.urls import path

from hornbook.web.schools import people, views

app_name = "schools"
_PEOPLE: Final = "schools/<str:laestab>/people/"

urlpatterns = [
    path("set-up/", views.set_up, name="set_up"),
    path("schools/", views.schools, name="list"),
    path("schools/add/", views.add, name="add"),
    path(_PEOPLE, people.people, name="people"),
    path(_PEOPLE + "invite/", people.invite, name="invite"),
    path(_PEOPLE + "<int:pk>/", people.person, name="person"),
    path(_PEOPLE + "<int:pk>/link/", people.link, name="link"),
    path(_PEOPLE + "<int:pk>/remove/", people.remove, name="remove"),
    path("schools/<str:laestab>/settings/", views.settings, name="settings"),
]
