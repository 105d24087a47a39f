"""Results taken out for analysis elsewhere, and what their columns mean."""

from collections.abc import Iterable

from django.http import Http404, HttpResponseBase
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_GET, require_POST

from hornbook.reports.tidy import DICTIONARY, Row, Tidy, dictionary, items, tables
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
        "forms": forms(),
    }
    return render(request, "reporting/data.html", context)


@require_POST
@needs(Permission.MAKE_RETURN)
def take_out(
    request: SchoolRequest, school: School, table: str, form: str
) -> HttpResponseBase:
    """A table of one year or of all, as CSV or Parquet; that it was taken is kept."""
    found, asked = table_of(table, form), request.POST.get("year", "")
    wanted = [year for year in years() if asked in {"", str(year.ends)}]
    if not wanted:
        raise Http404
    person = reader(request)
    rows = found.rows(
        school.laestab,
        queries.cohorts(person.sight, wanted, items(wanted)),
        queries.upns(person.user, school),
    )
    actions.note_taken_out(school=school, table=found.title, by=request.user)
    return table_away(found, rows, form, f"{school.laestab}-{table}", asked)


def forms() -> list[tuple[str, str]]:
    """The forms in which a table comes, with how each is called."""
    return [("csv", "CSV"), *([(PARQUET, "Parquet")] if AVAILABLE else [])]


def table_of(table: str, form: str) -> Tidy:
    """The table of an address; 404 where there is none, or not in this form."""
    if table not in tables() or form not in dict(forms()):
        raise Http404
    return tables()[table]


def table_away(
    table: Tidy, rows: Iterable[Row], form: str, stem: str, year: str
) -> HttpResponseBase:
    """A table as a file, whose name says that it holds personal data."""
    made = List(
        title=table.title,
        columns={column.name: len(column.name) for column in table.columns},
        rows=list(rows),
    )
    name = f"{stem}-{year or 'all-years'}-personal-data.{form}"
    file = _as_parquet(made, table) if form == PARQUET else written(made, form)
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
