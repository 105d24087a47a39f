"""What templates need beyond Django's own tags."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from hornbook.identifiers import AcademicYear
from hornbook.web.schools.permissions import Permission, may
from hornbook.web.site.forms import widget

register = template.Library()


@register.filter
def styled(field: BoundField) -> SafeString:
    """A field's widget as a component."""
    return widget(field)


@register.filter
def school_year(ends: int) -> str:
    """2026 as 2025/26."""
    return str(AcademicYear(int(ends)))


@register.filter
def year_group(nc_year: str) -> str:
    """R as Reception, 2 as Year 2."""
    names = {"R": "Reception", "N1": "Nursery 1", "N2": "Nursery 2", "X": "No year"}
    return names.get(nc_year, f"Year {nc_year}")


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """An entry of a mapping whose key is known only to the template."""
    return mapping.get(key)


@register.simple_tag(takes_context=True)
def can(context: Mapping[str, Any], permission: str) -> bool:
    """Whether the person may do something in the school of the page."""
    school = context.get("school")
    return school is not None and may(
        context["request"].user, Permission(permission), school
    )
