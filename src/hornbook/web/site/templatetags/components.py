"""Tags and filters that every template may use, without loading them."""

from collections.abc import Mapping
from typing import Any

from django import template
from django.forms import BoundField
from django.utils.safestring import SafeString

from hornbook import __version__
from hornbook.identifiers import AcademicYear
from hornbook.inspection.differences import IN_WORDS
from hornbook.web.site.rendering import widget

register = template.Library()

_YEAR_GROUPS = {
    "R": "Reception",
    "N1": "Nursery 1",
    "N2": "Nursery 2",
    "X": "No year group",
}


@register.filter
def component(field: BoundField) -> SafeString:
    """A field's input with the classes of its component."""
    return widget(field)


@register.filter
def school_year(ends: int) -> str:
    """2026 as 2025/26."""
    return str(AcademicYear(int(ends)))


@register.filter
def year_group(nc_year: str) -> str:
    """R as Reception, 2 as Year 2."""
    return _YEAR_GROUPS.get(nc_year, f"Year {nc_year}")


@register.filter
def get(mapping: Mapping[str, Any], key: str) -> Any:
    """The entry of a mapping under a key that a variable holds."""
    return mapping.get(key)


@register.filter
def field_title(name: str) -> str:
    """A field of a pupil's record in a school's words."""
    title = IN_WORDS.get(name, name)
    return title[:1].upper() + title[1:]


@register.simple_tag
def hornbook_version() -> str:
    """The version that is running."""
    return __version__
