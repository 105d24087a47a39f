"""A chart as SVG, the same on a page, on paper and in a PDF."""

from collections.abc import Callable
from typing import Any, Final

from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from hornbook.reports.charts import Bars, Chart, Distribution, Grid, Heat, Lines
from hornbook.web.reporting.drawing import figures, tables
from hornbook.web.reporting.drawing.shapes import Picture

_DRAWN: Final[dict[type, Callable[[Any], Picture]]] = {
    Bars: figures.bars,
    Distribution: figures.distribution,
    Lines: figures.lines,
    Heat: tables.heat,
    Grid: tables.matrix,
}


def svg(chart: Chart) -> SafeString:
    """The chart as the text of an SVG; everything in it is escaped."""
    picture = _DRAWN[type(chart)](chart)
    return render_to_string("reporting/picture.svg", {"picture": picture})
