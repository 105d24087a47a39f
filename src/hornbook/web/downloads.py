"""A file for the browser to save."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header


def attached(content: bytes, content_type: str, name: str) -> HttpResponse:
    """The answer that a browser saves under a name."""
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, name) or ""
    return response
