"""The scaled score tables of a year: whole, in part, missing, or the school's own."""

from dataclasses import dataclass

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponseBase
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from hornbook.rulebook.load import rulebook, years
from hornbook.rulebook.own_scales import Table, tables, with_own_scales
from hornbook.web.reporting import actions
from hornbook.web.reporting.models import OwnScale
from hornbook.web.reporting.scale_forms import ScaleForm
from hornbook.web.reporting.views import year_of
from hornbook.web.results.scales import own_scales
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs


@dataclass(frozen=True, slots=True)
class Row:
    """A table as it holds here, as Hornbook has it, and who wrote the school's own."""

    table: Table
    held: Table
    own: OwnScale | None

    @property
    def otherwise(self) -> list[int]:
        """The marks of which the school's own says something else than Hornbook's."""
        return [
            mark
            for mark, score in self.held.scores.items()
            if self.table.scores.get(mark, score) != score
        ]


@require_http_methods(["GET", "POST"])
@needs(Permission.SEE_TOTALS)
def scales(request: SchoolRequest, school: School, year: int) -> HttpResponseBase:
    """Which tables of a year are known, and another, pasted."""
    ends = year_of(year)
    may_write = Permission.MAKE_RETURN in request.permitted
    held = tables(rulebook(ends))
    form = ScaleForm(held, request.POST or None)
    if request.method == "POST":
        if not may_write:
            raise PermissionDenied
        if form.is_valid():
            actions.write_down_scale(
                school=school,
                year=year,
                item=form.cleaned_data["item"],
                scores=form.cleaned_data["pasted"],
                source=form.cleaned_data["source"],
                by=request.user,
            )
            return redirect(request.path)
    rows = _rows(school, year, held)
    context = {
        "year": ends,
        "years": tuple(reversed(years())),
        "rows": rows,
        "any_own": any(row.own for row in rows),
        "form": form,
        "may_write": may_write,
    }
    return render(request, "reporting/scales.html", context)


def _rows(school: School, year: int, held: tuple[Table, ...]) -> list[Row]:
    own = {
        one.item: one
        for one in OwnScale.objects.filter(school=school, academic_year=year)
    }
    book = with_own_scales(rulebook(year_of(year)), own_scales(school))
    return [
        Row(table, before, own.get(table.item.full_code))
        for table, before in zip(tables(book), held, strict=True)
    ]


@require_POST
@needs(Permission.MAKE_RETURN)
def drop_scale(
    request: SchoolRequest, school: School, year: int, item: str
) -> HttpResponseBase:
    """Go back to the table that Hornbook holds, if any."""
    own = OwnScale.objects.filter(
        school=school, academic_year=year_of(year).ends, item=item
    ).first()
    if own is None:
        raise Http404
    actions.drop_scale(scale=own, by=request.user)
    return redirect("reporting:scales", school.laestab, year)
