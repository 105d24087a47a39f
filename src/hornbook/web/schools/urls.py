"""Addresses of schools, their people and their settings."""

from django.urls import URLPattern

app_name = "schools"
urlpatterns: list[URLPattern] = []
