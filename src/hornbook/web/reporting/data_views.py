"""Results taken out for analysis elsewhere, and what their columns mean."""

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.reports.tidy import DICTIONARY, Tidy, dictionary, items, tables
from hornbook.rulebook.load import years
from hornbook.sheets.lists import List, Written, written
from hornbook.sheets.parquet import AVAILABLE, Field, as_parquet
from hornbook.web.downloads import attached
from hornbook.web.reporting import actions, queries
from hornbook.web.reporting.reader import reader
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use

PARQUET = "parquet"


@require_GET
@needs(Permission.MAKE_RETURN)
def data(request: SchoolRequest, school: School) -> HttpResponseBase:
    """What may be taken out, and the dictionary."""
    context = {
        "tables": tables().values(),
        "years": tuple(reversed(years())),
        "latest": queries.latest_with_results(
            reader(request).sight.pupils, year_in_use(timezone.localdate())
        ),
        "parquet": AVAILABLE,
        "forms": [("csv", "CSV"), *([(PARQUET, "Parquet")] if AVAILABLE else [])],
    }
    return render(request, "reporting/data.html", context)


@require_POST
@needs(Permission.MAKE_RETURN)
def take_out(
    request: SchoolRequest, school: School, table: str, form: str
) -> HttpResponseBase:
    """A table of one year or of all, as CSV or Parquet; that it was taken is kept."""
    if table not in tables() or form not in {"csv", PARQUET}:
        raise Http404
    if form == PARQUET and not AVAILABLE:
        raise Http404
    asked = request.POST.get("year", "")
    wanted = [year for year in years() if asked in {"", str(year.ends)}]
    if not wanted:
        raise Http404
    found = tables()[table]
    person = reader(request)
    rows = found.rows(
        school.laestab,
        queries.cohorts(person.sight, wanted, items(wanted)),
        queries.upns(person.user, school),
    )
    made = List(
        title=found.title,
        columns={column.name: len(column.name) for column in found.columns},
        rows=list(rows),
    )
    actions.note_taken_out(school=school, table=found.title, by=request.user)
    what = f"{table}-{asked or 'all-years'}-personal-data"
    name = f"{school.laestab}-{what}.{form}"
    file = _as_parquet(made, found) if form == PARQUET else written(made, form)
    return attached(file.content, file.content_type, name)


def _as_parquet(made: List, table: Tidy) -> Written:
    fields = [Field(one.name, one.is_number, one.meaning) for one in table.columns]
    return as_parquet(made, fields)


@require_GET
@needs(Permission.MAKE_RETURN)
def dictionary_file(request: SchoolRequest, school: School) -> HttpResponseBase:
    """What every column and every code in it means, as CSV; it holds no data."""
    made = List(
        title="Data dictionary",
        columns=dict.fromkeys(DICTIONARY, 20),
        rows=list(dictionary()),
    )
    file = written(made, "csv")
    return attached(file.content, file.content_type, "hornbook-data-dictionary.csv")
