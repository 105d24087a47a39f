"""Addresses of pupils and classes."""

from typing import Final

from django.urls import path

from hornbook.web.pupils import class_views, move_up_views, placing_views, views

app_name = "pupils"
_PUPILS: Final = "schools/<str:laestab>/pupils/"
_CLASS: Final = _PUPILS + "classes/<int:pk>/"

urlpatterns = [
    path(_PUPILS, views.pupils, name="list"),
    path(_PUPILS + "add/", views.add, name="add"),
    path(_PUPILS + "<int:pk>/", views.detail, name="detail"),
    path(_PUPILS + "<int:pk>/edit/", views.edit, name="edit"),
    path(_PUPILS + "<int:pk>/leaving/", views.leaving, name="leaving"),
    path(_PUPILS + "classes/", class_views.classes, name="classes"),
    path(_PUPILS + "classes/place/", placing_views.place, name="place"),
    path(_PUPILS + "move-up/", move_up_views.move_up, name="move_up"),
    path(_PUPILS + "move-up/<int:pk>/back/", move_up_views.take_back, name="take_back"),
    path(_CLASS, class_views.one_class, name="class"),
    path(_CLASS + "change/", class_views.change_class, name="change_class"),
    path(_CLASS + "delete/", class_views.delete_class, name="delete_class"),
]
