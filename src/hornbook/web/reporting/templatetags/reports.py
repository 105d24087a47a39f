"""A chart drawn where it stands."""

from django import template
from django.conf import settings
from django.utils.safestring import SafeString

from hornbook.reports.charts import Chart
from hornbook.reports.lines import Line
from hornbook.web.reporting.drawing.render import svg

register = template.Library()


@register.filter
def drawn(chart: Chart) -> SafeString:
    """A chart as SVG."""
    return svg(chart)


@register.filter
def needed(line: Line, percent: int) -> str:
    """How many more pupils a percentage would take."""
    return line.needed(percent)


@register.simple_tag
def smallest_group() -> int:
    """The fewest pupils of a group that is told outside the school."""
    return settings.HORNBOOK_SMALLEST_GROUP
