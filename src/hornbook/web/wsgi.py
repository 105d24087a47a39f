"""The WSGI application, for `hornbook serve` or another server."""

import os

from django.core.wsgi import get_wsgi_application

from hornbook.web import home

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "hornbook.web.settings")
home.prepare()
application = get_wsgi_application()
