"""Every address, app by app."""

from django.urls import include, path

from hornbook.web.schools import urls as schools
from hornbook.web.site import views as site

# A school's home counts its pupils and results, which stand above schools.
_SCHOOL_HOME = path("schools/<str:laestab>/", site.school_home, name="home")

handler404 = site.no_such_page

urlpatterns = [
    path("", include("hornbook.web.site.urls")),
    path("", include("hornbook.web.accounts.urls")),
    path("", include(([*schools.urlpatterns, _SCHOOL_HOME], schools.app_name))),
    path("", include("hornbook.web.pupils.urls")),
    path("", include("hornbook.web.transfers.urls")),
    path("", include("hornbook.web.results.urls")),
    path("", include("hornbook.web.returns.urls")),
    path("", include("hornbook.web.checking.urls")),
    path("", include("hornbook.web.jobs.urls")),
    path("", include("hornbook.web.reporting.urls")),
    path("", include("hornbook.web.codes.urls")),
]
