"""A chart drawn where it stands."""

from django import template
from django.utils.safestring import SafeString

from hornbook.reports.charts import Chart
from hornbook.reports.lines import Line
from hornbook.web.reporting.drawing.render import svg
from hornbook.web.reporting.reader import outside

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
def outside_note() -> str:
    """What a reader must know of what may leave the school."""
    return outside().note
