"""The address of the page of codes."""

from django.urls import path

from hornbook.web.codes import views

app_name = "codes"

urlpatterns = [path("codes/", views.codes, name="list")]
