"""Importing this makes Django ready, so it stands before whatever has models."""

import os

import django

os.environ["DJANGO_SETTINGS_MODULE"] = "hornbook.web.settings"
django.setup()
