"""Spreadsheets in and out: what schools keep their lists in."""
