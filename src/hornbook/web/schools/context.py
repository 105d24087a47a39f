"""What every template knows: the school it is in, and what the person may do there."""

from django.conf import settings
from django.http import HttpRequest

from hornbook.web.schools.permissions import Permission


def here(request: HttpRequest) -> dict[str, object]:
    """`school`, `may` (as in `may.edit_pupils`), `support` and `open_check`."""
    allowed: frozenset[Permission] = getattr(request, "permitted", frozenset())
    return {
        "school": getattr(request, "school", None),
        "may": {permission.value: True for permission in allowed},
        "support": settings.HORNBOOK_SUPPORT,
        "open_check": settings.HORNBOOK_OPEN_CHECK,
    }
