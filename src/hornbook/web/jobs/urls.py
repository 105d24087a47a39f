"""The address of a job."""

from django.urls import path

from hornbook.web.jobs import views

app_name = "jobs"

urlpatterns = [path("schools/<str:laestab>/jobs/<int:pk>/", views.job, name="job")]
