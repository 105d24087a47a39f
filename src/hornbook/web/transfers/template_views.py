"""A workbook to be filled in, for a collection and a class."""

from django.http import Http404
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.text import slugify
from django.views.decorators.http import require_GET

from hornbook.sheets.lists import EXCEL_TYPE
from hornbook.sheets.template import template
from hornbook.web.downloads import attached
from hornbook.web.results.on_sheet import sheet_or_404
from hornbook.web.results.queries import Sight
from hornbook.web.schools.models import School
from hornbook.web.schools.permissions import Permission, SchoolRequest, needs
from hornbook.web.schools.queries import year_in_use
from hornbook.web.transfers.template_queries import template_rows


@require_GET
@needs(Permission.BRING_IN)
def download(
    request: SchoolRequest, school: School, collection: str, year: int
) -> HttpResponseBase:
    """The template with the pupils of the collection, or with those of one class."""
    asked = sheet_or_404(school, collection, year)
    rows = template_rows(
        Sight.asked(request),
        asked.book,
        asked.collection,
        year_in_use(timezone.localdate()),
    )
    wanted = request.GET.get("class", "")
    if wanted:
        rows = tuple(row for row in rows if row.class_name == wanted)
        if not rows:
            raise Http404
    name = "-".join(filter(None, (collection, asked.book.year.folder, slugify(wanted))))
    content = template(asked.collection, asked.book, rows)
    return attached(content, EXCEL_TYPE, f"{name}.xlsx")
