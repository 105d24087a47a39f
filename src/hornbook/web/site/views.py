"""Home, a school's home, about, and help for every rule."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


def home(request: HttpRequest) -> HttpResponse:
    """A person's schools."""
    return render(request, "site/home.html")


@needs(Permission.SEE_TOTALS)
def school_home(request: SchoolRequest, school: School) -> HttpResponse:
    """A school's home."""
    return render(request, "site/home.html", {"school": school})


def about(request: HttpRequest) -> HttpResponse:
    """What this is."""
    return render(request, "site/about.html")


def rule_list(request: HttpRequest) -> HttpResponse:
    """Every rule."""
    return render(request, "site/rules.html")


def rule(request: HttpRequest, code: str) -> HttpResponse:
    """One rule."""
    return render(request, "site/rules.html", {"code": code})
